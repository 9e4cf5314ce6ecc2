//! How sentences are read into claims, over a language of few words: each shape, what does not meet, who is said to do
//! it, and how it is said.

use crate::engine::{Given, Ruleset, Told};
use crate::extract::{Keys, format_of};
use crate::finding::{Known, Origin, Product};
use crate::policy::{PackRef, Request, load_alone};
use crate::source::SourceFile;
use jiff::civil::date;
use proptest::prelude::*;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static RULES: LazyLock<Ruleset> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/policies/claims.yaml");
    let request = Request {
        markets: Vec::new(),
        policies: vec![PackRef::File(path)],
    };
    Ruleset::new(&load_alone(&request).unwrap(), date(2026, 11, 29))
});

fn told(copy: &str) -> Vec<Told> {
    let file = Arc::new(SourceFile::new("copy.md", copy));
    let document = (format_of("copy.md").unwrap().extract)(&file, &Keys::default()).document;
    RULES.claims(&document, &Given::default())
}

/// A part of a claim: its words, or its class where it has none.
fn part<'t>(told: &'t Told, name: &str) -> &'t str {
    let found = told.parts.iter().find(|(part, ..)| *part == name);
    found.map_or(
        "",
        |(_, class, words)| if words.is_empty() { class } else { words },
    )
}

/// "eases > gout: acts" for each claim.
fn read(copy: &str) -> Vec<String> {
    let line = |told: &Told| {
        let (effect, target) = (part(told, "effect"), part(told, "target"));
        let target = if target.is_empty() {
            String::new()
        } else {
            format!(" > {target}")
        };
        format!("{effect}{target}: {}", part(told, "shape")).to_lowercase()
    };
    told(copy).iter().map(line).collect()
}

/// One part of the only claim.
fn one(copy: &str, name: &str) -> String {
    let told = told(copy);
    assert_eq!(told.len(), 1, "{copy}");
    part(&told[0], name).to_owned()
}

