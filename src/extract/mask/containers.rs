//! Owns the lines that open and close containers in Markdown dialects: `::: tip` and `:::`.

use super::{Mask, Painter};
use std::ops::Range;

/// Where the next such line stands from `at` on, without its line end.
fn next(text: &str, mut at: usize) -> Option<Range<usize>> {
    loop {
        let found = at + text.get(at..)?.find(":::")?;
        let line = text.get(..found)?.rfind('\n').map_or(0, |n| n + 1);
        let lead = text.get(line..found)?;
        let rest = text.get(found..)?;
        let len = rest.find('\n').unwrap_or(rest.len());
        if lead.trim().is_empty() {
            let bare = rest.get(..len)?.trim_end().len();
            return Some(found..found + bare);
        }
        at = found + len.max(3);
    }
}

/// Masks every such line.
pub(super) fn paint(text: &str, painter: &mut Painter<'_>) {
    let mut at = 0;
    while let Some(range) = next(text, at) {
        at = range.end;
        painter.paint(range, Mask::Tag);
    }
}
