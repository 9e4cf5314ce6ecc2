//! Owns reading what can be read of broken front matter: each outermost entry on its own.

use crate::data::{Entry, Node, Value, parse_yaml};
use crate::text::Span;

/// The entries of broken YAML or JSON that read well alone, as one mapping; `base` is where `text` stands. An
/// entry that stands twice is kept twice.
pub(super) fn entries(text: &str, base: u32) -> Node {
    let mut found: Vec<Entry> = Vec::new();
    let mut margin = None;
    let mut chunk = 0..0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let begins = line
            .trim_start()
            .starts_with(|c: char| c == '"' || c == '_' || c.is_alphabetic());
        if begins && *margin.get_or_insert(indent) == indent {
            read(text, base, &chunk, &mut found);
            chunk = at + indent..at;
        }
        at += line.len();
        chunk.end = at;
    }
    read(text, base, &chunk, &mut found);
    Node {
        span: Span::empty(base),
        value: Value::Map(found),
    }
}

fn read(text: &str, base: u32, chunk: &std::ops::Range<usize>, found: &mut Vec<Entry>) {
    let piece = text.get(chunk.clone()).unwrap_or_default().trim_end();
    // what ends an entry of JSON
    let piece = piece.trim_end_matches('}').trim_end();
    let piece = piece.strip_suffix(',').unwrap_or(piece);
    let place = u32::try_from(chunk.start).unwrap_or(u32::MAX);
    if let Ok(node) = parse_yaml(piece, base.saturating_add(place))
        && let Value::Map(entries) = node.value
    {
        found.extend(entries);
    }
}
