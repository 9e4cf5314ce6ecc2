//! Owns character references of HTML: where one ends and what it stands for.

use crate::text::{Derived, Prose, Source, Span};
use html5gum::{Token, Tokenizer};

/// The longest name of an entity with its `&` and `;`; nothing longer is taken for one.
const LONGEST: usize = 34;

/// How many bytes of `text`, which begins with `&`, may be one character reference.
pub(in crate::extract) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let hash = usize::from(bytes.get(1) == Some(&b'#'));
    let name = bytes
        .iter()
        .skip(1 + hash)
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let end = 1 + hash + name;
    end + usize::from(name > 0 && bytes.get(end) == Some(&b';'))
}

/// Writes a text that stands at `at` of the file, with its character references decoded.
pub(in crate::extract) fn decode_all(text: &str, at: u32, out: &mut Derived<Prose, Source>) {
    let mut done = 0;
    while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        let place = |byte: usize| at.saturating_add(Span::<Source>::of(0..byte).end);
        let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_verbatim(rest.get(..plain).unwrap_or_default(), place(done));
        done += plain;
        let Some(rest) = rest.get(plain..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let reference = rest.get(..length(rest).max(1)).unwrap_or(rest);
        match decode(reference) {
            Some(said) => out.push_atomic(&said, Span::new(place(done), place(done + reference.len()))),
            None => out.push_verbatim(reference, place(done)),
        }
        done += reference.len();
    }
}

/// What a character reference stands for; `None` where it is none.
pub(in crate::extract) fn decode(reference: &str) -> Option<String> {
    let known = match reference {
        "&nbsp;" | "&#160;" => "\u{a0}",
        "&amp;" => "&",
        "&rsquo;" | "&#8217;" => "’",
        "&#39;" | "&apos;" | "&#x27;" => "'",
        "&quot;" | "&#34;" => "\"",
        "&lt;" => "<",
        "&gt;" => ">",
        "&ldquo;" | "&#8220;" => "“",
        "&rdquo;" | "&#8221;" => "”",
        "&mdash;" | "&#8212;" => "—",
        "&ndash;" | "&#8211;" => "–",
        "&" => return None,
        _ => return tokenized(reference),
    };
    Some(known.to_owned())
}

/// Asks the tokenizer, which knows all 2,231 names and the odd numbers.
fn tokenized(reference: &str) -> Option<String> {
    let mut out = String::new();
    for token in Tokenizer::new(reference).flatten() {
        if let Token::String(text) = token {
            out.push_str(&String::from_utf8_lossy(&text));
        }
    }
    (out != reference && !out.is_empty()).then_some(out)
}
