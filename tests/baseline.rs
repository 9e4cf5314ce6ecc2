//! Old copy under a baseline, as a team lives with it: 500 findings are adopted, and then the copy changes.
//! What fits in a transcript stands in `tests/cli/baseline.trycmd`.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ACCEPTED: &str = ".caveat-baseline.json";

/// A repository of its own below the build folder.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("baseline-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn run(&self, line: &str) -> (Option<i32>, String, String) {
        self.run_in("", line)
    }

    fn run_in(&self, folder: &str, line: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(self.0.join(folder))
            .args(line.split_whitespace())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// What is found, as `path:line`.
    fn found(&self, line: &str) -> Vec<String> {
        let (status, out, err) = self.run(&format!("check --format short --min-severity warning {line}"));
        let found: Vec<String> = out
            .lines()
            .map(|line| line.split(':').take(2).collect::<Vec<_>>().join(":"))
            .collect();
        assert_eq!(status, Some(i32::from(!found.is_empty())), "{out}{err}");
        found
    }

    fn entries(&self) -> Vec<Value> {
        let file: Value = serde_json::from_str(&self.read(ACCEPTED)).unwrap();
        file["entries"].as_array().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A claim that no other is like.
fn claim(file: usize, line: usize) -> String {
    format!("Our nostrums number {file} of kind {line} cure diabetes.\n\n")
}

/// 50 files of 10 claims each.
fn adopted(name: &str) -> Site {
    let site = Site::new(name);
    for file in 0..50 {
        let text: String = (0..10).map(|line| claim(file, line)).collect();
        site.write(&format!("drafts/{file:02}.md"), &text);
    }
    let (status, out, err) = site.run("baseline create --as-of 2026-11-01");
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with(".caveat-baseline.json: 500 entries recorded"),
        "{out}"
    );
    assert_eq!(site.entries().len(), 500);
    assert!(site.found("").is_empty());
    site
}

#[test]
fn five_hundred_old_findings_are_adopted_and_a_new_one_is_seen() {
    let site = adopted("new");
    assert_eq!(site.found("--no-baseline").len(), 500);
    let text = format!("Our new capsules cure asthma.\n\n{}", site.read("drafts/07.md"));
    site.write("drafts/07.md", &text);
    assert_eq!(site.found(""), ["drafts/07.md:1"]);
    // From below the folder, and for a file that is named, it is the same baseline.
    let (_, out, _) = site.run_in("drafts", "check --format short 07.md");
    assert!(out.starts_with("07.md:1:") && out.lines().count() == 1, "{out}");
    let (_, out, _) = site.run("check");
    assert!(
        out.contains("500 findings are let pass by exceptions; `caveat exceptions` lists them."),
        "{out}"
    );
}

#[test]
fn moved_edited_and_copied_sentences() {
    let site = adopted("sentences");
    let mut lines: Vec<String> = (0..10).map(|line| claim(3, line)).collect();
    lines.reverse();
    site.write("drafts/03.md", &lines.concat());
    assert!(site.found("").is_empty(), "moved copy stays known");
    let emphasised = lines
        .concat()
        .replace("cure", "*cure*")
        .replace("capsules ", "capsules\n");
    site.write("drafts/03.md", &emphasised);
    assert!(site.found("").is_empty(), "so does copy that reads the same");
    site.write(
        "drafts/03.md",
        &lines.concat().replace("kind 9 cure", "kind 9 surely cure"),
    );
    assert_eq!(site.found(""), ["drafts/03.md:1"], "edited copy comes back");
    site.write("drafts/03.md", &(lines.concat() + &lines[4]));
    assert_eq!(site.found(""), ["drafts/03.md:21"], "a second copy is new");
    site.write("drafts/03.md", &lines.concat());
    site.write("drafts/copy.md", &lines.concat());
    assert_eq!(site.found("").len(), 10, "a copied file is new");
}

#[test]
fn a_renamed_file_stays_known_and_prune_learns_its_name() {
    let site = adopted("renamed");
    fs::create_dir(site.0.join("pages")).unwrap();
    fs::rename(site.0.join("drafts/03.md"), site.0.join("pages/tea.md")).unwrap();
    assert!(site.found("").is_empty());
    // Also where only what is staged is checked.
    assert!(site.found("pages/tea.md drafts/04.md").is_empty());
    site.write("pages/again.md", &site.read("pages/tea.md"));
    assert_eq!(site.found("").len(), 10);
    fs::remove_file(site.0.join("pages/again.md")).unwrap();
    let (_, out, _) = site.run("baseline prune");
    assert_eq!(out, ".caveat-baseline.json: 0 dropped, 500 left\n");
    assert!(site.read(ACCEPTED).contains("pages/tea.md") && !site.read(ACCEPTED).contains("drafts/03.md"));
    assert!(site.found("").is_empty());
}

#[test]
fn files_that_are_not_checked_keep_their_entries() {
    let site = adopted("staged");
    assert!(site.found("drafts/01.md drafts/02.md").is_empty());
    let (_, out, _) = site.run("baseline prune drafts/01.md");
    assert_eq!(out, ".caveat-baseline.json: 0 dropped, 500 left\n");
    site.write(
        "drafts/01.md",
        &(1..10).map(|line| claim(1, line)).collect::<String>(),
    );
    fs::remove_file(site.0.join("drafts/02.md")).unwrap();
    let (_, out, _) = site.run("baseline prune drafts/05.md");
    assert!(out.ends_with("10 dropped, 490 left\n"), "{out}");
    let (_, out, _) = site.run("baseline prune");
    let dropped = "dropped: drafts/01.md: us-effects/disease-gone: cure diabetes\n";
    assert_eq!(
        out,
        format!("{dropped}.caveat-baseline.json: 1 dropped, 489 left\n")
    );
    // Created anew for one file, it keeps the others and their days.
    site.write("drafts/05.md", "Our powder cures asthma.\n");
    site.run("baseline create drafts/05.md --as-of 2026-11-20");
    assert_eq!(site.entries().len(), 480);
    let days = site.read(ACCEPTED);
    assert_eq!(days.matches("2026-11-20").count(), 1);
    assert_eq!(days.matches("2026-11-01").count(), 479);
}

#[test]
fn created_again_it_is_the_same_but_for_what_is_new() {
    let site = adopted("again");
    let before = site.read(ACCEPTED);
    site.run("baseline create --as-of 2026-11-24");
    assert_eq!(site.read(ACCEPTED), before);
    site.write("drafts/new.md", "Our powder cures asthma.\n");
    let (_, out, _) = site.run("baseline create --as-of 2026-11-24");
    assert_eq!(
        out,
        ".caveat-baseline.json: 501 entries recorded; of 500 known before 500 are still met\n"
    );
    assert_eq!(site.read(ACCEPTED).matches("2026-11-24").count(), 1);
    assert!(site.found("").is_empty());
}

#[test]
fn what_a_comment_lets_pass_is_not_recorded() {
    let site = Site::new("comment");
    let rule = "us-effects/disease-gone";
    site.write(
        "a.md",
        &format!(
            "<!-- caveat-allow {rule} until=2026-11-30: agreed -->\nIt cures diabetes.\n\nIt cures asthma.\n"
        ),
    );
    site.run("baseline create --as-of 2026-11-24");
    assert_eq!(site.entries().len(), 1);
    assert!(site.found("--as-of 2026-11-24").is_empty());
    // The comment's last day is kept.
    assert_eq!(site.found("--as-of 2026-12-01"), ["a.md:1", "a.md:2"]);
}

#[test]
fn a_broken_baseline_lets_nothing_pass() {
    let site = adopted("broken");
    site.write(ACCEPTED, &site.read(ACCEPTED).replacen("us-", "us*", 1));
    let (status, out, _) = site.run("check --format short --min-severity warning");
    assert_eq!(status, Some(2));
    assert_eq!(out.lines().count(), 501);
    assert!(out.starts_with(".caveat-baseline.json:6:"), "{}", &out[..200]);
    for line in ["baseline create", "baseline prune", "baseline show"] {
        let before = site.read(ACCEPTED);
        let (status, _, err) = site.run(line);
        assert_eq!(status, Some(2), "{line}");
        assert!(err.contains("caveat/baseline"), "{err}");
        assert_eq!(site.read(ACCEPTED), before);
    }
}

#[test]
fn old_entries_fail_when_they_are_too_old() {
    let site = adopted("age");
    let run = |days: i32| {
        site.run(&format!(
            "check --format short --as-of 2026-11-24 --max-age {days}"
        ))
    };
    assert_eq!(run(23).0, Some(0));
    let (status, out, _) = run(22);
    assert_eq!(status, Some(1));
    assert!(
        out.contains("500 entries are older than 22 days; the oldest is from 2026-11-01, 23 days ago"),
        "{out}"
    );
}

#[test]
fn a_site_with_settings_has_its_baseline_beside_them() {
    let site = Site::new("settings");
    site.write("copy/caveat.yaml", "markets: [us, uk]\n");
    site.write("copy/a.md", "Our capsules cure diabetes.\n");
    site.write("other/b.md", "Our capsules cure asthma.\n");
    site.run("baseline create");
    assert!(
        site.read("copy/.caveat-baseline.json")
            .contains("\"path\": \"a.md\"")
    );
    assert!(site.read(ACCEPTED).contains("\"path\": \"other/b.md\""));
    assert!(site.found("").is_empty());
    // Each market is known by itself.
    let both = site.read("copy/.caveat-baseline.json");
    assert!(
        both.contains("\"rule\": \"uk/") && both.contains("\"rule\": \"us-"),
        "{both}"
    );
    let left: Value = serde_json::from_str(&both).unwrap();
    let uk_only: Vec<&Value> = left["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["rule"].as_str().unwrap().starts_with("uk/"))
        .collect();
    let text = serde_json::json!({"version": 1, "entries": uk_only}).to_string();
    site.write("copy/.caveat-baseline.json", &text);
    assert_eq!(site.found(""), ["copy/a.md:1"]);
}

#[test]
fn every_baseline_below_a_folder_is_shown() {
    let site = Site::new("nested");
    for name in ["tea", "serum"] {
        site.write(&format!("{name}/caveat.yaml"), "markets: [us]\n");
        site.write(&format!("{name}/a.md"), "Our capsules cure diabetes.\n");
    }
    let (status, _, err) = site.run("baseline show");
    assert!(status == Some(0) && err.contains("there is no baseline"), "{err}");
    site.run("baseline create --as-of 2026-11-01");
    let (_, out, _) = site.run("baseline show --as-of 2026-11-24");
    for name in ["tea", "serum"] {
        assert!(
            out.contains(&format!("{name}/.caveat-baseline.json:\na.md  ")),
            "{out}"
        );
    }
    let (_, out, _) = site.run("baseline show --format json");
    let rows: Value = serde_json::from_str(&out).unwrap();
    let files: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["baseline"].as_str().unwrap())
        .collect();
    assert_eq!(
        files,
        ["serum/.caveat-baseline.json", "tea/.caveat-baseline.json"]
    );
    let (_, out, _) = site.run_in("tea", "baseline show --as-of 2026-11-24");
    assert!(out.starts_with("a.md  "), "{out}");
}

#[test]
fn ten_thousand_exceptions_are_listed() {
    let site = Site::new("many");
    for file in 0..100 {
        let text: String = (0..100).map(|line| claim(file, line)).collect();
        site.write(&format!("{file:02}.md"), &text);
    }
    site.run("baseline create --as-of 2026-11-01");
    let (status, out, _) = site.run("exceptions --as-of 2026-11-24 --format json");
    assert_eq!(status, Some(0));
    let rows: Value = serde_json::from_str(&out).unwrap();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 10_000);
    assert!(rows.iter().all(|row| row["used"] == 1 && row["age"] == 23));
    let (_, table, _) = site.run("exceptions --as-of 2026-11-24");
    assert_eq!(table.lines().count(), 10_001);
}
