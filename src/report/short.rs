//! Owns the `short` format: one line a finding, as editors and `grep` read it.

use super::place::in_draft;
use super::silence;
use super::{Reporter, Run, plain};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "short",
    about: "one line a finding: path:line:column: severity: message [rule]",
    shows_copy: false,
    render,
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for told in run.findings.iter().filter(|told| told.shown) {
        let finding = &told.finding;
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
            Some(place) => writeln!(out, " ({place})")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}
