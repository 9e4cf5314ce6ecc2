//! Owns frames: roles that meet in a clause or sentence, and finding where they do.

use super::kept::Kept;
use super::scan::{Hit, Scan};
use super::set::IdSet;
use crate::policy::model;
use std::sync::Arc;

/// A sentence tells one finding of a kind, so more matches than this of one frame need not be looked at.
pub(super) const MOST: usize = 16;

/// How many words around a match its surroundings reach: longer than any sentence that a person reads at once, and
/// a bound on the work that one match can make.
const SURROUNDINGS: u32 = 64;

/// The hits of a sentence that start within the surroundings of tokens `first` to `last`.
pub(super) fn around(hits: &[Hit], first: u32, last: u32) -> &[Hit] {
    let before = |hit: &Hit| hit.first + SURROUNDINGS < first;
    let within = |hit: &Hit| hit.first <= last.saturating_add(SURROUNDINGS);
    // Few sentences reach further.
    if hits.first().is_none_or(|start| !before(start)) && hits.last().is_none_or(within) {
        return hits;
    }
    let (from, to) = (hits.partition_point(before), hits.partition_point(within));
    &hits[from..to]
}

/// A part in a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) label: Arc<str>,
    /// The labels of its lexicons, where each says what its words do.
    pub(super) labels: Vec<(u32, Arc<str>)>,
    pub(super) terms: IdSet,
}

impl Role {
    /// The role of a policy, which `terms` can play.
    pub(super) fn new(role: &model::Role, terms: IdSet) -> Self {
        let label = |(lexicon, label): &(usize, String)| (*lexicon as u32, label.as_str().into());
        Self {
            name: role.name.clone(),
            label: role.label.as_str().into(),
            labels: role.labels.iter().map(label).collect(),
            terms,
        }
    }
}

/// Roles that meet.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) roles: Vec<Role>,
    pub(super) ordered: bool,
    pub(super) whole_sentence: bool,
    pub(super) apart: u32,
    pub(super) unless: IdSet,
}

/// Words that play a role: the first token and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Words {
    /// The same in a sentence that was kept.
    pub(super) const fn moved(self, kept: &Kept) -> Self {
        Self {
            first: kept.token(self.first),
            last: kept.token(self.last),
        }
    }
}

/// Where a frame's roles meet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) first: u32,
    pub(super) last: u32,
    /// Where the words of its first role stand in [`Room::words`]; those of the others follow.
    pub(super) words: u32,
}

/// Room for looking, used again from frame to frame.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// For each role what can play it.
    players: Vec<Vec<Words>>,
    /// Where the roles of the last frame meet.
    pub(super) found: Vec<Match>,
    /// What plays the roles of every match so far.
    pub(super) words: Vec<Words>,
}

impl Frame {
    /// Whether every role has a lexicon among those present.
    pub(super) fn may_match(&self, present: &IdSet) -> bool {
        self.roles.iter().all(|role| role.terms.meets(present))
    }

    /// Leaves in `room` every place among `hits` (of one sentence, by first token) where the roles meet, from left to
    /// right and not overlapping. Masked hits play a role only if `masked` is set.
    pub(super) fn find(&self, scan: &Scan<'_>, hits: &[Hit], masked: bool, room: &mut Room) {
        let Room {
            players,
            found,
            words,
        } = room;
        found.clear();
        players.resize(players.len().max(self.roles.len()), Vec::new());
        for (role, players) in self.roles.iter().zip(&mut *players) {
            players.clear();
            players.extend(role.players(hits, masked));
            if players.is_empty() {
                return;
            }
        }
        let Some((leads, others)) = players[..self.roles.len()].split_first() else {
            return;
        };
        for lead in leads {
            if found.last().is_some_and(|last| lead.first <= last.last) {
                continue;
            }
            let before = words.len();
            match self.around(scan, *lead, others, words) {
                Some(Words { first, last }) if !self.excused(scan, hits, first, last) => found.push(Match {
                    first,
                    last,
                    words: before as u32,
                }),
                _ => words.truncate(before),
            }
            if found.len() == MOST {
                break;
            }
        }
    }

    /// Adds to `chosen` what plays the roles around a lead; returns all that lies between them.
    fn around(
        &self,
        scan: &Scan<'_>,
        lead: Words,
        others: &[Vec<Words>],
        chosen: &mut Vec<Words>,
    ) -> Option<Words> {
        chosen.push(lead);
        let (mut hull, mut last) = (lead, lead);
        for players in others {
            last = self.nearest(scan, if self.ordered { last } else { hull }, players)?;
            chosen.push(last);
            hull.first = hull.first.min(last.first);
            hull.last = hull.last.max(last.last);
        }
        Some(hull)
    }

    /// The player nearest to `from` that does not overlap it, is near enough, and (where that is asked) in the
    /// same clause; after it only, in an ordered frame.
    fn nearest(&self, scan: &Scan<'_>, from: Words, players: &[Words]) -> Option<Words> {
        let after_at = players.partition_point(|player| player.first <= from.last);
        let after = players
            .get(after_at)
            .filter(|player| self.reaches(scan, from.last, player.first));
        if self.ordered {
            return after.copied();
        }
        let before = players[..after_at]
            .iter()
            .rev()
            .take(8)
            .find(|player| player.last < from.first);
        let before = before.filter(|player| self.reaches(scan, player.last, from.first));
        match (before, after) {
            (Some(before), Some(after)) if from.first - before.last < after.first - from.last => {
                Some(*before)
            }
            (before, after) => after.or(before).copied(),
        }
    }

    fn reaches(&self, scan: &Scan<'_>, left: u32, right: u32) -> bool {
        let near = right - left - 1 <= self.apart;
        near && (self.whole_sentence || scan.clause(left) == scan.clause(right))
    }

    fn excused(&self, scan: &Scan<'_>, hits: &[Hit], first: u32, last: u32) -> bool {
        if self.unless.is_empty() {
            return false;
        }
        let reach = scan.clause(first)..=scan.clause(last);
        around(hits, first, last).iter().any(|hit| {
            let here = || self.whole_sentence || reach.contains(&scan.clause(hit.first));
            !hit.masked() && self.unless.has(hit.lexicon()) && here()
        })
    }
}

impl Role {
    /// What can play the role; of several that start at one word the longest.
    pub(super) fn players(&self, hits: &[Hit], masked: bool) -> impl Iterator<Item = Words> {
        let plays = move |hit: &&Hit| self.terms.has(hit.lexicon()) && (masked || !hit.masked());
        let mut plays = hits.iter().filter(plays).peekable();
        std::iter::from_fn(move || {
            let hit = plays.next()?;
            let (first, mut last) = (hit.first, hit.last());
            while let Some(other) = plays.next_if(|other| other.first == first) {
                last = last.max(other.last());
            }
            Some(Words { first, last })
        })
    }
}
