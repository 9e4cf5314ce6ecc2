//! Owns laying suppressions over what a file's copy was found to say, and telling what is wrong with them.

use super::rules::{Library, Loaded};
use super::{Checked, own};
use crate::document::Document;
use crate::extract::{format_of, within_fences};
use crate::finding::Severity;
use crate::suppress::{self, Kind, Problem, Suppressions};
use crate::text::Span;
use std::sync::Arc;

/// How comments begin that let findings pass.
const COMMENTS: [&str; 2] = ["<!-- caveat-allow", "# caveat-allow"];

/// Says of comments that stand within front matter that they let nothing pass.
fn in_matter(document: &Document, out: &mut Checked) {
    let file = &document.file;
    // In a file of data what stands between fences is the data.
    let is_data = format_of(file.name()).is_some_and(|format| format.is_data());
    let Some(matter) = within_fences(file.text()).filter(|_| !is_data) else {
        return;
    };
    let text = &file.text()[matter.clone()];
    for (at, comment) in COMMENTS.iter().flat_map(|comment| text.match_indices(comment)) {
        let at = (matter.start + at) as u32;
        let span = Span::new(at, at + comment.len() as u32);
        let message = "a comment within front matter lets nothing pass";
        let mut finding = own::SUPPRESSION.finding(Severity::Error, Some(Arc::clone(file)), span, message);
        finding.advise("write it as `caveat: {allow: [{rule: RULE, reason: why}]}`");
        out.findings.push(finding);
    }
}

/// Lets pass what comments and front matter say. Pages that say nothing cost nothing.
pub(super) fn apply(document: &Document, loaded: &Loaded, library: &Library, out: &mut Checked) {
    in_matter(document, out);
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
