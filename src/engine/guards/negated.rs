//! Owns the guard `negated`: a negation word governs the claim. Its reach runs to the right, ends at a hard mark
//! or a stop word ("but", "until"), and crosses a comma only into a short member of a list ("does not treat,
//! cure or prevent"). A negation inside a trap ("not only", "no longer") is none, and a trap after
//! the claim ("until now") undoes it. So is a word that plays a role in the claim itself ("little to no downtime").

use super::super::scan::Hit;
use super::super::vocabulary::Gap;
use super::{Cues, Seen};

/// The most words that a member of a list has.
const MEMBER: u32 = 3;

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let governs = |cue: &&Hit| {
        let apart = seen.first.saturating_sub(cue.last + 1);
        cue.first <= seen.last && apart <= cues.reach && !ends(cues, seen, cue)
    };
    let undone = |hit: &Hit| cues.traps.has(hit.lexicon) && hit.first > seen.last;
    if seen.hits().iter().any(undone) {
        return None;
    }
    seen.cues(&cues.cues, &cues.traps)
        .filter(|cue| !seen.is_part(cue))
        .find(governs)
        .map(|cue| seen.words(cue))
}

/// Whether the reach of `cue` ends before the claim starts.
fn ends(cues: &Cues, seen: &Seen<'_, '_>, cue: &Hit) -> bool {
    let between = cue.last + 1..=seen.first;
    let stopped =
        |hit: &Hit| cues.stops.has(hit.lexicon) && between.contains(&hit.first) && hit.first > cue.last;
    if cue.last >= seen.first {
        return false;
    }
    let parted = between.clone().any(|at| match seen.scan.tokens[at as usize].gap {
        Gap::Soft => false,
        Gap::Hard => true,
        Gap::Comma => !short_member(seen, at),
    });
    parted || seen.hits().iter().any(stopped)
}

/// Whether the part that starts at token `at` after a comma is a short member of a list.
fn short_member(seen: &Seen<'_, '_>, at: u32) -> bool {
    let end = seen.sentence().tokens.end;
    let rest = (at + 1..end).take_while(|next| seen.scan.tokens[*next as usize].gap == Gap::Soft);
    let long = rest.count() as u32 + 1 > MEMBER;
    let last_member = at + 1 >= end || seen.first <= at + MEMBER;
    !long || (last_member && starts_with_conjunction(seen, at))
}

/// Whether the word at `at` is as short as a conjunction. Which words conjoin is not asked: after a comma, within
/// reach of a negation, a word of two or three letters before the claim's own is "or", "nor" or "and".
fn starts_with_conjunction(seen: &Seen<'_, '_>, at: u32) -> bool {
    let token = seen.scan.tokens[at as usize];
    token.end - token.start <= 3
}
