//! Owns the keys of `caveat.yaml`.

use super::{NEVER, OFF, SEVERITIES};
use crate::config::MARKETS;
use crate::data::Needed::Yes;
use crate::data::Shape::{AnyOf, List, Map, Maybe, Named, Object, OneOrMore, Size, Text, YesOrNo};
use crate::data::{Key, Shape, joined, keys};
use crate::finding::{Category, Page, Product};

keys! {
    /// The keys of the file. One with nothing behind it says nothing.
    pub const KEYS {
        /// Further policies: embedded ones by name, your own by file.
        "policies": Maybe(&List(&Text));
        /// Whose rules apply; us where the key is left out.
        "markets": Maybe(&OneOrMore(&Named(|| MARKETS.to_vec())));
        /// The site's own addresses, as `www.example.com`: a link to one is no source of a claim.
        "site": Maybe(&OneOrMore(&Text));
        /// The run fails from this severity on: error, warning (the default), advice or never.
        "fail-on": Maybe(&Named(|| [SEVERITIES.as_slice(), &[NEVER]].concat()));
        /// People see findings from this severity on; warning where the key is left out.
        "min-severity": Maybe(&Named(|| SEVERITIES.to_vec()));
        /// Larger files are not read: a number of bytes, or 64k, 16M or 1G.
        "max-file-size": Maybe(&Size);
        /// Copy that is not checked, found or named: paths and globs, relative to this file.
        "ignore": Maybe(&PATHS);
        /// Copy that walking would pass over: paths and globs.
        "read": Maybe(&PATHS);
        /// What pages sell, where caveat reads it wrongly. The last row that fits a path holds.
        "products": Maybe(&List(&Object(PRODUCTS)));
        /// What pages are for, where caveat reads it wrongly. The last row that fits a path holds.
        "pages": Maybe(&List(&Object(PAGES)));
        /// Severities of single rules, by full name: error, warning, advice or off.
        "severities": Maybe(&Map(&RULE_SEVERITY));
        /// Statements that a layout makes on every page, so that the copy need not.
        "satisfied": Maybe(&List(&Object(SATISFIED)));
        /// Files that are parts of pages and owe no statement: paths and globs.
        "partials": Maybe(&PATHS);
        /// Keys of data whose strings are copy, though caveat thinks otherwise.
        "copy-keys": Maybe(&List(&Object(DATA)));
        /// Keys of data whose strings are no copy, though caveat thinks otherwise.
        "not-copy-keys": Maybe(&List(&Object(DATA)));
        /// Whether front matter may make verdicts milder than the copy suggests; false where the key is left out.
        "trust-front-matter": Maybe(&YesOrNo);
        /// The register of approved claims; claims.yaml beside this file where the key is left out.
        "claims": Maybe(&Text);
    }
}

const PATHS: Shape = OneOrMore(&Text);
// YAML reads a bare `off` as text or as a no, as its reader likes.
const RULE_SEVERITY: Shape = AnyOf(&[Named(|| [SEVERITIES.as_slice(), &[OFF]].concat()), Shape::No]);

keys! {
    /// The key that all rows share.
    const ROW {
        /// Where the row holds: paths and globs, relative to this file.
        "paths": PATHS, Yes;
    }
}

keys! {
    const PRODUCT {
        /// What these pages sell.
        "product": Named(Product::names), Yes;
    }
}
pub(super) const PRODUCTS: &[Key] = &joined::<2>(&[ROW, PRODUCT]);

keys! {
    const PAGE {
        /// What these pages are for.
        "page": Named(Page::names), Yes;
    }
}
pub(super) const PAGES: &[Key] = &joined::<2>(&[ROW, PAGE]);

keys! {
    const STATED {
        /// What the layout states there.
        "statements": List(&Named(statements)), Yes;
        /// The file that makes the statements, which is looked into for them. Without it the row is taken at its word.
        "by": Text;
    }
}
pub(super) const SATISFIED: &[Key] = &joined::<3>(&[ROW, STATED]);

/// The statements that a document may owe.
pub(super) fn statements() -> Vec<&'static str> {
    Category::duties().map(Category::name).collect()
}

keys! {
    const NAMES {
        /// Keys, or keys with dots between them: `hero.lead`.
        "keys": List(&Text), Yes;
    }
}
pub(super) const DATA: &[Key] = &joined::<2>(&[ROW, NAMES]);
