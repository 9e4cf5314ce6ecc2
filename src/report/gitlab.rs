//! Owns the `gitlab` format: a code quality report, which GitLab shows on the merge request.

use super::each::Each;
use super::place::{in_draft, path, positions};
use super::{Reporter, Run};
use crate::finding::{Finding, Severity, fingerprint};
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "gitlab",
    about: "a GitLab code quality report",
    shows_copy: false,
    render,
};

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut seen = HashMap::new();
    let violations = Each::of(run.open().map(|finding| violation(finding, &mut seen)));
    serde_json::to_writer_pretty(&mut *out, &violations)?;
    out.write_all(b"\n")
}

fn violation<'a>(finding: &'a Finding, seen: &mut HashMap<(String, &'a str), u32>) -> Violation<'a> {
    let (from, to) = positions(finding.file.as_deref(), finding.span);
    // GitLab wants a path with every violation.
    let path = path(finding).unwrap_or(".");
    let help = finding.help().trim();
    let place = in_draft(finding).map_or_else(String::new, |place| format!(" Stands in: {place}."));
    Violation {
        description: format!("{} {help}", finding.message()).trim_end().to_owned() + &place,
        check_name: &finding.rule().name,
        fingerprint: unique(fingerprint(finding), path, seen),
        severity: match finding.severity() {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Advice => "info",
        },
        location: Location {
            path,
            lines: Lines {
                begin: from.line,
                end: to.line,
            },
        },
    }
}

/// GitLab takes two violations of one fingerprint for one. The finding's own knows no path: the same sentence on two
/// pages, and a statement that two pages miss, have the same.
fn unique<'a>(own: String, path: &'a str, seen: &mut HashMap<(String, &'a str), u32>) -> String {
    let nth = seen.entry((own.clone(), path)).or_default();
    *nth += 1;
    match *nth {
        1 => format!("{own}:{path}"),
        nth => format!("{own}:{path}:{nth}"),
    }
}
