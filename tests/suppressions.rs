//! What comments and front matter let pass, and what is wrong with them, over a made-up policy of two words.

use caveat::document::{Block, BlockKind, Directive, Document};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Category, Finding, RuleInfo, Severity};
use caveat::source::SourceFile;
use caveat::suppress::{Kind, Named, Suppressions};
use caveat::text::{Derived, Span};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 24);

fn named(rule: &str) -> Named {
    match rule {
        "us/a" | "us/b" => Named::InForce,
        "uk/a" => Named::Elsewhere,
        "old/both" => Named::Was(vec!["us/a".into(), "us/b".into()]),
        "us/aa" => Named::Unknown(Some("us/a".into())),
        _ => Named::Unknown(None),
    }
}

fn document(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    (format_of(name).unwrap().extract)(&file, &Keys::default()).document
}

/// A finding of each rule wherever the text says its word: `cure` is us/a, `heal` is us/b.
fn findings(document: &Document) -> Vec<Finding> {
    let mut out = Vec::new();
    for (word, rule) in [("cure", "us/a"), ("heal", "us/b")] {
        for (at, _) in document.file.text().match_indices(word) {
            let info = RuleInfo {
                name: rule.into(),
                was: vec!["old/both".into()],
                market: "us".into(),
                category: Category::Disease,
                message: String::new(),
                help: String::new(),
                instead: Vec::new(),
                sources: Vec::new(),
            };
            let span = Span::of(at..at + word.len());
            let file = Some(Arc::clone(&document.file));
            out.push(Finding::new(Arc::new(info), Severity::Error, file, span));
        }
    }
    out
}

/// The words left standing, and the problems with what they are shown at.
fn judged(name: &str, text: &str) -> (Vec<String>, Vec<(Kind, String, String)>) {
    let document = document(name, text);
    let mut found = findings(&document);
    let suppressions = Suppressions::read(&document, TODAY, &named);
    suppressions.apply(&mut found);
    let (standings, problems) = suppressions.close(&found);
    for finding in found.iter().filter(|finding| finding.silenced.is_some()) {
        let exception = finding
            .exceptions()
            .next()
            .expect("a suppressed finding names it");
        let standing = standings
            .iter()
            .find(|standing| Arc::ptr_eq(&standing.exception, exception));
        assert!(standing.is_some_and(|standing| standing.used > 0));
    }
    let standing = found.iter().filter(|finding| finding.silenced.is_none());
    let line = |finding: &Finding| document.file.position(finding.span.start).line;
    let words = standing.map(|finding| {
        let word = document.file.slice(finding.span);
        format!("{word} {}", line(finding))
    });
    let problems = problems.into_iter().map(|problem| {
        let at = document.file.slice(problem.mistake.span).to_owned();
        (problem.kind, problem.mistake.message, at)
    });
    (words.collect(), problems.collect())
}

fn one_problem(text: &str) -> (Kind, String, String) {
    let (_, problems) = judged("a.md", text);
    assert_eq!(problems.len(), 1, "{text}: {problems:?}");
    problems.into_iter().next().unwrap()
}

#[test]
fn rules_are_named_in_full_and_one_by_one() {
    for (rule, message) in [
        ("*", "`*` is no rule, and there is no blanket form"),
        ("us/*", "`us/*` is no rule, and there is no blanket form"),
        ("all", "`all` is no rule, and there is no blanket form"),
        ("us/aa", "there is no rule `us/aa`"),
        ("us", "there is no rule `us`"),
        (
            "caveat/suppression-unused",
            "`caveat/suppression-unused` cannot be let pass",
        ),
    ] {
        let page = format!("<!-- caveat-allow-file {rule}: x -->\nWe cure.\n");
        let (standing, problems) = judged("a.md", &page);
        assert_eq!(standing, ["cure 2"]);
        assert_eq!(problems, [(Kind::Mistaken, message.to_owned(), rule.to_owned())]);
    }
}

