//! `caveat check --watch` on files that change: it tells what is new and what is gone, as a check anew would find it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// So long a line may take; only a test that fails waits for it.
const LIMIT: Duration = Duration::from_secs(120);

/// A check that watches a repository of its own below the build folder.
struct Watch {
    site: PathBuf,
    process: Child,
    /// What it prints, of findings and of what it does, a line each.
    lines: Receiver<String>,
}

impl Watch {
    /// One of a site with these files.
    fn new(files: &[(&str, &str)], options: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let site =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watching-{count}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&site);
        fs::create_dir_all(site.join(".git")).unwrap();
        for (name, text) in files {
            put(&site, name, text);
        }
        let mut process = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(&site)
            .args(["check", "--watch", "--format", "short", "--as-of", "2026-11-24"])
            .args(options.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let out = process.stdout.take().unwrap();
        let err = process.stderr.take().unwrap();
        let also = tell.clone();
        let pass = |from: Box<dyn std::io::Read + Send>, to: std::sync::mpsc::Sender<String>| {
            std::thread::spawn(move || {
                let lines = BufReader::new(from).lines();
                lines.map_while(Result::ok).for_each(|line| drop(to.send(line)));
            });
        };
        pass(Box::new(out), tell);
        pass(Box::new(err), also);
        Self { site, process, lines }
    }

    /// Writes a file, whole at once.
    fn put(&self, name: &str, text: &str) {
        put(&self.site, name, text);
    }

    /// Waits for lines that hold these words, in any order: findings and what is done come by two ways.
    fn tells(&self, words: &[&str]) {
        let mut left = words.to_vec();
        let mut seen = Vec::new();
        while !left.is_empty() {
            let Ok(line) = self.lines.recv_timeout(LIMIT) else {
                panic!("no line with {left:?} after {seen:?}");
            };
            let at = left.iter().position(|words| line.contains(words));
            let at = at.unwrap_or_else(|| panic!("{line:?} came in the place of {left:?}"));
            left.swap_remove(at);
            seen.push(line);
        }
    }

    /// Ends it as Ctrl-C does; the exit status.
    fn end(&mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        self.process.wait().unwrap().code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.site);
    }
}

