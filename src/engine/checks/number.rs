//! Owns the check `number`: amounts, periods and the arithmetic between them.

use crate::engine::scan::{Scan, Scanner, Sentence};
use crate::policy::model::{LexiconId, Number};

/// Units by the lexicon that names them, with their factors.
type Units = Vec<(LexiconId, f64)>;

/// The quantities that a rule asks for.
#[derive(Debug)]
pub(in crate::engine) struct Quantity {
    amount: Units,
    period: Units,
    over: Option<f64>,
    at_most: Option<f64>,
    rate: Option<f64>,
    for_at_least: Option<f64>,
}

/// A quantity in the text: its value in the unit that limits count in, and its first and last token.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Found {
    value: f64,
    first: u32,
    last: u32,
}

impl Quantity {
    pub(in crate::engine) fn new(number: &Number, amount: Units, period: Units) -> Self {
        let Number {
            over,
            at_most,
            rate,
            for_at_least,
            ..
        } = *number;
        Self {
            amount,
            period,
            over,
            at_most,
            rate,
            for_at_least,
        }
    }

    /// The first and last token of the amount (and period) that breaks a limit.
    pub(in crate::engine) fn breach(
        &self,
        scanner: &Scanner,
        scan: &Scan<'_>,
        sentence: &Sentence,
    ) -> Option<(u32, u32)> {
        let amounts = quantities(&self.amount, scanner, scan, sentence);
        let periods = quantities(&self.period, scanner, scan, sentence);
        let shortest = periods
            .iter()
            .filter(|period| self.counts(period))
            .map(|period| period.value);
        let shortest = shortest.fold(f64::INFINITY, f64::min);
        let limits = self.over.is_some() || self.at_most.is_some() || self.rate.is_some();
        for amount in &amounts {
            if !limits
                || self.over.is_some_and(|over| amount.value > over)
                || self.at_most.is_some_and(|most| amount.value <= most)
            {
                return Some((amount.first, amount.last));
            }
            let fast = |period: f64| self.rate.is_some_and(|rate| amount.value / period >= rate);
            // Where it is not fast over the shortest period, it is so over none.
            if fast(shortest)
                && let Some(period) = periods
                    .iter()
                    .find(|period| self.counts(period) && fast(period.value))
            {
                return Some((amount.first.min(period.first), amount.last.max(period.last)));
            }
        }
        None
    }

    /// Whether a rate is asked over this period.
    fn counts(&self, period: &Found) -> bool {
        period.value > 0.0 && self.for_at_least.is_none_or(|least| period.value >= least)
    }
}

/// Every number directly before a unit.
fn quantities(units: &Units, scanner: &Scanner, scan: &Scan<'_>, sentence: &Sentence) -> Vec<Found> {
    let mut out = Vec::new();
    for hit in scan.hits_of(sentence) {
        let Some((_, factor)) = units.iter().find(|(lexicon, _)| *lexicon as u32 == hit.lexicon()) else {
            continue;
        };
        let Some(at) = hit.first.checked_sub(1).filter(|at| *at >= sentence.tokens.start) else {
            continue;
        };
        if let Some(value) = value(scanner, scan, at) {
            out.push(Found {
                value: value * factor,
                first: at,
                last: hit.last(),
            });
        }
    }
    out
}

/// The value of the number at a token.
fn value(scanner: &Scanner, scan: &Scan<'_>, at: u32) -> Option<f64> {
    let token = scan.tokens[at as usize];
    if let Some(value) = scanner.numbers.get(&token.word()) {
        return Some(*value);
    }
    let folded = scan.folded.text();
    folded
        .get(token.start as usize..token.end() as usize)?
        .replace(',', "")
        .parse()
        .ok()
}
