//! Owns the texts whose words are fixed: cut once for all rules that ask for them, and looked for in a document by one
//! reading of it.

use super::super::scan::Scan;
use crate::text::{Derived, Folded, Prose, fold, pieces};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A fixed text of more pieces than this is compared word for word only.
pub(super) const LONGEST: usize = 400;

/// Every fixed text of a policy, each once.
#[derive(Debug, Default)]
pub(in crate::engine) struct FixedTexts {
    texts: Vec<Fixed>,
    /// The numbers of their words and marks.
    numbers: FxHashMap<Box<str>, u32>,
    /// For each number the texts that have it.
    holders: Vec<Vec<u32>>,
}

/// A fixed text, cut into words and marks.
#[derive(Debug)]
pub(super) struct Fixed {
    pub(super) text: String,
    pub(super) folded: Derived<Folded, Prose>,
    pub(super) pieces: Vec<Range<usize>>,
    /// All of it but for its last stop.
    whole: Passage,
    /// The same, sentence by sentence.
    sentences: Vec<Passage>,
}

/// Words to be found as they stand.
#[derive(Debug)]
struct Passage {
    text: String,
    /// The numbers of words that stand between spaces in it: where one of them is missing the passage is not.
    inner: Vec<u32>,
}

/// Neighbouring sentences of one block whose words are mostly those of a fixed text.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) sentences: Range<u32>,
    pub(super) shared: usize,
    pieces: usize,
}

/// What the body of a document holds of the words of fixed texts.
pub(super) struct Reading {
    /// For each number whether it stands there.
    seen: Vec<bool>,
    /// For each text the run that shares most words with it, the first of equals.
    best: Vec<Option<Run>>,
}

impl FixedTexts {
    /// The number of a text, which is added if it is new.
    pub(in crate::engine) fn add(&mut self, text: &str) -> u32 {
        let next = self.texts.len();
        let known = self.texts.iter().position(|known| known.text == text);
        if known.is_none() {
            let fixed = self.cut(text, next as u32);
            self.texts.push(fixed);
        }
        known.unwrap_or(next) as u32
    }

    pub(super) fn get(&self, number: u32) -> &Fixed {
        &self.texts[number as usize]
    }

    fn cut(&mut self, text: &str, number: u32) -> Fixed {
        let folded = fold(text);
        let pieces: Vec<Range<usize>> = pieces(folded.text()).collect();
        for piece in &pieces {
            let at = self.number(&folded.text()[piece.clone()]);
            let holders = &mut self.holders[at as usize];
            if holders.last() != Some(&number) {
                holders.push(number);
            }
        }
        let whole = folded.text().trim_end_matches('.');
        Fixed {
            whole: self.passage(whole),
            sentences: whole.split(". ").map(|part| self.passage(part)).collect(),
            text: text.to_owned(),
            pieces,
            folded,
        }
    }

    fn passage(&mut self, text: &str) -> Passage {
        let words = text.split(' ').skip(1);
        let count = words.clone().count().saturating_sub(1);
        let one = |word: &&str| pieces(word).next() == Some(0..word.len());
        Passage {
            text: text.to_owned(),
            inner: words
                .take(count)
                .filter(one)
                .map(|word| self.number(word))
                .collect(),
        }
    }

    fn number(&mut self, piece: &str) -> u32 {
        if let Some(number) = self.numbers.get(piece) {
            return *number;
        }
        let next = self.holders.len() as u32;
        self.numbers.insert(piece.into(), next);
        self.holders.push(Vec::new());
        next
    }

    /// Reads the body of a document once, for all texts.
    pub(super) fn read(&self, scan: &Scan<'_>) -> Reading {
        let mut reading = Reading {
            seen: vec![false; self.holders.len()],
            best: vec![None; self.texts.len()],
        };
        let mut known: Vec<u32> = Vec::new();
        let mut runs: Vec<Option<Run>> = vec![None; self.texts.len()];
        for (block, sentences) in scan.document.blocks.iter().zip(&scan.by_block) {
            runs.fill(None);
            for at in sentences.clone().filter(|_| block.kind.is_body()) {
                let text = scan.text_of(&scan.sentences[at as usize]);
                let mut all = 0;
                known.clear();
                for piece in pieces(text) {
                    all += 1;
                    known.extend(self.numbers.get(&text[piece]));
                }
                known
                    .iter()
                    .for_each(|number| reading.seen[*number as usize] = true);
                if mostly(known.len(), all) {
                    self.grow(at, &known, all, &mut runs, &mut reading.best);
                } else {
                    runs.fill(None);
                }
            }
        }
        reading
    }

    /// Lets the runs go on over the sentence `at`, which has so many pieces in `all`, and among them those `known`.
    fn grow(&self, at: u32, known: &[u32], all: usize, runs: &mut [Option<Run>], best: &mut [Option<Run>]) {
        let mut shared = vec![0; runs.len()];
        for holder in known.iter().flat_map(|number| &self.holders[*number as usize]) {
            shared[*holder as usize] += 1;
        }
        for (number, (run, best)) in runs.iter_mut().zip(best).enumerate() {
            let longest = self.texts[number].pieces.len();
            let before = run.take().filter(|run| run.pieces <= longest);
            if !mostly(shared[number], all) {
                continue;
            }
            let grown = Run {
                sentences: before.as_ref().map_or(at, |run| run.sentences.start)..at + 1,
                shared: shared[number] + before.as_ref().map_or(0, |run| run.shared),
                pieces: all + before.as_ref().map_or(0, |run| run.pieces),
            };
            if grown.pieces <= 2 * LONGEST && best.as_ref().is_none_or(|best| best.shared < grown.shared) {
                *best = Some(grown.clone());
            }
            *run = Some(grown);
        }
    }
}

/// Whether a sentence of `all` pieces, of which a text shares so many, may be part of that text.
fn mostly(shared: usize, all: usize) -> bool {
    shared >= 2 && shared * 2 >= all
}

impl Reading {
    /// The run that may be nearly the text with this number.
    pub(super) fn best(&self, number: u32) -> Option<&Run> {
        self.best[number as usize].as_ref()
    }

    /// First sentences of body blocks that hold the text, word for word after folding. The sentences of a text may
    /// stand in blocks of their own; the stop after the last may be missing.
    pub(super) fn exactly(&self, text: &Fixed, scan: &Scan<'_>) -> Vec<u32> {
        let there = self.holding(&text.whole, scan);
        if !there.is_empty() {
            return there;
        }
        let last = |part: &Passage| self.holding(part, scan).last().copied();
        let parts: Option<Vec<u32>> = text.sentences.iter().map(last).collect();
        parts
            .into_iter()
            .flat_map(|parts| parts.into_iter().max())
            .collect()
    }

    fn holding(&self, passage: &Passage, scan: &Scan<'_>) -> Vec<u32> {
        if !passage.inner.iter().all(|number| self.seen[*number as usize]) {
            return Vec::new();
        }
        let blocks = scan.document.blocks.iter().zip(&scan.folded).zip(&scan.by_block);
        blocks
            .filter(|((block, folded), _)| block.kind.is_body() && holds(folded.text(), &passage.text))
            .filter_map(|(_, sentences)| sentences.clone().next())
            .collect()
    }
}

/// Whether `text` holds `part`, and the sentence does not go on after it ("any disease or ailment").
fn holds(text: &str, part: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let rest = &text[at + part.len()..];
        let next = rest.trim_start().chars().next();
        !rest.starts_with([',', '-', '/']) && !next.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(part).any(ends)
}
