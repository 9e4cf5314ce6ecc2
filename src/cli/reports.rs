//! Owns where reports go: the options that say so, and writing each format to its place.

use super::choose::{self, FailOn};
use super::output::{self, Color};
use super::{Failure, Result, Status};
use crate::data::nearest;
use crate::finding::Severity;
use crate::report::{self, Ledger, Look, REPORTERS, Reporter, Run, Summary, Told, Unchecked};
use crate::session::{Judgement, Outcome, is_trouble};
use crate::walk::{self, LeftOut, Unread};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// Formats that can be told piece by piece.
const PEOPLES: [&str; 2] = ["pretty", "short"];

/// What is reported, how and where.
#[derive(clap::Args, Debug)]
pub(super) struct Reports {
    #[arg(long, value_name = "NAME[=FILE]", help = formats(), help_heading = "Output")]
    format: Vec<String>,

    /// Exit with 1 from this severity on: error, warning, advice or never [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = choose::fail_on, help_heading = "Output")]
    fail_on: Option<FailOn>,

    /// Leave out what is milder: error, warning or advice [default: warning; machine formats: all]
    #[arg(long, value_name = "SEVERITY", value_parser = choose::severity, help_heading = "Output")]
    pub(super) min_severity: Option<Severity>,

    /// Show what a guard silenced too, with the guard and its words
    #[arg(long, help_heading = "Output")]
    show_silenced: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    color: Color,

    /// Print findings only, and what could not be checked
    #[arg(long, short, help_heading = "Output")]
    pub(super) quiet: bool,
}

/// A format and the file it goes to, if not to standard output.
pub(super) struct Target {
    reporter: &'static Reporter,
    file: Option<PathBuf>,
}

impl Target {
    /// Whether the whole copy of files is shown.
    pub(super) fn shows_copy(&self) -> bool {
        self.reporter.shows_copy
    }
}

impl Reports {
    /// As where nobody gives an option but this.
    pub(super) const fn from(min_severity: Option<Severity>) -> Self {
        Self {
            format: Vec::new(),
            fail_on: None,
            min_severity,
            show_silenced: false,
            color: Color::Auto,
            quiet: false,
        }
    }

    /// From which severity on the run fails, if somebody says so.
    pub(super) fn fail_on(&self) -> Option<Option<Severity>> {
        self.fail_on.as_ref().map(|FailOn(severity)| *severity)
    }

    /// Where each format goes; to standard output in the first format there is, where none is named.
    pub(super) fn targets(&self) -> Result<Vec<Target>> {
        let mut targets = Vec::new();
        for written in &self.format {
            let (name, file) = match written.split_once('=') {
                Some((_, "")) => return Err(Failure::said(format!("`--format {written}` names no file"))),
                Some((name, file)) => (name, Some(PathBuf::from(file))),
                None => (written.as_str(), None),
            };
            let reporter = report::reporter(name).ok_or_else(|| unknown_format(name))?;
            targets.push(Target { reporter, file });
        }
        if targets.is_empty() {
            targets.extend(REPORTERS.first().map(|reporter| Target { reporter, file: None }));
        }
        for (at, target) in targets.iter().enumerate() {
            if let Some(file) = &target.file
                && targets[..at]
                    .iter()
                    .any(|earlier| earlier.file.as_ref() == Some(file))
            {
                let name = walk::shown(file);
                return Err(Failure::said(format!("two formats cannot both go to {name}")));
            }
        }
        if targets.iter().filter(|target| target.file.is_none()).count() > 1 {
            return Err(Failure::said(
                "only one format can go to standard output; `--format NAME=FILE` writes another to a file",
            ));
        }
        Ok(targets)
    }

