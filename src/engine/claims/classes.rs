//! Owns the classes of words that claims are made of, compiled.

use super::words::mark;
use crate::engine::frame::Role;
use crate::engine::set::IdSet;
use crate::finding::Product;

/// What a word of a class is in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Kind {
    /// It says that something is done.
    Effect,
    /// It is what something is done to.
    Target,
    /// It is what does it.
    Subject(Product),
    /// It is who treats, by what they stand for.
    Person(Product),
}

/// What a hit of a lexicon tells: marks of its first word, and what its words are in a claim.
pub(in crate::engine) type Told = (u16, Option<Kind>);

/// The classes by lexicon, and the words that claims go by.
#[derive(Debug, Default)]
pub(in crate::engine) struct Classes {
    pub(in crate::engine) acts: IdSet,
    pub(in crate::engine) helping: IdSet,
    pub(in crate::engine) holding: IdSet,
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
    pub(in crate::engine) people: Vec<(Product, IdSet)>,
    pub(in crate::engine) determiners: IdSet,
    pub(in crate::engine) instructing: IdSet,
    pub(in crate::engine) be: IdSet,
    pub(in crate::engine) joins: IdSet,
    pub(in crate::engine) breaks: IdSet,
    pub(in crate::engine) voids: IdSet,
    pub(in crate::engine) chains: IdSet,
    pub(in crate::engine) chained: IdSet,
    pub(in crate::engine) first_person: IdSet,
    /// For each lexicon of a class what shows it in a finding.
    pub(in crate::engine) roles: Vec<Option<Role>>,
    /// For each lexicon what a hit of it tells: see [`Self::tells`].
    pub(in crate::engine) told: Vec<Told>,
}

impl Classes {
    /// Works out what each of the first `count` lexicons tells.
    pub(in crate::engine) fn settle(&mut self, count: usize) {
        self.told = (0..count as u32)
            .map(|lexicon| (self.marks(lexicon), self.kind(lexicon)))
            .collect();
    }

    /// What a hit of a lexicon marks, and what its words are in a claim.
    pub(super) fn tells(&self, lexicon: u32) -> Told {
        self.told.get(lexicon as usize).copied().unwrap_or_default()
    }

    /// Whether a sentence with a hit of a lexicon may hold a claim or name a subject.
    pub(in crate::engine) fn begins(&self, lexicon: u32) -> bool {
        matches!(self.tells(lexicon).1, Some(Kind::Effect | Kind::Subject(_)))
    }

    fn marks(&self, lexicon: u32) -> u16 {
        let marks = [
            (&self.be, mark::BE),
            (&self.joins, mark::JOIN),
            (&self.breaks, mark::BREAK),
            (&self.voids, mark::VOID),
            (&self.chains, mark::CHAIN),
            (&self.first_person, mark::FIRST),
            (&self.prepositions, mark::OF),
            (&self.determiners, mark::THE),
            (&self.instructing, mark::INSTRUCTS),
        ];
        let told = marks.into_iter().filter(|(set, _)| set.has(lexicon));
        told.fold(0, |marks, (_, mark)| marks | mark)
    }

    fn kind(&self, lexicon: u32) -> Option<Kind> {
        self.roles.get(lexicon as usize)?.as_ref()?;
        if self.targets.has(lexicon) {
            return Some(Kind::Target);
        }
        let among = |all: &[(Product, IdSet)]| {
            let of = all.iter().find(|(_, terms)| terms.has(lexicon));
            of.map(|(kind, _)| *kind)
        };
        let subject = among(&self.subjects).map(Kind::Subject);
        Some(
            subject
                .or_else(|| among(&self.people).map(Kind::Person))
                .unwrap_or(Kind::Effect),
        )
    }

    /// What words of a lexicon are in a claim.
    pub(in crate::engine) fn plays(&self, lexicon: u32) -> Option<Kind> {
        self.tells(lexicon).1
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
