//! Owns cutting folded text into words, the units that phrases and distances count in.

/// What a byte of folded text begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing: it parts words.
    Gap,
    Letter,
    Digit,
    Apostrophe,
    Symbol,
    /// A character beyond ASCII, which is a letter, a mark or a symbol.
    Beyond,
}

/// The class of every byte: one look for each byte is what cutting costs.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'%' | b'$' | b'+' | b'&' | b'#' => Class::Symbol,
            0x80.. => Class::Beyond,
            _ => Class::Gap,
        };
        byte += 1;
    }
    classes
};

/// The class of the byte at `at`; the end of the text parts words too.
fn class(bytes: &[u8], at: usize) -> Class {
    bytes
        .get(at)
        .map_or(Class::Gap, |byte| CLASSES[usize::from(*byte)])
}

/// A word as it is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// Its text.
    pub bytes: &'t [u8],
    /// Its first eight bytes, the first of them lowest; zeros after its end.
    pub head: u64,
}

impl<'t> Word<'t> {
    /// Its text, looked through once more.
    pub fn text(&self) -> &'t str {
        std::str::from_utf8(self.bytes).unwrap_or_default()
    }
}

impl<'t> From<&'t str> for Word<'t> {
    fn from(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut head = [0; 8];
        let known = bytes.len().min(head.len());
        head[..known].copy_from_slice(&bytes[..known]);
        Self {
            bytes,
            head: u64::from_le_bytes(head),
        }
    }
}

/// Calls `emit` with the start, end (bytes of `folded`) and text of every word, in order. A word is a run of
/// letters with inner apostrophes, less a possessive `'s`; or a number with its inner points and commas; or one
/// of the symbols `%`, `$`, `£`, `€`, `+`, `★`; `&` is emitted as `and`, and `#` before a
/// digit as `number`. All else parts words.
pub fn words<'t>(folded: &'t str, mut emit: impl FnMut(usize, usize, &'t str)) {
    each_word(folded, |start, end, word| emit(start, end, word.text()));
}

/// Calls `emit` as [`words`] does, with words as they are looked up.
pub fn each_word<'t>(folded: &'t str, mut emit: impl FnMut(usize, usize, Word<'t>)) {
    let bytes = folded.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (end, word) = match class(bytes, at) {
            Class::Letter => {
                let head;
                (at, head) = small_letters(bytes, at);
                // Nearly every word ends here.
                if matches!(
                    class(bytes, at),
                    Class::Letter | Class::Apostrophe | Class::Beyond
                ) {
                    at = letters_end(folded, start, at);
                    let (end, text) = unpossessed(folded, start, at);
                    (end, text.into())
                } else {
                    let bytes = &bytes[start..at];
                    (at, Word { bytes, head })
                }
            }
            Class::Digit => {
                at = number_end(bytes, at);
                (at, folded[start..at].into())
            }
            Class::Beyond => {
                at = letters_end(folded, at, at);
                if at > start {
                    let (end, text) = unpossessed(folded, start, at);
                    (end, text.into())
                } else {
                    let symbol = character(folded, start);
                    at = start + symbol.len().max(1);
                    match symbol {
                        "£" | "€" | "★" => (at, symbol.into()),
                        "⭐" => (at, "★".into()),
                        _ => continue,
                    }
                }
            }
            Class::Symbol => {
                at += 1;
                match bytes[start] {
                    b'&' => (at, "and".into()),
                    b'#' if class(bytes, at) != Class::Digit => continue,
                    b'#' => (at, "number".into()),
                    _ => (at, folded[start..at].into()),
                }
            }
            Class::Gap | Class::Apostrophe => {
                at += 1;
                continue;
            }
        };
        emit(start, end, word);
    }
}

/// How far small letters of ASCII go on from `at`, eight bytes at a time, and the first eight of them; what is left over
/// at the end is not looked at.
fn small_letters(bytes: &[u8], mut at: usize) -> (usize, u64) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (start, mut head) = (at, 0);
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let eight = u64::from_le_bytes(*eight);
        let low = eight & (0x7f * EACH);
        // The highest bit of each byte tells whether it is none.
        let before = !(low + (0x80 - b'a' as u64) * EACH);
        let after = low + (0x7f - b'z' as u64) * EACH;
        let others = (before | after | eight) & (0x80 * EACH);
        if others == 0 {
            head = if at == start { eight } else { head };
            at += 8;
            continue;
        }
        if at == start {
            // All below the first other byte.
            head = eight & (((others & others.wrapping_neg()) - 1) >> 7);
        }
        at += others.trailing_zeros() as usize / 8;
        break;
    }
    (at, head)
}

/// The end and text of the letters from `start` to `end`, less a possessive `'s`.
fn unpossessed(folded: &str, start: usize, end: usize) -> (usize, &str) {
    let text = &folded[start..end];
    let kept = text.strip_suffix("'s").unwrap_or(text);
    (start + kept.len(), kept)
}

