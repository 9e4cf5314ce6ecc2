//! Owns joining findings: one for each claim and category, with every market's verdict, worst first.

use crate::finding::{Category, Finding, Verdict};
use rustc_hash::FxHashMap;
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
pub(super) fn merged(mut placed: Vec<Placed>) -> Vec<Finding> {
    placed.sort_by_key(|Placed { finding, .. }| {
        let silenced = finding.silenced.is_some();
        (
            silenced,
            Reverse(finding.severity()),
            finding.span,
            Reverse(finding.labels.len()),
        )
    });
    let mut out: Vec<(u32, Finding)> = Vec::new();
    let mut seen = FxHashMap::<(u32, Category), Vec<usize>>::default();
    for Placed {
        sentence,
        clause,
        finding,
    } in placed
    {
        let category = finding.rule().category;
        let place = if category.is_duty() { u32::MAX } else { sentence };
        let near = seen.entry((place, category)).or_default();
        let same = |at: &&usize| {
            let (known_clause, known) = &out[**at];
            category.is_duty() || *known_clause == clause || known.span.overlaps(finding.span)
        };
        match near.iter().find(same).copied() {
            Some(at) => join(&mut out[at].1, finding),
            None => {
                near.push(out.len());
                out.push((clause, finding));
            }
        }
    }
    let mut findings: Vec<Finding> = out.into_iter().map(|(_, finding)| finding).collect();
    findings.sort_by(|a, b| (a.span, &a.rule().name).cmp(&(b.span, &b.rule().name)));
    findings
}

fn join(into: &mut Finding, other: Finding) {
    if other.silenced.is_some() != into.silenced.is_some() {
        return;
    }
    let same_market = |known: &Verdict| known.rule.market == other.rule().market;
    if !into.verdicts.iter().any(same_market) {
        into.verdicts.extend(other.verdicts.iter().cloned());
        into.joined.push(other);
    }
}
