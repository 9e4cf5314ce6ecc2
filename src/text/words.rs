//! Owns cutting folded text into words, the units that phrases and distances count in.

/// Calls `emit` with the start, end (bytes of `folded`) and text of every word, in order. A word is a run of
/// letters with inner apostrophes, less a possessive `'s`; or a number with its inner points and commas; or one
/// of the symbols `%`, `$`, `£`, `€`, `+`, `★`; `&` is emitted as `and`, and `#` before a
/// digit as `number`. All else parts words.
pub fn words<'t>(folded: &'t str, mut emit: impl FnMut(usize, usize, &'t str)) {
    let bytes = folded.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b' ' {
            at += 1;
        } else if byte.is_ascii_digit() {
            let end = number_end(bytes, at);
            emit(at, end, &folded[at..end]);
            at = end;
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            at = word(folded, at, &mut emit);
        } else {
            match byte {
                b'%' | b'$' | b'+' => emit(at, at + 1, &folded[at..at + 1]),
                b'&' => emit(at, at + 1, "and"),
                b'#' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => emit(at, at + 1, "number"),
                _ => {}
            }
            at += 1;
        }
    }
}

/// Emits the word or non-ASCII symbol at `at`; returns where to go on.
fn word<'t>(folded: &'t str, at: usize, emit: &mut impl FnMut(usize, usize, &'t str)) -> usize {
    let end = letters_end(folded, at);
    if end == at {
        let len = folded[at..].chars().next().map_or(1, char::len_utf8);
        let symbol = &folded[at..at + len];
        if matches!(symbol, "£" | "€" | "★" | "⭐") {
            emit(at, at + len, if symbol == "⭐" { "★" } else { symbol });
        }
        return at + len;
    }
    let text = &folded[at..end];
    let kept = text.strip_suffix("'s").unwrap_or(text);
    emit(at, at + kept.len(), kept);
    end
}

/// Where the letters that start at `at` end; an apostrophe between letters is one of them.
fn letters_end(folded: &str, at: usize) -> usize {
    let bytes = folded.as_bytes();
    let mut end = at;
    while end < bytes.len() {
        let byte = bytes[end];
        if byte.is_ascii_alphabetic() {
            end += 1;
        } else if byte == b'\'' {
            let inner = end > at && folded[end + 1..].chars().next().is_some_and(char::is_alphabetic);
            if !inner {
                break;
            }
            end += 1;
        } else if byte >= 0x80 {
            match folded[end..].chars().next() {
                Some(c) if c.is_alphabetic() || is_mark(c) => end += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}

/// Combining marks belong to the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Where the number that starts at `at` ends: digits, and points or commas between digits.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < bytes.len() {
        let inner = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !inner {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
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
