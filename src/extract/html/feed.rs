//! Owns walking HTML's tokens: text between tags goes to the tree, tags open and close its elements.

use super::attributes::{self, Attribute, Code};
use super::{entity, linked};
use crate::document::BlockKind;
use crate::extract::element::{self, Kind};
use crate::extract::mask::is_mask;
use crate::extract::script::{self, Dialect};
use crate::extract::strings;
use crate::extract::tree::Tree;
use crate::text::{Derived, Prose, Source};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// Reads a piece of HTML into the tree; elements stay open beyond its end. `map` says where its parts stand in
/// the text being read: pairs of a byte of `html` and its place, rising, the first for byte 0.
pub(in crate::extract) fn feed(html: &str, map: &[(usize, usize)], tree: &mut Tree) {
    let mut feed = Feed::new(html, map, tree);
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            feed.event(&event, span.start..span.end);
            None
        },
    );
    emitter.naively_switch_states(true);
    // reading from memory cannot fail
    let read = || {
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    };
    with_room(quoted_values(html), read);
    feed.finish();
}

/// Reads a text that is all script.
pub(super) fn script(code: &str, map: &[(usize, usize)], tree: &mut Tree) {
    let mut feed = Feed::new(code, map, tree);
    feed.raw(Raw::Script(Dialect::Script), 0..code.len());
}

/// So many attributes of a tag fit on the stack of any thread.
const FEW: usize = if cfg!(debug_assertions) { 100 } else { 400 };
/// What the tokenizer takes of the stack for each attribute of a tag; it comes back only at the tag's end.
const FRAME: usize = if cfg!(debug_assertions) { 16384 } else { 1024 };

/// At most how many quoted attributes a tag has.
fn quoted_values(html: &str) -> usize {
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'=', bytes)
        .filter(|at| {
            let next = bytes[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
            matches!(next, Some(b'"' | b'\''))
        })
        .count()
}

/// Does what goes `depth` attributes deep where the stack has room for it.
fn with_room(depth: usize, work: impl FnOnce() + Send) {
    if depth <= FEW {
        return work();
    }
    std::thread::scope(|scope| {
        let stack = std::thread::Builder::new().stack_size((depth + FEW) * FRAME);
        // Where the system has no room for that, the piece is not read.
        if let Ok(handle) = stack.spawn_scoped(scope, work)
            && let Err(fault) = handle.join()
        {
            std::panic::resume_unwind(fault);
        }
    });
}

/// A tokenizer's reader: what it has seen of the tag it is in.
pub(super) struct Feed<'a> {
    html: &'a str,
    map: &'a [(usize, usize)],
    pub(super) tree: &'a mut Tree,
    /// Up to where the text is read.
    at: usize,
    pub(super) tag: String,
    tag_at: Option<usize>,
    pub(super) attributes: Vec<Attribute>,
    raw: Option<Raw>,
}

/// What the text of an element is, that the tokenizer reads as text.
#[derive(Clone, Copy)]
enum Raw {
    /// HTML: for readers without scripts, or a template that scripts fill in.
    Markup,
    /// Data about the page.
    Linked,
    /// Data for scripts.
    Data,
    /// What stands written in a field.
    Field,
    Script(Dialect),
}

impl<'a> Feed<'a> {
    const fn new(html: &'a str, map: &'a [(usize, usize)], tree: &'a mut Tree) -> Self {
        Self {
            html,
            map,
            tree,
            at: 0,
            tag: String::new(),
            tag_at: None,
            attributes: Vec::new(),
            raw: None,
        }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.text_before(span.start);
                self.tag.clear();
                self.tag.push_str(&String::from_utf8_lossy(name));
                self.tag_at = Some(span.start);
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.attributes.push(Attribute {
                // tags of templates may touch it
                name: String::from_utf8_lossy(name).trim_matches(is_mask).to_owned(),
                value: 0..0,
            }),
            CallbackEvent::AttributeValue { .. } => {
                if let Some(attribute) = self.attributes.last_mut() {
                    attribute.value = span;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let start = self.tag_at.take().unwrap_or(span.start);
                self.start_tag(start..span.end, *self_closing);
                self.at = span.end;
            }
            CallbackEvent::EndTag { name } => {
                let raw = self.raw.take().map(|raw| (raw, self.at..span.start));
                self.text_before(span.start);
                self.tree.close(&String::from_utf8_lossy(name));
                if let Some((raw, range)) = raw {
                    self.raw(raw, range);
                }
                self.at = span.end;
                self.attributes.clear();
            }
            CallbackEvent::Comment { value } => {
                self.text_before(span.start);
                self.comment(&String::from_utf8_lossy(value), span.clone());
                self.at = span.end;
            }
            CallbackEvent::Doctype { .. } => {
                self.text_before(span.start);
                self.at = span.end;
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
    }

    /// Where a byte of the piece stands in the text being read.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        place(self.map, range.start)..place(self.map, range.end.saturating_sub(1)) + 1
    }

    /// The text of a range, in parts that each stand in one place.
    pub(super) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
        parts(self.html, self.map, range)
    }

