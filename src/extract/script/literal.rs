//! Owns what a string of a script says: its escapes decoded, its parts joined, its holes a placeholder, each with its
//! place in the file.

use crate::extract::html::entity;
use crate::extract::writer::PLACEHOLDER;
use crate::text::{Derived, Prose, Source, Span};
use std::ops::Range;

/// A string in the making.
#[derive(Debug, Default)]
pub(super) struct Literal {
    /// What it says.
    pub(super) text: Derived<Prose, Source>,
    /// Where the text that is read stands in the file.
    pub(super) base: u32,
    /// Whether another part of it is to follow.
    pub(super) joins: bool,
    /// Where a part of it begins that is known only when the script runs.
    pub(super) unknown: Option<usize>,
    /// Whether it is all that its expression has said so far.
    pub(super) alone: bool,
    /// Whether it is no copy.
    pub(super) silent: bool,
}

impl Literal {
    /// Adds what stands in quotes at `range` of `source`, escapes and all.
    pub(super) fn push(&mut self, source: &str, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = source.get(at..range.end).unwrap_or_default();
            let plain = memchr::memchr2(b'\\', b'\r', rest.as_bytes()).unwrap_or(rest.len());
            self.verbatim(rest.get(..plain).unwrap_or_default(), at);
            at += plain;
            let rest = rest.get(plain..).unwrap_or_default();
            let Some((len, said)) = escape(rest) else { break };
            self.atomic(&said, at..at + len);
            at += len;
        }
    }

    /// Adds the value of an attribute at `range`, which may hold character references.
    pub(super) fn push_markup(&mut self, source: &str, range: Range<usize>) {
        let from = Span::<Source>::of(range.start..range.start).start;
        let value = source.get(range).unwrap_or_default();
        entity::decode_all(value, from.saturating_add(self.base), &mut self.text);
    }

    /// Adds what is known only when the script runs.
    pub(super) fn hole(&mut self, range: Range<usize>) {
        if !self.text.text().ends_with(PLACEHOLDER) {
            self.atomic(PLACEHOLDER, range);
        }
    }

    fn verbatim(&mut self, piece: &str, at: usize) {
        let from = Span::<Source>::of(at..at).start;
        self.text.push_verbatim(piece, from.saturating_add(self.base));
    }

    fn atomic(&mut self, piece: &str, range: Range<usize>) {
        let from = Span::<Source>::of(range);
        let (start, end) = (
            from.start.saturating_add(self.base),
            from.end.saturating_add(self.base),
        );
        self.text.push_atomic(piece, Span::new(start, end));
    }

    /// Removes what indents every line after the first alike.
    pub(super) fn unindent(&mut self) {
        let text = self.text.text();
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let written = text.lines().skip(1).filter(|line| !line.trim().is_empty());
        let Some(least) = written.map(indent).min().filter(|least| *least > 0) else {
            return;
        };
        let mut cuts = Vec::new();
        let mut at = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let white = indent(line.trim_end_matches('\n')).min(least);
            if n > 0 && white > 0 {
                cuts.push(Span::of(at..at + white));
            }
            at += line.len();
        }
        self.text = self.text.replacing(&cuts, "");
    }
}

/// The length of the escape or line end that a text begins with, and what it says.
fn escape(text: &str) -> Option<(usize, String)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if first == '\r' {
        let len = if text.starts_with("\r\n") { 2 } else { 1 };
        return Some((len, "\n".to_owned()));
    }
    let Some(c) = chars.next() else {
        return Some((first.len_utf8(), String::new()));
    };
    let said = match c {
        'n' => "\n",
        't' => "\t",
        'r' | 'b' | 'v' | 'f' | '0' => " ",
        '\r' if text.starts_with("\\\r\n") => return Some((3, String::new())),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "",
        'x' | 'u' => {
            let (len, c) = unit(text);
            return Some((len, c.to_string()));
        }
        c => return Some((1 + c.len_utf8(), c.to_string())),
    };
    Some((1 + c.len_utf8(), said.to_owned()))
}

/// The length and the character of `\xHH`, `\uHHHH`, `\u{H…}` or two halves of a pair.
fn unit(text: &str) -> (usize, char) {
    let braced = text.get(..3) == Some("\\u{");
    if braced {
        let inner = text.get(3..).unwrap_or_default();
        let len = inner.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let closed = inner.as_bytes().get(len) == Some(&b'}');
        let c = hex(inner, len).and_then(char::from_u32).filter(|_| closed);
        return c.map_or((2, 'u'), |c| (4 + len, c));
    }
    let digits = if text.starts_with("\\x") { 2 } else { 4 };
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    let Some(first) = hex(tail(2), digits) else {
        return (2, if digits == 2 { 'x' } else { 'u' });
    };
    let second = hex(tail(8), 4).filter(|_| digits == 4 && tail(6).starts_with("\\u"));
    let pair = second.and_then(|second| char::decode_utf16([first as u16, second as u16]).next()?.ok());
    match (char::from_u32(first), pair) {
        (None, Some(c)) => (12, c),
        (c, _) => (2 + digits, c.unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
}

fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| all)
}
