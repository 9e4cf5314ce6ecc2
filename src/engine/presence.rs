//! Owns where in a document each lexicon stands, for conditions on the surroundings of a sentence.

use super::frame::LexiconSet;
use super::scan::{Scan, Sentence};
use crate::policy::model::Within;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

/// A condition on the surroundings, compiled.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) terms: LexiconSet,
    pub(super) within: Within,
    pub(super) at_least: u32,
}

/// For each lexicon its (sentence, phrase) pairs in the document, in order.
#[derive(Debug, Default)]
pub(super) struct Presence {
    /// For each lexicon where its part of `places` begins.
    begins: Vec<u32>,
    places: Vec<(u32, u32)>,
    /// What conditions came to over more than a sentence: many sentences of a section ask the same.
    known: RefCell<FxHashMap<(*const Near, u32, u32), bool>>,
}

impl Presence {
    pub(super) fn new(scan: &Scan<'_>) -> Self {
        let counted = || scan.hits.iter().filter(|hit| !hit.masked);
        let lexicons = counted().map(|hit| hit.lexicon + 1).max().unwrap_or(0) as usize;
        let mut begins = vec![0_u32; lexicons + 1];
        counted().for_each(|hit| begins[hit.lexicon as usize + 1] += 1);
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut free = begins.clone();
        let mut places = vec![(0, 0); counted().count()];
        for (index, sentence) in scan.sentences.iter().enumerate() {
            for hit in scan.hits_of(sentence).iter().filter(|hit| !hit.masked) {
                let place = &mut free[hit.lexicon as usize];
                places[*place as usize] = (index as u32, hit.phrase);
                *place += 1;
            }
        }
        let known = RefCell::default();
        Self {
            begins,
            places,
            known,
        }
    }

    /// The places of a lexicon.
    fn of(&self, lexicon: usize) -> &[(u32, u32)] {
        match self.begins.get(lexicon..lexicon + 2) {
            Some(range) => &self.places[range[0] as usize..range[1] as usize],
            None => &[],
        }
    }

    /// How many distinct phrases of `terms` stand in the document, at most `enough`.
    pub(super) fn distinct(&self, terms: &LexiconSet, enough: u32) -> u32 {
        self.count(terms, 0, u32::MAX, enough)
    }

    /// Whether the condition holds at the sentence with index `at`.
    pub(super) fn holds(&self, near: &Near, scan: &Scan<'_>, at: u32) -> bool {
        let (from, to) = reach(near.within, scan, at);
        let holds = || self.count(&near.terms, from, to, near.at_least) >= near.at_least;
        if near.within <= Within::Sentence {
            return holds();
        }
        let asked = (std::ptr::from_ref(near), from, to);
        *self.known.borrow_mut().entry(asked).or_insert_with(holds)
    }

    fn count(&self, terms: &LexiconSet, from: u32, to: u32, enough: u32) -> u32 {
        let mut seen = FxHashSet::default();
        for lexicon in terms.iter() {
            let places = self.of(lexicon);
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
