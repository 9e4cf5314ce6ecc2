//! Owns reading values out of a policy file's tree: every reader says what it expected, notes what was wrong at
//! its place, and goes on.

use super::book::Book;
use super::choices::Groups;
use super::model::{Lexicon, LexiconId, Statement};
use super::overlay::Names;
use super::suggest::{list, suggest};
use crate::data::{Entry, Key, Mistake, Node, Value, knows, names, nearest};
use crate::text::{Source, Span};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::rc::Rc;

/// What reading one pack needs and gathers.
#[derive(Default)]
pub(super) struct Reader<'a> {
    /// The whole file.
    pub(super) text: &'a str,
    /// What was wrong.
    pub(super) mistakes: Vec<Mistake>,
    /// Every lexicon so far.
    pub(super) lexicons: Vec<Lexicon>,
    /// The lexicons that the pack may name.
    pub(super) scope: Names,
    /// Every statement so far.
    pub(super) statements: Vec<Statement>,
    /// The statements that the pack may name.
    pub(super) stated: Names,
    /// The choices that its phrases may name.
    pub(super) groups: Groups,
    /// The choices that they name.
    pub(super) chosen: FxHashSet<String>,
    /// The lexicons that it names.
    pub(super) used: FxHashSet<LexiconId>,
    /// Misspelt keys, with the keys that they are meant to be: these are not missing besides.
    pub(super) meant: Vec<(Span<Source>, String)>,
    /// How many there are of what costs more than its own length.
    pub(super) counts: [usize; 2],
    /// Whether a part that gives names could not be read. Then a name that seems unknown is no mistake of its own:
    /// to say so would only echo the mistake that is told already.
    pub(super) blind: bool,
    /// The steps of its phrases, as far as they are known.
    pub(super) book: Rc<Book>,
    /// The word files that were read, with their SHA-256.
    pub(super) word_files: Vec<(String, Cow<'static, str>)>,
}

/// The most mistakes of a pack that are told; nobody reads more.
const MOST_MISTAKES: usize = 500;

/// What costs more than its own length, and of which a pack may have only so many.
#[derive(Clone, Copy)]
pub(super) enum Costly {
    Frames,
    Patterns,
}

/// A mapping whose keys were compared with those that it may have.
#[derive(Clone, Copy)]
pub(super) struct Fields<'n> {
    /// What it is: "a rule".
    pub(super) what: &'n str,
    /// The whole mapping.
    pub(super) span: Span<Source>,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The entry under `key`.
    pub(super) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry under `key`, which must be there.
    pub(super) fn need(&self, key: &str, reader: &mut Reader<'_>) -> Option<&'n Entry> {
        let entry = self.entry(key);
        let misspelt = |(span, meant): &(Span<Source>, String)| {
            meant == key && self.entries.iter().any(|entry| entry.key_span == *span)
        };
        if entry.is_none() && !reader.meant.iter().any(misspelt) {
            let message = format!("The key `{key}` is missing from {}", self.what);
            reader.mistakes.push(
                Mistake::new(first_line(self.span, reader.text), message).help(format!("Add `{key}: …`.")),
            );
        }
        entry
    }

    /// The place of `key`, or of the mapping where it has none.
    pub(super) fn place(&self, key: &str, text: &str) -> Span<Source> {
        self.entry(key)
            .map_or_else(|| first_line(self.span, text), |entry| entry.key_span)
    }

    /// Whether there is such a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// All entries.
    pub(super) const fn entries(&self) -> &'n [Entry] {
        self.entries
    }
}

/// The part of `span` on its first line: a whole mapping is too much to show.
pub(super) fn first_line(span: Span<Source>, text: &str) -> Span<Source> {
    let len = span.slice(text).find(['\n', '\r']);
    len.map_or(span, |len| {
        Span::new(span.start, span.start + Span::<Source>::of(0..len).end)
    })
}

