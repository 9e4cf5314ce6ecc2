//! Owns character references of HTML: where one ends and what it stands for.

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
