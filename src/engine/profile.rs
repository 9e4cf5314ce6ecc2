//! Owns what a document looks like as a whole: how much of it runs on, what its title and headings say, which words come
//! again and again. Kinds of products and pages are told by it.

use super::compile::{Sign, Tells};
use super::presence::Presence;
use super::scan::{Hit, Scan};
use super::set::IdSet;
use crate::document::BlockKind;
use crate::policy::model::Measure;

/// The look of a document.
#[derive(Debug)]
pub(super) struct Profile {
    /// Words of visible copy.
    pub(super) words: u32,
    /// Words of full sentences: what is shorter is a label.
    pub(super) told: u32,
    /// Words of running text.
    running: u32,
    linked: u32,
    headings: u32,
    asking: u32,
    /// How often each lexicon comes up, by its number.
    times: Vec<u32>,
    /// Lexicons and phrases of the title and the first headings, each once.
    titled: Vec<(u32, u32)>,
    /// In how many headings each lexicon stands, by its number.
    in_headings: Vec<u32>,
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
            linked: 0,
            headings: 0,
            asking: 0,
            times: vec![0; lexicons],
            titled: Vec::new(),
            in_headings: vec![0; lexicons],
        };
        let mut there = IdSet::default();
        let mut first = 0;
        for (number, block) in scan.document.blocks.iter().enumerate() {
            let heading = matches!(block.kind, BlockKind::Heading(_));
            let titles = heading || block.kind == BlockKind::Title;
            if !(block.kind.is_body() || titles) {
                continue;
            }
            let sentences =
                &scan.sentences[scan.by_block[number].start as usize..scan.by_block[number].end as usize];
            let hits = sentences.iter().flat_map(|sentence| scan.hits_of(sentence));
            let hits = hits.filter(|hit| !hit.masked() && counted.has(hit.lexicon()));
            if titles && first < FIRST {
                first += 1;
                out.titled
                    .extend(hits.clone().map(|hit| (hit.lexicon(), hit.phrase)));
            }
            if heading {
                out.headings += 1;
                out.asking += u32::from(block.prose.text().trim_end().ends_with('?'));
                there.refill(hits.clone().map(Hit::lexicon));
                there.iter().for_each(|lexicon| out.in_headings[lexicon] += 1);
            }
            if !block.kind.is_body() {
                continue;
            }
            hits.for_each(|hit| out.times[hit.lexicon() as usize] += 1);
            let words = scan.words_of(number);
            out.words += words;
            let lengths = sentences.iter().map(|sentence| sentence.tokens.len() as u32);
            out.told += lengths.filter(|words| *words >= SENTENCE).sum::<u32>();
            match (block.is_link(), scan.is_running(number as u32)) {
                (true, _) => out.linked += words,
                (false, true) => out.running += words,
                _ => {}
            }
        }
        out.titled.sort_unstable();
        out.titled.dedup();
        out
    }

    /// How much speaks for a kind.
    pub(super) fn points<K>(&self, kind: &Tells<K>, presence: &Presence) -> i64 {
        let count = |set, most| i64::from(presence.distinct(set, u32::MAX).min(most));
        let titled = |set: &IdSet| {
            self.titled
                .iter()
                .filter(|(lexicon, _)| set.has(*lexicon))
                .count() as u32
        };
        let [weak, strong, first] = MOST;
        let said =
            count(&kind.weak, weak) + 2 * count(&kind.strong, strong) - 3 * count(&kind.against, u32::MAX);
        let named = 3 * titled(&kind.strong).min(first) + 6 * titled(&kind.title).min(1);
        let headings = in_any(&self.in_headings, &kind.title).min(3);
        let subjects = in_any(&self.times, &kind.subjects);
        let subjects = (200 * subjects / self.words.max(1))
            .min(2 * DENSEST)
            .min(subjects);
        let shape = kind.shape.iter().filter(|row| self.measure(row) >= row.from);
        said + i64::from(named + headings + subjects) + shape.map(|row| i64::from(row.points)).sum::<i64>()
    }

    fn measure(&self, row: &Sign) -> u32 {
        let headings = self.headings.max(1);
        match row.of {
            Measure::RunningWords => self.running,
            Measure::WordsAHeading => self.words / headings,
            Measure::Headings => self.headings,
            Measure::AskingHeadings => 100 * self.asking / headings,
            Measure::LinkedWords => 100 * self.linked / self.words.max(1),
            Measure::HeadingsWith(_) => 100 * in_any(&self.in_headings, &row.terms) / headings,
            Measure::Saying(_) => 1000 * in_any(&self.times, &row.terms) / self.words.max(1),
            Measure::Titled(_) => u32::from(self.titled.iter().any(|(lexicon, _)| row.terms.has(*lexicon))),
        }
    }
}

/// How often lexicons of a set are counted.
fn in_any(counts: &[u32], set: &IdSet) -> u32 {
    set.iter().filter_map(|lexicon| counts.get(lexicon)).sum()
}
