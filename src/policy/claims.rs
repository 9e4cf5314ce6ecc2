//! Owns reading what packs say of claims: the classes of the language pack and the `when` of a judgement's row.

use super::language::named;
use super::model::{Claims, Mood, Shape, Speaker, When};
use super::read::{Fields, Reader};
use crate::data::Node;
use crate::finding::Product;
use std::collections::BTreeSet;

const CLASSES: [&str; 22] = [
    "acts",
    "helping",
    "holding",
    "instructing",
    "nouns",
    "prepositions",
    "determiners",
    "happens",
    "absence",
    "absence-after",
    "suits",
    "suits-after",
    "alone",
    "targets",
    "subjects",
    "be",
    "joins",
    "breaks",
    "voids",
    "chains",
    "chained",
    "first-person",
];

const WHEN: [&str; 9] = [
    "effect", "target", "subject", "standing", "shape", "speaker", "mood", "with", "without",
];

/// Reads the mapping under `language.claims`.
pub(super) fn classes(reader: &mut Reader<'_>, node: &Node) -> Option<Claims> {
    let fields = reader.fields(node, "`claims`", &CLASSES)?;
    let mut subjects = Vec::new();
    if let Some(entry) = fields.entry("subjects") {
        for entry in reader.mapping(entry) {
            if let Some(kind) = named(reader, entry, "product", Product::NAMED) {
                subjects.push((kind, reader.terms(&entry.key, &entry.node, &[]).0));
            }
        }
    }
    Some(Claims {
        acts: reader.terms_of(&fields, "acts"),
        helping: reader.terms_of(&fields, "helping"),
        holding: reader.terms_of(&fields, "holding"),
        nouns: reader.terms_of(&fields, "nouns"),
        prepositions: reader.terms_of(&fields, "prepositions"),
        happens: reader.terms_of(&fields, "happens"),
        absence: reader.terms_of(&fields, "absence"),
        absence_after: reader.terms_of(&fields, "absence-after"),
        suits: reader.terms_of(&fields, "suits"),
        suits_after: reader.terms_of(&fields, "suits-after"),
        alone: reader.terms_of(&fields, "alone"),
        targets: reader.terms_of(&fields, "targets"),
        subjects,
        determiners: reader.terms_of(&fields, "determiners"),
        instructing: reader.terms_of(&fields, "instructing"),
        be: reader.terms_of(&fields, "be"),
        joins: reader.terms_of(&fields, "joins"),
        breaks: reader.terms_of(&fields, "breaks"),
        voids: reader.terms_of(&fields, "voids"),
        chains: reader.terms_of(&fields, "chains"),
        chained: reader.terms_of(&fields, "chained"),
        first_person: reader.terms_of(&fields, "first-person"),
    })
}

/// Reads the mapping under `when`.
pub(super) fn when(reader: &mut Reader<'_>, node: &Node) -> Option<When> {
    let fields = reader.fields(node, "when", &WHEN)?;
    if !fields.has("effect") {
        let help = "Name the effects that the row judges, as in `effect: [cure, treat]`.";
        reader.wrong(node.span, "`when` names no effect", help);
    }
    Some(When {
        effect: reader.terms_of(&fields, "effect"),
        target: reader.terms_of(&fields, "target"),
        subject: reader.terms_of(&fields, "subject"),
        standing: set(reader, &fields, "standing", "product", Product::NAMED),
        shape: set(reader, &fields, "shape", "shape", Shape::NAMED),
        speaker: one(reader, &fields, "speaker", Speaker::NAMED),
        mood: one(reader, &fields, "mood", Mood::NAMED),
        with: reader.terms_of(&fields, "with"),
        without: reader.terms_of(&fields, "without"),
    })
}

fn set<T: Copy + Ord>(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    key: &str,
    what: &str,
    all: &[(&str, T)],
) -> BTreeSet<T> {
    reader.choices(fields, key, what, all).into_iter().collect()
}

fn one<T: Copy>(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, all: &[(&str, T)]) -> Option<T> {
    let entry = fields.entry(key)?;
    reader.choice(key, &entry.node, all)
}
