//! Holds `caveat check --staged` to its word on repositories made for it: what is about to be committed is checked, with
//! the bytes that the commit will hold, and nothing else is.

use super::diff::Repository;
use std::fs;
use std::path::Path;

const BAD: &str = "# Tea\n\nOur tea cures eczema.\n";
const GOOD: &str = "# Tea\n\nOur tea comes in a jar.\n";

impl Repository {
    /// Runs `caveat check --staged` with `short` output: the exit status, what is found, and what is said besides.
    fn staged(&self, args: &str) -> (i32, String, String) {
        let ran = self.caveat(&format!("check --staged --format short {args}"));
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    }

    fn stage(&self, file: &str, text: &str) {
        self.write(file, text);
        self.git(&["add", "--", file]);
    }
}

#[test]
fn the_staged_bytes_are_checked_and_not_the_work_tree() {
    let made = Repository::new("staged-bytes", &[("a.md", GOOD), ("old.md", BAD)]);
    assert_eq!(made.staged("").0, 0, "what does not change is not checked");
    made.stage("a.md", BAD);
    made.write("a.md", &format!("A line more.\n\n{GOOD}"));
    let (status, found, said) = made.staged("");
    assert_eq!(status, 1);
    assert!(
        found.starts_with("a.md:3:9: error") && found.lines().count() == 1,
        "{found}"
    );
    let differs = "a.md: checked as staged; the work tree says something else";
    assert!(said.contains(differs), "{said}");
    assert!(
        made.staged("--quiet").2.contains(differs),
        "a place that is not on disk"
    );
    fs::remove_file(made.0.join("a.md")).unwrap();
    assert_eq!(made.staged("").0, 1, "the file is gone from the work tree");

    made.stage("a.md", GOOD);
    made.write("a.md", BAD);
    made.write("new.md", BAD);
    assert_eq!(
        made.staged("--quiet"),
        (0, String::new(), String::new()),
        "what is not staged"
    );
}

#[test]
fn renames_and_all_formats_are_checked() {
    let made = Repository::new("staged-formats", &[("a/old.md", BAD), ("b.md", GOOD)]);
    made.git(&["mv", "a/old.md", "a/new name.md"]);
    made.stage("page.htm", "<p>Our tea cures eczema.</p>\n");
    made.stage("text.njk", "<p>Our tea cures eczema.</p>\n");
    made.stage("notes.markdown", BAD);
    made.stage("leaf.svg", "<svg/>\n");
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/word/cut-runs.docx");
    fs::copy(draft, made.0.join("draft.docx")).unwrap();
    made.git(&["add", "draft.docx"]);
    let (status, found, said) = made.staged("");
    assert_eq!((status, said.as_str()), (1, ""));
    let mut files: Vec<&str> = found.lines().filter_map(|line| line.split(':').next()).collect();
    files.dedup();
    assert_eq!(
        files,
        [
            "a/new name.md",
            "draft.docx",
            "notes.markdown",
            "page.htm",
            "text.njk"
        ]
    );
}

#[test]
fn what_a_check_of_the_folder_leaves_out_is_left_out() {
    let settings = "ignore: [drafts/]\nread: [vendor/theme/]\n";
    let made = Repository::new("staged-ignored", &[("caveat.yaml", settings)]);
    for file in ["drafts/a.md", "vendor/b/x.md", "README.md", ".hidden/a.md"] {
        made.stage(file, BAD);
    }
    made.stage(".caveatignore", "archive/\n");
    made.stage("archive/a.md", BAD);
    let names = "drafts/a.md vendor/b/x.md README.md archive/a.md caveat.yaml";
    assert_eq!(made.staged("").0, 0);
    assert_eq!(
        made.staged(&format!("--quiet -- {names}")).0,
        0,
        "as hooks name them"
    );
    assert_eq!(made.staged("--no-ignore").0, 1);
    made.stage("vendor/theme/x.md", BAD);
    assert_eq!(made.staged("").0, 1);
}

#[test]
fn files_are_checked_as_they_stand_in_the_index_though_the_commit_leaves_them() {
    let made = Repository::new("staged-named", &[("a.md", BAD), ("sub/b.md", GOOD)]);
    assert_eq!(made.staged("a.md sub/b.md").0, 1, "as a hook names all files");
    made.write("a.md", GOOD);
    assert_eq!(made.staged("a.md").0, 1);
    made.write("new.md", GOOD);
    let (status, _, said) = made.staged("new.md");
    assert_eq!((status, said.as_str()), (2, ""));
    let (status, _, said) = made.staged("..");
    assert!(
        status == 2 && said.contains("outside of the repository"),
        "{said}"
    );
    made.stage("c.md", BAD);
    assert_eq!(made.staged("sub").0, 0, "another folder");
}

#[test]
fn settings_that_are_staged_otherwise_are_told() {
    let made = Repository::new("staged-settings", &[("caveat.yaml", "markets: [us]\n")]);
    made.stage("a.md", GOOD);
    made.write("caveat.yaml", "markets: [uk]\n");
    let (_, _, said) = made.staged("");
    assert!(
        said.contains("caveat.yaml: taken from the work tree; what is staged of it differs"),
        "{said}"
    );
}

#[test]
fn a_baseline_that_is_staged_otherwise_is_told() {
    let made = Repository::new("staged-baseline", &[("old.md", BAD)]);
    assert!(made.caveat("baseline create").status.success());
    made.git(&["add", ".caveat-baseline.json"]);
    made.stage("old.md", &format!("{BAD}\nIt comes in a jar.\n"));
    let differs = "taken from the work tree; what is staged of it differs";
    let (status, _, said) = made.staged("");
    assert!(status == 0 && !said.contains(differs), "{said}");
    made.write(".caveat-baseline.json", "{\"version\": 1, \"entries\": []}\n");
    let (status, _, said) = made.staged("");
    assert!(
        status == 1 && said.contains(&format!(".caveat-baseline.json: {differs}")),
        "{said}"
    );
    assert!(!made.staged("--no-baseline").2.contains(differs));
}

#[cfg(unix)]
#[test]
fn a_commit_of_some_files_is_checked_as_such_and_so_is_the_first() {
    use std::os::unix::fs::PermissionsExt;
    let made = Repository::new("staged-partial", &[("a.md", GOOD), ("b.md", GOOD)]);
    let hook = made.0.join(".git/hooks/pre-commit");
    let caveat = env!("CARGO_BIN_EXE_caveat");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(
        &hook,
        format!("#!/bin/sh\nexec {caveat} check --staged --quiet\n"),
    )
    .unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    made.stage("b.md", BAD);
    made.write("a.md", "# Tea\n\nAnother jar.\n");
    let commit = |args: &[&str]| made.tries_git(&[&["commit", "--quiet", "--message", "x"], args].concat());
    assert!(commit(&["a.md"]), "the bad file is not part of the commit");
    assert!(!commit(&[]), "the bad file is committed");
    made.write("b.md", "# Tea\n\nA jar.\n");
    assert!(!commit(&[]), "only the work tree is right");
    assert!(commit(&["--all"]));

    fs::remove_dir_all(made.0.join(".git")).unwrap();
    made.git(&["init", "--quiet"]);
    made.stage("c.md", BAD);
    assert_eq!(made.staged("").0, 1);
}
