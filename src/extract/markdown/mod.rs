//! Owns reading Markdown and MDX: files, and the strings of front matter that are written in it.

mod walk;

#[cfg(test)]
mod tests;

use super::flow::Flow;
use super::front_matter::{self, Front};
use super::mask::{self, Aside, Masked};
use super::script;
use super::template::{self, Dialect};
use super::tree::Tree;
use super::{Extracted, Keys};
use crate::document::{Block, Directive, Document};
use crate::source::SourceFile;
use std::ops::Range;
use std::sync::Arc;

/// Reads a Markdown or MDX file, which may open with front matter.
pub(super) fn extract(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    let Front {
        body,
        blocks,
        settings,
        mistakes,
        tolerated,
    } = front_matter::read(file.text(), keys);
    let text = file.text().get(body..).unwrap_or_default();
    let mdx = file.name().to_ascii_lowercase().ends_with(".mdx");
    let masked = if mdx { mask::mdx(text) } else { templates(text) };
    let flow = Flow::new(blocks, u32::try_from(body).unwrap_or(u32::MAX));
    let mut beside = |tree: &mut Tree, range: Range<usize>, aside: &Aside| {
        script::beside(text, range, aside, keys, tree);
    };
    let (mut blocks, directives) = read(masked, &mut beside, flow);
    front_matter::stand_in(&mut blocks);
    Extracted {
        document: Document {
            file: Arc::clone(file),
            blocks,
            directives,
            settings,
        },
        mistakes,
        tolerated,
    }
}

/// Reads a string written in Markdown; spans count from its start.
pub(super) fn fragment(text: &str) -> Vec<Block> {
    read(templates(text), &mut |_, _, _| {}, Flow::new(Vec::new(), 0)).0
}

fn read(masked: Masked, beside: &mut walk::Beside<'_>, flow: Flow) -> (Vec<Block>, Vec<Directive>) {
    let mut tree = Tree::new(flow);
    walk::walk(&mask::containers(masked), beside, &mut tree);
    tree.flush();
    tree.flow.finish()
}

/// Masks the template syntax of a Markdown text.
fn templates(text: &str) -> Masked {
    let dialect = Dialect {
        markdown: true,
        ..Dialect::default()
    };
    Masked {
        text: template::read(text, 0, dialect).text,
        asides: Vec::new(),
    }
}
