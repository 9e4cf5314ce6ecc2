//! Owns where in a document each lexicon stands, for conditions on the surroundings of a sentence.

use super::frame::LexiconSet;
use super::scan::{Scan, Sentence};
use crate::policy::model::Within;
use rustc_hash::{FxHashMap, FxHashSet};

/// A condition on the surroundings, compiled.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) terms: LexiconSet,
    pub(super) within: Within,
    pub(super) at_least: u32,
}

/// For each lexicon that stands in the document, its (sentence, phrase) pairs in order.
#[derive(Debug, Default)]
pub(super) struct Presence {
    places: FxHashMap<u32, Vec<(u32, u32)>>,
}

impl Presence {
    pub(super) fn new(scan: &Scan<'_>) -> Self {
        let mut places: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        for (index, sentence) in scan.sentences.iter().enumerate() {
            for hit in scan.hits_of(sentence).iter().filter(|hit| !hit.masked) {
                places
                    .entry(hit.lexicon)
                    .or_default()
                    .push((index as u32, hit.phrase));
            }
        }
        Self { places }
    }

    /// How many distinct phrases of `terms` stand in the document, at most `enough`.
    pub(super) fn distinct(&self, terms: &LexiconSet, enough: u32) -> u32 {
        self.count(terms, 0, u32::MAX, enough)
    }

    /// Whether the condition holds at the sentence with index `at`.
    pub(super) fn holds(&self, near: &Near, scan: &Scan<'_>, at: u32) -> bool {
        let (from, to) = reach(near.within, scan, at);
        self.count(&near.terms, from, to, near.at_least) >= near.at_least
    }

    fn count(&self, terms: &LexiconSet, from: u32, to: u32, enough: u32) -> u32 {
        let mut seen = FxHashSet::default();
        for lexicon in terms.iter() {
            let Some(places) = self.places.get(&(lexicon as u32)) else {
                continue;
            };
            let start = places.partition_point(|(sentence, _)| *sentence < from);
            for (_, phrase) in places[start..].iter().take_while(|(sentence, _)| *sentence < to) {
                seen.insert(*phrase);
                if seen.len() as u32 >= enough {
                    return enough;
                }
            }
        }
        seen.len() as u32
    }
}

/// The sentences (from, to; exclusive) that are near the sentence with index `at`.
pub(super) fn reach(within: Within, scan: &Scan<'_>, at: u32) -> (u32, u32) {
    let sentence: &Sentence = &scan.sentences[at as usize];
    let block = sentence.block as usize;
    let of = |block: usize| scan.by_block.get(block).cloned().unwrap_or(at..at);
    match within {
        Within::Clause | Within::Sentence => (at, at + 1),
        Within::Paragraph => (of(block).start, of(block).end),
        Within::Adjacent => {
            let before = of(block.saturating_sub(1)).start;
            (before, of((block + 1).min(scan.by_block.len() - 1)).end)
        }
        Within::Section => {
            let blocks = &scan.document.blocks;
            let section = blocks[block].section;
            let first = blocks.partition_point(|other| other.section < section);
            let end = blocks.partition_point(|other| other.section <= section);
            (of(first).start, of(end - 1).end)
        }
        Within::Document => (0, scan.sentences.len() as u32),
    }
}
