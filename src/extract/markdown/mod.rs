//! Owns reading Markdown and MDX: files, and the strings of front matter that are written in it.

mod again;
mod joints;
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
use again::Read;
use joints::{Joint, Joints};
use std::ops::Range;
use std::sync::Arc;

pub(super) use again::Past;

/// The name of the format.
pub(super) const NAME: &str = "markdown";

/// Reads a Markdown or MDX file, which may open with front matter.
pub(super) fn extract(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract_again(file, keys, &mut None)
}

/// Reads a file of which it is known how it was read before an edit, and leaves in its place how it is read now.
pub(super) fn extract_again(file: &Arc<SourceFile>, keys: &Keys, past: &mut Option<Past>) -> Extracted {
    let Front {
        body,
        blocks: front,
        settings,
        mistakes,
        tolerated,
    } = front_matter::read(file.text(), keys);
    let text = file.text().get(body..).unwrap_or_default();
    let base = u32::try_from(body).unwrap_or(u32::MAX);
    let name = file.name().to_ascii_lowercase();
    let mdx = name.ends_with(".mdx") || name.ends_with(".svx");
    let (masked, kept) = if mdx {
        (mask::mdx(text), Vec::new())
    } else {
        templates(text, base, false)
    };
    let masked = mask::boxes(masked);
    let length = front.len();
    let mut plain = kept.is_empty() && again::is_plain(&masked);
    let read = match past.take().filter(|_| plain) {
        Some(past) => past.read(&masked.text, keys, base, front),
        None => Err(front),
    };
    let Read {
        mut blocks,
        directives,
        joints,
    } = read.unwrap_or_else(|front| {
        let mut lists = script::Lists::new(text);
        let mut beside = |tree: &mut Tree, range: Range<usize>, aside: &Aside| {
            script::beside(text, range, aside, keys, tree, &mut lists);
        };
        let (mut flow, joints) = whole(&masked, &mut beside, Flow::new(front, base).of_file(keys));
        lists.finish(keys, &mut flow);
        plain &= !flow.asks_the_page();
        let data = (std::mem::take(&mut flow.linked), std::mem::take(&mut flow.shown));
        let (mut blocks, directives) = flow.finish();
        html::linked::add_all(data, keys, &mut blocks);
        Read {
            blocks,
            directives,
            joints,
        }
    });
    *past = plain.then(|| Past::new(file, keys, masked.text, (base, length), joints));
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
    let (flow, _) = whole(&mask::boxes(masked), &mut |_, _, _| {}, Flow::new(Vec::new(), 0));
    let mut blocks = flow.finish().0;
    for aside in &kept {
        aside.add(&Keys::none(), &mut blocks);
    }
    blocks
}

fn whole(masked: &Masked, beside: &mut walk::Beside<'_>, flow: Flow) -> (Flow, Vec<Joint>) {
    let mut tree = Tree::new(flow);
    let mut joints = Joints::default();
    walk::walk(masked, beside, &mut tree, &mut joints);
    tree.flush();
    (tree.flow, joints.met().unwrap_or_default())
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
    (Masked::plain(plain.text), plain.asides)
}
