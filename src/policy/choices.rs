//! Owns the choices of a pack: lists of words that its phrases name in braces, so that a long list stands once and the
//! phrases that share it stay short.

use super::pattern;
use super::read::{Fields, Reader};
use super::suggest::suggest;
use crate::data::{Entry, Node, Value};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// The group that each name stands for, in the pattern language.
pub(super) type Groups = FxHashMap<Cow<'static, str>, Rc<str>>;

/// The choices of a pack that was read already, for one that extends it.
pub(super) fn of(root: &Node) -> impl Iterator<Item = (Cow<'static, str>, Rc<str>)> {
    let entries = root.get("choices").and_then(Node::map).unwrap_or_default();
    entries.iter().map(|entry| {
        let items = entry.node.list().unwrap_or_default();
        let words: Vec<&str> = items.iter().filter_map(written).collect();
        (entry.key.clone(), grouped(&words).into())
    })
}

/// A word as it is written; a number is one.
fn written(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.trim()),
        _ => None,
    }
}

/// Words as one group of the pattern language.
fn grouped(words: &[&str]) -> String {
    format!("({})", words.join("|"))
}

/// Reads the mapping under `choices`; returns the entries that it gives names to. The phrases of an embedded pack are
/// known from the build step, so its choices need no reading.
pub(super) fn read<'n>(reader: &mut Reader<'_>, fields: &Fields<'n>) -> &'n [Entry] {
    let Some(entry) = fields.entry("choices").filter(|_| !reader.book.is_ready()) else {
        return &[];
    };
    let entries = reader.mapping(entry);
    let entries = reader.at_most(2000, entries, "choices", entry.key_span);
    for entry in entries {
        reader.slug("name", entry.key_span, &entry.key);
        if reader.groups.contains_key(&entry.key) {
            let message = format!(
                "The choices `{}` stand in a pack that this one extends",
                entry.key
            );
            reader.wrong(entry.key_span, message, "Give these another name.");
            continue;
        }
        let group = group(reader, entry);
        reader.groups.insert(entry.key.clone(), group.into());
    }
    entries
}

/// The choices as one group.
fn group(reader: &mut Reader<'_>, entry: &Entry) -> String {
    let mut words = Vec::new();
    let before = reader.mistakes.len();
    for item in reader.items(entry) {
        let Some(word) = reader.word(&entry.key, item) else {
            continue;
        };
        words.push(word);
        if let Err(bad) = pattern::parse(word) {
            let span = reader.inside(item, bad.at);
            reader.wrong(span, bad.message, bad.help);
        }
    }
    if words.is_empty() {
        if before == reader.mistakes.len() {
            let message = format!("The choices `{}` name nothing", entry.key);
            reader.wrong(entry.key_span, message, "Write a list of words.");
        }
        // Any word: a phrase that names them has no mistake of its own.
        return "_".to_owned();
    }
    grouped(&words)
}

/// Notes the choices of the pack that no phrase of it names.
pub(super) fn unused(reader: &mut Reader<'_>, entries: &[Entry]) {
    for entry in entries {
        if reader.chosen.contains(entry.key.as_ref()) {
            continue;
        }
        let message = format!("No phrase names the choices `{}`", entry.key);
        let help = "Name them in a phrase, in braces, or remove them.";
        reader.wrong(entry.key_span, message, help);
    }
}

impl Reader<'_> {
    /// The phrase with the groups that its names stand for; `None` where a name is unknown.
    pub(super) fn with_choices<'t>(&mut self, node: &Node, text: &'t str) -> Option<Cow<'t, str>> {
        if !text.contains('{') || self.book.is_ready() {
            return Some(Cow::Borrowed(text));
        }
        let mut out = String::new();
        let mut done = 0;
        for at in names(text) {
            let name = &text[at.clone()];
            let Some(group) = self.groups.get(name) else {
                self.no_choices(node, name, at);
                return None;
            };
            out.push_str(&text[done..at.start - 1]);
            out.push_str(group);
            done = at.end + 1;
            self.chosen.insert(name.to_owned());
        }
        out.push_str(&text[done..]);
        Some(Cow::Owned(out))
    }

    fn no_choices(&mut self, node: &Node, name: &str, at: Range<usize>) {
        if self.blind {
            return;
        }
        let mut known: Vec<&str> = self.groups.keys().map(AsRef::as_ref).collect();
        known.sort_unstable();
        let help = suggest(name, &known);
        let span = self.inside(node, at);
        self.wrong(span, format!("There are no choices `{name}`"), help);
    }
}

/// Where the names stand, without their braces. A brace that nothing closes is left to the pattern language.
fn names(text: &str) -> Vec<Range<usize>> {
    let opens = text.match_indices('{').map(|(at, _)| at + 1);
    opens
        .filter_map(|start| Some(start..start + text[start..].find('}')?))
        .collect()
}
