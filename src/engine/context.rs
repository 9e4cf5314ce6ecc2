//! Owns what kind of page a document is and what it sells: given from outside, or inferred from the copy.

use super::Given;
use super::compile::{Ruleset, Tells};
use super::presence::Presence;
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
    /// Words of visible copy.
    pub(super) words: u32,
    /// Whether it owes statements at all.
    pub(super) partial: bool,
}

/// Sentences of so many words are running text; shorter ones are labels and buttons.
const RUNNING: u32 = 5;
/// What a strong cue counts.
const STRONG: i64 = 3;

impl Context {
    pub(super) fn new(rules: &Ruleset, scan: &Scan<'_>, presence: &Presence, given: &Given) -> Self {
        let body = |sentence: &&super::scan::Sentence| scan.block_of(sentence).kind.is_body();
        let lengths = || {
            scan.sentences
                .iter()
                .filter(body)
                .map(|sentence| sentence.tokens.len() as u32)
        };
        let running: u32 = lengths().filter(|words| *words >= RUNNING).sum();
        let products = ranked(&rules.products, presence);
        let known = |tells: &Tells<Product>| known(tells, scan);
        let product = given.product.clone();
        let product = product.or_else(|| products.first().copied().map(known));
        let product = product.unwrap_or_else(|| unknown(Product::Other));
        let others = products.iter().map(|tells| tells.kind);
        let also = others.filter(|kind| *kind != product.kind).collect();
        let page = || {
            ranked(&rules.pages, presence)
                .first()
                .map(|tells| self::known(tells, scan))
        };
        let page = given.page.clone().or_else(page);
        let page = page.unwrap_or_else(|| unknown(Page::Other));
        Self {
            product: Arc::new(product),
            also,
            page: Arc::new(page),
            words: lengths().sum(),
            partial: running < given.owes_from,
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

/// The kinds that reach their mark, those with the most points first, equals as they are listed.
fn ranked<'t, K>(tells: &'t [Tells<K>], presence: &Presence) -> Vec<&'t Tells<K>> {
    let with_points = tells.iter().map(|kind| (points(kind, presence), kind));
    let mut reached: Vec<_> = with_points
        .filter(|(points, kind)| *points >= i64::from(kind.at_least))
        .collect();
    reached.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    reached.into_iter().map(|(_, kind)| kind).collect()
}

fn known<K: Copy>(kind: &Tells<K>, scan: &Scan<'_>) -> Known<K> {
    Known {
        kind: kind.kind,
        from: Origin::Inferred,
        because: because(kind, scan),
    }
}

fn points<K>(kind: &Tells<K>, presence: &Presence) -> i64 {
    let count = |set| i64::from(presence.distinct(set, u32::MAX));
    count(&kind.weak) + STRONG * (count(&kind.strong) - count(&kind.against))
}

/// The first few distinct cues, in the order of the document.
fn because<K>(kind: &Tells<K>, scan: &Scan<'_>) -> String {
    let mut words: Vec<String> = Vec::new();
    for sentence in &scan.sentences {
        for hit in scan.hits_of(sentence).iter().filter(|hit| !hit.masked()) {
            if !(kind.strong.has(hit.lexicon()) || kind.weak.has(hit.lexicon())) {
                continue;
            }
            let word = scan.words(sentence, hit.first, hit.last()).to_lowercase();
            if !words.contains(&word) {
                words.push(word);
            }
            if words.len() == 3 {
                return words.join(", ");
            }
        }
    }
    words.join(", ")
}
