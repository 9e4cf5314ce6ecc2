//! `caveat check --fix` on pages of every make: it takes out what lets nothing pass, and no verdict changes.

use proptest::prelude::*;
use proptest::sample::select;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A repository of its own below the build folder.
struct Site(PathBuf);

impl Site {
    fn new(name: &str, bytes: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fixing-{count}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(".git")).unwrap();
        fs::write(path.join(name), bytes).unwrap();
        Self(path)
    }

    fn run(&self, line: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(&self.0)
            .args(line.split_whitespace())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    /// Rule, fingerprint and what silences it, of all but comments that let nothing pass; and how many of these there are.
    fn verdicts(&self) -> (Vec<String>, usize) {
        let (_, out, err) = self.run("check --format json --show-silenced --as-of 2026-11-24");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
        let (unused, mut other): (Vec<_>, Vec<_>) = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                format!(
                    "{} {} {}",
                    finding["rule"], finding["fingerprint"], finding["silenced"]["guard"]
                )
            })
            .partition(|told| told.contains("suppression-unused"));
        other.sort();
        (other, unused.len())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const UNUSED: &str = "<!-- caveat-allow us-effects/disease-gone: it was agreed -->";

#[test]
fn bytes_that_are_no_comment_stay() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let page = |comment: &str| format!("Caf\u{e9} and tea.\r\n\r\n{comment}Our tea comes in a tin.\r\n");
    let (with, without) = (page(&format!("{UNUSED}\r\n")), page(""));
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| c as u32 as u8).collect() };
    let bom = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (before, after) in [
        (with.clone().into_bytes(), without.clone().into_bytes()),
        (bom(&with), bom(&without)),
        (utf16(&with), utf16(&without)),
        (latin(&with), latin(&without)),
    ] {
        let site = Site::new("tea.md", &before);
        let (status, _, err) = site.run("check --fix");
        assert_eq!(status, Some(0), "{err}");
        assert_eq!(err, format!("tea.md:3: took out {UNUSED}\n"));
        assert_eq!(site.read("tea.md"), after);
    }
}

#[cfg(unix)]
#[test]
fn what_others_may_read_stays_so() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new("tea.md", format!("{UNUSED}\nTea.\n").as_bytes());
    let page = site.0.join("tea.md");
    fs::set_permissions(&page, fs::Permissions::from_mode(0o640)).unwrap();
    site.run("check --fix");
    assert_eq!(site.read("tea.md"), b"Tea.\n");
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o640);
}

const FDA: &str = "These statements have not been evaluated by the Food and Drug Administration. This product is not intended \
                   to diagnose, treat, cure, or prevent any disease.";
const OWES: &str = "Night capsules are a dietary supplement of magnesium and mint. They support sleep, ease tension and promote \
                    calm. Take two before bed with a glass of water. Sixty are in a jar made of glass.";
const ADD: &str = "check --fix=statements --as-of 2026-11-24";

#[test]
fn a_statement_whose_words_are_fixed_is_added_where_the_format_has_a_place() {
    let page = |main: &str| {
        format!("<html>\n<body>\n  <main>\n    <p>{OWES}</p>\n{main}  </main>\n</body>\n</html>\n")
    };
    let unix = format!("# Tea\n\n{OWES}\n");
    let windows = unix.replace('\n', "\r\n");
    let line = |main: &str| format!("<body><p>{OWES}</p>{main}</body>");
    for (name, before, after) in [
        ("a.md", unix.clone(), format!("{unix}\n{FDA}\n")),
        ("a.mdx", unix.trim_end().to_owned(), format!("{unix}\n{FDA}\n")),
        ("a.txt", windows.clone(), format!("{windows}\r\n{FDA}\r\n")),
        ("a.html", page(""), page(&format!("    <p>{FDA}</p>\n"))),
        ("b.html", line(""), line(&format!("<p>{FDA}</p>"))),
    ] {
        let site = Site::new(name, before.as_bytes());
        let (status, out, err) = site.run(ADD);
        assert_eq!(
            (status, site.read(name)),
            (Some(0), after.into_bytes()),
            "{name}: {out}{err}"
        );
        assert!(err.starts_with(&format!("{name}: stated ")), "{err}");
        let (_, _, again) = site.run(ADD);
        assert_eq!(again, "", "{name}");
    }
}

