//! Owns the tests of the automaton: what it finds is what the phrases say.

use super::*;
use crate::policy::model::{Steps, Word};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A word of a text, and whether a comma stands before it.
type Told = (&'static str, bool);

fn steps(all: &[Vec<String>]) -> Steps {
    let mut out = Steps::default();
    all.iter()
        .for_each(|choices| out.push(choices.iter().map(String::as_str)));
    out
}

/// Where a phrase that starts at `at` ends, told from what its steps say.
fn ends(phrase: &[Vec<String>], text: &[Told], at: usize) -> BTreeSet<usize> {
    let mut here = BTreeSet::from([at]);
    for choices in phrase {
        let after = |from: usize| {
            choices
                .iter()
                .filter_map(move |choice| after(choice, text, from, at))
        };
        here = here.into_iter().flat_map(after).collect();
    }
    here.remove(&at);
    here
}

fn after(choice: &str, text: &[Told], from: usize, start: usize) -> Option<usize> {
    let (mut at, mut may) = (from, false);
    for word in Word::all(choice) {
        if word == Word::Comma {
            may = true;
            continue;
        }
        let (told, comma) = *text.get(at)?;
        let fits = match word {
            Word::Is(known) => known == told,
            Word::Number => told == "two" || told.starts_with(|c: char| c.is_ascii_digit()),
            _ => true,
        };
        if !fits || (at > start && comma && !may) {
            return None;
        }
        (at, may) = (at + 1, false);
    }
    Some(at)
}

fn bytes(automaton: &Automaton) -> Vec<u8> {
    let mut parts = Parts::default();
    automaton.write(&mut parts);
    parts.bytes()
}

fn read(bytes: &'static [u8]) -> Automaton {
    Automaton::read(&mut Parts::read(bytes))
}

/// Every (phrase, start, end) that an automaton finds.
fn found(automaton: &Automaton, phrases: u32, text: &[Told]) -> BTreeSet<(u32, usize, usize)> {
    let mut out = BTreeSet::new();
    let seen = |(word, comma): Told| {
        let id = automaton.word(word);
        let number = automaton.is_numeral(id) || word.starts_with(|c: char| c.is_ascii_digit());
        Seen::new(id, number, if comma { Gap::Comma } else { Gap::Soft })
    };
    for start in 0..text.len() {
        let next = text.get(start + 1).map(|told| seen(*told));
        let mut here = Vec::new();
        automaton.enter(automaton.start(seen(text[start])), &mut here);
        automaton.enter(automaton.start_any(next), &mut here);
        for end in start + 1..=text.len() {
            let states: Vec<State> = here.iter().filter_map(|state| automaton.state(*state)).collect();
            let ends: BTreeSet<EndId> = states.iter().flat_map(|state| automaton.ends(state)).collect();
            let ended =
                (0..phrases).filter(|phrase| automaton.ends_of(*phrase).any(|end| ends.contains(&end)));
            out.extend(ended.map(|phrase| (phrase, start, end)));
            let mut next = Vec::new();
            if let Some(told) = text.get(end) {
                states
                    .iter()
                    .for_each(|state| automaton.enter(automaton.step(state, seen(*told)), &mut next));
            }
            next.sort_unstable();
            next.dedup();
            here = next;
        }
    }
    out
}

const WORDS: [&str; 6] = ["a", "b", "two", "7", "9", "z"];

fn choice() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["a", "b", "c", "two", "7", "#", "_", ", a", ", #"]);
    prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

