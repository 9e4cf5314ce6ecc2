//! Owns reading Markdown and MDX: files, and the strings of front matter that are written in it.

mod walk;

#[cfg(test)]
mod tests;

use super::flow::Flow;
use super::front_matter::{self, Front};
use super::mask::{self, Aside, Masked};
use super::script;
use super::template::{self, Dialect};
use super::tree::{Traits, Tree};
use super::{Extracted, Keys, html};
use crate::document::{Block, Document};
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
    let name = file.name().to_ascii_lowercase();
    let mdx = name.ends_with(".mdx") || name.ends_with(".svx");
    let flow = Flow::new(blocks, u32::try_from(body).unwrap_or(u32::MAX)).of_file(keys);
    let (masked, kept) = if mdx {
        (mask::mdx(text), Vec::new())
    } else {
        templates(text, flow.base(), false)
    };
    let mut lists = script::Lists::new(text);
    let mut beside = |tree: &mut Tree, range: Range<usize>, aside: &Aside| {
        script::beside(text, range, aside, keys, tree, &mut lists);
    };
    let mut flow = read(masked, &mut beside, flow);
    lists.finish(keys, &mut flow);
    let data = (std::mem::take(&mut flow.linked), std::mem::take(&mut flow.shown));
    let (mut blocks, directives) = flow.finish();
    html::linked::add_all(data, keys, &mut blocks);
    for aside in &kept {
        aside.add(keys, &mut blocks);
    }
    front_matter::stand_in(&mut blocks);
    Extracted {
        document: Document {
            file: Arc::clone(file),
            blocks,
            directives,
            settings,
            address: None,
        },
        mistakes,
        tolerated,
    }
}

/// Reads a string written in Markdown; spans count from its start.
pub(super) fn fragment(text: &str) -> Vec<Block> {
    if is_plain(text) {
        let mut tree = Tree::new(Flow::new(Vec::new(), 0));
        tree.open("p", 0..text.len(), &Traits::default(), false);
        tree.plain(text, 0);
        tree.close("p");
        tree.flush();
        return tree.flow.finish().0;
    }
    let (masked, kept) = templates(text, 0, true);
    let flow = read(masked, &mut |_, _, _| {}, Flow::new(Vec::new(), 0));
    let mut blocks = flow.finish().0;
    for aside in &kept {
        aside.add(&Keys::none(), &mut blocks);
    }
    blocks
}

fn read(masked: Masked, beside: &mut walk::Beside<'_>, flow: Flow) -> Flow {
    let mut tree = Tree::new(flow);
    walk::walk(&mask::boxes(masked), beside, &mut tree);
    tree.flush();
    tree.flow
}

/// Whether a string is one paragraph of words, as most are: nothing in it means anything to Markdown or a template.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mark = |byte: &u8| {
        matches!(
            byte,
            b' ' | b',' | b'.' | b'\'' | b'?' | b'-' | b':' | b';' | b'(' | b')'
        )
    };
    let begins = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    let ends = bytes.last().is_some_and(|byte| *byte != b' ');
    begins
        && ends
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || mark(byte))
}

/// Masks the template syntax of a Markdown text that stands at byte `base` of the file; what its tags keep under a
/// name is told apart. Shortcodes in brackets are some only in what a system keeps in its own data.
fn templates(text: &str, base: u32, brackets: bool) -> (Masked, Vec<template::Aside>) {
    let dialect = Dialect {
        markdown: true,
        brackets,
        ..Dialect::default()
    };
    let plain = template::read(text, base, dialect);
    let masked = Masked {
        text: plain.text,
        asides: Vec::new(),
        boxes: Vec::new(),
        unboxed: None,
    };
    (masked, plain.asides)
}
