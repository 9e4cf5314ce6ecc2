//! Owns making copy safe to print: control and direction characters are shown, never sent to the terminal.

use std::borrow::Cow;

/// How a character is shown, if not as itself. Tabs and line ends are spaces.
pub(super) fn shown(character: char) -> Option<Cow<'static, str>> {
    match character {
        '\t' | '\n' | '\r' => Some(Cow::Borrowed(" ")),
        '\0'..='\x1f' => char::from_u32(0x2400 + character as u32).map(|picture| picture.to_string().into()),
        '\x7f' => Some(Cow::Borrowed("\u{2421}")),
        // What turns the reading direction could make a report show other words than the file holds.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => Some(format!("<U+{:04X}>", character as u32).into()),
        _ => None,
    }
}

/// `text` on one line without control characters.
pub fn plain(text: &str) -> Cow<'_, str> {
    let safe = |byte: u8| matches!(byte, b' '..=b'~');
    if text.bytes().all(safe) || !text.chars().any(|character| shown(character).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match shown(character) {
            Some(other) => out.push_str(&other),
            None => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// `text` on one line of Markdown, with nothing in it that Markdown or GitHub would read as more than text.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in plain(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Even escaped, GitHub takes these for people and issues.
            '@' | '#' => out.extend(['\\', character, '\u{200b}']),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | ':' | '$' => {
                out.extend(['\\', character]);
            }
            // No address without a scheme becomes a link either.
            '.' if out.ends_with("www") || out.ends_with("WWW") => out.push_str("\\."),
            other => out.push(other),
        }
    }
    out
}

/// `text` without control characters but for its line ends.
pub fn plain_lines(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(plain).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_text_only() {
        assert_eq!(
            markdown("a_b <i>&| `x`\n@me"),
            "a\\_b &lt;i&gt;&amp;\\| \\`x\\` \\@\u{200b}me"
        );
        assert_eq!(markdown("www.x.com https://y"), "www\\.x.com https\\://y");
    }

    #[test]
    fn shows_what_would_steer_a_terminal() {
        assert_eq!(plain("a\x1b[31mb\x07"), "a␛[31mb␇");
        assert_eq!(plain("a\u{202e}b\u{9b}c"), "a<U+202E>b<U+009B>c");
        assert_eq!(plain("a\r\n\tb"), "a   b");
        assert_eq!(plain_lines("a\x1b[2J\nb\u{e0041}\n"), "a␛[2J\nb<U+E0041>\n");
        assert!(matches!(plain("café “x”"), Cow::Borrowed(_)));
    }
}
