//! Owns the verdict: compiles a policy once and judges documents by it. It knows no file system and no report.
//!
//! One scan finds every word of every lexicon (`scan`); frames say where words meet (`frame`); checks turn that
//! into candidates (`checks`); guards silence the harmless ones (`guards`); what is left is joined into one
//! finding for each sentence and category (`merge`).

mod answers;
mod checks;
mod claims;
mod compile;
mod compiler;
mod context;
pub mod coverage;
mod frame;
mod guards;
mod judge;
mod kept;
mod meanings;
mod memory;
mod merge;
mod names;
mod pages;
mod presence;
mod profile;
mod scan;
mod set;
mod tell;
mod tells;
pub mod trial;
mod vocabulary;
mod why;

use crate::finding::{Facts, Finding, Known, Page, Product};

pub use answers::Answer;
pub use claims::told::Told;
pub use compile::Ruleset;
pub use memory::Memory;
pub use why::{Lack, Read};

/// What is known of a document from outside of it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The product, if somebody says it.
    pub product: Option<Known<Product>>,
    /// The page, if somebody says it.
    pub page: Option<Known<Page>>,
    /// With how many words of running text the file owes what documents owe: 0 for a document, [`u32::MAX`] for a part
    /// of pages, which owes nothing.
    pub owes_from: u32,
    /// The path whose names tell the page, where the document's own name is another.
    pub path: Option<String>,
}

/// What came of a document.
#[derive(Debug)]
pub struct Judged {
    /// Findings in order of place, silenced candidates among them (with `silenced` set).
    pub findings: Vec<Finding>,
    /// What it says of itself.
    pub facts: Facts,
}
