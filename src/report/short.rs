//! Owns the `short` format: one line a finding, as editors and `grep` read it.

use super::place::in_draft;
use super::silence;
use super::{Reporter, Run, plain};
use crate::finding::Finding;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "short",
    about: "one line a finding: path:line:column: severity: message [rule]",
    shows_copy: false,
    render,
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let shown = run.findings.iter().filter(|told| told.shown);
    shown
        .map(|told| &told.finding)
        .try_for_each(|finding| line(finding, out))
}

/// A finding in one line.
pub fn line(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    if let Some(file) = &finding.file {
        let at = file.position(finding.span.start);
        write!(out, "{}:{}:{}: ", plain(file.name()), at.line, at.column)?;
    }
    match &finding.silenced {
        None => write!(out, "{}: ", finding.severity())?,
        Some(silence) => write!(out, "{}: ", silence::told(silence))?,
    }
    write!(out, "{} [{}]", plain(finding.message()), finding.rule().name)?;
    match in_draft(finding) {
        Some(place) => writeln!(out, " ({place})"),
        None => writeln!(out),
    }
}
