//! Owns cutting folded prose into sentences.

use super::{Folded, Span};
use rustc_hash::FxHashSet;

/// The words that end in a full stop without ending a sentence, lower case and without the stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    words: FxHashSet<String>,
    /// How long the longest is, in bytes.
    longest: usize,
}

impl Abbreviations {
    /// Abbreviations written as in copy: `Dr.`, `e.g.`; case and the last stop do not matter.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let tidy = |word: S| word.as_ref().trim_end_matches('.').to_lowercase();
        let words: FxHashSet<String> = words.into_iter().map(tidy).collect();
        Self {
            longest: words.iter().map(String::len).max().unwrap_or(0),
            words,
        }
    }

    /// Whether `text`, which ends right before a full stop, ends in an abbreviation. A single letter
    /// (an initial, or the end of `U.S`) is one.
    fn ends(&self, text: &str) -> bool {
        let parts = |c: char| !(c.is_alphanumeric() || c == '.');
        let mut letters = text.chars();
        let initial = letters.next_back().is_some_and(char::is_alphabetic)
            && letters
                .next_back()
                .is_none_or(|before| before == '.' || parts(before));
        if initial {
            return true;
        }
        // What is longer than any of them is none, however it begins.
        let near = text.floor_char_boundary(text.len().saturating_sub(self.longest + 1));
        let after = |at: usize| at + text[at..].chars().next().map_or(1, char::len_utf8);
        let start = text[near..].rfind(parts).map(|at| after(near + at));
        let start = start.or((near == 0).then_some(0));
        start.is_some_and(|start| self.words.contains(&text[start..]))
    }
}

/// Copy without a stop is cut after at most this many bytes. No sentence that is read as one is as long, and a bound
/// on sentences is a bound on the work that any word in them makes.
pub const LONGEST_SENTENCE: usize = 4096;

/// The sentences of folded prose, in order, without the white space between them. A sentence ends at `.`, `!`
/// or `?` (with closing quotes and brackets) before white space; a full stop after an abbreviation, inside a
/// number or before a lower-case continuation in brackets does not end one. One that is longer than anybody reads
/// comes in pieces of at most [`LONGEST_SENTENCE`] bytes.
pub fn sentences<'t>(
    folded: &'t str,
    abbreviations: &'t Abbreviations,
) -> impl Iterator<Item = Span<Folded>> + 't {
    let mut start = 0;
    let mut end = 0;
    std::iter::from_fn(move || {
        while start < folded.len() {
            if start == end {
                end = sentence_end(folded, start, abbreviations);
            }
            let stop = if end - start > LONGEST_SENTENCE {
                cut(folded, start)
            } else {
                end
            };
            let piece = trimmed(folded.as_bytes(), start, stop);
            start = stop;
            if !piece.is_empty() {
                return Some(piece);
            }
        }
        None
    })
}

/// Where the sentence that starts at `start` ends.
fn sentence_end(folded: &str, start: usize, abbreviations: &Abbreviations) -> usize {
    let bytes = folded.as_bytes();
    let mut at = start;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..]) {
        let mark = at + found;
        at = mark
            + bytes[mark..]
                .iter()
                .take_while(|byte| matches!(byte, b'.' | b'!' | b'?'))
                .count();
        let marks = &bytes[mark..at];
        at += closers(&bytes[at..]);
        if bytes.get(at) != Some(&b' ') {
            continue;
        }
        let goes_on = marks == b"..." || (marks == b"." && abbreviations.ends(&folded[start..mark]));
        if !goes_on {
            return at;
        }
    }
    bytes.len()
}

/// The span from `start` to `end` without the spaces around it; folded prose has no other white space.
fn trimmed(bytes: &[u8], mut start: usize, mut end: usize) -> Span<Folded> {
    while start < end && bytes[start] == b' ' {
        start += 1;
    }
    while start < end && bytes[end - 1] == b' ' {
        end -= 1;
    }
    Span::of(start..end)
}

/// How many bytes of closing quotes and brackets lead `bytes`.
fn closers(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| matches!(byte, b'"' | b'\'' | b')' | b']' | b'*'))
        .count()
}

/// Where the piece that starts at `start` ends: at its last space, or inside a word that is as long.
fn cut(folded: &str, start: usize) -> usize {
    let most = folded.floor_char_boundary(start + LONGEST_SENTENCE);
    folded[start..most]
        .rfind(' ')
        .filter(|at| *at > 0)
        .map_or(most, |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let short = Abbreviations::new(["Dr.", "e.g.", "vs.", "approx."]);
        sentences(text, &short).map(|span| span.slice(text)).collect()
    }

    #[test]
    fn stops_questions_and_exclamations_end_a_sentence() {
        assert_eq!(
            cut("it works! does it? \"yes.\" (really.) ok"),
            ["it works!", "does it?", "\"yes.\"", "(really.)", "ok"]
        );
    }

    #[test]
    fn abbreviations_numbers_and_initials_do_not() {
        assert_eq!(
            cut("see dr. lee, e.g. at 3.5 mg vs. 4 in the u.s. market."),
            ["see dr. lee, e.g. at 3.5 mg vs. 4 in the u.s. market."]
        );
        assert_eq!(
            cut("ask dr. b. smith. then go."),
            ["ask dr. b. smith.", "then go."]
        );
    }

    #[test]
    fn copy_without_a_stop_is_cut_at_a_space() {
        let text = "tea é ".repeat(5000);
        let pieces = cut(&text);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.len() <= LONGEST_SENTENCE && piece.len() > LONGEST_SENTENCE / 2)
        );
        assert!(pieces.iter().all(|piece| piece.ends_with(['a', 'é'])));
        assert_eq!(pieces.join(" "), text.trim_end());
        let word = "é".repeat(LONGEST_SENTENCE);
        assert_eq!(cut(&word).concat(), word);
        assert_eq!(cut(&word).len(), 2);
    }

    #[test]
    fn an_ellipsis_goes_on() {
        assert_eq!(cut("safe... and gentle. yes"), ["safe... and gentle.", "yes"]);
    }
}
