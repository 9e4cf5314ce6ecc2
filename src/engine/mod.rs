//! Owns the verdict: compiles a policy once and judges documents by it. It knows no file system and no report.

use crate::document::Document;
use crate::finding::{Finding, Known, Page, Product};
use crate::policy::model::Policy;
use jiff::civil::Date;

/// A policy compiled for matching. Immutable; shared between threads.
#[derive(Debug)]
pub struct Ruleset {}

/// What is known of a document from outside of it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The product, if somebody says it.
    pub product: Option<Known<Product>>,
    /// The page, if somebody says it.
    pub page: Option<Known<Page>>,
    /// Whether the file is a partial or layout, which owes nothing.
    pub partial: bool,
}

/// What came of a document.
#[derive(Debug, Default)]
pub struct Judged {
    /// Findings in order of place, silenced candidates among them (with `silenced` set).
    pub findings: Vec<Finding>,
    /// Words of copy.
    pub words: u32,
}

impl Ruleset {
    /// Compiles the rules in force on `as_of`.
    pub fn new(policy: &Policy, as_of: Date) -> Self {
        let _ = (policy, as_of);
        Self {}
    }

    /// Judges one document.
    pub fn judge(&self, document: &Document, given: &Given) -> Judged {
        let _ = (document, given);
        Judged::default()
    }
}
