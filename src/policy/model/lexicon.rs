//! Owns what a validated policy says of vocabularies.

use super::{LexiconId, Phrase};

pub use crate::policy::prepared::WordFile;

/// A named vocabulary.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Its name.
    pub name: String,
    /// What words of it do in a claim: "names a disease".
    pub label: Option<String>,
    /// Its entries, inflected.
    pub phrases: Words,
    /// Phrases in which an entry means something else: a hit inside one does not count.
    pub except: Words,
    /// Lexicons whose entries and exceptions are part of it.
    pub include: Vec<LexiconId>,
}

impl Lexicon {
    /// A lexicon without entries.
    pub(in crate::policy) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: None,
            phrases: Words::default(),
            except: Words::default(),
            include: Vec::new(),
        }
    }
}

/// Phrases, each once.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Phrases one by one; none of them stands in `file`.
    pub listed: Vec<Phrase>,
    /// A word file of the program, which is not taken apart.
    pub file: Option<WordFile>,
}

impl Words {
    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.listed.len() + self.file.map_or(0, WordFile::len)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
