//! Owns who is said to have an effect: the nearest thing on sale that the sentence names; else who treats; else what
//! nobody sells, where the sentence opens with it; else what the heading of the section or the title of the page names.

use super::words::{Reading, mark};
use super::{Claim, Term};
use crate::automaton::Gap;
use crate::document::BlockKind;
use crate::engine::scan::Scan;
use crate::finding::Product;

/// How near before a thing the preposition that leads to it stands, in words.
const LEADS: u32 = 3;
/// How near to the start of a sentence what nobody sells must stand to be what the sentence is about, in words.
const OPENS: u32 = 2;

pub(super) type Subject = (Term, Product);

/// What a title or heading names: the first thing on sale in the sentence just read, if it stands in one.
pub(super) fn head(scan: &Scan<'_>, reading: &Reading) -> Option<Subject> {
    let block = scan.block_of(&scan.sentences[reading.sentence as usize]);
    let heads = matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
    reading
        .subjects
        .iter()
        .copied()
        .find(|subject| heads && is_sold(subject))
}

/// Who is said to have an effect on a target by the sentence itself.
pub(super) fn named(reading: &Reading, effect: Term, target: Option<Term>) -> Option<Subject> {
    let here = target.filter(|target| target.sentence == effect.sentence);
    let start = here.map_or(effect.words.first, |target| {
        target.words.first.min(effect.words.first)
    });
    let before = |subject: &&Subject| subject.0.words.last < start;
    // "treat pain with our oil": a thing named later does it where a preposition leads to it
    let means = |subject: &&Subject| {
        let first = subject.0.words.first;
        let is_target = reading
            .targets
            .iter()
            .any(|target| target.words == subject.0.words);
        !is_target && reading.any(first.saturating_sub(LEADS), first, mark::OF | mark::BREAK)
    };
    let sold = reading.subjects.iter().filter(|subject| is_sold(subject));
    // a label does nothing: "Immune system: raises white cells"
    let opens = |subject: &&Subject| {
        let words = subject.0.words;
        let is_label = reading.gap(words.last + 1) == Gap::Hard;
        !is_sold(subject) && !is_label && before(subject) && words.first - reading.start <= OPENS
    };
    // "my doctor told me" makes nothing a doctor's
    let people = if reading.in_first_person() {
        &[][..]
    } else {
        &reading.people
    };
    sold.clone()
        .rfind(before)
        .or_else(|| sold.clone().find(means))
        .or_else(|| people.iter().rfind(before))
        .or_else(|| reading.subjects.iter().find(opens))
        .copied()
}

/// Lends claims that name no subject what the heading of their section names, or else the title or first heading that names
/// anything: `heads`, as far as they stand before the claim or in its sentence.
pub(super) fn lend(scan: &Scan<'_>, heads: &[(u32, Subject)], claims: &mut [Claim]) {
    let (mut page, mut heading, mut section) = (None, None, 0);
    let (mut heads, mut claims) = (heads.iter().peekable(), claims.iter_mut().peekable());
    let blocks = scan.document.blocks.iter().zip(&scan.by_block);
    for (block, sentences) in blocks.filter(|(_, sentences)| !sentences.is_empty()) {
        if block.section != section {
            (section, heading) = (block.section, None);
        }
        let mut name = |up_to: u32| {
            while let Some((_, head)) = heads.next_if(|(at, _)| *at <= up_to) {
                page = page.or(Some(*head));
                heading = heading.or(Some(*head));
            }
            heading.or(page)
        };
        while let Some(claim) = claims.next_if(|claim| claim.effect.sentence < sentences.end) {
            let lent = name(claim.effect.sentence);
            if claim.subject.is_none() {
                (claim.subject, claim.lent) = (lent, true);
            }
        }
        name(sentences.end - 1);
    }
}

/// Whether it is something that may be sold: not a habit, the body itself or ordinary care.
pub(super) fn is_sold((_, kind): &Subject) -> bool {
    *kind != Product::Other
}
