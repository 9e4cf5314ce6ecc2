//! Owns a pack's book of phrases: the steps that the build step has worked out, by place. A phrase that is not in it is
//! expanded when it is read.

use super::lexicon::{Form, expand};
use super::model::Steps;
use super::pattern::BadPhrase;
use crate::text::{Source, Span};
use std::borrow::Cow;
use std::cell::RefCell;

/// The steps of one phrase: where its text begins (a byte of the pack), its form, and the steps.
pub(super) type Note = (u32, Form, Steps);

/// The steps of a pack's phrases.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// By place and form.
    known: Cow<'static, [Note]>,
    /// What was looked up; `None` where nobody wants to know.
    noted: Option<RefCell<Vec<Note>>>,
}

impl Book {
    /// A book of steps that are known, in order of place and form.
    pub(super) const fn of(known: &'static [Note]) -> Self {
        Self {
            known: Cow::Borrowed(known),
            noted: None,
        }
    }

    /// Whether the build step has read the pack and found no mistake.
    pub(super) fn is_ready(&self) -> bool {
        !self.known.is_empty()
    }

    /// An empty book that notes what it is asked.
    pub(super) fn noting() -> Self {
        Self {
            known: Cow::default(),
            noted: Some(RefCell::default()),
        }
    }

    /// The steps of the phrase `text`, which stands at `at` in the pack.
    pub(super) fn steps(&self, at: Span<Source>, text: &str, form: Form) -> Result<Steps, BadPhrase> {
        let place = |(start, form, _): &Note| (*start, *form);
        if let Ok(found) = self.known.binary_search_by_key(&(at.start, form), place) {
            return Ok(self.known[found].2.clone());
        }
        let steps = expand(text, form)?;
        if let Some(noted) = &self.noted {
            noted.borrow_mut().push((at.start, form, steps.clone()));
        }
        Ok(steps)
    }

    /// What was noted, in order of place and form, each once.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = self.noted.as_ref().map(RefCell::take).unwrap_or_default();
        notes.sort_by_key(|(start, form, _)| (*start, *form));
        notes.dedup_by_key(|(start, form, _)| (*start, *form));
        notes
    }
}
