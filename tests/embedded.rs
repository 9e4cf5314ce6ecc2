//! Holds a checker within another program to what the program says, and a text to standing nowhere on disk.

use caveat::cli::{Checker, Report};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const DAY: &str = "--as-of=2026-11-23";

fn checker(options: &[&str]) -> Checker {
    Checker::new(options.iter().map(Into::into).collect()).unwrap()
}

fn program(args: &[&str], typed: &[u8]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(ROOT)
        .args(["check", "--quiet", "--format=json", DAY])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin.take().unwrap().write_all(typed).unwrap();
    run.wait_with_output().unwrap()
}

fn same(report: &Report, said: &Output, of: &str) {
    assert_eq!(report.json, String::from_utf8_lossy(&said.stdout), "{of}");
    assert_eq!(Some(report.status as i32), said.status.code(), "{of}");
}

fn rules(report: &Report) -> Vec<String> {
    let data: serde_json::Value = serde_json::from_str(&report.json).unwrap();
    let found = data["findings"].as_array().unwrap().iter();
    found
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_text_is_judged_as_standard_input_is() {
    let kept = checker(&[DAY, "--market=us,uk"]);
    let drafts = fs::read_dir(Path::new(ROOT).join("fixtures/drafts")).unwrap();
    for draft in drafts.map(|entry| entry.unwrap().path()) {
        let name = format!("drafts/{}", draft.file_name().unwrap().to_str().unwrap());
        let text = fs::read(&draft).unwrap();
        let alone = ["--no-config", "--no-baseline", "--market=us,uk", "-"];
        let said = program(&[&alone[..], &["--stdin-path", &name]].concat(), &text);
        same(&kept.text(text, Some(&name), None).unwrap(), &said, &name);
    }
    let said = program(&["--no-config", "--no-baseline", "-"], b"a\0");
    same(
        &checker(&[DAY]).text(b"a\0".to_vec(), None, None).unwrap(),
        &said,
        "binary",
    );
}

/// The tests run in the root, as `program` does.
#[test]
fn files_are_judged_as_the_program_judges_them() {
    for paths in [&["fixtures/drafts"][..], &["fixtures/word", "gone.md"]] {
        let named = paths.iter().map(PathBuf::from).collect();
        same(
            &checker(&[DAY]).files(named).unwrap(),
            &program(paths, b""),
            paths[0],
        );
    }
}

#[test]
fn what_is_wrong_with_options_is_said_as_the_program_says_it() {
    for option in [
        "--market=mars",
        "--config=gone.yaml",
        "--baseline=gone.json",
        "--product=vitamins",
    ] {
        let said = String::from_utf8(program(&[option, "-"], b"").stderr).unwrap();
        let why = Checker::new(vec![option.into()]).err().unwrap();
        assert!(said.starts_with(&format!("error: {why}\n")), "{said}{why}");
    }
    let why = checker(&["--policy=us-fct"]).ready().unwrap_err();
    assert!(why.contains("us-fct"), "{why}");
    let kept = checker(&[]);
    assert!(kept.files(Vec::new()).is_err() && kept.text(Vec::new(), None, Some("htm")).is_err());
    assert!(kept.text(Vec::new(), Some("tea.xyz"), None).is_err());
}

#[test]
fn a_text_stands_nowhere() {
    let text = b"---\ncaveat: {policies: [policies/us-clinic.yaml]}\n---\nTea.\n".to_vec();
    let report = checker(&[DAY]).text(text, Some("tea.md"), None).unwrap();
    assert_eq!(rules(&report), ["caveat/settings"]);
    assert!(
        report.json.contains("lies outside of the project"),
        "{}",
        report.json
    );
}

/// What front matter asks for makes a set of rules; a checker that meets very many keeps some of them, and each text is judged
/// by its own all the same.
#[test]
fn a_checker_keeps_no_more_sets_of_rules_than_it_needs() {
    let kept = checker(&[DAY]);
    let text = |number: u32| {
        let chosen = ["uk", "eu", "au", "ca"].into_iter().enumerate();
        let chosen = chosen
            .filter(|(bit, _)| number & (1 << bit) != 0)
            .map(|(_, market)| market);
        let markets = chosen.collect::<Vec<_>>().join(", ");
        let policies = if number < 16 {
            ""
        } else {
            ", policies: [education]"
        };
        format!(
            "---\ncaveat: {{markets: [{markets}]{policies}}}\n---\n\nOur tea cures eczema. Clinically proven.\n"
        )
    };
    let judged = |checker: &Checker, number| checker.text(text(number).into_bytes(), None, None).unwrap();
    let first: Vec<Report> = (0..32).map(|number| judged(&kept, number)).collect();
    assert!(kept.sets() <= 16, "{} sets", kept.sets());
    let different: std::collections::BTreeSet<&str> =
        first.iter().map(|report| report.json.as_str()).collect();
    assert!(different.len() > 8, "{} verdicts", different.len());
    for number in [0, 31, 5, 20] {
        assert_eq!(judged(&kept, number), first[number as usize]);
        assert_eq!(judged(&checker(&[DAY]), number), first[number as usize]);
    }
}
