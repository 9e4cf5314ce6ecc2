//! Owns the guard `question`: the sentence asks, and does not sell ("Want to get rid of it?" sells). Nor is it a
//! question that affirms itself, at its end ("…, right?") or in the sentence after it ("Can it cure gout? Yes.").

use super::{Cues, Seen};
use crate::automaton::Gap;

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let text = seen.scan.text_of(seen.sentence());
    // quotes, brackets and the signs of folds may follow: "Does it hurt? +"
    let asks = text
        .trim_end_matches(|end: char| end != '?' && !end.is_alphanumeric())
        .ends_with('?');
    let sells = || {
        seen.hits()
            .iter()
            .any(|hit| !hit.masked() && cues.traps.has(hit.lexicon()))
    };
    (asks && !sells() && !affirmed(cues, seen)).then(|| "?".to_owned())
}

/// Whether an affirming word ends the sentence after a comma, or begins the next one of its block.
fn affirmed(cues: &Cues, seen: &Seen<'_, '_>) -> bool {
    let scan = seen.scan;
    let sentence = seen.sentence();
    let affirms = |at: u32, edge: u32| {
        let hits = scan.hits_of(&scan.sentences[at as usize]);
        let there = |hit: &super::Hit| hit.first <= edge && edge <= hit.last();
        hits.iter().any(|hit| cues.cues.has(hit.lexicon()) && there(hit))
    };
    let tag = sentence.tokens.clone().last();
    let tagged = |last: u32| scan.tokens[last as usize].gap() == Gap::Comma && affirms(seen.at, last);
    let next = seen.at + 1;
    let answered = || {
        scan.by_block[sentence.block as usize].contains(&next)
            && affirms(next, scan.sentences[next as usize].tokens.start)
    };
    tag.is_some_and(tagged) || answered()
}
