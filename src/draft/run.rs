//! Owns where the words of a paragraph stand in a part's XML: runs, and the pieces of text in them.

use std::ops::Range;

/// A run, or what is as whole as one, in bytes of its part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The whole element.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its start tag ends.
    pub(super) inside: u32,
    /// Its properties, which end here; where its start tag does, if it has none.
    pub(super) props: u32,
    /// Whether it may not be cut, for it is a control that holds plain text.
    pub(super) whole: bool,
}

/// Text that stands in a part, or one character that an element or reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the paragraph's text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where it stands in the part.
    pub(super) xml: (u32, u32),
    /// Whether it stands there byte for byte.
    pub(super) verbatim: bool,
    /// The element of the run that it stands in: `w:t`, `w:tab`.
    pub(super) child: (u32, u32),
    /// The number of the run.
    pub(super) run: u32,
}

/// A range in 32 bits: no part is larger.
pub(super) fn narrow(range: &Range<usize>) -> (u32, u32) {
    (small(range.start), small(range.end))
}

/// An offset in 32 bits.
pub(super) fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
