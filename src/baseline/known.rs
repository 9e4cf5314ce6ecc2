//! Owns knowing old copy again: which entries the findings of a run meet, each entry at most once.

use super::{Baseline, Entry, counts, ordinal};
use crate::finding::{Decision, DecisionKind, Exception, ExceptionKind, Finding, RuleInfo};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A file that was checked.
pub struct Checked<'a> {
    /// Its path as entries name it.
    pub path: String,
    /// Its findings, in order of place.
    pub findings: Vec<&'a mut Finding>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Its file was not checked, so nothing can be said.
    Unchecked,
    /// Its file was checked and no longer says it; or its file is gone, and no new file says it.
    Gone,
    /// A finding meets it, in the file of this path.
    Met(String),
}

/// A verdict that no entry of its own file meets.
struct Left {
    file: usize,
    finding: usize,
    rule: Arc<RuleInfo>,
    sentence: Option<String>,
    ordinal: usize,
}

/// Lets pass on a day what the baseline knows, tells of other findings what reviewers decided, and says what became of
/// each entry, in order.
///
/// A file with no entry of its own may be an old one under a new name: where an entry's file is gone, the same sentence
/// in such a file meets it. A missing statement follows its file when a sentence did.
pub fn know(baseline: &Baseline, day: Date, files: &mut [Checked<'_>]) -> Vec<(Arc<Exception>, Known)> {
    let entries = &baseline.entries;
    let exceptions: Vec<Arc<Exception>> = entries.iter().map(|entry| exception(baseline, entry)).collect();
    let mut known = vec![Known::Unchecked; entries.len()];
    let mut left = Vec::new();
    for (number, file) in files.iter_mut().enumerate() {
        let first = entries.partition_point(|entry| entry.path < file.path);
        let last = entries.partition_point(|entry| entry.path <= file.path);
        let here = &entries[first..last];
        known[first..last].fill(Known::Gone);
        for (place, finding) in file.findings.iter_mut().enumerate() {
            if !counts(finding) {
                continue;
            }
            // The mildest first, so that a finding that falls silent keeps the words of its worst verdict.
            let verdicts: Vec<_> = finding.verdicts.iter().rev().cloned().collect();
            for verdict in verdicts {
                let rule = &verdict.rule;
                let sentence = super::sentence(&verdict);
                let mut met = rule.names().filter_map(|name| {
                    let key = (name, sentence, ordinal(&verdict));
                    let at = here.binary_search_by(|entry| entry.key().cmp(&key)).ok()?;
                    // An old name may stand for several rules.
                    let is_free = name != rule.name || known[first + at] == Known::Gone;
                    is_free.then_some(first + at)
                });
                if let Some(at) = met.next() {
                    known[at] = Known::Met(file.path.clone());
                    meet(finding, &rule.name, &entries[at], &exceptions[at], day);
                } else if here.is_empty() {
                    left.push(Left {
                        file: number,
                        finding: place,
                        rule: Arc::clone(rule),
                        sentence: sentence.map(str::to_owned),
                        ordinal: ordinal(&verdict) as usize,
                    });
                }
            }
        }
    }
    renamed(baseline, day, files, &exceptions, &mut known, &left);
    exceptions.into_iter().zip(known).collect()
}

/// What an entry does on a day to the verdict of a rule that meets it.
fn meet(finding: &mut Finding, rule: &str, entry: &Entry, exception: &Arc<Exception>, day: Date) {
    match &entry.decided {
        Some(decided) if !decided.lets_pass() => finding.decide(rule, decided),
        _ if entry.passes(day) => finding.except(rule, exception),
        _ => {}
    }
}

/// Entries of files that are gone, met by the same sentences in files that are new.
fn renamed(
    baseline: &Baseline,
    day: Date,
    files: &mut [Checked<'_>],
    exceptions: &[Arc<Exception>],
    known: &mut [Known],
    left: &[Left],
) {
    if left.is_empty() {
        return;
    }
    let mut claims = HashMap::<(&str, &str), Vec<usize>>::new();
    let mut duties = HashMap::<(&str, &str), usize>::new();
    let mut looked = ("", false);
    // Backwards, so that the first of a list is its last.
    for (at, entry) in baseline.entries.iter().enumerate().rev() {
        if looked.0 != entry.path {
            looked = (&entry.path, baseline.is_gone(entry));
        }
        if !looked.1 {
            continue;
        }
        known[at] = Known::Gone;
        match &entry.sentence {
            Some(sentence) => claims.entry((&entry.rule, sentence)).or_default().push(at),
            None => drop(duties.insert((&entry.rule, &entry.path), at)),
        }
    }
    let mut moved = HashMap::<usize, BTreeSet<&str>>::new();
    let mut take = |left: &Left, at: usize| {
        let file = &mut files[left.file];
        known[at] = Known::Met(file.path.clone());
        let finding = &mut file.findings[left.finding];
        meet(
            finding,
            &left.rule.name,
            &baseline.entries[at],
            &exceptions[at],
            day,
        );
    };
    for left in left {
        let Some(sentence) = &left.sentence else {
            continue;
        };
        let mut same = left.rule.names().filter_map(|name| {
            let same = claims.get_mut(&(name, sentence.as_str()))?;
            if name == left.rule.name {
                return same.pop();
            }
            // An old name may stand for several rules.
            same.iter().rev().nth(left.ordinal).copied()
        });
        if let Some(at) = same.next() {
            moved
                .entry(left.file)
                .or_default()
                .insert(&baseline.entries[at].path);
            take(left, at);
        }
    }
    for left in left.iter().filter(|left| left.sentence.is_none()) {
        let old = moved.get(&left.file).into_iter().flatten();
        let duty = old.flat_map(|old| left.rule.names().map(move |name| (name, *old)));
        let mut duty = duty.filter_map(|duty| duties.remove(&duty));
        if let Some(at) = duty.next() {
            take(left, at);
        }
    }
}

fn exception(baseline: &Baseline, entry: &Entry) -> Arc<Exception> {
    let decided = entry.decided.as_deref();
    let old = || match entry.excerpt.trim() {
        words if words.is_empty() || entry.sentence.is_none() => "old copy".into(),
        words => format!("old copy: {words}"),
    };
    let reason = |decided: &Decision| {
        let reason = decided.reason.clone().unwrap_or_default();
        let is_false = decided.kind == DecisionKind::FalseAlarm;
        if is_false {
            format!("false alarm: {reason}")
        } else {
            reason
        }
    };
    Arc::new(Exception {
        kind: decided.map_or(ExceptionKind::Baseline, |_| ExceptionKind::Decision),
        rule: entry.rule.clone(),
        file: Arc::clone(&baseline.file),
        span: entry.span,
        covers: entry.path.clone(),
        reason: decided.map_or_else(old, reason),
        by: decided.map(|decided| decided.by.clone()),
        since: Some(entry.recorded.to_string()),
        until: decided
            .and_then(|decided| decided.until)
            .map(|until| until.to_string()),
        ticket: None,
    })
}
