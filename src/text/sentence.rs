//! Owns cutting folded prose into sentences.

use super::{Folded, Span};
use rustc_hash::FxHashSet;

/// The words that end in a full stop without ending a sentence, lower case and without the stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    words: FxHashSet<String>,
}

impl Abbreviations {
    /// Abbreviations written as in copy: `Dr.`, `e.g.`; case and the last stop do not matter.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let tidy = |word: S| word.as_ref().trim_end_matches('.').to_lowercase();
        Self {
            words: words.into_iter().map(tidy).collect(),
        }
    }

    /// Whether `text`, which ends right before a full stop, ends in an abbreviation. A single letter
    /// (an initial, or the end of `U.S`) is one.
    fn ends(&self, text: &str) -> bool {
        let start = text
            .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let word = &text[start..];
        let mut letters = word.rsplit('.').next().unwrap_or(word).chars();
        let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        initial || self.words.contains(word)
    }
}

/// Copy without a stop is cut after at most this many bytes. No sentence that is read as one is as long, and a bound
/// on sentences is a bound on the work that any word in them makes.
const LONGEST: usize = 4096;

/// The sentences of folded prose, in order, without the white space between them. A sentence ends at `.`, `!`
/// or `?` (with closing quotes and brackets) before white space; a full stop after an abbreviation, inside a
/// number or before a lower-case continuation in brackets does not end one.
pub fn sentences(folded: &str, abbreviations: &Abbreviations) -> Vec<Span<Folded>> {
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..]) else {
            break;
        };
        at += found;
        let mark = at;
        while at < bytes.len() && matches!(bytes[at], b'.' | b'!' | b'?') {
            at += 1;
        }
        let end = at + closers(&bytes[at..]);
        let spaced = end == bytes.len() || bytes[end] == b' ';
        let lone_stop = bytes[mark] == b'.' && at - mark == 1;
        let trails_off = &folded[mark..at] == "..." && !closes(bytes, end);
        if spaced
            && !trails_off
            && !(lone_stop && end < bytes.len() && abbreviations.ends(&folded[start..mark]))
        {
            push(folded, start, end, &mut out);
            start = end;
        }
        at = end.max(at);
    }
    push(folded, start, bytes.len(), &mut out);
    out
}

/// How many bytes of closing quotes and brackets lead `bytes`.
fn closers(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| matches!(byte, b'"' | b'\'' | b')' | b']' | b'*'))
        .count()
}

/// An ellipsis ends a sentence only at the end of the text.
fn closes(bytes: &[u8], end: usize) -> bool {
    end == bytes.len()
}

/// Adds the sentence from `start` to `end`, in pieces where it is longer than anybody reads.
fn push(folded: &str, mut start: usize, end: usize, out: &mut Vec<Span<Folded>>) {
    while start < end {
        let stop = if end - start > LONGEST {
            cut(folded, start)
        } else {
            end
        };
        let piece = &folded[start..stop];
        let lead = piece.len() - piece.trim_start().len();
        let kept = piece.trim();
        if !kept.is_empty() {
            out.push(Span::of(start + lead..start + lead + kept.len()));
        }
        start = stop;
    }
}

/// Where the piece that starts at `start` ends: at its last space, or inside a word that is as long.
fn cut(folded: &str, start: usize) -> usize {
    let most = folded.floor_char_boundary(start + LONGEST);
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
        sentences(text, &short)
            .into_iter()
            .map(|span| span.slice(text))
            .collect()
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
                .all(|piece| piece.len() <= LONGEST && piece.len() > LONGEST / 2)
        );
        assert!(pieces.iter().all(|piece| piece.ends_with(['a', 'é'])));
        assert_eq!(pieces.join(" "), text.trim_end());
        let word = "é".repeat(LONGEST);
        assert_eq!(cut(&word).concat(), word);
        assert_eq!(cut(&word).len(), 2);
    }

    #[test]
    fn an_ellipsis_goes_on() {
        assert_eq!(cut("safe... and gentle. yes"), ["safe... and gentle.", "yes"]);
    }
}
