//! Owns the guards: what makes a candidate harmless, and the words that say so. The words are the language
//! pack's; the way of reading them is here, one file a guard that needs more than a look at its cues.

mod cited;
mod hedged;
mod negated;
mod question;
mod quoted;

use super::checks::Part;
use super::frame::around;
use super::scan::{Hit, Scan, Sentence};
use super::set::IdSet;
use crate::policy::model::Guard;

/// What a guard goes by, compiled.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// Words that make a candidate harmless.
    pub(super) cues: IdSet,
    /// Words that look like cues and are none.
    pub(super) traps: IdSet,
    /// Words that end a cue's reach.
    pub(super) stops: IdSet,
    /// Words that join the members of a list, over whose commas a cue reaches.
    pub(super) joins: IdSet,
    /// How many words a cue reaches.
    pub(super) reach: u32,
    /// Parts of an address that make a link no source.
    pub(super) addresses: Vec<String>,
    /// Words in brackets that keep the place of a source.
    pub(super) placeholders: Vec<String>,
    /// Words that, alone before a colon or over a list, call what follows an example of wording.
    pub(super) openers: IdSet,
}

/// A candidate as guards see it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'s, 'd> {
    pub(super) scan: &'s Scan<'d>,
    /// Index of the sentence.
    pub(super) at: u32,
    /// The lexicons that have a hit in it.
    pub(super) present: &'s IdSet,
    /// First token of the candidate.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// First and last token of each word that plays a role.
    pub(super) parts: &'s [Part<'s>],
    /// Whether the sentence is a recognised statement or stands in legal text.
    pub(super) legal: bool,
}

impl<'s, 'd> Seen<'s, 'd> {
    fn sentence(&self) -> &'s Sentence {
        &self.scan.sentences[self.at as usize]
    }

    /// The hits of the sentence around the candidate.
    fn hits(&self) -> &'s [Hit] {
        around(self.scan.hits_of(self.sentence()), self.first, self.last)
    }

    /// Hits of `set` in the sentence, less those that stand inside a hit of `traps`.
    fn cues(&self, set: &'s IdSet, traps: &'s IdSet) -> impl Iterator<Item = &'s Hit> {
        let hits = self.hits();
        let trapped = move |cue: &Hit| {
            let covers =
                |hit: &Hit| traps.has(hit.lexicon()) && hit.first <= cue.first && cue.last() <= hit.last();
            hits.iter().take_while(|hit| hit.first <= cue.first).any(covers)
        };
        hits.iter()
            .filter(move |hit| !hit.masked() && set.has(hit.lexicon()) && !trapped(hit))
    }

    /// Whether a hit lies inside a word that plays a role in the candidate.
    fn is_part(&self, hit: &Hit) -> bool {
        self.parts
            .iter()
            .any(|part| part.first <= hit.first && hit.last() <= part.last)
    }

    /// What leads into the candidate's block, seen from its end.
    fn lead_in(&self) -> Option<Self> {
        let block = self.scan.block_of(self.sentence()).lead_in?;
        let at = self.scan.by_block.get(block as usize)?.clone().last()?;
        let end = self.scan.sentences[at as usize].tokens.end.checked_sub(1)?;
        Some(Self {
            at,
            first: end,
            last: end,
            parts: &[],
            ..*self
        })
    }

    fn words(&self, hit: &Hit) -> String {
        self.scan.words(self.sentence(), hit.first, hit.last()).to_owned()
    }
}

/// The words by which `guard` makes the candidate harmless, if it does.
pub(super) fn silences(guard: Guard, cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let cued = || cues.cues.meets(seen.present);
    let led = || seen.scan.block_of(seen.sentence()).lead_in.is_some();
    match guard {
        // Most sentences have no cue at all.
        Guard::Hedged | Guard::Attributed if !cued() => None,
        Guard::Negated | Guard::Warning if !cued() && !led() => None,
        Guard::Legal if !seen.legal && !cued() => None,
        Guard::Negated => negated::silences(cues, seen),
        Guard::Hedged => hedged::silences(cues, seen),
        Guard::Question => question::silences(cues, seen),
        Guard::Cited => cited::silences(cues, seen),
        Guard::Quoted => quoted::silences(cues, seen),
        Guard::Attributed => said_around(cues, seen),
        Guard::Warning => said_around(cues, seen).or_else(|| said_around(cues, &seen.lead_in()?)),
        Guard::Legal if after_stop(cues, seen) => None,
        Guard::Legal => seen
            .legal
            .then(|| "a disclaimer or legal text".to_owned())
            .or_else(|| said_around(cues, seen)),
        // Masked hits never get this far; the engine reports them itself.
        Guard::OtherMeaning => None,
    }
}

/// A cue anywhere in the sentence.
fn said_around(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    seen.cues(&cues.cues, &cues.traps)
        .next()
        .map(|hit| seen.words(hit))
}

/// Whether a stop word parts the candidate from what stands before it ("not evaluated by the FDA, but it cures").
fn after_stop(cues: &Cues, seen: &Seen<'_, '_>) -> bool {
    let stops = |hit: &Hit| cues.stops.has(hit.lexicon()) && hit.last() < seen.first;
    seen.hits().iter().any(stops)
}
