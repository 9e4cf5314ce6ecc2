//! Owns what a phrase stands for.

use crate::text::{Source, Span};
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

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
/// with its choices parted by `|` and their words by spaces. Steps are equal that say the same, wherever they come from.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    text: Cow<'static, str>,
    /// See [`Self::number`].
    number: Option<u32>,
}

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Steps {}

impl Hash for Steps {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

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
        parts(&self.text, b'\n')
            .filter(|line| !line.is_empty())
            .map(Choices)
    }

    /// Adds a step, unless no choice of it has a word.
    pub(crate) fn push<'c>(&mut self, choices: impl IntoIterator<Item = &'c str>) {
        let text = self.text.to_mut();
        let before = text.len();
        if before > 0 {
            text.push('\n');
        }
        let (mut any, mut first) = (false, true);
        for choice in choices {
            if !first {
                text.push('|');
            }
            first = false;
            any |= !choice.is_empty();
            text.push_str(choice);
        }
        if !any {
            text.truncate(before);
        }
    }

    /// Adds words to the last step, which has one choice.
    pub(in crate::policy) fn extend_last(&mut self, words: &str) {
        if !words.is_empty() {
            let text = self.text.to_mut();
            text.push(' ');
            text.push_str(words);
        }
    }

    /// Whether there is none.
    pub(in crate::policy) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Steps that are part of the program, by their number there and their text, as [`Self::as_str`] gave it.
    pub(in crate::policy) const fn prepared(number: u32, text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            number: Some(number),
        }
    }

    /// Their number among those that the build step has worked out, if it has.
    pub const fn number(&self) -> Option<u32> {
        self.number
    }

    /// The text as which the steps are kept.
    pub(in crate::policy) fn as_str(&self) -> &str {
        &self.text
    }
}

impl<'s> Choices<'s> {
    /// The word sequences, each as one text.
    pub fn iter(self) -> impl Iterator<Item = &'s str> {
        parts(self.0, b'|')
    }

    /// The word sequence, if there is just one.
    pub fn only(self) -> Option<&'s str> {
        (!self.0.bytes().any(|byte| byte == b'|')).then_some(self.0)
    }

    /// Whether the step may be missing.
    pub fn may_be_missing(self) -> bool {
        self.iter().any(str::is_empty)
    }
}

impl<'s> Word<'s> {
    /// The words of a choice.
    pub fn all(choice: &'s str) -> impl Iterator<Item = Self> {
        parts(choice, b' ').filter(|word| !word.is_empty()).map(Self::of)
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

/// The parts of `text` between bytes `at`, of ASCII. They are a few bytes long: looking at each is faster than a search.
fn parts(text: &str, at: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.bytes().position(|byte| byte == at) else {
            return rest.take();
        };
        rest = text.get(end + 1..);
        text.get(..end)
    })
}