    fn text_before(&mut self, end: usize) {
        let range = self.at..end.max(self.at);
        self.at = range.end;
        if range.is_empty() || self.tree.is_muted() {
            return;
        }
        for (part, at) in self.parts(range) {
            self.tree.markup(part, at);
        }
    }

    fn start_tag(&mut self, range: Range<usize>, self_closing: bool) {
        let traits = attributes::traits(self);
        let hidden = self.tree.is_hidden() || traits.hidden;
        let muted = self.tree.is_muted() || traits.hidden;
        let place = self.place(&range);
        let written = self
            .html
            .get(range.start + 1..)
            .and_then(|rest| rest.chars().next());
        let component = written.is_some_and(char::is_uppercase);
        let custom = component && element::kind(&self.tag) == Kind::Inline || self.tag.contains('-');
        let closed = self_closing && (component || !is_raw(&self.tag));
        let tag = std::mem::take(&mut self.tag);
        self.tree.open(&tag, place, &traits, closed);
        self.tag = tag;
        if !hidden {
            attributes::copy(self, custom, muted);
            self.raw = self.kind_of_raw().filter(|_| !closed);
            if !self.tree.flow.is_file && !matches!(self.raw, Some(Raw::Markup)) {
                self.raw = None;
            }
        }
    }

    fn kind_of_raw(&self) -> Option<Raw> {
        match self.tag.as_str() {
            "noscript" => Some(Raw::Markup),
            "textarea" => Some(Raw::Field),
            "script" => {
                let kind = self.value("type").unwrap_or_default().trim();
                raw_of(&kind.to_ascii_lowercase())
            }
            _ => None,
        }
    }

    /// Reads the text of an element that is no text.
    fn raw(&mut self, raw: Raw, range: Range<usize>) {
        match raw {
            Raw::Markup => {
                let (mut html, mut map) = (String::new(), Vec::new());
                for (part, at) in self.parts(range) {
                    map.push((html.len(), at));
                    html.push_str(part);
                }
                if !html.is_empty() {
                    feed(&html, &map, self.tree);
                }
            }
            Raw::Linked => {
                let data = self.data(range);
                self.tree.flow.linked.push(data);
            }
            Raw::Data => {
                let data = self.data(range);
                let mut blocks = Vec::new();
                linked::add(&data, &self.tree.flow.keys, &mut blocks);
                self.tree.flow.within((blocks, Vec::new()));
            }
            Raw::Field => {
                let prose = self.prose(range);
                if let Some(kind) = attributes::kind("value", prose.text(), &self.tree.flow.keys) {
                    self.tree.flow.beside(kind, prose);
                }
            }
            Raw::Script(dialect) => {
                let code = self.data(range);
                let said = script::within(&code, &Code::Statements, dialect, &self.tree.flow.keys);
                self.tree.flow.within(said);
            }
        }
    }

    /// The text of a range with its places in the file.
    fn data(&self, range: Range<usize>) -> Derived<Prose, Source> {
        let mut data = Derived::new();
        for (part, at) in self.parts(range) {
            data.push_verbatim(part, self.tree.flow.writer.place(at..at).start);
        }
        data
    }

    /// The value of an attribute as it is said; nothing in a string of a file.
    fn said(&self, range: Range<usize>) -> Derived<Prose, Source> {
        let mut text = Derived::new();
        for (part, at) in self.parts(range).filter(|_| self.tree.flow.is_file) {
            entity::decode_all(part, self.tree.flow.writer.place(at..at).start, &mut text);
        }
        text
    }

