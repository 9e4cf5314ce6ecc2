//! Owns reading HTML: whole files, and the pieces of it that stand in Markdown.

pub(super) mod attributes;
pub(super) mod entity;
mod feed;
pub(super) mod linked;

#[cfg(test)]
mod tests;

pub(super) use feed::feed;

use super::flow::Flow;
use super::front_matter::{self, Front};
use super::template::{self, Aside, Dialect, Plain};
use super::tree::Tree;
use super::{Extracted, Keys};
use crate::document::{Block, Document};
use crate::source::SourceFile;
use std::sync::Arc;

/// What may stand in any page.
const PAGE: Dialect = Dialect {
    page: true,
    blade: false,
    markdown: false,
    brackets: true,
    script: false,
};

/// Reads a string written in HTML; spans count from its start.
pub(super) fn fragment(text: &str) -> Vec<Block> {
    let (flow, asides) = read(text, PAGE, Flow::new(Vec::new(), 0));
    let mut blocks = flow.finish().0;
    for aside in &asides {
        aside.add(&Keys::none(), &mut blocks);
    }
    blocks
}

/// Reads an HTML file, which may open with front matter.
pub(super) fn extract(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    let Front {
        body,
        blocks,
        settings,
        mistakes,
        tolerated,
    } = front_matter::read(file.text(), keys);
    let text = file.text().get(body..).unwrap_or_default();
    let base = u32::try_from(body).unwrap_or(u32::MAX);
    let script = makes_script(file.name());
    let dialect = Dialect {
        script,
        blade: file.name().to_ascii_lowercase().ends_with(".blade.php"),
        ..PAGE
    };
    let (mut flow, asides) = read(text, dialect, Flow::new(blocks, base).of_file(keys));
    let data = (std::mem::take(&mut flow.linked), std::mem::take(&mut flow.shown));
    let address = flow.address.take();
    let (mut blocks, directives) = flow.finish();
    linked::add_all(data, keys, &mut blocks);
    for aside in &asides {
        aside.add(keys, &mut blocks);
    }
    front_matter::stand_in(&mut blocks);
    Extracted {
        document: Document {
            file: Arc::clone(file),
            blocks,
            directives,
            settings,
            address,
        },
        mistakes,
        tolerated,
    }
}

/// Whether what a template of this name makes is a script: `theme.js.liquid`.
fn makes_script(name: &str) -> bool {
    let made = name.rsplit_once('.').map_or(name, |(made, _)| made);
    made.to_ascii_lowercase().ends_with(".js")
}

/// Reads a page onto what stands before it; the strings that its tags keep under a name are told apart.
fn read(text: &str, dialect: Dialect, flow: Flow) -> (Flow, Vec<Aside>) {
    let Plain {
        mut text,
        map,
        asides,
    } = template::read(text, flow.base(), dialect);
    // carriage returns are white space here, and without them the tokenizer changes no byte
    if text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    let mut tree = Tree::new(flow);
    if dialect.script {
        feed::script(&text, &map, &mut tree);
    } else if !is_style(&text) {
        feed(&text, &map, &mut tree);
    }
    tree.flush();
    (tree.flow, asides)
}

/// Whether a text without a tag is a style sheet, as parts of themes are: one in so many bytes is a mark of it.
fn is_style(text: &str) -> bool {
    const MARKS: usize = 40;
    let mark = |byte: &&u8| matches!(**byte, b'{' | b'}' | b':' | b';');
    let bytes = text.as_bytes();
    memchr::memchr(b'<', bytes).is_none()
        && memchr::memchr(b'{', bytes).is_some()
        && bytes.iter().filter(mark).count() * MARKS > text.trim().len()
}