fn put(site: &Path, name: &str, text: &str) {
    let path = site.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let beside = site.join(".git/new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

const WAITS: &str = "waiting for changes; Ctrl-C ends it";
const CURE: &str = "Our tea cures eczema.\n";
const MILD: &str = "Our tea tastes of mint.\n";
const RULE: &str = "[us-effects/swallowed-disease]";

#[cfg(unix)]
#[test]
fn what_changes_in_the_copy_is_told() {
    let mut watch = Watch::new(&[("content/tea.md", CURE), ("content/mint.md", MILD)], "");
    watch.tells(&[RULE, WAITS]);
    // Words that only move are what they were.
    watch.put("content/tea.md", &format!("# Tea\n\n{CURE}"));
    watch.tells(&["checked again: 0 new, 0 gone, 1 as before"]);
    watch.put("content/mint.md", "Our mint cures gout.\n");
    watch.tells(&[
        "checked again: 1 new, 0 gone, 1 as before",
        "content/mint.md:1:10: error",
    ]);
    watch.put("content/tea.md", MILD);
    watch.tells(&[
        "checked again: 0 new, 1 gone, 1 as before",
        "gone: content/tea.md:3:9: error",
    ]);
    // What is written bit by bit is read bit by bit.
    let lines = [
        "# Tea",
        "It tastes of mint.",
        "Our tea cures gout.",
        "Our tea cures eczema.",
    ];
    let cures = "content/tea.md:5:9: error";
    let rounds: [(usize, &[&str]); 4] = [
        (2, &["0 new, 0 gone"]),
        (3, &["1 new, 0 gone", cures]),
        (4, &["1 new, 0 gone", "content/tea.md:7:9: error"]),
        (2, &["0 new, 2 gone", cures, "content/tea.md:7:9: error"]),
    ];
    for (count, told) in rounds {
        watch.put("content/tea.md", &lines[..count].join("\n\n"));
        watch.tells(told);
    }
    // A folder that comes, goes, and comes again.
    for _ in 0..2 {
        watch.put("content/new/deep/tea.md", CURE);
        watch.tells(&["1 new, 0 gone, 1 as before", "content/new/deep/tea.md:1:9: error"]);
        fs::remove_dir_all(watch.site.join("content/new")).unwrap();
        watch.tells(&["0 new, 1 gone, 1 as before", "gone: content/new/deep/tea.md:1:9"]);
    }
    assert_eq!(watch.end(), Some(1));
}

#[cfg(unix)]
#[test]
fn what_changes_beside_the_copy_is_told() {
    let mut watch = Watch::new(&[("content/tea.md", CURE)], "content");
    watch.tells(&[RULE, WAITS]);
    let off = format!("severities: {{{}: \"off\"}}\n", &RULE[1..RULE.len() - 1]);
    watch.put("caveat.yaml", &off);
    watch.tells(&["0 new, 1 gone", "gone: content/tea.md"]);
    let house = "pack: house\nmarket: none\ntitle: House\nrules:\n  - id: tea\n    category: terms\n    severity: warning\n    \
                 message: The copy says tea.\n    help: Say leaves.\n    forbid: {words: [WORD]}\n    \
                 examples: {flag: [A WORD.], pass: [A leaf.]}\n";
    watch.put("house.yaml", &house.replace("WORD", "tea"));
    watch.put("caveat.yaml", &format!("{off}policies: [house.yaml]\n"));
    watch.tells(&["1 new, 0 gone", "[house/tea]"]);
    watch.put("house.yaml", &house.replace("WORD", "coffee"));
    watch.tells(&["0 new, 1 gone", "gone: content/tea.md"]);
    watch.put("caveat.yaml", "market: [us]\n");
    watch.tells(&["1 new, 0 gone", "caveat.yaml:1:1: error"]);
    watch.put("caveat.yaml", "markets: [us]\n");
    watch.tells(&["1 new, 1 gone", "gone: caveat.yaml:1:1", RULE]);
    watch.put(
        "claims.yaml",
        "claims:\n  - {id: tea, text: Our tea cures eczema., approver: A. Lee, approved: 2026-01-01, review-by: 2027-01-01, \
         evidence: [{url: \"https://example.org\"}]}\n",
    );
    watch.tells(&["0 new, 1 gone", "gone: content/tea.md"]);
    fs::remove_file(watch.site.join("claims.yaml")).unwrap();
    watch.tells(&["1 new, 0 gone", RULE]);
    let baseline = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .current_dir(&watch.site)
        .args(["baseline", "create", "content", "--as-of", "2026-11-24"])
        .output()
        .unwrap();
    assert!(baseline.status.success(), "{baseline:?}");
    watch.tells(&["0 new, 1 gone", "gone: content/tea.md"]);
    assert_eq!(watch.end(), Some(0));
}

/// A file that is named is written anew by an editor, and one that is named need not be there for a while.
#[cfg(unix)]
#[test]
fn a_file_that_is_named_may_go_and_come() {
    let mut watch = Watch::new(&[("tea.md", CURE)], "tea.md --quiet");
    watch.tells(&[RULE]);
    fs::remove_file(watch.site.join("tea.md")).unwrap();
    watch.tells(&["gone: tea.md:1:9", "[caveat/unreadable]"]);
    watch.put("tea.md", CURE);
    watch.tells(&["gone: ", RULE]);
    assert_eq!(watch.end(), Some(1));
}

#[test]
fn what_makes_no_sense_is_refused() {
    for (line, why) in [
        ("check --watch -", "standard input is none"),
        (
            "check --watch --format json",
            "--watch prints the format pretty or short",
        ),
        (
            "check --watch --format html=page.html",
            "--watch prints the format pretty or short",
        ),
        ("check --watch --since HEAD", "cannot be used with"),
        ("check --watch --staged", "cannot be used with"),
        ("check --watch --fix", "cannot be used with"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .args(line.split(' '))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}: {told}");
        assert!(told.contains(why), "{line}: {told}");
    }
}
