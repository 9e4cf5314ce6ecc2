//! Owns reading what can be read of broken front matter: each outermost entry on its own.

use super::quoted;
use crate::data::{Entry, Node, Value};
use crate::text::Span;

/// What was read of broken front matter.
pub(super) struct Salvaged {
    /// The entries that could be read, as one mapping.
    pub(super) root: Node,
    /// Whether that is all of them.
    pub(super) whole: bool,
}

/// The entries of broken YAML or JSON that read well alone, as one mapping; `base` is where `text` stands. An
/// entry that stands twice is kept twice.
pub(super) fn entries(text: &str, base: u32) -> Salvaged {
    let mut found: Vec<Entry> = Vec::new();
    let mut whole = true;
    let mut margin = None;
    let mut chunk = 0..0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let begins = line
            .trim_start()
            .starts_with(|c: char| c == '"' || c == '_' || c.is_alphabetic());
        if begins && *margin.get_or_insert(indent) == indent {
            whole &= read(text, base, &chunk, &mut found);
            chunk = at + indent..at;
        }
        at += line.len();
        chunk.end = at;
    }
    whole &= read(text, base, &chunk, &mut found);
    let root = Node {
        span: Span::empty(base),
        value: Value::Map(found),
    };
    Salvaged { root, whole }
}

/// Reads the entry in `chunk`, and says whether all of it could be read.
fn read(text: &str, base: u32, chunk: &std::ops::Range<usize>, found: &mut Vec<Entry>) -> bool {
    let piece = text.get(chunk.clone()).unwrap_or_default().trim_end();
    // what ends an entry of JSON
    let piece = piece.trim_end_matches('}').trim_end();
    let piece = piece.strip_suffix(',').unwrap_or(piece);
    let place = u32::try_from(chunk.start).unwrap_or(u32::MAX);
    match quoted::parse(piece, base.saturating_add(place)).map(|(node, _)| node.value) {
        Ok(Value::Map(entries)) => {
            found.extend(entries);
            true
        }
        Ok(Value::Null) => true,
        _ => false,
    }
}