/// The character at `at`; nothing at the end.
fn character(folded: &str, at: usize) -> &str {
    let rest = &folded[at..];
    rest.split_at(rest.chars().next().map_or(0, char::len_utf8)).0
}

/// Where the letters that start at `start` and are read up to `end` end; an apostrophe between letters is one of them.
fn letters_end(folded: &str, start: usize, mut end: usize) -> usize {
    let bytes = folded.as_bytes();
    loop {
        match class(bytes, end) {
            Class::Letter => end += 1,
            Class::Apostrophe => {
                let inner = end > start && folded[end + 1..].starts_with(char::is_alphabetic);
                if !inner {
                    return end;
                }
                end += 1;
            }
            Class::Beyond => match folded[end..].chars().next() {
                Some(c) if c.is_alphabetic() || is_mark(c) => end += c.len_utf8(),
                _ => return end,
            },
            _ => return end,
        }
    }
}

/// Combining marks belong to the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Where the number that starts at `at` ends: digits, and points or commas between digits.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < bytes.len() {
        let inner = matches!(bytes[end], b'.' | b',') && class(bytes, end + 1) == Class::Digit;
        if !bytes[end].is_ascii_digit() && !inner {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// The same words, cut character by character.
    fn plainly(text: &str) -> Vec<(usize, usize, String)> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let at = |n: usize| chars.get(n).map_or('\n', |(_, c)| *c);
        let place = |n: usize| chars.get(n).map_or(text.len(), |(at, _)| *at);
        let is_part = |c: char| c.is_alphabetic() || super::is_mark(c);
        let is_inner = |n: usize, c: char, of: fn(char) -> bool| of(at(n)) || c == at(n) && of(at(n + 1));
        let digit = |c: char| c.is_ascii_digit();
        let mut out = Vec::new();
        let mut n = 0;
        while n < chars.len() {
            let start = n;
            n += 1;
            let text = match at(start) {
                c if is_part(c) => {
                    while is_part(at(n)) || is_inner(n, '\'', char::is_alphabetic) {
                        n += 1;
                    }
                    let whole = &text[place(start)..place(n)];
                    whole.strip_suffix("'s").unwrap_or(whole).to_owned()
                }
                c if digit(c) => {
                    while is_inner(n, '.', digit) || is_inner(n, ',', digit) {
                        n += 1;
                    }
                    text[place(start)..place(n)].to_owned()
                }
                '&' => "and".to_owned(),
                '#' if digit(at(n)) => "number".to_owned(),
                '⭐' => "★".to_owned(),
                c if "%$+£€★".contains(c) => c.to_string(),
                _ => continue,
            };
            let end = match at(start) {
                c if is_part(c) => place(start) + text.len(),
                _ => place(n),
            };
            out.push((place(start), end, text));
        }
        out
    }

    proptest! {
        #[test]
        fn words_are_those_that_are_cut_character_by_character(
            pieces in vec(prop::sample::select(&[
                "a", "Zs", "'s", "'", "s", " ", "-", "7", "1,", ".", ",", "%", "&", "#", "é", "e\u{301}", "ß",
                "’", "€", "★", "⭐", "☆", "\u{fffc}", "\u{1f33f}", "ª", "٣", "abcdefghi", "wxyzZyxw", "`", "{",
            ][..]), 0..24),
        ) {
            let text = pieces.concat();
            let mut cut = Vec::new();
            super::each_word(&text, |start, end, word| {
                let text = word.text();
                assert_eq!(word.head, super::Word::from(text).head);
                cut.push((start, end, text.to_owned()));
            });
            prop_assert_eq!(cut, plainly(&text));
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        super::words(text, |_, _, word| out.push(word));
        out
    }

    #[test]
    fn words_numbers_and_symbols() {
        assert_eq!(
            cut("don't fight crohn's, it's 3.5% & 20lb!"),
            ["don't", "fight", "crohn", "it", "3.5", "%", "and", "20", "lb"]
        );
        assert_eq!(
            cut("anti-aging/'quoted' £1,000 vitamin b12 naïve"),
            [
                "anti", "aging", "quoted", "£", "1,000", "vitamin", "b", "12", "naïve"
            ]
        );
        assert_eq!(
            cut("★ ⭐ €5 $3 5+ #1 #a ☆"),
            ["★", "★", "€", "5", "$", "3", "5", "+", "number", "1", "a"]
        );
        assert_eq!(
            cut("5. 3,a 1.2.3, cafe\u{301}s o'é' ''tis a''b"),
            ["5", "3", "a", "1.2.3", "cafe\u{301}s", "o'é", "tis", "a", "b"]
        );
    }

    #[test]
    fn words_know_their_places() {
        let text = "é's b12 & 3.5%";
        let mut places = Vec::new();
        super::words(text, |start, end, _| places.push(&text[start..end]));
        assert_eq!(places, ["é", "b", "12", "&", "3.5", "%"]);
    }
}
