//! Owns the guard `quoted`: the words stand in quotation marks after a cue that calls them an example of wording
//! ("never write …"), in the same sentence or in what leads into it.

use super::{Cues, Seen, said_around};

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let sentence = seen.sentence();
    let token = |at: u32| seen.scan.tokens[at as usize];
    let text = seen.scan.folded.text();
    let before = text.get(sentence.span.start as usize..token(seen.first).start as usize)?;
    let after = text.get(token(seen.last).end() as usize..sentence.span.end as usize)?;
    let quoted = before.matches('"').count() % 2 == 1 && after.contains('"');
    if !quoted {
        return None;
    }
    said_around(cues, seen).or_else(|| said_around(cues, &seen.lead_in()?))
}
