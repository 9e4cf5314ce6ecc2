//! Owns joining findings: one for each sentence and category, with every market's verdict, worst first.

use crate::finding::{Category, Finding, Verdict};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Joins findings of one document, each with its sentence, and puts them in order of place. Of several findings of
/// one category in a sentence the most severe stands, of equals the first in the text, and it takes the verdicts of
/// the other markets; a duty of one category is told once a document. A silenced candidate is dropped where a
/// finding of its category speaks.
pub(super) fn merged(mut findings: Vec<(u32, Finding)>) -> Vec<Finding> {
    findings.sort_by_key(|(_, finding)| {
        (
            finding.silenced.is_some(),
            Reverse(finding.severity()),
            finding.span,
            Reverse(finding.labels.len()),
        )
    });
    let mut out: Vec<Finding> = Vec::new();
    let mut seen = FxHashMap::<(u32, Category), usize>::default();
    for (sentence, finding) in findings {
        let category = finding.rule().category;
        let place = if category.is_duty() { u32::MAX } else { sentence };
        match seen.get(&(place, category)) {
            Some(at) => join(&mut out[*at], finding),
            None => {
                seen.insert((place, category), out.len());
                out.push(finding);
            }
        }
    }
    out.sort_by(|a, b| (a.span, &a.rule().name).cmp(&(b.span, &b.rule().name)));
    out
}

fn join(into: &mut Finding, other: Finding) {
    if other.silenced.is_some() != into.silenced.is_some() {
        return;
    }
    for verdict in other.verdicts {
        let same_market = |known: &Verdict| known.rule.market == verdict.rule.market;
        if !into.verdicts.iter().any(same_market) {
            into.verdicts.push(verdict);
        }
    }
}
