//! Owns `caveat claims`: checking the claims register against the copy, listing it, adding to it.

use super::choose::{self, Choice, Listing};
use super::output::{self, Color};
use super::reports::{self, Reports};
use super::rules::mistakes;
use super::{Failure, Result, Status, check, inputs, note, progress, today};
use crate::config::{Finder, Overlay, Settings};
use crate::finding::{Category, Finding};
use crate::register::Register;
use crate::report::Ledger;
use crate::session::{self, Library, Outcome};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

mod add;
mod list;
mod matrix;

/// Commands on the claims register.
#[derive(clap::Subcommand, Debug)]
pub(super) enum Command {
    /// Validate the register and say which claims the copy uses wrongly or not at all
    Check(Box<Check>),
    /// List the claims of the register
    List {
        #[command(flatten)]
        which: Which,
        /// How to list them
        #[arg(long, value_name = "NAME", default_value = "table")]
        format: Listing,
    },
    /// List the claims of each page with their evidence and review dates
    Matrix(matrix::Args),
    /// Approve a finding: add its sentence to the register
    Add(Box<add::Add>),
}

/// Which register, on which day.
#[derive(clap::Args, Debug)]
pub(super) struct Which {
    #[command(flatten)]
    choice: Choice,

    /// The register [default: claims.yaml beside caveat.yaml, or what it names]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    claims: Option<PathBuf>,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,
}

/// Arguments of `caveat claims check`.
#[derive(clap::Args, Debug)]
pub(super) struct Check {
    /// Files and folders whose copy may use the claims
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    reports: Reports,
}

pub(super) fn run(command: &Command) -> Result<Status> {
    match command {
        Command::Check(args) => checked(args),
        Command::List { which, format } => list(which, *format),
        Command::Matrix(args) => matrix::run(args),
        Command::Add(args) => add::run(args),
    }
}

impl Which {
    fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(today::today)
    }

    fn overlay(&self) -> Result<Overlay> {
        Ok(Overlay {
            claims: self.claims.clone(),
            ..self.choice.overlay()?
        })
    }

    /// What holds in the working folder.
    fn settings(&self) -> Result<Arc<Settings>> {
        let mut finder = self.choice.finder(self.overlay()?)?;
        Ok(finder.of_folder(&choose::here()?))
    }

    /// The register of the working folder; where it or the settings are broken, that is shown and there is none.
    fn register(&self) -> Result<Option<Register>> {
        let settings = self.settings()?;
        if !settings.mistakes.is_empty() {
            let found = settings.mistakes.iter();
            let found = found.map(|mistake| session::settings_finding(settings.file.clone(), mistake));
            return refuse(&found.collect::<Vec<_>>());
        }
        let path = settings.claims.value.as_ref();
        let path = path.ok_or_else(|| nowhere(&settings))?;
        let register = session::register(path);
        if register.mistakes.is_empty() {
            Ok(Some(register))
        } else {
            refuse(&session::register_findings(&register))
        }
    }
}

fn nowhere(settings: &Settings) -> Failure {
    let and = if settings.file.is_none() {
        ", and no caveat.yaml is in force here (`caveat init` writes one)"
    } else {
        ""
    };
    Failure::said(format!(
        "there is no claims register; it would be claims.yaml beside caveat.yaml{and}; --claims names another"
    ))
}

fn refuse(findings: &[Finding]) -> Result<Option<Register>> {
    let text = choose::show_all(findings, &output::look(Color::Auto));
    output::stdout(text.as_bytes())?;
    note(&mistakes(findings.len()));
    Ok(None)
}

/// Checks the copy of some paths.
fn outcome(paths: &[PathBuf], which: &Which, finder: &mut Finder, quiet: bool) -> Result<Outcome> {
    let (walked, jobs) = inputs::find(paths, finder, true)?;
    let mut library = Library::new(which.as_of());
    // Whoever asks for the register wants to hear of all of it.
    library.walked = vec![PathBuf::new()];
    let mut outcome = progress::run(&jobs, &library, None, quiet);
    check::add_problems(&walked, &mut outcome);
    Ok(outcome)
}

fn checked(args: &Check) -> Result<Status> {
    let targets = args.reports.targets()?;
    let Some(register) = args.which.register()? else {
        return Ok(Status::Trouble);
    };
    let mut overlay = args.which.overlay()?;
    overlay.fail_on = args.reports.fail_on();
    // Advice is what this command is asked for.
    overlay.min_severity = args
        .reports
        .min_severity
        .or(Some(crate::finding::Severity::Advice));
    let mut finder = args.which.choice.finder(overlay)?;
    let mut outcome = outcome(&args.paths, &args.which, &mut finder, args.reports.quiet)?;
    outcome.findings.retain(|judgement| {
        let finding = &judgement.finding;
        finding.rule().category == Category::Register || session::is_trouble(finding)
    });
    if !args.reports.quiet {
        let count = register.claims.len();
        let claims = if count == 1 {
            "1 claim".to_owned()
        } else {
            format!("{count} claims")
        };
        note(&format!("{claims} in {}", register.file.name()));
    }
    let status = reports::status(&outcome.findings);
    reports::write(
        &targets,
        &mut args.reports.run(
            args.which.as_of(),
            outcome,
            Vec::new(),
            Vec::new(),
            Ledger::default(),
        ),
    )?;
    Ok(status)
}

fn list(which: &Which, format: Listing) -> Result<Status> {
    let Some(register) = which.register()? else {
        return Ok(Status::Trouble);
    };
    let as_of = which.as_of();
    output::to_stdout(|out| match format {
        Listing::Table => list::table(&register, as_of, out),
        Listing::Json => list::json(&register, as_of, out),
        Listing::Markdown => list::markdown(&register, as_of, out),
    })?;
    Ok(Status::Clean)
}
