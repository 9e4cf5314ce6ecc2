//! Owns reading one pack: its head, and its parts in the order in which they need each other.

use super::citations::{self, SOURCE};
use super::files::Home;
use super::language::{self, LANGUAGE};
use super::lexicon::{self, LEXICON_MAP};
use super::model::{Language, LexiconId, Rule};
use super::read::{Fields, Reader};
use super::rule::{self, Around, Part, ROWS, RULES};
use super::statement::{self, STATEMENTS};
use super::terms::PHRASES;
use super::{PolicyMistake, choices};
use crate::data::Needed::Yes;
use crate::data::Shape::{List, Map, Named, Object, Text, Word};
use crate::data::{Entry, Node, SLUG, keys, knows, names, nearest};
use crate::finding::Citation;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The markets of packs.
pub(super) const MARKETS: [&str; 7] = ["us", "uk", "eu", "au", "ca", "every", "none"];

keys! {
    /// The keys of a pack.
    pub const KEYS {
        /// The pack's name, lower case with hyphens. A rule's full name is `pack/rule`.
        "pack": SLUG, Yes;
        /// Where it is in force: `us`, `uk`, `eu`, `au` or `ca` when that market is asked for, `every` with every market,
        /// `none` when it is named or another pack extends it.
        "market": Named(|| MARKETS.to_vec()), Yes;
        /// One line on what it covers.
        "title": Text, Yes;
        /// Its version; any text.
        "version": Word;
        /// Packs that this one builds on, by name or by path from this file. Its rules replace rules of the same id, and
        /// its lexicons add to lexicons of the same name.
        "extends": List(&Text);
        /// Citations, by the key that rules name them by.
        "sources": Map(&Object(SOURCE));
        /// Lists of words, by the name that phrases have for them in braces.
        "choices": Map(&PHRASES);
        /// Vocabularies, by name.
        "lexicons": LEXICON_MAP;
        /// What counts as saying something that is owed, by name.
        "statements": STATEMENTS;
        /// The table of what copy may say of effects: the first row that fits a claim decides.
        "judgement": ROWS;
        /// Rules, each of which speaks for itself.
        "rules": RULES;
        /// Rules of extended packs to switch off, by full name.
        "off": List(&Text);
        /// How the language is read; only in a language pack.
        "language": Object(LANGUAGE);
    }
}

/// A pack that is understood.
#[derive(Default)]
pub(super) struct Pack {
    pub(super) name: String,
    pub(super) market: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) sources: Vec<(String, Citation)>,
    pub(super) language: Option<(Language, Span<Source>)>,
    pub(super) rules: Vec<Rule>,
    /// The ids of its rules, of those with mistakes too.
    pub(super) ids: Vec<String>,
    /// Full names of rules to switch off, with their places.
    pub(super) off: Vec<(String, Span<Source>)>,
    /// Every mention of a guard.
    pub(super) guards: Vec<(super::model::Guard, Span<Source>)>,
}

/// Reads a pack; `sources` are those of the packs it extends. Returns mistakes in word files too.
pub(super) fn read(
    reader: &mut Reader<'_>,
    file: &Arc<SourceFile>,
    home: &Home,
    root: &Node,
    mut sources: FxHashMap<String, Citation>,
) -> (Pack, Vec<PolicyMistake>) {
    let mut pack = Pack::default();
    let Some(fields) = reader.fields(root, "a pack", KEYS) else {
        reader.blind = true;
        return (pack, Vec::new());
    };
    reader.blind |= hides_names(&fields);
    head(reader, &fields, &mut pack);
    pack.sources = citations::read(reader, &fields);
    sources.extend(pack.sources.iter().cloned());

    let choices = choices::read(reader, &fields);
    let lexicons: &[Entry] = fields
        .entry("lexicons")
        .map_or(&[], |entry| reader.mapping(entry));
    let lexicons = reader.at_most(2000, lexicons, "lexicons", fields.place("lexicons", reader.text));
    let new = lexicon::declare(reader, lexicons);
    let elsewhere = lexicon::read(reader, lexicons, &new, home);
    pack.language = fields
        .entry("language")
        .and_then(|entry| Some((language::read(reader, &entry.node)?, entry.key_span)));

    if let Some(entry) = fields.entry("statements") {
        statement::read(reader, entry, &pack.name, file);
    }
    let mut nodes: Vec<&Node> = Vec::new();
    let mut rules = Vec::new();
    for part in [Part::Row, Part::Rule] {
        let items = reader.items_of(&fields, part.key());
        let items = reader.at_most(2000, items, part.key(), fields.place(part.key(), reader.text));
        for node in items {
            let around = Around {
                pack: &pack.name,
                market: &pack.market,
                file,
                sources: &sources,
                part,
                before: &rules,
            };
            rules.extend(rule::read(reader, node, &around));
        }
        nodes.extend(items);
    }
    pack.rules = rules;
    pack.ids = ids(reader, &nodes);
    pack.guards = guards(&nodes);
    off(reader, &fields, &mut pack);
    if !nodes.is_empty() && pack.language.is_none() && !reader.blind {
        unused(reader, &new);
        choices::unused(reader, choices);
    }
    (pack, elsewhere)
}

