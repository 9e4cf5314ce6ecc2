//! Owns what a string in the code of a tag says: its escapes, and the values that stand in it.

use super::code::{self, As, Kept};
use super::lexer::{Quote, Text};
use crate::data::{Node, Value};
use crate::document::Block;
use crate::extract::html::attributes::Code;
use crate::extract::mask::{Mask, Painter};
use crate::extract::script::{self, Dialect};
use crate::extract::writer::PLACEHOLDER;
use crate::extract::{Keys, strings};
use crate::text::{Derived, Prose, Source, Span};
use std::ops::Range;

/// A string that a tag keeps under a name.
pub(in crate::extract) struct Aside {
    /// The names that lead to it, with dots between them.
    pub(in crate::extract) path: String,
    /// What it says, with its place in the text being read.
    pub(in crate::extract) text: Derived<Prose, Source>,
    pub(super) as_what: As,
}

/// The most bytes of a value that stands in a string.
const LONGEST: usize = 200;

/// The words of the shortest sentence, and of the shortest text that is none of the labels of a program.
const SENTENCE: usize = 4;
const RUNNING: usize = 12;

impl Aside {
    /// Whether it is copy wherever a program keeps it: a whole sentence, or a text that long.
    pub(super) fn is_sentence(&self) -> bool {
        let text = self.text.text().trim();
        let ends = text.ends_with(['.', '!', '?', '…']);
        let whole = text.starts_with(char::is_uppercase) && ends || code::has_markup(text);
        let shortest = if whole { SENTENCE } else { RUNNING };
        text.split_whitespace().take(shortest).count() == shortest
    }

    /// Whether it may be copy.
    pub(super) fn says_something(&self) -> bool {
        self.as_what == As::Script || !self.path.is_empty() || self.is_sentence()
    }

    /// It stands in a program, which calls its parts something for those who run it: short ones are copy only under a
    /// key that the table knows.
    pub(super) fn label(&mut self) {
        if self.as_what == As::Named {
            self.as_what = As::Label;
        }
    }

    /// Adds the copy in it to `blocks`.
    pub(in crate::extract) fn add(&self, keys: &Keys, blocks: &mut Vec<Block>) {
        if self.as_what == As::Script {
            let (said, _) = script::within(&self.text, &Code::Statements, Dialect::Script, keys);
            let (first, section) = (blocks.len(), blocks.last().map_or(0, |block| block.section));
            let first = u32::try_from(first).unwrap_or(u32::MAX);
            blocks.extend(said.into_iter().map(|block| Block {
                lead_in: block.lead_in.map(|lead| lead.saturating_add(first)),
                section: block.section.saturating_add(section),
                ..block
            }));
            return;
        }
        let named = self.as_what == As::Named || self.path.ends_with("default") || keys.knows(&self.path);
        if is_query(self.text.text()) || !named && !self.is_sentence() {
            return;
        }
        let node = Node {
            span: self.text.origin(self.text.span()),
            value: Value::Text(self.text.text().to_owned().into()),
        };
        let path = if named || self.as_what == As::Label {
            &*self.path
        } else {
            ""
        };
        strings::add(&node, path, &|_| Some(self.text.clone()), keys, blocks);
    }
}

/// Whether it is addressed to a database.
fn is_query(text: &str) -> bool {
    const QUERIES: [(&str, &str); 4] = [
        ("SELECT ", "FROM "),
        ("INSERT ", "INTO "),
        ("UPDATE ", "SET "),
        ("DELETE ", "FROM "),
    ];
    let text = text.trim_start();
    let fits = |(verb, object): &(&str, &str)| text.starts_with(verb) && text.contains(object);
    QUERIES.iter().any(fits)
}

/// A piece of a string.
enum Bit {
    /// As written.
    Plain(Range<usize>),
    /// An escaped line end or tabulator.
    Space(Range<usize>),
    /// Something else put in.
    Value(Range<usize>),
    /// The sign that escapes the next.
    Escape(usize),
}

/// Overwrites what is not said in a string that is shown where it stands. `exact` says that escapes are taken out.
pub(super) fn paint(source: &str, text: &Text, exact: bool, painter: &mut Painter<'_>) {
    for bit in bits(source, text) {
        match bit {
            Bit::Plain(_) => {}
            Bit::Space(range) => painter.paint(range, Mask::Space),
            Bit::Value(range) => painter.paint(range, Mask::Value),
            Bit::Escape(at) if exact => painter.skip(at..at + 1),
            Bit::Escape(_) => {}
        }
    }
}

