//! Holds the README to its word: every command in it is run, every file in it is loaded.
//! `TRYCMD=overwrite cargo test --test all readme` writes the outputs anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const BIN: &str = env!("CARGO_BIN_EXE_caveat");
/// Needs a repository with that branch; `tests/diff.rs` runs `caveat diff` on those that it makes.
const DIFF: &str = "caveat diff origin/main";
/// `tests/adoption.rs` runs them on an old site.
const ADOPT: &str = "caveat init\ncaveat baseline create\ngit add caveat.yaml .caveat-baseline.json";
/// Write files, and so are run in a folder that has drafts.
const DRAFTS: &str =
    "caveat check draft.docx --annotate reviewed.docx\ncaveat check drafts/ --annotate reviewed/";
/// Takes its text from a file.
const EDITOR: &str = "caveat check - --stdin-path drafts/tea.md --format json < drafts/tea.md";
/// Writes a file, and so is run in a folder of its own.
const EVIDENCE: &str = "caveat check --attest evidence.json drafts/";
/// Work on a register, and so are run in a folder that has one.
const CLAIMS: &str = "caveat claims check
caveat claims list --format markdown
caveat claims matrix --format html drafts/
caveat claims add FINGERPRINT drafts/ --approver=A.Lee --review-by 2027-11-23";
/// Writes files, and takes one up.
const DECIDE: &str = "caveat review\ncaveat decide decisions.yaml";
/// Writes what it prints to a file.
const SCHEMA: &str = "caveat schema settings > caveat.schema.json";
/// Writes a file, and so is run in a folder of its own.
const REPORTS: &str = "caveat check --format short --format json=findings.json drafts/";

fn readme() -> String {
    fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap()
}

/// The fenced blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let opening = format!("```{language}\n");
    text.split(&opening)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The block of a language that opens with `start`.
fn block(language: &str, start: &str) -> String {
    let found: Vec<String> = blocks(language)
        .into_iter()
        .filter(|block| block.starts_with(start))
        .collect();
    assert_eq!(found.len(), 1, "one {language} block opens with {start}");
    found[0].clone()
}

/// A new folder, with files in it.
fn scratch(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{name}"));
    let _ = fs::remove_dir_all(&path);
    for (file, text) in files {
        let file = path.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    path
}

fn caveat(folder: &Path, line: &str) -> Output {
    Command::new(BIN)
        .current_dir(folder)
        .args(line.split_whitespace())
        .output()
        .unwrap()
}

#[test]
fn every_transcript_comes_out_as_written() {
    trycmd::TestCases::new().case("README.md").run();
}

#[test]
fn every_shell_block_is_known_to_a_test() {
    let mut blocks = blocks("sh");
    blocks.retain(|block| !block.starts_with("#!"));
    let lines: Vec<&str> = blocks.iter().map(|block| block.trim()).collect();
    assert_eq!(
        lines,
        [
            "cargo run --release -- check fixtures/drafts",
            "cargo test --release",
            "cargo install --path .",
            ADOPT,
            REPORTS,
            EDITOR,
            DIFF,
            DRAFTS,
            SCHEMA,
            "caveat exceptions",
            "caveat baseline create",
            "caveat check --max-age 180\ncaveat baseline prune",
            DECIDE,
            CLAIMS,
            EVIDENCE
        ]
    );
}

#[test]
fn the_main_job_finds_something_in_the_drafts() {
    let ran = caveat(Path::new(ROOT), "check fixtures/drafts");
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8(ran.stdout).unwrap().lines().count() > 10);
}

#[test]
fn one_run_writes_several_reports() {
    let folder = scratch("reports", &[("drafts/tea.md", "Our capsules cure diabetes.\n")]);
    let ran = caveat(&folder, REPORTS.strip_prefix("caveat ").unwrap());
    assert_eq!(ran.status.code(), Some(1));
    let short = String::from_utf8(ran.stdout).unwrap();
    let json = fs::read_to_string(folder.join("findings.json")).unwrap();
    assert!(
        short.contains("drafts/tea.md:1:") && json.contains("\"drafts/tea.md\""),
        "{short}{json}"
    );
}

