//! Owns what raised text is: the mark of a footnote, a sign, or a part of a word.

/// The sign that raised letters stand for, which belong to no word.
pub(in crate::extract) fn sign(text: &str) -> Option<&'static str> {
    match text {
        "TM" | "tm" => Some("™"),
        "SM" | "sm" => Some("℠"),
        "R" | "r" | "(R)" => Some("®"),
        _ => None,
    }
}

/// Whether raised text is a footnote mark: numbers after a word, not a power after a number or unit.
pub(in crate::extract) fn is_mark(text: &str, before: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let only = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-' | b' ' | b'[' | b']'));
    let tail: Vec<char> = before.trim_end().chars().rev().take(3).collect();
    let word = tail.len() == 3 && tail.iter().all(|c| c.is_alphabetic());
    let stop = tail
        .first()
        .is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '"' | '”'));
    digits && only && (word || stop)
}
