//! The strict parser in both directions.

use super::{Verb, parse};
use crate::suppress::Written;
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn comments_are_read() {
    let comment = parse(
        "caveat-allow us/a until=2026-12-01 by=\"Dr. Ann: QA\" ticket=https://t/1: an\n  approved claim",
    )
    .unwrap();
    assert_eq!(comment.verb, Verb::Block);
    assert_eq!(
        comment.written,
        Written {
            rule: "us/a".into(),
            reason: "an approved claim".into(),
            until: Some(date(2026, 12, 1)),
            by: Some("Dr. Ann: QA".into()),
            ticket: Some("https://t/1".into()),
        }
    );
    for (text, verb) in [
        ("caveat-allow us/a: x", Verb::Block),
        ("caveat-allow us/a : x", Verb::Block),
        ("caveat-allow us/a by='Ann B': x", Verb::Block),
        ("caveat-allow\n us/a\n by=Ann\n : x", Verb::Block),
        ("caveat-allow-start us/a: x: y", Verb::Start),
        ("caveat-allow-end us/a", Verb::End),
        ("caveat-allow-file us/a ticket=7: x", Verb::File),
    ] {
        assert_eq!(parse(text).map(|comment| comment.verb), Ok(verb), "{text}");
    }
}

#[test]
fn what_is_not_a_comment_of_this_form_is_refused_at_its_place() {
    for (text, at, message) in [
        (
            "caveat-alow us/a: x",
            "caveat-alow",
            "there is no comment `caveat-alow`",
        ),
        ("caveat-allow", "caveat-allow", "no rule is named"),
        ("caveat-allow: x", "caveat-allow: x", "no rule is named"),
        ("caveat-allow us/a", "caveat-allow us/a", "no reason is given"),
        ("caveat-allow us/a:", "caveat-allow us/a:", "no reason is given"),
        (
            "caveat-allow us/a: -",
            "caveat-allow us/a: -",
            "no reason is given",
        ),
        (
            "caveat-allow us/a by=Ann",
            "caveat-allow us/a by=Ann",
            "no reason is given",
        ),
        (
            "caveat-allow us/a utnil=2026-12-01: x",
            "utnil",
            "unknown key `utnil`",
        ),
        ("caveat-allow us/a until=soon: x", "soon", "`soon` is no day"),
        (
            "caveat-allow us/a until=2026-02-30: x",
            "2026-02-30",
            "`2026-02-30` is no day",
        ),
        (
            "caveat-allow us/a until=2026-12-01:x",
            "2026-12-01:x",
            "`2026-12-01:x` is no day",
        ),
        (
            "caveat-allow us/a us/b: x",
            "us/b",
            "`us/b` is no key with a value",
        ),
        (
            "caveat-allow us/a, us/b: x",
            "us/b",
            "`us/b` is no key with a value",
        ),
        (
            "caveat-allow us/a by=Ann Bee: x",
            "Bee",
            "`Bee` is no key with a value",
        ),
        ("caveat-allow us/a by=: x", "", "`by` has no value"),
        ("caveat-allow us/a by=\"\": x", "\"\"", "`by` has no value"),
        (
            "caveat-allow us/a by=\"Ann: x",
            "\"Ann: x",
            "this quote does not end",
        ),
        (
            "caveat-allow us/a by=\"Ann\"x: y",
            "\"Ann\"",
            "text follows this quoted value",
        ),
        (
            "caveat-allow us/a by=A by=B: x",
            "by",
            "the key `by` stands twice",
        ),
        (
            "caveat-allow-end us/a: done",
            ": done",
            "an end names its rule and nothing else",
        ),
        (
            "caveat-allow-next us/a: x",
            "caveat-allow-next",
            "there is no comment `caveat-allow-next`",
        ),
    ] {
        let wrong = parse(text).expect_err(text);
        assert_eq!(wrong.message, message, "{text}");
        if !at.is_empty() {
            assert_eq!(&text[wrong.at.clone()], at, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn random_text_is_no_comment(text in "\\PC{0,60}") {
        prop_assert!(parse(&text).is_err());
    }

    #[test]
    fn comments_with_random_insides_are_read_or_refused(inside in "[a-z/*=:\"' -]{0,40}") {
        // Whatever is read names one rule and a reason.
        if let Ok(comment) = parse(&format!("caveat-allow {inside}")) {
            prop_assert!(!comment.written.rule.is_empty());
            prop_assert!(comment.written.reason.chars().any(char::is_alphanumeric));
        }
    }
}
