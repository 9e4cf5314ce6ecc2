//! Owns the finding: the one currency between what judges copy and what shows the verdict. Unreadable files and
//! policy mistakes are findings too. It does not know who made a finding or how it is rendered.

mod exception;
mod fingerprint;
mod kinds;
#[cfg(test)]
pub(crate) mod testing;

use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::sync::Arc;

pub use exception::{Excepted, Exception, Standing};
pub use fingerprint::fingerprint;
pub use kinds::{Category, ExceptionKind, Origin, Page, Product, Severity, UnknownName};

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
    pub text: String,
}

/// What one market's rule says of the same words.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// Its severity here.
    pub severity: Severity,
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

/// One thing to tell the writer.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file it stands in; `None` for what concerns no file.
    pub file: Option<Arc<SourceFile>>,
    /// The smallest text that makes the claim, in bytes of the file.
    pub span: Span<Source>,
    /// One sentence: what is wrong.
    pub message: String,
    /// What to do, where it differs from the rule's own help.
    pub help: Option<String>,
    /// The words that make it, each with its role.
    pub labels: Vec<Label>,
    /// Verdicts, worst first; never empty.
    pub verdicts: Vec<Verdict>,
    /// The findings of other markets behind every verdict but the first, each with its own words and place.
    pub joined: Vec<Finding>,
    /// Verdicts that somebody lets pass while those above stand.
    pub excepted: Vec<Excepted>,
    /// The sentence in folded form, for the fingerprint.
    pub folded: String,
    /// What the page sells.
    pub product: Option<Known<Product>>,
    /// What the page is for.
    pub page: Option<Known<Page>>,
    /// Set on candidates that a guard silenced; they are shown on request and never count.
    pub silenced: Option<Silence>,
    /// Which of several findings of the same rule on the same folded sentence in this file it is, 0-based.
    pub ordinal: u32,
}

impl Finding {
    /// The worst verdict's rule.
    ///
    /// # Panics
    /// Never for findings made through [`Finding::new`]: a finding has a verdict.
    pub fn rule(&self) -> &RuleInfo {
        &self.verdicts[0].rule
    }

    /// The worst verdict's severity.
    pub fn severity(&self) -> Severity {
        self.verdicts[0].severity
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
            span,
            message: rule.message.clone(),
            help: None,
            labels: Vec::new(),
            verdicts: vec![Verdict { rule, severity }],
            joined: Vec::new(),
            excepted: Vec::new(),
            folded: String::new(),
            product: None,
            page: None,
            silenced: None,
            ordinal: 0,
        }
    }
}
