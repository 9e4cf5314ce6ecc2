//! Owns a mistake in a structured text: its place, what is wrong and what would be right.

use crate::text::{Source, Span};

/// A mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub span: Span<Source>,
    /// What is wrong, one sentence without its full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake without help.
    pub fn new(span: Span<Source>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with the right name nearest to what is written, or with all of them.
    #[must_use]
    pub fn among(self, written: &str, names: &[&str]) -> Self {
        match nearest(written, names.iter().copied()) {
            Some(name) => self.help(format!("`{name}` is the nearest name")),
            None => self.help(format!("there are: {}", names.join(", "))),
        }
    }
}

/// The candidates most like `word`, the likest first: `most` of those near enough to be meant.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| is_near(*distance, word, candidate))
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(most);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn is_near(distance: usize, word: &str, candidate: &str) -> bool {
    distance <= 1 + candidate.len().max(word.len()) / 4
}

/// The candidate most like `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| is_near(*distance, word, candidate))
        .min()
        .map(|(_, candidate)| candidate)
}
