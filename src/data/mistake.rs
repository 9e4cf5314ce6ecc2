//! Owns a mistake in a structured text: its place, what is wrong and what would be right.

use crate::text::{Source, Span};

/// A mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub span: Span<Source>,
    /// What is wrong, one sentence without its full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// Every name that may stand there, where it is one that is wrong.
    pub names: Vec<String>,
}

impl Mistake {
    /// A mistake without help.
    pub fn new(span: Span<Source>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
            names: Vec::new(),
        }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with the right name nearest to what is written, or with all of them.
    #[must_use]
    pub fn among(mut self, written: &str, names: &[&str]) -> Self {
        self.names = names.iter().map(|name| (*name).to_owned()).collect();
        match nearest(written, names.iter().copied()) {
            Some(name) => self.help(format!("`{name}` is the nearest name")),
            None => self.help(format!("there are: {}", names.join(", "))),
        }
    }
}

/// The candidates most like `word`, the likest first: `most` of those near enough to be meant.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> = distances(word, candidates).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(most);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The longest word that is compared with names, in bytes.
const LONGEST: usize = 128;

/// The candidates near enough to be meant, with their distances. A name is short; what is long is no slip of one, and
/// to compare it would cost its length many times over.
fn distances<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let letters = letters(word);
    let near = move |candidate: &'a str| {
        let longer = candidate.len().max(word.len());
        let most = 1 + longer / 4;
        if longer > LONGEST || candidate.len().abs_diff(word.len()) > most * 4 {
            return None;
        }
        if at_least(&letters, candidate) > most {
            return None;
        }
        let distance = strsim::damerau_levenshtein(word, candidate);
        (distance <= most).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near)
}

/// How often characters stand in a word; those that share a place are counted together.
type Letters = [i16; 64];

fn letters(word: &str) -> Letters {
    let mut count = [0; 64];
    let within = word.chars().take(LONGEST);
    within.for_each(|c| count[c as usize % 64] += 1);
    count
}

/// The least that the distance can be: what one word has and the other has not must be put in, taken out or replaced.
/// Most names are told apart by this, at a hundredth of the cost of the distance.
fn at_least(word: &Letters, candidate: &str) -> usize {
    let mut left = *word;
    candidate.chars().for_each(|c| left[c as usize % 64] -= 1);
    let of = |sign: i16| {
        left.iter()
            .map(|count| (count * sign).max(0) as usize)
            .sum::<usize>()
    };
    of(1).max(of(-1))
}

/// The candidate most like `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    distances(word, candidates).min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_never_say_more_than_the_distance(one in "[a-dé-]{0,9}", other in "[a-dé-]{0,9}") {
            let distance = strsim::damerau_levenshtein(&one, &other);
            prop_assert!(at_least(&letters(&one), &other) <= distance);
        }
    }

    #[test]
    fn a_slip_is_set_right_and_another_word_is_not() {
        let names = ["us-effects/swallowed-disease", "us-ftc/guarantee"];
        assert_eq!(nearest("us-effects/swalowed-diseaze", names), Some(names[0]));
        assert_eq!(nearest("gaurantee", ["guarantee"]), Some("guarantee"));
        assert_eq!(nearest("tea", names), None);
        assert_eq!(nearest(&"é".repeat(90), [&*"é".repeat(89)]), None);
    }
}