/// A phrase: its first step is there, others may be missing.
fn phrase() -> impl Strategy<Value = Vec<Vec<String>>> {
    let choices = |missing: bool| {
        (prop::collection::btree_set(choice(), 1..4), any::<bool>()).prop_map(move |(choices, may)| {
            let lead = (missing && may).then(String::new);
            lead.into_iter().chain(choices).collect::<Vec<_>>()
        })
    };
    (choices(false), prop::collection::vec(choices(true), 0..4))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

proptest! {
    #[test]
    fn what_is_found_is_what_the_phrases_say(
        phrases in prop::collection::vec(phrase(), 1..8),
        text in prop::collection::vec((prop::sample::select(WORDS.to_vec()), any::<bool>()), 1..12),
        room in prop::sample::select(vec![0, 2, 1000]),
    ) {
        let mut wanted = BTreeSet::new();
        let nothing = Automaton::default();
        let mut trie = Trie::new(&nothing, ["two"]);
        for (number, phrase) in (0..).zip(&phrases) {
            prop_assert_eq!(trie.add(&steps(phrase)), number);
            for start in 0..text.len() {
                wanted.extend(ends(phrase, &text, start).into_iter().map(|end| (number, start, end)));
            }
        }
        let automaton = states::automaton(trie.grown(), room);
        prop_assert_eq!(&found(&automaton, phrases.len() as u32, &text), &wanted);
        let again = read(bytes(&automaton).leak());
        prop_assert_eq!(&found(&again, phrases.len() as u32, &text), &wanted);
    }
}

#[test]
fn words_of_two_automata_do_not_mix() {
    let nothing = Automaton::default();
    let mut trie = Trie::new(&nothing, ["two"]);
    trie.add(&steps(&[vec!["a b".into()]]));
    let base = trie.automaton();
    let mut trie = Trie::new(&base, ["two"]);
    trie.add(&steps(&[vec!["b".into()], vec!["#".into(), "c".into()]]));
    let own = trie.automaton();
    assert_eq!((base.word("c"), own.word("b")), (UNKNOWN, UNKNOWN));
    let number = |word| {
        if base.word(word) == UNKNOWN {
            own.word(word)
        } else {
            base.word(word)
        }
    };
    let all: BTreeSet<WordId> = ["two", "a", "b", "c"].map(number).into_iter().collect();
    assert_eq!(all.len(), 4);
    assert!(own.is_numeral(number("two")) && !own.is_numeral(number("c")));
    let seen = |word, number| Seen::new(word, number, Gap::Soft);
    let start = own.start(seen(number("b"), false));
    for (word, is) in [("two", true), ("c", false)] {
        let next = own
            .state(start)
            .map(|start| own.step(&start, seen(number(word), is)));
        let next = next.and_then(|next| own.state(next)).unwrap();
        assert_eq!(own.ends(&next).count(), 1, "{word}");
    }
}

/// Every way through this phrase is a set of its own: without forks it would be a million states.
#[test]
fn sets_that_grow_without_end_are_followed_one_by_one() {
    let mut phrase = vec![vec![String::new(), "_".into()]; 20];
    phrase.push(vec!["a".into()]);
    phrase.extend(vec![vec!["_".into()]; 20]);
    phrase.insert(0, vec!["b".into()]);
    let nothing = Automaton::default();
    let mut trie = Trie::new(&nothing, []);
    trie.add(&steps(&phrase));
    let automaton = trie.automaton();
    assert!(bytes(&automaton).len() < 4_000_000, "{}", bytes(&automaton).len());
    let text: Vec<Told> = std::iter::once(("b", false))
        .chain((0..40).map(|at| (if at % 3 == 0 { "a" } else { "z" }, false)))
        .collect();
    let wanted: BTreeSet<_> = (0..text.len())
        .flat_map(|start| {
            ends(&phrase, &text, start)
                .into_iter()
                .map(move |end| (0, start, end))
        })
        .collect();
    assert!(wanted.len() > 3);
    assert_eq!(found(&automaton, 1, &text), wanted);
}

#[test]
fn bytes_that_are_cut_off_are_no_automaton_and_no_panic() {
    let nothing = Automaton::default();
    let mut trie = Trie::new(&nothing, ["two"]);
    trie.add(&steps(&[vec!["a".into()], vec!["#".into(), "b c".into()]]));
    let bytes: &'static [u8] = bytes(&trie.automaton()).leak();
    for len in 0..bytes.len() {
        let automaton = read(&bytes[..len]);
        found(&automaton, 1, &[("a", false), ("7", false), ("b", true)]);
    }
}

/// After "b" thousands of phrases go on with any word and as many with a word of their own: as sets these would be
/// millions of nodes.
#[test]
fn what_many_words_share_is_not_written_for_each() {
    let of = |count: u32| {
        let nothing = Automaton::default();
        let mut trie = Trie::new(&nothing, []);
        for at in 0..count {
            let own = |letter: char| format!("{letter}{at}");
            trie.add(&steps(&[
                vec!["b".into(), own('c')],
                vec![format!("_ {}", own('x'))],
            ]));
            trie.add(&steps(&[vec![format!("b {} b", own('w'))]]));
        }
        trie.automaton()
    };
    let (half, whole) = (of(1000), of(2000));
    assert!(bytes(&whole).len() < bytes(&half).len() * 5 / 2);
    let text = [("b", false), ("w7", false), ("x9", false)];
    assert_eq!(found(&whole, 4000, &text), BTreeSet::from([(18, 0, 3)]));
}

/// The embedded packs are followed one state at a time.
#[test]
fn what_is_ready_has_no_forks() {
    let (ready, homes) = ready();
    let edges = (0..ready.edges.len() / 2).map(|edge| ready.edges.row::<2>(edge)[1]);
    let starts = (0..ready.starts.len()).map(|word| ready.starts.get(word));
    assert!(ready.count() > 10_000 && homes.count() > 100);
    assert!(edges.chain(starts).all(|state| !is_fork(state & !AFTER_ANY)));
}

#[test]
fn what_is_ready_is_what_the_packs_say() {
    let (ready, homes) = ready();
    let mut parts = Parts::default();
    ready.write(&mut parts);
    homes.write(&mut parts);
    let prepared = crate::policy::prepare();
    assert_eq!(prepare(&prepared), parts.bytes());
    let mut files = vec![BTreeSet::new(); prepared.files.len()];
    for end in 0..ready.count() {
        homes.files(homes.of(end)).for_each(|file| {
            files[file as usize].insert(end);
        });
    }
    for (file, phrases) in files.iter().zip(&prepared.files) {
        let ends = phrases.iter().flat_map(|phrase| ready.ends_of(*phrase));
        assert_eq!(file, &ends.collect::<BTreeSet<_>>());
    }
}
