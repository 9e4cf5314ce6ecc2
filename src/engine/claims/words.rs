//! Owns finding the words of claims in one sentence: effects, targets and subjects, each stretch of text once in each of
//! these, and the small words between them.

use super::Term;
use super::classes::{Classes, Kind};
use super::subjects::Subject;
use crate::automaton::Gap;
use crate::engine::frame::Words;
use crate::engine::scan::Scan;

/// What a token is besides.
pub(super) mod mark {
    /// A form of "be".
    pub(in crate::engine::claims) const BE: u16 = 1;
    /// Joins members of a list.
    pub(in crate::engine::claims) const JOIN: u16 = 2;
    /// Ends what an effect reaches.
    pub(in crate::engine::claims) const BREAK: u16 = 4;
    /// Makes the target before it a part of another name.
    pub(in crate::engine::claims) const VOID: u16 = 8;
    /// Is in the first person.
    pub(in crate::engine::claims) const FIRST: u16 = 16;
    /// Ends like a past participle.
    pub(in crate::engine::claims) const PAST: u16 = 64;
    /// Stands before a noun.
    pub(in crate::engine::claims) const THE: u16 = 128;
    /// Instructs, sets a condition or explains.
    pub(in crate::engine::claims) const INSTRUCTS: u16 = 256;
    /// Leads from a complaint to the illness that it comes of.
    pub(in crate::engine::claims) const CHAIN: u16 = 512;
    /// Joins a target to a noun of effect.
    pub(in crate::engine::claims) const OF: u16 = 32;
}

/// How near an effect stands that another helps along, in words.
const HELPED: u32 = 4;

/// A sentence as claims see it. Kept from one to the next for its room.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) sentence: u32,
    /// Its first token and one past its last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// In order, not overlapping within each.
    pub(super) effects: Vec<Term>,
    pub(super) targets: Vec<Term>,
    pub(super) subjects: Vec<Subject>,
    pub(super) people: Vec<Subject>,
    /// For each token what it is besides, and what parts it from the one before.
    tokens: Vec<(u16, Gap)>,
    /// Whether it instructs, sets a condition or tells how something is done.
    pub(super) instructs: bool,
}

impl Reading {
    /// Reads the sentence with index `at`.
    pub(super) fn read(&mut self, classes: &Classes, scan: &Scan<'_>, at: u32) {
        let sentence = &scan.sentences[at as usize];
        (self.sentence, self.start, self.end) = (at, sentence.tokens.start, sentence.tokens.end);
        self.effects.clear();
        self.targets.clear();
        self.subjects.clear();
        self.people.clear();
        self.tokens.clear();
        self.instructs = false;
        let gaps = self.start..self.end;
        self.tokens
            .extend(gaps.map(|token| (0, scan.tokens[token as usize].gap())));
        for hit in scan.hits_of(sentence).iter().filter(|hit| !hit.masked()) {
            let lexicon = hit.lexicon();
            let (marks, kind) = classes.tells(lexicon);
            self.instructs |= marks & mark::INSTRUCTS != 0;
            self.mark(hit.first, marks);
            let Some(kind) = kind else { continue };
            let words = Words {
                first: hit.first,
                last: hit.last(),
            };
            let term = Term {
                class: lexicon,
                sentence: at,
                words,
            };
            match kind {
                Kind::Effect => {
                    if scan.word(hit.first).ends_with("ed") {
                        self.mark(hit.first, mark::PAST);
                    }
                    add(&mut self.effects, term, true, |term| *term);
                }
                Kind::Target => add(&mut self.targets, term, false, |term| *term),
                Kind::Subject(product) => add(&mut self.subjects, (term, product), false, |(term, _)| *term),
                Kind::Person(product) => add(&mut self.people, (term, product), false, |(term, _)| *term),
            }
        }
        let targets = &self.targets;
        self.effects.retain(|effect| !inside(effect, targets));
        self.subjects.retain(|(subject, _)| !inside(subject, targets));
        self.without_helpers(classes);
    }

    /// Drops what only helps another effect along.
    fn without_helpers(&mut self, classes: &Classes) {
        if !self
            .effects
            .iter()
            .any(|effect| classes.helping.has(effect.class))
        {
            return;
        }
        let firsts: Vec<u32> = self.effects.iter().map(|effect| effect.words.first).collect();
        let helped = |last: u32| {
            firsts
                .iter()
                .any(|first| (last + 1..=last + HELPED).contains(first))
        };
        self.effects
            .retain(|effect| !(classes.helping.has(effect.class) && helped(effect.words.last)));
    }

    fn mark(&mut self, at: u32, marks: u16) {
        if let Some((known, _)) = self.tokens.get_mut((at - self.start) as usize) {
            *known |= marks;
        }
    }

    /// Whether a token is marked so.
    pub(super) fn is(&self, token: u32, mark: u16) -> bool {
        let at = token.checked_sub(self.start);
        at.and_then(|at| self.tokens.get(at as usize))
            .is_some_and(|(marks, _)| marks & mark != 0)
    }

    /// Whether one of the tokens `from` to `to` (exclusive) is marked so.
    pub(super) fn any(&self, from: u32, to: u32, mark: u16) -> bool {
        (from..to).any(|token| self.is(token, mark))
    }

    /// What parts a token from the one before.
    pub(super) fn gap(&self, token: u32) -> Gap {
        let at = token.checked_sub(self.start);
        at.and_then(|at| self.tokens.get(at as usize))
            .map_or(Gap::Hard, |(_, gap)| *gap)
    }

    /// The widest gap before the tokens `from` to `to` (inclusive).
    pub(super) fn widest(&self, from: u32, to: u32) -> Gap {
        let gaps = (from..=to).map(|token| self.gap(token));
        gaps.max().unwrap_or(Gap::Soft)
    }

    /// Whether somebody speaks of himself.
    pub(super) fn in_first_person(&self) -> bool {
        self.any(self.start, self.end, mark::FIRST)
    }

    /// Whether a form of "be" or the first person makes it a statement.
    pub(super) fn has_verb(&self) -> bool {
        self.any(self.start, self.end, mark::BE | mark::FIRST)
    }

    /// Whether an effect is one past participle, which may be an adjective: "reduced bone density".
    pub(super) fn participle(&self, effect: &Term) -> bool {
        effect.words.first == effect.words.last && self.is(effect.words.first, mark::PAST)
    }

    /// How many of the effects begin within `from` to `to` (exclusive).
    pub(super) fn effects_in(&self, from: u32, to: u32) -> usize {
        let between = |effect: &&Term| (from..to).contains(&effect.words.first);
        self.effects.iter().filter(between).count()
    }
}

/// Adds a term; of those that overlap the first stands, and of those that start together the longest, of equals the
/// first; but where `both` is set a word may be of two classes: "supports" is a verb and a noun.
fn add<T>(all: &mut Vec<T>, new: T, both: bool, term: impl Fn(&T) -> Term) {
    let words = term(&new).words;
    while let Some(last) = all.last().map(&term).map(|last| last.words) {
        if last.last < words.first || (both && last == words) {
            break;
        }
        if last.first < words.first || last.last >= words.last {
            return;
        }
        all.pop();
    }
    all.push(new);
}

/// Whether a target of several words holds the effect or subject: "hair regrowth" and "insulin sensitivity" are targets.
fn inside(term: &Term, targets: &[Term]) -> bool {
    let at = targets.partition_point(|target| target.words.last < term.words.first);
    targets.get(at).is_some_and(|target| {
        let (outer, inner) = (target.words, term.words);
        outer.first <= inner.first && inner.last <= outer.last && outer != inner
    })
}
