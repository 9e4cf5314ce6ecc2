//! Holds `caveat diff` to its word on repositories made for it: what a change adds is told, however far from the
//! changed line it stands, and nothing else is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DISCLAIMER: &str =
    "This page is for information only and is no substitute for medical advice. Ask your doctor.";

/// A page whose disclaimer stands eighty lines below the copy that owes it.
fn page(last: &str) -> String {
    let filler = "The clinic opens at nine and closes at five.\n\n".repeat(40);
    format!(
        "# Laser treatment of acne\n\nThis article tells how we treat acne with a laser at our clinic. Laser treatment of \
         acne scars takes an hour. Redness and swelling pass within a day. Peels fade melasma. We also \
         treat rosacea with the laser. Eczema is a reason to wait. Psoriasis is another.\n\n{filler}{last}\n"
    )
}

pub(super) struct Repository(pub(super) PathBuf);

impl Repository {
    pub(super) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("diff-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let made = Self(path);
        made.git(&["init", "--quiet", "--initial-branch=main"]);
        for (file, text) in files {
            made.write(file, text);
        }
        made.commit("one");
        made
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        let file = self.0.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(super) fn git(&self, args: &[&str]) {
        assert!(self.tries_git(args), "{args:?}");
    }

    /// Whether git did what it was told.
    pub(super) fn tries_git(&self, args: &[&str]) -> bool {
        let who = [
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        let ran = Command::new("git")
            .current_dir(&self.0)
            .args(who)
            .args(args)
            .output()
            .unwrap();
        ran.status.success()
    }

    pub(super) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(super) fn caveat(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(&self.0)
            .args(line.split_whitespace())
            .output()
            .unwrap()
    }

    /// Runs `caveat diff` with `short` output: the exit status and what is new.
    fn new_since(&self, args: &str) -> (i32, String) {
        let ran = self.caveat(&format!("diff {args} --format short --quiet"));
        (ran.status.code().unwrap(), String::from_utf8(ran.stdout).unwrap())
    }
}

#[test]
fn a_deleted_disclaimer_is_seen_far_from_the_claim() {
    let repository = Repository::new("disclaimer", &[("acne.md", &page(DISCLAIMER))]);
    assert_eq!(repository.new_since("HEAD").0, 0);
    repository.write("acne.md", &page("The clinic is closed on Sundays."));
    let (status, told) = repository.new_since("HEAD");
    assert_eq!(status, 1);
    assert!(
        told.contains("missing-consult") || told.contains("missing-disclaimer"),
        "{told}"
    );
    assert_eq!(
        repository.caveat("check --since HEAD --quiet").status.code(),
        Some(1)
    );
    assert_eq!(repository.new_since("HEAD --fail-on error").0, 0);
}

#[test]
fn only_what_is_new_is_told() {
    let repository = Repository::new(
        "new",
        &[
            ("a/tea.md", "Our tea cures eczema.\n"),
            ("b.md", "A cup of tea.\n"),
        ],
    );
    repository.write(
        "a/tea.md",
        "Moved down.\n\nOur tea cures eczema.\n\nOur tea cures asthma.\n",
    );
    let (status, told) = repository.new_since("HEAD");
    assert_eq!(status, 1);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("a/tea.md:5:"), "{told}");
    assert_eq!(repository.new_since("HEAD b.md").0, 0);
    repository.write("a/tea.md", "A cup of tea.\n");
    let ran = repository.caveat("diff HEAD");
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(0));
    assert!(said.contains("0 new, 1 gone, 0 as before"), "{said}");
}

#[test]
fn a_renamed_page_brings_nothing_new() {
    let repository = Repository::new("renamed", &[("old.md", "# Tea\n\nOur tea cures eczema.\n")]);
    repository.git(&["mv", "old.md", "new.md"]);
    assert_eq!(repository.new_since("HEAD"), (0, String::new()));
}

