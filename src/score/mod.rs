//! Owns measuring verdicts against labelled copy: how many of the claims that a reader would send back the rules find,
//! and how many of their findings a reader would send back. It does not know how copy is judged.

mod decided;
mod labels;
mod met;
mod sentence;
#[cfg(test)]
mod tests;

use crate::finding::{Category, Finding, Severity};
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

pub use decided::{FILE, Key, decided, merged};
pub use labels::{Duty, Label, LabelMistake, Labelled, Strength, documents, sentences};
pub use met::{Met, met};

/// How often something was as the labels say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Labels of strength `must` on which an error or a warning stands.
    pub found: usize,
    /// Labels of strength `must`.
    pub must: usize,
    /// Sentences given an error or a warning that carry a label `must`.
    pub right: usize,
    /// Sentences given an error or a warning that carry no label.
    pub wrong: usize,
}

impl Tally {
    /// Share of the `must` labels that were found; 1 where there are none.
    pub fn recall(&self) -> f64 {
        share(self.found, self.must)
    }

    /// Share of the sentences spoken to that carry a `must` label; those that carry only `may` count on neither side.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// What a rule did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Sentences that it gave an error or a warning and that carry a label `must`.
    pub right: usize,
    /// The same with labels `may` only.
    pub loud: usize,
    /// The same without any label.
    pub wrong: usize,
    /// Pieces of advice on sentences with a label.
    pub advised: usize,
    /// Pieces of advice on sentences without any label.
    pub advised_wrong: usize,
}

/// How often a statement that documents owe was missed, rightly or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DutyTally {
    /// Documents that owe it, lack it, and were told so.
    pub right: usize,
    /// Documents that were told so and owe or lack nothing.
    pub wrong: usize,
    /// Documents that owe and lack it and were not told.
    pub missed: usize,
}

/// What was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Labelled documents.
    pub documents: usize,
    /// Words in them.
    pub words: usize,
    /// Over all categories.
    pub all: Tally,
    /// By the category of the label (`found`, `must`) or of the finding (`right`, `wrong`).
    pub categories: BTreeMap<Category, Tally>,
    /// By rule; rules that said nothing are not in it.
    pub rules: BTreeMap<String, RuleTally>,
    /// By the category of the statement.
    pub duties: BTreeMap<Category, DutyTally>,
    /// Labels of strength `may`.
    pub may: usize,
    /// Of these, those given an error or a warning.
    pub may_loud: usize,
    /// Of these, those given anything at all.
    pub may_advised: usize,
    /// Pieces of advice on sentences without any label.
    pub advice_wrong: usize,
    /// `must` labels that nothing loud stands on: the document and the place of the label.
    pub missed: Vec<(String, Span<Source>, Category)>,
    /// Errors and warnings on sentences without any label: the document, the place of the finding, the rule.
    pub false_alarms: Vec<(String, Span<Source>, String)>,
}

/// A finding of one document, cut to the sentence in which it starts.
struct Said<'f> {
    finding: &'f Finding,
    span: Span<Source>,
    sentence: Span<Source>,
}

/// Measures findings, which `of` gives for each document, against the labels.
pub fn measure<'f>(documents: &[Labelled], of: impl Fn(&str) -> Vec<&'f Finding>) -> Figures {
    let mut figures = Figures {
        documents: documents.len(),
        ..Figures::default()
    };
    for document in documents {
        let findings = of(&document.name);
        figures.words += document.words;
        let claims = findings
            .iter()
            .filter(|finding| is_claim(finding.rule().category));
        let (loud, quiet): (Vec<Said<'_>>, Vec<Said<'_>>) = claims
            .map(|finding| said(document, finding))
            .partition(|said| is_loud(said.finding));
        figures.labels(document, &loud, &quiet);
        figures.loud(document, &loud);
        figures.quiet(document, &quiet);
        figures.duties(document, &findings);
    }
    figures
}

/// The categories of the labelling guide's claims; others are not measured.
fn is_claim(category: Category) -> bool {
    !category.is_duty()
        && !matches!(
            category,
            Category::Terms | Category::Register | Category::Policy | Category::Suppression | Category::Io
        )
}

