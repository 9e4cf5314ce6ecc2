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
