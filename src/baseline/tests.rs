//! What a baseline knows again and what it does not, and what is wrong with its file.

mod decided;
mod names;
mod table;

use super::*;
use crate::finding::{Category, testing};
use jiff::civil::date;
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 1);
const TODAY: Date = date(2026, 11, 24);

fn finding(name: &str, sentence: &str) -> Finding {
    let category = if sentence.is_empty() {
        Category::MissingDisclaimer
    } else {
        Category::Disease
    };
    let mut finding = testing::finding(name, category, Severity::Error, Span::empty(0));
    finding.folded = sentence.into();
    finding
}

/// Files as `path: sentence, sentence`; an empty sentence is a missing statement.
fn site(files: &[(&str, &[&str])]) -> Vec<(String, Vec<Finding>)> {
    let mut out = Vec::new();
    for (path, sentences) in files {
        let mut findings: Vec<Finding> = sentences
            .iter()
            .map(|sentence| finding("us/a", sentence))
            .collect();
        for at in 0..findings.len() {
            let (before, rest) = findings.split_at_mut(at);
            rest[0].ordinal = before
                .iter()
                .filter(|known| known.folded == rest[0].folded)
                .count() as u32;
        }
        out.push(((*path).to_owned(), findings));
    }
    out
}

fn all(site: &[(String, Vec<Finding>)]) -> Vec<Entry> {
    let of = |(path, findings): &(String, Vec<Finding>)| -> Vec<Entry> {
        findings
            .iter()
            .flat_map(|finding| entries(finding, path, Severity::Warning, DAY))
            .collect()
    };
    site.iter().flat_map(of).collect()
}

fn baseline_in(folder: &Path, entries: Vec<Entry>) -> Baseline {
    let mut text = Vec::new();
    write(entries, &mut text).unwrap();
    let file = Arc::new(SourceFile::new(FILE, String::from_utf8(text).unwrap()));
    Baseline::read(file, folder.to_owned()).unwrap()
}

/// A folder with no files: every entry's file is gone.
fn nowhere() -> PathBuf {
    PathBuf::from("/nowhere/at/all")
}

fn baseline(files: &[(&str, &[&str])]) -> Baseline {
    baseline_in(&nowhere(), all(&site(files)))
}

/// What is still said of files under a baseline, and what became of the entries.
fn left(baseline: &Baseline, files: &[(&str, &[&str])]) -> (Vec<String>, Vec<Known>) {
    let mut site = site(files);
    let mut checked: Vec<Checked<'_>> = site
        .iter_mut()
        .map(|(path, findings)| Checked {
            path: path.clone(),
            findings: findings.iter_mut().collect(),
        })
        .collect();
    let said = know(baseline, DAY, &mut checked);
    let mut out = Vec::new();
    for (path, findings) in &site {
        for finding in findings {
            match &finding.silenced {
                None => out.push(format!("{path}: {}", finding.folded)),
                Some(silence) => {
                    let kind = silence.exception.as_ref().unwrap().kind.name();
                    assert!(["baseline", "decision"].contains(&kind), "{kind}");
                }
            }
        }
    }
    (out, said.into_iter().map(|(_, known)| known).collect())
}

fn met(path: &str) -> Known {
    Known::Met(path.to_owned())
}

#[test]
fn old_copy_is_known_wherever_it_moves_in_its_file() {
    let old = baseline(&[("a.md", &["one.", "two.", ""])]);
    let (said, known) = left(&old, &[("a.md", &["", "two.", "one."])]);
    assert_eq!((said.len(), known), (0, vec![met("a.md"); 3]));
}

#[test]
fn edited_copy_comes_back_and_a_second_copy_is_new() {
    let old = baseline(&[("a.md", &["one.", "two."])]);
    let (said, known) = left(&old, &[("a.md", &["one!", "two.", "two."])]);
    assert_eq!(said, ["a.md: one!", "a.md: two."]);
    assert_eq!(known, [Known::Gone, met("a.md")]);
    let twice = baseline(&[("a.md", &["one.", "one."])]);
    assert_eq!(left(&twice, &[("a.md", &["one."])]).1, [met("a.md"), Known::Gone]);
    assert_eq!(left(&twice, &[("a.md", &["one.", "one.", "one."])]).0.len(), 1);
}

#[test]
fn another_file_or_rule_is_not_known() {
    let folder = std::env::temp_dir().join(format!("caveat-baseline-there-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.md"), "").unwrap();
    let old = baseline_in(&folder, all(&site(&[("a.md", &["one."])])));
    // The file is still there, so what another says is a copy.
    let (said, known) = left(&old, &[("b.md", &["one."])]);
    assert_eq!((said.len(), known), (1, vec![Known::Unchecked]));
    std::fs::remove_dir_all(&folder).unwrap();

    let mut other = site(&[("a.md", &["one."])]);
    other[0].1[0] = finding("us/b", "one.");
    let mut checked = [Checked {
        path: "a.md".into(),
        findings: other[0].1.iter_mut().collect(),
    }];
    assert_eq!(know(&old, DAY, &mut checked)[0].1, Known::Gone);
    assert!(other[0].1[0].silenced.is_none());
}

