//! What documents owe: where a statement must stand, and the smallest edit of one that is nearly right.

use caveat::engine::{Given, Ruleset, trial};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Finding, Severity};
use caveat::policy::{self, PackRef, Policy, Request};
use caveat::source::SourceFile;
use std::sync::Arc;

fn load(markets: &[&str], packs: Vec<PackRef>) -> Policy {
    let markets = markets.iter().map(|&market| market.to_owned()).collect();
    policy::load(&Request {
        markets,
        policies: packs,
    })
    .unwrap_or_else(|wrong| panic!("{}", wrong[0].mistake.message))
}

fn placement() -> Policy {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/policies/placement.yaml");
    load(
        &[],
        vec![PackRef::Name("english".to_owned()), PackRef::File(path.into())],
    )
}

fn judged(policy: &Policy, copy: &str) -> (Vec<Finding>, Arc<SourceFile>) {
    let rules = Ruleset::new(policy, jiff::civil::date(2026, 11, 23));
    let file = Arc::new(SourceFile::new("copy.md", copy));
    let document = (format_of("copy.md").unwrap().extract)(&file, &Keys::default()).document;
    (rules.judge(&document, &Given::default()).findings, file)
}

/// Severity, place and help of what is said of fixed words.
fn edit(copy: &str) -> Option<(Severity, String, String)> {
    let (findings, file) = judged(&placement(), copy);
    let of_rule = |finding: &&Finding| {
        finding
            .verdicts
            .iter()
            .any(|verdict| verdict.rule.name == "placement/fixed-words")
    };
    let finding = findings.iter().find(of_rule)?;
    let place = file.slice(finding.span).to_owned();
    Some((
        finding.severity(),
        place,
        finding.own_help().unwrap_or_default().to_owned(),
    ))
}

#[test]
fn a_statement_stands_where_it_must() {
    let failures = trial::run(&placement());
    let own = failures
        .iter()
        .filter(|failure| failure.rule.starts_with("placement/"));
    let told: Vec<String> = own
        .map(|wrong| format!("{}: {}\n{}", wrong.rule, wrong.message, wrong.text))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_smallest_edit_is_shown_at_the_sentence_that_differs() {
    let nearly = |statement: &str| {
        let copy = format!("Salt soaks tired feet. It is no medicine.\n\n{statement}\n");
        let (_, place, help) = edit(&copy).expect("it is not quite right");
        (place, help)
    };
    let told = |place: &str, changes: &str| {
        (
            place.to_owned(),
            format!("The words are fixed. Change {changes}."),
        )
    };
    assert_eq!(
        nearly("Ask a nurse, a doctor or a pharmacist before use. Keep this salt away from children."),
        told(
            "Ask a nurse, a doctor or a pharmacist before use",
            "“doctor” to “doctor,”"
        )
    );
    assert_eq!(
        nearly(
            "Ask a nurse, a doctor, or a pharmacist before use. Keep the salt away from children and cats."
        ),
        told(
            "Keep the salt away from children and cats",
            "“the” to “this”, “children and cats” to “children”"
        )
    );
    assert_eq!(
        nearly("Ask a nurse, a doctor, or a pharmacist before use."),
        told(
            "Ask a nurse, a doctor, or a pharmacist before use",
            "“use.” to “use. Keep this salt away from children.”"
        )
    );
}

#[test]
fn words_that_are_nowhere_near_are_asked_for_at_the_copy_that_owes_them() {
    let (severity, place, help) = edit("Salt soaks tired feet. Ask for the price list.\n").unwrap();
    assert_eq!(
        (severity, place.as_str(), help.as_str()),
        (Severity::Warning, "soaks tired feet", "")
    );
}

#[test]
fn enough_in_other_words_is_advice() {
    let us = load(&["us"], Vec::new());
    let said = |statement: &str| {
        let copy = format!(
            "---\ncaveat: {{product: supplement, page: product}}\n---\n\n# Hops\n\nDietary supplement. Supplement facts: one capsule \
             holds 300 mg. Servings per container: 60. The capsules support restful sleep. Take one capsule with water, an \
             hour before bed, and keep the jar in a dry and dark place. Ask your doctor before use.\n\n{statement}\n"
        );
        let (findings, _) = judged(&us, &copy);
        let found = findings
            .iter()
            .find(|finding| finding.rule().category.name() == "missing-fda-statement");
        found.map(|finding| finding.severity())
    };
    let right = "These statements have not been evaluated by the Food and Drug Administration. This product is not intended to \
                 diagnose, treat, cure, or prevent any disease.";
    assert_eq!(said(right), None);
    assert_eq!(
        said(&right.replace("Food and Drug Administration", "FDA")),
        Some(Severity::Advice)
    );
    assert_eq!(
        said("This product is not intended to treat any disease."),
        Some(Severity::Warning)
    );
    assert_eq!(said("Hops grow on wires."), Some(Severity::Warning));
}
