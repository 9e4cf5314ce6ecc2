//! Owns judging claims by tables: in each market the first row that fits decides.

use super::Claim;
use super::classes::Classes;
use crate::engine::checks::{Candidate, Part};
use crate::engine::compile::Kind;
use crate::engine::judge::Case;
use crate::engine::scan::Scan;
use crate::engine::set::IdSet;
use crate::finding::Product;
use crate::policy::model::{Mood, Shape, Speaker};
use std::collections::BTreeSet;

/// What a row asks of a claim, compiled. What is empty asks nothing.
#[derive(Debug)]
pub(in crate::engine) struct Row {
    pub(in crate::engine) effect: IdSet,
    pub(in crate::engine) target: IdSet,
    pub(in crate::engine) subject: IdSet,
    pub(in crate::engine) standing: BTreeSet<Product>,
    pub(in crate::engine) shape: BTreeSet<Shape>,
    pub(in crate::engine) speaker: Option<Speaker>,
    pub(in crate::engine) mood: Option<Mood>,
    pub(in crate::engine) with: IdSet,
    pub(in crate::engine) without: IdSet,
}

impl Row {
    /// Whether the row judges such a claim on a page that sells `product`.
    pub(in crate::engine) fn fits(&self, claim: &Claim, product: Product, scan: &Scan<'_>) -> bool {
        let asks =
            |set: &IdSet, class: Option<u32>| set.is_empty() || class.is_some_and(|class| set.has(class));
        let standing = || claim.subject.map_or(product, |(_, kind)| kind);
        let said = |set: &IdSet| {
            let hits = scan.hits_of(&scan.sentences[claim.effect.sentence as usize]);
            hits.iter().any(|hit| !hit.masked() && set.has(hit.lexicon()))
        };
        asks(&self.effect, Some(claim.effect.class))
            && asks(&self.target, claim.target.map(|target| target.class))
            && asks(&self.subject, claim.subject.map(|(term, _)| term.class))
            && (self.shape.is_empty() || self.shape.contains(&claim.shape))
            && self.speaker.is_none_or(|speaker| speaker == claim.speaker)
            && self.mood.is_none_or(|mood| mood == claim.mood)
            && (self.standing.is_empty() || self.standing.contains(&standing()))
            && (self.with.is_empty() || said(&self.with))
            && (self.without.is_empty() || !said(&self.without))
    }
}

impl<'r> Case<'r, '_> {
    /// What the tables say of the claims, in order of sentences, one by one: a page of claims has very many.
    pub(in crate::engine) fn judged(&self) -> impl Iterator<Item = Candidate<'r>> {
        self.spoken.claims.iter().flat_map(|claim| {
            let rows = self.rows(claim);
            rows.map(|number| claim.candidate(number, &self.rules.classes))
        })
    }

    /// In each table the first row that fits the claim.
    pub(super) fn rows(&self, claim: &Claim) -> impl Iterator<Item = u32> {
        let fits = |number: &&u32| {
            let rule = &self.rules.rules[**number as usize];
            let Kind::When(row) = &rule.check else {
                return false;
            };
            row.fits(claim, self.context.product.kind, &self.scan)
                && self.applies(rule, claim.effect.sentence)
        };
        let tables = self.rules.tables.iter();
        tables.filter_map(move |rows| rows.iter().find(fits).copied())
    }
}

impl Claim {
    /// The claim as a candidate of a row's rule: its words, the effect's and the target's labelled.
    pub(in crate::engine) fn candidate<'r>(&self, rule: u32, classes: &'r Classes) -> Candidate<'r> {
        let parts = [Some(self.effect), self.target];
        let labels = parts.into_iter().flatten().filter_map(|term| {
            let role = classes.role(term.class)?;
            Some(Part::new(term.sentence, term.words, role))
        });
        let effect = self.effect.words;
        let here = self
            .target
            .filter(|target| target.sentence == self.effect.sentence);
        let target = here.map_or(effect, |target| target.words);
        Candidate {
            rule,
            sentence: self.effect.sentence,
            first: effect.first.min(target.first),
            last: effect.last.max(target.last),
            labels: labels.collect(),
            masked: false,
            near: None,
            about: self.subject.map(|(_, kind)| kind),
        }
    }
}
