//! Owns what a document looks like as a whole: how much of it runs on, what its title and headings say, which words come
//! again and again. Kinds of products and pages are told by it.

use super::compile::Tells;
use super::presence::Presence;
use super::scan::{Hit, Scan};
use super::set::IdSet;
use crate::document::BlockKind;

/// The look of a document.
#[derive(Debug)]
pub(super) struct Profile {
    /// Words of visible copy.
    pub(super) words: u32,
    /// Words of full sentences: what is shorter is a label.
    pub(super) told: u32,
    /// Words of running text.
    pub(super) running: u32,
    /// Paragraphs and the like that run on.
    pub(super) paragraphs: u32,
    /// How often each lexicon comes up, by its number.
    times: Vec<u32>,
    /// What titles and first headings say, each once.
    titled: Vec<Titled>,
}

/// A phrase of a title or first heading.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Titled {
    lexicon: u32,
    phrase: u32,
    /// Whether the title is nothing else, up to its first mark.
    alone: bool,
}

/// How many titles and headings name what the document is about.
const FIRST: usize = 3;
/// A full sentence has so many words.
const SENTENCE: u32 = 5;
/// At most so many weak and strong words count, and strong ones of a title.
const MOST: [u32; 3] = [12, 6, 2];
/// Subjects count up to so many of a hundred words.
const DENSEST: u32 = 5;

impl Profile {
    pub(super) fn new(scan: &Scan<'_>, counted: &IdSet) -> Self {
        let lexicons = counted.iter().last().map_or(0, |last| last + 1);
        let mut out = Self {
            words: 0,
            told: 0,
            running: 0,
            paragraphs: 0,
            times: vec![0; lexicons],
            titled: Vec::new(),
        };
        let mut titles = 0;
        for (number, block) in scan.document.blocks.iter().enumerate() {
            let is_title = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title);
            if is_title && titles < FIRST {
                titles += 1;
                out.title(scan, number);
            }
            if block.kind.is_body() {
                out.body(scan, number);
            }
        }
        out.titled.sort_unstable();
        out.titled.dedup();
        out
    }

    /// Takes in a title or heading.
    fn title(&mut self, scan: &Scan<'_>, block: usize) {
        let sentences = scan.sentences_of(block);
        for (at, sentence) in sentences.iter().enumerate() {
            let ends = |token: u32| {
                token + 1 == sentence.tokens.end
                    || scan.clause(token + 1) > scan.clause(sentence.tokens.start)
            };
            for hit in scan.hits_of(sentence) {
                if !hit.counts() {
                    continue;
                }
                self.titled.push(Titled {
                    lexicon: hit.lexicon(),
                    phrase: hit.phrase,
                    alone: at == 0 && hit.first == sentence.tokens.start && ends(hit.last()),
                });
            }
        }
    }

    /// Takes in a block that readers see.
    fn body(&mut self, scan: &Scan<'_>, block: usize) {
        let sentences = scan.sentences_of(block);
        let counted = scan.counted(sentences).map(Hit::lexicon);
        counted.for_each(|lexicon| self.times[lexicon as usize] += 1);
        let words = scan.words_of(block);
        self.words += words;
        let lengths = sentences.iter().map(|sentence| sentence.tokens.len() as u32);
        self.told += lengths.filter(|words| *words >= SENTENCE).sum::<u32>();
        if scan.is_running(block as u32) && !scan.document.blocks[block].is_link() {
            self.running += words;
            self.paragraphs += 1;
        }
    }

    /// How much speaks for a product.
    pub(super) fn points(&self, kind: &Tells, presence: &Presence) -> i64 {
        let count = |set, most| i64::from(presence.distinct(set, u32::MAX).min(most));
        let [weak, strong, first] = MOST;
        let said =
            count(&kind.weak, weak) + 2 * count(&kind.strong, strong) - 3 * count(&kind.against, u32::MAX);
        let named = 3 * self.titled(&kind.strong).min(first);
        let subjects = self.times(&kind.subjects);
        let subjects = (200 * subjects / self.words.max(1))
            .min(2 * DENSEST)
            .min(subjects);
        said + i64::from(named + subjects)
    }

    /// How many different phrases of a set titles and first headings have.
    pub(super) fn titled(&self, set: &IdSet) -> u32 {
        let mut phrases = self.of_titles(set).collect::<Vec<_>>();
        phrases.dedup();
        phrases.len() as u32
    }

    /// Whether a title or first heading is nothing but such a phrase.
    pub(super) fn entitled(&self, set: &IdSet) -> bool {
        self.titled
            .iter()
            .any(|title| title.alone && set.has(title.lexicon))
    }

    fn of_titles(&self, set: &IdSet) -> impl Iterator<Item = (u32, u32)> {
        let titled = self.titled.iter().filter(|title| set.has(title.lexicon));
        titled.map(|title| (title.lexicon, title.phrase))
    }

    /// How often lexicons of a set are counted.
    pub(super) fn times(&self, set: &IdSet) -> u32 {
        set.iter().filter_map(|lexicon| self.times.get(lexicon)).sum()
    }
}