#[test]
fn settings_and_policies_of_then_judge_the_copy_of_then() {
    let settings = "policies: [house.yaml]\n";
    let house = |word: &str| {
        format!(
            "pack: house\nmarket: none\ntitle: Words\nrules:\n  - id: words\n    category: terms\n    severity: warning\n    \
             message: The copy uses a word that the house does not.\n    help: Use another.\n    forbid: {{words: [{word}]}}\n    \
             examples: {{flag: [\"One {word}.\"], pass: [\"None.\"]}}\n"
        )
    };
    let repository = Repository::new(
        "settings",
        &[
            ("caveat.yaml", settings),
            ("house.yaml", &house("gizmo")),
            ("a.md", "A gizmo here.\n\nA gadget there.\n"),
        ],
    );
    assert_eq!(repository.new_since("HEAD"), (0, String::new()));
    repository.write("house.yaml", &house("gadget"));
    let (status, told) = repository.new_since("HEAD");
    assert_eq!(status, 1, "{told}");
    assert_eq!(repository.new_since("HEAD --config caveat.yaml"), (status, told));
}

#[test]
fn what_others_changed_meanwhile_does_not_count() {
    let repository = Repository::new("fork", &[("a.md", "Our tea cures eczema.\n")]);
    repository.git(&["switch", "--quiet", "--create", "topic"]);
    repository.write("b.md", "Our tea cures asthma.\n");
    repository.commit("two");
    repository.git(&["switch", "--quiet", "main"]);
    repository.write("a.md", "A cup of tea.\n");
    repository.commit("three");
    repository.git(&["switch", "--quiet", "topic"]);
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let (status, told) = repository.new_since("origin/main");
    assert_eq!(status, 1);
    assert!(told.starts_with("b.md:") && told.lines().count() == 1, "{told}");
}

#[test]
fn files_that_are_not_the_repositorys_are_left_out() {
    let repository = Repository::new("inner", &[("a.md", "A cup of tea.\n"), (".gitignore", "out/\n")]);
    repository.write("out/b.md", "Our tea cures eczema.\n");
    repository.write("theme/c.md", "Our tea cures eczema.\n");
    let inner = repository.0.join("theme");
    let made = Command::new("git")
        .current_dir(&inner)
        .args(["init", "--quiet"])
        .status()
        .unwrap();
    assert!(made.success());
    assert_eq!(repository.new_since("HEAD"), (0, String::new()));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let repository = Repository::new("refused", &[("a.md", "A cup of tea.\n")]);
    for (line, said) in [
        ("diff nowhere", "git knows no commit `nowhere`"),
        ("diff --upload-pack", "unexpected argument"),
        ("diff HEAD -", "standard input cannot be compared"),
        ("diff HEAD ..", "stands outside of the repository"),
    ] {
        let ran = repository.caveat(line);
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{line}: {told}");
        assert!(told.contains(said), "{line}: {told}");
    }
    let outside = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(std::env::temp_dir())
        .args(["diff", "HEAD"])
        .output()
        .unwrap();
    assert_eq!(outside.status.code(), Some(2));
}

#[test]
fn each_tree_has_the_baseline_and_the_comments_it_has() {
    let claim = "Our capsules cure diabetes.\n";
    let made = Repository::new("exceptions", &[("tea.md", claim)]);
    assert!(made.caveat("baseline create").status.success());
    made.commit("two");
    assert_eq!(made.caveat("diff HEAD").status.code(), Some(0));
    made.write(".caveat-baseline.json", "{\"version\": 1, \"entries\": []}");
    assert_eq!(made.caveat("diff HEAD").status.code(), Some(1));
    // Adopting old copy adds nothing, and neither does moving it.
    assert_eq!(made.caveat("diff HEAD~1").status.code(), Some(0));
    made.write(
        "tea.md",
        &format!("<!-- caveat-allow us-effects/swallowed-disease: agreed -->\n{claim}"),
    );
    assert_eq!(made.caveat("diff HEAD").status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_repository_that_git_does_not_trust_is_told_as_such() {
    let made = Repository::new("owner", &[("a.md", "Tea.\n")]);
    let ran = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(&made.0)
        .args(["check", "--since", "HEAD"])
        // As git would find it where somebody else owns the folder.
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(
        ran.status.code() == Some(2)
            && said.contains("dubious ownership")
            && said.contains("diff-owner` makes it"),
        "{said}"
    );
}
