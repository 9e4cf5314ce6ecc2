//! Owns the guard `quoted`: the words stand in quotation marks after a cue that calls them an example of wording
//! ("never write …"), in the same sentence or in what leads into it.

use super::{Cues, Seen};

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
    let here = seen
        .cues(&cues.cues, &cues.traps)
        .next()
        .map(|hit| seen.words(hit));
    here.or_else(|| {
        lead_in(seen)?
            .cues(&cues.cues, &cues.traps)
            .next()
            .map(|hit| lead_in(seen).map(|l| l.words(hit)))?
    })
}

/// The last sentence of the block that leads into the candidate's.
fn lead_in<'s, 'd>(seen: &Seen<'s, 'd>) -> Option<Seen<'s, 'd>> {
    let block = seen.scan.block_of(seen.sentence()).lead_in?;
    let at = seen.scan.by_block.get(block as usize)?.clone().last()?;
    Some(Seen { at, ..*seen })
}
