//! Owns reading the `language` of a language pack.

mod keys;

use super::model::{Cues, Guard, GuardCues, Language, Measure, PageRow, Sign, Terms};
use super::read::{Fields, Reader};
use crate::data::{Entry, Node};
use crate::finding::{Page, Product};
use crate::text::fold;

pub(super) use keys::KEYS as LANGUAGE;
use keys::{CUES, PAGE_ROW, SIGN, guard_keys};

/// Whether a page is one of blurbs.
const ANSWERS: [(&str, bool); 2] = [("yes", true), ("no", false)];

/// Reads the mapping under `language`.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Language> {
    let fields = reader.fields(node, "`language`", LANGUAGE)?;
    Some(Language {
        abbreviations: reader.texts_of(&fields, "abbreviations"),
        clause_marks: reader.phrases_of(&fields, "clause-marks"),
        numbers: fields
            .entry("numbers")
            .map_or_else(Vec::new, |entry| numbers(reader, entry)),
        guards: fields
            .entry("guards")
            .map_or_else(Vec::new, |entry| guards(reader, entry)),
        products: fields
            .entry("products")
            .map_or_else(Vec::new, |entry| products(reader, entry)),
        pages: pages(reader, &fields),
        claims: fields
            .entry("claims")
            .and_then(|entry| super::claims::classes(reader, &entry.node))
            .unwrap_or_default(),
    })
}

fn numbers(reader: &mut Reader<'_>, entry: &Entry) -> Vec<(String, f64)> {
    let mut out = Vec::new();
    for word in reader.mapping(entry) {
        if let Some(value) = reader.number(&word.key, &word.node) {
            out.push((fold(&word.key).text().to_owned(), value));
        }
    }
    out
}

/// The value that the key of an entry names. `what` is the kind of name.
pub(super) fn named<T: Copy>(
    reader: &mut Reader<'_>,
    entry: &Entry,
    what: &str,
    all: &[(&str, T)],
) -> Option<T> {
    let found = all.iter().find(|(name, _)| *name == entry.key);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let message = format!("`{}` is no {what}", entry.key);
        reader.unknown(entry.key_span, message, &entry.key, &names);
    }
    found.map(|(_, value)| *value)
}

fn guards(reader: &mut Reader<'_>, entry: &Entry) -> Vec<(Guard, GuardCues)> {
    let mut out = Vec::new();
    for entry in reader.mapping(entry) {
        let Some(guard) = named(reader, entry, "guard", Guard::NAMED) else {
            continue;
        };
        let what = format!("the guard `{}`", entry.key);
        let Some(fields) = reader.fields(&entry.node, &what, guard_keys(guard)) else {
            continue;
        };
        let cues = GuardCues {
            cues: reader.terms_of(&fields, "cues"),
            traps: reader.terms_of(&fields, "traps"),
            stops: reader.terms_of(&fields, "stops"),
            joins: reader.terms_of(&fields, "joins"),
            reach: reader.count(&fields, "reach", 0),
            addresses: reader.texts_of(&fields, "addresses"),
            placeholders: reader.texts_of(&fields, "placeholders"),
            openers: reader.terms_of(&fields, "openers"),
        };
        out.push((guard, cues));
    }
    out
}

fn products(reader: &mut Reader<'_>, entry: &Entry) -> Vec<Cues> {
    let mut out = Vec::new();
    for entry in reader.mapping(entry) {
        let Some(kind) = named(reader, entry, "product", Product::NAMED) else {
            continue;
        };
        let name = format!("the product `{}`", entry.key);
        let Some(fields) = reader.fields(&entry.node, &name, CUES) else {
            continue;
        };
        fields.need("at-least", reader);
        let cues = Cues {
            kind,
            weak: reader.terms_of(&fields, "weak"),
            strong: reader.terms_of(&fields, "strong"),
            against: reader.terms_of(&fields, "against"),
            subjects: reader.terms_of(&fields, "subjects"),
            at_least: reader.count(&fields, "at-least", 1),
        };
        if cues.weak.is_empty() && cues.strong.is_empty() {
            let message = format!("{name} has no cues that speak for it");
            reader.wrong(entry.key_span, message, "Give it `weak` or `strong`.");
        }
        out.push(cues);
    }
    out
}

/// The table of pages.
fn pages(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<PageRow> {
    let rows = reader.items_of(fields, "pages");
    let rows = reader.at_most(200, rows, "rows", fields.place("pages", reader.text));
    rows.iter().filter_map(|row| page_row(reader, row)).collect()
}

fn page_row(reader: &mut Reader<'_>, node: &Node) -> Option<PageRow> {
    let fields = reader.fields(node, "a row of pages", PAGE_ROW)?;
    let page = fields.need("page", reader)?;
    let page = reader.choice("page", &page.node, Page::NAMED)?;
    fields.need("when", reader);
    let signs = reader.items_of(&fields, "when");
    let signs = reader.at_most(16, signs, "conditions", fields.place("when", reader.text));
    let when = signs.iter().filter_map(|node| sign(reader, node)).collect();
    let blurbs = fields
        .entry("blurbs")
        .and_then(|entry| reader.choice("answer", &entry.node, &ANSWERS));
    Some(PageRow {
        page,
        when,
        blurbs: blurbs.unwrap_or(false),
    })
}

/// A condition on a measure; how much there is of it goes without saying where it is to be there at all.
fn sign(reader: &mut Reader<'_>, node: &Node) -> Option<Sign> {
    let fields = reader.fields(node, "a condition of a row", SIGN)?;
    let of = fields.need("of", reader)?;
    let of = reader.choice("measure", &of.node, Measure::NAMED)?;
    let terms = Terms {
        lexicons: reader.lexicons_of(&fields, "lexicons"),
        phrases: reader.phrases_of(&fields, "words"),
    };
    if of.has_terms() == terms.is_empty() {
        let help = "Measures of words need `lexicons` or `words`; others have none.";
        reader.wrong(node.span, "This condition and its words do not fit", help);
    }
    let up_to = fields.has("up-to").then(|| reader.count(&fields, "up-to", 0));
    let from = reader.count(&fields, "from", u32::from(up_to.is_none()));
    let up_to = up_to.unwrap_or(u32::MAX);
    if from > up_to {
        let help = "Give it a `from` that is no more than its `up-to`.";
        reader.wrong(node.span, "Nothing is so much and so little", help);
    }
    Some(Sign {
        of,
        terms,
        from,
        up_to,
    })
}