#[test]
fn a_renamed_file_is_known_once() {
    let old = baseline(&[("a.md", &["one.", "two.", ""])]);
    let (said, known) = left(&old, &[("b.md", &["one.", "two.", "new.", ""])]);
    assert_eq!(said, ["b.md: new."]);
    assert_eq!(known, [met("b.md"), met("b.md"), met("b.md")]);
    // A second new file has nothing left to meet.
    let (said, _) = left(&old, &[("b.md", &["one."]), ("c.md", &["one.", ""])]);
    assert_eq!(said, ["c.md: one.", "c.md: "]);
    // A missing statement alone does not tell one file from another.
    let (said, _) = left(&old, &[("b.md", &[""])]);
    assert_eq!(said, ["b.md: "]);
    // A file that has entries of its own is no renamed one.
    let old = baseline(&[("a.md", &["one."]), ("b.md", &["two."])]);
    assert_eq!(left(&old, &[("b.md", &["one.", "two."])]).0, ["b.md: one."]);
}

#[test]
fn what_is_not_checked_is_neither_met_nor_over() {
    let old = baseline(&[("a.md", &["one."]), ("b.md", &["two."])]);
    assert_eq!(
        left(&old, &[("b.md", &["two."])]).1,
        [Known::Unchecked, met("b.md")]
    );
}

#[test]
fn each_market_is_known_by_itself() {
    let mut all = finding("us/a", "one.");
    let other = finding("uk/a", "one.");
    all.verdicts.extend(other.verdicts);
    let both = entries(&all, "a.md", Severity::Warning, DAY);
    assert_eq!(both.len(), 2);
    let only_us = baseline_in(&nowhere(), both[..1].to_vec());
    for (old, silent) in [(baseline_in(&nowhere(), both.clone()), true), (only_us, false)] {
        let mut finding = all.clone();
        let mut checked = [Checked {
            path: "a.md".into(),
            findings: vec![&mut finding],
        }];
        know(&old, DAY, &mut checked);
        assert_eq!(finding.silenced.is_some(), silent);
        assert_eq!(finding.rule().name, if silent { "us/a" } else { "uk/a" });
    }
}

#[test]
fn caveats_own_findings_are_never_known() {
    for category in [
        Category::Io,
        Category::Policy,
        Category::Suppression,
        Category::Register,
    ] {
        let own = testing::finding("caveat/x", category, Severity::Error, Span::empty(0));
        assert!(entries(&own, "a.md", Severity::Advice, DAY).is_empty());
    }
    let mut silent = finding("us/a", "one.");
    silent.silenced = Some(Box::new(crate::finding::Silence::new("negated", "not")));
    assert!(entries(&silent, "a.md", Severity::Advice, DAY).is_empty());
}

