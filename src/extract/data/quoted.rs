//! Owns quoted strings of YAML whose further lines are not indented. The standard forbids them; the readers that site
//! generators use take them, so real pages have them.

use crate::data::{Mistake, Node, parse_loose_yaml};
use std::borrow::Cow;

/// How many such strings of one front matter are joined; each costs another reading.
const MOST: usize = 32;

/// Reads YAML that may have such strings; `base` is where `text` stands. Keys that stand twice are told beside it.
pub(super) fn parse(text: &str, base: u32) -> Result<(Node, Vec<Mistake>), Vec<Mistake>> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MOST {
        let mistakes = match parse_loose_yaml(&text, base) {
            Ok(read) => return Ok(read),
            Err(mistakes) => mistakes,
        };
        let at = mistakes
            .first()
            .map(|mistake| mistake.span.start.saturating_sub(base) as usize);
        match at.and_then(|at| joined(&text, at)) {
            Some(other) => text = Cow::Owned(other),
            None => return Err(mistakes),
        }
    }
    parse_loose_yaml(&text, base)
}

/// The text with the lines of the quoted string at byte `at` made one, each line end a space, so that every other byte
/// stays where it is; nothing, where no string of several lines begins there.
fn joined(text: &str, at: usize) -> Option<String> {
    let quote = *text.as_bytes().get(at)?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = end(&text.as_bytes()[at + 1..], quote)? + at + 1;
    let string = text.get(at..end)?;
    if !string.contains('\n') {
        return None;
    }
    let string = string.replace(['\n', '\r'], " ");
    Some(format!("{}{string}{}", text.get(..at)?, text.get(end..)?))
}

/// Where a quoted string ends, without its closing quote: a quote that is not escaped, by `\` or by being doubled.
fn end(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 1,
            found if found == quote => match bytes.get(at + 1) {
                Some(next) if *next == quote && quote == b'\'' => at += 1,
                _ => return Some(at),
            },
            _ => {}
        }
        at += 1;
    }
    None
}
