//! Owns what rows and rules of a pack share: words that `say` takes from a rule before, the names of rules that one had or
//! stands in for, and which of the two lists it belongs to.

use super::model::{Check, InsteadFor};
use super::read::{Fields, Reader};
use super::rule::{Around, INSTEAD_ROW, Part, citations};
use crate::data::Node;
use crate::finding::{Citation, Product};
use crate::text::{Source, Span};

/// What a rule says.
pub(super) struct Words {
    pub(super) message: String,
    pub(super) help: String,
    pub(super) instead: Vec<String>,
    pub(super) instead_for: Vec<InsteadFor>,
    pub(super) sources: Vec<Citation>,
}

/// The rule's own words; what it leaves out is taken from the rule that `say` names, which stands before it in its pack.
pub(super) fn words(reader: &mut Reader<'_>, fields: &Fields<'_>, around: &Around<'_>) -> Words {
    let shared = fields.entry("say").and_then(|entry| {
        let id = reader.text("say", &entry.node)?;
        let found = around.before.iter().find(|rule| rule.id == id);
        if found.is_none() {
            let names: Vec<&str> = around.before.iter().map(|rule| rule.id.as_str()).collect();
            let message = format!("No rule `{id}` stands before this one");
            reader.unknown(entry.node.span, message, id, &names);
        }
        found
    });
    let mut text = |key: &str, shared: Option<&String>| match shared {
        Some(shared) if !fields.has(key) => shared.clone(),
        _ if fields.has("say") && !fields.has(key) => String::new(),
        _ => reader.need_text(fields, key).unwrap_or_default().to_owned(),
    };
    let message = text("message", shared.map(|rule| &rule.message));
    let help = text("help", shared.map(|rule| &rule.help));
    let mut instead = reader.texts_of(fields, "instead");
    let rows = reader.items_of(fields, "instead-for");
    let mut instead_for: Vec<InsteadFor> = reader
        .at_most(16, rows, "rows", fields.place("instead-for", reader.text))
        .iter()
        .filter_map(|row| instead_row(reader, row))
        .collect();
    let mut sources = citations(reader, fields, around.sources);
    if let Some(shared) = shared {
        if !fields.has("instead") && !fields.has("instead-for") {
            instead.clone_from(&shared.instead);
            instead_for.clone_from(&shared.instead_for);
        }
        if !fields.has("sources") {
            sources.clone_from(&shared.sources);
        }
    }
    Words {
        message,
        help,
        instead,
        instead_for,
        sources,
    }
}

/// Wordings for some kinds of product.
fn instead_row(reader: &mut Reader<'_>, node: &Node) -> Option<InsteadFor> {
    let fields = reader.fields(node, "a row of `instead-for`", INSTEAD_ROW)?;
    fields.need("products", reader);
    fields.need("instead", reader);
    Some(InsteadFor {
        products: reader.choices(&fields, "products", "product", Product::NAMED),
        instead: reader.texts_of(&fields, "instead"),
    })
}

/// The full names of rules under `key`, each with its place.
pub(super) fn names(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Vec<(String, Span<Source>)> {
    let names = reader.items_of(fields, key);
    let place = fields.place(key, reader.text);
    let mut out = Vec::new();
    for item in reader.at_most(64, names, "names", place) {
        let Some(name) = reader.text(key, item) else {
            continue;
        };
        let Some((pack, id)) = name.split_once('/') else {
            let message = format!("`{name}` is no full name of a rule");
            reader.wrong(item.span, message, "Write it as PACK/RULE.");
            continue;
        };
        reader.slug("pack", item.span, pack);
        reader.slug("rule", item.span, id);
        out.push((name.to_owned(), item.span));
    }
    out
}

/// Notes a row that judges no claims, and a judgement that stands in no table.
pub(super) fn suits_part(reader: &mut Reader<'_>, fields: &Fields<'_>, check: &Check, part: Part) {
    let is_row = matches!(check, Check::When(_));
    match part {
        Part::Row if !is_row => reader.wrong(
            fields.span,
            "A row of `judgement` has `when` for its check",
            "Move this rule to `rules`.",
        ),
        Part::Rule if is_row => reader.wrong(
            fields.place("when", reader.text),
            "`when` belongs to the rows of `judgement`",
            "Move this rule there.",
        ),
        _ => {}
    }
}
