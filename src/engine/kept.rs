//! Owns what of a document is not read again: sentences that stand in it as they stood before, and how far they have moved.
//! All places count from the start of the document, so that they move together; round the end of all numbers where they move
//! back.

use super::memory::Run;
use super::scan::{Read, Scan, Sentence};
use crate::text::Span;
use std::ops::Range;

/// Sentences that stood in the document before, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Their numbers now.
    pub(super) here: Range<u32>,
    /// Their numbers then.
    pub(super) there: Range<u32>,
    /// How far their tokens have moved, round the end of all numbers where it is back.
    tokens: u32,
}

impl Kept {
    /// The number that a sentence has now.
    pub(super) const fn sentence(&self, there: u32) -> u32 {
        there - self.there.start + self.here.start
    }

    /// The number that a token has now.
    pub(super) const fn token(&self, there: u32) -> u32 {
        there.wrapping_add(self.tokens)
    }
}

/// Sentences one after the other that are all new, or all kept, and what is known of them.
pub(super) enum Stretch<'s, P> {
    New(Range<u32>),
    Kept(&'s Kept, P),
}

impl Read {
    /// Adds a run of blocks as they stand in `past`; returns where their sentences stand, if they have any.
    pub(super) fn keep(&mut self, past: &Self, run: &Run) -> Option<Kept> {
        let blocks = run.there..run.there + run.here.len();
        let start = blocks.start.checked_sub(1).map_or(0, |before| past.ends[before]);
        let (Some(end), Some(first), Some(last)) = (
            past.ends.get(blocks.end - 1).copied(),
            past.by_block.get(blocks.start),
            past.by_block.get(blocks.end - 1),
        ) else {
            return None;
        };
        let bytes = self.folded.span().end.wrapping_sub(start);
        self.folded.append(&past.folded, Span::new(start, end));
        let ends = past.ends[blocks.clone()].iter();
        self.ends.extend(ends.map(|end| end.wrapping_add(bytes)));
        let there = first.start..last.end;
        let here = self.sentences.len() as u32;
        let sentences = here.wrapping_sub(there.start);
        let by_block = past.by_block[blocks].iter();
        self.by_block.extend(by_block.map(|of| moved(of, sentences)));
        let of = &past.sentences[there.start as usize..there.end as usize];
        let (first, last) = (of.first()?, of.last()?);
        let tokens = (self.tokens.len() as u32).wrapping_sub(first.tokens.start);
        let hits = (self.hits.len() as u32).wrapping_sub(first.hits.start);
        let block = (run.here.start as u32).wrapping_sub(run.there as u32);
        self.sentences.extend(of.iter().map(|sentence| Sentence {
            block: sentence.block.wrapping_add(block),
            span: Span::new(
                sentence.span.start.wrapping_add(bytes),
                sentence.span.end.wrapping_add(bytes),
            ),
            tokens: moved(&sentence.tokens, tokens),
            hits: moved(&sentence.hits, hits),
            marks: sentence.marks,
        }));
        let of = &past.tokens[first.tokens.start as usize..last.tokens.end as usize];
        self.tokens.extend(of.iter().map(|token| token.moved(bytes)));
        let of = &past.hits[first.hits.start as usize..last.hits.end as usize];
        self.hits.extend(of.iter().map(|hit| hit.moved(tokens)));
        Some(Kept {
            here: here..self.sentences.len() as u32,
            there,
            tokens,
        })
    }
}

fn moved(range: &Range<u32>, by: u32) -> Range<u32> {
    range.start.wrapping_add(by)..range.end.wrapping_add(by)
}

impl Scan<'_> {
    /// All sentences, in order; where nothing is known of the `past`, all of them are new.
    pub(super) fn stretches<P: Copy>(&self, past: Option<P>) -> Vec<Stretch<'_, P>> {
        let mut out = Vec::new();
        let mut next = 0;
        for (kept, past) in self.kept.iter().filter_map(|kept| Some((kept, past?))) {
            out.push(Stretch::New(next..kept.here.start));
            out.push(Stretch::Kept(kept, past));
            next = kept.here.end;
        }
        out.push(Stretch::New(next..self.sentences.len() as u32));
        out
    }
}
