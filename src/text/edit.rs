//! Owns the smallest edit between two texts, in words and marks.

use std::ops::Range;

/// Words or marks of the one text that become words or marks of the other; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Indices into the pieces of the old text.
    pub from: Range<usize>,
    /// Indices into the pieces of the new text.
    pub to: Range<usize>,
}

/// What makes one text into the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// How many pieces both have, in the same order.
    pub kept: usize,
    /// What differs, in order. What stands before the first and after the last kept piece of the old text is
    /// around the text, not of it, and differs in nothing.
    pub changes: Vec<Change>,
    /// The old text from its first kept piece to its last.
    pub within: Range<usize>,
}

/// The places of the words and marks of `text`: a word is a run of letters and digits with inner apostrophes,
/// hyphens and points; every other character but space is a mark.
pub fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let c = char_at(text, start)?;
            at += c.len_utf8();
            if c.is_alphanumeric() {
                at = word_end(text, at);
            } else if c.is_whitespace() {
                continue;
            }
            return Some(start..at);
        }
    })
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Where the word ends that goes on at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        let bytes = text.as_bytes().get(at..).unwrap_or_default();
        at += bytes
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let Some(c) = char_at(text, at) else { return at };
        let inner = || {
            matches!(c, '\'' | '-' | '.') && char_at(text, at + 1).is_some_and(|next| next.is_alphanumeric())
        };
        if !(c.is_alphanumeric() || inner()) {
            return at;
        }
        at += c.len_utf8();
    }
}

/// The smallest edit of the pieces `from` into the pieces `to`. Time and memory are the product of their numbers:
/// callers bound both.
pub fn edit(from: &[&str], to: &[&str]) -> Edit {
    let width = to.len() + 1;
    // common[i * width + j]: the most pieces that from[i..] and to[j..] share, in order.
    let mut common = vec![0_u32; (from.len() + 1) * width];
    for i in (0..from.len()).rev() {
        for j in (0..to.len()).rev() {
            common[i * width + j] = if from[i] == to[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < from.len() && j < to.len() {
        if from[i] == to[j] {
            kept.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    let within = match (kept.first(), kept.last()) {
        (Some(first), Some(last)) => first.0..last.0 + 1,
        _ => 0..0,
    };
    let mut changes = Vec::new();
    let mut at = (within.start, 0);
    for next in kept.iter().copied().chain([(within.end, to.len())]) {
        if at != next {
            changes.push(Change {
                from: at.0..next.0,
                to: at.1..next.1,
            });
        }
        at = (next.0 + 1, next.1 + 1);
    }
    Edit {
        kept: kept.len(),
        changes,
        within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// The most pieces that two texts share, in order, found without a table.
    fn shared(from: &[&str], to: &[&str]) -> usize {
        match (from, to) {
            ([a, from @ ..], [b, to @ ..]) if a == b => 1 + shared(from, to),
            ([_, rest @ ..], [_, after @ ..]) => shared(rest, to).max(shared(from, after)),
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn an_edit_is_the_smallest_and_makes_the_one_text_the_other(
            from in vec(prop::sample::select(&["a", "b", "c"][..]), 0..8),
            to in vec(prop::sample::select(&["a", "b", "c"][..]), 0..8),
        ) {
            let edit = edit(&from, &to);
            prop_assert_eq!(edit.kept, shared(&from, &to));
            let mut made: Vec<&str> = Vec::new();
            let mut at = edit.within.start;
            for Change { from: old, to: new } in &edit.changes {
                prop_assert!(old.len() + new.len() > 0);
                made.extend(&from[at..old.start]);
                prop_assert_eq!(made.len(), new.start);
                made.extend(&to[new.clone()]);
                at = old.end;
            }
            made.extend(&from[at..edit.within.end]);
            prop_assert_eq!(made, to);
        }
    }

    fn words(text: &str) -> Vec<&str> {
        pieces(text).map(|at| &text[at]).collect()
    }

    fn changes(from: &str, to: &str) -> Vec<(String, String)> {
        let (from, to) = (words(from), words(to));
        let shown = |change: Change| (from[change.from].join(" "), to[change.to].join(" "));
        edit(&from, &to).changes.into_iter().map(shown).collect()
    }

    #[test]
    fn words_and_marks_are_pieces() {
        assert_eq!(
            words("It's no. 3.5, anti-ageing (é)."),
            ["It's", "no", ".", "3.5", ",", "anti-ageing", "(", "é", ")", "."]
        );
        assert_eq!(
            words("a--b -c d- 'e"),
            ["a", "-", "-", "b", "-", "c", "d", "-", "'", "e"]
        );
        assert!(words("  ").is_empty());
    }

    #[test]
    fn equal_texts_differ_in_nothing() {
        assert!(changes("ask a doctor", "ask a doctor").is_empty());
    }

    #[test]
    fn a_word_is_added_left_out_or_another() {
        let one = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(changes("cure or prevent", "cure, or prevent"), [one("", ",")]);
        assert_eq!(changes("not at all safe", "not safe"), [one("at all", "")]);
        assert_eq!(
            changes("by the FDA today", "by the agency today"),
            [one("FDA", "agency")]
        );
        assert_eq!(
            changes("two three", "one two three four"),
            [one("", "one"), one("", "four")]
        );
    }

    #[test]
    fn what_stands_around_the_text_is_no_part_of_it() {
        assert!(changes("Please note: ask a doctor today", "ask a doctor").is_empty());
    }

    #[test]
    fn texts_with_nothing_in_common_are_all_change() {
        let nothing = edit(&words("tea"), &words("ask a doctor"));
        assert_eq!((nothing.kept, nothing.within.len()), (0, 0));
        assert_eq!(nothing.changes.len(), 1);
        assert_eq!(edit(&[], &[]).changes, []);
    }
}