/// What a string that is kept says; the text being read stands at byte `base` of the file.
pub(super) fn aside(source: &str, kept: Kept, base: u32) -> Aside {
    let place = |range: Range<usize>| {
        let span = Span::<Source>::of(range);
        Span::new(span.start.saturating_add(base), span.end.saturating_add(base))
    };
    let mut text = Derived::new();
    for (part, value) in &kept.parts {
        for bit in bits(source, part) {
            match bit {
                Bit::Plain(range) => {
                    let start = place(range.clone()).start;
                    text.push_verbatim(source.get(range).unwrap_or_default(), start);
                }
                Bit::Space(range) => text.push_atomic(" ", place(range)),
                Bit::Value(range) => text.push_atomic(PLACEHOLDER, place(range)),
                Bit::Escape(_) => {}
            }
        }
        if *value {
            text.push_atomic(PLACEHOLDER, place(part.inner.end..part.inner.end + 1));
        }
    }
    Aside {
        path: kept.path,
        text,
        as_what: kept.as_what,
    }
}

/// Cuts a string into its pieces.
fn bits(source: &str, text: &Text) -> Vec<Bit> {
    let bytes = source.as_bytes();
    let end = text.inner.end;
    let mut out = Vec::new();
    let (mut at, mut done) = (text.inner.start, text.inner.start);
    while let Some(found) = bytes.get(at..end).and_then(|rest| {
        rest.iter()
            .position(|byte| matches!(byte, b'\\' | b'$' | b'{' | b'#' | b'%'))
    }) {
        at += found;
        let rest = source.get(at..end).unwrap_or_default();
        let Some((bit, length)) = special(rest, at, text.quote) else {
            at += 1;
            continue;
        };
        out.push(Bit::Plain(done..at));
        // what is escaped is said
        done = at + length;
        at = match &bit {
            Bit::Escape(_) => done + source.get(done..end).map_or(0, first),
            _ => done,
        };
        out.push(bit);
    }
    out.push(Bit::Plain(done..end));
    out
}

fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// What stands at the start of `rest` other than plain text, and how many bytes of it that takes.
fn special(rest: &str, at: usize, quote: Quote) -> Option<(Bit, usize)> {
    let double = quote == Quote::Double;
    let bytes = rest.as_bytes();
    let value = |length: usize| Some((Bit::Value(at..at + length), length));
    match (bytes.first()?, bytes.get(1)?) {
        (b'\\', b'n' | b'r' | b't') if double => Some((Bit::Space(at..at + 2), 2)),
        (b'\\', b'"' | b'$' | b'`' | b'/') if double => Some((Bit::Escape(at), 1)),
        (b'\\', b'\'' | b'\\') => Some((Bit::Escape(at), 1)),
        (b'$', b'{') | (b'{', b'$') | (b'#', b'{') if double => value(within(rest, b'}')? + 1),
        (b'$', b'a'..=b'z' | b'A'..=b'Z' | b'_') if double => value(variable(rest)),
        (b'%', _) => value(conversion(rest)?),
        _ => None,
    }
}

/// The length of `$name`, `$name->part` or `$name[part]`.
fn variable(rest: &str) -> usize {
    let name = |from: usize| {
        let rest = rest.bytes().skip(from);
        rest.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            .count()
    };
    let end = 1 + name(1);
    let tail = rest.get(end..).unwrap_or_default();
    if tail.starts_with("->") && name(end + 2) > 0 {
        return end + 2 + name(end + 2);
    }
    let index = if tail.starts_with('[') {
        within(tail, b']')
    } else {
        None
    };
    index.map_or(end, |length| end + length + 1)
}

/// Where a sign stands among the next few bytes.
fn within(rest: &str, sign: u8) -> Option<usize> {
    rest.bytes().take(LONGEST).position(|byte| byte == sign)
}

/// The length of `%s`, `%d` or `%1$s`.
fn conversion(rest: &str) -> Option<usize> {
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let bytes = rest.as_bytes();
    let numbered = digits > 0 && bytes.get(1 + digits) == Some(&b'$');
    let kind = if numbered { 2 + digits } else { 1 };
    let ends = !bytes.get(kind + 1).is_some_and(u8::is_ascii_alphanumeric);
    (matches!(bytes.get(kind), Some(b's' | b'd')) && ends).then_some(kind + 1)
}
