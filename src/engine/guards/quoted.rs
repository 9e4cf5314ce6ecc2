//! Owns the guard `quoted`: the words stand in quotation marks after a cue that calls them an example of wording
//! ("never write …"), in the same sentence or in what leads into it; or such words alone open what they stand in, before
//! a colon ("Never: …") or over a list ("Words to avoid").

use super::{Cues, Seen, said_around};
use crate::engine::scan::Hit;
use memchr::{memchr, memchr_iter};

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let sentence = seen.sentence();
    let token = |at: u32| seen.scan.tokens[at as usize];
    let text = seen.scan.folded.text();
    let before = text.get(sentence.span.start as usize..token(seen.first).start as usize)?;
    let after = text.get(token(seen.last).end() as usize..sentence.span.end as usize)?;
    let quoted =
        || memchr(b'"', after.as_bytes()).is_some() && memchr_iter(b'"', before.as_bytes()).count() % 2 == 1;
    let cued = || said_around(cues, seen).or_else(|| said_around(cues, &seen.lead_in()?));
    opened(cues, seen)
        .or_else(|| titled(cues, &seen.lead_in()?))
        .or_else(|| quoted().then(cued).flatten())
}

/// The words before a colon that open the sentence.
fn opened(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let start = seen.sentence().tokens.start;
    let colon = |hit: &&Hit| {
        let end = seen.scan.tokens[hit.last() as usize].end() as usize;
        let rest = &seen.scan.folded.text()[end..];
        hit.first == start && hit.last() < seen.first && rest.trim_start().starts_with(':')
    };
    let hits = seen.scan.hits_of(seen.sentence()).iter();
    let mut openers = hits.take_while(|hit| hit.first == start);
    openers
        .find(|hit| cues.openers.has(hit.lexicon()) && colon(hit))
        .map(|hit| seen.words(hit))
}

/// The words of a lead-in that is nothing else.
fn titled(cues: &Cues, lead: &Seen<'_, '_>) -> Option<String> {
    let tokens = &lead.sentence().tokens;
    let whole = |hit: &&Hit| hit.first == tokens.start && hit.last() + 1 == tokens.end;
    let mut hits = lead.scan.hits_of(lead.sentence()).iter().filter(whole);
    hits.find(|hit| cues.openers.has(hit.lexicon()))
        .map(|hit| lead.words(hit))
}
