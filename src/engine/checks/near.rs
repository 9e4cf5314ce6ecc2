//! Owns the nearly right: the sentences that come closest to a text whose words are fixed, and the edit that is
//! missing. The work is bounded: one look at every sentence, and one comparison for each fixed text.

use super::super::scan::Scan;
use super::fixed::{Fixed, FixedTexts, LONGEST, Reading, Run};
use crate::text::{Change, Edit, Folded, Span, edit, pieces};
use std::ops::Range;

/// A statement that is nearly the fixed text.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Near {
    /// The sentence in which it first differs.
    pub(super) sentence: u32,
    /// What to change.
    pub(in crate::engine) help: String,
    /// Whether the document says enough for the duty all the same.
    pub(in crate::engine) enough: bool,
    /// How many words and marks are left out, added or others.
    cost: usize,
}

impl Near {
    /// What is wrong.
    pub(in crate::engine) fn message(&self) -> String {
        "A statement whose words are fixed is nearly right.".to_owned()
    }

    /// The same, with whether the document says enough for the duty all the same.
    pub(super) fn enough(self, enough: bool) -> Self {
        Self { enough, ..self }
    }

    /// Whether it is the fixed text, spaces aside.
    pub(super) fn is_right(&self) -> bool {
        self.cost == 0
    }
}

/// What comes closest to one of the fixed texts numbered `exact` in the body of the document, where anything comes
/// close.
pub(super) fn nearest(exact: &[u32], fixed: &FixedTexts, reading: &Reading, scan: &Scan<'_>) -> Option<Near> {
    let near = exact.iter().filter_map(|number| {
        let run = reading.best(*number)?;
        fixed.get(*number).nearest(run, scan)
    });
    near.min_by_key(|near| near.cost)
}

impl Fixed {
    fn nearest(&self, run: &Run, scan: &Scan<'_>) -> Option<Near> {
        // No more is kept than is shared, and less than a quarter is not close.
        if self.pieces.len() > LONGEST || run.shared * 4 < self.pieces.len() {
            return None;
        }
        let first = scan.sentences.get(run.sentences.start as usize)?;
        let last = scan.sentences.get(run.sentences.end.checked_sub(1)? as usize)?;
        let folded = &scan.folded;
        let (start, end) = (first.span.start as usize, last.span.end as usize);
        let found = folded.text().get(start..end)?;
        let places: Vec<Range<usize>> = pieces(found).collect();
        let words: Vec<&str> = places.iter().map(|at| &found[at.clone()]).collect();
        let wanted: Vec<&str> = self
            .pieces
            .iter()
            .map(|at| &self.folded.text()[at.clone()])
            .collect();
        let edit = edit(&words, &wanted);
        let close = edit.kept * 4 >= wanted.len() && edit.kept * 2 >= edit.within.len();
        let at = match edit.changes.first() {
            Some(change) => {
                places
                    .get(change.from.start.min(edit.within.end.checked_sub(1)?))?
                    .start
            }
            None => 0,
        };
        let sentence = run
            .sentences
            .clone()
            .find(|sentence| scan.sentences[*sentence as usize].span.end as usize > start + at)?;
        let shown = |at: Range<usize>, places: &[Range<usize>], base: usize| {
            let (first, last) = (places.get(at.start)?, places.get(at.end.checked_sub(1)?)?);
            Some(Span::<Folded>::of(base + first.start..base + last.end))
        };
        let prose = scan.document.blocks[first.block as usize].prose.text();
        let change = |change: &Change| {
            let Change { from, to } = widened(change, &edit, &words, &wanted);
            let from = shown(from, &places, start).map_or("", |at| folded.origin(at).slice(prose));
            let to = shown(to, &self.pieces, 0).map_or("", |at| self.folded.origin(at).slice(&self.text));
            format!(
                "“{}” to “{to}”",
                from.split_whitespace().collect::<Vec<_>>().join(" ")
            )
        };
        let changes: Vec<String> = joined(&edit.changes).iter().map(change).collect();
        close.then(|| Near {
            sentence,
            help: format!("The words are fixed. Change {}.", changes.join(", ")),
            enough: false,
            cost: wanted.len() + edit.within.len() - 2 * edit.kept,
        })
    }
}

/// Changes that one kept piece parts, told as one.
fn joined(changes: &[Change]) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    for change in changes {
        match out.last_mut() {
            Some(last) if change.from.start <= last.from.end + 1 => {
                (last.from.end, last.to.end) = (change.from.end, change.to.end);
            }
            _ => out.push(change.clone()),
        }
    }
    out
}

/// A change with kept pieces before it (or one after it) until both sides hold a word.
fn widened(change: &Change, edit: &Edit, old: &[&str], new: &[&str]) -> Change {
    let Change { mut from, mut to } = change.clone();
    let word = |pieces: &[&str]| {
        pieces
            .iter()
            .any(|piece| piece.starts_with(char::is_alphanumeric))
    };
    while !(word(&old[from.clone()]) && word(&new[to.clone()])) {
        let kept_before =
            from.start > edit.within.start && to.start > 0 && old[from.start - 1] == new[to.start - 1];
        if kept_before {
            (from.start, to.start) = (from.start - 1, to.start - 1);
        } else if from.end < edit.within.end && to.end < new.len() && old[from.end] == new[to.end] {
            (from.end, to.end) = (from.end + 1, to.end + 1);
        } else {
            break;
        }
    }
    Change { from, to }
}
