//! Owns the check `qualify`: a trigger is harmless when a qualifier stands near it.

use super::claim::Matched;
use crate::engine::compile::{Kind, Ruleset, Use};
use crate::engine::presence::reach;
use crate::engine::scan::Scan;
use crate::policy::model::Within;
use rustc_hash::FxHashMap;

/// For each rule that asks for qualifiers the sentences that hold one, in order.
pub(in crate::engine) fn qualifiers(rules: &Ruleset, matched: &Matched) -> FxHashMap<u32, Vec<u32>> {
    let mut out = FxHashMap::<u32, Vec<u32>>::default();
    for (entry, at) in &matched.answers {
        let entry = &rules.entries[*entry as usize];
        let asks = matches!(rules.rules[entry.rule as usize].check, Kind::Qualify { .. });
        if asks && entry.used == Use::Answer {
            out.entry(entry.rule).or_default().push(*at);
        }
    }
    out
}

/// Whether one of the `answers` (sentences, in order) stands near the sentence `at`.
pub(in crate::engine) fn qualified(scan: &Scan<'_>, answers: &[u32], at: u32, within: Within) -> bool {
    let (from, to) = reach(within, scan, at);
    let next = answers.partition_point(|answer| *answer < from);
    answers.get(next).is_some_and(|answer| *answer < to)
}