#[test]
fn drafts_are_answered_in_their_margin() {
    let folder = scratch("drafts", &[("drafts/notes.txt", "Tea.\n")]);
    let draft = Path::new(ROOT).join("fixtures/word/cut-runs.docx");
    for name in ["draft.docx", "drafts/tea.docx"] {
        fs::copy(&draft, folder.join(name)).unwrap();
    }
    for (line, copy) in DRAFTS.lines().zip(["reviewed.docx", "reviewed/tea.docx"]) {
        let ran = caveat(&folder, line.strip_prefix("caveat ").unwrap());
        assert_eq!(ran.status.code(), Some(1));
        assert!(fs::metadata(folder.join(copy)).unwrap().len() > 0);
    }
}

#[test]
fn the_decisions_are_taken_up() {
    let sheet = block("yaml", "# Decisions");
    let folder = scratch(
        "decisions",
        &[
            ("drafts/tea.md", "Our capsules cure diabetes.\n"),
            (".git/HEAD", ""),
        ],
    );
    let json = caveat(&folder, "check --format json drafts").stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mut found = json["findings"].as_array().unwrap().iter();
    let claim = found
        .find(|finding| finding["excerpt"] == "cure diabetes")
        .unwrap();
    let print = sheet
        .split("finding: ")
        .nth(1)
        .unwrap()
        .split('\n')
        .next()
        .unwrap();
    let sheet = sheet.replace(print, claim["fingerprint"].as_str().unwrap());
    fs::write(folder.join("decisions.yaml"), sheet).unwrap();
    for line in DECIDE.lines() {
        let ran = caveat(&folder, line.strip_prefix("caveat ").unwrap());
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(0), "{line}: {said}");
    }
    for file in [
        "caveat-review.html",
        ".caveat-baseline.json",
        ".caveat-labels.jsonl",
    ] {
        assert!(folder.join(file).is_file() && readme().contains(file), "{file}");
    }
    let passes = |day: &str| {
        caveat(&folder, &format!("check drafts --as-of {day}"))
            .status
            .code()
    };
    assert_eq!((passes("2027-06-30"), passes("2027-07-01")), (Some(0), Some(1)));
    let scored = caveat(&folder, "policy score --labels .caveat-labels.jsonl");
    assert_eq!(scored.status.code(), Some(0));
}

/// A folder with the README's register, its evidence, and a draft.
fn registered(name: &str) -> PathBuf {
    let register = block("yaml", "claims:");
    scratch(
        name,
        &[
            ("caveat.yaml", "markets: [us]\n"),
            ("claims.yaml", &register),
            ("studies/unwind.pdf", "A trial.\n"),
            ("drafts/tea.md", "Our capsules cure diabetes.\n"),
        ],
    )
}

#[test]
fn the_register_is_sound_and_is_added_to() {
    let folder = registered("claims");
    let json = caveat(&folder, "check --format json drafts").stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mut found = json["findings"].as_array().unwrap().iter();
    let claim = found.find(|finding| finding["category"] == "disease").unwrap();
    for line in CLAIMS.lines() {
        let line = line.strip_prefix("caveat ").unwrap();
        let line = line.replace("FINGERPRINT", claim["fingerprint"].as_str().unwrap());
        let ran = caveat(&folder, &line);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(0), "{line}: {said}");
    }
    let written = fs::read_to_string(folder.join("claims.yaml")).unwrap();
    let added = written.strip_prefix(&block("yaml", "claims:")).unwrap();
    assert!(added.contains("Our capsules cure diabetes."), "{added}");
    let ran = caveat(&folder, "check --format short drafts");
    assert!(!String::from_utf8(ran.stdout).unwrap().contains("disease"));
}

#[test]
fn the_evidence_is_written_and_its_hash_is_told() {
    use sha2::{Digest, Sha256};
    let folder = registered("evidence");
    let ran = caveat(&folder, EVIDENCE.strip_prefix("caveat ").unwrap());
    assert_eq!(ran.status.code(), Some(1));
    let hash = Sha256::digest(fs::read(folder.join("evidence.json")).unwrap());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(
        said.contains(&format!("attested: sha256 {hash} evidence.json")),
        "{said}"
    );
}