#[test]
fn an_old_name_lets_pass_each_rule_that_had_it_and_says_what_they_are_called() {
    let comment = "<!-- caveat-allow old/both: agreed -->\nWe cure and heal.\n\nWe cure.\n";
    let matter = "---\ncaveat: {allow: [{rule: old/both, reason: agreed}]}\n---\nWe cure and heal.\n";
    for (text, left) in [(comment, vec!["cure 4".to_owned()]), (matter, Vec::new())] {
        let (standing, problems) = judged("a.md", text);
        assert_eq!(standing, left);
        let told = "`old/both` is now `us/a` and `us/b`".to_owned();
        assert_eq!(problems, [(Kind::Renamed, told, "old/both".to_owned())]);
    }
    // Of two names for the same words one is of no use.
    let twice =
        "<!-- caveat-allow-file old/both: agreed -->\n<!-- caveat-allow-file us/a: agreed -->\nWe cure.\n";
    let kinds: Vec<Kind> = judged("a.md", twice)
        .1
        .into_iter()
        .map(|problem| problem.0)
        .collect();
    assert_eq!(kinds, [Kind::Renamed, Kind::Unused]);
}

#[test]
fn the_next_block_passes_and_no_other() {
    let text = "We cure.\n\n<!-- caveat-allow us/a: agreed -->\nWe *cure* and heal.\n\nWe cure.\n";
    let (standing, problems) = judged("a.md", text);
    assert_eq!(
        (standing, problems.len()),
        (vec!["cure 1".into(), "cure 6".into(), "heal 4".into()], 0)
    );
    let (standing, _) = judged("a.mdx", "{/* caveat-allow us/a: agreed */}\n\nWe cure.\n");
    assert!(standing.is_empty());
    let (standing, _) = judged(
        "a.html",
        "<p>We cure.</p>\n<!-- caveat-allow us/a: agreed -->\n<p>We cure.</p><p>cure</p>",
    );
    assert_eq!(standing, ["cure 1", "cure 3"]);
    // An image's text belongs to the paragraph in which it stands.
    let (standing, _) = judged(
        "a.md",
        "<!-- caveat-allow us/a: x -->\nWe say ![cure](a.png) so.\n",
    );
    assert!(standing.is_empty());
}

#[test]
fn a_mention_is_no_suppression() {
    for text in [
        "caveat-allow us/a: x\n\nWe cure.\n",
        "`<!-- caveat-allow us/a: x -->`\n\nWe cure.\n",
        "```\n<!-- caveat-allow-file us/a: x -->\n```\n\nWe cure.\n",
        "<!-- see caveat-allow us/a: x -->\n\nWe cure.\n",
        "&lt;!-- caveat-allow us/a: x --&gt;\n\nWe cure.\n",
    ] {
        let (standing, problems) = judged("a.md", text);
        assert_eq!((standing.len(), problems.len()), (1, 0), "{text}");
    }
}

#[test]
fn regions_and_files() {
    let region = "cure\n\n<!-- caveat-allow-start us/a: x -->\n\ncure heal\n\ncure\n\n<!-- caveat-allow-end us/a -->\n\ncure\n";
    let (standing, problems) = judged("a.md", region);
    assert_eq!(standing, ["cure 1", "cure 11", "heal 5"]);
    assert!(problems.is_empty());
    let (standing, problems) = judged(
        "a.md",
        "cure\n\nheal\n\ncure\n\n<!-- caveat-allow-file us/a: x -->\n",
    );
    assert_eq!((standing, problems.len()), (vec!["heal 3".to_owned()], 0));
    let nested = "<!-- caveat-allow-start us/a: x -->\n<!-- caveat-allow-start us/b: x -->\n\ncure heal\n\n\
                  <!-- caveat-allow-end us/b -->\n\nheal cure\n\n<!-- caveat-allow-end us/a -->\n";
    let (standing, problems) = judged("a.md", nested);
    assert_eq!((standing, problems.len()), (vec!["heal 8".to_owned()], 0));
}

#[test]
fn regions_that_cannot_be_told_let_nothing_pass() {
    let start = |rule: &str| format!("<!-- caveat-allow-start {rule}: x -->\n\ncure heal\n\n");
    let end = |rule: &str| format!("<!-- caveat-allow-end {rule} -->\n\ncure heal\n\n");
    for (text, messages) in [
        (start("us/a"), vec!["this region of `us/a` has no end"]),
        (end("us/a"), vec!["no region of `us/a` is open here"]),
        (
            start("us/a") + &end("us/b"),
            vec![
                "no region of `us/b` is open here",
                "this region of `us/a` has no end",
            ],
        ),
        (
            start("us/a") + &start("us/b") + &end("us/a") + &end("us/b"),
            vec!["this region crosses the one of `us/b` that begins at line 5"],
        ),
        (
            start("us/a") + &start("us/a") + &end("us/a"),
            vec!["a region of `us/a` is open since line 1"],
        ),
    ] {
        let words = text.matches("cure").count() * 2;
        let (standing, problems) = judged("a.md", &text);
        assert_eq!(standing.len(), words, "{text}");
        let told: Vec<&str> = problems.iter().map(|(_, message, _)| message.as_str()).collect();
        assert_eq!(told, messages, "{text}");
        assert!(problems.iter().all(|(kind, ..)| *kind == Kind::Mistaken));
    }
}

