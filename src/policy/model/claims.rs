//! Owns what a validated policy says of claims: how the language pack reads them, and what a row of a judgement
//! table asks of one.

use super::{LexiconId, Terms};
use crate::finding::{Product, named};
use std::collections::BTreeSet;

named! {
    /// The shape in which an effect and a target meet.
    Shape {
        /// "relieves headaches", "relief from headaches", "headaches can be relieved".
        Acts = "acts",
        /// "headache relief", "skin-tightening": the target right before the effect.
        Compound = "compound",
        /// "your headaches disappear": the target is what changes.
        Happens = "happens",
        /// "no more headaches", "headache-free".
        Absence = "absence",
        /// "tea for headaches", "ideal for people with headaches", "headache tea".
        Suits = "suits",
        /// A word that claims by itself: "antiviral", "detox".
        Alone = "alone",
    }
}

named! {
    /// Who speaks.
    Speaker {
        /// Whoever sells or writes.
        Seller = "seller",
        /// A customer: quoted, or in the first person.
        Customer = "customer",
    }
}

named! {
    /// In what mood it is said.
    Mood {
        /// As a statement.
        Statement = "statement",
        /// In a sentence that instructs, sets a condition or tells how something is done.
        Instruction = "instruction",
        /// As a bare name: a heading, a menu, a list entry without a verb.
        Name = "name",
    }
}

/// How the language pack reads claims. All terms are lexicons; each names the words of one class.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Effects that act on a target: verbs.
    pub acts: Terms,
    /// Those of them that help another along where one follows: "helps relieve".
    pub helping: Terms,
    /// Verbs of two parts with the target between them: "keep … away".
    pub holding: Terms,
    /// Their nouns, which name a target before them or after a preposition.
    pub nouns: Terms,
    /// The prepositions that join a target to a noun: of, from.
    pub prepositions: Terms,
    /// Those of them that are said of the target itself too, and others that only are.
    pub happens: Terms,
    /// Words before a target that say it is gone: "no more".
    pub absence: Terms,
    /// The same after it: "free".
    pub absence_after: Terms,
    /// Words before a target that say what a thing is for: "ideal for".
    pub suits: Terms,
    /// Words that say so only right after a thing: "for".
    pub suits_after: Terms,
    /// Words that claim by themselves.
    pub alone: Terms,
    /// What an effect is claimed on.
    pub targets: Terms,
    /// What things are said to do it, by the kind of product that they are.
    pub subjects: Vec<(Product, Terms)>,
    /// Who treats, by the kind of product that they stand for.
    pub people: Vec<(Product, Terms)>,
    /// Words between a participle that says what was done and its target: my, the.
    pub determiners: Terms,
    /// Forms of "be" before a participle.
    pub be: Terms,
    /// Words that join the members of a list: and, or.
    pub joins: Terms,
    /// Words that end what an effect reaches: by, when, because.
    pub breaks: Terms,
    /// Words right after a target that make it a part of another name: "patients", "research".
    pub voids: Terms,
    /// Words between a complaint and the illness that it comes of: "due to".
    pub chains: Terms,
    /// The targets that an effect reaches over them.
    pub chained: Terms,
    /// Words of instructions, conditions and explanations: should, if, how to.
    pub instructing: Terms,
    /// Words of the first person.
    pub first_person: Terms,
}

impl Claims {
    /// All lexicons of classes, each with what it is for.
    pub fn lexicons(&self) -> impl Iterator<Item = LexiconId> + '_ {
        let subjects = self.subjects.iter().chain(&self.people).map(|(_, terms)| terms);
        [
            &self.acts,
            &self.helping,
            &self.holding,
            &self.nouns,
            &self.happens,
            &self.absence,
            &self.absence_after,
            &self.suits,
            &self.suits_after,
            &self.alone,
            &self.targets,
        ]
        .into_iter()
        .chain(subjects)
        .flat_map(|terms| terms.lexicons.iter().copied())
    }
}

/// What a row asks of a claim. What is empty asks nothing.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// The effect is one of these classes.
    pub effect: Terms,
    /// The target is one of these.
    pub target: Terms,
    /// The named subject is one of these.
    pub subject: Terms,
    /// The kind of the nearest subject, or of the page's product where none is named.
    pub standing: BTreeSet<Product>,
    /// How effect and target meet.
    pub shape: BTreeSet<Shape>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// In what mood.
    pub mood: Option<Mood>,
    /// Words of which one must stand in the sentence.
    pub with: Terms,
    /// Words of which none may stand in it.
    pub without: Terms,
}
