//! Owns the markup in a script, and the markup that holds scripts: tags, attributes, what stands between tags.

use super::broken::is_name;
use super::copy::MOST;
use super::frame::{Element, Frame, Tag, What};
use super::literal::Literal;
use super::reader::{Last, REACH, Reader};
use super::{Dialect, lex, names};
use crate::extract::element::{self, Kind, Role};
use crate::extract::html::attributes::{self, is_button, is_hiding, is_quoting};
use crate::extract::tree::Traits;
use std::ops::Range;

/// The types that a component is given are no longer, in bytes.
const LONGEST_TYPE: usize = 200;

impl<'a> Reader<'a, '_> {
    /// Whether a tag begins at this `<`, where a value may stand.
    pub(super) fn begins_tag(&self) -> bool {
        let next = self.byte(self.at + 1);
        if self.dialect == Dialect::Script
            || !self.wants_value()
            || !(next == b'>' || next.is_ascii_alphabetic())
        {
            return false;
        }
        // the types of a function: `<T,>(…)`, `<T extends …>(…)`
        let end = lex::tag_name(self.text, self.at + 1);
        let after = lex::white(self.text, end);
        let rest = self.text.get(after..).unwrap_or_default();
        !(rest.starts_with(',') || rest.starts_with("extends ") || rest.starts_with("=>"))
    }

    /// Reads the name of the tag that begins here.
    pub(super) fn open_tag(&mut self) {
        let end = lex::tag_name(self.text, self.at + 1);
        let name = self.slice(self.at + 1..end);
        self.settle();
        if !self.flows() {
            self.tree.flush();
        }
        self.tags += 1;
        self.push(What::Tag(Box::new(Tag {
            name,
            ..Tag::default()
        })));
        self.at = end;
        // types of a component: `<List<Item> …>`
        if self.byte(end) == b'<' {
            let rest = self.text.as_bytes().get(end..).unwrap_or_default();
            let close = memchr::memchr(b'>', &rest[..rest.len().min(LONGEST_TYPE)]);
            self.at = close.map_or(end + 1, |close| end + close + 1);
        }
    }

    /// Reads one piece of a tag.
    pub(super) fn in_tag(&mut self) {
        self.at = lex::white(self.text, self.at);
        match self.byte(self.at) {
            b'>' => self.end_tag(false),
            b'/' if self.byte(self.at + 1) == b'>' => {
                self.at += 1;
                self.end_tag(true);
            }
            b'/' if matches!(self.byte(self.at + 1), b'/' | b'*') => self.comment(),
            // JSX knows only spread attributes and comments here
            b'{' if self.dialect == Dialect::Jsx && !matches!(self.next_byte(self.at + 1), b'.' | b'/') => {
                self.give_up_tag();
            }
            b'{' => self.open_braces(false),
            b'<' => self.end_tag(false),
            _ => self.attribute(),
        }
    }

    fn attribute(&mut self) {
        let start = self.at;
        let end = lex::attribute_name(self.text, start);
        let name = self.slice(start..end);
        if self.dialect == Dialect::Jsx && !is_name(name) {
            return self.give_up_tag();
        }
        if end == start {
            self.at += 1;
            return;
        }
        let equals = lex::white(self.text, end);
        if self.byte(equals) != b'=' {
            self.at = end;
            return self.add(name, end..end);
        }
        self.at = lex::white(self.text, equals + 1);
        match self.byte(self.at) {
            b'{' => {
                self.name_value(name);
                self.open_braces(false);
            }
            quote @ (b'"' | b'\'') => {
                let from = self.at + 1;
                let rest = self.text.as_bytes().get(from..).unwrap_or_default();
                let to = memchr::memchr(quote, rest).map_or(self.end, |len| from + len);
                self.add(name, from..to);
                self.at = (to + 1).min(self.end);
            }
            b'`' => {
                let from = self.at + 1;
                let to = lex::template(self.text, from);
                self.at = (to + 1).min(self.end);
            }
            _ => {
                let from = self.at;
                let rest = self.text.as_bytes().get(from..).unwrap_or_default();
                let len = rest
                    .iter()
                    .take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>')
                    .count();
                self.add(name, from..from + len);
                self.at = from + len;
            }
        }
    }

    fn add(&mut self, name: &'a str, value: Range<usize>) {
        let Some(What::Tag(tag)) = self.frames.last_mut().map(|frame| &mut frame.what) else {
            return;
        };
        if tag.attributes.len() >= MOST {
            return;
        }
        let (native, element) = (tag.is_native(), tag.name);
        tag.attributes.push((name, value.clone()));
        if value.is_empty() {
            return;
        }
        let shown = names::attribute(element, name, self.keys).filter(|key| matches!(*key, "html" | "text"));
        let code = attributes::code(element, name, self.keys).filter(|_| self.dialect != Dialect::Jsx);
        match shown {
            _ if self.dialect == Dialect::Vue && name == "v-for" => self.repeat(value),
            _ if self.dialect == Dialect::Vue && self.bound(element, name, value.clone(), native) => {}
            _ if code.is_some() => code.iter().for_each(|code| self.code(code, value.clone())),
            Some(key) if native => self.take_attribute(key, value),
            None if native => {}
            _ => self.take_attribute(name, value),
        }
    }

    /// Opens braces in markup.
    fn open_braces(&mut self, child: bool) {
        self.push(What::Braces { child });
        self.at += 1;
        self.last = Last::Operator;
        let mark = self.byte(self.at);
        if mark == b':' && child {
            self.space();
        }
        if self.dialect == Dialect::Svelte && matches!(mark, b'#' | b':' | b'/' | b'@') {
            // a block or a tag of Svelte: its words are no value of their own
            self.at = lex::word(self.text, self.at + 1);
            self.tags += 1;
        }
        if self.dialect == Dialect::Vue {
            self.at += 1;
        }
    }

    /// Braces between tags end: what they hold is a value unless it is markup, a string or nothing.
    pub(super) fn leave_braces(&mut self, frame: &Frame<'_>) {
        if self.dialect == Dialect::Vue && self.byte(self.at) == b'}' {
            self.at += 1;
        }
        let is_value = frame.before.0 < self.pieces - 1 && frame.before.1 == self.tags && !frame.named;
        if is_value {
            self.tree.placeholder(frame.start..self.at);
        }
    }

    /// Writes a space where text is being written.
    pub(super) fn space(&mut self) {
        if !self.tree.flow.writer.is_empty() {
            self.tree.atomic(" ", self.at..self.at + 1);
        }
    }

    /// Whether what is read here is the text of a component that reads Markdown.
    pub(super) fn is_markdown(&self) -> bool {
        let around = self.frames.iter().rev().nth(1);
        around.is_some_and(|frame| match &frame.what {
            What::Children(element) => element.name.contains("Markdown"),
            _ => false,
        })
    }

    /// Writes a string that is all its braces hold.
    pub(super) fn inline(&mut self, literal: &Literal) {
        use crate::text::RunKind;
        let base = literal.base as usize;
        for run in literal.text.runs() {
            let piece = run.to.slice(literal.text.text());
            let from = run.from.range();
            let place = from.start - base..from.end - base;
            match run.kind {
                RunKind::Verbatim => self.tree.plain(piece, place.start),
                RunKind::Atomic => self.tree.atomic(piece, place),
            }
        }
        self.tags += 1;
    }

    /// Ends a tag: its element begins.
    fn end_tag(&mut self, closed: bool) {
        let end = self.at + usize::from(self.byte(self.at) == b'>');
        let Some(frame) = self.pop() else { return };
        let start = frame.start;
        let What::Tag(tag) = frame.what else { return };
        self.at = end;
        let inside = self.frames.last().is_some_and(|frame| match &frame.what {
            What::Children(element) => element.phrasing,
            _ => false,
        });
        let read_as = match names::element(tag.name) {
            _ if tag.name.is_empty() => "",
            // what it holds is read as a script, which may have markup of its own
            Some("script") if self.dialect != Dialect::Jsx => "",
            // a part of the page, in a component that is one
            Some("template") if self.dialect != Dialect::Jsx => "div",
            // it stands for what scripts show, or is written in a field
            Some("noscript" | "textarea") => "div",
            Some(name) => name,
            None if inside || !self.tree.flow.writer.is_empty() => "span",
            None => "div",
        };
        let kind = element::kind(read_as);
        let void = kind.is_void() || closed;
        if !read_as.is_empty() {
            let traits = self.traits(&tag, read_as);
            self.tree.open(read_as, start..end, &traits, void);
            if !traits.hidden && tag.is_native() {
                self.attributes(&tag);
            }
        }
        if void {
            return self.after_element();
        }
        let phrasing = matches!(kind, Kind::Text | Kind::Strong | Kind::Anchor | Kind::Raised)
            || matches!(kind, Kind::Block(Some(Role::Heading(_) | Role::Button)))
            || (kind == Kind::Inline && !read_as.is_empty());
        self.elements += 1;
        self.push(What::Children(Element {
            name: tag.name,
            read_as,
            phrasing,
        }));
        // at the top of a component of Vue stand its parts: the template, scripts, and what is for programs
        let part = self.dialect == Dialect::Vue && self.frames.len() == 2 && tag.name != "template";
        if part || self.dialect != Dialect::Jsx && matches!(tag.name, "script" | "style") {
            let lang = tag.attributes.iter().find(|(name, _)| *name == "lang");
            let lang = lang.map(|(_, value)| self.slice(value.clone()));
            let dialect = match lang {
                Some("tsx" | "jsx") => Dialect::Jsx,
                _ => Dialect::Script,
            };
            self.raw(tag.name, dialect);
        }
    }

    /// Reads the contents of an element that holds no markup: those of a script are one.
    fn raw(&mut self, name: &str, dialect: Dialect) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let close = format!("</{name}");
        let len = memchr::memmem::find(rest.as_bytes(), close.as_bytes()).unwrap_or(rest.len());
        let inner = self.at..self.at + len;
        self.at = inner.end;
        if name == "i18n" {
            self.messages(inner);
        } else if name == "script" {
            let torn = super::read(self.text, inner, dialect, self.keys, self.tree, self.lists);
            self.torn = self.torn.take().or(torn);
        }
    }

    fn traits(&self, tag: &Tag<'_>, read_as: &str) -> Traits {
        let mut traits = Traits {
            hidden: tag.hidden,
            quoted: names::is_quoting(tag.name),
            target: (tag.leads && read_as == "a").then(String::new),
            ..Traits::default()
        };
        for (name, value) in &tag.attributes {
            let value = self.slice(value.clone());
            match *name {
                "hidden" => traits.hidden = true,
                "style" => traits.hidden |= is_hiding(value),
                "class" | "className" if !matches!(read_as, "html" | "body" | "main") => {
                    traits.quoted |= is_quoting(value);
                    traits.button = read_as == "a" && is_button(value);
                }
                "href" | "to" if read_as == "a" => traits.target = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        traits
    }

    /// Reads what stands between tags, up to the next tag or brace.
    pub(super) fn children(&mut self) {
        let rest = self.text.get(self.at..self.end).unwrap_or_default();
        let len = memchr::memchr2(b'<', b'{', rest.as_bytes()).unwrap_or(rest.len());
        if len > 0 {
            self.tree.markup(rest.get(..len).unwrap_or_default(), self.at);
            self.at += len;
            return;
        }
        let rest = rest.as_bytes();
        match rest {
            [b'{', b'{', ..] if self.dialect == Dialect::Vue => self.open_braces(true),
            [b'{', ..] if self.dialect != Dialect::Vue => self.open_braces(true),
            [b'<', b'!', b'-', b'-', ..] => self.comment(),
            [b'<', b'<', ..] if self.conflict() => {}
            [b'<', b'!' | b'?', ..] => {
                let close = memchr::memchr(b'>', rest).map_or(rest.len(), |len| len + 1);
                self.at += close;
            }
            [b'<', b'/', ..] => self.close_tag(),
            [b'<', next, ..] if *next == b'>' || next.is_ascii_alphabetic() => self.open_tag(),
            _ => {
                self.tree.markup(self.slice(self.at..self.at + 1), self.at);
                self.at += 1;
            }
        }
    }

    fn close_tag(&mut self) {
        let start = self.at;
        let name_at = lex::white(self.text, start + 2);
        let name_end = lex::tag_name(self.text, name_at);
        let name = self.slice(name_at..name_end);
        let rest = self.text.as_bytes().get(name_end..).unwrap_or_default();
        self.at = memchr::memchr(b'>', rest).map_or(self.end, |len| name_end + len + 1);
        if element::kind(name).is_void() {
            return;
        }
        let mut found = None;
        for (n, frame) in self.frames.iter().enumerate().skip(1).rev().take(REACH) {
            match &frame.what {
                What::Children(element) if element.name == name => {
                    found = Some(n);
                    break;
                }
                What::Children(_) => {}
                _ => break,
            }
        }
        let Some(found) = found else {
            self.tear(start..self.at);
            return;
        };
        while self.frames.len() > found {
            if self.frames.len() > found + 1 && self.dialect == Dialect::Jsx {
                self.tear(start..self.at);
            }
            self.pop();
        }
        self.after_element();
    }

    /// The contents of an element end.
    pub(super) fn leave(&mut self, element: Element<'_>) {
        if !element.read_as.is_empty() {
            self.tree.close(element.read_as);
        }
        self.elements = self.elements.saturating_sub(1);
    }

    /// An element is whole; where it is a value, the script goes on.
    fn after_element(&mut self) {
        self.last = Last::Value;
        if !self.flows() {
            self.tree.flush();
        }
        self.write();
    }

    /// Whether what is read here goes on with the text around it: it stands between tags, not in an attribute.
    pub(super) fn flows(&self) -> bool {
        let around = self.frames.iter().rev().take(REACH);
        let mut around = around.filter_map(|frame| match frame.what {
            What::Children(_) | What::Braces { child: true } => Some(true),
            What::Braces { child: false } | What::Tag(_) => Some(false),
            _ => None,
        });
        around.next().unwrap_or(false)
    }
}
