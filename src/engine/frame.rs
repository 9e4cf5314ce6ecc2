//! Owns frames: roles that meet in a clause or sentence, and finding where they do.

use super::scan::{Hit, Scan};
use crate::policy::model::LexiconId;
use std::sync::Arc;

/// A set of lexicons: bits, in words from the first one that has any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct LexiconSet {
    first: usize,
    words: Vec<u64>,
}

impl LexiconSet {
    pub(super) fn insert(&mut self, lexicon: LexiconId) {
        let word = lexicon / 64;
        if self.words.is_empty() {
            self.first = word;
        } else if word < self.first {
            let missing = std::iter::repeat_n(0, self.first - word);
            self.words.splice(..0, missing);
            self.first = word;
        }
        let at = word - self.first;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (lexicon % 64);
    }

    pub(super) fn has(&self, lexicon: u32) -> bool {
        let at = (lexicon as usize / 64).wrapping_sub(self.first);
        let word = self.words.get(at).copied().unwrap_or(0);
        word >> (lexicon % 64) & 1 == 1
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        let from = self.first.max(other.first);
        let (these, those) = (self.words_from(from), other.words_from(from));
        these.iter().zip(those).any(|(a, b)| a & b != 0)
    }

    fn words_from(&self, word: usize) -> &[u64] {
        self.words.get(word - self.first..).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = LexiconId> + '_ {
        let bits = |(at, word): (usize, &u64)| {
            let first = (self.first + at) * 64;
            let rest = std::iter::successors(Some(*word), |word| Some(word & word.wrapping_sub(1)));
            rest.take_while(|word| *word != 0)
                .map(move |word| first + word.trailing_zeros() as usize)
        };
        self.words.iter().enumerate().flat_map(bits)
    }
}

/// A sentence tells one finding of a kind, so more matches than this of one frame need not be looked at.
pub(super) const MOST: usize = 16;

/// How many words around a match its surroundings reach: longer than any sentence that a person reads at once, and
/// a bound on the work that one match can make.
const SURROUNDINGS: u32 = 64;

/// The hits of a sentence that start within the surroundings of tokens `first` to `last`.
pub(super) fn around(hits: &[Hit], first: u32, last: u32) -> &[Hit] {
    let from = hits.partition_point(|hit| hit.first + SURROUNDINGS < first);
    let to = hits.partition_point(|hit| hit.first <= last.saturating_add(SURROUNDINGS));
    &hits[from..to]
}

/// A part in a frame.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) label: Arc<str>,
    pub(super) terms: LexiconSet,
}

/// Roles that meet.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) roles: Vec<Role>,
    pub(super) ordered: bool,
    pub(super) whole_sentence: bool,
    pub(super) apart: u32,
    pub(super) unless: LexiconSet,
}

/// Where a frame's roles meet: a hit for each role, in the order of the roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) hits: Vec<Hit>,
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Match {
    fn new(hits: Vec<Hit>) -> Self {
        let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
        let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
        Self { hits, first, last }
    }
}

impl Frame {
    /// Whether every role has a lexicon among those present.
    pub(super) fn may_match(&self, present: &LexiconSet) -> bool {
        self.roles.iter().all(|role| role.terms.meets(present))
    }

    /// Every place among `hits` (of one sentence, by first token) where the roles meet, from left to right and not
    /// overlapping. Masked hits play a role only if `masked` is set.
    pub(super) fn find(&self, scan: &Scan<'_>, hits: &[Hit], masked: bool) -> Vec<Match> {
        let mut out: Vec<Match> = Vec::new();
        let Some((lead, others)) = self.roles.split_first() else {
            return out;
        };
        let leads = lead.players(hits, masked);
        if leads.is_empty() {
            return out;
        }
        let others: Vec<Vec<Hit>> = others.iter().map(|role| role.players(hits, masked)).collect();
        if others.iter().any(Vec::is_empty) {
            return out;
        }
        for lead in leads {
            if out.last().is_some_and(|last| lead.first <= last.last) {
                continue;
            }
            if let Some(found) = self.around(scan, lead, &others)
                && !self.excused(scan, hits, &found)
            {
                out.push(found);
            }
            if out.len() == MOST {
                break;
            }
        }
        out
    }

    fn around(&self, scan: &Scan<'_>, lead: Hit, others: &[Vec<Hit>]) -> Option<Match> {
        let mut chosen = Vec::with_capacity(self.roles.len());
        chosen.push(lead);
        let mut hull = lead;
        for players in others {
            let from = if self.ordered { *chosen.last()? } else { hull };
            let next = self.nearest(scan, from, players)?;
            chosen.push(next);
            hull.first = hull.first.min(next.first);
            hull.last = hull.last.max(next.last);
        }
        Some(Match::new(chosen))
    }

    /// The player nearest to `from` that does not overlap it, is near enough, and (where that is asked) in the
    /// same clause; after it only, in an ordered frame.
    fn nearest(&self, scan: &Scan<'_>, from: Hit, players: &[Hit]) -> Option<Hit> {
        let after_at = players.partition_point(|hit| hit.first <= from.last);
        let after = players
            .get(after_at)
            .filter(|hit| self.reaches(scan, from.last, hit.first));
        if self.ordered {
            return after.copied();
        }
        let before = players[..after_at]
            .iter()
            .rev()
            .take(8)
            .find(|hit| hit.last < from.first);
        let before = before.filter(|hit| self.reaches(scan, hit.last, from.first));
        match (before, after) {
            (Some(before), Some(after)) if from.first - before.last < after.first - from.last => {
                Some(*before)
            }
            (before, after) => after.or(before).copied(),
        }
    }

    fn reaches(&self, scan: &Scan<'_>, left: u32, right: u32) -> bool {
        let near = right - left - 1 <= self.apart;
        near && (self.whole_sentence || scan.clauses[left as usize] == scan.clauses[right as usize])
    }

    fn excused(&self, scan: &Scan<'_>, hits: &[Hit], found: &Match) -> bool {
        let reach = scan.clauses[found.first as usize]..=scan.clauses[found.last as usize];
        !self.unless.is_empty()
            && around(hits, found.first, found.last).iter().any(|hit| {
                let here = self.whole_sentence || reach.contains(&scan.clauses[hit.first as usize]);
                here && !hit.masked && self.unless.has(hit.lexicon)
            })
    }
}

impl Role {
    /// The hits that can play the role; of several that start at one word the longest.
    pub(super) fn players(&self, hits: &[Hit], masked: bool) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::new();
        for hit in hits
            .iter()
            .filter(|hit| (masked || !hit.masked) && self.terms.has(hit.lexicon))
        {
            match out.last_mut() {
                Some(last) if last.first == hit.first => {
                    if hit.last > last.last {
                        *last = *hit;
                    }
                }
                _ => out.push(*hit),
            }
        }
        out
    }
}
