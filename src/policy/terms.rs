//! Owns reading the words that a rule names: phrases of its own and lexicons.

use super::lexicon::Form;
use super::model::{Lexicon, LexiconId, Phrase, Terms};
use super::read::{Fields, Reader};
use crate::data::Needed::Any;
use crate::data::Shape::{AnyOf, Called, List, Object, Text, Word};
use crate::data::{Entry, Key, Node, Shape, Value, align, keys};
use crate::text::{Source, Span};

/// Phrases in the language of patterns.
pub(super) const PHRASES: Shape = Called("phrases", &List(&Word));
/// Names of lexicons.
pub(super) const LEXICONS: Shape = Called("lexicons", &List(&Text));
/// Terms: the name of a lexicon, names, or a mapping with phrases besides.
pub(super) const TERMS_SHAPE: Shape = Called("terms", &AnyOf(&[Text, LEXICONS, Object(TERMS)]));

keys! {
    /// The keys of terms that are a mapping.
    pub(super) const TERMS {
        /// Names of lexicons whose words are meant.
        "lexicons": LEXICONS, Any;
        /// Phrases of its own.
        "words": PHRASES, Any;
    }
}

impl Reader<'_> {
    /// Adds the word sequences of one entry.
    pub(super) fn phrase(&mut self, name: &str, node: &Node, form: Form, out: &mut Vec<Phrase>) {
        if self.word(name, node).is_none() {
            return;
        }
        // Places count in the text as decoded, so not in the trimmed one.
        let (Value::Text(text) | Value::Number(text)) = &node.value else {
            return;
        };
        let Some(whole) = self.with_choices(node, text) else {
            return;
        };
        match self.book.steps(node.span, &whole, form) {
            Ok(steps) => out.push(Phrase {
                steps,
                span: node.span,
            }),
            Err(bad) => {
                // What choices put in has no place of its own.
                let span = if whole.len() == text.len() {
                    self.inside(node, bad.at)
                } else {
                    node.span
                };
                self.wrong(span, bad.message, bad.help);
            }
        }
    }

    /// Where bytes of a scalar's decoded text stand in the file.
    pub(super) fn inside(&self, node: &Node, at: std::ops::Range<usize>) -> Span<Source> {
        align(node, self.text).map_or(node.span, |prose| prose.origin(Span::of(at)))
    }

    /// A list of phrases under a key that may be missing.
    pub(super) fn phrases_of(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Phrase> {
        let mut out = Vec::new();
        for item in self.items_of(fields, key) {
            self.phrase(key, item, Form::Phrase, &mut out);
        }
        out
    }

    /// The phrases that a key, taken as a phrase, stands for.
    pub(super) fn key_phrases(&mut self, entry: &Entry) -> Vec<Phrase> {
        match self.book.steps(entry.key_span, &entry.key, Form::Phrase) {
            Ok(steps) => vec![Phrase {
                steps,
                span: entry.key_span,
            }],
            Err(bad) => {
                self.wrong(entry.key_span, bad.message, bad.help);
                Vec::new()
            }
        }
    }

    /// The lexicon that a text names.
    pub(super) fn lexicon_named(&mut self, name: &str, node: &Node) -> Option<LexiconId> {
        let text = self.text(name, node)?;
        let found = self.scope.get(text).copied();
        match found {
            Some(id) => {
                self.used.insert(id);
            }
            None if self.blind => return Some(self.unseen(text)),
            None => {
                let names: Vec<String> = {
                    let mut names: Vec<String> = self.scope.keys().map(ToString::to_string).collect();
                    names.sort();
                    names
                };
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let message = format!("There is no lexicon `{text}`");
                self.unknown(node.span, message, text, &names);
            }
        }
        found
    }

    /// A lexicon that may stand where nothing could be read.
    fn unseen(&mut self, name: &str) -> LexiconId {
        let id = self.lexicons.len();
        self.lexicons.push(Lexicon::named(name));
        self.scope.insert(name.to_owned().into(), id);
        id
    }

    /// The lexicons of a list of names.
    pub(super) fn lexicons_of(&mut self, fields: &Fields<'_>, key: &str) -> Vec<LexiconId> {
        let mut out = Vec::new();
        for item in self.items_of(fields, key) {
            out.extend(self.lexicon_named(key, item));
        }
        out
    }

    /// Terms: names of lexicons, or a mapping with these keys, `lexicons` and `words` and perhaps others, whose fields
    /// are returned too.
    pub(super) fn terms<'n>(
        &mut self,
        name: &'n str,
        node: &'n Node,
        keys: &[Key],
    ) -> (Terms, Option<Fields<'n>>) {
        let mut terms = Terms::default();
        let before = self.mistakes.len();
        let mut fields = None;
        match &node.value {
            Value::Text(_) => terms.lexicons.extend(self.lexicon_named(name, node)),
            Value::List(items) => {
                for item in items {
                    terms.lexicons.extend(self.lexicon_named(name, item));
                }
            }
            _ => {
                fields = self.fields(node, name, keys);
                if let Some(fields) = &fields {
                    terms.lexicons = self.lexicons_of(fields, "lexicons");
                    terms.phrases = self.phrases_of(fields, "words");
                }
            }
        }
        if terms.is_empty() && before == self.mistakes.len() {
            self.wrong(
                node.span,
                format!("`{name}` names no words"),
                "Write a list of lexicons, or `{lexicons: […], words: […]}`.",
            );
        }
        (terms, fields)
    }

    /// Terms under a key that may be missing.
    pub(super) fn terms_of(&mut self, fields: &Fields<'_>, key: &str) -> Terms {
        fields
            .entry(key)
            .map(|entry| self.terms(key, &entry.node, TERMS).0)
            .unwrap_or_default()
    }
}