/// Every `caveat check` in the snippets for CI runs, and what it writes is there.
#[test]
fn the_snippets_for_ci_write_what_they_name() {
    let folder = scratch(
        "ci",
        &[
            ("drafts/tea.md", "Our capsules cure diabetes.\n"),
            ("test-results/.keep", ""),
        ],
    );
    let snippets = blocks("yaml")
        .join("\n")
        .replace("\"$GITHUB_STEP_SUMMARY\"", "summary.md");
    let commands = snippets
        .lines()
        .filter_map(|line| line.split_once(" caveat check "));
    let lines: Vec<String> = commands
        .filter(|(_, options)| !options.starts_with("--staged"))
        .map(|(_, options)| format!("check {options}"))
        .collect();
    assert_eq!(lines.len(), 6);
    for line in lines {
        let expected = if line.contains("--fail-on never") { 0 } else { 1 };
        assert_eq!(caveat(&folder, &line).status.code(), Some(expected), "{line}");
        for file in line.split_whitespace().filter_map(|word| word.split_once('=')) {
            let written = fs::read_to_string(folder.join(file.1)).unwrap();
            assert!(written.contains("tea.md"), "{line}");
        }
    }
}

#[test]
fn the_formats_in_the_table_are_those_there_are() {
    let told: Vec<String> = readme()
        .split("| `--format` | is |\n")
        .nth(1)
        .unwrap()
        .lines()
        .skip(1)
        .map_while(|line| line.strip_prefix("| `"))
        .filter_map(|rest| rest.split('`').next().map(str::to_owned))
        .collect();
    let there: Vec<&str> = caveat::report::REPORTERS
        .iter()
        .map(|reporter| reporter.name)
        .collect();
    assert_eq!(told, there);
}

#[test]
fn the_exception_lets_its_sentence_pass_and_is_listed() {
    let page = block("md", "<!-- caveat-allow");
    let folder = scratch("exception", &[("serum.md", &page), (".git/HEAD", "")]);
    let ran = caveat(&folder, "check --as-of 2026-11-24 --format short --show-silenced");
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{out}");
    assert!(
        out.starts_with("serum.md:2:19: let pass by Ann Lee until 2027-06-30"),
        "{out}"
    );
    let ran = caveat(&folder, "exceptions --as-of 2026-11-24");
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("QA-12") && out.contains("serum.md:1 "), "{out}");
    let after = caveat(&folder, "check --as-of 2027-07-01");
    assert_eq!(after.status.code(), Some(1));
}

#[test]
fn old_copy_is_written_down_and_grows_too_old() {
    let folder = scratch(
        "baseline",
        &[("tea.md", "Our capsules cure diabetes.\n"), (".git/HEAD", "")],
    );
    assert_eq!(caveat(&folder, "check").status.code(), Some(1));
    let status = |line: &str| caveat(&folder, line).status.code();
    assert_eq!(status("baseline create --as-of 2026-01-01"), Some(0));
    assert_eq!(status("check"), Some(0));
    assert_eq!(status("check --as-of 2026-06-30 --max-age 180"), Some(0));
    assert_eq!(status("check --as-of 2026-07-01 --max-age 180"), Some(1));
    fs::write(folder.join("tea.md"), "Our capsules come in a jar.\n").unwrap();
    assert_eq!(status("baseline prune"), Some(0));
    assert_eq!(status("check --as-of 2026-07-01 --max-age 180"), Some(0));
}

#[test]
fn an_editor_pipes_its_text_in() {
    let folder = scratch("editor", &[("drafts/tea.md", "Our capsules cure diabetes.\n")]);
    let (line, file) = EDITOR.split_once(" < ").unwrap();
    let ran = Command::new(BIN)
        .current_dir(&folder)
        .args(line.split_whitespace().skip(1))
        .stdin(fs::File::open(folder.join(file)).unwrap())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        String::from_utf8(ran.stdout)
            .unwrap()
            .contains("\"path\": \"drafts/tea.md\"")
    );
}

/// The packs, settings and registers that the schemas must fit are compared by `tests/ci/schemas.sh`.
#[test]
fn editors_are_given_the_keys_with_what_they_say() {
    let (line, file) = SCHEMA.split_once(" > ").unwrap();
    let ran = caveat(Path::new(ROOT), line.strip_prefix("caveat ").unwrap());
    let schema: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.len(), caveat::config::KEYS.len());
    for key in caveat::config::KEYS {
        assert_eq!(properties[key.name]["description"], key.about);
    }
    assert!(readme().contains(&format!("`# yaml-language-server: $schema={file}`")));
}

