//! Judges every draft of `fixtures/drafts` and compares what is found with `tests/snapshots`.
//!
//! After a change of verdicts, write the snapshots anew and read the difference before it is committed:
//!
//! ```text
//! INSTA_UPDATE=always cargo test --test all fixtures
//! git diff tests/snapshots
//! ```
//!
//! `help`, `instead` and `sources` are left out: they are the rule's own words and would only repeat the packs.
//! Silenced candidates are in: which guard silenced a trap is part of the verdict.

use caveat::config::Settings;
use caveat::extract::format_of;
use caveat::report::{self, Look, Run, Summary, Told};
use caveat::session::{self, Input, Job, Library, Outcome};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

const DRAFTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/drafts");
const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn drafts() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(DRAFTS)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

fn judge(paths: &[PathBuf], threads: usize) -> Outcome {
    let jobs: Vec<Job> = paths
        .iter()
        .map(|path| Job {
            input: Input::Path(path.clone()),
            shown: format!("fixtures/drafts/{}", name_of(path)),
            named: true,
            format: format_of(&name_of(path)).expect("every draft is of a format that caveat reads"),
            settings: Arc::new(Settings::defaults(PathBuf::from(DRAFTS))),
        })
        .collect();
    session::run(
        &jobs,
        &Library::new(jiff::civil::date(2026, 11, 23)),
        Some(threads),
        &AtomicUsize::new(0),
    )
}

/// The `findings` of the `json` report, and what was not checked.
fn findings(outcome: Outcome) -> Value {
    let run = Run {
        as_of: "2026-11-23".to_owned(),
        findings: outcome
            .findings
            .into_iter()
            .map(|judgement| Told {
                finding: judgement.finding,
                shown: true,
                left_out: false,
            })
            .collect(),
        folders: outcome.folders,
        summary: Summary::default(),
        excepted: Vec::new(),
        exceptions: outcome.exceptions,
        files: Vec::new(),
        passed_over: Vec::new(),
        unread: Vec::new(),
        unchecked: outcome
            .unchecked
            .into_iter()
            .map(|(path, why)| report::Unchecked {
                path,
                because: why.because,
            })
            .collect(),
        look: Look::PLAIN,
        quiet: true,
        ledger: caveat::report::Ledger::default(),
        views: std::collections::HashMap::new(),
    };
    let mut bytes = Vec::new();
    (report::reporter("json").unwrap().render)(&run, &mut bytes).unwrap();
    let report: Value = serde_json::from_slice(&bytes).unwrap();
    let mut findings = report["findings"].clone();
    for finding in findings.as_array_mut().unwrap() {
        let finding = finding.as_object_mut().unwrap();
        finding.remove("help");
        finding.remove("instead");
        for verdict in finding["verdicts"].as_array_mut().unwrap() {
            verdict.as_object_mut().unwrap().remove("sources");
        }
    }
    if report["unchecked"] == Value::Array(Vec::new()) {
        findings
    } else {
        serde_json::json!({ "findings": findings, "unchecked": report["unchecked"] })
    }
}

#[test]
fn every_draft_is_judged_as_its_snapshot_says() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../fixtures/drafts", "*.*", |path| {
            let found = findings(judge(&[path.to_owned()], 1));
            insta::assert_json_snapshot!("draft", found);
        });
    });
}

#[test]
fn every_snapshot_has_its_draft() {
    let drafts: BTreeSet<String> = drafts()
        .iter()
        .map(|path| format!("draft@{}.snap", name_of(path)))
        .collect();
    for entry in fs::read_dir(SNAPSHOTS).unwrap() {
        let name = name_of(&entry.unwrap().path());
        // What insta writes beside a snapshot that failed.
        if !name.ends_with(".snap.new") {
            assert!(
                drafts.contains(&name),
                "tests/snapshots/{name} belongs to no draft; remove it"
            );
        }
    }
}

#[test]
fn every_kind_of_product_has_a_draft_that_fails_and_one_that_passes() {
    let kinds = [
        "supplement",
        "food",
        "cosmetic",
        "device",
        "medicine-otc",
        "medicine-rx",
        "clinic",
        "wellness",
    ];
    for kind in kinds {
        for (suffix, fails) in [("bad", true), ("good", false)] {
            let stem = format!("{kind}-{suffix}.");
            let twin: Vec<PathBuf> = drafts()
                .into_iter()
                .filter(|path| name_of(path).starts_with(&stem))
                .collect();
            assert_eq!(twin.len(), 1, "{stem}*");
            let outcome = judge(&twin, 1);
            assert_eq!(
                outcome.findings.iter().any(|judgement| judgement.fails),
                fails,
                "{}",
                name_of(&twin[0])
            );
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let paths = drafts();
    let alone = findings(judge(&paths, 1));
    assert!(alone["findings"].as_array().unwrap().len() > 20);
    assert_eq!(findings(judge(&paths, 4)), alone);
}
