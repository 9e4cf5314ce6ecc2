//! Owns byte ranges that say at compile time which text they index.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// Marks spans into the text of a file (decoded, byte order mark included).
#[derive(Debug)]
pub enum Source {}
/// Marks spans into the bytes of a file as it lies on disk: those of its text where it is UTF-8.
#[derive(Debug)]
pub enum Stored {}
/// Marks spans into the text that a reader sees of one block.
#[derive(Debug)]
pub enum Prose {}
/// Marks spans into prose folded for matching.
#[derive(Debug)]
pub enum Folded {}

/// A half-open byte range `start..end` into the text named by `T`.
pub struct Span<T> {
    /// First byte, 0-based.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Span<T> {
    /// The bytes `start..end`; an `end` before `start` is taken as empty at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
            of: PhantomData,
        }
    }

    /// An empty span at `at`.
    pub const fn empty(at: u32) -> Self {
        Self::new(at, at)
    }

    /// The span of a `usize` range. Texts are bounded to 4 GiB on reading, so offsets beyond are clamped.
    pub fn of(range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::new(clamp(range.start), clamp(range.end))
    }

    /// The range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether no byte lies in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The slice of `text`; empty where the span does not lie in it on character boundaries.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

impl<T> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Span<T> {}
impl<T> PartialEq for Span<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<T> Eq for Span<T> {}
impl<T> PartialOrd for Span<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Span<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<T> Hash for Span<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<T> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn span(start: u32, end: u32) -> Span<Source> {
        Span::new(start, end)
    }

    #[test]
    fn a_span_holds_what_stands_in_it_and_overlaps_what_shares_a_byte() {
        assert_eq!([span(2, 5).len(), span(3, 3).len()], [3, 0]);
        assert!(span(3, 3).is_empty() && !span(2, 5).is_empty());
        let of = |other| (span(2, 5).contains(other), span(2, 5).overlaps(other));
        assert_eq!(of(span(2, 5)), (true, true));
        assert_eq!(of(span(3, 4)), (true, true));
        assert_eq!(of(span(1, 3)), (false, true));
        assert_eq!(of(span(4, 6)), (false, true));
        assert_eq!(of(span(1, 6)), (false, true));
        assert_eq!(of(span(0, 2)), (false, false));
        assert_eq!(of(span(5, 6)), (false, false));
        assert_ne!(span(2, 5), span(2, 4));
    }
}
