//! Owns words whose letters stand apart, one mark between each and the next: "c u r e s", "c-u-r-e-s".

/// Letters that stand apart, in bytes of their text.
pub(super) struct Spelled {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Fewer letters are initials.
const FEWEST: usize = 4;
/// More are no word.
const MOST: usize = 32;

impl Spelled {
    /// The letters, each with its place.
    pub(super) fn of<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, char)> + use<'t> {
        let start = self.start;
        let word = text[start..self.end].char_indices();
        word.filter(|(_, c)| c.is_ascii_alphabetic())
            .map(move |(at, letter)| (start + at, letter))
    }
}

/// So many places of a text are judged at once: without a way out between them, the judging becomes a few wide
/// instructions.
const STRETCH: usize = 32;
/// As many bytes after them are looked at: more than it takes, so that they too are looked at in wide instructions.
const AFTER: usize = 16;

/// Whether such a word may stand in `text`. In one letters that stand for themselves follow one another, which most copy
/// has nowhere.
pub(super) fn may_be_spelled(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).step_by(STRETCH).any(|from| {
        let rest = &bytes[from..];
        match rest.first_chunk() {
            Some(stretch) => stand_alone(stretch),
            None => {
                let mut stretch = [0; STRETCH + AFTER];
                stretch[..rest.len()].copy_from_slice(rest);
                stand_alone(&stretch)
            }
        }
    })
}

/// Whether two letters in a row stand for themselves, with marks of one byte each, or one does with longer marks.
fn stand_alone(stretch: &[u8; STRETCH + AFTER]) -> bool {
    let mut letters = [0; STRETCH + AFTER];
    for (letter, byte) in letters.iter_mut().zip(stretch) {
        *letter = u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
    }
    let mut ends = [0; STRETCH + AFTER - 1];
    for (end, pair) in ends.iter_mut().zip(letters.windows(2)) {
        *end = pair[0] & !pair[1];
    }
    let far = |at: usize| stretch[at] >> 7;
    (0..STRETCH).fold(0, |any, at| {
        any | (ends[at] & ends[at + 2] & ends[at + 4]) | (far(at) & letters[at + 1] & far(at + 2))
    }) != 0
}

/// The first such word of `text` from byte `from` on, where a character begins.
pub(super) fn spelled(text: &str, from: usize) -> Option<Spelled> {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut at = from;
    // Such a word has seven bytes and more, so that one of every fourth begins four of it.
    while let Some(four) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        if may_be_apart(*four) {
            for start in at.saturating_sub(3).max(from)..=at {
                let alone = letter(start) && !letter(start + 1) && (start == 0 || !letter(start - 1));
                if alone && let Some(end) = end(text, start) {
                    return Some(Spelled { start, end });
                }
            }
        }
        at += 4;
    }
    None
}

/// Whether letters and other bytes take turns, or a mark of several bytes stands among them.
fn may_be_apart(four: [u8; 4]) -> bool {
    let [a, b, c, d] = four.map(|byte| byte.is_ascii_alphabetic());
    (a != b && b != c && c != d) || !four.is_ascii()
}

/// Where the letters that begin at `start` end, if they are enough and stand for themselves.
fn end(text: &str, start: usize) -> Option<usize> {
    let mark = text[start + 1..].chars().next().filter(|mark| parts(*mark))?;
    if !begins(&text[..start], mark) {
        return None;
    }
    let step = 1 + mark.len_utf8();
    let (mut at, mut count) = (start, 1);
    loop {
        let rest = &text[at + 1..];
        let next = rest.strip_prefix(mark).and_then(|rest| rest.chars().next());
        let alone = |end: &str| !end.chars().next().is_some_and(char::is_alphanumeric);
        match next.filter(char::is_ascii_alphabetic) {
            Some(_) if count < MOST && alone(&text[at + step + 1..]) => {
                at += step;
                count += 1;
            }
            // the first letter of a word of its own
            Some(_) if count < MOST && mark.is_whitespace() => break,
            Some(_) => return None,
            None => break,
        }
    }
    (count >= FEWEST).then_some(at + 1)
}

/// Whether letters that `mark` parts begin after `before`, and not earlier.
fn begins(before: &str, mark: char) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some(c) if c != mark => true,
        // after a word, and not after another letter that stands for itself
        Some(_) => {
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (last, next) = (back.next(), back.next());
            mark.is_whitespace() && (is_word(next) || !is_word(last))
        }
    }
}

/// Whether a character parts letters and is no letter, digit, apostrophe or mark of a list.
fn parts(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '\n' | ',' | ';' | '|' | '&' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn found(text: &str) -> Option<String> {
        let spelled = spelled(text, 0)?;
        assert!(may_be_spelled(text), "{text}");
        Some(spelled.of(text).map(|(_, letter)| letter).collect())
    }

    #[test]
    fn letters_apart_are_a_word() {
        for text in [
            "c u r e s",
            "c-u-r-e-s",
            "c.u.r.e.s",
            "it c_u_r_e_s asthma",
            "c*u*r*e*s",
            "c·u·r·e·s",
            "é c/u/r/e/s.",
        ] {
            assert_eq!(found(text).as_deref(), Some("cures"), "{text}");
        }
        assert_eq!(found("Our tea c u r e s asthma").as_deref(), Some("cures"));
    }

    #[test]
    fn most_copy_has_no_letters_apart() {
        let copy = "I’m here: a tea (24 °C) that we brew in a café, and it’s for you – or for me. ";
        assert!(!may_be_spelled(copy) && !may_be_spelled(&copy.repeat(9)) && !may_be_spelled(""));
        // wherever they stand
        for before in 0..80 {
            for apart in ["c u r e s", "c·u·r·e·s", "c u r e"] {
                let text = format!("{} {apart}", "x".repeat(before));
                assert!(
                    may_be_spelled(&text) && may_be_spelled(&format!("{text} all of it")),
                    "{text}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn where_a_word_stands_one_may_stand(
            pieces in vec(prop::sample::select(&[
                "a", "b", "word", "c u r e", " ", "-", ".", "·", "\u{2003}", "é", "’", "'", "1", "\n", "x·y·z·w", "\u{fe0f}",
            ][..]), 0..60),
        ) {
            let text = pieces.concat();
            prop_assert!(may_be_spelled(&text) || spelled(&text, 0).is_none());
        }
    }

    #[test]
    fn initials_lists_and_words_are_none() {
        let long = "a ".repeat(40);
        for text in [
            long.as_str(),
            "F.D.A.",
            "A, B, C, D, E",
            "a b c",
            "e.g. a b",
            "rock 'n' roll",
            "c-u-r-ed",
            "x+y+z+w",
            "",
            "a",
            "a-b-c-",
            "1-2-3-4-5",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
