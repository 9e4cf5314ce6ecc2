//! Owns the exception: that somebody lets a finding pass, why, and until when. Comments, front matter, the baseline and
//! the claims register all write them, and reviewers read them as one list.

use super::ExceptionKind;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::sync::Arc;

/// A finding that is let pass.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Where it is written.
    pub kind: ExceptionKind,
    /// The full name of the rule that it lets pass; empty for a claim of the register, which any claim rule lets pass.
    pub rule: String,
    /// The file that it is written in.
    pub file: Arc<SourceFile>,
    /// Where in that file.
    pub span: Span<Source>,
    /// What it covers, for people: "the next block", "lines 10 to 24", "the file", a path, a claim's text.
    pub covers: String,
    /// Why.
    pub reason: String,
    /// Who lets it pass.
    pub by: Option<String>,
    /// Since which day (`YYYY-MM-DD`).
    pub since: Option<String>,
    /// The last day (`YYYY-MM-DD`) on which it holds.
    pub until: Option<String>,
    /// The ticket that tells more.
    pub ticket: Option<String>,
}

/// An exception and how much it is used.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The exception.
    pub exception: Arc<Exception>,
    /// How many findings it lets pass.
    pub used: usize,
}
