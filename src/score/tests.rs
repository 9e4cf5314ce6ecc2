//! Tests of the measure on labels and findings made for it.

use super::*;
use crate::finding::testing;

const COPY: &str = "Our tea cures eczema. It is green. It soothes the skin.\n\nIt never fails.\n";

fn labelled(sentence_labels: &str, document: &str) -> Labelled {
    let mut all = documents(document).unwrap();
    all[0].text = COPY.into();
    all[0].words = COPY.split_whitespace().count();
    sentences(sentence_labels, &mut all).unwrap();
    all.remove(0)
}

fn finding(rule: &str, category: Category, severity: Severity, words: &str) -> Finding {
    let start = COPY.find(words).unwrap();
    let span = Span::of(start..start + words.len());
    testing::finding(rule, category, severity, span)
}

fn label(quote: &str, category: &str, strength: &str) -> String {
    format!(r#"{{"doc":"a.md","line":1,"quote":"{quote}","category":"{category}","strength":"{strength}"}}"#)
}

#[test]
fn hits_misses_and_false_alarms_are_told_apart() {
    let labels = [
        label("cures eczema", "disease", "must"),
        label("soothes the skin", "outcome", "may"),
        label("never fails", "guarantee", "must"),
    ];
    let document = labelled(&labels.join("\n"), r#"{"doc":"a.md"}"#);
    let found = [
        finding("p/cure", Category::Disease, Severity::Error, "tea cures"),
        finding("p/green", Category::Natural, Severity::Warning, "is green"),
        finding("p/soothe", Category::Outcome, Severity::Warning, "soothes"),
        finding("p/tea", Category::Terms, Severity::Error, "tea"),
    ];
    let figures = measure(&[document], |_| found.iter().collect());
    assert_eq!(
        figures.all,
        Tally {
            found: 1,
            must: 2,
            right: 1,
            wrong: 1
        }
    );
    assert!((figures.all.f1() - 0.5).abs() < 1e-9);
    assert_eq!((figures.may, figures.may_loud, figures.may_advised), (1, 1, 1));
    assert_eq!(figures.rules["p/soothe"].loud, 1);
    assert!(!figures.rules.contains_key("p/tea"));
    assert_eq!(figures.missed[0].1.slice(COPY), "never fails");
    assert_eq!(figures.false_alarms[0].2, "p/green");
}

#[test]
fn a_finding_counts_for_the_sentence_in_which_it_starts_and_no_further() {
    let document = labelled(&label("never fails", "guarantee", "must"), r#"{"doc":"a.md"}"#);
    let long = finding(
        "p/x",
        Category::Outcome,
        Severity::Error,
        "soothes the skin.\n\nIt never fails",
    );
    let figures = measure(&[document], |_| vec![&long]);
    assert_eq!(
        figures.all,
        Tally {
            found: 0,
            must: 1,
            right: 0,
            wrong: 1
        }
    );
}

#[test]
fn duties_that_readers_left_undecided_are_not_measured() {
    let told = finding("e/d", Category::MissingDisclaimer, Severity::Warning, "Our");
    for (owes, has, expected) in [
        (
            "true",
            "false",
            DutyTally {
                right: 1,
                wrong: 0,
                missed: 0,
            },
        ),
        (
            "true",
            "true",
            DutyTally {
                right: 0,
                wrong: 1,
                missed: 0,
            },
        ),
    ] {
        let row = format!(
            r#"{{"doc":"a.md","owes_disclaimer":{owes},"has_disclaimer":{has},"owes_consult":null}}"#
        );
        let figures = measure(&[labelled("", &row)], |_| vec![&told]);
        assert_eq!(figures.duties[&Category::MissingDisclaimer], expected);
        assert!(!figures.duties.contains_key(&Category::MissingConsult));
    }
    let figures = measure(
        &[labelled(
            "",
            r#"{"doc":"a.md","owes_consult":true,"has_consult":false}"#,
        )],
        |_| Vec::new(),
    );
    assert_eq!(figures.duties[&Category::MissingConsult].missed, 1);
}

#[test]
fn lines_that_cannot_be_used_are_all_told() {
    let mut all = documents(r#"{"doc":"a.md"}"#).unwrap();
    all[0].text = COPY.into();
    let text = [
        "no json".to_owned(),
        label("not there", "disease", "must"),
        label("cures", "terms", "must"),
        label("cures", "disease", "perhaps"),
        label("cures", "disease", "must"),
    ];
    let wrong = sentences(&text.join("\n"), &mut all).unwrap_err();
    assert_eq!(
        wrong.iter().map(|mistake| mistake.line).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    assert_eq!(wrong[1].message, "the quote does not stand in a.md");
    assert_eq!(documents("{}\n[").unwrap_err().len(), 2);
}

#[test]
fn a_sentence_that_is_met_twice_counts_once_by_its_strongest_label() {
    let labels = [
        label("cures eczema", "disease", "must"),
        label("soothes the skin", "outcome", "may"),
    ];
    let document = labelled(&labels.join("\n"), r#"{"doc":"a.md"}"#);
    let place = |name: &str, words: &str| {
        let start = COPY.find(words).unwrap();
        (name.to_owned(), Span::of(start..start + words.len()))
    };
    let places = [
        place("p/cure", "Our tea"),
        place("p/cure", "cures"),
        place("p/cure", "soothes"),
        place("p/cure", "never fails"),
        place("p/green", "is green"),
    ];
    let counts = met(&[document], |_| places.to_vec());
    let of = |must, may, unlabelled| Met {
        must,
        may,
        unlabelled,
    };
    assert_eq!(counts["p/cure"], of(1, 1, 1));
    assert_eq!(counts["p/green"], of(0, 0, 1));
    assert_eq!(counts.len(), 2);
}

#[test]
fn of_a_document_that_was_read_in_parts_only_what_labels_speak_of_is_measured() {
    let row =
        |quote: &str, strength: &str| label(quote, "outcome", strength).replace('}', ",\"partly\":true}");
    let owes = r#"{"doc":"a.md","partly":true,"owes_consult":false,"has_consult":false}"#.to_owned();
    let labels = [
        row("cures eczema", "none"),
        row("never fails", "must"),
        row("is gone", "must"),
        owes,
    ];
    let mut all = documents(&labels.join("\n")).unwrap();
    all[0].text = COPY.into();
    let gone = sentences(&labels.join("\n"), &mut all).unwrap();
    assert_eq!((all.len(), gone, all[0].labels.len()), (1, 1, 2));
    let found = [
        finding("p/cure", Category::Disease, Severity::Error, "tea cures"),
        finding("p/soothe", Category::Outcome, Severity::Warning, "soothes"),
        finding("p/green", Category::Natural, Severity::Advice, "is green"),
        finding("p/fails", Category::Guarantee, Severity::Error, "never fails"),
    ];
    let figures = measure(&all, |_| found.iter().collect());
    let expected = Tally {
        found: 1,
        must: 1,
        right: 1,
        wrong: 1,
    };
    assert_eq!(figures.all, expected);
    assert_eq!(figures.rules.keys().collect::<Vec<_>>(), ["p/cure", "p/fails"]);
    assert_eq!((figures.advice_wrong, figures.duties.len()), (0, 1));
    for (labels, message) in [
        (
            r#"{"doc":"a.md","quote":"tea","strength":"must"}"#,
            "`category` is missing",
        ),
        (
            r#"{"doc":"a.md","quote":"tea","category":"outcome"}"#,
            "`strength` is missing: must, may or none",
        ),
    ] {
        assert_eq!(sentences(labels, &mut all).unwrap_err()[0].message, message);
    }
}
