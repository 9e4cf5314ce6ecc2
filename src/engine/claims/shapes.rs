//! Owns the shapes in which an effect and a target meet in a sentence, each once.

use super::Term;
use super::classes::Classes;
use super::subjects::is_sold;
use super::words::{Reading, mark};
use crate::automaton::Gap;
use crate::engine::frame::Words;
use crate::finding::Product;
use crate::policy::model::Shape;

/// How many words may stand between an effect and its first target.
const REACH: u32 = 6;
/// … between a word such as "ideal for" and its target ("people who live with").
const SUITS: u32 = 8;
/// … between one target of a list and the next.
const APART: u32 = 4;
/// … between a target and the participle or change that is said of it.
const BACK: u32 = 4;
/// What follows the targets is a clause of its own from so many words on.
const CLAUSE: u32 = 4;
/// A list has no more targets than this; the rest says nothing new.
const MOST: usize = 8;

/// Calls `found` with each effect and target of a sentence that meet, and how.
pub(super) fn find(classes: &Classes, reading: &Reading, mut found: impl FnMut(Term, Option<Term>, Shape)) {
    let mut targets = Vec::new();
    for effect in &reading.effects {
        let class = effect.class;
        let mut tell = |targets: &mut Vec<Term>, shape: Shape| {
            let any = !targets.is_empty();
            targets
                .drain(..)
                .for_each(|target| found(*effect, Some(target), shape));
            any
        };
        if classes.nouns.has(class) {
            if reading.is(effect.words.last + 1, mark::OF) || reading.gap(effect.words.last + 1) == Gap::Hard
            {
                right(classes, reading, effect, REACH, &mut targets);
            }
            tell(&mut targets, Shape::Acts);
            compound(reading, effect, &mut targets);
            tell(&mut targets, Shape::Compound);
        } else if classes.acts.has(class) || classes.happens.has(class) {
            if classes.acts.has(class) {
                right(classes, reading, effect, REACH, &mut targets);
            }
            let is_adjective = reading.participle(effect) && !reading.is(effect.words.last + 1, mark::THE);
            let shape = if is_adjective {
                Shape::Compound
            } else {
                Shape::Acts
            };
            let mut met = tell(&mut targets, shape);
            if !met && classes.acts.has(class) {
                passive(reading, effect, &mut targets);
                met = tell(&mut targets, Shape::Acts);
            }
            if !met && classes.happens.has(class) {
                happens(reading, effect, &mut targets);
                tell(&mut targets, Shape::Happens);
            }
        } else if classes.holding.has(class) {
            held(reading, effect, &mut targets);
            tell(&mut targets, Shape::Acts);
        } else if classes.absence.has(class) {
            right(classes, reading, effect, APART, &mut targets);
            tell(&mut targets, Shape::Absence);
        } else if classes.absence_after.has(class) {
            compound(reading, effect, &mut targets);
            tell(&mut targets, Shape::Absence);
        } else if classes.suits.has(class) {
            right(classes, reading, effect, SUITS, &mut targets);
            tell(&mut targets, Shape::Suits);
        } else if classes.suits_after.has(class) && after_thing(reading, effect) {
            right(classes, reading, effect, APART, &mut targets);
            if is_topic(reading, effect, &targets) {
                targets.clear();
            }
            tell(&mut targets, Shape::Suits);
        } else if classes.alone.has(class) {
            found(*effect, None, Shape::Alone);
        }
    }
    things(classes, reading, &mut found);
}

/// The targets that a verb of two parts holds between them: "keep the flu away".
fn held(reading: &Reading, effect: &Term, out: &mut Vec<Term>) {
    let Words { first, last } = effect.words;
    let from = reading
        .targets
        .partition_point(|target| target.words.first <= first);
    let targets = reading.targets[from..].iter();
    out.extend(targets.take_while(|target| target.words.last < last).take(MOST));
}

/// The targets to the right of an effect: the first within reach, those that a list joins to it, and the illness that a
/// complaint is said to come of.
fn right(classes: &Classes, reading: &Reading, effect: &Term, reach: u32, out: &mut Vec<Term>) {
    let from = reading
        .targets
        .partition_point(|target| target.words.first <= effect.words.last);
    let mut last = effect.words.last;
    let mut opened = reading.gap(last + 1) == Gap::Hard;
    let mut illness = None;
    for (at, target) in (from..).zip(&reading.targets[from..]) {
        let first = target.words.first;
        let between = first - last - 1;
        let apart = if out.is_empty() { reach } else { APART };
        if between > apart {
            return;
        }
        let chained = !out.is_empty() && is_chained(classes, reading, last + 1, target);
        if reading.any(last + 1, first, mark::BREAK) && !chained {
            return;
        }
        let start = last + 1 + u32::from(out.is_empty() && opened);
        let gap = reading.widest(start, first);
        let effects = reading.effects_in(last + 1, first);
        let joined = gap == Gap::Comma || reading.any(last + 1, first, mark::JOIN);
        let reaches = match out.is_empty() {
            // "prevents, treats and cures acne": over effects that a list joins
            // and not over one that begins anew after a name ("rejuvenation: stimulates collagen")
            true => (gap == Gap::Soft && !(opened && effects > 0)) || (gap == Gap::Comma && effects > 0),
            false => effects == 0 && (joined || chained || (gap == Gap::Hard && opened) || between == 0),
        };
        if !reaches {
            return;
        }
        last = target.words.last;
        opened |= gap == Gap::Hard;
        // of targets that stand together the last is the head ("antibiotic-associated diarrhea"), unless an illness is
        // named that the complaint comes of ("gout swelling")
        let next = reading.targets.get(at + 1);
        let is_head =
            next.is_none_or(|next| next.words.first != last + 1 || reading.gap(last + 1) != Gap::Soft);
        if !is_head {
            let is_illness = classes.chained.has(target.class);
            illness = illness.or(is_illness.then_some(*target));
            continue;
        }
        let told = illness.take().unwrap_or(*target);
        let voided = reading.gap(last + 1) == Gap::Soft && reading.is(last + 1, mark::VOID);
        if !voided {
            if chained {
                out.pop(); // the complaint and the illness are one claim
            }
            out.push(told);
        }
        if out.len() == MOST {
            return;
        }
    }
}

