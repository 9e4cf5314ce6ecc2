//! Registers and copy that are made up.

use super::*;
use crate::document::{Block, BlockKind};
use crate::text::Derived;

mod mistakes;
mod properties;

const MARKETS: [&str; 5] = ["us", "uk", "eu", "au", "ca"];

fn read(text: &str) -> Register {
    let file = Arc::new(SourceFile::new(FILE, text));
    Register::read(file, Path::new(env!("CARGO_MANIFEST_DIR")), &MARKETS)
}

/// A register of claims with these texts.
fn approved(texts: &[&str]) -> Register {
    let mut text = String::from("claims:\n");
    for (at, wording) in texts.iter().enumerate() {
        let wording = serde_json::Value::from(*wording);
        text.push_str(&format!(
            "- {{id: c{at}, text: {wording}, approver: A, approved: 2026-01-01, review-by: 2027-01-01}}\n"
        ));
    }
    let register = read(&text);
    assert_eq!(register.mistakes, []);
    register
}

fn block(copy: &str) -> Block {
    let mut prose = Derived::new();
    prose.push_verbatim(copy, 0);
    Block {
        kind: BlockKind::Paragraph,
        prose,
        section: 0,
        quoted: false,
        lead_in: None,
        links: Vec::new(),
        key: None,
    }
}

/// The parts of the copy where claims stand.
fn stands(register: &Register, copy: &str) -> Vec<String> {
    let block = block(copy);
    let found = register.stands(&Passage::new(&block));
    found
        .iter()
        .map(|stand| stand.span.slice(copy).to_owned())
        .collect()
}

fn drift(register: &Register, copy: &str) -> Option<String> {
    let folded = crate::text::fold(copy);
    register
        .near(folded.text(), |_| true)
        .map(|near| near.drift.told())
}

/// Each mistake with the words at its place.
fn mistakes(text: &str) -> Vec<(String, String)> {
    let register = read(text);
    let told = register.mistakes.iter();
    told.map(|mistake| {
        assert!(
            mistake.help.is_some()
                || mistake.message.contains("must be")
                || mistake.message.contains("not YAML"),
            "{mistake:?}"
        );
        (
            register.file.slice(mistake.span).to_owned(),
            mistake.message.clone(),
        )
    })
    .collect()
}

#[test]
fn a_register_is_read_whole() {
    let register = read(
        "claims:\n- id: night\n  text: Helps at night.\n  variations: [Helps by night]\n  product: [food, supplement]\n  markets: us\n  \
         evidence:\n  - {file: Cargo.toml, note: A trial}\n  - {url: https://example.org/a}\n  approver: A. Lee\n  \
         approved: 2026-01-01\n  review-by: 2026-06-30\n- {id: gone, text: Gone., approver: B, approved: 2026-01-01, \
         review-by: 2026-06-30, withdrawn: 2026-03-01, reason: The trial failed.}\n",
    );
    assert_eq!(register.mistakes, []);
    let [night, gone] = register.claims.as_slice() else {
        panic!("two claims")
    };
    assert_eq!(
        (night.text(), night.wordings.len(), register.line(night)),
        ("Helps at night.", 2, 2)
    );
    assert!(night.covers_product(Product::Food) && !night.covers_product(Product::Device));
    assert!(night.covers_market("us") && !night.covers_market("uk") && gone.covers_market("uk"));
    assert_eq!(night.evidence[0].place(), "Cargo.toml");
    let day = |text: &str| text.parse::<Date>().unwrap();
    let force = |claim: &Claim| {
        ["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"].map(|on| claim.force(day(on)))
    };
    assert_eq!(
        force(night),
        [Force::NotYet, Force::Holds, Force::Holds, Force::Expired]
    );
    assert_eq!(
        force(gone),
        [Force::NotYet, Force::Holds, Force::Withdrawn, Force::Withdrawn]
    );
    assert_eq!(gone.force(day("2026-02-28")), Force::Holds);
}

#[test]
fn nothing_stands_twice_for_one_place() {
    let claim = |id: &str, text: &str, rest: &str| {
        format!(
            "- {{id: {id}, text: \"{text}\", approver: A, approved: 2026-01-01, review-by: 2027-01-01{rest}}}\n"
        )
    };
    let whole = |claims: &[String]| mistakes(&format!("claims:\n{}", claims.concat()));
    let told = whole(&[
        claim("a", "Helps you", ""),
        claim("a", "“Helps  YOU!”", ", markets: [uk]"),
    ]);
    assert_eq!(told[0], ("a".into(), "there is a claim `a` already".into()));
    assert_eq!(told[1].1, "claim `a` has this text already");
    let apart = [
        claim("a", "Helps", ", markets: [us]"),
        claim("b", "Helps", ", markets: [uk]"),
    ];
    assert_eq!(whole(&apart), []);
    let told = whole(&[claim("a", "-", ""), claim("b", "Helps", ", reason: x")]);
    assert_eq!(told[0], ("\"-\"".into(), "no word stands here".into()));
    assert_eq!(told[1], ("x".into(), "this claim is not withdrawn".into()));
    assert_eq!(
        mistakes("claims: x")[0].1,
        "`claims` must be a list, but this is text"
    );
    assert_eq!(
        mistakes("[]")[0].1,
        "`claims.yaml` must be a mapping with the list `claims`, but this is a list"
    );
    assert_eq!(mistakes("clams: []")[0].1, "unknown key `clams`");
    assert_eq!(mistakes("a: [").len(), 1);
    assert_eq!(mistakes("# Nothing yet.\n"), []);
}

