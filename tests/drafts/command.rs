//! `--annotate` as a person meets it: where copies go, and what is never written over.

use super::package::{comments, draft, fixtures};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A folder with drafts in it: `tea.docx`, and below `more/` another of the same name.
fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("more")).unwrap();
    let of = |name: &str| {
        let known = fixtures()
            .into_iter()
            .find(|path| path.file_stem().unwrap() == name);
        known.unwrap()
    };
    fs::copy(of("cut-runs"), folder.path().join("tea.docx")).unwrap();
    fs::copy(of("tables"), folder.path().join("more/tea.docx")).unwrap();
    folder
}

/// Runs caveat; the exit status and what it says beside its findings.
fn run(folder: &Path, line: &str) -> (i32, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(folder)
        .args(line.split_whitespace())
        .args(["--format", "short"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

fn count(path: &Path) -> usize {
    let all = comments(&fs::read(path).unwrap());
    all.iter().filter(|seen| seen.author == "caveat").count()
}

#[test]
fn a_copy_goes_to_the_file_that_is_named() {
    let folder = scratch();
    let before = fs::read(folder.path().join("tea.docx")).unwrap();
    let (status, said) = run(folder.path(), "check tea.docx --annotate out.docx");
    let out = folder.path().join("out.docx");
    assert_eq!((status, count(&out) > 1), (1, true), "{said}");
    assert!(
        said.contains(&format!("wrote out.docx with {} comments", count(&out))),
        "{said}"
    );
    assert_eq!(fs::read(folder.path().join("tea.docx")).unwrap(), before);
    let first = fs::read(&out).unwrap();
    run(folder.path(), "check out.docx --annotate again.docx");
    assert!(fs::read(folder.path().join("again.docx")).unwrap() == first);
}

#[test]
fn a_folder_takes_a_copy_of_each_draft() {
    let folder = scratch();
    for _ in 0..2 {
        let (status, said) = run(folder.path(), "check . --annotate reviewed");
        assert_eq!(status, 1, "{said}");
        assert!(count(&folder.path().join("reviewed/tea.docx")) > 0);
        assert!(count(&folder.path().join("reviewed/more/tea.docx")) > 0);
        // What an earlier run wrote is no draft to check.
        assert!(!folder.path().join("reviewed/reviewed").exists());
    }
    run(folder.path(), "check more --annotate one/");
    assert!(count(&folder.path().join("one/tea.docx")) > 0);
}

#[test]
fn a_draft_is_written_over_only_if_it_is_named_twice() {
    let folder = scratch();
    let path = folder.path().join("tea.docx");
    let before = fs::read(&path).unwrap();
    for line in [
        "check . --annotate tea.docx",
        "check tea.docx --annotate ./more/../tea.docx",
        "check tea.docx --annotate .",
        "check more/tea.docx tea.docx --annotate one.docx",
        "check more/tea.docx tea.docx --annotate two",
        "check tea.docx --annotate out.docm",
        "check tea.docx --annotate notes.txt",
        "check notes.md --annotate out.docx",
    ] {
        fs::write(folder.path().join("notes.txt"), "Tea.").unwrap();
        fs::write(folder.path().join("notes.md"), "Tea.").unwrap();
        let (status, said) = run(folder.path(), line);
        assert!(status == 2 && said.contains("--annotate"), "{line}: {said}");
        assert!(fs::read(&path).unwrap() == before, "{line}");
    }
    let (status, said) = run(folder.path(), "check tea.docx --annotate tea.docx");
    assert_eq!((status, count(&path) > 1), (1, true), "{said}");
}

#[test]
fn kinds_that_are_not_read_are_told_what_to_send() {
    let folder = scratch();
    for (name, instead) in [
        ("old.doc", "save it as .docx"),
        ("free.odt", "save it as .docx"),
        ("plain.rtf", "save it as .docx"),
        ("page.pdf", "check the draft that it was made from"),
    ] {
        fs::write(folder.path().join(name), "It cures gout.").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(folder.path())
            .args(["check", name, "--format", "short"])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.code() == Some(2) && said.contains(instead),
            "{said}"
        );
    }
}

#[test]
fn what_a_reviewer_decided_stands_in_the_margin() {
    let folder = tempfile::tempdir().unwrap();
    let house = "pack: house\nmarket: none\ntitle: Ours\nrules:\n- id: grand\n  category: terms\n  severity: warning\n  \
                 message: Say less.\n  help: Less.\n  forbid: {words: [grand]}\n  \
                 examples: {flag: [A grand box.], pass: [A box.]}\n";
    let decided = r#"{"version": 1, "entries": [{"path": "tea.docx", "rule": "house/grand", "sentence": "a grand box of tea.",
        "ordinal": 0, "recorded": "2026-11-30", "decision": "change", "by": "Ann Lee", "wording": "A large <box>."}]}"#;
    for (name, text) in [
        ("caveat.yaml", "policies: [house.yaml]\n"),
        ("house.yaml", house),
        (".caveat-baseline.json", decided),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let body = "<w:p><w:r><w:t>A grand box of tea.</w:t></w:r></w:p>";
    fs::write(folder.path().join("tea.docx"), draft(body, &[])).unwrap();
    let (status, said) = run(folder.path(), "check tea.docx --annotate out.docx");
    assert_eq!(status, 1, "{said}");
    let all = comments(&fs::read(folder.path().join("out.docx")).unwrap());
    assert_eq!(
        all[0].lines[1],
        "Decided by Ann Lee on 2026-11-30: change to “A large <box>.”"
    );
}
