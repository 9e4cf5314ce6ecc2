//! Owns how formats for machines write what lets a finding pass.

use crate::finding::Exception;
use serde::Serialize;

/// An exception.
#[derive(Debug, Serialize)]
pub struct ExceptionRow<'a> {
    /// What kind it is: a comment, front matter, a baseline, a register.
    pub kind: &'static str,
    /// The rule that it speaks of; empty where it speaks of no one rule.
    pub rule: &'a str,
    /// The file it is written in.
    pub path: &'a str,
    /// The line it is written in.
    pub line: usize,
    /// What it reaches over.
    pub covers: &'a str,
    /// Why it was agreed.
    pub reason: &'a str,
    /// Who agreed to it.
    pub by: Option<&'a str>,
    /// From which day on.
    pub since: Option<&'a str>,
    /// Its last day.
    pub until: Option<&'a str>,
    /// Where it was agreed.
    pub ticket: Option<&'a str>,
}

impl<'a> ExceptionRow<'a> {
    /// The row of an exception.
    pub fn new(exception: &'a Exception) -> Self {
        Self {
            kind: exception.kind.name(),
            rule: &exception.rule,
            path: exception.file.name(),
            line: exception.file.position(exception.span.start).line,
            covers: &exception.covers,
            reason: &exception.reason,
            by: exception.by.as_deref(),
            since: exception.since.as_deref(),
            until: exception.until.as_deref(),
            ticket: exception.ticket.as_deref(),
        }
    }
}
