//! Owns the checks `claim` and `forbid`: roles that meet in a sentence, patterns, and claims that a lead-in
//! starts and its list or table finishes.

use super::{Candidate, Part};
use crate::engine::compile::{Entry, Kind, Rule, Ruleset, Use};
use crate::engine::frame::{Frame, LexiconSet, MOST, Match, around};
use crate::engine::scan::{Hit, Scan, Sentence};
use crate::text::{Folded, Span};
use rustc_hash::FxHashSet;

/// A match of a trigger: entry, sentence, match, whether a masked word plays in it.
pub(in crate::engine) type Trigger = (u32, u32, Match, bool);

/// What the frames found in a document: for each entry of the index its matches as (sentence, match).
#[derive(Debug, Default)]
pub(in crate::engine) struct Matched {
    /// Matches of triggers.
    pub(in crate::engine) triggers: Vec<Trigger>,
    /// Matches of answers: (entry, sentence).
    pub(in crate::engine) answers: Vec<(u32, u32)>,
}

/// Runs every frame that can match over every sentence. What would trigger a rule that is not `meant` is not looked
/// for; what answers one may be a statement whichever rules speak.
pub(in crate::engine) fn matched(rules: &Ruleset, scan: &Scan<'_>, meant: impl Fn(&Rule) -> bool) -> Matched {
    let idle = |entry: &Entry| entry.used == Use::Trigger && !meant(&rules.rules[entry.rule as usize]);
    let idle: Vec<bool> = rules.entries.iter().map(idle).collect();
    let mut out = Matched::default();
    let mut seen = vec![u32::MAX; rules.alike.len()];
    let mut present = LexiconSet::default();
    let mut live: Vec<u32> = Vec::new();
    for (at, sentence) in scan.sentences.iter().enumerate() {
        let at = at as u32;
        let hits = scan.hits_of(sentence);
        present.clear();
        hits.iter().for_each(|hit| present.insert(hit.lexicon as usize));
        let any_masked = hits.iter().any(|hit| hit.masked);
        let before = out.triggers.len();
        for hit in hits {
            for same in &rules.index[hit.lexicon as usize] {
                if std::mem::replace(&mut seen[*same as usize], at) == at {
                    continue;
                }
                live.clear();
                let alike = rules.alike[*same as usize].iter();
                live.extend(alike.filter(|entry| !idle[**entry as usize]));
                let Some(first) = live.first() else { continue };
                let Entry { used, frame, .. } = &rules.entries[*first as usize];
                if frame.may_match(&present) {
                    run(&mut out, &live, *used, frame, (scan, at), hits, any_masked);
                }
            }
        }
        // Whichever words lead to a frame and whichever frames are alike, matches come in the order of the policy.
        out.triggers[before..].sort_by_key(|(entry, ..)| *entry);
    }
    out
}

