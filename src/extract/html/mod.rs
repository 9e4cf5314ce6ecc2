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
use crate::document::Document;
use crate::source::SourceFile;
use std::sync::Arc;

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
    // carriage returns are white space here, and without them the tokenizer changes no byte
    let mut text = mask::templates(text).text;
    if text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    let base = u32::try_from(body).unwrap_or(u32::MAX);
    let mut tree = Tree::new(Flow::new(blocks, base));
    feed(&text, &[(0, 0)], &mut tree);
    tree.flush();
    let (mut blocks, directives) = tree.flow.finish();
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
