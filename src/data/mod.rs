//! Owns structured text (YAML, TOML, JSON) as trees of values that know their place, and the mistakes that
//! readers of such trees collect; how files are told in messages; and the form of tables of keys. It knows no key of any
//! schema.

mod align;
mod host;
mod keys;
mod mistake;
mod told;
mod toml;
mod yaml;

use crate::text::{Source, Span};
use std::borrow::Cow;

pub use align::align;
pub use host::{host, is_of_site};
pub(crate) use keys::keys;
pub use keys::{Key, Needed, SLUG, Shape, about, joined, knows, names};
pub use mistake::{Mistake, near, nearest};
pub use told::{real, reason, shown, some};
pub use toml::parse_toml;
pub use yaml::{parse_loose_yaml, parse_yaml};

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands in the file; for text the scalar with its quotes, for a mapping or list the whole.
    pub span: Span<Source>,
    /// The value.
    pub value: Value,
}

/// A value. Its text is borrowed where it is part of the program, as that of an embedded pack is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Cow<'static, str>),
    /// Text, decoded. Dates are text.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file. No key stands twice: that is a mistake of the parser's.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Cow<'static, str>,
    /// The key's place.
    pub key_span: Span<Source>,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The text, if it is text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, if it is a mapping.
    pub fn map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value under `key`, if it is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.map()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// What the value is, for messages: "a list".
    pub const fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}