/// Looks for a frame that all the entries `same` have.
fn run(
    out: &mut Matched,
    same: &[u32],
    used: Use,
    frame: &Frame,
    (scan, at): (&Scan<'_>, u32),
    hits: &[Hit],
    any_masked: bool,
) {
    let mut found = frame.find(scan, hits, false);
    if used == Use::Answer {
        if !found.is_empty() {
            out.answers.extend(same.iter().map(|entry| (*entry, at)));
        }
        return;
    }
    let masked = found.is_empty() && any_masked;
    if masked {
        found = frame.find(scan, hits, true);
    }
    for entry in same {
        let triggers = found.iter().map(|found| (*entry, at, found.clone(), masked));
        out.triggers.extend(triggers);
    }
}

/// Candidates of patterns.
pub(in crate::engine) fn patterns<'r>(rules: &'r Ruleset, scan: &Scan<'_>) -> Vec<Candidate<'r>> {
    let mut out = Vec::new();
    for rule in &rules.with_patterns {
        let Kind::Claim { patterns, unless } = &rules.rules[*rule as usize].check else {
            continue;
        };
        for (at, sentence) in scan.sentences.iter().enumerate() {
            let excused = |hit: &Hit| !hit.masked && unless.has(hit.lexicon);
            let text = scan.text_of(sentence);
            let found = patterns
                .iter()
                .flat_map(|pattern| pattern.find_iter(text).take(MOST));
            let tokens = found.filter_map(|found| tokens(scan, sentence, Span::of(found.range())));
            let mut tokens = tokens.peekable();
            if tokens.peek().is_none() || scan.hits_of(sentence).iter().any(excused) {
                continue;
            }
            out.extend(tokens.map(|(first, last)| Candidate {
                rule: *rule,
                sentence: at as u32,
                first,
                last,
                labels: Vec::new(),
                masked: false,
                near: None,
            }));
        }
    }
    out
}

/// The first and last word that a span of the sentence's text touches.
fn tokens(scan: &Scan<'_>, sentence: &Sentence, span: Span<Folded>) -> Option<(u32, u32)> {
    let (start, end) = (span.start + sentence.span.start, span.end + sentence.span.start);
    let all = &scan.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    let from = all.partition_point(|token| token.end <= start) as u32;
    let to = all.partition_point(|token| token.start < end) as u32;
    (from < to).then(|| (sentence.tokens.start + from, sentence.tokens.start + to - 1))
}

/// Claims that a lead-in starts and its list or table finishes: some roles stand in the last sentence of the
/// lead-in, the others in the first sentence of an item. One for each lead-in and frame, shown at the lead-in.
pub(in crate::engine) fn lead_ins<'r>(
    rules: &'r Ruleset,
    scan: &Scan<'_>,
    done: &Matched,
) -> Vec<Candidate<'r>> {
    let claimed: FxHashSet<(u32, u32)> = done
        .triggers
        .iter()
        .map(|(entry, at, ..)| (*entry, *at))
        .collect();
    let mut told = FxHashSet::default();
    let mut out = Vec::new();
    for (block, sentences) in scan.document.blocks.iter().zip(&scan.by_block) {
        let Some(lead_block) = block.lead_in else { continue };
        let lead = scan
            .by_block
            .get(lead_block as usize)
            .and_then(|range| range.clone().last());
        let (Some(lead), Some(item)) = (lead, sentences.clone().next()) else {
            continue;
        };
        for hit in end_of(scan, lead) {
            for entry in entries_under(rules, hit.lexicon) {
                let candidate = &rules.entries[entry as usize];
                let claims = matches!(rules.rules[candidate.rule as usize].check, Kind::Claim { .. });
                if candidate.used != Use::Trigger || !claims {
                    continue;
                }
                let key = (entry, lead);
                if !claimed.contains(&key)
                    && !claimed.contains(&(entry, item))
                    && !told.contains(&key)
                    && let Some(found) = across(&candidate.frame, candidate.rule, scan, lead, item)
                {
                    told.insert(key);
                    out.push(found);
                }
            }
        }
    }
    out
}

/// The entries whose rarest role a lexicon can play, in order.
fn entries_under(rules: &Ruleset, lexicon: u32) -> Vec<u32> {
    let alike = rules.index[lexicon as usize].iter();
    let mut entries: Vec<u32> = alike
        .flat_map(|same| &rules.alike[*same as usize])
        .copied()
        .collect();
    entries.sort_unstable();
    entries
}

/// The frame with its first role in the lead-in, near its end, and the others in the item, near its start.
fn across<'r>(frame: &'r Frame, rule: u32, scan: &Scan<'_>, lead: u32, item: u32) -> Option<Candidate<'r>> {
    let [first, second] = frame.roles.as_slice() else {
        return None;
    };
    let ends = |at: u32| scan.sentences[at as usize].tokens.clone();
    let (lead_hits, item_hits) = (end_of(scan, lead), start_of(scan, item));
    let in_item = second.players(item_hits, false).into_iter().next()?;
    let in_lead = first.players(lead_hits, false).into_iter().next_back()?;
    let apart = (ends(lead).end - 1 - in_lead.last) + (in_item.first - ends(item).start);
    let excuse = |hit: &Hit| !hit.masked && frame.unless.has(hit.lexicon);
    if apart > frame.apart || lead_hits.iter().any(excuse) || item_hits.iter().any(excuse) {
        return None;
    }
    let part = |sentence, hit: Hit, role| Part {
        sentence,
        first: hit.first,
        last: hit.last,
        role,
    };
    Some(Candidate {
        rule,
        sentence: lead,
        first: in_lead.first,
        last: in_lead.last,
        labels: vec![part(lead, in_lead, first), part(item, in_item, second)],
        masked: false,
        near: None,
    })
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
