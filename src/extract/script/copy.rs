//! Owns what becomes of the strings of a script: those that are copy are gathered as data with their keys, the data of
//! one value becomes blocks, and attributes that are shown stand beside their element.

use super::frame::{Call, Frame, Tag, What};
use super::lists::texts;
use super::literal::Literal;
use super::reader::Reader;
use crate::data::{Entry, Node, Value};
use crate::document::BlockKind;
use crate::extract::flow::has_words;
use crate::extract::html::attributes::{self, meta};
use crate::extract::mask::is_mask;
use crate::extract::strings;
use crate::text::{Derived, Prose, Source};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Data that lies deeper is read by nobody.
const NESTED: usize = 100;

/// Most attributes looked at in one tag.
pub(super) const MOST: usize = 64;

/// What a query of a database begins with.
const QUERIES: [&str; 6] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "ALTER "];

/// The words of the shortest string under a key that nobody knows: with a stop at its end, in a list, and else.
const SHORTEST: [usize; 3] = [3, 3, 6];

/// Data that is whole, with the keys that lead to it, and the strings in it by where they stand.
pub(super) struct Whole {
    root: Node,
    path: String,
}

/// The strings of data by where they stand.
pub(super) type Strings = FxHashMap<u32, Derived<Prose, Source>>;

impl Reader<'_, '_> {
    /// The keys that lead to the value being read, as far as they count.
    fn visible(&self) -> &str {
        let root = self.frames.last().map_or(0, |frame| frame.root);
        self.path.get(root..).unwrap_or_default().trim_start_matches('.')
    }

    /// Takes a string for copy if its key or its shape says so.
    pub(super) fn copy(&mut self, mut literal: Literal, shown: bool) {
        literal.unindent();
        let text = literal.text.text();
        if !has_words(text) || self.frames.len() >= NESTED {
            return;
        }
        let path = self.visible();
        let listed = path.ends_with(|c: char| c.is_ascii_digit());
        let constant = path.starts_with(|c: char| c.is_ascii_uppercase())
            && !path.contains(|c: char| c.is_ascii_lowercase());
        if is_word(text) && !(listed && !constant || shown) {
            return;
        }
        let known = shown
            || self.keys.knows(path)
            || is_sentence(text, listed || self.elements > 0)
            || self.is_item()
            || self.frames.last().is_some_and(|frame| frame.spoken)
            || self.keys.is_among_texts(path);
        if !known || self.keys.judge(path, text).is_none() {
            return;
        }
        let text: Cow<'static, str> = Cow::Owned(text.to_owned());
        let span = literal.text.origin(literal.text.span());
        self.strings.insert(span.start, literal.text);
        self.deliver(Node {
            span,
            value: Value::Text(text),
        });
    }

    /// Gives a value to what is open around it.
    pub(super) fn deliver(&mut self, node: Node) {
        let outermost = self.frames.len() == 1;
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let apart = matches!(frame.what, What::Group(Call::Shows)) && node.text().is_some();
        match frame.what {
            What::Object
            | What::Array
            | What::Tag(_)
            | What::Group(Call::None | Call::Other | Call::Shown | Call::Shows)
                if !apart =>
            {
                let key = self
                    .path
                    .get(frame.path..)
                    .unwrap_or_default()
                    .trim_start_matches('.');
                frame.values.push((key.to_owned(), node));
            }
            What::Braces { child: false } if !outermost => frame.values.push((String::new(), node)),
            _ => {
                let statement = matches!(frame.what, What::Block);
                let mut path = self.visible().to_owned();
                if apart && path.ends_with(|c: char| c.is_ascii_digit()) {
                    // its place among others says nothing of it
                    path.clear();
                }
                let root = if statement {
                    self.keep_lists(&path, node)
                } else {
                    Some(node)
                };
                if let Some(root) = root {
                    self.whole.push(Whole { root, path });
                    self.write();
                }
            }
        }
    }

