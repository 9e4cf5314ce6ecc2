//! Owns the classes of words that claims are made of, compiled.

use crate::engine::frame::Role;
use crate::engine::set::IdSet;
use crate::finding::Product;

/// What a word of a class is in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It says that something is done.
    Effect,
    /// It is what something is done to.
    Target,
    /// It is what does it.
    Subject(Product),
}

/// The classes by lexicon, and the words that claims go by.
#[derive(Debug, Default)]
pub(in crate::engine) struct Classes {
    pub(in crate::engine) acts: IdSet,
    pub(in crate::engine) helping: IdSet,
    pub(in crate::engine) nouns: IdSet,
    pub(in crate::engine) prepositions: IdSet,
    pub(in crate::engine) happens: IdSet,
    pub(in crate::engine) absence: IdSet,
    pub(in crate::engine) absence_after: IdSet,
    pub(in crate::engine) suits: IdSet,
    pub(in crate::engine) suits_after: IdSet,
    pub(in crate::engine) alone: IdSet,
    pub(in crate::engine) targets: IdSet,
    pub(in crate::engine) subjects: Vec<(Product, IdSet)>,
    pub(in crate::engine) determiners: IdSet,
    pub(in crate::engine) instructing: IdSet,
    pub(in crate::engine) be: IdSet,
    pub(in crate::engine) joins: IdSet,
    pub(in crate::engine) breaks: IdSet,
    pub(in crate::engine) voids: IdSet,
    pub(in crate::engine) first_person: IdSet,
    /// For each lexicon of a class what shows it in a finding.
    pub(in crate::engine) roles: Vec<Option<Role>>,
}

impl Classes {
    /// What a word of a lexicon is in a claim.
    pub(super) fn kind(&self, lexicon: u32) -> Option<Kind> {
        self.roles.get(lexicon as usize)?.as_ref()?;
        if self.targets.has(lexicon) {
            return Some(Kind::Target);
        }
        let subject = self.subjects.iter().find(|(_, terms)| terms.has(lexicon));
        Some(subject.map_or(Kind::Effect, |(kind, _)| Kind::Subject(*kind)))
    }

    /// What shows a class in a finding.
    pub(super) fn role(&self, class: u32) -> Option<&Role> {
        self.roles.get(class as usize)?.as_ref()
    }

    /// Whether nothing is read.
    pub(in crate::engine) fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }
}
