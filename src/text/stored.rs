//! Owns where each character of a decoded text stands in the bytes that it was decoded from.

use super::{Source, Span, Stored};

/// Where characters of a decoded text stand in the bytes that it was decoded from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    runs: Vec<Run>,
}

/// Characters that all take as many bytes as one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where it starts in the text, and in the bytes.
    at: u32,
    stored: u32,
    /// How many bytes a character takes in the text, and in the bytes.
    size: u32,
    stored_size: u32,
}

impl Offsets {
    /// The bytes that a span of the text was decoded from.
    pub fn stored(&self, span: Span<Source>) -> Span<Stored> {
        Span::new(self.place(span.start), self.place(span.end))
    }

    fn place(&self, at: u32) -> u32 {
        let after = self.runs.partition_point(|run| run.at <= at);
        let run = after.checked_sub(1).and_then(|index| self.runs.get(index));
        run.map_or(at, |run| run.stored + (at - run.at) / run.size * run.stored_size)
    }

    /// Adds a character of `size` bytes that starts at byte `at` of the text, after all others; in the bytes it starts
    /// at `stored`.
    pub fn push(&mut self, at: u32, size: u32, stored: u32, stored_size: u32) {
        let goes_on = |run: &&Run| {
            let count = (at - run.at) / run.size;
            run.size == size && run.stored_size == stored_size && run.stored + count * stored_size == stored
        };
        if self.runs.last().filter(goes_on).is_none() {
            self.runs.push(Run {
                at,
                stored,
                size,
                stored_size,
            });
        }
    }
}
