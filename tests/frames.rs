//! Which words make a claim where several could: roles that stand in any order meet those nearest to them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test fails by panicking.

use caveat::engine::{Given, Ruleset};
use caveat::extract::format_of;
use caveat::policy::{self, PackRef, Request};
use caveat::source::SourceFile;
use std::sync::Arc;

#[test]
fn the_nearest_words_play_a_role() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/policies/guards.yaml");
    let policy = policy::load_alone(&Request {
        markets: Vec::new(),
        policies: vec![PackRef::File(path.into())],
    });
    let policy = policy.unwrap_or_else(|wrong| panic!("{}", wrong[0].mistake.message));
    let rules = Ruleset::new(&policy, jiff::civil::date(2026, 11, 23));
    for (copy, claim) in [
        ("Tea cures gout.", "cures gout"),
        ("For gout tea cures.", "gout tea cures"),
        ("Gout tea cures eczema.", "cures eczema"),
        ("Gout cures tea eczema.", "Gout cures"),
        // As near on both sides: what follows.
        ("Gout cures eczema.", "cures eczema"),
        ("Gout one cures two eczema.", "cures two eczema"),
        // Six words may stand between, not seven.
        (
            "Cures one two three four five six gout.",
            "Cures one two three four five six gout",
        ),
        (
            "Gout one two three four five six cures.",
            "Gout one two three four five six cures",
        ),
        ("Cures one two three four five six seven gout.", ""),
        ("Gout one two three four five six seven cures.", ""),
    ] {
        let file = Arc::new(SourceFile::new("copy.md", copy));
        let document = (format_of("copy.md").unwrap().extract)(&file).document;
        let findings = rules.judge(&document, &Given::default()).findings;
        let said: Vec<&str> = findings.iter().map(|finding| file.slice(finding.span)).collect();
        assert_eq!(said.join(" | "), claim, "{copy}");
    }
}
