//! Owns what kind of page a document is and what it sells: given from outside, or inferred from the copy.

use super::Given;
use super::compile::{Ruleset, Tells};
use super::names::Names;
use super::pages::Look;
use super::presence::Presence;
use super::profile::Profile;
use super::scan::Scan;
use crate::finding::{Known, Origin, Page, Product};
use crate::policy::model::Applies;
use std::sync::Arc;

/// What rules may ask of the document as a whole.
#[derive(Debug)]
pub(super) struct Context {
    /// What it sells; [`Product::Other`] where nothing tells.
    pub(super) product: Arc<Known<Product>>,
    /// What it sells besides, by points.
    pub(super) also: Vec<Product>,
    /// What it is for.
    pub(super) page: Arc<Known<Page>>,
    /// Whether it is a page of blurbs.
    pub(super) blurbs: bool,
    /// Words of visible copy.
    pub(super) words: u32,
    /// Words of full sentences.
    pub(super) told: u32,
    /// Whether it owes statements at all.
    pub(super) partial: bool,
}

/// What is sold besides reaches its mark by so many points more.
const CLEARLY: i64 = 4;

impl Context {
    pub(super) fn new(rules: &Ruleset, scan: &Scan<'_>, presence: &Presence, given: &Given) -> Self {
        let profile = Profile::new(scan, &rules.counted);
        let products = ranked(&rules.products, &profile, presence);
        let known = |tells: &Tells| known(tells, scan);
        let product = given.product.clone();
        let product = product.or_else(|| products.first().map(|(_, tells)| known(tells)));
        let product = product.unwrap_or_else(|| unknown(Product::Other));
        let clear = products.iter().filter(|(over, _)| *over >= CLEARLY);
        let others = clear.map(|(_, tells)| tells.kind);
        let also = others.filter(|kind| *kind != product.kind).collect();
        let path = given.path.as_deref().unwrap_or(scan.document.file.name());
        let look = Look {
            profile: &profile,
            presence,
            scan,
            names: &Names::new(path, &rules.scanner),
        };
        let row = look.row(&rules.pages).filter(|_| given.page.is_none());
        let page = given.page.clone().or_else(|| row.map(|row| look.page(row)));
        let page = page.unwrap_or_else(|| unknown(Page::Other));
        Self {
            product: Arc::new(product),
            also,
            page: Arc::new(page),
            blurbs: row.is_some_and(|row| row.blurbs),
            words: profile.words,
            told: profile.told,
            partial: profile.told < given.owes_from,
        }
    }
}

impl Context {
    /// Whether a rule may speak of such a page and of what it sells.
    pub(super) fn suits(&self, applies: &Applies) -> bool {
        let (product, page) = (self.product.kind, self.page.kind);
        (applies.products.is_empty() || applies.products.contains(&product))
            && !applies.not_products.contains(&product)
            && (applies.pages.is_empty() || applies.pages.contains(&page))
            && !applies.not_pages.contains(&page)
    }
}

fn unknown<K>(kind: K) -> Known<K> {
    Known {
        kind,
        from: Origin::Inferred,
        because: String::new(),
    }
}

/// The kinds that reach their mark, those that are furthest over it first, equals as they are listed.
fn ranked<'t>(tells: &'t [Tells], profile: &Profile, presence: &Presence) -> Vec<(i64, &'t Tells)> {
    let over = |kind: &Tells| profile.points(kind, presence) - i64::from(kind.at_least);
    let mut reached: Vec<_> = tells
        .iter()
        .map(|kind| (over(kind), kind))
        .filter(|(over, _)| *over >= 0)
        .collect();
    reached.sort_by_key(|(over, _)| std::cmp::Reverse(*over));
    reached
}

fn known(kind: &Tells, scan: &Scan<'_>) -> Known<Product> {
    let mut cues = kind.strong.clone();
    [&kind.weak, &kind.subjects]
        .into_iter()
        .for_each(|more| cues.extend(more));
    Known {
        kind: kind.kind,
        from: Origin::Inferred,
        because: scan.first_of(&cues),
    }
}
