//! Owns the guard `hedged`: a word such as "may" limits the claim. A hedge before the claim reaches it over a few
//! words; one after it must stand in the same clause. A word of the traps anywhere in the sentence ("the only
//! cure", "guaranteed") makes hedges void.

use super::super::scan::Hit;
use super::{Cues, Seen};

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    if seen
        .hits()
        .iter()
        .any(|hit| !hit.masked() && cues.traps.has(hit.lexicon()))
    {
        return None;
    }
    let clause = |at: u32| seen.scan.clause(at);
    let limits = |hit: &&Hit| {
        if hit.last() < seen.first {
            let stopped = |stop: &Hit| {
                cues.stops.has(stop.lexicon()) && hit.last() < stop.first && stop.last() < seen.first
            };
            seen.first - hit.last() - 1 <= cues.reach && !seen.hits().iter().any(stopped)
        } else {
            clause(hit.first) == clause(seen.last)
        }
    };
    let hedge = |hit: &&Hit| !hit.masked() && cues.cues.has(hit.lexicon());
    seen.hits()
        .iter()
        .filter(hedge)
        .find(limits)
        .map(|hit| seen.words(hit))
}
