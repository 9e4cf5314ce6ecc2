//! Owns the checks `claim` and `forbid`: roles that meet in a sentence, and claims that a lead-in starts and its list or
//! table finishes.

use super::{Candidate, Part};
use crate::engine::compile::{Entry, Kind, Rule, Ruleset, Use};
use crate::engine::frame::{Frame, Match, Role, Room, Words, around};
use crate::engine::kept::{Kept, Stretch};
use crate::engine::meanings::Listed;
use crate::engine::scan::{Hit, Scan};
use crate::engine::set::IdSet;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A match of a trigger.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Trigger {
    pub(in crate::engine) entry: u32,
    pub(in crate::engine) sentence: u32,
    pub(in crate::engine) found: Match,
    /// Whether a masked word plays in it.
    pub(in crate::engine) masked: bool,
}

/// What the frames found in a document.
#[derive(Debug, Default)]
pub(in crate::engine) struct Matched {
    /// Matches of triggers, in order of sentences.
    pub(in crate::engine) triggers: Vec<Trigger>,
    /// Matches of answers: (entry, sentence).
    pub(in crate::engine) answers: Vec<(u32, u32)>,
    /// What plays the roles of the triggers.
    words: Vec<Words>,
    /// For each rule whether what triggers it was looked for.
    meant: Vec<bool>,
}

impl Matched {
    /// What plays the `roles` of a trigger, each with its role.
    pub(in crate::engine) fn parts<'r>(&self, trigger: &Trigger, roles: &'r [Role]) -> Vec<Part<'r>> {
        let words = &self.words[trigger.found.words as usize..];
        let parts = words.iter().zip(roles);
        parts
            .map(|(words, role)| Part::new(trigger.sentence, *words, role))
            .collect()
    }

    /// Adds what was found in sentences that stand as they stood.
    fn keep(&mut self, past: &Self, kept: &Kept, entries: &[Entry], words: &mut Vec<Words>) {
        let (mut met, mut stand) = (u32::MAX, 0);
        let triggers = of_sentences(&past.triggers, &kept.there, |trigger| trigger.sentence);
        self.triggers.extend(triggers.iter().map(|trigger| {
            let found = &trigger.found;
            // Entries that are alike share what plays their roles.
            if met != found.words {
                (met, stand) = (found.words, words.len() as u32);
                let roles = entries[trigger.entry as usize].frame.roles.len();
                let played = &past.words[met as usize..met as usize + roles];
                words.extend(played.iter().map(|words| words.moved(kept)));
            }
            Trigger {
                sentence: kept.sentence(trigger.sentence),
                found: Match {
                    first: kept.token(found.first),
                    last: kept.token(found.last),
                    words: stand,
                },
                ..*trigger
            }
        }));
        let answers = of_sentences(&past.answers, &kept.there, |(_, at)| *at).iter();
        self.answers
            .extend(answers.map(|(entry, at)| (*entry, kept.sentence(*at))));
    }

    /// The triggers of a sentence.
    fn of(&self, sentence: u32) -> impl Iterator<Item = &Trigger> {
        let from = self.triggers.partition_point(|other| other.sentence < sentence);
        let there = self.triggers[from..].iter();
        there.take_while(move |other| other.sentence == sentence)
    }
}

/// Those of `all`, which are in order of sentences, that stand in these.
pub(in crate::engine) fn of_sentences<'a, T>(
    all: &'a [T],
    sentences: &Range<u32>,
    at: impl Fn(&T) -> u32,
) -> &'a [T] {
    let from = all.partition_point(|one| at(one) < sentences.start);
    let to = all.partition_point(|one| at(one) < sentences.end);
    &all[from..to]
}

/// Runs every frame that can match over every sentence, but for those that stand as they stood in `past`. What
/// would trigger a rule that is not `meant` is not looked for; what answers one may be a statement whichever rules
/// speak.
pub(in crate::engine) fn matched(
    rules: &Ruleset,
    scan: &Scan<'_>,
    past: Option<&Matched>,
    meant: impl Fn(&Rule) -> bool,
) -> Matched {
    let meant: Vec<bool> = rules.rules.iter().map(meant).collect();
    let live = |entry: &&u32| {
        let Entry { rule, used, .. } = &rules.entries[**entry as usize];
        *used == Use::Answer || meant[*rule as usize]
    };
    let past = past.filter(|past| past.meant == meant);
    let mut out = Matched::default();
    let mut room = Room::default();
    // The sentence after the one in which each was looked for last; after all of them where nothing live asks for it.
    let next = |same: &Vec<u32>| {
        if same.iter().any(|entry| live(&entry)) {
            0
        } else {
            u32::MAX
        }
    };
    let mut next: Vec<u32> = rules.alike.iter().map(next).collect();
    let mut present = IdSet::default();
    let mut sentence = |at: u32, out: &mut Matched, room: &mut Room| {
        let sentence = &scan.sentences[at as usize];
        if !sentence.has(Listed::LEADS) {
            return;
        }
        let hits = scan.hits_of(sentence);
        let before = out.triggers.len();
        // Few sentences have what more than a look at their hits is worth.
        let mut looked = false;
        for hit in hits.iter().filter(|hit| hit.leads()) {
            for same in &rules.index[hit.lexicon() as usize] {
                let next = &mut next[*same as usize];
                if *next > at {
                    continue;
                }
                *next = at + 1;
                let same = rules.alike[*same as usize].iter();
                let Some(first) = same.clone().next() else {
                    continue;
                };
                let Entry { used, frame, .. } = &rules.entries[*first as usize];
                if !std::mem::replace(&mut looked, true) {
                    present.refill(hits.iter().map(Hit::lexicon));
                }
                if !frame.may_match(&present) {
                    continue;
                }
                frame.find(scan, hits, false, room);
                if *used == Use::Answer {
                    let found = same.filter(|_| !room.found.is_empty());
                    out.answers.extend(found.map(|entry| (*entry, at)));
                    continue;
                }
                let masked = room.found.is_empty() && hits.iter().any(Hit::masked);
                if masked {
                    frame.find(scan, hits, true, room);
                }
                for entry in same.filter(live) {
                    out.triggers.extend(room.found.iter().map(|found| Trigger {
                        entry: *entry,
                        sentence: at,
                        found: *found,
                        masked,
                    }));
                }
            }
        }
        // Whichever words lead to a frame and whichever frames are alike, matches come in the order of the policy.
        out.triggers[before..].sort_by_key(|trigger| trigger.entry);
    };
    for stretch in scan.stretches(past) {
        match stretch {
            Stretch::New(range) => range.for_each(|at| sentence(at, &mut out, &mut room)),
            Stretch::Kept(kept, past) => out.keep(past, kept, &rules.entries, &mut room.words),
        }
    }
    out.words = room.words;
    out.meant = meant;
    out.words.shrink_to_fit();
    out.triggers.shrink_to_fit();
    out
}

