//! Owns reading XML into nodes: an element of elements is an object, one of text a string. Elements of one name that
//! follow one another are a list.

use super::Read;
use crate::data::{Entry, Mistake, Node, Value};
use crate::extract::html::entity;
use crate::text::{Derived, Prose, Source, Span};
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep elements may nest; what is deeper is not read.
const DEPTH: usize = 64;

/// Reads XML. Entities that the file itself defines stay as written.
pub(super) fn read(text: &str, base: u32) -> Read {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut builder = Builder {
        text,
        base,
        open: vec![Open::default()],
        beyond: 0,
    };
    let mut mistakes = Vec::new();
    loop {
        let start = position(reader.buffer_position());
        let event = reader.read_event();
        let end = position(reader.buffer_position());
        match event {
            Ok(Event::Start(tag)) => {
                let name = tag.name().as_ref().to_owned();
                builder.begin(name, start, end);
            }
            Ok(Event::End(_)) => builder.end(start),
            Ok(Event::Text(_)) => {
                builder.text(text.get(start..end).is_some_and(|text| !text.trim().is_empty()))
            }
            Ok(Event::CData(_) | Event::GeneralRef(_)) => builder.text(true),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = position(reader.error_position()).min(text.len());
                mistakes.push(Mistake::new(
                    builder.place(at, at),
                    format!("This is not XML: {error}"),
                ));
                break;
            }
        }
    }
    while builder.open.len() > 1 {
        builder.end(text.len());
    }
    let entries = builder.open.pop().map(|open| open.entries).unwrap_or_default();
    let mut root = Node {
        span: builder.place(0, text.len()),
        value: Value::Map(entries),
    };
    builder.fill(&mut root);
    Read {
        root,
        mistakes,
        tolerated: Vec::new(),
    }
}

/// The text of an element: entities read, the marks of CDATA and comments left out. Tags stay, for whoever reads HTML.
pub(super) fn align(node: &Node, source: &str) -> Option<Derived<Prose, Source>> {
    node.text()?;
    Some(decoded(node.span.slice(source), node.span.start))
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// An element that is not complete yet.
#[derive(Default)]
struct Open {
    name: String,
    /// Where its tag begins, and where its contents do.
    start: usize,
    inside: usize,
    entries: Vec<Entry>,
    has_text: bool,
}

struct Builder<'a> {
    text: &'a str,
    base: u32,
    /// The outermost stands for the file.
    open: Vec<Open>,
    /// How many are open beyond the depth that is read.
    beyond: usize,
}

impl Builder<'_> {
    fn place(&self, start: usize, end: usize) -> Span<Source> {
        let span = Span::<Source>::of(start..end);
        Span::new(
            span.start.saturating_add(self.base),
            span.end.saturating_add(self.base),
        )
    }

    fn begin(&mut self, name: String, start: usize, inside: usize) {
        if self.beyond > 0 || self.open.len() > DEPTH {
            self.beyond += 1;
            return;
        }
        self.open.push(Open {
            name,
            start,
            inside,
            ..Open::default()
        });
    }

    fn text(&mut self, has_words: bool) {
        if let Some(open) = self.open.last_mut().filter(|_| self.beyond == 0) {
            open.has_text |= has_words;
        }
    }

    /// Reads the texts.
    fn fill(&self, node: &mut Node) {
        match &mut node.value {
            Value::Text(text) => {
                let down = |at: u32| at.saturating_sub(self.base) as usize;
                let inner = self.text.get(down(node.span.start)..down(node.span.end));
                *text = decoded(inner.unwrap_or_default(), 0).text().to_owned().into();
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Map(entries) => entries.iter_mut().for_each(|entry| self.fill(&mut entry.node)),
            _ => {}
        }
    }

    fn end(&mut self, at: usize) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open.len() < 2 {
            return;
        }
        let Some(open) = self.open.pop() else {
            return;
        };
        let value = if open.has_text {
            // what it says is read when it is known to stand in no other
            Value::Text("".into())
        } else {
            Value::Map(open.entries)
        };
        let node = Node {
            span: self.place(open.inside, at),
            value,
        };
        let key_span = self.place(open.start, open.inside);
        if let Some(parent) = self.open.last_mut() {
            add(&mut parent.entries, open.name, key_span, node);
        }
    }
}

/// Adds an element; objects of one name that follow one another are a list.
fn add(entries: &mut Vec<Entry>, name: String, key_span: Span<Source>, node: Node) {
    let is_object = matches!(node.value, Value::Map(_));
    if let Some(last) = entries.last_mut().filter(|last| is_object && last.key == name) {
        match &mut last.node.value {
            Value::List(items) => items.push(node),
            value @ Value::Map(_) => {
                let first = Node {
                    span: last.node.span,
                    value: std::mem::replace(value, Value::Null),
                };
                *value = Value::List(vec![first, node]);
            }
            _ => {}
        }
        return;
    }
    entries.push(Entry {
        key: name.into(),
        key_span,
        node,
    });
}

const CDATA: &str = "<![CDATA[";

/// Whether an element stands in the text of another.
fn has_tags(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        rest = rest.get(open..).unwrap_or_default();
        let skip = if rest.starts_with(CDATA) {
            rest.find("]]>")
        } else if rest.starts_with("<!--") {
            rest.find("-->")
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            return true;
        } else {
            Some(0)
        };
        rest = skip.and_then(|skip| rest.get(skip + 1..)).unwrap_or_default();
    }
    false
}

fn decoded(raw: &str, at: u32) -> Derived<Prose, Source> {
    let mut out = Derived::new();
    // whoever reads the tags reads the entities between them too
    let tagged = has_tags(raw);
    let place = |byte: usize| at.saturating_add(Span::<Source>::of(0..byte).end);
    let mut done = 0;
    while let Some(rest) = raw.get(done..).filter(|rest| !rest.is_empty()) {
        let len = if let Some(inner) = rest.strip_prefix(CDATA) {
            let end = inner.find("]]>").unwrap_or(inner.len());
            out.push_verbatim(inner.get(..end).unwrap_or_default(), place(done + CDATA.len()));
            (CDATA.len() + end + 3).min(rest.len())
        } else if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with('&') && !tagged {
            let len = entity::length(rest).max(1);
            let raw = rest.get(..len).unwrap_or_default();
            match entity::decode(raw) {
                Some(text) => out.push_atomic(&text, Span::new(place(done), place(done + len))),
                None => out.push_verbatim(raw, place(done)),
            }
            len
        } else {
            // a tag of no such kind is text
            let end = rest.get(1..).and_then(|rest| rest.find(['&', '<']));
            let len = end.map_or(rest.len(), |end| end + 1);
            let len = rest.ceil_char_boundary(len);
            out.push_verbatim(rest.get(..len).unwrap_or_default(), place(done));
            len
        };
        done += len;
    }
    out
}
