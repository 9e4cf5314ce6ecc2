//! Owns the check `qualify`: a trigger is harmless when a qualifier stands near it.

use crate::engine::presence::reach;
use crate::engine::scan::Scan;
use crate::policy::model::Within;

/// Whether one of the `answers` (sentences, in order) stands near the sentence `at`.
pub(in crate::engine) fn qualified(scan: &Scan<'_>, answers: &[u32], at: u32, within: Within) -> bool {
    let (from, to) = reach(within, scan, at);
    let next = answers.partition_point(|answer| *answer < from);
    answers.get(next).is_some_and(|answer| *answer < to)
}