#[test]
fn days_are_kept() {
    let on = |until: &str| format!("<!-- caveat-allow us/a until={until}: x -->\nWe cure.\n");
    let (standing, problems) = judged("a.md", &on("2026-11-23"));
    assert_eq!(standing, ["cure 2"]);
    assert_eq!(problems[0].0, Kind::Expired);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        one_problem(&on("2026-11-24")).1,
        "this suppression ends on 2026-11-24; today is its last day"
    );
    assert_eq!(
        one_problem(&on("2026-11-25")).1,
        "this suppression ends on 2026-11-25; it ends tomorrow"
    );
    assert_eq!(one_problem(&on("2026-12-24")).0, Kind::EndsSoon);
    let (standing, problems) = judged("a.md", &on("2026-12-25"));
    assert!(standing.is_empty() && problems.is_empty());
}

#[test]
fn what_lets_nothing_pass_is_said() {
    let told = one_problem("<!-- caveat-allow us/a: x -->\nWe heal.\n");
    assert_eq!(
        (told.0, told.2.as_str()),
        (Kind::Unused, "<!-- caveat-allow us/a: x -->")
    );
    assert_eq!(
        one_problem("We cure.\n\n<!-- caveat-allow us/a: x -->\n").0,
        Kind::Unused
    );
    let twice = "<!-- caveat-allow us/a: x -->\n<!-- caveat-allow us/a: y -->\nWe cure.\n";
    assert_eq!(one_problem(twice).0, Kind::Unused);
    // Whether a rule of another market has something to let pass cannot be told.
    let (_, problems) = judged("a.md", "<!-- caveat-allow uk/a: x -->\nWe heal.\n");
    assert!(problems.is_empty());
}

#[test]
fn front_matter_lets_pass_in_the_whole_file() {
    let page = |allow: &str| {
        format!("---\ntitle: Tea\ncaveat:\n  allow: {allow}\n---\nWe cure.\n\nWe heal, we cure.\n")
    };
    let (standing, problems) = judged(
        "a.md",
        &page("[{rule: us/a, reason: agreed, until: 2027-01-31, by: Ann, ticket: 7}]"),
    );
    assert_eq!((standing, problems.len()), (vec!["heal 8".to_owned()], 0));
    for (allow, at, message) in [
        ("us/a", "us/a", "`allow` must be a list, and this is text"),
        (
            "[us/a]",
            "us/a",
            "an item of `allow` must be a mapping, and this is text",
        ),
        ("[{rule: us/a}]", "{rule: us/a}", "no reason is given"),
        ("[{reason: x}]", "{reason: x}", "no rule is named"),
        (
            "[{rule: '*', reason: x}]",
            "'*'",
            "`*` is no rule, and there is no blanket form",
        ),
        ("[{rule: us/aa, reason: x}]", "us/aa", "there is no rule `us/aa`"),
        ("[{rule: us/a, reson: x}]", "reson", "unknown key `reson`"),
        (
            "[{rule: us/a, reason: [x]}]",
            "[x]",
            "`reason` must be text, and this is a list",
        ),
        (
            "[{rule: us/a, reason: x, until: 2026}]",
            "2026",
            "`2026` is no day",
        ),
    ] {
        let (standing, problems) = judged("a.md", &page(allow));
        assert_eq!(standing.len(), 3, "{allow}");
        assert_eq!(problems, [(Kind::Mistaken, message.to_owned(), at.to_owned())]);
    }
}

#[test]
fn each_market_is_let_pass_by_itself() {
    let document = document("a.md", "<!-- caveat-allow us/a: x -->\nWe cure.\n");
    let mut found = findings(&document);
    let mut other = found[0].clone();
    let mut info = other.rule().clone();
    (info.name, info.market) = ("uk/a".into(), "uk".into());
    other.verdicts[0].rule = Arc::new(info);
    found[0].verdicts.extend(other.verdicts);
    let suppressions = Suppressions::read(&document, TODAY, &named);
    suppressions.apply(&mut found);
    assert!(found[0].silenced.is_none());
    assert_eq!(found[0].rule().name, "uk/a");
    let (standings, problems) = suppressions.close(&found);
    assert_eq!((standings[0].used, problems.len()), (1, 0));
}

