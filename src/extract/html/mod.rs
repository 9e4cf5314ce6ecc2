//! Owns reading HTML: whole files, and the pieces of it that stand in Markdown.

mod attributes;
pub(super) mod entity;
mod feed;

#[cfg(test)]
mod tests;

pub(super) use feed::feed;

use super::flow::Flow;
use super::front_matter::{self, Front};
use super::mask;
use super::tree::Tree;
use super::{Extracted, Keys};
use crate::document::{Block, Directive, Document};
use crate::source::SourceFile;
use std::sync::Arc;

/// Reads a string written in HTML; spans count from its start.
pub(super) fn fragment(text: &str) -> Vec<Block> {
    read(text, Vec::new(), 0).0
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
    let (mut blocks, directives) = read(text, blocks, base);
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

/// Reads what stands at byte `base` of the file, after `blocks`.
fn read(text: &str, blocks: Vec<Block>, base: u32) -> (Vec<Block>, Vec<Directive>) {
    // carriage returns are white space here, and without them the tokenizer changes no byte
    let mut text = mask::templates(text).text;
    if text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    let mut tree = Tree::new(Flow::new(blocks, base));
    feed(&text, &[(0, 0)], &mut tree);
    tree.flush();
    tree.flow.finish()
}
