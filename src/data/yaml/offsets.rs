//! Owns the way from the parser's character counts to bytes of the file.

use std::borrow::Cow;

/// Every so many characters a byte offset is kept.
const STRIDE: usize = 64;

/// Turns character counts into byte offsets.
pub(super) struct Offsets {
    /// The byte of every [`STRIDE`]th character; empty when every character is one byte.
    marks: Vec<u32>,
    /// Widths of the characters; empty when every character is one byte.
    widths: Vec<u8>,
    /// Ends, in the readable text, of escapes that took the place of longer ones.
    pairs: Vec<u32>,
    len: u32,
    base: u32,
}

impl Offsets {
    pub(super) fn new(readable: &str, pairs: Vec<u32>, base: u32) -> Self {
        let mut offsets = Self {
            marks: Vec::new(),
            widths: Vec::new(),
            pairs,
            len: u32::try_from(readable.len()).unwrap_or(u32::MAX),
            base,
        };
        if !readable.is_ascii() {
            for (count, (at, c)) in readable.char_indices().enumerate() {
                if count % STRIDE == 0 {
                    offsets.marks.push(u32::try_from(at).unwrap_or(u32::MAX));
                }
                offsets.widths.push(c.len_utf8() as u8);
            }
        }
        offsets
    }

    /// The byte of the file at which the character number `count` starts.
    pub(super) fn byte(&self, count: usize) -> u32 {
        let at = self.readable_byte(count);
        let earlier = self.pairs.partition_point(|end| *end <= at);
        let moved = u32::try_from(earlier * SAVED).unwrap_or(u32::MAX);
        self.base.saturating_add(at).saturating_add(moved)
    }

    fn readable_byte(&self, count: usize) -> u32 {
        if self.widths.is_empty() {
            return u32::try_from(count).unwrap_or(u32::MAX).min(self.len);
        }
        let block = count / STRIDE;
        let Some(mark) = self.marks.get(block) else {
            return self.len;
        };
        let widths = self.widths.get(block * STRIDE..count).unwrap_or_default();
        if count > self.widths.len() {
            return self.len;
        }
        mark + widths.iter().map(|width| u32::from(*width)).sum::<u32>()
    }
}

/// `\ud83d\ude00` has twelve characters, `\U0001f600` ten.
const SAVED: usize = 2;

/// JSON writes characters beyond the basic plane as two escapes, which YAML does not know: in a JSON text the
/// two are written as YAML's one, and the ends of these escapes in the new text are returned.
pub(super) fn join_surrogates(text: &str) -> (Cow<'_, str>, Vec<u32>) {
    let json = text
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .starts_with(['{', '[']);
    if !json || !text.contains("\\u") {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut out, mut ends, mut copied) = (String::new(), Vec::new(), 0);
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        let Some(c) = surrogates(&text[at..]) else {
            // An escape is two characters, of which the second may be a backslash.
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
            continue;
        };
        out.push_str(&text[copied..at]);
        out.push_str(&format!("\\U{:08x}", u32::from(c)));
        ends.push(u32::try_from(out.len()).unwrap_or(u32::MAX));
        at += 12;
        copied = at;
    }
    if ends.is_empty() {
        return (Cow::Borrowed(text), ends);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), ends)
}

/// The character that two escapes at the start of `text` stand for.
pub(in crate::data) fn surrogates(text: &str) -> Option<char> {
    let hex = |from: usize| {
        (text.get(from..from + 2)? == "\\u")
            .then(|| text.get(from + 2..from + 6))
            .flatten()
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u16::from_str_radix(digits, 16).ok())
    };
    let pair = [hex(0)?, hex(6)?];
    if !(0xD800..0xDC00).contains(&pair[0]) {
        return None;
    }
    char::decode_utf16(pair).next()?.ok()
}
