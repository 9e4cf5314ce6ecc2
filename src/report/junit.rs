//! Owns the `junit` format: a test suite for every file with findings, a test case for every finding. Advice does not
//! fail: it is a skipped test.

use super::place::{path, positions};
use super::xml::{HEAD, Xml};
use super::{Reporter, Run, words};
use crate::finding::{Finding, Severity};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "junit",
    about: "JUnit XML, which most CI systems show as tests",
    shows_copy: false,
    render,
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<&Finding> = run.open().collect();
    let suites: Vec<&[&Finding]> = findings.chunk_by(|a, b| path(a) == path(b)).collect();
    out.write_all(HEAD.as_bytes())?;
    let all = Counts::of(&findings);
    let unread = super::unread_in_words(&run.unread);
    let skipped = all.skipped + usize::from(!unread.is_empty());
    // A report without a test is taken for a failure of the run.
    let tests = all.tests.max(1) + usize::from(!unread.is_empty());
    writeln!(
        out,
        "<testsuites name=\"caveat\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\" skipped=\"{skipped}\">",
        all.failures, all.errors
    )?;
    for suite in &suites {
        write_suite(suite, out)?;
    }
    if suites.is_empty() {
        out.write_all(
            b"  <testsuite name=\"caveat\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n",
        )?;
        writeln!(
            out,
            "    <testcase name=\"nothing found in {} files\" classname=\"caveat\"/>\n  </testsuite>",
            run.summary.files
        )?;
    }
    write_unread(&unread, out)?;
    out.write_all(b"</testsuites>\n")
}

/// What nothing read, as a test that was skipped.
fn write_unread(lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let suite = "  <testsuite name=\"not read\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">";
    let case = "    <testcase name=\"files that caveat does not read\" classname=\"caveat\">";
    writeln!(
        out,
        "{suite}\n{case}\n      <skipped message=\"{}\"/>\n    </testcase>\n  </testsuite>",
        Xml(&lines.join("; "))
    )
}

#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of(findings: &[&Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.tests += 1;
            match element(finding) {
                "error" => counts.errors += 1,
                "failure" => counts.failures += 1,
                _ => counts.skipped += 1,
            }
        }
        counts
    }
}

/// In JUnit a failure is something found, and an error is a test that could not be run.
fn element(finding: &Finding) -> &'static str {
    match finding.severity() {
        Severity::Advice => "skipped",
        Severity::Error if words::is_notice(finding) => "error",
        Severity::Error | Severity::Warning => "failure",
    }
}

fn write_suite(findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let counts = Counts::of(findings);
    let name = findings
        .first()
        .and_then(|finding| path(finding))
        .unwrap_or("caveat");
    writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
        Xml(name),
        counts.tests,
        counts.failures,
        counts.errors,
        counts.skipped
    )?;
    for finding in findings {
        write_case(finding, name, out)?;
    }
    out.write_all(b"  </testsuite>\n")
}

fn write_case(finding: &Finding, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (from, _) = positions(finding.file.as_deref(), finding.span);
    let (element, rule, message) = (element(finding), &finding.rule().name, Xml(finding.message()));
    writeln!(
        out,
        "    <testcase name=\"{} at {}:{}\" classname=\"{}\" file=\"{}\" line=\"{}\">",
        Xml(rule),
        from.line,
        from.column,
        Xml(name),
        Xml(name),
        from.line
    )?;
    if element == "skipped" {
        writeln!(out, "      <skipped message=\"{message}\"/>")?;
    } else {
        let severity = finding.severity();
        let place = format!("{name}:{}:{}", from.line, from.column);
        let text = format!("{severity}: {place}: {}", words::full(finding));
        writeln!(
            out,
            "      <{element} message=\"{message}\" type=\"{severity}\">{}</{element}>",
            Xml(&text)
        )?;
    }
    out.write_all(b"    </testcase>\n")
}
