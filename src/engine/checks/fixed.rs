//! Owns the texts whose words are fixed: cut once for all rules that ask for them, and looked for in a document by one
//! reading of it.

use super::super::scan::{Scan, Sentence};
use super::super::set::IdSet;
use super::super::vocabulary::{Token, Vocabulary};
use crate::automaton::WordId;
use crate::document::Block;
use crate::text::{Derived, Folded, Prose, fold, pieces, words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A fixed text of more pieces than this is compared word for word only.
pub(super) const LONGEST: usize = 400;

/// Every fixed text of a policy, each once.
#[derive(Debug, Default)]
pub(in crate::engine) struct FixedTexts {
    texts: Vec<Fixed>,
    /// For each of their words and marks the texts that have it.
    holders: FxHashMap<Box<str>, Vec<u32>>,
    /// Their words as the vocabulary numbers them.
    words: IdSet,
    /// What stands in them besides letters and spaces.
    marks: FxHashSet<u8>,
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
    /// Words that stand between spaces in it: where one of them is missing the passage is not.
    inner: Vec<WordId>,
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
    /// The words that stand there.
    seen: IdSet,
    /// For each text the run that shares most words with it, the first of equals.
    best: Vec<Option<Run>>,
}

impl FixedTexts {
    /// Cuts texts, each of which is there once.
    pub(in crate::engine) fn new(texts: &[&str], vocabulary: &Vocabulary) -> Self {
        let mut out = Self::default();
        for (number, text) in texts.iter().enumerate() {
            let fixed = Fixed::new(text, vocabulary);
            for piece in &fixed.pieces {
                let holders = out.holders.entry(fixed.folded.text()[piece.clone()].into());
                let holders = holders.or_default();
                if holders.last() != Some(&(number as u32)) {
                    holders.push(number as u32);
                }
            }
            words(fixed.folded.text(), |_, _, word| {
                out.words.insert(vocabulary.word(word) as usize);
            });
            out.marks
                .extend(fixed.folded.text().bytes().filter(|byte| is_mark(*byte)));
            out.texts.push(fixed);
        }
        out
    }

    pub(super) fn get(&self, number: u32) -> &Fixed {
        &self.texts[number as usize]
    }

    /// Reads the body of a document once, for all texts.
    pub(super) fn read(&self, scan: &Scan<'_>) -> Reading {
        let mut reading = Reading {
            seen: IdSet::default(),
            best: vec![None; self.texts.len()],
        };
        let mut known: Vec<&[u32]> = Vec::new();
        let mut runs: Vec<Option<Run>> = vec![None; self.texts.len()];
        let blocks = scan.document.blocks.iter().zip(&scan.by_block);
        for (_, sentences) in blocks.filter(|(block, _)| block.kind.is_body()) {
            let mut goes_on = false;
            for at in sentences.clone() {
                let sentence = &scan.sentences[at as usize];
                known.clear();
                let mut all = 0;
                let words = self.words_of(scan, sentence, &mut reading.seen);
                let text = scan.text_of(sentence);
                if self.may_share(text, words) {
                    for piece in pieces(text) {
                        all += 1;
                        known.extend(self.holders.get(&text[piece]).map(Vec::as_slice));
                    }
                }
                let goes_on_before = std::mem::replace(&mut goes_on, mostly(known.len(), all));
                if goes_on {
                    if !goes_on_before {
                        runs.fill(None);
                    }
                    self.grow(at, &known, all, &mut runs, &mut reading.best);
                }
            }
        }
        reading
    }

    /// How many words of fixed texts stand in a sentence; adds them to `seen`.
    fn words_of(&self, scan: &Scan<'_>, sentence: &Sentence, seen: &mut IdSet) -> usize {
        let tokens = &scan.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let words = tokens.iter().map(Token::word);
        let there = words.filter(|word| self.words.has(*word));
        there.inspect(|word| seen.insert(*word as usize)).count()
    }

    /// Whether half of what stands in a sentence with so many `words` of fixed texts may be words and marks of them.
    /// Every such word is one that the vocabulary knows them by, or has a mark of theirs; and what spaces part is no
    /// fewer pieces than there are.
    fn may_share(&self, text: &str, words: usize) -> bool {
        if !text.is_ascii() {
            return true;
        }
        let spaces = count(text, |byte| byte == b' ');
        let enough = |marks: usize| words + marks >= 2 && (words + marks) * 2 > spaces;
        enough(count(text, is_mark))
            && enough(count(text, |byte| is_mark(byte) && self.marks.contains(&byte)))
    }

    /// Lets the runs go on over the sentence `at`, which has so many pieces in `all`, and among them some that the texts
    /// `known` hold.
    fn grow(
        &self,
        at: u32,
        known: &[&[u32]],
        all: usize,
        runs: &mut [Option<Run>],
        best: &mut [Option<Run>],
    ) {
        let mut shared = vec![0; runs.len()];
        for holder in known.iter().copied().flatten() {
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

impl Fixed {
    fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let folded = fold(text);
        let whole = folded.text().trim_end_matches('.');
        let sentences = whole.split(". ").map(|part| Passage::new(part, vocabulary));
        Self {
            whole: Passage::new(whole, vocabulary),
            sentences: sentences.collect(),
            text: text.to_owned(),
            pieces: pieces(folded.text()).collect(),
            folded,
        }
    }
}

impl Passage {
    fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let words = text.split(' ').skip(1);
        let inner = words.clone().count().saturating_sub(1);
        let plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let inner = words.take(inner).filter(plain).map(|word| vocabulary.word(word));
        Self {
            text: text.to_owned(),
            inner: inner.collect(),
        }
    }
}

/// Whether a byte is neither a letter nor a space.
const fn is_mark(byte: u8) -> bool {
    !byte.is_ascii_alphabetic() && byte != b' '
}

/// How many bytes are `wanted`, counted in bytes as far as these go: that many are counted at once.
fn count(text: &str, wanted: impl Fn(u8) -> bool) -> usize {
    let parts = text.as_bytes().chunks(usize::from(u8::MAX));
    let in_part = |part: &[u8]| part.iter().map(|byte| u8::from(wanted(*byte))).sum::<u8>();
    parts.map(|part| usize::from(in_part(part))).sum()
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
        if !passage.inner.iter().all(|word| self.seen.has(*word)) {
            return Vec::new();
        }
        let blocks = scan.document.blocks.iter().zip(&scan.by_block);
        let holding = |(block, sentences): &(&Block, &Range<u32>)| {
            block.kind.is_body() && holds(scan.text_of_all(sentences), &passage.text)
        };
        blocks
            .filter(holding)
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
