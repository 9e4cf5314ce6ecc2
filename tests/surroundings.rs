//! What stands around words: how far each reach of a condition goes, in both directions, and phrases that can be read in
//! very many ways.

use crate::judging;
use caveat::engine::trial;
use caveat::finding::Page;

const POLICY: &str = "surroundings.yaml";

/// Copy that names gout, and the rules that find the words that they ask for beside it.
const ROWS: &[(&str, &[&str])] = &[
    (
        "Tea and gout.",
        &["sentence", "paragraph", "adjacent", "section", "document"],
    ),
    ("Tea. Gout.", &["paragraph", "adjacent", "section", "document"]),
    (
        "Gout. So. Tea.",
        &["paragraph", "adjacent", "section", "document"],
    ),
    ("Tea.\n\nGout.", &["adjacent", "section", "document"]),
    ("Gout.\n\nTea.", &["adjacent", "section", "document"]),
    ("Tea.\n\nSo.\n\nGout.", &["section", "document"]),
    ("Gout.\n\nSo.\n\nTea.", &["section", "document"]),
    (
        "# One\n\nTea.\n\n# Two\n\nSo.\n\nGout.\n\n# Three\n\nSo.",
        &["document"],
    ),
    (
        "# One\n\nSo.\n\n# Two\n\nGout.\n\nSo.\n\n# Three\n\nTea.",
        &["document"],
    ),
    ("# One\n\nSo.\n\n# Two\n\nGout.\n\nSo.\n\n# Three\n\nSo.", &[]),
    // Two that are one and the same are one.
    ("# One\n\nSage and sage.\n\n# Two\n\nSo.\n\nGout.", &[]),
    (
        "# One\n\nSage.\n\n# Two\n\nMint.\n\nSo.\n\nGout.",
        &["two-in-document"],
    ),
    (
        "# One\n\nSage.\n\nMint.\n\nSo.\n\nGout.",
        &["two-in-document", "two-in-section"],
    ),
];

#[test]
fn a_condition_reaches_as_far_as_it_says() {
    let rules = judging::rules(POLICY);
    for (copy, meant) in ROWS {
        let findings = judging::findings(&rules, Page::Other, copy);
        let names = findings.iter().map(|finding| finding.rule().name.as_str());
        let mut said: Vec<&str> = names
            .filter_map(|name| name.strip_prefix("surroundings/"))
            .collect();
        let mut meant = meant.to_vec();
        said.sort_unstable();
        meant.sort_unstable();
        assert_eq!(said, meant, "{copy:?}");
    }
}

/// The rule `far` among them, whose phrase has a set of states of its own for every way through it.
#[test]
fn the_examples_of_every_rule_hold() {
    let failures = trial::run(&judging::policy(POLICY));
    let told: Vec<String> = failures
        .iter()
        .map(|wrong| format!("{}: {}\n{}", wrong.rule, wrong.message, wrong.text))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