#[test]
fn claims_stand_as_whole_words_only() {
    let register = approved(&["Helps you sleep.", "by 5"]);
    for copy in [
        "helps you sleep",
        "It HELPS you sleep*, they say.",
        "“Helps you sleep”†",
        "(Helps you\nsleep)",
        "Helps  you\u{a0}sleep: now",
        "Helps® you sleep",
        "Helps * you sleep",
    ] {
        assert_eq!(stands(&register, copy).len(), 1, "{copy}");
    }
    for copy in [
        "helps your sleep",
        "helps you sleepwalk",
        "helps you sleep-walk",
        "helps, you sleep",
        "unhelps you sleep",
        "self-helps you sleep",
        "by 5%",
        "by 5.5",
        "by 50",
        "by 5-7",
        "by 5+",
    ] {
        assert_eq!(stands(&register, copy), [""; 0], "{copy}");
    }
    assert_eq!(
        stands(&register, "Up by 5. Helps you  sleep!"),
        ["by 5", "Helps you  sleep"]
    );
}

#[test]
fn drift_is_told_word_by_word() {
    let register = approved(&[
        "Our tea may help you find restful sleep.",
        "Soothes skin for 24 hours a day",
    ]);
    for (copy, told) in [
        (
            "Our tea can help you find restful sleep.",
            "the copy adds «can», drops «may»",
        ),
        (
            "Clinically, our tea may help you find restful sleep!",
            "the copy adds «clinically»",
        ),
        ("Our tea may help find restful sleep", "the copy drops «you»"),
        (
            "Soothes the skin for 48 hours a day",
            "the copy adds «the» and «48», drops «24»",
        ),
        (
            "Our tea may, help you find restful sleep.",
            "the copy has the same words with other signs",
        ),
    ] {
        assert_eq!(drift(&register, copy).as_deref(), Some(told), "{copy}");
    }
    for copy in [
        "Our tea may be brewed.",
        "Soothes skin",
        "Restful sleep you find may help our tea",
        "",
    ] {
        assert_eq!(drift(&register, copy), None, "{copy}");
    }
    let none = register.near("our tea can help you find restful sleep", |claim| {
        claim.id == "c1"
    });
    assert_eq!(none, None);
}

#[test]
fn sentences_lead_back_to_the_file() {
    let copy = "Tea helps.  Tea HELPS. Tea helps.";
    let block = block(copy);
    let passage = Passage::new(&block);
    let mut from = 0;
    for (at, text) in [(4, "tea helps."), (16, "tea helps."), (27, "tea helps.")] {
        let place = Span::new(at, at + 5);
        let sentence = passage.sentence(text, place, &mut from).unwrap();
        assert!(passage.whole(sentence).contains(place));
        let prose = passage.span(sentence);
        assert_eq!(passage.prose_of(prose, place), Some(Span::new(at, at + 5)));
    }
    assert_eq!(passage.sentence("coffee", Span::new(4, 9), &mut 0), None);
}

fn new(text: &str) -> New {
    New {
        id: None,
        text: text.to_owned(),
        product: Some(Product::Food),
        markets: vec!["us".into(), "uk".into()],
        evidence: vec!["Cargo.toml".into(), "https://example.org/#x".into()],
        approver: "A: Lee".into(),
        approved: "2026-01-01".parse().unwrap(),
        review_by: "2027-01-01".parse().unwrap(),
    }
}

fn add(old: &str, text: &str) -> std::result::Result<(String, String), String> {
    append(
        &read(old),
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &MARKETS,
        &new(text),
    )
}

#[test]
fn a_claim_is_added_without_touching_the_rest() {
    let one = "- id: a\n  text: A b.\n  approver: A\n  approved: 2026-01-01 # then\n  review-by: 2027-01-01";
    let indented = one.replace('\n', "\n   ");
    for old in [
        String::new(),
        head(),
        "claims:\n".to_owned(),
        "claims:\n# none yet\n".to_owned(),
        format!("# Ours.\nclaims:\n{one}"),
        format!("claims:\n\n   {indented}\n# The end.\n\n"),
        format!("claims:\n{one}\n").replace('\n', "\r\n"),
    ] {
        let (text, id) = add(&old, "Helps: \"you\" – sleep.").unwrap();
        assert!(text.starts_with(&old), "{text}");
        assert_eq!(id, "helps-you-sleep");
        let read = read(&text);
        assert_eq!(read.claims.last().unwrap().text(), "Helps: \"you\" – sleep.");
        let (again, id) = add(&text, "Helps you sleep").unwrap();
        assert!(again.starts_with(&text) && id == "helps-you-sleep-2", "{again}");
    }
    assert!(add("claims: []\n", "x").unwrap_err().contains("line by line"));
    assert!(add("claims: [\n", "x").unwrap_err().contains("has mistakes"));
    assert!(
        add(&format!("claims:\n{one}\n"), "a  B!")
            .unwrap_err()
            .contains("has this text already")
    );
    assert!(add(&format!("claims:\n{one}\n..."), "new").is_err());
}
