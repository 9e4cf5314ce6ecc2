//! Owns what is remembered of a document from one judgement to the next: what was read off its blocks, and what its
//! sentences say by themselves. A block that stands again as it stood, led in by the same one and leading in the same
//! ones, is not read again, wherever it has moved. What a document comes to as a whole is worked out anew every time.

use super::checks::Matched;
use super::claims::Spoken;
use super::compile::Ruleset;
use super::judge::Case;
use super::scan::Read;
use crate::document::{BlockKind, Document};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What is remembered of the document that was judged last, for [`Ruleset::judge_again`]. It takes some ten times the
/// room of the text. Judging other documents or by other rules with it is no mistake; it helps then no more than a new one.
#[derive(Debug, Default)]
pub struct Memory(Option<Past>);

/// A document as it was judged.
#[derive(Debug)]
pub(super) struct Past {
    /// By which rules.
    rules: u64,
    pub(super) outline: Outline,
    pub(super) read: Read,
    /// What the frames found, and the rules for which they were looked for.
    pub(super) matched: Matched,
    pub(super) spoken: Spoken,
}

impl Memory {
    /// The document that was judged last, if these rules judged it.
    pub(super) fn of(&self, rules: &Ruleset) -> Option<&Past> {
        self.0.as_ref().filter(|past| past.rules == rules.number)
    }

    /// Remembers a document in the place of the one before.
    pub(super) fn keep(&mut self, case: Case<'_, '_>, outline: Outline) {
        self.0 = Some(Past {
            rules: case.rules.number,
            outline,
            read: case.scan.read,
            matched: case.matched,
            spoken: case.spoken,
        });
    }
}

/// The blocks of a document, as far as what their sentences say by themselves depends on them.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The prose of all blocks, one after the other.
    prose: String,
    blocks: Vec<Outlined>,
}

#[derive(Debug, PartialEq, Eq)]
struct Outlined {
    /// One past its last byte in the prose.
    end: usize,
    kind: BlockKind,
    quoted: bool,
    /// How many blocks before it the one stands that leads into it; 0 where none does.
    led: u32,
    /// How many blocks after it the last one stands into which it leads; 0 where there is none.
    leads: u32,
}

/// Blocks that stood one after the other before, and do so again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Their numbers now.
    pub(super) here: Range<usize>,
    /// The number that the first of them had.
    pub(super) there: usize,
}

impl Outline {
    pub(super) fn new(document: &Document) -> Self {
        let bytes = document.blocks.iter().map(|block| block.prose.text().len()).sum();
        let mut out = Self {
            prose: String::with_capacity(bytes),
            blocks: Vec::with_capacity(document.blocks.len()),
        };
        for (number, block) in (0..).zip(&document.blocks) {
            out.prose.push_str(block.prose.text());
            let lead = block.lead_in.filter(|lead| *lead < number);
            if let Some(lead) = lead.and_then(|lead| out.blocks.get_mut(lead as usize)) {
                lead.leads = number - block.lead_in.unwrap_or(number);
            }
            out.blocks.push(Outlined {
                end: out.prose.len(),
                kind: block.kind.clone(),
                quoted: block.quoted,
                led: lead.map_or(0, |lead| number - lead),
                leads: 0,
            });
        }
        out
    }

    fn text(&self, block: usize) -> &str {
        let start = block.checked_sub(1).map_or(0, |before| self.blocks[before].end);
        &self.prose[start..self.blocks[block].end]
    }

    fn same(&self, here: usize, past: &Self, there: usize) -> bool {
        let (new, old) = (&self.blocks[here], &past.blocks[there]);
        new.kind == old.kind
            && (new.quoted, new.led, new.leads) == (old.quoted, old.led, old.leads)
            && self.text(here) == past.text(there)
    }

    /// The blocks that stand again as they stood in `past`, in order.
    pub(super) fn runs(&self, past: &Self) -> Vec<Run> {
        let stood = self.stood(past);
        let stays = |here: usize, there: usize| {
            let led = 1..=self.blocks[here].leads as usize;
            led.into_iter()
                .all(|next| stood[here + next] == Some(there + next))
        };
        let mut runs: Vec<Run> = Vec::new();
        for (here, there) in (0..).zip(&stood) {
            let Some(there) = there.filter(|there| stays(here, *there)) else {
                continue;
            };
            match runs.last_mut() {
                Some(Run {
                    here: known,
                    there: from,
                }) if known.end == here && *from + known.len() == there => {
                    known.end += 1;
                }
                _ => runs.push(Run {
                    here: here..here + 1,
                    there,
                }),
            }
        }
        runs
    }

    /// For each block the number that an equal one had: most changes are made in one place.
    fn stood(&self, past: &Self) -> Vec<Option<usize>> {
        let (new, old) = (self.blocks.len(), past.blocks.len());
        let both = new.min(old);
        let before = (0..both).take_while(|at| self.same(*at, past, *at)).count();
        let after = 1..=both - before;
        let after = after.take_while(|at| self.same(new - at, past, old - at)).count();
        let mut stood: Vec<Option<usize>> = vec![None; new];
        (0..before).for_each(|at| stood[at] = Some(at));
        (1..=after).for_each(|at| stood[new - at] = Some(old - at));
        let mut known = FxHashMap::<&str, Vec<usize>>::default();
        if new - before - after > 1 {
            let between = before..old - after;
            between.for_each(|at| known.entry(past.text(at)).or_default().push(at));
        }
        let mut next = before;
        for (here, stood) in (before..).zip(&mut stood[before..new - after]) {
            let same = |there: &usize| self.same(here, past, *there);
            let equal = known.get(self.text(here)).map_or(&[][..], Vec::as_slice);
            let goes_on = equal.iter().copied().find(|there| *there == next).filter(same);
            *stood = goes_on.or_else(|| equal.iter().copied().find(same));
            next = stood.map_or(next, |there| there + 1);
        }
        stood
    }
}
