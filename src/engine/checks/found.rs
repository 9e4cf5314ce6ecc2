//! Owns duties that findings create: copy that is found to promise results owes a word on them.

use super::require::{Said, enough};
use super::{Candidate, Matched};
use crate::engine::compile::{Kind, Ruleset};
use crate::engine::context::Context;
use crate::engine::merge::Joined;
use crate::engine::scan::Scan;
use crate::finding::{Category, Severity};
use crate::policy::model::Found;

/// What findings came to, market by market.
#[derive(Debug, Default)]
pub(in crate::engine) struct Tally<'r>(Vec<Entry<'r>>);

/// A finding, as a market sees it.
#[derive(Debug)]
struct Entry<'r> {
    market: &'r str,
    category: Category,
    loud: bool,
    sentence: u32,
    first: u32,
    last: u32,
}

impl<'r> Tally<'r> {
    /// Takes in what was found in a sentence.
    pub(in crate::engine) fn take(&mut self, joined: &[Joined<'r>]) {
        for draft in joined
            .iter()
            .filter(|joined| joined.silenced.is_none())
            .flat_map(|joined| &joined.drafts)
        {
            self.0.push(Entry {
                market: &draft.rule.info.market,
                category: draft.rule.info.category,
                loud: draft.severity > Severity::Advice,
                sentence: draft.candidate.sentence,
                first: draft.candidate.first,
                last: draft.candidate.last,
            });
        }
    }

    /// A candidate for each rule whose statement the document owes for what is found in it, and does not carry.
    pub(in crate::engine) fn duties<'p>(
        &self,
        rules: &'p Ruleset,
        scan: &Scan<'_>,
        context: &Context,
        matched: &Matched,
    ) -> Vec<Candidate<'p>> {
        let said = Said::new(rules, scan, matched);
        let owed = |number: u32| {
            let rule = &rules.rules[number as usize];
            let Kind::Require { found, .. } = &rule.check else {
                return None;
            };
            let enough = enough(&rule.check, context).filter(|_| context.suits(&rule.applies))?;
            let entries = || {
                let of_market = self.0.iter().filter(|entry| entry.market == rule.info.market);
                of_market.filter(|entry| entry.counts(found) > 0)
            };
            // The title is no place to say more at; what is loud tells why.
            let told = |entry: &&Entry<'_>| {
                let sentence = &scan.sentences[entry.sentence as usize];
                entry.loud && scan.block_of(sentence).kind.is_body()
            };
            let first = entries().find(told).or_else(|| entries().next())?;
            let sum: u32 = entries().map(|entry| entry.counts(found)).sum();
            (sum >= enough).then_some(())?;
            said.owed(number, first.sentence, || first.candidate(number))
        };
        let asks = |number: &u32| matches!(&rules.rules[*number as usize].check, Kind::Require { found, .. } if !found.is_empty());
        (0..rules.rules.len() as u32)
            .filter(asks)
            .filter_map(owed)
            .collect()
    }
}

impl Entry<'_> {
    /// What it comes to for a rule that goes by such findings.
    fn counts(&self, found: &Found) -> u32 {
        match self.loud {
            true => 2 * u32::from(found.loud.contains(&self.category)),
            false => u32::from(found.advised.contains(&self.category)),
        }
    }

    fn candidate<'r>(&self, rule: u32) -> Candidate<'r> {
        Candidate {
            rule,
            sentence: self.sentence,
            first: self.first,
            last: self.last,
            labels: Vec::new(),
            masked: false,
            near: None,
            about: None,
        }
    }
}