/// Claims that a lead-in starts and its list or table finishes: some roles stand in the last sentence of the
/// lead-in, the others in the first sentence of an item. One for each lead-in and frame of a rule that is `meant`, shown
/// at the lead-in.
pub(in crate::engine) fn lead_ins<'r>(
    rules: &'r Ruleset,
    scan: &Scan<'_>,
    done: &Matched,
    meant: impl Fn(&Rule) -> bool,
) -> Vec<Candidate<'r>> {
    let mut seen = vec![u32::MAX; rules.alike.len()];
    let mut told = FxHashSet::default();
    let mut out = Vec::new();
    let blocks = scan.document.blocks.iter().zip(&scan.by_block);
    for (number, (block, sentences)) in (0..).zip(blocks) {
        let Some(lead_block) = block.lead_in else { continue };
        let lead = scan
            .by_block
            .get(lead_block as usize)
            .and_then(|range| range.clone().last());
        let (Some(lead), Some(item)) = (lead, sentences.clone().next()) else {
            continue;
        };
        let claimed = |entry: u32| {
            done.of(lead)
                .chain(done.of(item))
                .any(|trigger| trigger.entry == entry)
        };
        let claims = |rule: &Rule| matches!(rule.check, Kind::Claim { .. }) && meant(rule);
        for hit in end_of(scan, lead) {
            let mut found = Vec::new();
            for same in &rules.index[hit.lexicon() as usize] {
                if std::mem::replace(&mut seen[*same as usize], number) == number {
                    continue;
                }
                let same = &rules.alike[*same as usize];
                let Some(Entry { used, frame, .. }) =
                    same.first().map(|entry| &rules.entries[*entry as usize])
                else {
                    continue;
                };
                if *used == Use::Trigger
                    && let [first, second] = frame.roles.as_slice()
                    && let Some((in_lead, in_item)) = across(frame, first, second, scan, lead, item)
                {
                    found.extend(same.iter().map(|entry| (*entry, in_lead, in_item)));
                }
            }
            found.sort_by_key(|(entry, ..)| *entry);
            for (number, in_lead, in_item) in found {
                let Entry { rule, frame, .. } = &rules.entries[number as usize];
                let [first, second] = frame.roles.as_slice() else {
                    continue;
                };
                if claims(&rules.rules[*rule as usize]) && !claimed(number) && told.insert((number, lead)) {
                    out.push(Candidate {
                        rule: *rule,
                        sentence: lead,
                        first: in_lead.first,
                        last: in_lead.last,
                        labels: vec![Part::new(lead, in_lead, first), Part::new(item, in_item, second)],
                        masked: false,
                        near: None,
                        about: None,
                    });
                }
            }
        }
    }
    out
}

/// Where the frame's first role stands in the lead-in, near its end, and the second in the item, near its start.
fn across(
    frame: &Frame,
    first: &Role,
    second: &Role,
    scan: &Scan<'_>,
    lead: u32,
    item: u32,
) -> Option<(Words, Words)> {
    let ends = |at: u32| &scan.sentences[at as usize].tokens;
    let (lead_hits, item_hits) = (end_of(scan, lead), start_of(scan, item));
    let in_item = second.players(item_hits, false).next()?;
    let in_lead = first.players(lead_hits, false).last()?;
    let apart = (ends(lead).end - 1 - in_lead.last) + (in_item.first - ends(item).start);
    let excuse = |hit: &Hit| !hit.masked() && frame.unless.has(hit.lexicon());
    let excused = || lead_hits.iter().any(excuse) || item_hits.iter().any(excuse);
    (apart <= frame.apart && !excused()).then_some((in_lead, in_item))
}

/// The hits near the end of a sentence.
fn end_of<'s>(scan: &'s Scan<'_>, at: u32) -> &'s [Hit] {
    let sentence = &scan.sentences[at as usize];
    around(scan.hits_of(sentence), sentence.tokens.end, sentence.tokens.end)
}

/// The hits near the start of a sentence.
fn start_of<'s>(scan: &'s Scan<'_>, at: u32) -> &'s [Hit] {
    let sentence = &scan.sentences[at as usize];
    around(
        scan.hits_of(sentence),
        sentence.tokens.start,
        sentence.tokens.start,
    )
}
