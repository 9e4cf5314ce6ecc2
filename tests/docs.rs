//! Holds the pages of the documentation to their word: every transcript in them comes out as written, and every other
//! command is run, page by page, on a site made for it. What the site makes of them is tests/ci/docs.sh's.

use std::fs;
use std::path::Path;

const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/packages/docs/src");
/// What other programs do with a release.
const ELSEWHERE: [&str; 3] = [
    "sha256sum --check --ignore-missing SHA256SUMS",
    "gh attestation verify caveat-x86_64-unknown-linux-gnu.tar.gz --repo OWNER/REPOSITORY",
    "code --install-extension caveat-linux-x64.vsix",
];

/// The lines of the shell blocks of a page.
fn commands(page: &str) -> Vec<&str> {
    let blocks = page.split("```sh\n").skip(1);
    blocks
        .flat_map(|rest| rest.split("```").next().unwrap().lines())
        .collect()
}

#[test]
fn every_transcript_comes_out_as_written() {
    trycmd::TestCases::new().case("packages/docs/src/*.md").run();
}

#[cfg(unix)]
#[test]
fn every_command_runs() {
    let mut ran = 0;
    for page in fs::read_dir(PAGES).unwrap() {
        let page = page.unwrap().path();
        let text = fs::read_to_string(&page).unwrap();
        let commands: Vec<&str> = commands(&text)
            .into_iter()
            .filter(|line| !ELSEWHERE.contains(line))
            .collect();
        if commands.is_empty() {
            continue;
        }
        let site = site(page.file_stem().unwrap().to_str().unwrap());
        // Most pages speak of a site that has its settings; one makes them.
        if !commands.contains(&"caveat init") {
            run(&site.0, "caveat init");
        }
        for line in commands {
            run(&site.0, line);
            ran += 1;
        }
    }
    assert!(ran > 20, "{ran}");
}

/// A site with what the pages speak of.
#[cfg(unix)]
fn site(name: &str) -> super::diff::Repository {
    let site = super::diff::Repository::new(
        &format!("docs-{name}"),
        &[
            ("drafts/tea.md", "Our capsules cure diabetes.\n"),
            ("docs/a.txt", "Our capsules cure diabetes.\n"),
            (
                "labels.jsonl",
                "{\"doc\": \"a.txt\", \"line\": 1, \"quote\": \"cure diabetes\", \"category\": \"disease\", \"strength\": \"must\"}\n",
            ),
            (
                "claims.yaml",
                "claims:\n  - {id: calm, text: A cup of calm., approver: A. Lee, approved: 2026-01-01, review-by: 2999-01-01}\n",
            ),
        ],
    );
    site.git(&["branch", "origin/main"]);
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/word/cut-runs.docx");
    fs::copy(draft, site.0.join("draft.docx")).unwrap();
    site
}

/// Runs a line as a shell does: nothing found, or something found, and never a mistake of usage.
#[cfg(unix)]
fn run(site: &Path, line: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_caveat"))
        .parent()
        .unwrap()
        .to_owned();
    let rest = std::env::var_os("PATH").unwrap();
    let search = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&rest))).unwrap();
    let ran = std::process::Command::new("sh")
        .current_dir(site)
        .args(["-c", line])
        .env("PATH", search)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(matches!(ran.status.code(), Some(0 | 1)), "{line}: {said}");
}
