//! Owns claims: that something has an effect on a target. Sentences are read into them once, whatever tables judge
//! them.
//!
//! `classes` says which words are effects, targets and subjects; `words` finds them in a sentence; `shapes` says where
//! they meet; `subjects` who is said to do it; `lists` what a lead-in starts and its items finish; `rows` judges.

mod classes;
mod lists;
mod rows;
mod shapes;
mod subjects;
#[cfg(test)]
mod tests;
pub(super) mod told;
mod words;

pub(super) use classes::{Classes, Kind as Plays};
pub(super) use rows::Row;

use super::checks::of_sentences;
use super::frame::Words;
use super::kept::{Kept, Stretch};
use super::meanings::Listed;
use super::scan::Scan;
use crate::document::BlockKind;
use crate::policy::model::{Mood, Shape, Speaker};
use subjects::Subject;
use words::Reading;

/// Words of a class in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// The class: a lexicon.
    pub(super) class: u32,
    /// The sentence that it stands in.
    pub(super) sentence: u32,
    /// Its tokens.
    pub(super) words: Words,
}

impl Term {
    /// The same in a sentence that was kept.
    const fn moved(self, kept: &Kept) -> Self {
        Self {
            class: self.class,
            sentence: kept.sentence(self.sentence),
            words: self.words.moved(kept),
        }
    }
}

/// That something has an effect on a target.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// What it does.
    pub(super) effect: Term,
    /// To what; none where the effect says it all.
    pub(super) target: Option<Term>,
    /// How they meet.
    pub(super) shape: Shape,
    /// The nearest thing that is said to do it, and the kind of product that it is.
    pub(super) subject: Option<Subject>,
    /// Whether that stands in a heading or title, and the sentence itself names none.
    lent: bool,
    /// Who speaks.
    pub(super) speaker: Speaker,
    /// In what mood.
    pub(super) mood: Mood,
}

/// What a document says, in order of its sentences.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    pub(super) claims: Vec<Claim>,
    /// What titles and headings name, with their sentences.
    heads: Vec<(u32, Subject)>,
}

/// No name has more words.
const NAME_WORDS: u32 = 9;

/// The claims of a document; those of sentences that stand as they stood are those of `past`.
pub(super) fn read(classes: &Classes, scan: &Scan<'_>, past: Option<&Spoken>) -> Spoken {
    let mut out = Spoken::default();
    let mut reading = Reading::default();
    for stretch in scan.stretches(past) {
        match stretch {
            Stretch::New(range) => range.for_each(|at| out.sentence(classes, scan, at, &mut reading)),
            Stretch::Kept(kept, past) => out.keep(past, kept),
        }
    }
    subjects::lend(scan, &out.heads, &mut out.claims);
    out
}

impl Spoken {
    /// Reads a sentence.
    fn sentence(&mut self, classes: &Classes, scan: &Scan<'_>, at: u32, reading: &mut Reading) {
        let sentence = &scan.sentences[at as usize];
        if !sentence.has(Listed::CLAIMS) {
            return;
        }
        reading.read(classes, scan, at);
        let reading = &*reading;
        self.heads
            .extend(subjects::head(scan, reading).map(|head| (at, head)));
        if reading.effects.is_empty() && reading.subjects.is_empty() {
            return;
        }
        let speaker = if scan.block_of(sentence).quoted || reading.in_first_person() {
            Speaker::Customer
        } else {
            Speaker::Seller
        };
        let named = is_name(scan, at, reading);
        shapes::find(classes, reading, |effect, target, shape| {
            let bare = match shape {
                Shape::Happens => target.is_some_and(|target| is_pair(scan, target, effect)),
                Shape::Acts => target.is_none_or(|target| target.words.first < effect.words.first),
                _ => true,
            };
            let mood = match () {
                () if named && bare => Mood::Name,
                () if reading.instructs && speaker == Speaker::Seller => Mood::Instruction,
                () => Mood::Statement,
            };
            self.claims.push(Claim {
                effect,
                target,
                shape,
                subject: subjects::named(reading, effect, target),
                lent: false,
                speaker,
                mood,
            });
        });
        lists::find(classes, scan, reading, |effect, target| {
            self.claims.push(Claim {
                effect,
                target: Some(target),
                shape: Shape::Acts,
                subject: subjects::named(reading, effect, None),
                lent: false,
                speaker,
                mood: Mood::Statement,
            });
        });
    }

    /// Adds what was read of sentences that stand as they stood.
    fn keep(&mut self, past: &Self, kept: &Kept) {
        let subject = |(term, kind): Subject| (term.moved(kept), kind);
        let claims = of_sentences(&past.claims, &kept.there, |claim| claim.effect.sentence).iter();
        self.claims.extend(claims.map(|claim| Claim {
            effect: claim.effect.moved(kept),
            target: claim.target.map(|target| target.moved(kept)),
            subject: claim.subject.filter(|_| !claim.lent).map(subject),
            lent: false,
            ..*claim
        }));
        let heads = of_sentences(&past.heads, &kept.there, |(at, _)| *at).iter();
        self.heads
            .extend(heads.map(|(at, head)| (kept.sentence(*at), subject(*head))));
    }
}

/// Whether a target in the singular and a bare verb are two nouns: "collagen boost", and not "headaches vanish".
fn is_pair(scan: &Scan<'_>, target: Term, effect: Term) -> bool {
    let bare = |term: Term, ends: &[char]| !scan.word(term.words.last).ends_with(ends);
    bare(target, &['s']) && bare(effect, &['s', 'd', 'g'])
}

/// Whether a sentence is a name and no statement: a few words without a verb and a stop, on their own.
fn is_name(scan: &Scan<'_>, at: u32, reading: &Reading) -> bool {
    let sentence = &scan.sentences[at as usize];
    let block = sentence.block as usize;
    let alone = scan.by_block[block].len() == 1
        && match &scan.document.blocks[block].kind {
            BlockKind::Paragraph | BlockKind::Meta | BlockKind::Footnote(_) => sentence.tokens.len() < 6,
            _ => true,
        };
    let text = scan.text_of(sentence).trim_end();
    alone
        && sentence.tokens.end - sentence.tokens.start <= NAME_WORDS
        && !text.ends_with(['.', '!', '?'])
        && !reading.has_verb()
}