impl Reader<'_> {
    /// Notes a mistake.
    pub(super) fn wrong(&mut self, span: Span<Source>, message: impl Into<String>, help: impl Into<String>) {
        if self.mistakes.len() >= MOST_MISTAKES {
            return;
        }
        let span = first_line(span, self.text);
        self.mistakes.push(Mistake::new(span, message).help(help));
    }

    fn kind(&mut self, name: &str, node: &Node, expected: &str) {
        let message = if node.value == Value::Null {
            format!("`{name}` is empty; {expected} is expected")
        } else {
            format!("`{name}` is {}; {expected} is expected", node.kind())
        };
        let help = if expected == "text" && !matches!(node.value, Value::List(_) | Value::Map(_)) {
            "Put it in quotes."
        } else {
            "See policies/README.md for the form of every key."
        };
        self.wrong(node.span, message, help);
    }

    /// A mapping with none but the given keys. `what` is for messages: "a rule".
    pub(super) fn fields<'n>(&mut self, node: &'n Node, what: &'n str, keys: &[Key]) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            let message = if node.value == Value::Null {
                format!("Nothing stands here; {what} is a mapping")
            } else {
                format!("Here is {}; {what} is a mapping", node.kind())
            };
            self.wrong(
                node.span,
                message,
                format!("Its keys are {}.", list(&names(keys))),
            );
            return None;
        };
        for entry in entries {
            if !knows(keys, &entry.key) {
                let keys = names(keys);
                let message = format!("The key `{}` is not one of {what}", entry.key);
                let meant = nearest(&entry.key, keys.iter().copied()).map(str::to_owned);
                self.meant.extend(meant.map(|key| (entry.key_span, key)));
                self.unknown(entry.key_span, message, &entry.key, &keys);
            }
        }
        Some(Fields {
            what,
            span: node.span,
            entries,
        })
    }

    /// A mapping with free keys.
    pub(super) fn mapping<'n>(&mut self, entry: &'n Entry) -> &'n [Entry] {
        if let Value::Map(entries) = &entry.node.value {
            return entries;
        }
        self.kind(&entry.key, &entry.node, "a mapping");
        &[]
    }

    /// Counts one more of `what`; whether there may be as many.
    pub(super) fn counted(&mut self, what: Costly, span: Span<Source>) -> bool {
        let (index, most, names) = match what {
            Costly::Frames => (0, 4000, "frames"),
            Costly::Patterns => (1, 200, "patterns"),
        };
        self.counts[index] += 1;
        if self.counts[index] == most + 1 {
            self.wrong(
                span,
                format!("The pack has more than {most} {names}"),
                "Make two packs of it.",
            );
        }
        self.counts[index] <= most
    }

    /// The first of `items`; those beyond `most` are a mistake.
    pub(super) fn at_most<'n, T>(
        &mut self,
        most: usize,
        items: &'n [T],
        what: &str,
        span: Span<Source>,
    ) -> &'n [T] {
        if items.len() > most {
            self.wrong(
                span,
                format!("Here are more than {most} {what}"),
                "Make several of it.",
            );
        }
        &items[..items.len().min(most)]
    }

    /// Notes a name that is none of `names`.
    pub(super) fn unknown(&mut self, span: Span<Source>, message: String, name: &str, names: &[&str]) {
        let before = self.mistakes.len();
        self.wrong(span, message, suggest(name, names));
        for mistake in &mut self.mistakes[before..] {
            mistake.names = names.iter().map(|name| (*name).to_owned()).collect();
        }
    }

    /// Text that is not blank.
    pub(super) fn text<'n>(&mut self, name: &str, node: &'n Node) -> Option<&'n str> {
        let Value::Text(text) = &node.value else {
            self.kind(name, node, "text");
            return None;
        };
        // Most texts begin and end with a letter or a stop.
        let bare = match text.as_bytes() {
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
            _ => text.trim(),
        };
        if bare.is_empty() {
            let message = format!("`{name}` is blank");
            self.wrong(node.span, message, "Write it, or leave the key out.");
        }
        Some(bare).filter(|bare| !bare.is_empty())
    }

    /// Text or a number as written.
    pub(super) fn word<'n>(&mut self, name: &str, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Number(text) => Some(text),
            _ => self.text(name, node),
        }
    }

    /// The text under a key that may be missing.
    pub(super) fn text_of<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        let entry = fields.entry(key)?;
        self.text(key, &entry.node)
    }

    /// The text under a key that must be there.
    pub(super) fn need_text<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n str> {
        let entry = fields.need(key, self)?;
        self.text(key, &entry.node)
    }

    /// The items of a list.
    pub(super) fn items<'n>(&mut self, entry: &'n Entry) -> &'n [Node] {
        if let Value::List(items) = &entry.node.value {
            return items;
        }
        self.kind(&entry.key, &entry.node, "a list");
        &[]
    }

    /// The items of the list under a key that may be missing.
    pub(super) fn items_of<'n>(&mut self, fields: &Fields<'n>, key: &str) -> &'n [Node] {
        fields.entry(key).map_or(&[], |entry| self.items(entry))
    }

    /// A list of texts under a key that may be missing.
    pub(super) fn texts_of(&mut self, fields: &Fields<'_>, key: &str) -> Vec<String> {
        self.items_of(fields, key)
            .iter()
            .filter_map(|item| self.text(key, item))
            .map(str::to_owned)
            .collect()
    }

    /// A number of any kind.
    pub(super) fn number(&mut self, name: &str, node: &Node) -> Option<f64> {
        let value = match &node.value {
            Value::Number(raw) => raw.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if value.is_none() {
            self.kind_or_value(name, node, "a number");
        }
        value
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, fields: &Fields<'_>, key: &str, default: u32) -> u32 {
        let Some(entry) = fields.entry(key) else {
            return default;
        };
        let value = match &entry.node.value {
            Value::Number(raw) => raw.parse().ok(),
            _ => None,
        };
        if value.is_none() {
            self.kind_or_value(key, &entry.node, "a whole number");
        }
        value.unwrap_or(default)
    }

    fn kind_or_value(&mut self, name: &str, node: &Node, expected: &str) {
        if let Value::Number(raw) = &node.value {
            let message = format!("`{name}` is {raw}; {expected} is expected");
            self.wrong(node.span, message, "Write it in digits, as in 12.");
        } else {
            self.kind(name, node, expected);
        }
    }

    /// One of a fixed set of names.
    pub(super) fn choice<T: Copy>(&mut self, name: &str, node: &Node, all: &[(&str, T)]) -> Option<T> {
        let text = self.text(name, node)?;
        let found = all.iter().find(|(known, _)| *known == text);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            self.unknown(node.span, format!("`{text}` is no {name}"), text, &names);
        }
        found.map(|(_, value)| *value)
    }

    /// A list of names of a fixed set, under a key that may be missing. `what` is the kind of name.
    pub(super) fn choices<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        what: &str,
        all: &[(&str, T)],
    ) -> Vec<T> {
        self.items_of(fields, key)
            .iter()
            .filter_map(|item| self.choice(what, item, all))
            .collect()
    }

    /// A day, under a key that may be missing.
    pub(super) fn date(&mut self, fields: &Fields<'_>, key: &str) -> Option<jiff::civil::Date> {
        let entry = fields.entry(key)?;
        let text = self.text(key, &entry.node)?;
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("`{key}` is `{text}`, which is no day");
            self.wrong(entry.node.span, message, "Write it as in 2026-03-31.");
        }
        date
    }

    /// Notes a name that is not lower case with hyphens.
    pub(super) fn slug(&mut self, name: &str, span: Span<Source>, text: &str) {
        let good = !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !good {
            let message = format!("The {name} `{text}` is not lower case with hyphens");
            self.wrong(span, message, "Write it as in `no-miracles`.");
        }
    }
}

/// The names of a fixed set.
pub(super) fn first_of<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(name, _)| *name).collect()
}

/// A day written `YYYY-MM-DD`.
pub(super) fn parse_date(text: &str) -> Option<jiff::civil::Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}
