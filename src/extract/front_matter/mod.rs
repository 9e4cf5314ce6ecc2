//! Owns front matter: finding it at the start of a file, and making blocks of the prose in it.

mod compose;
mod fence;
mod quoted;
mod salvage;

#[cfg(test)]
mod tests;

use super::flow::has_words;
use super::{Keys, keys, markdown};
use crate::data::{Mistake, Node, Value, align, parse_toml};
use crate::document::{Block, BlockKind};
use crate::text::Span;
use fence::{Found, Language};
use std::borrow::Cow;

/// The words of the shortest string that may be a sentence.
const SENTENCE: usize = 5;

/// The words, in such strings, of the shortest page that front matter may hold.
const PAGE: usize = 25;

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

/// Reads the front matter of a file.
pub(super) fn read(text: &str, keys: &Keys) -> Front {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
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
            let parsed = match language {
                Language::Toml => parse_toml(inner, base).map(|root| (root, Vec::new())),
                Language::Yaml | Language::Json => quoted::parse(inner, base),
            };
            match parsed {
                Ok((root, repeats)) if sure || matches!(root.value, Value::Map(_) | Value::Null) => {
                    front.body = body;
                    front.tolerated = repeats;
                    front.blocks = blocks(&root, text, keys);
                    front.settings = root.get("caveat").cloned();
                }
                Err(mistakes) if sure => {
                    front.body = body;
                    let salvaged = (language != Language::Toml).then(|| salvage::entries(inner, base));
                    if let Some(salvage::Salvaged { root, .. }) = &salvaged {
                        front.blocks = blocks(root, text, keys);
                        front.settings = root.get("caveat").cloned();
                    }
                    if salvaged.is_some_and(|salvaged| salvaged.whole) {
                        front.tolerated = mistakes;
                    } else {
                        front.mistakes = mistakes;
                    }
                }
                _ => {}
            }
        }
    }
    front
}

/// Makes the front matter the body of a file that has no other: its site writes the page from these strings. Short
/// ones alone (names, labels) make no page.
pub(super) fn stand_in(blocks: &mut [Block]) {
    let words = |block: &Block| match block.kind {
        BlockKind::FrontMatter => block.prose.text().split_whitespace().count(),
        _ => 0,
    };
    let prose = blocks.iter().map(words).filter(|count| *count >= SENTENCE);
    if blocks.iter().any(|block| block.kind.is_body()) || prose.sum::<usize>() < PAGE {
        return;
    }
    for block in blocks {
        if matches!(block.kind, BlockKind::FrontMatter) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// The prose strings of a tree, in order.
fn blocks(root: &Node, source: &str, keys: &Keys) -> Vec<Block> {
    let mut out = Vec::new();
    let mut todo: Vec<(Cow<'_, str>, &Node)> = vec![(Cow::Borrowed(""), root)];
    while let Some((path, node)) = todo.pop() {
        match &node.value {
            Value::Map(entries) => {
                for entry in entries.iter().rev() {
                    if !(path.is_empty() && entry.key == "caveat") {
                        todo.push((join(&path, &entry.key), &entry.node));
                    }
                }
            }
            Value::List(items) => {
                for (n, item) in items.iter().enumerate().rev() {
                    todo.push((Cow::Owned(join(&path, &n.to_string()).into_owned()), item));
                }
            }
            Value::Text(text) if keys.judge(&path, text).is_some() => add(&path, node, source, &mut out),
            _ => {}
        }
    }
    out
}

fn join<'k>(path: &str, key: &'k str) -> Cow<'k, str> {
    if path.is_empty() {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(format!("{path}.{key}"))
    }
}

/// Adds the blocks of one string, which may be written in Markdown or HTML.
fn add(path: &str, node: &Node, source: &str, out: &mut Vec<Block>) {
    let Some(aligned) = align(node, source) else {
        return;
    };
    let first = u32::try_from(out.len()).unwrap_or(u32::MAX);
    let decoded = aligned.text();
    let lead = decoded.len() - decoded.trim_start().len();
    for mut block in markdown::fragment(decoded.get(lead..).unwrap_or_default()) {
        block.prose = compose::through(&block.prose, lead, &aligned);
        if !has_words(block.prose.text()) {
            continue;
        }
        if !matches!(block.kind, BlockKind::Alt | BlockKind::Tooltip) {
            block.kind = keys::in_front_matter(path);
        }
        block.key = Some(path.into());
        block.section = 0;
        block.quoted |= keys::is_quoted(path);
        block.lead_in = block.lead_in.map(|lead_in| lead_in.saturating_add(first));
        out.push(block);
    }
}
