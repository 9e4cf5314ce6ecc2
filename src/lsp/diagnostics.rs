//! Owns a finding as an editor underlines it: its place, how bad it is, its rule with the address of its source, and the
//! places that make it.

use super::judge::Judge;
use super::position::Encoding;
use super::uri;
use crate::finding::{Finding, Severity};
use crate::report::{address, plain};
use lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Range, Uri,
};

/// The findings of a file, whose name in reports is `name`, as diagnostics of what stands at `uri`. What is told of another
/// file, as of the settings that the copy is under, stands at its beginning and leads there.
pub(super) fn of(
    findings: &[Finding],
    name: &str,
    uri: &Uri,
    judge: &Judge,
    encoding: Encoding,
) -> Vec<Diagnostic> {
    findings
        .iter()
        .map(|finding| match &finding.file {
            Some(file) if file.name() != name => elsewhere(finding, judge, encoding),
            _ => here(finding, uri, encoding),
        })
        .collect()
}

fn here(finding: &Finding, uri: &Uri, encoding: Encoding) -> Diagnostic {
    let mut related = Vec::new();
    if let Some(file) = &finding.file {
        let place = |span, message: &str| DiagnosticRelatedInformation {
            location: Location {
                uri: uri.clone(),
                range: encoding.range(file, span),
            },
            message: plain(message).into_owned(),
        };
        related.extend(finding.labels.iter().map(|label| place(label.span, &label.text)));
        let others = finding.verdicts.iter().skip(1);
        related.extend(others.map(|verdict| {
            let told = format!("{} [{}]", verdict.message(), verdict.rule.name);
            place(verdict.span, &told)
        }));
    }
    Diagnostic {
        range: finding
            .file
            .as_ref()
            .map_or_else(Range::default, |file| encoding.range(file, finding.span)),
        message: message(finding).into(),
        related_information: (!related.is_empty()).then_some(related),
        ..plainly(finding)
    }
}

/// A finding of another file.
fn elsewhere(finding: &Finding, judge: &Judge, encoding: Encoding) -> Diagnostic {
    let Some(file) = &finding.file else {
        return plainly(finding);
    };
    let message = message(finding);
    let line = file.position(finding.span.start).line;
    let location = Location {
        uri: uri::of(&judge.given(&judge.here.join(file.name()))),
        range: encoding.range(file, finding.span),
    };
    let told = format!("{}:{line}: {message}", plain(file.name()));
    Diagnostic {
        message: told.into(),
        related_information: Some(vec![DiagnosticRelatedInformation { location, message }]),
        ..plainly(finding)
    }
}

/// What needs no place.
fn plainly(finding: &Finding) -> Diagnostic {
    let severity = match finding.severity() {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Advice => DiagnosticSeverity::Hint,
    };
    Diagnostic {
        severity: Some(severity),
        code: Some(Code::String(finding.rule().name.clone())),
        code_description: address(finding.rule()).map(|href| CodeDescription { href: href.into() }),
        source: Some("caveat".to_owned()),
        ..Diagnostic::default()
    }
}

/// The message; where caveat speaks of its own work, what would be right besides, since no other place tells it.
fn message(finding: &Finding) -> String {
    let message = plain(finding.message());
    match finding
        .own_help()
        .filter(|_| !finding.rule().category.is_of_copy())
    {
        Some(help) => format!("{message}\n{}", crate::report::plain_lines(help)),
        None => message.into_owned(),
    }
}
