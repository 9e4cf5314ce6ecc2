//! Owns reading the `language` of a language pack.

use super::model::{Cues, Guard, GuardCues, Language, Measure, Sign, Terms};
use super::read::{Fields, Reader};
use crate::data::{Entry, Node};
use crate::finding::{Page, Product};
use crate::text::fold;

const KEYS: [&str; 7] = [
    "abbreviations",
    "clause-marks",
    "numbers",
    "guards",
    "products",
    "pages",
    "claims",
];

/// Reads the mapping under `language`.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Language> {
    let fields = reader.fields(node, "`language`", &KEYS)?;
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
            .map_or_else(Vec::new, |entry| cues(reader, entry, "product", Product::NAMED)),
        pages: fields
            .entry("pages")
            .map_or_else(Vec::new, |entry| cues(reader, entry, "page", Page::NAMED)),
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

/// What a guard goes by. A key that it does not read would promise what never happens.
const fn keys(guard: Guard) -> &'static [&'static str] {
    match guard {
        Guard::Negated => &["cues", "traps", "stops", "joins", "reach"],
        Guard::Hedged => &["cues", "traps", "stops", "reach"],
        Guard::Legal => &["cues", "traps", "stops"],
        Guard::Cited => &["cues", "traps", "addresses", "placeholders"],
        Guard::Attributed | Guard::Quoted | Guard::Warning => &["cues", "traps"],
        Guard::Question => &["cues", "traps"],
        Guard::OtherMeaning => &[],
    }
}

fn guards(reader: &mut Reader<'_>, entry: &Entry) -> Vec<(Guard, GuardCues)> {
    let mut out = Vec::new();
    for entry in reader.mapping(entry) {
        let Some(guard) = named(reader, entry, "guard", Guard::NAMED) else {
            continue;
        };
        let what = format!("the guard `{}`", entry.key);
        let Some(fields) = reader.fields(&entry.node, &what, keys(guard)) else {
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
        };
        out.push((guard, cues));
    }
    out
}

fn cues<K: Copy>(reader: &mut Reader<'_>, entry: &Entry, what: &str, all: &[(&str, K)]) -> Vec<Cues<K>> {
    let mut out = Vec::new();
    for entry in reader.mapping(entry) {
        let Some(kind) = named(reader, entry, what, all) else {
            continue;
        };
        let name = format!("the {what} `{}`", entry.key);
        let keys = [
            "weak", "strong", "against", "title", "subjects", "shape", "at-least",
        ];
        let Some(fields) = reader.fields(&entry.node, &name, &keys) else {
            continue;
        };
        fields.need("at-least", reader);
        let cues = Cues {
            kind,
            weak: reader.terms_of(&fields, "weak"),
            strong: reader.terms_of(&fields, "strong"),
            against: reader.terms_of(&fields, "against"),
            title: reader.terms_of(&fields, "title"),
            subjects: reader.terms_of(&fields, "subjects"),
            shape: shape(reader, &fields),
            at_least: reader.count(&fields, "at-least", 1),
        };
        if !["weak", "strong", "shape"].iter().any(|key| fields.has(key)) {
            let message = format!("{name} has no cues that speak for it");
            reader.wrong(entry.key_span, message, "Give it `weak` or `strong`.");
        }
        out.push(cues);
    }
    out
}

/// The rows under `shape`.
fn shape(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Sign> {
    let rows = reader.items_of(fields, "shape");
    let rows = reader.at_most(32, rows, "rows", fields.place("shape", reader.text));
    rows.iter().filter_map(|row| shape_row(reader, row)).collect()
}

fn shape_row(reader: &mut Reader<'_>, node: &Node) -> Option<Sign> {
    let fields = reader.fields(
        node,
        "a row of shape",
        &["of", "lexicons", "words", "from", "points"],
    )?;
    let terms = Terms {
        lexicons: reader.lexicons_of(&fields, "lexicons"),
        phrases: reader.phrases_of(&fields, "words"),
    };
    let measures = [
        ("running-words", Measure::RunningWords),
        ("words-a-heading", Measure::WordsAHeading),
        ("headings", Measure::Headings),
        ("asking-headings", Measure::AskingHeadings),
        ("linked-words", Measure::LinkedWords),
        ("headings-with", Measure::HeadingsWith(terms.clone())),
        ("saying", Measure::Saying(terms.clone())),
        ("titled", Measure::Titled(terms.clone())),
    ];
    let named: Vec<(&str, usize)> = measures
        .iter()
        .zip(0..)
        .map(|((name, _), at)| (*name, at))
        .collect();
    let entry = fields.need("of", reader)?;
    let at = reader.choice("measure", &entry.node, &named)?;
    let of = measures.into_iter().nth(at)?.1;
    let wants_terms = matches!(
        of,
        Measure::HeadingsWith(_) | Measure::Saying(_) | Measure::Titled(_)
    );
    if wants_terms == terms.is_empty() {
        let help = "Measures of words need `lexicons` or `words`; others have none.";
        reader.wrong(node.span, "This row and its words do not fit", help);
    }
    let points = fields.need("points", reader)?;
    let points = reader.number("points", &points.node)?;
    Some(Sign {
        of,
        from: reader.count(&fields, "from", 1),
        points: points as i32,
    })
}