/// Whether the mappings that give names are misspelt or no mappings.
fn hides_names(fields: &Fields<'_>) -> bool {
    let gives = ["choices", "lexicons", "sources", "statements"];
    let hidden = |entry: &Entry| {
        if gives.contains(&entry.key.as_ref()) {
            return entry.node.map().is_none();
        }
        let meant = || nearest(&entry.key, names(KEYS));
        !knows(KEYS, &entry.key) && meant().is_some_and(|key| gives.contains(&key))
    };
    fields.entries().iter().any(hidden)
}

fn head(reader: &mut Reader<'_>, fields: &Fields<'_>, pack: &mut Pack) {
    if let Some(entry) = fields.need("pack", reader)
        && let Some(name) = reader.text("pack", &entry.node)
    {
        reader.slug("pack name", entry.node.span, name);
        name.clone_into(&mut pack.name);
    }
    if let Some(entry) = fields.need("market", reader) {
        let all: Vec<(&str, &str)> = MARKETS.iter().map(|market| (*market, *market)).collect();
        let market = reader.choice("market", &entry.node, &all);
        market.unwrap_or("none").clone_into(&mut pack.market);
    }
    let title = reader.need_text(fields, "title");
    title.unwrap_or_default().clone_into(&mut pack.title);
    if let Some(entry) = fields.entry("version") {
        let version = reader.word("version", &entry.node);
        version.unwrap_or_default().clone_into(&mut pack.version);
    }
    reader.texts_of(fields, "extends");
}

/// The ids of rules; those that stand twice are noted.
fn ids(reader: &mut Reader<'_>, nodes: &[&Node]) -> Vec<String> {
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    for node in nodes.iter().filter_map(|node| node.get("id")) {
        let Some(id) = node.text() else { continue };
        if seen.insert(id.trim()) {
            out.push(id.trim().to_owned());
        } else {
            let message = format!("The rule id `{id}` stands twice in this pack");
            reader.wrong(node.span, message, "Give one of the two rules another id.");
        }
    }
    out
}

fn guards(nodes: &[&Node]) -> Vec<(super::model::Guard, Span<Source>)> {
    let named = |item: &Node| {
        let name = item.text()?.trim();
        Some((name.parse().ok()?, item.span))
    };
    nodes
        .iter()
        .filter_map(|node| node.get("guards")?.list())
        .flatten()
        .filter_map(named)
        .collect()
}

fn off(reader: &mut Reader<'_>, fields: &Fields<'_>, pack: &mut Pack) {
    for item in reader.items_of(fields, "off") {
        if let Some(name) = reader.text("off", item) {
            pack.off.push((name.to_owned(), item.span));
        }
    }
}

/// Notes lexicons that nothing in the pack refers to.
fn unused(reader: &mut Reader<'_>, new: &[(LexiconId, &Entry)]) {
    for (id, entry) in new {
        if !reader.used.contains(id) {
            reader.wrong(
                entry.key_span,
                format!("No rule uses the lexicon `{}`", entry.key),
                "Name it in a role, in `lexicons` or in `include`, or remove it.",
            );
        }
    }
}