/// Whether a target is the illness that the complaint before token `from` comes of: "pain due to gout".
fn is_chained(classes: &Classes, reading: &Reading, from: u32, target: &Term) -> bool {
    let first = target.words.first;
    let leads = |token| {
        let at = reading
            .effects
            .partition_point(|effect| effect.words.last < token);
        let in_effect = reading
            .effects
            .get(at)
            .is_some_and(|effect| effect.words.first <= token);
        reading.is(token, mark::CHAIN | mark::OF) && !in_effect
    };
    classes.chained.has(target.class) && reading.widest(from, first) == Gap::Soft && (from..first).any(leads)
}

/// The targets right before an effect: "gut, tendon and ligament healing".
fn compound(reading: &Reading, effect: &Term, out: &mut Vec<Term>) {
    let end = reading
        .targets
        .partition_point(|target| target.words.last < effect.words.first);
    let before = |target: &Term| target.words.last + 1 == effect.words.first;
    let Some(last) = reading.targets[..end].last().filter(|target| before(target)) else {
        return;
    };
    if reading.gap(effect.words.first) != Gap::Soft {
        return;
    }
    out.push(*last);
    joined_before(reading, end - 1, out);
}

/// The targets that a list joins to the one with index `at`, from right to left.
fn joined_before(reading: &Reading, mut at: usize, out: &mut Vec<Term>) {
    while at > 0 && out.len() < MOST {
        let (here, before) = (&reading.targets[at], &reading.targets[at - 1]);
        let between = here.words.first - before.words.last - 1;
        let gap = reading.widest(before.words.last + 1, here.words.first);
        let joined = gap == Gap::Comma || reading.any(before.words.last + 1, here.words.first, mark::JOIN);
        if between > 2 || gap == Gap::Hard || !joined {
            return;
        }
        out.push(*before);
        at -= 1;
    }
}

/// The targets before a participle: "migraines can be treated".
fn passive(reading: &Reading, effect: &Term, out: &mut Vec<Term>) {
    let Some(at) = before(reading, effect) else { return };
    let target = &reading.targets[at];
    if reading.any(target.words.last + 1, effect.words.first, mark::BE) {
        out.push(*target);
        joined_before(reading, at, out);
    }
}

/// The target that changes: "your headaches disappear".
fn happens(reading: &Reading, effect: &Term, out: &mut Vec<Term>) {
    let Some(at) = before(reading, effect) else { return };
    out.push(reading.targets[at]);
    joined_before(reading, at, out);
}

/// The nearest target before an effect with nothing but a few small words between.
fn before(reading: &Reading, effect: &Term) -> Option<usize> {
    let end = reading
        .targets
        .partition_point(|target| target.words.last < effect.words.first);
    let at = end.checked_sub(1)?;
    let from = reading.targets[at].words.last + 1;
    let first = effect.words.first;
    let near = first - from <= BACK
        && reading.widest(from, first) == Gap::Soft
        && !reading.any(from, first, mark::BREAK | mark::JOIN | mark::VOID)
        && reading.effects_in(from, first) == 0;
    near.then_some(at)
}

/// Whether a word such as "for" follows what is sold, or opens the sentence or a part of it.
fn after_thing(reading: &Reading, effect: &Term) -> bool {
    let first = effect.words.first;
    let mut sold = reading.subjects.iter().filter(|subject| is_sold(subject));
    let follows = sold.any(|(subject, _)| subject.words.last < first && first - subject.words.last <= 2);
    follows || first == reading.start
}

/// Whether a word such as "for" opens a sentence only to say what it is about: what follows the targets says something of
/// its own, instructs nobody and names nothing on sale ("For hearing loss, come sooner").
fn is_topic(reading: &Reading, effect: &Term, targets: &[Term]) -> bool {
    let Some(last) = targets.last().filter(|_| effect.words.first == reading.start) else {
        return false;
    };
    let rest = last.words.last + 1;
    let clause = (rest..rest + CLAUSE).all(|token| token < reading.end && reading.gap(token) != Gap::Hard);
    let mut sold = reading.subjects.iter().filter(|subject| is_sold(subject));
    clause && !reading.instructs && !sold.any(|(subject, _)| subject.words.first >= rest)
}

/// Things that are named after a target: "eczema cream".
fn things(classes: &Classes, reading: &Reading, found: &mut impl FnMut(Term, Option<Term>, Shape)) {
    let Some(class) = classes.suits_after.iter().next() else {
        return;
    };
    for (subject, kind) in &reading.subjects {
        if matches!(
            kind,
            Product::Clinic | Product::Wellness | Product::MedicineRx | Product::Other
        ) {
            continue;
        }
        let first = subject.words.first;
        let target = reading
            .targets
            .iter()
            .find(|target| target.words.last + 1 == first);
        if let Some(target) = target.filter(|_| reading.gap(first) == Gap::Soft) {
            let effect = Term {
                class: class as u32,
                ..*subject
            };
            found(effect, Some(*target), Shape::Suits);
        }
    }
}
