//! Owns front matter: finding it at the start of a file, and making blocks of the prose in it.

mod fence;

#[cfg(test)]
mod tests;

use super::data::{self, Read};
use super::template::{self, Dialect};
use super::{Keys, keys, mask, strings};
use crate::data::{Mistake, Node, Value, align};
use crate::document::{Block, BlockKind};
use crate::text::Span;
use fence::{Found, Language};
use std::borrow::Cow;
use std::ops::Range;

/// The words of the shortest string that may be a sentence.
const SENTENCE: usize = 5;

/// The words, in such strings, of the shortest page that front matter may hold.
const PAGE: usize = 25;

/// How many of front matter beside a body: more than what is said of a page to search engines.
const PART: usize = 60;

/// What stands before a file's body.
#[derive(Default)]
pub(super) struct Front {
    /// Where the body begins.
    pub(super) body: usize,
    /// The prose of the front matter.
    pub(super) blocks: Vec<Block>,
    /// The value of its `caveat` key.
    pub(super) settings: Option<Node>,
    /// What could not be read.
    pub(super) mistakes: Vec<Mistake>,
    /// What is wrong in it and costs nothing.
    pub(super) tolerated: Vec<Mistake>,
}

/// Where front matter may begin, in bytes: behind a mark of the order of bytes.
fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// What a file has between the fences of front matter, in bytes; none where these may be rules across the page.
pub fn within_fences(text: &str) -> Option<Range<usize>> {
    match fence::find(text, start(text)) {
        Found::Whole {
            content, sure: true, ..
        } => Some(content),
        _ => None,
    }
}

/// Reads the front matter of a file.
pub(super) fn read(text: &str, keys: &Keys) -> Front {
    let start = start(text);
    let mut front = Front {
        body: start,
        ..Front::default()
    };
    match fence::find(text, start) {
        Found::None => {}
        Found::Unclosed { opening, fence } => {
            front.mistakes.push(
                Mistake::new(Span::of(opening), "this front matter has no end")
                    .help(format!("end it with a line that says `{fence}`")),
            );
        }
        Found::Whole {
            language,
            content,
            body,
            sure,
        } => {
            let inner = text.get(content.clone()).unwrap_or_default();
            let base = u32::try_from(content.start).unwrap_or(u32::MAX);
            let parse = |inner: &str| match language {
                Language::Toml => data::read_toml(inner, base),
                Language::Yaml | Language::Json => data::read_yaml(inner, base),
            };
            let mut read = parse(inner);
            let mut source = Cow::Borrowed(text);
            if !read.mistakes.is_empty()
                && let Some(plain) = without_tags(inner)
            {
                read = parse(&plain);
                source.to_mut().replace_range(content, &plain);
            }
            let Read {
                mut root,
                mistakes,
                tolerated,
            } = read;
            let mapping = matches!(root.value, Value::Map(_) | Value::Null);
            if sure || (mistakes.is_empty() && mapping) {
                front.body = body;
                front.settings = take(&mut root, "caveat");
                front.blocks = blocks(&root, &source, keys);
                front.mistakes = mistakes;
                front.tolerated = tolerated;
            }
        }
    }
    front
}

/// Front matter that a template writes, with its tags overwritten: every byte stays in its place. A line of nothing
/// but tags says nothing.
fn without_tags(inner: &str) -> Option<String> {
    if !["{{", "{%", "<%"].iter().any(|open| inner.contains(open)) {
        return None;
    }
    let plain = template::read(inner, 0, Dialect::default()).text;
    let lines = plain.split_inclusive('\n').map(|line| {
        let bare = line.trim();
        if !bare.is_empty() && bare.chars().all(|c| mask::is_mask(c) || c == ' ') {
            let end = line.len() - line.trim_end_matches(['\r', '\n']).len();
            let line_end = line.get(line.len() - end..).unwrap_or_default();
            Cow::Owned(" ".repeat(line.len() - end) + line_end)
        } else {
            Cow::Borrowed(line)
        }
    });
    Some(lines.collect())
}

/// Takes the value of a key out of a mapping.
pub(super) fn take(root: &mut Node, key: &str) -> Option<Node> {
    let Value::Map(entries) = &mut root.value else {
        return None;
    };
    let mut taken = None;
    entries.retain_mut(|entry| {
        let named = entry.key == key;
        if named && taken.is_none() {
            taken = Some(std::mem::replace(&mut entry.node.value, Value::Null)).map(|value| Node {
                span: entry.node.span,
                value,
            });
        }
        !named
    });
    taken
}

/// Makes the front matter the body of a file that has no other, and a part of it where it runs to paragraphs: its site
/// writes the page from these strings. Short ones alone (names, labels) make no page.
pub(super) fn stand_in(blocks: &mut [Block]) {
    let words = |block: &Block| match block.kind {
        BlockKind::FrontMatter => block.prose.text().split_whitespace().count(),
        _ => 0,
    };
    let prose = blocks.iter().map(words).filter(|count| *count >= SENTENCE);
    let bar = match blocks.iter().any(|block| block.kind.is_body()) {
        true => PART,
        false => PAGE,
    };
    if prose.sum::<usize>() < bar {
        return;
    }
    for block in blocks {
        if matches!(block.kind, BlockKind::FrontMatter) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// The copy in a tree, in order.
fn blocks(root: &Node, source: &str, keys: &Keys) -> Vec<Block> {
    let mut out = Vec::new();
    strings::add(root, "", &|node| align(node, source), keys, &mut out);
    for block in &mut out {
        if !matches!(block.kind, BlockKind::Alt | BlockKind::Tooltip) {
            block.kind = keys::in_front_matter(block.key.as_deref().unwrap_or_default());
        }
        block.section = 0;
    }
    out
}
