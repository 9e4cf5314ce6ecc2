//! Owns made-up findings and exceptions for tests. What a test is about it sets itself.

use super::{Category, Exception, ExceptionKind, Finding, RuleInfo, Severity};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::ops::Range;
use std::sync::Arc;

/// A rule `pack/rule` that says its name and no more; its market is called as its pack.
pub(crate) fn rule(name: &str, category: Category) -> RuleInfo {
    RuleInfo {
        name: name.into(),
        was: Vec::new(),
        market: name.split('/').next().unwrap_or_default().into(),
        category,
        message: format!("{name} speaks"),
        help: String::new(),
        instead: Vec::new(),
        sources: Vec::new(),
    }
}

/// A finding in no file.
pub(crate) fn finding(name: &str, category: Category, severity: Severity, span: Span<Source>) -> Finding {
    Finding::new(Arc::new(rule(name, category)), severity, None, span)
}

/// A finding of a file that has this text.
pub(crate) fn found(rule: RuleInfo, name: &str, text: &str, range: Range<usize>) -> Finding {
    let file = Arc::new(SourceFile::new(name, text));
    Finding::new(Arc::new(rule), Severity::Error, Some(file), Span::of(range))
}

/// An exception for a rule over a whole file that was agreed to for a reason, by nobody and for ever.
pub(crate) fn exception(kind: ExceptionKind, rule: &str, path: &str, reason: &str) -> Exception {
    Exception {
        kind,
        rule: rule.into(),
        file: Arc::new(SourceFile::new(path, "")),
        span: Span::empty(0),
        covers: "the file".into(),
        reason: reason.into(),
        by: None,
        since: None,
        until: None,
        ticket: None,
    }
}
