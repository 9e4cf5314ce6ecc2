//! What is wrong with a register, each thing at its place.

use super::*;

#[test]
fn every_mistake_is_told_at_its_place() {
    let text = "claims:\n- id: a b\n  txt: x\n  evidence: [{fle: x}, {file: none.pdf}, {url: example}, {file: Cargo.toml, url: https://example.org}]\n  \
        markets: [mars]\n  product: vitamins\n  approved: 2026-13-01\n  review-by: soon\n  withdrawn: true\n- 7\n";
    let told = mistakes(text);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(at, message)| (at.as_str(), message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("a b", "`a b` is no id"),
            ("a b", "`approver` is missing here"),
            ("txt", "unknown key `txt`"),
            ("{fle: x}", "this evidence says not where it is"),
            ("fle", "unknown key `fle`"),
            ("none.pdf", "there is no evidence file `none.pdf`"),
            ("example", "`example` is no address"),
            (
                "https://example.org",
                "evidence has a `file` or a `url`, not both"
            ),
            ("mars", "unknown market `mars`"),
            ("vitamins", "unknown product `vitamins`"),
            ("2026-13-01", "`approved` is no day"),
            ("soon", "`review-by` is no day"),
            ("true", "a withdrawn claim needs a reason"),
            ("7", "`a claim` must be a mapping, but this is a number"),
        ]
    );
}

#[test]
fn what_a_key_holds_is_of_its_kind() {
    let whole = "claims:\n- {id: a, text: Tea., approver: A, approved: 2026-03-01, review-by: 2027-01-01}\n";
    assert_eq!(mistakes(whole), []);
    for (old, new, at, message) in [
        (
            "2027-01-01",
            "2026-02-28",
            "2026-02-28",
            "the review is due before the approval",
        ),
        ("A,", "' ',", "' '", "`approver` is empty"),
        ("A,", "[A],", "[A]", "`approver` must be text, but this is a list"),
        ("Tea.", "'…'", "'…'", "no word stands here"),
        (
            "id: a",
            "id: a, product: [[tea]]",
            "[tea]",
            "`product` must be text, but this is a list",
        ),
        (
            "id: a",
            "id: a, evidence: [a trial]",
            "a trial",
            "`evidence` must be a mapping with `file` or `url`, and `note`, but this is text",
        ),
        (
            "id: a",
            "id: a, reason: it failed",
            "it failed",
            "this claim is not withdrawn",
        ),
        ("2026-03-01", "[]", "[]", "`approved` is no day"),
    ] {
        let told = mistakes(&whole.replacen(old, new, 1));
        assert!(
            told.contains(&(at.to_owned(), message.to_owned())),
            "{new}: {told:?}"
        );
        assert_eq!(read(&whole.replacen(old, new, 1)).claims, []);
    }
}
