//! Owns joining findings: one for each claim and category, with every market's verdict, worst first.

use crate::finding::{Finding, Verdict};
use std::cmp::Reverse;

/// A finding with the sentence and clause in which it starts.
pub(super) struct Placed {
    /// Index of the sentence.
    pub(super) sentence: u32,
    /// Number of the clause.
    pub(super) clause: u32,
    pub(super) finding: Finding,
}

/// Joins findings of one document and puts them in order of place. Findings of one category that overlap or start
/// in one clause are one: the most severe stands, of equals the first in the text, and it takes the verdicts of the
/// other markets. What stands in different clauses of a sentence are different claims. A duty of one category is
/// told once a document. A silenced candidate is dropped where a finding of its category speaks.
///
/// What is `placed` comes in order of sentences, and is joined sentence by sentence.
pub(super) fn merged(placed: impl Iterator<Item = Placed>) -> Vec<Finding> {
    let (mut out, mut sentence, mut duties) = (Vec::new(), Vec::<Placed>::new(), Vec::new());
    for next in placed {
        if next.finding.rule().category.is_duty() {
            duties.push(next);
            continue;
        }
        if sentence.last().is_some_and(|last| last.sentence != next.sentence) {
            joined(&mut sentence, &mut out);
        }
        sentence.push(next);
    }
    joined(&mut sentence, &mut out);
    joined(&mut duties, &mut out);
    out.iter_mut()
        .for_each(|finding| finding.verdicts.shrink_to_fit());
    out.shrink_to_fit();
    out.sort_by(|a, b| (a.span, &a.rule().name).cmp(&(b.span, &b.rule().name)));
    out
}

/// Joins the findings of one sentence, or the duties of a document, and adds what is left of them to `out`.
fn joined(placed: &mut Vec<Placed>, out: &mut Vec<Finding>) {
    placed.sort_by_key(|Placed { finding, .. }| {
        let silenced = finding.silenced.is_some();
        (
            silenced,
            Reverse(finding.severity()),
            finding.span,
            Reverse(finding.labels.len()),
        )
    });
    let from = out.len();
    let mut clauses = Vec::new();
    for Placed { clause, finding, .. } in placed.drain(..) {
        let category = finding.rule().category;
        let same = |(known, known_clause): (&Finding, &u32)| {
            known.rule().category == category
                && (category.is_duty() || *known_clause == clause || known.span.overlaps(finding.span))
        };
        match out[from..].iter().zip(&clauses).position(same) {
            Some(at) => join(&mut out[from + at], finding),
            None => {
                clauses.push(clause);
                out.push(finding);
            }
        }
    }
}

fn join(into: &mut Finding, other: Finding) {
    if other.silenced.is_some() != into.silenced.is_some() {
        return;
    }
    let same_market = |known: &Verdict| known.rule.market == other.rule().market;
    if !into.verdicts.iter().any(same_market) {
        into.verdicts.extend(other.verdicts);
    }
}
