//! An old site takes caveat up, by the commands of the README: what is old passes, what is new is stopped in the hook and in
//! CI, and every exception is on the list.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGES: usize = 50;
const CLAIMS: usize = 10;

struct Site(PathBuf);

impl Site {
    /// A repository with five hundred old findings, and a page whose disclaimer stands far from what owes it.
    fn new() -> Self {
        let site = Self::at("adoption");
        let ills = [
            "eczema",
            "asthma",
            "diabetes",
            "migraine",
            "gout",
            "psoriasis",
            "arthritis",
            "colitis",
            "lupus",
            "angina",
        ];
        for page in 0..PAGES {
            let claims = ills
                .iter()
                .take(CLAIMS)
                .map(|ill| format!("Our tea number {page} cures {ill}.\n\n"));
            site.write(&format!("content/shop/{page}.md"), &claims.collect::<String>());
        }
        let filler = "The clinic opens at nine and closes at five.\n\n".repeat(40);
        site.write(
            "content/acne.md",
            &format!(
                "# Laser treatment of acne\n\nThis article tells how we treat acne with a laser at our clinic. Laser treatment \
                 of acne scars takes an hour. Redness and swelling pass within a day. Peels fade melasma. \
                 We also treat rosacea with the laser. Eczema is a reason to wait. Psoriasis is another. A laser \
                 treatment is repeated each month.\n\n{filler}{DISCLAIMER}\n"
            ),
        );
        site.run("git init --quiet --initial-branch=main");
        site.run("git add --all");
        site.commit("old copy");
        site
    }

    /// An empty folder.
    fn at(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.0.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Runs a line of the README, with the program under test for `caveat`.
    fn run(&self, line: &str) -> Output {
        let mut words = line.split_whitespace();
        let program = words.next().unwrap();
        let program = if program == "caveat" {
            env!("CARGO_BIN_EXE_caveat")
        } else {
            program
        };
        let ran = Command::new(program).current_dir(&self.0).args(words).output();
        ran.unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    fn status(&self, line: &str) -> Option<i32> {
        self.run(line).status.code()
    }

    fn commit(&self, message: &str) {
        let who = "-c user.name=x -c user.email=x@example.org -c commit.gpgsign=false";
        let ran = self.run(&format!(
            "git {who} commit --quiet --no-verify --message={}",
            message.replace(' ', "-")
        ));
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

const DISCLAIMER: &str =
    "This page is for information only and is no substitute for medical advice. Ask your doctor.";

fn blocks() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks = readme
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.collect()
}

fn block(start: &str) -> String {
    blocks()
        .into_iter()
        .find(|block| block.starts_with(start))
        .unwrap()
}

#[test]
fn a_clean_site_takes_caveat_up_in_the_same_commands() {
    let site = Site::at("adoption-clean");
    site.write("content/tea.md", "Our tea tastes of mint.\n");
    site.run("git init --quiet --initial-branch=main");
    for line in block("caveat init").lines() {
        assert_eq!(site.status(line), Some(0), "{line}");
    }
    site.commit("caveat");
    assert_eq!(site.status("caveat check"), Some(0));
    site.write("content/tea.md", "Our tea cures insomnia.\n");
    assert_eq!(
        site.status("caveat check"),
        Some(1),
        "a new violation passes the gate"
    );
}

#[test]
fn an_old_site_takes_caveat_up_in_three_commands() {
    let site = Site::new();
    let before = site.run("caveat check --format short");
    assert_eq!(before.status.code(), Some(1));
    assert!(String::from_utf8(before.stdout).unwrap().lines().count() >= PAGES * CLAIMS);

    let adopt = block("caveat init");
    assert_eq!(adopt.lines().count(), 3);
    for line in adopt.lines() {
        assert_eq!(site.status(line), Some(0), "{line}");
    }
    site.commit("caveat");
    assert_eq!(site.status("caveat check"), Some(0), "old copy fails");

    // The hook checks what is staged; CI checks all of it, and what the change adds.
    let hook = block("#!/bin/sh");
    site.write("hook.sh", &hook);
    let bin = Path::new(env!("CARGO_BIN_EXE_caveat"))
        .parent()
        .unwrap()
        .to_owned();
    let path = std::env::join_paths(
        std::iter::once(bin).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();
    let hook = || {
        let mut sh = Command::new("sh");
        sh.current_dir(&site.0).arg("hook.sh").env("PATH", &path);
        sh.output().unwrap().status.success()
    };
    let old = fs::read_to_string(site.0.join("content/shop/1.md")).unwrap();
    site.write("content/shop/1.md", &format!("A new opening.\n\n{old}"));
    site.run("git add content");
    assert!(hook(), "an old finding stops a commit");
    site.write("content/shop/1.md", &format!("Our tea cures insomnia.\n\n{old}"));
    site.run("git add content");
    if cfg!(unix) {
        assert!(!hook(), "a new violation passes the hook");
    }
    assert_eq!(
        site.status("caveat check"),
        Some(1),
        "a new violation passes the gate"
    );
    let new = site.run("caveat diff main --format short");
    assert_eq!(String::from_utf8(new.stdout).unwrap().lines().count(), 1);

    site.write(
        "content/shop/1.md",
        &format!("<!-- caveat-allow us-effects/swallowed-disease by=Ann until=2999-12-31: agreed -->\nOur tea cures insomnia.\n\n{old}"),
    );
    let listed = String::from_utf8(site.run("caveat exceptions --format json").stdout).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let kinds = listed.as_array().unwrap();
    assert!(kinds.len() > PAGES * CLAIMS, "{}", kinds.len());
    assert!(listed.to_string().contains("\"Ann\""));

    let page = fs::read_to_string(site.0.join("content/acne.md")).unwrap();
    site.write(
        "content/acne.md",
        &page.replace(DISCLAIMER, "The clinic is closed on Sundays."),
    );
    let told = site.run("caveat diff main --format short");
    assert_eq!(told.status.code(), Some(1));
    assert!(
        String::from_utf8(told.stdout).unwrap().contains("missing-"),
        "the deleted disclaimer is not told"
    );
}