/// Many directives and findings in blocks of one character each.
fn large(count: u32) -> (Document, Vec<Finding>) {
    let text = "cure ".repeat(count as usize);
    let file = Arc::new(SourceFile::new("a.md", text));
    let mut document = Document {
        file: Arc::clone(&file),
        blocks: Vec::new(),
        directives: Vec::new(),
        settings: None,
        address: None,
    };
    for at in 0..count {
        let mut prose = Derived::new();
        prose.push_verbatim("cure", at * 5);
        document.blocks.push(Block {
            kind: BlockKind::Paragraph,
            prose,
            section: 0,
            quoted: false,
            lead_in: None,
            links: Vec::new(),
            key: None,
        });
        document.directives.push(Directive {
            text: "caveat-allow us/a: x".into(),
            span: Span::empty(at * 5),
            before: at,
        });
    }
    let found = findings(&document);
    (document, found)
}

#[test]
fn many_take_no_more_than_their_number() {
    let (document, mut found) = large(50_000);
    let suppressions = Suppressions::read(&document, TODAY, &named);
    suppressions.apply(&mut found);
    assert!(found.iter().all(|finding| finding.silenced.is_some()));
    assert!(suppressions.close(&found).1.is_empty());
}

#[test]
fn what_is_not_written_exactly_lets_nothing_pass() {
    for text in [
        "caveat-alow us/a: x",
        "caveat-allow",
        "caveat-allow us/a",
        "caveat-allow us/a: -",
        "caveat-allow us/a by=Ann",
        "caveat-allow us/a utnil=2026-12-01: x",
        "caveat-allow us/a until=2026-02-30: x",
        "caveat-allow us/a us/b: x",
        "caveat-allow us/a by=Ann Bee: x",
        "caveat-allow us/a by=\"Ann: x",
        "caveat-allow-all us/a: x",
    ] {
        let (standing, problems) = judged("a.md", &format!("<!-- {text} -->\nWe cure.\n"));
        assert_eq!(standing, ["cure 2"], "{text}");
        assert_eq!(problems[0].0, Kind::Mistaken, "{text}");
    }
}

proptest! {
    #[test]
    fn random_text_lets_nothing_pass(text in "\\PC{0,60}") {
        let (standing, _) = judged("a.md", &format!("{text}\n\nWe cure.\n"));
        prop_assert_eq!(standing.len(), text.matches("cure").count() + text.matches("heal").count() + 1);
    }

    #[test]
    fn a_suppressed_finding_names_its_exception(inside in "[a-z/*=:\"' -]{0,40}", verb in "(|-start|-end|-file)") {
        let comment = format!("<!-- caveat-allow{verb} us/a{inside} -->\n");
        // `judged` asks every silent finding for its exception.
        judged("a.md", &format!("{comment}We cure.\n\n<!-- caveat-allow-end us/a -->\n"));
    }
}

#[test]
fn a_comment_inside_of_front_matter_text_is_told_to_let_nothing_pass() {
    let told = |name: &str, text: &str| {
        let made = super::diff::Repository::new(name, &[("a.md", text)]);
        String::from_utf8(made.caveat("check --format short").stdout).unwrap()
    };
    let message = "A comment within front matter lets nothing pass";
    let text = "---\ntitle: Tea\ndescription: \"A cup. <!-- caveat-allow us-ftc/puffery: agreed -->\"\n---\n\nTea.\n";
    let found = told("suppressions-string", text);
    assert!(found.contains("a.md:3:") && found.contains(message), "{found}");
    let text = "---\ntitle: Tea\n# caveat-allow us-ftc/puffery: agreed\n---\n\nThe best tea in town.\n";
    let found = told("suppressions-comment", text);
    assert!(found.contains("a.md:3:") && found.contains(message), "{found}");
    // Between rules across the page stands copy.
    let text =
        "---\n\n<!-- caveat-allow us-ftc/puffery: agreed -->\n\nThe best tea in town.\n\n---\n\nTea.\n";
    let found = told("suppressions-rules", text);
    assert!(!found.contains(message), "{found}");
}
