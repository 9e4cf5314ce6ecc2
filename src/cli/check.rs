//! Owns `caveat check`: from arguments to jobs, from the outcome to reports and an exit status.

use super::choose::{self, Choice, FailOn};
use super::inputs;
use super::output::{self, Color};
use super::{Failure, Result, Status, note, today};
use crate::config::{Finder, Settings, show};
use crate::data::nearest;
use crate::finding::{Page, Product, Severity};
use crate::report::{self, Look, REPORTERS, Reporter, Run, Summary, Told, Unchecked};
use crate::session::{self, Job, Judgement, Library, Outcome, is_trouble};
use crate::walk::{self, Walked};
use jiff::civil::Date;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Arguments of `caveat check`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// Files and folders, or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The name of what comes from standard input; its ending says the format [default: Markdown]
    #[arg(long, value_name = "NAME")]
    stdin_path: Option<String>,

    #[command(flatten)]
    choice: Choice,

    /// What the copy sells, or auto to read it from the copy
    #[arg(long, value_name = "KIND", value_parser = product, help_heading = "Rules")]
    product: Option<String>,

    /// What the pages are for, or auto to read it from the copy
    #[arg(long, value_name = "KIND", value_parser = page, help_heading = "Rules")]
    page: Option<String>,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,

    /// pretty, short, json or jsonl; NAME=FILE writes to a file (may be repeated) [default: pretty]
    #[arg(long, value_name = "NAME[=FILE]", help_heading = "Output")]
    format: Vec<String>,

    /// Exit with 1 from this severity on: error, warning, advice or never [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = choose::fail_on, help_heading = "Output")]
    fail_on: Option<FailOn>,

    /// Leave out what is milder: error, warning or advice [default: warning; machine formats: all]
    #[arg(long, value_name = "SEVERITY", value_parser = choose::severity, help_heading = "Output")]
    min_severity: Option<Severity>,

    /// Show what a guard silenced too, with the guard and its words
    #[arg(long, help_heading = "Output")]
    show_silenced: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    color: Color,

    /// Print findings only
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,

    /// Print the settings in force with where each comes from, and check nothing
    #[arg(long, help_heading = "Settings")]
    show_config: bool,

    /// Read no larger files; bytes, or with k, M or G [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = choose::size, help_heading = "Settings")]
    max_file_size: Option<u64>,

    /// Threads [default: as many as there are processors]
    #[arg(short = 'j', long = "jobs", value_name = "N", value_parser = threads, help_heading = "Settings")]
    jobs: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  caveat check drafts/ index.html
  caveat check --market us,uk --fail-on error
  caveat check --format pretty --format json=findings.json
  git show HEAD:tea.md | caveat check - --stdin-path tea.md

Folders are walked without hidden files and without what .gitignore and .caveatignore name. A file that is named is
always checked. Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 caveat could not do its job.";

fn product(written: &str) -> std::result::Result<String, String> {
    let names: Vec<&str> = Product::ALL.iter().map(|kind| kind.name()).collect();
    choose::kind(written, "product", &names)
}

fn page(written: &str) -> std::result::Result<String, String> {
    let names: Vec<&str> = Page::ALL.iter().map(|kind| kind.name()).collect();
    choose::kind(written, "kind of page", &names)
}

fn threads(written: &str) -> std::result::Result<usize, String> {
    let count = written.parse().ok().filter(|count| (1..=1024).contains(count));
    count.ok_or_else(|| "write a number from 1 to 1024".to_owned())
}

/// A format and the file it goes to, if not to standard output.
struct Target {
    reporter: &'static Reporter,
    file: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let targets = targets(&args.format)?;
    let mut finder = finder(args)?;
    if args.show_config {
        return show_config(args, &mut finder);
    }
    let stdin_path = args.stdin_path.as_deref();
    let walked = inputs::walk(&args.paths, stdin_path)?;
    let mut jobs = inputs::jobs(&walked, &mut finder);
    jobs.extend(inputs::standard_input(&args.paths, stdin_path, &mut finder)?);
    let as_of = args.as_of.unwrap_or_else(today::today);
    let library = Library::new(as_of);
    let mut outcome = with_progress(args, &jobs, &library);
    // The process ends soon; taking every word of every policy apart would take longer than a page to check.
    std::mem::forget(library);
    add_problems(&walked, &mut outcome);
    if !args.quiet {
        tell(&walked, &outcome);
    }
    let status = status(&outcome.findings);
    write(&targets, &mut report(args, as_of, outcome))?;
    Ok(status)
}

