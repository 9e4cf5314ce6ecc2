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
    let mut found: Vec<(usize, &str)> = distances(word, candidates).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(most);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The candidates near enough to be meant, with their distances. A name is short; what is long is no slip of one, and
/// to compare it would cost its length many times over.
fn distances<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    const LONGEST: usize = 128;
    let near = move |candidate: &'a str| {
        let longer = candidate.len().max(word.len());
        let most = 1 + longer / 4;
        if longer > LONGEST || candidate.len().abs_diff(word.len()) > most * 4 {
            return None;
        }
        let distance = strsim::damerau_levenshtein(word, candidate);
        (distance <= most).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near)
}

/// The candidate most like `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    distances(word, candidates).min().map(|(_, candidate)| candidate)
}
