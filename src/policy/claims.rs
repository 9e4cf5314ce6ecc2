//! Owns reading what packs say of claims: the classes of the language pack and the `when` of a judgement's row.

use super::language::named;
use super::model::{Claims, Mood, Shape, Speaker, Terms, When};
use super::read::{Fields, Reader};
use super::rule::PRODUCT;
use super::terms::{TERMS, TERMS_SHAPE};
use crate::data::Needed::Yes;
use crate::data::Shape::{Each, List, Named, Object};
use crate::data::{Node, keys};
use crate::finding::Product;
use std::collections::BTreeSet;

keys! {
    /// The keys of `language.claims`.
    pub(super) const CLASSES {
        /// Verbs of effects: the target stands after them, or before them as in "gout is eased".
        "acts": TERMS_SHAPE;
        /// Those of them that only help another along: in "helps ease gout" the effect is "ease".
        "helping": TERMS_SHAPE;
        /// Verbs of two parts with the target between them: "keeps gout away".
        "holding": TERMS_SHAPE;
        /// Words that make a sentence an instruction.
        "instructing": TERMS_SHAPE;
        /// Nouns of effects: the target stands right before them, or after one of `prepositions`.
        "nouns": TERMS_SHAPE;
        /// Words that join a target to a noun of effect: of, from.
        "prepositions": TERMS_SHAPE;
        /// Words after a participle that says what was done: my, the.
        "determiners": TERMS_SHAPE;
        /// What is said of the target itself: "gout vanishes".
        "happens": TERMS_SHAPE;
        /// Words before a target that say it is gone: "no more".
        "absence": TERMS_SHAPE;
        /// Words after a target that say it is gone: "free".
        "absence-after": TERMS_SHAPE;
        /// Words before a target that say what a thing is for: "ideal for".
        "suits": TERMS_SHAPE;
        /// Words that say so only right after the thing or at the start: "for".
        "suits-after": TERMS_SHAPE;
        /// Words that claim with no target: "antiviral".
        "alone": TERMS_SHAPE;
        /// What effects are claimed on.
        "targets": TERMS_SHAPE;
        /// What has effects, by kind of product; `other` is what nobody sells.
        "subjects": Each(by_product);
        /// Who treats, by the kind of product that they stand for: where a sentence names nothing else.
        "people": Each(by_product);
        /// Forms of "be" before a participle.
        "be": TERMS_SHAPE;
        /// Words of lists: and, or.
        "joins": TERMS_SHAPE;
        /// Words that end what an effect reaches: because.
        "breaks": TERMS_SHAPE;
        /// Words after a target that make another name of it: "gout patients".
        "voids": TERMS_SHAPE;
        /// Words from a complaint to the illness it comes of, besides `prepositions`: "pain due to gout".
        "chains": TERMS_SHAPE;
        /// The targets that are reached over words of `chains`.
        "chained": TERMS_SHAPE;
        /// Words that make a sentence a customer's.
        "first-person": TERMS_SHAPE;
    }
}

fn by_product() -> Vec<(&'static str, crate::data::Shape)> {
    let each = Product::names().into_iter();
    each.map(|name| (name, TERMS_SHAPE)).collect()
}

keys! {
    /// The check of a row of the judgement.
    pub(super) const WHEN {
        /// What the row asks of a claim. Each key that is left out asks nothing.
        "when": Object(ASKED), Yes;
    }
}

keys! {
    const ASKED {
        /// The effect is a word of one of these lexicons.
        "effect": TERMS_SHAPE, Yes;
        /// What it is claimed on is.
        "target": TERMS_SHAPE;
        /// What is said to have it is named, by a word of these.
        "subject": TERMS_SHAPE;
        /// What kind of product that is: of the thing named nearest, else of what the heading or the title names, else of
        /// what the page sells.
        "standing": List(&PRODUCT);
        /// How effect and target meet.
        "shape": List(&Named(Shape::names));
        /// Who says it: the `seller`, or a `customer` (quoted, or in the first person).
        "speaker": Named(Speaker::names);
        /// How it is said: as a `statement`, in an `instruction`, or as a `name` (a heading, a menu, an entry without a
        /// verb).
        "mood": Named(Mood::names);
        /// Terms of which one must stand in the sentence.
        "with": TERMS_SHAPE;
        /// Terms of which none may stand in the sentence.
        "without": TERMS_SHAPE;
    }
}

/// Reads terms by kind of product.
fn products(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Vec<(Product, Terms)> {
    let mut out = Vec::new();
    if let Some(entry) = fields.entry(key) {
        for entry in reader.mapping(entry) {
            if let Some(kind) = named(reader, entry, "product", Product::NAMED) {
                out.push((kind, reader.terms(&entry.key, &entry.node, TERMS).0));
            }
        }
    }
    out
}

/// Reads the mapping under `language.claims`.
pub(super) fn classes(reader: &mut Reader<'_>, node: &Node) -> Option<Claims> {
    let fields = reader.fields(node, "`claims`", CLASSES)?;
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
        subjects: products(reader, &fields, "subjects"),
        people: products(reader, &fields, "people"),
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
    let fields = reader.fields(node, "when", ASKED)?;
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
