//! Owns the `checkstyle` format: the XML of Checkstyle, which many review tools read.

use super::place::{path, positions};
use super::xml::{HEAD, Xml};
use super::{Reporter, Run, words};
use crate::finding::{Finding, Severity};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "checkstyle",
    about: "Checkstyle XML, for review tools",
    shows_copy: false,
    render,
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<&Finding> = run.open().collect();
    out.write_all(HEAD.as_bytes())?;
    out.write_all(b"<checkstyle version=\"8.0\">\n")?;
    for file in findings.chunk_by(|a, b| path(a) == path(b)) {
        let name = file.first().and_then(|finding| path(finding)).unwrap_or("caveat");
        writeln!(out, "  <file name=\"{}\">", Xml(name))?;
        for finding in file {
            let (from, _) = positions(finding.file.as_deref(), finding.span);
            let severity = match finding.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"caveat.{}\"/>",
                from.line,
                from.column,
                Xml(&words::full(finding)),
                Xml(&finding.rule().name)
            )?;
        }
        out.write_all(b"  </file>\n")?;
    }
    out.write_all(b"</checkstyle>\n")
}