    /// Reads a page that stands in an attribute.
    pub(super) fn page(&mut self, range: Range<usize>) {
        let blocks = strings::fragment(&self.said(range));
        self.tree.flow.within_tag(blocks);
    }

    /// Reads the code in an attribute.
    pub(super) fn code(&mut self, code: &Code<'_>, range: Range<usize>) {
        let text = self.said(range);
        let (blocks, _) = script::within(&text, code, Dialect::Script, &self.tree.flow.keys);
        self.tree.flow.within_tag(blocks);
    }

    /// Adds the value of an attribute as a block of this kind.
    pub(super) fn add(&mut self, kind: BlockKind, range: Range<usize>) {
        let prose = self.prose(range);
        self.tree.flow.beside(kind, prose);
    }

    /// Adds the value of an attribute, if its name is the key of something shown; any key of copy is one in a tag that is
    /// no element of HTML.
    pub(super) fn add_by_key(&mut self, name: &str, range: Range<usize>, component: bool) {
        let keys = &self.tree.flow.keys;
        let own = || (component && keys.knows(name)).then_some(name);
        let Some(key) = attributes::key(&self.tag, name, keys).or_else(own) else {
            return;
        };
        let prose = self.prose(range);
        if let Some(kind) = attributes::kind(key, prose.text(), &self.tree.flow.keys) {
            self.tree.flow.beside(kind, prose);
        }
    }

    fn prose(&self, range: Range<usize>) -> Derived<Prose, Source> {
        let mut writer = self.tree.flow.aside();
        for (part, at) in self.parts(range) {
            writer.markup(part, at);
        }
        writer.finish()
    }

    fn comment(&mut self, value: &str, span: Range<usize>) {
        let written = self.html.get(span.clone()).unwrap_or_default();
        if let Some(inner) = linked::block(written).filter(|_| !self.tree.is_muted()) {
            let data = self.data(span.start + inner.start..span.start + inner.end);
            self.tree.flow.shown.push(data);
        }
        if value.trim().starts_with("caveat-") && written.starts_with("<!--") {
            let place = self.place(&span);
            self.tree.flow.directive(value.trim(), place);
        }
    }

    /// Reads what is left after the last tag, but for one that is cut off.
    fn finish(&mut self) {
        let rest = self.html.get(self.at..).unwrap_or_default();
        let cut = rest.rfind('<').filter(|at| {
            let next = rest.as_bytes().get(at + 1);
            next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
        });
        let end = self.tag_at.unwrap_or_else(|| self.at + cut.unwrap_or(rest.len()));
        self.text_before(end);
    }

    /// The value of an attribute, as written.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.html.get(self.range(name)?)
    }

    /// Where the value of an attribute stands.
    pub(super) fn range(&self, name: &str) -> Option<Range<usize>> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(attribute.value.clone())
    }
}

/// Where a byte of a piece stands, by its map.
fn place(map: &[(usize, usize)], at: usize) -> usize {
    let part = map.partition_point(|(from, _)| *from <= at);
    let (from, to) = map.get(part.saturating_sub(1)).copied().unwrap_or_default();
    to + at.saturating_sub(from)
}

fn parts<'a>(
    html: &'a str,
    map: &'a [(usize, usize)],
    range: Range<usize>,
) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
    let first = map.partition_point(|(from, _)| *from <= range.start);
    let mut at = range.start;
    map.get(first..)
        .unwrap_or_default()
        .iter()
        .map(|(from, _)| *from)
        .take_while(move |from| *from < range.end)
        .chain(std::iter::once(range.end))
        .filter_map(move |end| {
            let part = html.get(at..end)?;
            let place = place(map, at);
            at = end;
            Some((part, place))
        })
}

/// What the text of a script of this type is.
fn raw_of(kind: &str) -> Option<Raw> {
    Some(match kind {
        "" | "module" | "text/javascript" | "application/javascript" => Raw::Script(Dialect::Script),
        "text/babel" | "text/jsx" => Raw::Script(Dialect::Jsx),
        "application/ld+json" => Raw::Linked,
        "application/json" => Raw::Data,
        "text/html" => Raw::Markup,
        kind if kind.contains("template") || kind.contains("handlebars") => Raw::Markup,
        _ => return None,
    })
}

/// Whether the tokenizer reads the element's contents as text even where the tag closes itself.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes"
    )
}
