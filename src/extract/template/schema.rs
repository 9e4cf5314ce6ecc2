//! Owns the schema of a section of Shopify: what its settings say until somebody sets them.

use super::Reader;
use super::code::As;
use super::literal::Aside;
use crate::data::{Entry, Node, Value, align};
use crate::extract::data::{is_english, read_json};
use crate::text::{Derived, Prose, RunKind, Source, Span};
use std::ops::Range;

impl Reader<'_> {
    /// Reads the JSON in `range`.
    pub(super) fn schema(&mut self, range: Range<usize>) {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let root = read_json(self.text.get(range).unwrap_or_default(), start).root;
        let mut found = Vec::new();
        defaults(&root, &mut found);
        for (path, node) in found {
            if let Some(aligned) = align(node, self.text) {
                let text = moved(&aligned, self.base);
                self.asides.push(Aside {
                    path,
                    text,
                    as_what: As::Named,
                });
            }
        }
    }
}

/// The strings that settings have at first, each under the name of its setting.
pub(in crate::extract) fn defaults<'n>(node: &'n Node, out: &mut Vec<(String, &'n Node)>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| defaults(item, out)),
        Value::Map(entries) => {
            let id = node.get("id").or_else(|| node.get("name")).and_then(Node::text);
            let id = id.unwrap_or("default");
            for entry in entries {
                match (&*entry.key, &entry.node.value) {
                    ("default" | "default_value", Value::Text(_)) => out.push((id.to_owned(), &entry.node)),
                    ("settings", Value::Map(set)) => {
                        for entry in set {
                            match entry.node.value {
                                Value::Text(_) => out.push((entry.key.to_string(), &entry.node)),
                                _ => defaults(&entry.node, out),
                            }
                        }
                    }
                    ("locales", Value::Map(languages)) => {
                        let english = languages.iter().filter(|language| is_english(&language.key));
                        english.for_each(|english| texts(english, out));
                    }
                    _ => defaults(&entry.node, out),
                }
            }
        }
        _ => {}
    }
}

/// All strings below a key, each under its own.
fn texts<'n>(entry: &'n Entry, out: &mut Vec<(String, &'n Node)>) {
    match &entry.node.value {
        Value::Text(_) => out.push((entry.key.to_string(), &entry.node)),
        Value::Map(entries) => entries.iter().for_each(|entry| texts(entry, out)),
        _ => {}
    }
}

/// A text whose places stand `base` bytes further on.
fn moved(text: &Derived<Prose, Source>, base: u32) -> Derived<Prose, Source> {
    let mut out = Derived::new();
    for run in text.runs() {
        let piece = run.to.slice(text.text());
        let start = run.from.start.saturating_add(base);
        match run.kind {
            RunKind::Verbatim => out.push_verbatim(piece, start),
            RunKind::Atomic => out.push_atomic(piece, Span::new(start, run.from.end.saturating_add(base))),
        }
    }
    out
}
