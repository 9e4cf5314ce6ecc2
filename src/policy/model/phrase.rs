//! Owns what a phrase stands for.

use crate::text::{Source, Span};

/// A sequence of words to look for. Words are folded as [`crate::text::fold`] folds and cut as the scanner cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The steps, in order; at least one of them must be taken.
    pub steps: Steps,
    /// Where its text stands in the policy file.
    pub span: Span<Source>,
}

/// The steps of a phrase. Each has choices, word sequences of which one stands there; an empty one says that the
/// step may be missing. There are many thousands of phrases, so the steps are kept as one text: a line for each,
/// with its choices parted by `|` and their words by spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Steps(String);

/// One place in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word<'s> {
    /// This very word, folded.
    Is(&'s str),
    /// Any number: `12`, `3.5`, `1,000`, a number word.
    Number,
    /// Any one word.
    Any,
    /// A comma that may stand here.
    Comma,
}

/// The choices of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices<'s>(&'s str);

impl Steps {
    /// The steps, in order.
    pub fn iter(&self) -> impl Iterator<Item = Choices<'_>> {
        // No step is no line; a step of one empty choice is never kept.
        self.0.split('\n').filter(|line| !line.is_empty()).map(Choices)
    }

    /// Adds a step, unless no choice of it has a word.
    pub(in crate::policy) fn push<'c>(&mut self, choices: impl IntoIterator<Item = &'c str>) {
        let before = self.0.len();
        if before > 0 {
            self.0.push('\n');
        }
        let (mut any, mut first) = (false, true);
        for choice in choices {
            if !first {
                self.0.push('|');
            }
            first = false;
            any |= !choice.is_empty();
            self.0.push_str(choice);
        }
        if !any {
            self.0.truncate(before);
        }
    }

    /// Adds words to the last step, which has one choice.
    pub(in crate::policy) fn extend_last(&mut self, words: &str) {
        if !words.is_empty() {
            self.0.push(' ');
            self.0.push_str(words);
        }
    }

    /// Whether there is none.
    pub(in crate::policy) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'s> Choices<'s> {
    /// The word sequences, each as one text.
    pub fn iter(self) -> impl Iterator<Item = &'s str> {
        self.0.split('|')
    }

    /// The word sequence, if there is just one.
    pub fn only(self) -> Option<&'s str> {
        (!self.0.contains('|')).then_some(self.0)
    }

    /// Whether the step may be missing.
    pub fn may_be_missing(self) -> bool {
        self.iter().any(str::is_empty)
    }
}

impl<'s> Word<'s> {
    /// The words of a choice.
    pub fn all(choice: &'s str) -> impl Iterator<Item = Self> {
        choice.split(' ').filter(|word| !word.is_empty()).map(Self::of)
    }

    fn of(text: &'s str) -> Self {
        match text {
            "#" => Self::Number,
            "_" => Self::Any,
            "," => Self::Comma,
            _ => Self::Is(text),
        }
    }
}
