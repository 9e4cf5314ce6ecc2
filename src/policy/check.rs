//! Owns reading the checks.

mod keys;

use super::claims::WHEN;
use super::model::{
    Check, Forbid, Found, Frame, LexiconId, Number, Phrase, Place, Qualify, Require, Role, Within,
};
use super::read::{Costly, Fields, Reader};
use crate::data::{Entry, Node, Value, knows, names};
use crate::finding::Category;

pub(super) use keys::{CHECKS, FRAMES, REACH};
use keys::{FORBID, FOUND, FRAME, NUMBER, QUALIFY, REQUIRE, ROLE};

const REACHES: [(&str, Within); 5] = [
    ("sentence", Within::Sentence),
    ("paragraph", Within::Paragraph),
    ("adjacent", Within::Adjacent),
    ("section", Within::Section),
    ("document", Within::Document),
];

/// How the roles of a frame may follow each other.
const ORDERS: [(&str, bool); 2] = [("any", false), ("given", true)];

/// In what the roles of a frame may meet.
const SPANS: [(&str, Within); 2] = [("clause", Within::Clause), ("sentence", Within::Sentence)];

/// Where a statement may have to stand.
const PLACES: [(&str, Place); 4] = [
    ("anywhere", Place::Anywhere),
    ("before-first", Place::BeforeFirst),
    ("last-section", Place::LastSection),
    ("both", Place::Both),
];

/// Reads the rule's one check.
pub(super) fn read(reader: &mut Reader<'_>, rule: &Fields<'_>) -> Option<Check> {
    let mut found = rule
        .entries()
        .iter()
        .filter(|entry| knows(CHECKS, &entry.key) || knows(WHEN, &entry.key));
    let Some(entry) = found.next() else {
        let help = format!(
            "Add one of {}.",
            super::suggest::list(&[names(CHECKS), names(WHEN)].concat())
        );
        reader.wrong(rule.span, "This rule has no check", help);
        return None;
    };
    for more in found {
        let message = format!("The rule has the check `{}` already", entry.key);
        reader.wrong(more.key_span, message, "A rule has one check; make two rules.");
    }
    let node = &entry.node;
    match entry.key.as_ref() {
        "forbid" => forbid(reader, node).map(Check::Forbid),
        "claim" => Some(Check::Claim(frames(reader, "claim", node, Within::Clause))),
        "qualify" => qualify(reader, node).map(Check::Qualify),
        "require" => require(reader, node).map(Check::Require),
        "when" => super::claims::when(reader, node).map(|when| Check::When(Box::new(when))),
        _ => number(reader, node).map(Check::Number),
    }
}

fn forbid(reader: &mut Reader<'_>, node: &Node) -> Option<Forbid> {
    let fields = reader.fields(node, "forbid", FORBID)?;
    let before = reader.mistakes.len();
    let mut forbid = Forbid::default();
    forbid.terms.lexicons = reader.lexicons_of(&fields, "lexicons");
    forbid.terms.phrases = reader.phrases_of(&fields, "words");
    for item in reader.items_of(&fields, "patterns") {
        if reader.text("patterns", item).is_some() && reader.counted(Costly::Patterns, item.span) {
            // Those of the packs of the program were found sound when it was built.
            if !reader.book.is_ready() {
                regex(reader, item);
            }
            let text = item.text().unwrap_or_default().to_owned();
            forbid.patterns.push((text, item.span));
        }
    }
    forbid.unless = reader.terms_of(&fields, "unless");
    if forbid.terms.is_empty() && forbid.patterns.is_empty() && before == reader.mistakes.len() {
        reader.wrong(
            node.span,
            "`forbid` names no words",
            "Give it `words`, `lexicons` or `patterns`.",
        );
    }
    Some(forbid)
}

/// The most bytes that a compiled pattern may take.
pub const PATTERN_SIZE: usize = 1 << 20;

