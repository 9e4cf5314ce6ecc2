//! Owns laying suppressions over findings: one sweep for each rule, whatever their number.

use super::Item;
use crate::finding::{Exception, Finding};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::Arc;

/// A verdict that may be let pass.
struct Asked {
    /// Where the finding, or the verdict's own finding, starts.
    at: u32,
    finding: usize,
    verdict: usize,
}

/// Lets pass every verdict whose rule is suppressed where the finding is shown, or where that verdict alone would be.
pub(super) fn apply(items: &[Item], findings: &mut [Finding]) {
    // In an order, as a verdict may be let pass under each of its names.
    let mut by_rule = BTreeMap::<&str, (Vec<&Item>, Vec<Asked>)>::new();
    for item in items.iter().filter(|item| item.reach.is_some()) {
        by_rule.entry(&item.exception.rule).or_default().0.push(item);
    }
    if by_rule.is_empty() {
        return;
    }
    for (number, finding) in findings.iter().enumerate() {
        if finding.silenced.is_some() || !finding.rule().category.is_of_copy() {
            continue;
        }
        for (verdict, told) in finding.verdicts.iter().enumerate() {
            for name in told.rule.names() {
                let Some((_, asked)) = by_rule.get_mut(name) else {
                    continue;
                };
                asked.extend([finding.span.start, told.span.start].map(|at| Asked {
                    at,
                    finding: number,
                    verdict,
                }));
            }
        }
    }
    let mut passed = HashMap::<usize, Vec<(usize, Arc<Exception>)>>::new();
    for (items, asked) in by_rule.into_values() {
        sweep(items, asked, |asked, item| {
            let known = passed.entry(asked.finding).or_default();
            if known.iter().all(|(verdict, _)| *verdict != asked.verdict) {
                known.push((asked.verdict, Arc::clone(&item.exception)));
            }
        });
    }
    for (number, mut verdicts) in passed {
        // The mildest first, so that a finding that falls silent keeps the words of its worst verdict.
        verdicts.sort_by_key(|(verdict, _)| Reverse(*verdict));
        let rules: Vec<String> = findings[number]
            .verdicts
            .iter()
            .map(|verdict| verdict.rule.name.clone())
            .collect();
        for (verdict, exception) in verdicts {
            findings[number].except(&rules[verdict], &exception);
        }
    }
}

/// Calls `cover` for every place asked for that an item reaches, with the item that reaches furthest.
fn sweep(mut items: Vec<&Item>, mut asked: Vec<Asked>, mut cover: impl FnMut(&Asked, &Item)) {
    items.sort_by_key(|item| item.reach);
    asked.sort_by_key(|asked| (asked.at, asked.finding, asked.verdict));
    let mut open = BinaryHeap::new();
    let mut next = 0;
    for asked in &asked {
        while let Some((item, reach)) = items.get(next).and_then(|item| Some((item, item.reach?))) {
            if reach.start > asked.at {
                break;
            }
            open.push((reach.end, Reverse(item.exception.span.start), next));
            next += 1;
        }
        // One that ends before the furthest end of all is of no use where that one has ended.
        while open.peek().is_some_and(|(end, ..)| *end <= asked.at) {
            open.pop();
        }
        if let Some((.., index)) = open.peek() {
            cover(asked, items[*index]);
        }
    }
}
