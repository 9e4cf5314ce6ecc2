//! Holds the ledger to its word: what makes a run milder than its packs is listed, shown at the top of what reviewers
//! read, kept as evidence, and told when a change adds to it.

use super::diff::Repository;
use std::fs;

const COPY: &str = "# Tea\n\nOur tea is the best tea of the county.\n";
const SETTINGS: &str = "\
markets: [us]
policies: [house.yaml]
fail-on: error
ignore: [archive/]
partials: [parts/]
severities:
  us-effects/swallowed-disease: warning
  us-ftc/puffery: \"off\"
  us-ftc/guarantee: error
satisfied:
  - {paths: [blog/], statements: [missing-consult]}
pages:
  - {paths: [blog/], page: article}
";
const HOUSE: &str = "\
pack: house
market: none
title: What our house does otherwise
extends: [us-ftc]
off: [us-ftc/proof-without-source]
rules:
  - id: no-gizmo
    category: terms
    severity: warning
    message: The copy says gizmo.
    help: Say what it is.
    forbid: {words: [gizmo]}
    examples: {flag: [\"A gizmo.\"], pass: [\"A jar.\"]}
";
const FRONT: &str = "---\ncaveat: {product: food}\n---\n\n# Jam\n\nA jar of jam.\n";

fn softened(name: &str) -> Repository {
    let files = [
        ("caveat.yaml", SETTINGS),
        ("house.yaml", HOUSE),
        ("blog/tea.md", COPY),
        ("jam.md", FRONT),
        ("archive/old.md", COPY),
        ("node_modules/x/a.md", COPY),
    ];
    Repository::new(name, &files)
}

fn out(made: &Repository, line: &str) -> String {
    String::from_utf8(made.caveat(line).stdout).unwrap()
}

#[test]
fn all_that_softens_a_run_is_listed() {
    let made = softened("softening-list");
    let listed = out(&made, "exceptions --format json --market us");
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let has = |kind: &str, rule: &str, reason: &str| {
        listed.as_array().unwrap().iter().any(|row| {
            let says = |key: &str, part: &str| row[key].as_str().unwrap_or_default().contains(part);
            row["kind"] == kind && says("rule", rule) && says("reason", reason)
        })
    };
    for (kind, rule, reason) in [
        (
            "rule-lowered",
            "us-effects/swallowed-disease",
            "warning; its pack says error",
        ),
        ("rule-off", "us-ftc/puffery", "off; its pack says"),
        (
            "policy-off",
            "us-ftc/proof-without-source",
            "`house` switches it off",
        ),
        ("fail-on", "fail-on error", "milder findings"),
        ("ignored", "ignore", "not checked"),
        ("partials", "partials", "owe no statement"),
        ("settings", "missing-consult", "unverified"),
        ("taken", "taken", "as article"),
        ("taken", "front matter", "as food"),
        ("passed-over", "", "packages"),
        ("argument", "--market us", "alone are in force"),
    ] {
        assert!(has(kind, rule, reason), "{kind} {rule}: {listed:#}");
    }
    assert!(
        !has("rule-lowered", "us-ftc/guarantee", ""),
        "a rule that is raised"
    );
    let table = out(&made, "exceptions");
    assert!(
        table.contains("caveat.yaml:8 ") && !table.contains("--market"),
        "{table}"
    );
}

#[test]
fn a_rule_that_a_policy_replaces_is_listed() {
    let made = softened("softening-replace");
    made.write(
        "house.yaml",
        &HOUSE.replace("id: no-gizmo", "id: no-gizmo\n    replaces: [us-ftc/pressure]"),
    );
    let table = out(&made, "exceptions");
    let row = table.lines().find(|line| line.contains("us-ftc/pressure"));
    assert!(
        row.is_some_and(|row| row.starts_with("house.yaml:8 ") && row.contains("has its own in its place")),
        "{table}"
    );
}

#[test]
fn reports_for_reviewers_show_it_at_their_top() {
    let made = softened("softening-reports");
    for (format, end) in [("markdown", "| rule |"), ("html", "id=\"filters\"")] {
        let report = out(&made, &format!("check --format {format} --fail-on never"));
        let top = report.split(end).next().unwrap();
        for line in [
            "Rules off: us-ftc/puffery (off; its pack says",
            "Rules lowered: us-effects/swallowed-disease (warning; its pack says error)",
            "Rules that a policy switches off: us-ftc/proof-without-source",
            "Ignored: archive/",
            "Statements that layouts are said to make: missing-consult for blog/ (unverified",
            "Options: --fail-on never",
        ] {
            let shown = top.replace('\\', "").replace("&lt;", "<");
            assert!(
                shown.contains(line) || format == "markdown" && line.starts_with("Options"),
                "{format}: {line}: {top}"
            );
        }
    }
    let html = out(&made, "check --format html");
    assert!(
        html.contains("Commit: ") && !html.contains("with changes"),
        "{html}"
    );
    assert!(html.contains("Markets: us.") && html.contains("Policies besides theirs: house.yaml."));
}

#[test]
fn what_nobody_softens_is_not_told() {
    let made = Repository::new(
        "softening-none",
        &[("tea.md", COPY), ("caveat.yaml", "markets: [us]\n")],
    );
    let markdown = out(&made, "check --format markdown");
    assert!(!markdown.contains("Milder"), "{markdown}");
}

#[test]
fn the_evidence_carries_it_and_the_options() {
    let made = softened("softening-evidence");
    made.caveat("check --quiet --no-baseline --attest evidence.json");
    let text = fs::read_to_string(made.0.join("evidence.json")).unwrap();
    let evidence: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(evidence["arguments"]["no_baseline"][0], "true");
    let rows = evidence["softened"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| row["kind"] == "rule-off" && row["path"] == "caveat.yaml" && row["line"] == 8),
        "{text}"
    );
}

#[test]
fn a_change_that_softens_is_told_as_such() {
    let made = softened("softening-diff");
    let said = |line: &str| String::from_utf8(made.caveat(line).stderr).unwrap();
    assert!(!said("diff HEAD").contains("softer"));
    // Lines that only move soften nothing.
    made.write("caveat.yaml", &format!("# Ours.\n\n{SETTINGS}"));
    assert!(!said("diff HEAD").contains("softer"), "{}", said("diff HEAD"));
    made.write(
        "caveat.yaml",
        &SETTINGS.replace("guarantee: error", "guarantee: \"off\""),
    );
    made.write(
        "blog/tea.md",
        &format!("<!-- caveat-allow us-ftc/pressure: agreed -->\n{COPY}"),
    );
    let told = said("diff HEAD");
    assert!(
        told.contains("softer: caveat.yaml: us-ftc/guarantee for every file: off; its pack says"),
        "{told}"
    );
    assert!(
        told.contains("softer: blog/tea.md: us-ftc/pressure passes: agreed"),
        "{told}"
    );
    assert_eq!(told.matches("softer:").count(), 2, "{told}");
    let markdown = out(&made, "diff HEAD --format markdown");
    assert!(
        markdown.contains("This change makes verdicts milder"),
        "{markdown}"
    );
}
