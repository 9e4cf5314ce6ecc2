//! Owns the keys of a rule: what it is called, says and applies to, and its examples. Those of checks are theirs.

use super::{SEVERITIES, categories};
use crate::data::Needed::{Any, Unless, Yes};
use crate::data::Shape::{AnyOf, Called, Count, Day, Like, List, Named, Object, Text};
use crate::data::{Key, SLUG, Shape, joined, keys};
use crate::document::SCOPES;
use crate::finding::{Page, Product};
use crate::policy::check::CHECKS;
use crate::policy::claims::WHEN;
use crate::policy::model::Guard;
use crate::policy::read::first_of;
use crate::policy::terms::{LEXICONS, PHRASES};

pub(in crate::policy) const PRODUCT: Shape = Called("product", &Named(Product::names));
pub(in crate::policy) const PAGE: Shape = Called("page", &Named(Page::names));
const PRODUCTS: Shape = List(&PRODUCT);
const PAGES: Shape = List(&PAGE);
const SCOPE: Shape = Called("scope", &Named(|| SCOPES.to_vec()));
const SEVERITY: Shape = Called("severity", &Named(|| first_of(&SEVERITIES)));
const FULL_NAME: Shape = Like("^[a-z0-9-]+/[a-z0-9-]+$");

keys! {
    /// The keys that rules and rows of a judgement share.
    pub(super) const SHARED {
        /// The rule's name, lower case with hyphens, once in a pack. Its full name is `pack/id`.
        "id": SLUG, Yes;
        /// Full names that the rule had before. What is written under them still holds.
        "was": List(&FULL_NAME);
        /// Full names of rules of extended packs in whose place it stands.
        "replaces": List(&FULL_NAME);
        /// The id of a rule above in the pack: what this one leaves out of `message`, `help`, `instead` (with
        /// `instead-for`) and `sources` is taken from there.
        "say": Text;
        /// The kind of finding.
        "category": Named(categories), Yes;
        /// How bad it is: error, warning, advice or off. A row that is `off` lets the claims that it fits pass; a rule that
        /// is `off` rests.
        "severity": SEVERITY, Yes;
        /// Other severities for some products and pages, or beside some words; the first row that applies decides.
        "severity-for": List(&Object(SEVERITY_ROW));
        /// What is wrong, in one sentence; `{…}` with a role's name puts the words in.
        "message": Text, Unless("say");
        /// Why, and what to do.
        "help": Text, Unless("say");
        /// Wordings that would pass.
        "instead": List(&Text);
        /// Other wordings for some products: the first row for what the claim is about stands in the place of `instead`.
        "instead-for": List(&Object(INSTEAD_ROW));
        /// What it rests on: keys of the pack's `sources`, or of those of packs that it extends.
        "sources": List(&Text);
        /// The first day on which it is in force.
        "from": Day;
        /// The last day on which it is in force.
        "until": Day;
        /// The products that it applies to; all where the key is left out.
        "products": PRODUCTS;
        /// Products that it does not apply to.
        "not-products": PRODUCTS;
        /// The kinds of pages that it applies to; all where the key is left out.
        "pages": PAGES;
        /// Kinds of pages that it does not apply to.
        "not-pages": PAGES;
        /// The parts of a page that it applies to; all where the key is left out.
        "blocks": List(&SCOPE);
        /// Parts of a page that it does not apply to.
        "not-blocks": List(&SCOPE);
        /// Only where such words stand near.
        "beside": BESIDE_WORDS;
        /// Only where no such words stand near.
        "not-beside": BESIDE_WORDS;
        /// What makes the words harmless.
        "guards": List(&GUARD);
        /// Copy that the rule must speak to, and copy on which it must be silent. `caveat policy test` runs it.
        "examples": Object(EXAMPLES), Yes;
    }
}

const GUARD: Shape = Called("guard", &Named(Guard::names));
const BESIDE_WORDS: Shape = Called("beside", &Object(BESIDE));

/// The keys of a rule by itself.
const RULE: &[Key] = &joined::<{ SHARED.len() + CHECKS.len() }>(&[SHARED, CHECKS]);
/// The keys of a row of a judgement.
const ROW: &[Key] = &joined::<{ SHARED.len() + WHEN.len() }>(&[SHARED, WHEN]);
/// The keys of either. A check in the wrong list is told as that.
pub(super) const KEYS: &[Key] = &joined::<{ RULE.len() + WHEN.len() }>(&[RULE, WHEN]);

pub(in crate::policy) const RULES: Shape = List(&Called("rule", &Object(RULE)));
pub(in crate::policy) const ROWS: Shape = List(&Called("row", &Object(ROW)));

keys! {
    /// The keys of a row of other severities.
    pub(super) const SEVERITY_ROW {
        /// The products that the row is for.
        "products": PRODUCTS, Any;
        /// The kinds of pages that the row is for.
        "pages": PAGES, Any;
        /// Words beside which the row is for the claim.
        "beside": BESIDE_WORDS, Any;
        /// The severity there.
        "severity": SEVERITY, Yes;
    }
}

keys! {
    /// The keys of a row of other wordings.
    pub(in crate::policy) const INSTEAD_ROW {
        /// The products that these wordings are for.
        "products": PRODUCTS, Yes;
        /// Wordings that would pass.
        "instead": List(&Text), Yes;
    }
}

keys! {
    /// The keys of words that stand near.
    pub(super) const BESIDE {
        /// Names of lexicons whose words are meant.
        "lexicons": LEXICONS, Any;
        /// Phrases of its own.
        "words": PHRASES, Any;
        /// How near they stand.
        "within": crate::policy::check::REACH, Yes;
        /// How many of them must stand there; 1 where it is left out.
        "at-least": Count;
    }
}

keys! {
    /// The keys of a rule's examples: what it must speak to, and then what not.
    pub(in crate::policy) const EXAMPLES {
        /// Copy that the rule must speak to, in Markdown.
        "flag": SAMPLES;
        /// Copy on which it must be silent, in Markdown.
        "pass": SAMPLES, Yes;
    }
}

pub(in crate::policy) const SAMPLES: Shape = Called("examples", &List(&AnyOf(&[Text, Object(EXAMPLE)])));

keys! {
    /// The keys of an example that says what page it stands on.
    pub(super) const EXAMPLE {
        /// The copy, in Markdown.
        "text": Text, Yes;
        /// The product that it is read for; else the first that the rule applies to.
        "product": PRODUCT;
        /// The kind of page that it is read for; else the first that the rule applies to.
        "page": PAGE;
    }
}
