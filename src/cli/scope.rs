//! Owns what the commands on exceptions share: the files they look at, how these are judged, and which baseline counts.

use super::choose::{self, Choice};
use super::output::{self, Color};
use super::{Failure, Result, check, inputs, ledger, progress, today};
use crate::config::Settings;
use crate::finding::Finding;
use crate::report::Ledger;
use crate::session::{Job, Library, Outcome, Sought, is_trouble};
use crate::walk::Walked;
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;

/// Which baseline counts.
#[derive(clap::Args, Debug)]
pub(super) struct Known {
    /// The baseline [default: .caveat-baseline.json beside caveat.yaml or at the repository's root]
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "no_baseline",
        help_heading = "Exceptions"
    )]
    baseline: Option<PathBuf>,

    /// Let nothing pass for being old
    #[arg(long, help_heading = "Exceptions")]
    no_baseline: bool,
}

impl Known {
    /// The arguments that were given, with their values.
    pub(super) fn given(&self) -> [(&'static str, Vec<String>); 2] {
        let file = self.baseline.as_deref().map(crate::walk::shown);
        let none = self.no_baseline.then(|| "true".to_owned());
        [
            ("baseline", file.into_iter().collect()),
            ("no_baseline", none.into_iter().collect()),
        ]
    }

    /// Where baselines are looked for; one that is named must be there.
    pub(super) fn sought(&self) -> Result<Sought> {
        match &self.baseline {
            Some(file) if !file.is_file() => Err(Failure::said(format!(
                "there is no file {}",
                crate::walk::shown(file)
            ))),
            Some(file) => Ok(Sought::File(file.clone())),
            None if self.no_baseline => Ok(Sought::Nowhere),
            None => Ok(Sought::Beside),
        }
    }
}

/// What is looked at, and how it is judged.
#[derive(clap::Args, Debug)]
pub(super) struct Scope {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    choice: Choice,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,
}

/// What came of it.
pub(super) struct Ran {
    pub(super) jobs: Vec<Job>,
    pub(super) library: Library,
    pub(super) outcome: Outcome,
    pub(super) as_of: Date,
    /// Under what it was judged, and what softens that.
    pub(super) ledger: Ledger,
    pub(super) walked: Walked,
}

impl Scope {
    /// These files.
    pub(super) fn over(paths: Vec<PathBuf>, choice: Choice, as_of: Option<Date>) -> Self {
        Self { paths, choice, as_of }
    }

    /// Judges every file; `whole` keeps the whole of each that something is found in.
    pub(super) fn run(&self, whole: bool) -> Result<Ran> {
        let mut finder = self.choice.finder(self.choice.overlay()?)?;
        let (walked, jobs) = inputs::find(&self.paths, &mut finder, true)?;
        let as_of = self.as_of.unwrap_or_else(today::today);
        let mut library = Library::new(as_of);
        library.whole_files = whole;
        let mut outcome = progress::run(&jobs, &library, None, false);
        check::add_problems(&walked, &mut outcome);
        let ledger = ledger::of(&self.choice.given(), &walked, &jobs, &library, &outcome);
        Ok(Ran {
            ledger,
            walked,
            jobs,
            library,
            outcome,
            as_of,
        })
    }
}

impl Ran {
    /// Shows on standard error what kept caveat from its job, if anything did.
    pub(super) fn tells_trouble(&self) -> bool {
        let findings = self.outcome.findings.iter().map(|judgement| &judgement.finding);
        let trouble: Vec<Finding> = findings.filter(|finding| is_trouble(finding)).cloned().collect();
        tell(&trouble);
        !trouble.is_empty()
    }

    /// Whether a rule that there is does not judge under the settings of a place's first file.
    pub(super) fn is_dormant(&self, settings: Option<&Settings>, rule: &str) -> bool {
        settings.is_some_and(|settings| self.library.is_dormant(settings, rule))
    }
}

/// Shows findings on standard error.
pub(super) fn tell(findings: &[Finding]) {
    let text = choose::show_all(findings, &output::look_stderr(Color::Auto));
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