fn targets(formats: &[String]) -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for written in formats {
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

fn unknown_format(name: &str) -> Failure {
    let names: Vec<&str> = REPORTERS.iter().map(|reporter| reporter.name).collect();
    let near = nearest(name, names.iter().copied());
    let near = near
        .map(|near| format!("; `{near}` is the nearest name"))
        .unwrap_or_default();
    let names = names.join(", ");
    Failure::said(format!("there is no format `{name}`{near} (there are: {names})"))
}

fn finder(args: &Args) -> Result<Finder> {
    let mut overlay = args.choice.overlay()?;
    overlay.fail_on = args.fail_on.map(|FailOn(severity)| severity);
    overlay.min_severity = args.min_severity;
    overlay.max_file_size = args.max_file_size;
    overlay.product = args.product.as_deref().and_then(|name| name.parse().ok());
    overlay.page = args.page.as_deref().and_then(|name| name.parse().ok());
    args.choice.finder(overlay)
}

fn show_config(args: &Args, finder: &mut Finder) -> Result<Status> {
    let mut status = Status::Clean;
    let mut text = String::new();
    for path in args.paths.iter().filter(|path| path.as_os_str() != "-") {
        let real = path
            .canonicalize()
            .map_err(|error| Failure::said(format!("{}: {}", walk::shown(path), walk::reason(&error))))?;
        let folder = if real.is_dir() {
            real.as_path()
        } else {
            real.parent().unwrap_or(&real)
        };
        let settings = finder.of_folder(folder);
        if args.paths.len() > 1 {
            text.push_str(&format!("# {}\n", report::plain(&walk::shown(path))));
        }
        text.push_str(&show(&settings));
        if !settings.mistakes.is_empty() {
            status = Status::Trouble;
            note(&format!(
                "the settings file has {}; `caveat check` shows them",
                super::rules::mistakes(settings.mistakes.len())
            ));
        }
    }
    output::stdout(text.as_bytes())?;
    Ok(status)
}

/// Runs, and on a terminal says how far it is when it takes more than a second.
fn with_progress(args: &Args, jobs: &[Job], library: &Library) -> Outcome {
    let done = AtomicUsize::new(0);
    if args.quiet || !std::io::stderr().is_terminal() {
        return session::run(jobs, library, args.jobs, &done);
    }
    let (finished, waiting) = std::sync::mpsc::channel::<()>();
    let done = &done;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut said = false;
            while waiting
                .recv_timeout(Duration::from_secs(1))
                .is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                said = true;
                let count = done.load(Ordering::Relaxed);
                let _ = write!(
                    std::io::stderr().lock(),
                    "\rchecked {count} of {} files",
                    jobs.len()
                );
            }
            if said {
                let _ = write!(std::io::stderr().lock(), "\r{:40}\r", "");
            }
        });
        let outcome = session::run(jobs, library, args.jobs, done);
        drop(finished);
        outcome
    })
}

/// Adds what could not be found or opened to the findings.
fn add_problems(walked: &Walked, outcome: &mut Outcome) {
    let settings = Settings::defaults(PathBuf::new());
    for (name, why) in &walked.problems {
        let finding = session::unreadable(name, why);
        outcome.findings.push(Judgement::new(finding, &settings));
    }
    outcome
        .findings
        .sort_by(|a, b| session::by_place(&a.finding, &b.finding));
}

/// Says on standard error what was not checked.
fn tell(walked: &Walked, outcome: &Outcome) {
    for (name, why) in &outcome.passed_over {
        note(&format!("{name}: passed over: {why}"));
    }
    for (name, why) in &outcome.unchecked {
        note(&format!("{name}: not checked: {why}, and caveat reads English"));
    }
    match walked.other_kinds {
        0 => {}
        1 => note("1 file of a kind that caveat does not read was passed over"),
        count => note(&format!(
            "{count} files of kinds that caveat does not read were passed over"
        )),
    }
}

fn status(findings: &[Judgement]) -> Status {
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

fn report(args: &Args, as_of: Date, outcome: Outcome) -> Run {
    let mut summary = Summary {
        files: outcome.files,
        words: outcome.words,
        ..Summary::default()
    };
    let mut findings = Vec::with_capacity(outcome.findings.len());
    for judgement in outcome.findings {
        let finding = judgement.finding;
        summary.count(&finding, finding.severity());
        let wanted = args.show_silenced || finding.silenced.is_none();
        let severe = args
            .min_severity
            .is_none_or(|least| finding.severity() >= least || is_trouble(&finding));
        // What the option leaves out is still told to be there, by the format for people.
        if wanted && (severe || finding.silenced.is_none()) {
            findings.push(Told {
                shown: judgement.shown,
                left_out: !severe,
                finding,
            });
        }
    }
    let unchecked = outcome
        .unchecked
        .into_iter()
        .map(|(path, because)| Unchecked { path, because });
    Run {
        as_of: as_of.to_string(),
        findings,
        summary,
        unchecked: unchecked.collect(),
        look: output::look(args.color),
        quiet: args.quiet,
    }
}

fn write(targets: &[Target], run: &mut Run) -> Result<()> {
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