#[track_caller]
fn all(table: &[(&str, &[&str])]) {
    let wrong = table.iter().filter(|(copy, claims)| read(copy) != *claims);
    let wrong: Vec<_> = wrong.map(|(copy, _)| (copy, read(copy))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_verb_acts_on_its_object() {
    all(&[
        ("It eases gout.", &["eases > gout: acts"]),
        ("Easing gout takes time.", &["easing > gout: acts"]),
        (
            "It eases and treats gout.",
            &["eases > gout: acts", "treats > gout: acts"],
        ),
        (
            "It eases gout, eczema and headaches.",
            &[
                "eases > gout: acts",
                "eases > eczema: acts",
                "eases > headaches: acts",
            ],
        ),
        ("It eases all of the long red days of gout.", &[]),
        ("It eases. Gout is red.", &[]),
        ("It eases because gout is red.", &[]),
        ("It eases the mind; gout is red.", &[]),
    ]);
}

#[test]
fn a_passive_and_a_participle_have_their_target_on_either_side() {
    all(&[
        ("Gout can be treated.", &["treated > gout: acts"]),
        (
            "Gout and eczema are treated.",
            &["treated > eczema: acts", "treated > gout: acts"],
        ),
        ("Gout treated them badly.", &[]),
        ("We saw treated skin.", &["treated > skin: compound"]),
        ("It treated the skin.", &["treated > skin: acts"]),
        ("Gout by itself is treated.", &[]),
    ]);
}

#[test]
fn a_noun_has_its_target_before_it_or_after_a_preposition() {
    all(&[
        ("It gives headache relief.", &["relief > headache: compound"]),
        (
            "It gives gout and eczema relief.",
            &["relief > eczema: compound", "relief > gout: compound"],
        ),
        ("It gives relief from gout.", &["relief > gout: acts"]),
        ("It gives relief where gout is red.", &[]),
        ("It gives gout some relief.", &[]),
    ]);
}

#[test]
fn a_target_changes_or_is_gone() {
    all(&[
        ("Your headaches vanish.", &["vanish > headaches: happens"]),
        (
            "Your headaches and gout simply vanish.",
            &["vanish > gout: happens", "vanish > headaches: happens"],
        ),
        ("They vanish with gout.", &[]),
        ("No more headaches!", &["no more > headaches: absence"]),
        ("No more of what they said about gout.", &[]),
        ("A headache-free day.", &["free > headache: absence"]),
        ("A headache is not free.", &[]),
    ]);
}

#[test]
fn a_thing_is_for_a_target_or_named_after_it() {
    all(&[
        ("It is ideal for people with gout.", &["ideal for > gout: suits"]),
        ("Our tea for gout.", &["for > gout: suits"]),
        ("For gout we have it.", &["for > gout: suits"]),
        ("They wait for gout.", &[]),
        ("An eczema cream.", &["cream > eczema: suits"]),
        ("A gout massage.", &[]),
        ("Eczema, cream.", &[]),
    ]);
}

#[test]
fn a_word_may_claim_by_itself() {
    all(&[
        ("It is antiviral.", &["antiviral: alone"]),
        ("It is virtual.", &[]),
    ]);
}

#[test]
fn the_head_of_a_name_is_the_target_and_a_voided_one_is_none() {
    all(&[
        ("It eases antibiotic diarrhea.", &["eases > diarrhea: acts"]),
        ("It eases gout patients.", &[]),
        ("It treats hair regrowth.", &["treats > hair regrowth: acts"]),
        ("Gout research is treated.", &[]),
    ]);
}

#[test]
fn a_verb_of_two_parts_holds_its_target() {
    all(&[
        ("It keeps the gout away.", &["keeps the gout away > gout: acts"]),
        ("It keeps children away from gout.", &[]),
        ("It keeps the cup away, gout and eczema.", &[]),
        (
            "It keeps hair regrowth away.",
            &["keeps hair regrowth away > hair regrowth: acts"],
        ),
        ("Keep gout, and walk away.", &[]),
    ]);
}

#[test]
fn a_complaint_and_the_illness_that_it_comes_of_are_one_claim() {
    all(&[
        ("It eases skin due to gout.", &["eases > gout: acts"]),
        ("It eases the hair regrowth of gout.", &["eases > gout: acts"]),
        ("It eases gout skin.", &["eases > gout: acts"]),
        (
            "It eases skin and gout skin.",
            &["eases > skin: acts", "eases > gout: acts"],
        ),
        ("It eases skin, by gout.", &["eases > skin: acts"]),
        ("It eases skin because of gout.", &["eases > gout: acts"]),
        ("It eases gout skin research.", &[]),
        ("It eases skin while gout lasts.", &["eases > skin: acts"]),
        ("It eases gout of the skin.", &["eases > gout: acts"]),
    ]);
}

#[test]
fn what_helps_along_and_what_means_something_else_claim_nothing() {
    all(&[
        ("It helps ease gout.", &["ease > gout: acts"]),
        ("It helps gout.", &["helps > gout: acts"]),
        ("Treat yourself with gout.", &[]),
    ]);
}

#[test]
fn a_lead_in_starts_what_its_items_finish() {
    all(&[
        (
            "It eases:\n\n- gout\n- eczema\n- blue cups\n",
            &["eases > gout: acts", "eases > eczema: acts"],
        ),
        ("It eases gout:\n\n- eczema\n", &["eases > gout: acts"]),
        ("It comes in:\n\n- gout\n", &[]),
    ]);
}

#[test]
fn the_nearest_thing_does_it_or_what_the_heading_names() {
    for (copy, subject, standing) in [
        ("Our tea eases gout.", "tea", "food"),
        ("Our tea is red and the cream eases gout.", "cream", "cosmetic"),
        ("# Our tea\n\nIt eases gout.", "tea", "food"),
        ("# Our tea\n\nThe cream eases gout.", "cream", "cosmetic"),
    ] {
        assert_eq!(one(copy, "subject"), subject, "{copy}");
        assert_eq!(one(copy, "standing"), standing, "{copy}");
    }
    assert_eq!(one("It eases gout.", "subject"), "");
    for (copy, subject) in [
        ("Walking eases gout.", "Walking"),
        ("Walking with our tea eases gout.", "tea"),
        ("It is not by walking that it eases gout.", ""),
        ("# Walking\n\nIt eases gout.", ""),
    ] {
        assert_eq!(one(copy, "subject"), subject, "{copy}");
    }
    assert_eq!(one("Our tea is red.\n\nIt eases gout.", "subject"), "");
}

#[test]
fn a_claim_has_a_speaker_and_a_mood() {
    for (copy, speaker, mood) in [
        ("Our tea eases gout.", "seller", "statement"),
        ("It eases my gout.", "customer", "statement"),
        ("> It eases gout.", "customer", "statement"),
        ("It should ease gout.", "seller", "instruction"),
        ("If it eases gout, I stay.", "customer", "statement"),
        ("# Headache relief", "seller", "name"),
        ("# Headache relief is here", "seller", "statement"),
    ] {
        assert_eq!(one(copy, "speaker"), speaker, "{copy}");
        assert_eq!(one(copy, "mood"), mood, "{copy}");
    }
}

#[test]
fn the_first_row_that_fits_decides() {
    for (copy, row) in [
        ("# Headache relief", "claims/by-name"),
        ("Our tea eases gout.", "claims/disease"),
        ("Our cream eases gout.", "claims/rest"),
        ("It is antiviral.", "claims/rest"),
    ] {
        let rows = told(copy).remove(0).rows;
        assert_eq!(
            rows.iter().map(|(row, _)| row.as_str()).collect::<Vec<_>>(),
            [row],
            "{copy}"
        );
    }
    assert!(told("No more gout.")[0].rows.is_empty());
}

const WORDS: [&str; 24] = [
    "eases",
    "treated",
    "helps",
    "relief",
    "vanish",
    "no more",
    "free",
    "ideal for",
    "for",
    "antiviral",
    "gout",
    "headaches",
    "skin",
    "hair regrowth",
    "tea",
    "massage",
    "and",
    "of",
    "is",
    "because",
    "patients",
    "my",
    ",",
    "red",
];
/// A list of targets after an effect is read up to so many.
const MOST: usize = 8;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_mix_of_words_is_read_within_bounds(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..120)) {
        let claims = told(&words.join(" "));
        // Each word is an effect at most once in each shape, and a thing is named after one target.
        prop_assert!(claims.len() <= words.len() * 3 * (MOST + 1));
        for claim in &claims {
            prop_assert!(!part(claim, "effect").is_empty());
            prop_assert_eq!(part(claim, "target").is_empty(), part(claim, "shape") == "alone");
        }
    }
}

#[test]
fn wordings_fit_what_the_claim_is_about() {
    let instead = |copy: &str, product: Option<Product>| {
        let file = Arc::new(SourceFile::new("copy.md", copy));
        let document = (format_of("copy.md").unwrap().extract)(&file, &Keys::default()).document;
        let known = |kind| Known {
            kind,
            from: Origin::CommandLine,
            because: String::new(),
        };
        let given = Given {
            product: product.map(known),
            ..Given::default()
        };
        let findings = RULES.judge(&document, &given).findings;
        findings[0].instead().join(", ")
    };
    // What the sentence names comes first, then what the page sells, then what is said of everything.
    assert_eq!(
        instead("Our cream eases gout.", Some(Product::Device)),
        "leaves the skin soft"
    );
    assert_eq!(
        instead("It eases gout.", Some(Product::Cosmetic)),
        "leaves the skin soft"
    );
    assert_eq!(instead("It eases gout.", Some(Product::Device)), "a calm hour");
}
