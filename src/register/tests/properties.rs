//! What holds of any claim and any copy.

use super::*;
use proptest::prelude::*;

/// Words as copy may write them: any case, curly apostrophes, soft hyphens.
fn written(word: &str, how: u8) -> String {
    let soft = |word: &str| word.chars().map(|c| format!("{c}\u{ad}")).collect::<String>();
    match how {
        0 => word.to_uppercase(),
        1 => word.replace('\'', "’"),
        2 => soft(word),
        3 => format!("\u{200b}{word}"),
        _ => word.to_owned(),
    }
}

/// One of a few words, none of which is a letter that stands apart.
fn word() -> impl Strategy<Value = String> {
    "[a-h]".prop_map(|letter| letter.repeat(2))
}

proptest! {
    #[test]
    fn typography_does_not_keep_a_claim_from_standing(
        words in proptest::collection::vec("[a-z]{2,6}('[a-z]{1,2})?", 1..9),
        how in proptest::collection::vec(0u8..6, 9),
        gaps in proptest::collection::vec(prop_oneof![Just(" "), Just("\n"), Just("\u{a0}"), Just("  "), Just(" \r\n\t")], 9),
        around in prop_oneof![Just(("", "")), Just(("It ", ". So!")), Just(("“", "”")), Just(("Yes – ", "*")), Just(("é, ", ";"))],
    ) {
        let register = approved(&[&words.join(" ")]);
        let mut claim = String::new();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                claim.push_str(gaps[at]);
            }
            claim.push_str(&written(word, how[at]));
        }
        let copy = format!("{}{claim}{}", around.0, around.1);
        let block = block(&copy);
        let found = register.stands(&Passage::new(&block));
        let whole = found.iter().any(|stand| {
            stand.span.slice(&copy).trim_matches(['\u{ad}', '\u{200b}']) == claim.trim_matches(['\u{ad}', '\u{200b}'])
        });
        prop_assert!(whole, "{:?} in {:?}: {:?}", words, copy, found);
    }

    #[test]
    fn drift_makes_one_text_of_the_other(
        copy in proptest::collection::vec("[a-e]", 0..12),
        approved in proptest::collection::vec("[a-e]", 0..12),
    ) {
        let (one, other) = (drift::cut(&copy.join(" ")), drift::cut(&approved.join(" ")));
        let (common, told) = drift::compare(&one, &other);
        let count = |runs: &mut dyn Iterator<Item = &String>| runs.map(|run| run.split(' ').count()).sum::<usize>();
        prop_assert_eq!(common + count(&mut told.adds.iter().map(|(_, words)| words)), copy.len());
        prop_assert_eq!(common + count(&mut told.drops.iter()), approved.len());
    }

    #[test]
    fn whatever_is_alike_is_found(
        copy in proptest::collection::vec(word(), 3..14),
        texts in proptest::collection::vec(proptest::collection::vec(word(), 3..14), 1..6),
    ) {
        let mut texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
        texts.sort();
        texts.dedup();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let copy = copy.join(" ");
        let cut = drift::cut(&copy);
        let any = texts.iter().any(|text| {
            let other = drift::cut(text);
            drift::alike(drift::compare(&cut, &other).0, cut.len(), other.len())
        });
        prop_assert_eq!(approved(&texts).near(&copy, |_| true).is_some(), any);
    }
}
