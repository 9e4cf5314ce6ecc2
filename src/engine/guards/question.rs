//! Owns the guard `question`: the sentence asks, and does not sell ("Want to get rid of it?" sells).

use super::{Cues, Seen};

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let text = seen.scan.text_of(seen.sentence());
    let asks = text
        .trim_end_matches(['"', '\'', ')', ']', '*', ' '])
        .ends_with('?');
    let sells = seen
        .hits()
        .iter()
        .any(|hit| !hit.masked() && cues.traps.has(hit.lexicon()));
    (asks && !sells).then(|| "?".to_owned())
}
