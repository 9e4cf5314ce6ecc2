//! Owns one document on its way past the register: what is let pass, and what is found.

use super::rest::Rest;
use super::{Kept, Met};
use crate::config::MARKETS;
use crate::document::{Block, Document};
use crate::engine::Ruleset;
use crate::finding::{Exception, Finding, Known, Label, Origin, Product, Severity, Verdict};
use crate::register::{Claim, Force, Passage, Register, Stand};
use crate::session::own::{self, Own};
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;

/// A document on its way past the register.
pub(super) struct Reading<'a> {
    register: &'a Register,
    exceptions: &'a [Arc<Exception>],
    rules: &'a Ruleset,
    as_of: Date,
    met: &'a mut Met,
    /// What was said, by rule, claim and place: several findings may lie in one claim.
    said: HashSet<(&'static str, usize, Span<Source>)>,
    /// Findings to be added.
    pub(super) found: Vec<Finding>,
}

/// A block on its way.
struct Passing<'d> {
    block: &'d Block,
    passage: Passage<'d>,
    /// By place.
    stands: Vec<Stand>,
    /// The length of the longest.
    longest: u32,
    /// How far sentences were looked for.
    from: usize,
}

impl Passing<'_> {
    /// The claims that stand over everything that a finding rests on.
    fn over(&self, finding: &Finding) -> Vec<Stand> {
        let place = whole(finding);
        let first = self
            .stands
            .partition_point(|stand| stand.span.start + self.longest < place.start);
        let near = self.stands[first..].iter();
        let near = near.take_while(|stand| stand.span.start <= place.start);
        near.filter(|stand| stand.span.contains(place)).copied().collect()
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(kept: &'a Kept, rules: &'a Ruleset, as_of: Date, met: &'a mut Met) -> Self {
        Self {
            register: &kept.register,
            exceptions: &kept.exceptions,
            rules,
            as_of,
            met,
            said: HashSet::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn document(&mut self, document: &Document, findings: &mut [Finding]) {
        let mut claims: Vec<usize> = (0..findings.len())
            .filter(|at| findings[*at].silenced.is_none() && findings[*at].rule().category.is_claim())
            .collect();
        claims.sort_by_key(|at| findings[*at].span);
        for block in &document.blocks {
            let mut here: Vec<usize> = Vec::new();
            for run in block.prose.runs() {
                let from = claims.partition_point(|at| findings[*at].span.start < run.from.start);
                let within = claims[from..].iter();
                here.extend(within.take_while(|at| findings[**at].span.start < run.from.end));
            }
            here.dedup();
            if !here.is_empty() {
                self.block(block, &here, findings);
            }
        }
        self.over(document);
    }

    /// Says where claims stand that are withdrawn or expired, whether or not a rule speaks of them.
    fn over(&mut self, document: &Document) {
        let is_over = |claim: &Claim| matches!(claim.force(self.as_of), Force::Withdrawn | Force::Expired);
        if !self.register.claims.iter().any(is_over) {
            return;
        }
        for block in &document.blocks {
            let stands = self.register.stands(&Passage::new(block));
            let holds = |other: &Stand| self.register.claims[other.claim].force(self.as_of) == Force::Holds;
            let holding: Vec<Stand> = stands.iter().copied().filter(holds).collect();
            for stand in stands {
                // One that holds is enough.
                if holding.iter().any(|other| other.span.contains(stand.span)) {
                    continue;
                }
                let claim = &self.register.claims[stand.claim];
                let Some((rule, message, help)) = self.ended(claim) else {
                    continue;
                };
                self.met.claims.push((stand.claim, 0));
                if self.said.insert((rule.name(), stand.claim, stand.span)) {
                    let file = Some(Arc::clone(&document.file));
                    let mut told = rule.finding(Severity::Error, file, stand.span, message);
                    told.advise(help);
                    self.found.push(told);
                }
            }
        }
    }

    fn block(&mut self, block: &Block, here: &[usize], findings: &mut [Finding]) {
        let passage = Passage::new(block);
        let mut stands = self.register.stands(&passage);
        stands.sort_by_key(|stand| stand.span);
        let mut passing = Passing {
            block,
            longest: stands.iter().map(|stand| stand.span.len()).max().unwrap_or(0),
            passage,
            stands,
            from: 0,
        };
        for at in here {
            let finding = &mut findings[*at];
            if finding.silenced.is_some() {
                continue;
            }
            let over = passing.over(finding);
            if over.is_empty() {
                self.drift(&mut passing, finding);
            } else if let Some(stand) = self.approved(&over, finding) {
                self.rest(&mut passing, stand, finding);
            }
        }
    }

    /// The engine tells one claim of a kind in each clause; behind an approved one another may hide.
    fn rest(&mut self, passing: &mut Passing<'_>, stand: Stand, finding: &Finding) {
        let passage = &passing.passage;
        let Some(sentence) = passage.sentence(&finding.folded, finding.span, &mut passing.from) else {
            return;
        };
        let rest = Rest {
            rules: self.rules,
            block: passing.block,
            passage,
            sentence,
            stand: stand.span,
        };
        for mut other in rest.claims(finding) {
            let over = passing.over(&other);
            if !over.is_empty() {
                self.approved(&over, &mut other);
            }
            if other.silenced.is_none() {
                self.found.push(other);
                // As behind any finding: what hides behind this one comes to light when it is gone.
                return;
            }
        }
    }

    /// What the claims that stand over a finding say of it; where one lets it pass, or a verdict of it, which.
    fn approved(&mut self, over: &[Stand], finding: &mut Finding) -> Option<Stand> {
        let mut passed: Vec<(String, Arc<Exception>)> = Vec::new();
        let mut by: Option<Stand> = None;
        let mut wrong = Vec::new();
        for stand in over {
            let claim = &self.register.claims[stand.claim];
            match self.refused(claim, finding) {
                None => {
                    let covered = |verdict: &&Verdict| passes(claim, verdict, &self.met.markets);
                    let rules = finding.verdicts.iter().filter(covered);
                    let exception = &self.exceptions[stand.claim];
                    passed.extend(rules.map(|verdict| (verdict.rule.name.clone(), Arc::clone(exception))));
                    self.met.claims.push((stand.claim, 1));
                    by = by.or(Some(*stand));
                }
                Some(refused) => {
                    self.met.claims.push((stand.claim, 0));
                    wrong.push((*stand, refused));
                }
            }
        }
        // One that holds is enough.
        if by.is_none() {
            for (stand, (rule, message, help)) in wrong {
                let mut told = rule.finding(Severity::Error, finding.file.clone(), stand.span, message);
                told.advise(help);
                self.say(rule, stand.claim, told, finding);
            }
        }
        // The mildest first, so that a finding that falls silent keeps the words of its worst verdict.
        for (rule, exception) in passed.iter().rev() {
            finding.except(rule, exception);
        }
        by
    }

    /// Why a claim holds no longer: the rule, the message and the help.
    fn ended(&self, claim: &Claim) -> Option<(Own, String, String)> {
        let id = &claim.id;
        let place = format!("{}:{}", self.register.file.name(), self.register.line(claim));
        match claim.force(self.as_of) {
            Force::Withdrawn => {
                let withdrawn = claim.withdrawn.as_ref();
                let why = withdrawn.map_or("", |withdrawn| withdrawn.reason.as_str());
                let on = withdrawn.and_then(|withdrawn| withdrawn.on);
                let on = on.map(|on| format!(" since {on}")).unwrap_or_default();
                Some((
                    own::CLAIM_WITHDRAWN,
                    format!("the copy uses claim `{id}`, which is withdrawn{on}"),
                    format!("Take it out of the copy. Why it is withdrawn ({place}): {why}"),
                ))
            }
            Force::Expired => Some((
                own::CLAIM_EXPIRED,
                format!(
                    "the copy uses claim `{id}`, whose approval ended on {}",
                    claim.review_by
                ),
                format!("Have it reviewed and set a new `review-by` in {place}, or take it out of the copy."),
            )),
            Force::NotYet | Force::Holds => None,
        }
    }

    /// Why a claim lets a finding not pass: the rule, the message and the help.
    fn refused(&self, claim: &Claim, finding: &Finding) -> Option<(Own, String, String)> {
        if let Some(ended) = self.ended(claim) {
            return Some(ended);
        }
        let id = &claim.id;
        let place = format!("{}:{}", self.register.file.name(), self.register.line(claim));
        if claim.force(self.as_of) == Force::NotYet {
            return Some((
                own::CLAIM_EARLY,
                format!(
                    "the copy uses claim `{id}`, which is approved only from {} on",
                    claim.approved
                ),
                format!("{place} says from when on."),
            ));
        }
        if let Some(product) = &finding.product
            && !suits(claim, product)
        {
            let names: Vec<&str> = claim.products.iter().map(|kind| kind.name()).collect();
            return Some((
                own::CLAIM_ELSEWHERE,
                format!(
                    "the copy uses claim `{id}`, which is not approved for the product `{}`",
                    product.kind
                ),
                format!(
                    "{place} approves it for {}. Where the page is read wrongly, caveat.yaml can say its product.",
                    names.join(", ")
                ),
            ));
        }
        let covered = |verdict: &Verdict| passes(claim, verdict, &self.met.markets);
        if !finding.verdicts.iter().any(covered) {
            let rules = finding
                .verdicts
                .iter()
                .map(|verdict| verdict.rule.market.as_str());
            let mut markets: Vec<&str> = rules.filter(|market| MARKETS.contains(market)).collect();
            markets.extend(self.met.markets.iter().map(String::as_str));
            markets.retain(|market| !claim.covers_market(market));
            markets.sort_unstable();
            markets.dedup();
            return Some((
                own::CLAIM_ELSEWHERE,
                format!(
                    "the copy uses claim `{id}`, which is not approved for {}",
                    markets.join(", ")
                ),
                format!("{place} approves it for {}.", claim.markets.join(", ")),
            ));
        }
        None
    }

    /// Says how a sentence differs from the approved wording that it nearly is.
    fn drift(&mut self, passing: &mut Passing<'_>, finding: &Finding) {
        let meant = |claim: &Claim| {
            claim.force(self.as_of) == Force::Holds
                && finding
                    .product
                    .as_ref()
                    .is_none_or(|product| suits(claim, product))
                && finding
                    .verdicts
                    .iter()
                    .any(|verdict| passes(claim, verdict, &self.met.markets))
        };
        let Some(near) = self.register.near(&finding.folded, meant) else {
            return;
        };
        let Some(sentence) = passing
            .passage
            .sentence(&finding.folded, finding.span, &mut passing.from)
        else {
            return;
        };
        let passage = &passing.passage;
        let claim = &self.register.claims[near.claim];
        self.met.claims.push((near.claim, 0));
        let message = format!("the sentence is nearly the approved claim `{}`", claim.id);
        let file = finding.file.clone();
        let mut told = own::CLAIM_DRIFT.finding(Severity::Warning, file, passage.whole(sentence), message);
        let place = format!("{}:{}", self.register.file.name(), self.register.line(claim));
        told.advise(format!(
            "approved ({place}): «{}»; {}. Use the approved wording, or have this one approved as a variation.",
            claim.wordings[near.wording].text,
            near.drift.told()
        ));
        let added = near.drift.adds.iter();
        told.labels = added
            .map(|(part, _)| Label {
                span: passage.part(sentence, *part),
                text: "is not in the approved text".into(),
            })
            .collect();
        self.say(own::CLAIM_DRIFT, near.claim, told, finding);
    }

    fn say(&mut self, rule: Own, claim: usize, mut told: Finding, beside: &Finding) {
        if self.said.insert((rule.name(), claim, told.span)) {
            told.folded.clone_from(&beside.folded);
            told.product.clone_from(&beside.product);
            told.page.clone_from(&beside.page);
            self.found.push(told);
        }
    }
}

/// Everything that a finding rests on: what makes it may stand outside of its span.
fn whole(finding: &Finding) -> Span<Source> {
    let labels = finding.labels.iter();
    labels.fold(finding.span, |whole, label| whole.hull(label.span))
}

/// Whether a claim may be made of a product. Where nothing tells the product, nothing speaks against it.
fn suits(claim: &Claim, product: &Known<Product>) -> bool {
    let untold = product.kind == Product::Other && product.from == Origin::Inferred;
    untold || claim.covers_product(product.kind)
}

/// Whether a claim lets a verdict pass. Rules of no one market speak for all that are in force.
fn passes(claim: &Claim, verdict: &Verdict, markets: &[String]) -> bool {
    let market = verdict.rule.market.as_str();
    if MARKETS.contains(&market) {
        claim.covers_market(market)
    } else {
        markets.iter().all(|market| claim.covers_market(market))
    }
}