fn is_loud(finding: &Finding) -> bool {
    finding.severity() >= Severity::Warning
}

fn said<'f>(document: &Labelled, finding: &'f Finding) -> Said<'f> {
    let sentence = sentence::around(&document.text, finding.span.start);
    Said {
        finding,
        span: Span::new(finding.span.start, finding.span.end.min(sentence.end)),
        sentence,
    }
}

/// The labels that a place meets; where it meets none, those of its sentence.
fn touched(document: &Labelled, span: Span<Source>, sentence: Span<Source>) -> Vec<&Label> {
    let on = |span: Span<Source>| {
        let meets = move |label: &&Label| span.start < label.span.end && label.span.start < span.end;
        document.labels.iter().filter(meets).collect::<Vec<_>>()
    };
    let labels = on(span);
    if labels.is_empty() { on(sentence) } else { labels }
}

/// The strongest of the labels that a place meets; none where a reader said nothing of it.
fn strongest(document: &Labelled, span: Span<Source>, sentence: Span<Source>) -> Option<Strength> {
    let labels = touched(document, span, sentence);
    labels.iter().map(|label| label.strength).max()
}

impl Figures {
    fn labels(&mut self, document: &Labelled, loud: &[Said<'_>], quiet: &[Said<'_>]) {
        for label in &document.labels {
            let stands =
                |said: &Said<'_>| said.span.start < label.span.end && label.span.start < said.span.end;
            let spoken = loud.iter().any(stands);
            match label.strength {
                Strength::None => {}
                Strength::May => {
                    self.may += 1;
                    self.may_loud += usize::from(spoken);
                    self.may_advised += usize::from(spoken || quiet.iter().any(stands));
                }
                Strength::Must => {
                    for tally in [&mut self.all, self.categories.entry(label.category).or_default()] {
                        tally.must += 1;
                        tally.found += usize::from(spoken);
                    }
                    if !spoken {
                        self.missed
                            .push((document.name.clone(), label.span, label.category));
                    }
                }
            }
        }
    }

    fn loud(&mut self, document: &Labelled, loud: &[Said<'_>]) {
        let mut seen = BTreeSet::new();
        for said in loud {
            let strength = strongest(document, said.span, said.sentence);
            if strength.is_none() && document.partly {
                continue;
            }
            let rule = self.rules.entry(said.finding.rule().name.clone()).or_default();
            if strength == Some(Strength::May) {
                rule.loud += 1;
                continue;
            }
            let right = strength == Some(Strength::Must);
            if !seen.insert((said.sentence, right)) {
                continue;
            }
            let category = self.categories.entry(said.finding.rule().category).or_default();
            if !right {
                rule.wrong += 1;
                category.wrong += 1;
                self.all.wrong += 1;
                let name = said.finding.rule().name.clone();
                self.false_alarms.push((document.name.clone(), said.span, name));
            } else {
                rule.right += 1;
                category.right += 1;
                self.all.right += 1;
            }
        }
    }

    fn quiet(&mut self, document: &Labelled, quiet: &[Said<'_>]) {
        let mut seen = BTreeSet::new();
        for said in quiet {
            let strength = strongest(document, said.span, said.sentence);
            if strength.is_none() && document.partly {
                continue;
            }
            let rule = self.rules.entry(said.finding.rule().name.clone()).or_default();
            if strength >= Some(Strength::May) {
                rule.advised += 1;
            } else if seen.insert(said.sentence) {
                rule.advised_wrong += 1;
                self.advice_wrong += 1;
            }
        }
    }

    fn duties(&mut self, document: &Labelled, findings: &[&Finding]) {
        for duty in &document.duties {
            let told = findings
                .iter()
                .any(|finding| is_loud(finding) && finding.rule().category == duty.category);
            let owed = duty.owes && !duty.has;
            let tally = self.duties.entry(duty.category).or_default();
            tally.right += usize::from(owed && told);
            tally.wrong += usize::from(told && !owed);
            tally.missed += usize::from(owed && !told);
        }
    }
}
