//! Owns claims that a lead-in starts and the items of its list, table or lines finish: "Our tea helps with:" and
//! "Eczema".

use super::Term;
use super::classes::Classes;
use super::words::Reading;
use crate::automaton::Gap;
use crate::document::BlockKind;
use crate::engine::scan::Scan;

/// How near its end the effect of a lead-in must stand, in words.
const NEAR: u32 = 4;
/// How near its start the target of an item must stand, in words.
const START: u32 = 4;
/// As many items are read.
const MOST: usize = 64;

/// Calls `found` with the effect of a lead-in and the target of each of its items. `reading` is the last sentence of a
/// block.
pub(super) fn find(classes: &Classes, scan: &Scan<'_>, reading: &Reading, mut found: impl FnMut(Term, Term)) {
    let Some(effect) = open_effect(classes, reading) else {
        return;
    };
    let at = reading.sentence;
    let block = scan.sentences[at as usize].block;
    if scan.by_block[block as usize].end != at + 1 {
        return;
    }
    let items = scan.document.blocks[block as usize + 1..].iter();
    let items = (block as usize + 1..).zip(items).take(MOST);
    let mut item = Reading::default();
    for (number, _) in items
        .take_while(|(_, item)| !matches!(item.kind, BlockKind::Heading(_)))
        .filter(|(_, item)| item.lead_in == Some(block))
    {
        let Some(first) = scan.by_block[number].clone().next() else {
            continue;
        };
        item.read(classes, scan, first);
        if let Some(target) = opening_target(&item) {
            found(effect, target);
        }
    }
}

/// The effect near the end of a lead-in that has no target of its own.
fn open_effect(classes: &Classes, reading: &Reading) -> Option<Term> {
    let effect = reading.effects.last()?;
    let class = effect.class;
    let opens = classes.acts.has(class)
        || classes.nouns.has(class)
        || classes.absence.has(class)
        || classes.suits.has(class);
    let near = reading.end - 1 - effect.words.last <= NEAR;
    let own = reading
        .targets
        .iter()
        .any(|target| target.words.first > effect.words.last);
    (opens && near && !own).then_some(*effect)
}

/// The target with which an item begins.
fn opening_target(item: &Reading) -> Option<Term> {
    let mut targets = item.targets.iter().peekable();
    let mut target = targets.next()?;
    // the last of those that stand together is the head
    while let Some(next) = targets.peek()
        && next.words.first == target.words.last + 1
        && item.gap(next.words.first) == Gap::Soft
    {
        target = targets.next()?;
    }
    let near = target.words.first - item.start <= START;
    (near && item.effects_in(item.start, target.words.first) == 0).then_some(*target)
}
