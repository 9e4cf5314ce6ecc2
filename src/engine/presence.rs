//! Owns where in a document each lexicon stands, for conditions on the surroundings of a sentence.

use super::scan::{Hit, Scan, Sentence};
use super::set::IdSet;
use crate::policy::model::Within;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Ref, RefCell};

/// A condition on the surroundings, compiled.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) terms: IdSet,
    pub(super) within: Within,
    pub(super) at_least: u32,
}

/// Where in the document each lexicon stands.
#[derive(Debug)]
pub(super) struct Presence {
    /// Lexicons that are counted over the whole document with the phrases of them that stand in it, in order: a lexicon
    /// in the upper half, a phrase in the lower.
    counted: Vec<u64>,
    /// The lexicons of the sentence that was asked for last.
    present: RefCell<(u32, IdSet)>,
    /// What conditions came to over more than a sentence: many sentences of a section ask the same.
    known: RefCell<FxHashMap<(*const Near, u32, u32), bool>>,
}

/// Room for what was counted last, as a power of two.
const SEEN: u32 = 9;

impl Presence {
    /// Reads the hits of a scan.
    pub(super) fn new(scan: &Scan<'_>) -> Self {
        let counted = scan.counted(&scan.sentences);
        let counted = counted.map(|hit| u64::from(hit.lexicon()) << 32 | u64::from(hit.phrase));
        // Most come again and again: few are put in order more than once.
        let mut seen = [u64::MAX; 1 << SEEN];
        let place = |counted: u64| (counted.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SEEN)) as usize;
        let new = |counted: &u64| std::mem::replace(&mut seen[place(*counted)], *counted) != *counted;
        let mut counted: Vec<u64> = counted.filter(new).collect();
        counted.sort_unstable();
        counted.dedup();
        Self {
            counted,
            present: RefCell::new((u32::MAX, IdSet::default())),
            known: RefCell::default(),
        }
    }

    /// The lexicons that have a hit in the sentence with index `at`, masked ones among them.
    pub(super) fn in_sentence(&self, scan: &Scan<'_>, at: u32) -> Ref<'_, IdSet> {
        if self.present.borrow().0 != at {
            let mut present = self.present.borrow_mut();
            present.0 = at;
            let hits = scan.hits_of(&scan.sentences[at as usize]);
            present.1.refill(hits.iter().map(Hit::lexicon));
        }
        Ref::map(self.present.borrow(), |present| &present.1)
    }

    /// How many distinct phrases of `terms`, which are counted, stand in the document, at most `enough`.
    pub(super) fn distinct(&self, terms: &IdSet, enough: u32) -> u32 {
        let of = |lexicon: usize| {
            let from = self
                .counted
                .partition_point(|counted| (counted >> 32) < lexicon as u64);
            let rest = self.counted[from..].iter();
            rest.take_while(move |counted| *counted >> 32 == lexicon as u64)
        };
        distinct(terms.iter().flat_map(of).map(|counted| *counted as u32), enough)
    }

    /// Whether the condition holds at the sentence with index `at`.
    pub(super) fn holds(&self, near: &Near, scan: &Scan<'_>, at: u32) -> bool {
        let Near {
            terms,
            within,
            at_least,
        } = near;
        let (from, to) = reach(*within, scan, at);
        let holds = || {
            let count = match within {
                Within::Document => self.distinct(terms, *at_least),
                _ => distinct_in(scan, terms, from, to, *at_least),
            };
            count >= *at_least
        };
        if *within <= Within::Sentence {
            return holds();
        }
        let asked = (std::ptr::from_ref(near), from, to);
        *self.known.borrow_mut().entry(asked).or_insert_with(holds)
    }
}

/// How many distinct phrases of `terms` stand in the sentences `from` to `to` (exclusive), at most `enough`.
fn distinct_in(scan: &Scan<'_>, terms: &IdSet, from: u32, to: u32, enough: u32) -> u32 {
    let sentences = scan.sentences.get(from as usize..to as usize);
    let hits = sentences
        .into_iter()
        .flatten()
        .flat_map(|sentence| scan.hits_of(sentence));
    let there = hits.filter(|hit| !hit.masked() && terms.has(hit.lexicon()));
    distinct(there.map(|hit| hit.phrase), enough)
}

/// How many of `phrases` differ, at most `enough`.
fn distinct(mut phrases: impl Iterator<Item = u32>, enough: u32) -> u32 {
    let Some(first) = phrases.next() else { return 0 };
    let mut others = phrases.skip_while(|phrase| *phrase == first).peekable();
    if enough <= 1 || others.peek().is_none() {
        return enough.min(1);
    }
    let mut seen = FxHashSet::from_iter([first]);
    for phrase in others {
        seen.insert(phrase);
        if seen.len() as u32 >= enough {
            break;
        }
    }
    seen.len() as u32
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
