//! Owns who is said to have an effect: the nearest thing on sale that the sentence names; else who treats; else what
//! nobody sells, where the sentence opens with it; else what the heading of the section or the title of the page names.

use super::Term;
use super::words::{Reading, mark};
use crate::automaton::Gap;
use crate::document::BlockKind;
use crate::engine::scan::Scan;
use crate::finding::Product;

/// How near before a thing the preposition that leads to it stands, in words.
const LEADS: u32 = 3;
/// How near to the start of a sentence what nobody sells must stand to be what the sentence is about, in words.
const OPENS: u32 = 2;

pub(super) type Subject = (Term, Product);

/// What is spoken of as a document is read.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    /// What the title or first heading names.
    page: Option<Subject>,
    /// What the heading of this section names.
    heading: Option<Subject>,
    /// The section.
    number: u32,
}

impl Subjects {
    /// Goes on to the next sentence.
    pub(super) fn enter(&mut self, scan: &Scan<'_>, at: u32, reading: &Reading) {
        let block = scan.block_of(&scan.sentences[at as usize]);
        if block.section != self.number {
            *self = Self {
                page: self.page,
                number: block.section,
                ..Self::default()
            };
        }
        let here = reading.subjects.iter().copied().find(is_sold);
        let heads = matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
        if heads && here.is_some() {
            self.page = self.page.or(here);
            self.heading = self.heading.or(here);
        }
    }

    /// Who is said to have an effect on a target.
    pub(super) fn of(&self, reading: &Reading, effect: Term, target: Option<Term>) -> Option<Subject> {
        let here = target.filter(|target| target.sentence == effect.sentence);
        let start = here.map_or(effect.words.first, |target| {
            target.words.first.min(effect.words.first)
        });
        let before = |subject: &&Subject| subject.0.words.last < start;
        // "treat pain with our oil": a thing named later does it where a preposition leads to it
        let means = |subject: &&Subject| {
            let first = subject.0.words.first;
            let is_target = reading
                .targets
                .iter()
                .any(|target| target.words == subject.0.words);
            !is_target && reading.any(first.saturating_sub(LEADS), first, mark::OF | mark::BREAK)
        };
        let sold = reading.subjects.iter().filter(|subject| is_sold(subject));
        // a label does nothing: "Immune system: raises white cells"
        let opens = |subject: &&Subject| {
            let words = subject.0.words;
            let is_label = reading.gap(words.last + 1) == Gap::Hard;
            !is_sold(subject) && !is_label && before(subject) && words.first - reading.start <= OPENS
        };
        // "my doctor told me" makes nothing a doctor's
        let people = if reading.in_first_person() {
            &[][..]
        } else {
            &reading.people
        };
        sold.clone()
            .rfind(before)
            .or_else(|| sold.clone().find(means))
            .or_else(|| people.iter().rfind(before))
            .or_else(|| reading.subjects.iter().find(opens))
            .copied()
            .or(self.heading)
            .or(self.page)
    }
}

/// Whether it is something that may be sold: not a habit, the body itself or ordinary care.
pub(super) fn is_sold((_, kind): &Subject) -> bool {
    *kind != Product::Other
}
