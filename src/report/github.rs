//! Owns the `github` format: workflow commands, which GitHub shows as annotations on the changed lines.

use super::escape::shown;
use super::place::{path, positions};
use super::{Reporter, Run, words};
use crate::finding::{Finding, Severity};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "github",
    about: "annotations on a GitHub pull request, as workflow commands",
    shows_copy: false,
    render,
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    // Annotations are for people, and GitHub shows few of them: what is too mild for people is none.
    let shown = run.findings.iter().filter(|told| told.shown);
    let open = shown
        .map(|told| &told.finding)
        .filter(|finding| finding.silenced.is_none());
    for finding in open {
        let command = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        writeln!(
            out,
            "::{command} {}title={}::{}",
            place(finding),
            escaped(&finding.rule().name, true),
            escaped(&words::full(finding), false)
        )?;
    }
    Ok(())
}

fn place(finding: &Finding) -> String {
    let Some(path) = path(finding) else {
        return String::new();
    };
    let (from, to) = positions(finding.file.as_deref(), finding.span);
    let mut place = format!(
        "file={},line={},endLine={},",
        escaped(path, true),
        from.line,
        to.line
    );
    // GitHub takes columns within one line only.
    if from.line == to.line {
        place.push_str(&format!("col={},endColumn={},", from.column, to.column));
    }
    place
}

/// Text in a command; a property may not hold what separates properties.
fn escaped(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
            '\t' => out.push('\t'),
            other => match shown(other) {
                Some(shown) => out.push_str(&shown),
                None => out.push(other),
            },
        }
    }
    out
}
