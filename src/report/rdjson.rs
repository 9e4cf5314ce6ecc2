//! Owns the `rdjson` format, which reviewdog reads. Wordings that would pass stand in the message: which of them is
//! true only the writer knows, so none is offered as a replacement.

use super::each::Each;
use super::place::path;
use super::{Reporter, Run, words};
use crate::finding::{Finding, Severity};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use serde::Serialize;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "rdjson",
    about: "Reviewdog Diagnostic Format",
    shows_copy: false,
    render,
};

#[derive(Serialize)]
struct Report<L> {
    source: Tool,
    diagnostics: L,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

/// Lines from 1, columns in bytes from 1.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let report = Report {
        source: Tool { name: "caveat" },
        diagnostics: Each::of(run.open().map(diagnostic)),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

fn diagnostic(finding: &Finding) -> Diagnostic<'_> {
    let related = finding.labels.iter().map(|label| Related {
        message: &label.text,
        location: location(finding, label.span),
    });
    Diagnostic {
        message: words::full(finding),
        location: location(finding, finding.span),
        severity: match finding.severity() {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Advice => "INFO",
        },
        code: Code {
            value: &finding.rule().name,
            url: words::address(finding.rule()),
        },
        related_locations: related.collect(),
    }
}

fn location(finding: &Finding, span: Span<Source>) -> Location<'_> {
    let file = finding.file.as_deref();
    Location {
        path: path(finding).unwrap_or(""),
        range: file.map(|file| Range {
            start: place(file, span.start),
            end: place(file, span.end),
        }),
    }
}

fn place(file: &SourceFile, at: u32) -> Place {
    let line = file.position(at).line;
    Place {
        line,
        column: file.floor(at) - file.lines().start(line).unwrap_or(0) + 1,
    }
}