    /// Gives what a bracket held to what is open around it.
    pub(super) fn gather(&mut self, what: &What<'_>, values: Vec<(String, Node)>) {
        let Some((_, first)) = values.first() else { return };
        let span = first.span;
        if matches!(what, What::Array) {
            let items = values.into_iter().map(|(_, node)| node).collect();
            return self.deliver(Node {
                span,
                value: Value::List(items),
            });
        }
        let mut named = Vec::new();
        for (key, node) in values {
            match node.value {
                _ if !key.is_empty() => named.push((key, node)),
                // what another object spreads into this one
                Value::Map(entries) if matches!(what, What::Object) => {
                    named.extend(
                        entries
                            .into_iter()
                            .map(|entry| (entry.key.into_owned(), entry.node)),
                    );
                }
                value => self.deliver(Node {
                    span: node.span,
                    value,
                }),
            }
        }
        if named.is_empty() {
            return;
        }
        let root = Node {
            span,
            value: map(named),
        };
        if matches!(what, What::Tag(_)) {
            let path = String::new();
            self.whole.push(Whole { root, path });
            self.write();
        } else {
            self.deliver(root);
        }
    }

    /// Writes data that is whole, unless text is being written.
    pub(super) fn write(&mut self) {
        if self.whole.is_empty() || !self.tree.flow.writer.is_empty() {
            return;
        }
        let (keys, found) = (self.keys, &self.strings);
        let align = |node: &Node| found.get(&node.span.start).cloned();
        let written = std::mem::take(&mut self.whole);
        for whole in &written {
            let add = |blocks: &mut Vec<_>| strings::add(&whole.root, &whole.path, &align, keys, blocks);
            self.tree.flow.data(add);
        }
        // those of data that is still open are needed yet
        for whole in &written {
            texts(&whole.root, &mut |node| {
                drop(self.strings.remove(&node.span.start))
            });
        }
    }

    /// Takes a quoted attribute of a component, if it is copy.
    pub(super) fn take_attribute(&mut self, name: &str, range: Range<usize>) {
        let mut literal = Literal {
            base: self.tree.flow.base(),
            ..Literal::default()
        };
        literal.push_markup(self.text, range);
        self.push_key(name);
        self.copy(literal, false);
    }

    /// Takes the quoted attributes of an element of HTML that are copy.
    pub(super) fn attributes(&mut self, tag: &Tag<'_>) {
        if self.tree.is_hidden() || self.frames.last().is_some_and(Frame::is_silent) {
            return;
        }
        let value = |name: &str| {
            let found = tag.attributes.iter().find(|(found, _)| *found == name);
            found.map(|(_, range)| self.slice(range.clone()))
        };
        let about = value("name").or_else(|| value("property"));
        let field = value("type");
        let button = attributes::is_button_field(field);
        let kind = |name: &str, value: &str| match (tag.name, name) {
            ("meta", "content") => meta(about?),
            ("input", "value") if button => Some(BlockKind::Button),
            _ if attributes::is_unseen_value(name, field) => None,
            _ => attributes::kind(attributes::key(tag.name, name, self.keys)?, value, self.keys),
        };
        for (name, range) in tag.attributes.iter().take(MOST) {
            if let Some(kind) = kind(name, self.slice(range.clone())) {
                let mut writer = self.tree.flow.aside();
                writer.markup(self.slice(range.clone()), range.start);
                self.tree.flow.beside(kind, writer.finish());
            }
        }
    }
}

fn map(values: Vec<(String, Node)>) -> Value {
    let entry = |(key, node): (String, Node)| Entry {
        key: Cow::Owned(key),
        key_span: node.span,
        node,
    };
    Value::Map(values.into_iter().map(entry).collect())
}

/// Whether a string is a word of programs rather than a name or a sentence: `arrow-right`.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.contains(char::is_whitespace)
}

/// Whether a string that no key vouches for reads as a sentence rather than as what programs say to each other.
pub(in crate::extract) fn is_sentence(text: &str, listed: bool) -> bool {
    // a template language may write before and after it
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_mask(c));
    if QUERIES.iter().any(|query| text.starts_with(query)) {
        return false;
    }
    let begins = text.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '<' | '\u{fffc}')
    });
    let ends = text.ends_with(['.', '!', '?', ':', '…', '”', '>']);
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    let [ended, item, bare] = SHORTEST;
    begins
        && words
            >= if ends {
                ended
            } else if listed {
                item
            } else {
                bare
            }
}
