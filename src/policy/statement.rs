//! Owns reading the statements of a pack: by name what counts as saying it, and which duties that meets.

use super::check::{self, FRAMES};
use super::model::{Statement, StatementId, Within};
use super::read::{Fields, Reader};
use super::rule::{self, SAMPLES};
use crate::data::Needed::{Any, Yes};
use crate::data::Shape::{List, Map, Named, Object, Text};
use crate::data::{Entry, Node, Shape, Value, keys};
use crate::finding::Category;
use crate::source::SourceFile;
use std::sync::Arc;

pub(super) const STATEMENTS: Shape = Map(&Object(KEYS));

keys! {
    const KEYS {
        /// The duties that it meets.
        "meets": List(&Named(duties)), Yes;
        /// The sentences that say it: frames, any one of them.
        "said": FRAMES, Any;
        /// The texts that say it word for word.
        "exact": List(&Text), Any;
        /// Sentences that say it, and sentences that do not.
        "examples": Object(EXAMPLES), Yes;
    }
}

keys! {
    const EXAMPLES {
        /// Sentences that say it.
        "says": SAMPLES, Yes;
        /// Sentences that do not say it.
        "not": SAMPLES, Yes;
    }
}

/// The duties that a statement may meet.
fn duties() -> Vec<&'static str> {
    Category::duties().map(Category::name).collect()
}

/// Reads the mapping under `statements`. One of a name that is known already adds to that.
pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry, pack: &str, file: &Arc<SourceFile>) {
    for entry in reader.mapping(entry) {
        reader.slug("statement", entry.key_span, &entry.key);
        let Some(new) = statement(reader, entry, pack, file) else {
            continue;
        };
        let next = reader.statements.len();
        let id = *reader.stated.entry(entry.key.clone()).or_insert(next);
        if let Some(known) = reader.statements.get_mut(id) {
            known.meets.extend(new.meets);
            known.said.extend(new.said);
            known.exact.extend(new.exact);
        } else {
            reader.statements.push(new);
        }
    }
}

fn statement(
    reader: &mut Reader<'_>,
    entry: &Entry,
    pack: &str,
    file: &Arc<SourceFile>,
) -> Option<Statement> {
    let fields = reader.fields(&entry.node, "a statement", KEYS)?;
    fields.need("meets", reader);
    let duties: Vec<(&str, Category)> = Category::duties().map(|duty| (duty.name(), duty)).collect();
    let meets = reader.choices(&fields, "meets", "duty", &duties);
    let said = fields.entry("said").map_or_else(Vec::new, |entry| {
        check::frames(reader, "said", &entry.node, Within::Sentence)
    });
    let exact = reader.texts_of(&fields, "exact");
    if !fields.has("said") && exact.is_empty() {
        let message = format!("Nothing says `{}`", entry.key);
        reader.wrong(entry.key_span, message, "Give it `said` or `exact`.");
    }
    Some(Statement {
        name: entry.key.to_string(),
        pack: pack.to_owned(),
        meets,
        said,
        exact,
        examples: rule::examples(reader, &fields, EXAMPLES, false),
        file: Arc::clone(file),
        span: entry.key_span,
    })
}

impl Reader<'_> {
    /// The statements that the value under `key` names; `None` where it holds frames, or is missing.
    pub(super) fn statements_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Vec<StatementId>> {
        let node = &fields.entry(key)?.node;
        let names = match &node.value {
            Value::Text(_) => std::slice::from_ref(node),
            Value::List(items) if items.iter().any(|item| item.text().is_some()) => items,
            _ => return None,
        };
        Some(
            names
                .iter()
                .filter_map(|name| self.statement_named(key, name))
                .collect(),
        )
    }

    fn statement_named(&mut self, key: &str, node: &Node) -> Option<StatementId> {
        let name = self.text(key, node)?;
        let known = self.stated.get(name).copied();
        if known.is_none() && !self.blind {
            let mut names: Vec<String> = self.stated.keys().map(ToString::to_string).collect();
            names.sort_unstable();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.unknown(node.span, format!("There is no statement `{name}`"), name, &names);
        }
        known
    }
}
