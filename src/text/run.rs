//! Owns finding runs of words with single spaces between them, which is what most text is.

/// So many bytes are judged at once: without a way out between them, the judging becomes a few wide instructions.
const STRETCH: usize = 32;

/// How many leading bytes are `plain` ones with single spaces between them; a space after them counts, one before
/// them does not.
#[inline]
pub fn spaced_run(bytes: &[u8], plain: impl Fn(u8) -> bool) -> usize {
    if bytes.first() == Some(&b' ') {
        return 0;
    }
    let fits = |byte: u8, next: u8| (plain(byte) | (byte == b' ')) & !((byte == b' ') & (next == b' '));
    // The last stretch reaches back to the ones before it, so that few bytes are left over.
    let last = bytes.len().saturating_sub(STRETCH + 1);
    let mut end = 0;
    for from in (0..last).step_by(STRETCH).chain([last]) {
        let Some(stretch) = bytes[from..].first_chunk::<{ STRETCH + 1 }>() else {
            break;
        };
        let pairs = stretch.iter().zip(&stretch[1..]);
        if !pairs.fold(true, |all, (byte, next)| all & fits(*byte, *next)) {
            break;
        }
        end = from + STRETCH;
    }
    while let [byte, rest @ ..] = &bytes[end..]
        && fits(*byte, rest.first().copied().unwrap_or_default())
    {
        end += 1;
    }
    // Of two spaces the first belongs to the run.
    end + usize::from(bytes[end..].starts_with(b"  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn run(text: &str) -> &str {
        &text[..spaced_run(text.as_bytes(), |byte| byte.is_ascii_graphic())]
    }

    #[test]
    fn a_run_ends_before_a_second_space_or_what_is_not_plain() {
        assert_eq!(run("one two  three"), "one two ");
        assert_eq!(run("one two\nthree"), "one two");
        assert_eq!(run(" one"), "");
        assert_eq!(run("one "), "one ");
        assert_eq!(run(""), "");
        // also where the bytes that are judged at once end between the two
        let words = "one two three four five six 7 8 ";
        assert_eq!((words.len(), run(&format!("{words} 9"))), (STRETCH, words));
        assert_eq!(run(&format!("{words}{words}é")), words.repeat(2));
    }

    proptest! {
        #[test]
        fn many_bytes_at_once_are_judged_as_one_by_one(
            pieces in vec(prop::sample::select(&["a", "bc", "d e f", " ", "\n", "é"][..]), 0..40),
        ) {
            let text = pieces.concat();
            let one_by_one = text
                .bytes()
                .scan(b' ', |before, byte| {
                    let ends = byte == b' ' && *before == b' ' || !(byte == b' ' || byte.is_ascii_graphic());
                    *before = byte;
                    (!ends).then_some(byte)
                })
                .count();
            prop_assert_eq!(run(&text).len(), one_by_one);
        }
    }
}
