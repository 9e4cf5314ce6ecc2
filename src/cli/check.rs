//! Owns `caveat check`: from arguments to jobs, from the outcome to reports and an exit status.

use super::choose::{self, Choice};
use super::reports::{self, Reports};
use super::{Failure, Result, Status, note, today};
use super::{inputs, output, progress};
use crate::config::{Finder, Settings, show};
use crate::finding::{Page, Product};
use crate::report;
use crate::session::{self, Judgement, Library, Outcome};
use crate::walk::{self, Walked};
use jiff::civil::Date;
use std::path::PathBuf;

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

    #[command(flatten)]
    reports: Reports,

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

pub(super) fn run(args: &Args) -> Result<Status> {
    let targets = args.reports.targets()?;
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
    let mut outcome = progress::run(&jobs, &library, args.jobs, args.reports.quiet);
    // The process ends soon; taking every word of every policy apart would take longer than a page to check.
    std::mem::forget(library);
    add_problems(&walked, &mut outcome);
    if !args.reports.quiet {
        tell(&walked, &outcome);
    }
    let status = reports::status(&outcome.findings);
    reports::write(&targets, &mut args.reports.run(as_of, outcome))?;
    Ok(status)
}

fn finder(args: &Args) -> Result<Finder> {
    let mut overlay = args.choice.overlay()?;
    overlay.fail_on = args.reports.fail_on();
    overlay.min_severity = args.reports.min_severity;
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
