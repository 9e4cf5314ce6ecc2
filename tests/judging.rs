//! What the tests of guards and of surroundings have in common: a policy of the fixtures, and what it finds in copy.

use caveat::engine::{Given, Ruleset};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Finding, Known, Origin, Page};
use caveat::policy::{self, PackRef, Policy, Request};
use caveat::source::SourceFile;
use std::path::Path;
use std::sync::Arc;

/// A policy of `fixtures/policies`, without the packs of every market.
pub(crate) fn policy(name: &str) -> Policy {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/policies")
        .join(name);
    let request = Request {
        markets: Vec::new(),
        policies: vec![PackRef::File(path)],
    };
    policy::load_alone(&request).unwrap_or_else(|wrong| panic!("{}", wrong[0].mistake.message))
}

/// Its rules.
pub(crate) fn rules(name: &str) -> Ruleset {
    Ruleset::new(&policy(name), jiff::civil::date(2026, 11, 29))
}

/// What `rules` find in Markdown on a page of some kind.
pub(crate) fn findings(rules: &Ruleset, page: Page, copy: &str) -> Vec<Finding> {
    let file = Arc::new(SourceFile::new("copy.md", copy));
    let document = (format_of("copy.md").unwrap().extract)(&file, &Keys::default()).document;
    let page = Known {
        kind: page,
        from: Origin::CommandLine,
        because: String::new(),
    };
    let given = Given {
        page: Some(page),
        ..Given::default()
    };
    rules.judge(&document, &given).findings
}