#[test]
fn the_form_is_kept() {
    let entries = all(&site(&[("b.md", &["one.", ""]), ("a.md", &["one."])]));
    let mut text = Vec::new();
    write(entries.clone(), &mut text).unwrap();
    let mut again = Vec::new();
    write(entries.into_iter().rev().collect(), &mut again).unwrap();
    assert_eq!(text, again);
    let text = String::from_utf8(text).unwrap();
    assert_eq!(
        text,
        r#"{
  "version": 1,
  "entries": [
    {
      "path": "a.md",
      "rule": "us/a",
      "sentence": "one.",
      "ordinal": 0,
      "recorded": "2026-11-01",
      "excerpt": ""
    },
    {
      "path": "b.md",
      "rule": "us/a",
      "recorded": "2026-11-01",
      "excerpt": ""
    },
    {
      "path": "b.md",
      "rule": "us/a",
      "sentence": "one.",
      "ordinal": 0,
      "recorded": "2026-11-01",
      "excerpt": ""
    }
  ]
}
"#
    );
    let read = Baseline::read(Arc::new(SourceFile::new(FILE, text.as_str())), nowhere()).unwrap();
    let places: Vec<usize> = read
        .entries
        .iter()
        .map(|entry| read.file.position(entry.span.start).line)
        .collect();
    assert_eq!(places, [5, 13, 19]);
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let good = "{\"version\": 1, \"entries\": [\n{\"path\": \"a.md\", \"rule\": \"us/a\", \"recorded\": \"2026-11-01\"}]}";
    let read = |text: &str| Baseline::read(Arc::new(SourceFile::new(FILE, text)), nowhere());
    assert_eq!(read(good).unwrap().entries.len(), 1);
    assert_eq!(read(&format!("\u{feff}{good}")).unwrap().entries.len(), 1);
    for (from, to, message, line) in [
        (
            "1,",
            "2,",
            "this caveat reads version 1, and this is version 2",
            1,
        ),
        ("us/a", "us/*", "`us/*` is no rule; it is written as PACK/RULE", 2),
        ("us/a", "all", "`all` is no rule; it is written as PACK/RULE", 2),
        (
            "a.md",
            "/a.md",
            "`/a.md` is no path relative to this file with forward slashes",
            2,
        ),
        (
            "2026-11-01",
            "2026-13-01",
            "`2026-13-01` is no day; write it as 2026-12-31",
            2,
        ),
        (
            "\"path\"",
            "\"pth\"",
            "unknown field `pth`, expected one of `path`, `rule`, `sentence`, `ordinal`, `recorded`, `excerpt`, `decision`, `by`, `reason`, `wording`, `to`, `until`",
            2,
        ),
        ("}]}", "}]", "this is not JSON: eof while parsing an object", 2),
        (
            "{\"version\"",
            "<<<<<<< HEAD\n{\"version\"",
            "this is not JSON: expected value",
            1,
        ),
        ("1,", "1,\n\n", "", 0),
    ] {
        let text = good.replace(from, to);
        match read(&text) {
            Ok(_) => assert_eq!(line, 0, "{text}"),
            Err(mistake) => {
                assert_eq!(mistake.message, message);
                let file = SourceFile::new(FILE, text.as_str());
                assert_eq!(file.position(mistake.span.start).line, line, "{text}");
            }
        }
    }
    for text in ["", "é", "[", "null", "{}", "\"\u{1F600}"] {
        let mistake = read(text).unwrap_err();
        assert!(text.get(mistake.span.range()).is_some(), "{text}");
    }
}

#[test]
fn a_new_baseline_keeps_days_and_what_was_not_looked_at() {
    let folder = std::env::temp_dir().join(format!("caveat-baseline-renew-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("there.md"), "").unwrap();
    let old = all(&site(&[
        ("a.md", &["one.", "two."]),
        ("gone.md", &["x."]),
        ("there.md", &["y."]),
    ]));
    let old = baseline_in(&folder, old);
    let now: &[(&str, &[&str])] = &[("b.md", &["one.", "new."])];
    let (_, known) = left(&old, now);
    let mut fresh = all(&site(now));
    fresh.iter_mut().for_each(|entry| entry.recorded = TODAY);
    let days = |entries: &[Entry]| -> Vec<String> {
        let told = |entry: &Entry| {
            format!(
                "{} {} {}",
                entry.path,
                entry.sentence.as_deref().unwrap(),
                entry.recorded
            )
        };
        entries.iter().map(told).collect()
    };
    assert_eq!(
        days(&renew(&old, &known, fresh, |_| false)),
        [
            "b.md new. 2026-11-24",
            "b.md one. 2026-11-01",
            "there.md y. 2026-11-01"
        ]
    );
    let (stay, over) = prune(&old, &known, |_| false);
    assert_eq!(days(&stay), ["b.md one. 2026-11-01", "there.md y. 2026-11-01"]);
    assert_eq!(days(&over), ["a.md two. 2026-11-01", "gone.md x. 2026-11-01"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn paths_are_relative_to_the_baseline() {
    let relative = |path: &str| super::relative(Path::new(path), Path::new("/site/copy"));
    assert_eq!(relative("/site/copy/a/b.md"), "a/b.md");
    assert_eq!(relative("/site/a.md"), "../a.md");
    assert_eq!(relative("/site/copying/a.md"), "../copying/a.md");
}

proptest! {
    #[test]
    fn what_was_recorded_is_known_in_any_order(mut sentences in prop::collection::vec("[ab]{1,2}", 0..12)) {
        let strs: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let old = baseline(&[("a.md", &strs)]);
        let count = strs.len();
        sentences.reverse();
        let strs: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let (said, known) = left(&old, &[("a.md", &strs)]);
        prop_assert_eq!(said.len(), 0);
        prop_assert_eq!(known, vec![met("a.md"); count]);
        let (said, known) = left(&old, &[("b.md", &strs)]);
        prop_assert_eq!(said.len(), 0);
        prop_assert_eq!(known, vec![met("b.md"); count]);
    }

    #[test]
    fn random_files_are_read_or_refused(text in "\\PC{0,40}") {
        let read = Baseline::read(Arc::new(SourceFile::new(FILE, text.as_str())), nowhere());
        if let Err(mistake) = read {
            prop_assert!(text.get(mistake.span.range()).is_some());
        }
    }
}