#[test]
fn a_page_that_a_statement_would_not_mend_is_left_as_it_is() {
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(OWES.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let page = |text: &str| format!("{OWES}\n\n{text}\n").into_bytes();
    for (name, before, why) in [
        (
            "fence.md",
            page("```\ncode"),
            "left as it is: the statement at the end",
        ),
        ("wide.txt", utf16, "left as it is: the statement at the end"),
        (
            "part.html",
            format!("<p>{OWES}</p>\n").into_bytes(),
            "HTML with </main> or </body>",
        ),
        ("near.md", page(&FDA.replace("treat, cure", "cure, treat")), ""),
        (
            "let.md",
            page("<!-- caveat-allow-file us-supplement/missing-fda-statement: the label has it -->"),
            "",
        ),
    ] {
        let site = Site::new(name, &before);
        let (_, _, err) = site.run(ADD);
        assert!(err.contains(why) && !err.contains("stated"), "{name}: {err}");
        assert_eq!(site.read(name), before, "{name}");
    }
    let site = Site::new("old.md", OWES.as_bytes());
    assert_eq!(site.run("baseline create --as-of 2026-11-24").0, Some(0));
    site.run(ADD);
    assert_eq!(
        site.read("old.md"),
        OWES.as_bytes(),
        "what the baseline knows is no concern of today"
    );
}

/// Other claims of the page stay what they are: no statement repairs them.
#[test]
fn a_statement_takes_no_claim_away() {
    let site = Site::new(
        "tea.md",
        format!("{OWES}\n\nThe capsules cure insomnia.\n").as_bytes(),
    );
    let (before, _) = site.verdicts();
    let (status, _, err) = site.run(ADD);
    assert!(status == Some(1) && err.contains("stated at the end"), "{err}");
    let (after, _) = site.verdicts();
    let gone = before.iter().filter(|verdict| !after.contains(verdict));
    assert!(gone.clone().count() == 1, "{before:?} {after:?}");
    assert!(
        gone.clone()
            .all(|verdict| verdict.contains("missing-fda-statement")),
        "{before:?}"
    );
}

/// Where nobody can be asked, nothing is added; at a terminal somebody is.
#[cfg(target_os = "linux")]
#[test]
fn somebody_agrees_to_a_statement_first() {
    let site = Site::new("a.md", OWES.as_bytes());
    fs::write(site.0.join("b.md"), OWES).unwrap();
    fs::write(site.0.join("c.md"), OWES).unwrap();
    let (_, _, err) = site.run("check --fix --as-of 2026-11-24");
    assert!(
        err.starts_with("3 pages lack a statement whose words are fixed"),
        "{err}"
    );
    let answer = |answers: &str| {
        let line = format!("{} check --fix --as-of 2026-11-24", env!("CARGO_BIN_EXE_caveat"));
        let mut asked = Command::new("script")
            .current_dir(&site.0)
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(asked.stdin.as_mut().unwrap(), answers.as_bytes()).unwrap();
        let output = asked.wait_with_output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let stated =
            ["a.md", "b.md", "c.md"].map(|name| site.read(name).ends_with(format!("{FDA}\n").as_bytes()));
        (stated, told.matches("Add it?").count())
    };
    assert_eq!(answer("n\nq\n"), ([false, false, false], 2));
    assert_eq!(answer("\ny\nn\n"), ([false, true, false], 3));
    assert_eq!(answer("all\n"), ([true, true, true], 1));
}

/// A folder whose settings are wrong is judged by no settings that somebody meant.
#[test]
fn nothing_is_changed_amid_trouble() {
    let page = format!("{UNUSED}\nTea.\n");
    let site = Site::new("tea.md", page.as_bytes());
    fs::write(site.0.join("caveat.yaml"), "market: [us]\n").unwrap();
    let (status, _, err) = site.run("check --fix");
    assert_eq!(status, Some(2), "{err}");
    assert!(err.starts_with("nothing is changed until"), "{err}");
    assert_eq!(site.read("tea.md"), page.as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_verdict_changes_but_those_on_what_is_taken_out(pieces in proptest::collection::vec(select(&[
        "It cures diabetes.\n", "Our tea comes in a tin.\n", "\n", "\n\n", "- It cures gout.\n", "# Cures for gout\n",
        "<!-- caveat-allow us-effects/disease-gone: agreed -->\n", "<!-- caveat-allow us-ftc/guarantee: agreed --> ",
        "<!-- caveat-allow-start us-ftc/guarantee: agreed -->\n", "<!-- caveat-allow-end us-ftc/guarantee -->\n",
        "<!-- caveat-allow-file us-ftc/guarantee: agreed -->\n", "We guarantee a cure.\n", "> It cures asthma.\n", "```\n",
    ][..]), 1..12)) {
        let site = Site::new("tea.md", pieces.concat().as_bytes());
        let (before, unused) = site.verdicts();
        let (_, _, told) = site.run("check --fix");
        let (after, left) = site.verdicts();
        prop_assert_eq!(&before, &after, "{}", told);
        prop_assert_eq!(unused - left, told.matches(": took out ").count(), "{}", told);
        prop_assert!(left == 0 || told.contains("left as it is") || told.contains("nothing is changed"), "{}", told);
        let once = site.read("tea.md");
        site.run("check --fix");
        prop_assert_eq!(once, site.read("tea.md"));
    }
}