#[test]
fn the_manifest_keeps_what_is_said_of_installing() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"caveat\""));
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap()
        .trim_matches('"');
    assert!(readme().contains(&format!("{version} or newer")));
}

#[test]
fn the_settings_load_and_name_every_key() {
    let settings = block("yaml", "# Whose");
    let house = block("yaml", "pack:");
    let folder = scratch(
        "settings",
        &[
            ("caveat.yaml", &settings),
            ("policies/house.yaml", &house),
            ("claims.yaml", "claims: []\n"),
            (
                "layouts/footer.html",
                "<p>This page is for information only and is no substitute for medical advice. Ask your doctor.</p>",
            ),
            ("a.md", "A miracle in a jar.\n"),
        ],
    );
    let ran = caveat(&folder, "check a.md --format short --config caveat.yaml");
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{out}");
    assert!(out.contains("[house-style/no-miracles]"), "{out}");

    let known: BTreeSet<&str> = caveat::config::KEYS.iter().map(|key| key.name).collect();
    let named: BTreeSet<&str> = settings
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(named, known);
}

#[test]
fn every_kind_of_product_and_page_is_named_here_and_in_the_help() {
    use caveat::finding::{Page, Product};
    let help = String::from_utf8(caveat(Path::new(ROOT), "help check").stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let products = Product::ALL.iter().map(|kind| kind.name());
    for kind in products.chain(Page::ALL.iter().map(|kind| kind.name())) {
        assert!(readme().contains(&format!("`{kind}`")), "{kind}");
        assert!(
            help.contains(&format!("{kind},")) || help.contains(&format!("{kind};")),
            "{kind}"
        );
    }
}

#[test]
fn the_policy_passes_its_own_examples() {
    let folder = scratch("policy", &[("house.yaml", &block("yaml", "pack:"))]);
    for line in ["policy check house.yaml", "policy test house.yaml"] {
        assert_eq!(caveat(&folder, line).status.code(), Some(0), "{line}");
    }
}

#[test]
fn the_commands_in_the_table_are_those_there_are() {
    let help = String::from_utf8(caveat(Path::new(ROOT), "--help").stdout).unwrap();
    let listed: BTreeSet<String> = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    let told: BTreeSet<String> = readme()
        .lines()
        .filter_map(|line| line.strip_prefix("| `caveat "))
        .filter_map(|rest| rest.split([' ', '`']).next().map(str::to_owned))
        .collect();
    assert_eq!(told, listed);
}

#[cfg(unix)]
#[test]
fn the_hook_stops_a_commit_with_findings_and_lets_others_pass() {
    let folder = scratch(
        "hook",
        &[
            ("tea.md", "Our capsules cure diabetes.\n"),
            ("leaf.svg", "<svg/>\n"),
        ],
    );
    let git = |line: &str| {
        let search = std::env::join_paths(
            std::iter::once(Path::new(BIN).parent().unwrap().to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let mut git = Command::new("git");
        git.current_dir(&folder)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(line.split_whitespace())
            .env("PATH", search.unwrap())
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE");
        git.output().unwrap()
    };
    assert!(git("init --quiet").status.success());
    let hook = folder.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, block("sh", "#!")).unwrap();
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let line = readme
        .split("`chmod ")
        .nth(1)
        .and_then(|rest| rest.split('`').next())
        .unwrap();
    let mut chmod = Command::new("chmod");
    assert!(
        chmod
            .current_dir(&folder)
            .args(line.split(' '))
            .status()
            .unwrap()
            .success()
    );
    assert!(git("add .").status.success());
    let stopped = git("commit --quiet -m bad");
    let said =
        String::from_utf8_lossy(&stopped.stdout).into_owned() + &String::from_utf8_lossy(&stopped.stderr);
    assert!(!stopped.status.success() && said.contains("tea.md:1"), "{said}");
    fs::write(folder.join("tea.md"), "Our capsules come in a jar.\n").unwrap();
    assert!(git("add .").status.success());
    let passed = git("commit --quiet -m good");
    assert!(
        passed.status.success(),
        "{}",
        String::from_utf8_lossy(&passed.stderr)
    );
}
