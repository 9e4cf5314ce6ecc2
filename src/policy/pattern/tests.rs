//! Tests of the pattern language: what patterns stand for, and mistakes in them.

use super::*;

fn texts(pattern: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for step in parse(pattern).unwrap().iter() {
        let choices: Vec<&str> = step.iter().collect();
        let join = |text: &String| {
            choices
                .iter()
                .map(move |choice| format!("{text} {choice}").trim().to_owned())
                .collect::<Vec<_>>()
        };
        out = out.iter().flat_map(join).collect();
    }
    out.sort();
    out
}

#[test]
fn patterns_stand_for_word_sequences() {
    for (pattern, expected) in [
        ("Anti-Aging", vec!["anti aging"]),
        ("the body’s own", vec!["the body own"]),
        ("don't  worry", vec!["don't worry"]),
        ("customers' choice", vec!["customers choice"]),
        (
            "treat[s|ed|ing] it",
            vec!["treat it", "treated it", "treating it", "treats it"],
        ),
        (
            "say[s] (goodbye|bye [bye]) to",
            vec![
                "say bye bye to",
                "say bye to",
                "say goodbye to",
                "says bye bye to",
                "says bye to",
                "says goodbye to",
            ],
        ),
        (
            "lose # lb[s] in _ weeks",
            vec!["lose # lb in _ weeks", "lose # lbs in _ weeks"],
        ),
        (
            "100% r&d 24/7 20lb 3.5 1,000 b12",
            vec!["100 % r and d 24 7 20 lb 3.5 1,000 b 12"],
        ),
        ("safe, natural", vec!["safe , natural"]),
        ("[very] good", vec!["good", "very good"]),
        ("5★ $9 +1", vec!["5 ★ $ 9 + 1"]),
    ] {
        assert_eq!(texts(pattern), expected, "{pattern}");
    }
}

#[test]
fn mistakes_know_their_place() {
    for (pattern, at, message) in [
        ("a (b|c", 2..3, "never closed"),
        ("a b)", 3..4, "closes nothing"),
        ("a|b", 1..2, "outside"),
        ("é cure!", 7..8, "`!` has no meaning"),
        ("cur*", 3..4, "`*` has no meaning"),
        ("(a|)", 0..3, "empty"),
        ("-", 0..1, "no word"),
        ("[a]", 0..3, "may be missing"),
        ("[very] good", 0..0, ""),
    ] {
        match parse(pattern) {
            Err(bad) => {
                assert_eq!(bad.at, at, "{pattern}");
                assert!(bad.message.contains(message), "{pattern}: {}", bad.message);
            }
            Ok(steps) => assert_eq!((steps.iter().count(), message), (2, ""), "{pattern}"),
        }
    }
    let wide = "(a|b|c|d|e|f|g|h)".repeat(4);
    assert!(parse(&wide).unwrap_err().message.contains("more than 512"));
    assert!(
        parse(&"(".repeat(100_000))
            .unwrap_err()
            .message
            .contains("deeper")
    );
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[a-cé0-9'’.,()\\[\\]|#_&% —-]{0,30}") {
        let _ = parse(&text);
    }
}
