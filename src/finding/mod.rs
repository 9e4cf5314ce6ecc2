//! Owns the finding: the one currency between what judges copy and what shows the verdict. Unreadable files and
//! policy mistakes are findings too. It does not know who made a finding or how it is rendered.

mod decision;
mod exception;
mod facts;
mod fingerprint;
mod kinds;
mod names;
mod softening;
#[cfg(test)]
pub(crate) mod testing;
mod view;

use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

pub use decision::{Decision, DecisionKind, Unsound};
pub use exception::{Excepted, Exception, Standing};
pub use facts::{Facts, Statement, Taken};
pub use fingerprint::{fingerprint, fingerprint_of};
pub(crate) use kinds::named;
pub use kinds::{Category, ExceptionKind, MARKETS, Origin, Page, Product, Severity, UnknownName};
pub use names::{Called, called, renamed};
pub use softening::{Softening, SofteningKind};
pub use view::{Piece, View};

/// The law, code or guidance behind a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The statute or code with its section, as a lawyer would cite it.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The day (`YYYY-MM-DD`) on which somebody compared the rule with it; `None`: nobody has yet.
    pub verified: Option<String>,
}

/// What a report says of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// `pack/rule`.
    pub name: String,
    /// The full names it had before; what is written under them still holds.
    pub was: Vec<String>,
    /// The market whose law it is: `us`, `uk`, …; `every` and `none` for packs of no market.
    pub market: String,
    /// The kind of finding it makes.
    pub category: Category,
    /// One sentence: what is wrong.
    pub message: String,
    /// Why, and what to do.
    pub help: String,
    /// Wordings that would pass.
    pub instead: Vec<String>,
    /// What stands behind it.
    pub sources: Vec<Citation>,
}

/// A part of the source that makes the finding, with a word on its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the file.
    pub span: Span<Source>,
    /// What these words do: "names a disease".
    pub text: Arc<str>,
}

/// What one market's rule says, in its own words and at its own place. A page of claims has very many of them, so it
/// holds what differs from the rule's own words, and no more.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// Its severity here.
    pub severity: Severity,
    /// The smallest text that makes the claim, in bytes of the file.
    pub span: Span<Source>,
    /// What is told in the place of the rule's message and help.
    pub words: Option<Box<Words>>,
    /// The words that make it, each with its role.
    pub labels: Box<[Label]>,
    /// The sentence in folded form, for the fingerprint.
    pub folded: Arc<str>,
    /// Which of several of the same rule on the same folded sentence in this file it is, 0-based.
    pub ordinal: u32,
}

/// Words of a verdict that differ from its rule's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// One sentence: what is wrong.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Wordings that would pass.
    pub instead: Option<Arc<[String]>>,
    /// What a reviewer decided, where the finding stands all the same.
    pub decision: Option<Arc<Decision>>,
}

impl Verdict {
    /// What a rule says in its own words, with no labels yet.
    pub fn new(rule: Arc<RuleInfo>, severity: Severity, span: Span<Source>) -> Self {
        Self {
            rule,
            severity,
            span,
            words: None,
            labels: Box::default(),
            folded: Arc::default(),
            ordinal: 0,
        }
    }

    /// One sentence: what is wrong.
    pub fn message(&self) -> &str {
        let own = self.words.as_ref().and_then(|words| words.message.as_deref());
        own.unwrap_or(&self.rule.message)
    }

    /// Why, and what to do.
    pub fn help(&self) -> &str {
        self.own_help().unwrap_or(&self.rule.help)
    }

    /// What to do, where it differs from the rule's own help.
    pub fn own_help(&self) -> Option<&str> {
        self.words.as_ref()?.help.as_deref()
    }

    /// Wordings that would pass.
    pub fn instead(&self) -> &[String] {
        let own = self.words.as_ref().and_then(|words| words.instead.as_deref());
        own.unwrap_or(&self.rule.instead)
    }

    /// What a reviewer decided on it, where it stands all the same.
    pub fn decision(&self) -> Option<&Decision> {
        self.words.as_ref()?.decision.as_deref()
    }

    /// Where it stands, and where its labels do.
    pub fn places(&self) -> impl Iterator<Item = Span<Source>> {
        let labels = self.labels.iter().map(|label| label.span);
        std::iter::once(self.span).chain(labels)
    }

    /// Tells this in the place of the rule's message.
    pub fn say(&mut self, message: impl Into<String>) {
        self.words.get_or_insert_default().message = Some(message.into());
    }

    /// Tells this in the place of the rule's help.
    pub fn advise(&mut self, help: impl Into<String>) {
        self.words.get_or_insert_default().help = Some(help.into());
    }

    /// Offers these in the place of the rule's wordings.
    pub fn offer(&mut self, instead: Arc<[String]>) {
        self.words.get_or_insert_default().instead = Some(instead);
    }
}

/// A product or page kind and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<K> {
    /// The kind.
    pub kind: K,
    /// Where it is known from.
    pub from: Origin,
    /// The words or the place that say so; may be empty.
    pub because: String,
}

/// Why a candidate is no finding after all: a guard found it harmless, a layout makes the statement, or somebody lets
/// it pass.
#[derive(Clone, Debug)]
pub struct Silence {
    /// What silenced it: a guard's name (`negated`, `hedged`, …), `satisfied`, `suppressed`, `baseline` or `register`.
    pub guard: String,
    /// The words, the place or the reason that say so.
    pub because: String,
    /// The exception, where somebody lets it pass.
    pub exception: Option<Arc<Exception>>,
}

impl Silence {
    /// Silence by the copy or the settings themselves.
    pub fn new(guard: impl Into<String>, because: impl Into<String>) -> Self {
        Self {
            guard: guard.into(),
            because: because.into(),
            exception: None,
        }
    }
}

/// One thing to tell the writer. It speaks with the words and at the place of its worst verdict.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file it stands in; `None` for what concerns no file.
    pub file: Option<Arc<SourceFile>>,
    /// Verdicts, worst first; never empty.
    pub verdicts: Vec<Verdict>,
    /// Verdicts that somebody lets pass while those above stand.
    pub excepted: Vec<Excepted>,
    /// What the page sells.
    pub product: Option<Arc<Known<Product>>>,
    /// What the page is for.
    pub page: Option<Arc<Known<Page>>>,
    /// Set on candidates that a guard silenced; they are shown on request and never count.
    pub silenced: Option<Box<Silence>>,
}

/// # Panics
/// Never for findings made through [`Finding::new`]: a finding has a verdict.
impl Deref for Finding {
    type Target = Verdict;
    fn deref(&self) -> &Verdict {
        &self.verdicts[0]
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut Verdict {
        &mut self.verdicts[0]
    }
}

impl Finding {
    /// The worst verdict's rule.
    pub fn rule(&self) -> &RuleInfo {
        &self.rule
    }

    /// Its verdicts, and those that somebody lets pass.
    pub fn every_verdict(&self) -> impl Iterator<Item = &Verdict> {
        let excepted = self.excepted.iter().map(|excepted| &excepted.verdict);
        self.verdicts.iter().chain(excepted)
    }

    /// The worst verdict's severity.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// A finding of one rule, with no labels, product or page yet.
    pub fn new(
        rule: Arc<RuleInfo>,
        severity: Severity,
        file: Option<Arc<SourceFile>>,
        span: Span<Source>,
    ) -> Self {
        Self {
            file,
            verdicts: vec![Verdict::new(rule, severity, span)],
            excepted: Vec::new(),
            product: None,
            page: None,
            silenced: None,
        }
    }
}