/// Notes what is wrong with a regular expression, at its place inside the scalar.
fn regex(reader: &mut Reader<'_>, node: &Node) {
    let Some(text) = node.text() else { return };
    let (at, message) = match regex_syntax::parse(text) {
        Ok(hir) if hir.properties().minimum_len() == Some(0) => {
            (0..text.len(), "it matches nothing at all everywhere".to_owned())
        }
        Ok(_) => match regex::RegexBuilder::new(text).size_limit(PATTERN_SIZE).build() {
            Ok(_) => return,
            Err(_) => (0..text.len(), "it is too large".to_owned()),
        },
        Err(regex_syntax::Error::Parse(error)) => {
            let span = error.span();
            (span.start.offset..span.end.offset, error.kind().to_string())
        }
        Err(regex_syntax::Error::Translate(error)) => {
            let span = error.span();
            (span.start.offset..span.end.offset, error.kind().to_string())
        }
        Err(_) => (0..text.len(), "it cannot be read".to_owned()),
    };
    let span = reader.inside(node, at);
    let help = "Patterns are regular expressions over folded text, without look-around.";
    reader.wrong(span, format!("This is no pattern: {message}"), help);
}

/// A frame, or a list of them; they meet in a `within` where they say no other.
pub(super) fn frames(reader: &mut Reader<'_>, name: &str, node: &Node, within: Within) -> Vec<Frame> {
    let Value::List(items) = &node.value else {
        return frame(reader, node, within).into_iter().collect();
    };
    if items.is_empty() {
        let message = format!("`{name}` has no frames");
        reader.wrong(node.span, message, "Write at least one `{roles: …}`.");
    }
    items
        .iter()
        .filter_map(|item| frame(reader, item, within))
        .collect()
}

fn frame(reader: &mut Reader<'_>, node: &Node, otherwise: Within) -> Option<Frame> {
    if !reader.counted(Costly::Frames, node.span) {
        return None;
    }
    let fields = reader.fields(node, "a frame", FRAME)?;
    let ordered = fields
        .entry("order")
        .and_then(|entry| reader.choice("order", &entry.node, &ORDERS));
    let within = fields
        .entry("within")
        .and_then(|entry| reader.choice("reach of a frame", &entry.node, &SPANS));
    Some(Frame {
        roles: roles(reader, &fields),
        ordered: ordered.unwrap_or(false),
        within: within.unwrap_or(otherwise),
        apart: reader.count(&fields, "apart", 8),
        unless: reader.terms_of(&fields, "unless"),
    })
}

fn roles(reader: &mut Reader<'_>, frame: &Fields<'_>) -> Vec<Role> {
    let Some(entry) = frame.need("roles", reader) else {
        return Vec::new();
    };
    let before = reader.mistakes.len();
    let entries = reader.mapping(entry);
    if entries.is_empty() && before == reader.mistakes.len() {
        reader.wrong(
            entry.key_span,
            "This frame has no roles",
            "Add one, as in `effect: [LEXICON]`.",
        );
    }
    let entries = reader.at_most(16, entries, "roles", entry.key_span);
    entries.iter().map(|entry| role(reader, entry)).collect()
}

fn role(reader: &mut Reader<'_>, entry: &Entry) -> Role {
    reader.slug("role", entry.key_span, &entry.key);
    let (terms, fields) = reader.terms(&entry.key, &entry.node, ROLE);
    let own = fields.and_then(|fields| reader.text_of(&fields, "label"));
    let of_lexicon = |id: &LexiconId| reader.lexicons.get(*id)?.label.clone();
    let labels: Vec<(LexiconId, String)> = match (own, terms.lexicons.as_slice()) {
        (None, several @ [_, _, ..]) => several
            .iter()
            .filter_map(|id| Some((*id, of_lexicon(id)?)))
            .collect(),
        _ => Vec::new(),
    };
    let first = || terms.lexicons.first().and_then(of_lexicon);
    Role {
        name: entry.key.to_string(),
        label: own
            .map(str::to_owned)
            .or_else(first)
            .unwrap_or_else(|| format!("is {}", entry.key.replace('-', " "))),
        labels,
        terms,
    }
}

