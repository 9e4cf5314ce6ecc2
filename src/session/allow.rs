//! Owns laying suppressions over what a file's copy was found to say, and telling what is wrong with them.

use super::rules::{Library, Loaded};
use super::{Checked, own};
use crate::document::Document;
use crate::finding::Severity;
use crate::suppress::{self, Kind, Problem, Suppressions};
use std::sync::Arc;

/// Lets pass what comments and front matter say. Pages that say nothing cost nothing.
pub(super) fn apply(document: &Document, loaded: &Loaded, library: &Library, out: &mut Checked) {
    if !suppress::any(document) {
        return;
    }
    let named = |rule: &str| library.named(loaded, rule);
    let suppressions = Suppressions::read(document, library.as_of(), &named);
    suppressions.apply(&mut out.findings);
    let (standings, problems) = suppressions.close(&out.findings);
    out.exceptions = standings;
    for Problem { kind, mistake } in problems {
        let (rule, severity) = match kind {
            Kind::Mistaken => (own::SUPPRESSION, Severity::Error),
            Kind::Expired => (own::EXPIRED, Severity::Error),
            Kind::Unused => (own::UNUSED, Severity::Warning),
            Kind::EndsSoon => (own::ENDS_SOON, Severity::Advice),
            Kind::Renamed => (own::RENAMED, Severity::Advice),
        };
        let file = Some(Arc::clone(&document.file));
        let mut finding = rule.finding(severity, file, mistake.span, mistake.message);
        if let Some(help) = mistake.help {
            finding.advise(help);
        }
        out.findings.push(finding);
    }
}
