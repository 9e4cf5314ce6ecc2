//! Owns what is told of decisions that let findings pass for a time: that it is over, or nearly so.

use super::own;
use crate::baseline::{Baseline, Entry, Known};
use crate::data::Mistake;
use crate::finding::{Finding, Severity};
use jiff::civil::Date;
use std::sync::Arc;

/// A decision that ends within so many days is told of.
const SOON: i32 = 30;

/// What is told of the entries that findings meet: once that some are over, and once that some end soon.
pub(super) fn ends(baseline: &Baseline, known: &[Known], day: Date) -> Vec<Finding> {
    let met = baseline.entries.iter().zip(known);
    let met = met.filter(|(_, known)| matches!(known, Known::Met(_)));
    let mut ending: Vec<(&Entry, Date)> = met
        .filter_map(|(entry, _)| Some((entry, entry.decided.as_ref()?.until?)))
        .filter(|(_, until)| super::age(day, *until) <= SOON)
        .collect();
    ending.sort_by_key(|(entry, until)| (*until, entry.span));
    let over = ending.partition_point(|(_, until)| *until < day);
    let (over, soon) = ending.split_at(over);
    let help = "`caveat review` shows them; set the copy right, or agree on a later day";
    let told = |entries: &[(&Entry, Date)], severity, rule: own::Own, what: [&str; 2]| {
        let (first, until) = entries.first()?;
        let message = match entries.len() {
            1 => format!("the decision that lets this pass {} {until}", what[0]),
            count => format!(
                "{count} decisions that let findings pass {}; the first {} {until}",
                what[1], what[0]
            ),
        };
        let mistake = Mistake::new(first.span, message).help(help);
        Some(rule.told(severity, Some(Arc::clone(&baseline.file)), &mistake))
    };
    let over = told(over, Severity::Error, own::EXPIRED, ["ended on", "are over"]);
    let soon = told(soon, Severity::Advice, own::ENDS_SOON, ["ends on", "end soon"]);
    over.into_iter().chain(soon).collect()
}
