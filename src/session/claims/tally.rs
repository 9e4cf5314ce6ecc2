//! Owns what the registers of a run come to, over all of its files.

use super::{Kept, Met, Used};
use crate::config::Settings;
use crate::finding::{Finding, Severity, Standing};
use crate::register::Force;
use crate::session::rules::Library;
use crate::session::{Checked, Job, Judgement, own};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;

/// So many days ahead it is said that a review is due.
const AHEAD: i64 = 30;

/// What the registers of a run come to: their own findings, their claims as exceptions, how often each was used.
pub(in crate::session) fn tell(
    jobs: &[Job],
    checked: &mut [Checked],
    library: &Library,
) -> (Vec<Judgement>, Vec<Standing>, Vec<Used>) {
    let (mut findings, mut standings, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let mut tallies: Vec<Tally<'_>> = Vec::new();
    for (job, checked) in jobs.iter().zip(checked) {
        if let Some(met) = checked
            .met
            .take()
            .filter(|met| met.kept.register.mistakes.is_empty())
        {
            let known = tallies
                .iter()
                .position(|tally| Arc::ptr_eq(&tally.kept, &met.kept));
            let at = known.unwrap_or_else(|| {
                tallies.push(Tally::new(&met.kept, &job.settings));
                tallies.len() - 1
            });
            // What was not judged for a broken policy may use any claim.
            tallies[at].blind |= checked.facts.is_none() && checked.unchecked.is_none();
            tallies[at].add(met);
        }
    }
    tallies.sort_by(|a, b| a.kept.register.file.name().cmp(b.kept.register.file.name()));
    for tally in tallies {
        let register = &tally.kept.register;
        let below = library
            .walked
            .iter()
            .any(|folder| tally.kept.folder.starts_with(folder));
        let whole = below && !tally.blind;
        for at in 0..register.claims.len() {
            let found = tally.told(at, whole, library.as_of);
            findings.extend(found.map(|finding| Judgement::new(finding, tally.settings)));
        }
        let held = register
            .claims
            .iter()
            .zip(&tally.kept.exceptions)
            .zip(&tally.used);
        let held = held.filter(|((claim, _), _)| claim.force(library.as_of) != Force::Withdrawn);
        standings.extend(held.map(|((_, exception), used)| Standing {
            exception: Arc::clone(exception),
            used: *used,
        }));
        used.push(Used {
            register: Arc::clone(register),
            claims: tally.used,
        });
    }
    (findings, standings, used)
}

/// What all files have to do with one register.
struct Tally<'a> {
    kept: Arc<Kept>,
    settings: &'a Settings,
    markets: HashSet<String>,
    /// Findings that each claim lets pass.
    used: Vec<usize>,
    /// Whether copy was left unjudged.
    blind: bool,
    /// Claims that stand in copy, or nearly.
    met: HashSet<usize>,
}

impl<'a> Tally<'a> {
    fn new(kept: &Arc<Kept>, settings: &'a Settings) -> Self {
        Self {
            kept: Arc::clone(kept),
            settings,
            markets: HashSet::new(),
            used: vec![0; kept.register.claims.len()],
            blind: false,
            met: HashSet::new(),
        }
    }

    fn add(&mut self, met: Met) {
        for (claim, used) in met.claims {
            self.used[claim] += used;
            self.met.insert(claim);
        }
        self.markets.extend(met.markets);
    }

    /// What is to be said of a claim at its place in the register; `whole`: all copy below the register was checked.
    fn told(&self, at: usize, whole: bool, as_of: Date) -> Option<Finding> {
        let claim = &self.kept.register.claims[at];
        let soon = as_of.checked_add(AHEAD.days()).unwrap_or(as_of);
        let idle = whole && !self.met.contains(&at);
        let here = claim.markets.is_empty() || self.markets.iter().any(|market| claim.covers_market(market));
        let (id, until) = (&claim.id, claim.review_by);
        let (rule, message, help) = match claim.force(as_of) {
            Force::Expired if idle => (
                own::CLAIM_REVIEW,
                format!("the approval of claim `{id}` ended on {until}"),
                "Have it reviewed and set a new `review-by`, or take it out of the register: no copy uses it.",
            ),
            Force::Holds if claim.review_by <= soon && (whole || self.met.contains(&at)) => (
                own::CLAIM_REVIEW,
                format!("the approval of claim `{id}` ends on {until}"),
                "Have it reviewed and set a new `review-by`; from the next day on its use is an error.",
            ),
            Force::Holds if idle && here => (
                own::CLAIM_UNUSED,
                format!("no copy needs claim `{id}`"),
                "No finding is let pass by it: the copy has it no longer, in other words, or no rule minds it.",
            ),
            _ => return None,
        };
        let file = Some(Arc::clone(&self.kept.register.file));
        let mut finding = rule.finding(Severity::Advice, file, claim.span, message);
        finding.advise(help.to_owned());
        Some(finding)
    }
}