    /// The one format, on standard output, of a run that tells people what changes; `option` asks for it.
    pub(super) fn for_people(&self, option: &str) -> Result<&'static Reporter> {
        match self.targets()?.as_slice() {
            [Target { reporter, file: None }] if PEOPLES.contains(&reporter.name) => Ok(reporter),
            _ => Err(Failure::said(format!(
                "{option} prints the format {}; a report in another comes of a check without it",
                PEOPLES.join(" or ")
            ))),
        }
    }

    /// What the reports of an outcome say.
    pub(super) fn run(
        &self,
        as_of: Date,
        outcome: Outcome,
        passed: Vec<LeftOut>,
        unread: Vec<Unread>,
        ledger: Ledger,
    ) -> Run {
        let mut summary = Summary {
            files: outcome.files.len(),
            words: outcome
                .files
                .iter()
                .map(|taken| u64::from(taken.facts.words))
                .sum(),
            ..Summary::default()
        };
        let mut excepted = Vec::new();
        let told = |judgement: Judgement| {
            let finding = judgement.finding;
            summary.count(&finding, finding.severity());
            if finding
                .silenced
                .as_ref()
                .is_some_and(|silence| silence.exception.is_some())
            {
                excepted.push(finding.clone());
            }
            let wanted = self.show_silenced || finding.silenced.is_none();
            let severe = self
                .min_severity
                .is_none_or(|least| finding.severity() >= least || is_trouble(&finding));
            // What the option leaves out is still told to be there, by the format for people.
            (wanted && (severe || finding.silenced.is_none())).then_some(Told {
                shown: judgement.shown,
                left_out: !severe,
                finding,
            })
        };
        let findings = outcome.findings.into_iter().filter_map(told).collect();
        let left_out = |(path, because)| Unchecked { path, because };
        let passed = passed.into_iter().map(|left| (left.shown, left.because));
        let unchecked = outcome.unchecked.into_iter();
        let unchecked = unchecked.map(|(path, why)| (path, why.because));
        Run {
            as_of: as_of.to_string(),
            findings,
            folders: outcome.folders,
            views: HashMap::new(),
            excepted,
            summary,
            exceptions: outcome.exceptions,
            files: outcome.files,
            unchecked: unchecked.map(left_out).collect(),
            passed_over: passed.chain(outcome.passed_over).map(left_out).collect(),
            unread,
            ledger,
            look: output::look(self.color),
            quiet: self.quiet,
        }
    }
}

/// The help of `--format`.
fn formats() -> String {
    let list: Vec<String> = REPORTERS
        .iter()
        .map(|reporter| format!("{}: {}", reporter.name, reporter.about))
        .collect();
    format!(
        "How findings are told; NAME=FILE writes to a file (may be repeated) [default: pretty]\n{}",
        list.join("\n")
    )
}

fn unknown_format(name: &str) -> Failure {
    let names: Vec<&str> = REPORTERS.iter().map(|reporter| reporter.name).collect();
    let near = nearest(name, names.iter().copied());
    let near = near
        .map(|near| format!("; `{near}` is the nearest name"))
        .unwrap_or_default();
    let names = names.join(", ");
    Failure::said(format!("there is no format `{name}`{near} (there are: {names})"))
}

/// What the exit status of these findings is.
pub(super) fn status(findings: &[Judgement]) -> Status {
    let of = |judgement: &Judgement| {
        if is_trouble(&judgement.finding) {
            Status::Trouble
        } else if judgement.fails {
            Status::Findings
        } else {
            Status::Clean
        }
    };
    findings.iter().map(of).max().unwrap_or(Status::Clean)
}

/// The files that people are shown something of.
pub(super) type Seen = HashSet<String>;

/// The files of the findings that people are shown.
pub(super) fn seen(outcome: &Outcome) -> Seen {
    let findings = outcome.findings.iter();
    let findings = findings.filter(|judgement| judgement.shown && judgement.finding.silenced.is_none());
    let files = findings.filter_map(|judgement| judgement.finding.file.as_deref());
    files.map(|file| file.name().to_owned()).collect()
}

/// Writes a run to every target.
pub(super) fn write(targets: &[Target], run: &mut Run) -> Result<()> {
    let look = run.look;
    let mut written = Ok(());
    for target in targets {
        let done = match &target.file {
            Some(file) => {
                run.look = Look::PLAIN;
                output::to_file(file, |out| (target.reporter.render)(run, out))
            }
            None => {
                run.look = look;
                output::to_stdout(|out| (target.reporter.render)(run, out))
            }
        };
        // One that cannot be written costs none of the others.
        written = written.and(done);
    }
    written
}
