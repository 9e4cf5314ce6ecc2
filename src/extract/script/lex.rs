//! Owns where the smallest pieces of a script end: words, numbers, strings, regular expressions, comments. All take a
//! text and a byte of it, and none looks at a byte twice.

/// Where the word that begins at `at` ends.
pub(super) fn word(text: &str, at: usize) -> usize {
    run(text, at, is_word)
}

/// Where the name of an element ends: `motion.div`, `my-part`, `svelte:head`.
pub(super) fn tag_name(text: &str, at: usize) -> usize {
    run(text, at, |byte| {
        is_word(byte) || matches!(byte, b'.' | b'-' | b':')
    })
}

/// Where the name of an attribute ends, with all that Vue and Svelte write in it.
pub(super) fn attribute_name(text: &str, at: usize) -> usize {
    run(text, at, |byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/' | b'{' | b'"' | b'\'' | b'<')
    })
}

/// Where white space that begins at `at` ends.
pub(super) fn white(text: &str, at: usize) -> usize {
    run(text, at, |byte| byte.is_ascii_whitespace())
}

fn run(text: &str, at: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| belongs(**byte)).count()
}

/// Whether a byte may stand in a word; every character beyond ASCII may.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

/// Where the string whose quote stands at `at` ends, after its closing quote, and whether it has one. One that does not
/// end on its line ends there.
pub(super) fn string(text: &str, at: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let quote = bytes.get(at).copied().unwrap_or_default();
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match *byte {
            b'\\' => end += 1 + usize::from(bytes.get(end + 1) == Some(&b'\r')),
            b'\n' => return (end, false),
            byte if byte == quote => return (end + 1, true),
            _ => {}
        }
        end += 1;
    }
    (text.len(), false)
}

/// Where the text of a template ends that goes on at `at`: at its closing quote or at the `$` of a hole.
pub(super) fn template(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 1,
            b'`' => return end,
            b'$' if bytes.get(end + 1) == Some(&b'{') => return end,
            _ => {}
        }
        end += 1;
    }
    text.len()
}

/// No regular expression is longer, in bytes.
const LONGEST_REGEX: usize = 1000;

/// Where the regular expression that begins at `at` ends; nothing, where its line ends first.
pub(super) fn regex(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let bytes = &bytes[..bytes.len().min(at + LONGEST_REGEX)];
    let mut class = false;
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 1,
            b'\n' => return None,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return Some(word(text, end + 1)),
            _ => {}
        }
        end += 1;
    }
    None
}

/// Where the comment that begins at `at` ends, if one does, what it says, and whether it has its end.
pub(super) fn comment(text: &str, at: usize) -> Option<(usize, &str, bool)> {
    let rest = text.get(at..)?;
    let (close, open, past) = match rest.as_bytes() {
        [b'/', b'/', ..] => ("\n", 2, 0),
        [b'/', b'*', ..] => ("*/", 2, 2),
        [b'<', b'!', b'-', b'-', ..] => ("-->", 4, 3),
        _ => return None,
    };
    let inner = rest.get(open..)?;
    match memchr::memmem::find(inner.as_bytes(), close.as_bytes()) {
        Some(len) => Some((at + open + len + past, inner.get(..len)?, true)),
        None => Some((text.len(), inner, past == 0)),
    }
}