/// The reach under `within`, which must be there.
pub(super) fn reach(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Within> {
    let entry = fields.need("within", reader)?;
    reader.choice("reach", &entry.node, &REACHES)
}

fn frames_of(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Vec<Frame> {
    fields
        .need(key, reader)
        .map_or_else(Vec::new, |entry| frames(reader, key, &entry.node, Within::Clause))
}

fn qualify(reader: &mut Reader<'_>, node: &Node) -> Option<Qualify> {
    let fields = reader.fields(node, "qualify", QUALIFY)?;
    Some(Qualify {
        when: frames_of(reader, &fields, "when"),
        needs: frames_of(reader, &fields, "needs"),
        within: reach(reader, &fields).unwrap_or(Within::Sentence),
    })
}

fn require(reader: &mut Reader<'_>, node: &Node) -> Option<Require> {
    let fields = reader.fields(node, "require", REQUIRE)?;
    let found = found(reader, &fields);
    let when = match fields.has("found") && !fields.has("when") {
        true => Vec::new(),
        false => frames_of(reader, &fields, "when"),
    };
    let named = reader.statements_of(&fields, "statement");
    let own = fields.entry("statement").filter(|_| named.is_none());
    let statement = own.map_or_else(Vec::new, |entry| {
        frames(reader, "statement", &entry.node, Within::Clause)
    });
    let exact = reader.texts_of(&fields, "exact");
    if !fields.has("statement") && exact.is_empty() {
        reader.wrong(
            node.span,
            "This `require` asks for no statement",
            "Give it `statement` or `exact`.",
        );
    }
    let place = fields
        .entry("place")
        .and_then(|entry| reader.choice("place", &entry.node, &PLACES));
    let at_least = reader.count(&fields, "at-least", 1);
    Some(Require {
        when,
        found,
        at_least,
        at_least_of_blurbs: reader.count(&fields, "at-least-of-blurbs", at_least),
        per_thousand: reader.count(&fields, "per-thousand", 0),
        min_words: reader.count(&fields, "min-words", 0),
        running_words: reader.count(&fields, "running-words", 0),
        statements: named.unwrap_or_default(),
        statement,
        exact,
        place: place.unwrap_or(Place::Anywhere),
    })
}

/// The categories under `found`. A rule goes by these or by its own words.
fn found(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Found {
    let Some(entry) = fields.entry("found") else {
        return Found::default();
    };
    if fields.has("when") {
        let help = "Leave one of them out.";
        reader.wrong(entry.key_span, "`found` stands beside `when`", help);
    }
    let Some(fields) = reader.fields(&entry.node, "`found`", FOUND) else {
        return Found::default();
    };
    let found = Found {
        loud: reader.choices(&fields, "loud", "category", Category::NAMED),
        advised: reader.choices(&fields, "advised", "category", Category::NAMED),
    };
    if found.is_empty() {
        reader.wrong(
            entry.key_span,
            "`found` names no category",
            "Give it `loud` or `advised`.",
        );
    }
    found
}

fn number(reader: &mut Reader<'_>, node: &Node) -> Option<Number> {
    let fields = reader.fields(node, "number", NUMBER)?;
    let amount = fields
        .need("amount", reader)
        .map_or_else(Vec::new, |entry| units(reader, entry));
    let period = fields
        .entry("period")
        .map_or_else(Vec::new, |entry| units(reader, entry));
    let rate = limit(reader, &fields, "rate");
    let for_at_least = limit(reader, &fields, "for-at-least");
    for key in ["rate", "for-at-least"] {
        if fields.has(key) && !fields.has("period") {
            let message = format!("`{key}` can never apply: there is no `period`");
            reader.wrong(
                fields.place(key, reader.text),
                message,
                "Add the units of `period`.",
            );
        }
    }
    Some(Number {
        with: reader.terms_of(&fields, "with"),
        amount,
        period,
        over: limit(reader, &fields, "over"),
        at_most: limit(reader, &fields, "at-most"),
        rate,
        for_at_least,
        unless: reader.terms_of(&fields, "unless"),
    })
}

fn limit(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<f64> {
    let entry = fields.entry(key)?;
    reader.number(key, &entry.node)
}

/// Units with their factors.
fn units(reader: &mut Reader<'_>, entry: &Entry) -> Vec<(Phrase, f64)> {
    let mut out = Vec::new();
    let before = reader.mistakes.len();
    let units = reader.mapping(entry);
    for unit in reader.at_most(64, units, "units", entry.key_span) {
        let Some(factor) = reader.number(&unit.key, &unit.node) else {
            continue;
        };
        if factor <= 0.0 {
            let message = format!("The factor of `{}` is not above 0", unit.key);
            reader.wrong(
                unit.node.span,
                message,
                "Write how many of the counted unit it is.",
            );
        }
        out.extend(
            reader
                .key_phrases(unit)
                .into_iter()
                .map(|phrase| (phrase, factor)),
        );
    }
    if out.is_empty() && before == reader.mistakes.len() {
        let message = format!("`{}` has no units", entry.key);
        reader.wrong(entry.key_span, message, "Add one, as in `\"lb[s]\": 1`.");
    }
    out
}
