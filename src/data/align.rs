//! Owns the mapping from a decoded scalar back to its bytes in the file.

use super::Node;
use crate::text::{Derived, Prose, Source};

/// The text of a scalar as prose that knows its source, byte for byte where the source says it plainly.
/// `source` is the whole file. `None` for what is not text.
pub fn align(node: &Node, source: &str) -> Option<Derived<Prose, Source>> {
    let text = node.text()?;
    let mut out = Derived::new();
    if node.span.slice(source) == text {
        out.push_verbatim(text, node.span.start);
    } else {
        out.push_atomic(text, node.span);
    }
    Some(out)
}
