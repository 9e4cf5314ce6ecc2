//! Owns the guard `negated`: a negation word governs the claim. Its reach runs to the right, ends at a hard mark
//! or a stop word ("but", "until"), and crosses a comma only within a list ("does not treat, cure or prevent"); from a
//! lead-in that goes on in its list it reaches there ("It is not meant to:", "We never say that our tea").
//! A negation inside a trap ("not only", "no longer") is none, and a trap after the claim ("until now") undoes it.
//! So is a word that plays a role in the claim itself ("little to no downtime").

use super::super::scan::Hit;
use super::super::set::IdSet;
use super::{Cues, Seen};
use crate::automaton::Gap;

/// The most words that a member of a list without a joining word has.
const MEMBER: u32 = 3;

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let governs = |cue: &&Hit| {
        let apart = seen.first.saturating_sub(cue.last() + 1);
        cue.first <= seen.last && apart <= cues.reach && !ends(cues, seen, cue)
    };
    let undone = |hit: &Hit| cues.traps.has(hit.lexicon()) && hit.first > seen.last;
    if seen.hits().iter().any(undone) {
        return None;
    }
    seen.cues(&cues.cues, &cues.traps)
        .filter(|cue| !seen.is_part(cue))
        .find(governs)
        .map(|cue| seen.words(cue))
        .or_else(|| denied(cues, seen, &seen.lead_in()?))
}

/// The words by which a lead-in denies what its list says: a denial near its end, with nothing after it that ends it.
/// A lead-in without a mark goes on in an item that begins with a small letter, or where the denial is its end.
fn denied(cues: &Cues, seen: &Seen<'_, '_>, lead: &Seen<'_, '_>) -> Option<String> {
    let text = lead.scan.text_of(lead.sentence()).trim_end();
    let colon = text.ends_with(':');
    let unmarked = text.ends_with(char::is_alphanumeric);
    let goes_on = colon || unmarked && is_small(seen);
    let near = |cue: &&Hit| lead.last.saturating_sub(cue.last()) <= cues.reach && !ends(cues, lead, cue);
    let open = |cue: &&Hit| goes_on || unmarked && cue.last() == lead.last;
    let undone = |hit: &Hit| cues.traps.has(hit.lexicon());
    if lead.hits().iter().any(undone) {
        return None;
    }
    lead.cues(&cues.cues, &cues.traps)
        .find(|cue| near(cue) && open(cue))
        .map(|cue| lead.words(cue))
}

/// Whether the sentence begins with a small letter.
fn is_small(seen: &Seen<'_, '_>) -> bool {
    let sentence = seen.sentence();
    let start = sentence.tokens.start;
    let first = seen.scan.words(sentence, start, start).chars().next();
    first.is_some_and(char::is_lowercase)
}

/// Whether the reach of `cue` ends before the claim starts.
fn ends(cues: &Cues, seen: &Seen<'_, '_>, cue: &Hit) -> bool {
    if cue.last() >= seen.first {
        return false;
    }
    let between = cue.last() + 1..=seen.first;
    let gap = |at: &u32| seen.scan.tokens[*at as usize].gap();
    let stopped = |hit: &Hit| !hit.masked() && cues.stops.has(hit.lexicon()) && between.contains(&hit.first);
    if between.clone().any(|at| gap(&at) == Gap::Hard) || seen.hits().iter().any(stopped) {
        return true;
    }
    let commas: Vec<u32> = between.filter(|at| gap(at) == Gap::Comma).collect();
    !commas.is_empty() && !lists(cues, seen, &commas)
}

/// Whether `commas`, the tokens after commas from a cue to the claim, start members of one list: a joining word
/// stands in the last of them, or the claim is the last and is short, or there are several and all are short. A
/// member that denies for itself ("no mess, no waiting, it cures gout") ends the list.
fn lists(cues: &Cues, seen: &Seen<'_, '_>, commas: &[u32]) -> bool {
    let (Some(start), Some(last)) = (commas.first(), commas.last()) else {
        return true;
    };
    let among = |set: &IdSet, from: u32, to: u32| {
        let there = |hit: &Hit| set.has(hit.lexicon()) && (from..=to).contains(&hit.first);
        seen.hits().iter().any(there)
    };
    let short = |pair: &[u32]| pair[1] - pair[0] <= MEMBER;
    let parts = |at: &u32| seen.scan.tokens[*at as usize].gap() != Gap::Soft;
    let end = seen.sentence().tokens.end;
    let claim_ends = (last + 1..end).find(parts).unwrap_or(end);
    let members: Vec<u32> = commas.iter().copied().chain([seen.first + 1]).collect();
    !among(&cues.cues, *start, seen.first)
        && (among(&cues.joins, *last, seen.last)
            || (seen.first == *last && short(&[*last, claim_ends]))
            || (commas.len() > 1 && members.windows(2).all(short)))
}
