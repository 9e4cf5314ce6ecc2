//! Owns `caveat check` within another program: its options are kept with the rules that they choose; copy goes in, the
//! `json` report and the exit status come out. Nothing is printed.

use super::judged::Subject;
use super::{Args, Check};
use crate::cli::choose::{one_of, show_all};
use crate::cli::inputs::stdin_format;
use crate::cli::{self, Failure, Status, reports, today};
use crate::config::{Finder, Settings, Where};
use crate::extract::{FORMATS, Format};
use crate::report::{Ledger, Look, Run, reporter};
use crate::session::{self, Input, Job, Library};
use clap::Parser;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `caveat check` for another program. Texts share its rules, which are compiled once, and its day; it may be used by
/// several threads at once.
pub struct Checker {
    options: Vec<OsString>,
    args: Args,
    settings: Arc<Settings>,
    library: Library,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What `--format json` prints.
    pub json: String,
    /// What the program would exit with.
    pub status: Status,
}

/// Options, and the paths behind them.
#[derive(Parser)]
#[command(name = "caveat check", no_binary_name = true)]
struct Line {
    #[command(flatten)]
    check: Check,
}

impl Checker {
    /// A checker with these options of `caveat check`, without paths.
    ///
    /// # Errors
    /// What the program would say of the options.
    pub fn new(options: Vec<OsString>) -> Result<Self, String> {
        let args = parse(&options, &[])?.args;
        args.sought().map_err(said)?;
        Ok(Self {
            settings: settings(&args).map_err(said)?,
            library: Library::lasting(args.as_of.unwrap_or_else(today::today)),
            options,
            args,
        })
    }

    /// The day that it judges for: `--as-of`, or that on which it was made.
    pub fn as_of(&self) -> String {
        self.library.as_of().to_string()
    }

    /// How many sets of rules it keeps: its own, and those that the front matter of texts asks for, up to sixteen.
    pub fn sets(&self) -> usize {
        self.library.sets()
    }

    /// Compiles the rules now; the first text would otherwise.
    ///
    /// # Errors
    /// What the program would show of mistakes in the settings file or in the policies.
    pub fn ready(&self) -> Result<(), String> {
        let wrong = self.library.ready(&self.settings);
        wrong.map_err(|wrong| show_all(&wrong, &Look::PLAIN).trim_end().to_owned())
    }

    /// Judges a text as `caveat check --no-config - --stdin-path NAME` does, but that the text stands nowhere on disk: of
    /// all files only those that options name are read, and a settings file among them sees `name` as relative to its
    /// folder. `format` is the name of a format; without one the ending of `name` tells it, and without that it is
    /// Markdown.
    ///
    /// # Errors
    /// The format is unknown. What is wrong with the text is in the report.
    pub fn text(&self, bytes: Vec<u8>, name: Option<&str>, format: Option<&str>) -> Result<Report, String> {
        let format = match format {
            Some(written) => named(written)?,
            None => stdin_format(name).map_err(said)?,
        };
        let job = Job {
            input: Input::Bytes {
                bytes,
                path: self.settings.root.join(name.unwrap_or("stdin.md")),
            },
            shown: name.unwrap_or("<stdin>").to_owned(),
            named: true,
            format,
            settings: Arc::clone(&self.settings),
        };
        let mut outcome = session::one(&job, &self.library);
        let unread = std::mem::take(&mut outcome.unseen);
        let status = reports::status(&outcome.findings);
        let as_of = self.library.as_of();
        let run = self
            .args
            .reports
            .run(as_of, outcome, Vec::new(), unread, Ledger::default());
        report(&run, status)
    }

    /// Judges files and folders as the program does from the working folder, with settings, policies, baseline and register
    /// as they stand now.
    ///
    /// # Errors
    /// Why the program would report nothing. What is wrong with single files is in the report.
    pub fn files(&self, paths: Vec<PathBuf>) -> Result<Report, String> {
        if paths.is_empty() {
            return Err("no file or folder is named".to_owned());
        }
        let mut check = parse(&self.options, &paths)?;
        check.args.as_of = Some(self.library.as_of());
        let (args, what) = (&check.args, check.what());
        let mut finder = args.finder(None, None).map_err(said)?;
        let subject = Subject::find(args, what, &mut finder).map_err(said)?;
        let library = Subject::library(args, what);
        let judged = subject.judge(args, what, &library).map_err(said)?;
        let passed = subject.walked.passed;
        let (unread, ledger) = (judged.unread, judged.ledger);
        let run = args
            .reports
            .run(judged.as_of, judged.outcome, passed, unread, ledger);
        report(&run, judged.status)
    }
}

/// What holds for copy that stands nowhere on disk: only a settings file that was named is read.
fn settings(args: &Args) -> cli::Result<Arc<Settings>> {
    let nowhere = Path::new("");
    let mut finder = match args.config() {
        Some(_) => args.finder(None, None)?,
        None => Finder::new(Where::Nowhere, args.overlay(None)?, nowhere.to_owned()),
    };
    Ok(finder.of_folder(nowhere))
}

fn parse(options: &[OsString], paths: &[PathBuf]) -> Result<Check, String> {
    let quiet = std::iter::once(OsString::from("--quiet"));
    let line = quiet.chain(options.iter().cloned()).chain(["--".into()]);
    // `-` is standard input, which belongs to the other program.
    let paths = paths.iter().map(|path| match path.as_os_str() {
        dash if dash == "-" => OsString::from("./-"),
        path => path.to_owned(),
    });
    let parsed = Line::try_parse_from(line.chain(paths)).map_err(|error| {
        let told = error.to_string();
        let first = told.split("\n\n").next().unwrap_or_default();
        first.strip_prefix("error: ").unwrap_or(first).to_owned()
    })?;
    Ok(parsed.check)
}

fn named(written: &str) -> Result<&'static Format, String> {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let name = one_of(written, "format", &names)?;
    let format = FORMATS.iter().find(|format| format.name == name);
    format.ok_or_else(|| format!("there is no format `{written}`"))
}

fn said(failure: Failure) -> String {
    failure.to_string()
}

fn report(run: &Run, status: Status) -> Result<Report, String> {
    let mut json = Vec::new();
    if let Some(reporter) = reporter("json") {
        (reporter.render)(run, &mut json).map_err(|error| said(error.into()))?;
    }
    Ok(Report {
        json: String::from_utf8(json).map_err(|error| error.to_string())?,
        status,
    })
}
