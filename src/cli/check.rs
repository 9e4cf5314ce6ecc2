//! Owns `caveat check`: from arguments to jobs, from the outcome to reports and an exit status.

mod embedded;
mod fix;
mod judged;
mod shown;
mod watch;

use super::annotate::{self, Annotate};
use super::choose::{self, Choice};
use super::reports::{self, Reports, Target};
use super::scope::Known;
use super::{Result, Status};
use super::{attest, claimed, inputs, ledger, told};
use crate::config::{Finder, Overlay, Settings};
use crate::finding::{Page, Product};
use crate::session::{self, Job, Judgement, Outcome, Sought};
use crate::walk::{self, Walked};
use jiff::civil::Date;
use judged::{Judged, Subject};
use std::path::{Path, PathBuf};

pub use embedded::{Checker, Report};

/// Arguments of `caveat check`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    args: Args,

    /// Report only what is new since this commit, or since the one where its branch and this one part
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Check what is about to be committed: of folders what the commit changes, of files what is staged of them
    #[arg(long, conflicts_with_all = ["since", "stdin_path", "annotate"])]
    staged: bool,

    /// Take out comments and baseline entries that let nothing pass, add statements whose words a law fixes (after asking;
    /// =statements: without), and then check
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, hide_possible_values = true, help_heading = "Exceptions", conflicts_with_all = [
        "since", "staged", "stdin_path", "annotate", "attest", "show_config", "explain_claims", "product", "page", "claims",
    ])]
    fix: Option<Option<fix::Unasked>>,

    /// Check, and then whenever something changes, and print what is new and what is gone; Ctrl-C ends it
    #[arg(long, conflicts_with_all = [
        "since", "staged", "stdin_path", "annotate", "attest", "show_config", "explain_claims", "show_silenced", "fix",
    ])]
    watch: bool,
}

/// Arguments of every command that checks.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Files and folders, or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The name of what comes from standard input; its ending says the format [default: Markdown]
    #[arg(long, value_name = "NAME")]
    stdin_path: Option<String>,

    #[command(flatten)]
    choice: Choice,

    #[arg(long, value_name = "KIND", value_parser = product, help = of_kinds("What the copy sells", &products()), help_heading = "Rules")]
    product: Option<String>,

    #[arg(long, value_name = "KIND", value_parser = page, help = of_kinds("What the pages are for", &pages()), help_heading = "Rules")]
    page: Option<String>,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,

    #[command(flatten)]
    reports: Reports,

    #[command(flatten)]
    known: Known,

    /// Fail when entries of the baseline are older
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i32).range(0..), help_heading = "Exceptions")]
    max_age: Option<i32>,
    /// Take the claims register from this file [default: claims.yaml beside caveat.yaml]
    #[arg(long, value_name = "FILE", value_parser = choose::register, help_heading = "Settings")]
    claims: Option<PathBuf>,

    /// Write what was checked, by what and with what outcome to this file, and print its hash
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    attest: Option<PathBuf>,

    /// Write a copy of each Word draft with findings as margin comments to this file or folder
    #[arg(long, value_name = "OUT", help_heading = "Output")]
    annotate: Option<PathBuf>,

    /// Print the settings in force with where each comes from, and check nothing
    #[arg(long, help_heading = "Settings")]
    show_config: bool,

    /// Print what the copy claims, each claim with its parts and the row that judges it, and check nothing
    #[arg(long, help_heading = "Output")]
    explain_claims: bool,

    /// Read no larger files; bytes, or with k, M or G [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = choose::size, help_heading = "Settings")]
    max_file_size: Option<u64>,

    /// Fail on each file that caveat does not read and that seems to hold copy
    #[arg(long, help_heading = "Settings")]
    deny_unread: bool,

    /// Check what ignore files and `ignore` in caveat.yaml leave out
    #[arg(long, help_heading = "Settings")]
    no_ignore: bool,

    /// Threads [default: as many as there are processors]
    #[arg(short = 'j', long = "jobs", value_name = "N", value_parser = threads, help_heading = "Settings")]
    jobs: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  caveat check drafts/ index.html
  caveat check --market us,uk --fail-on error
  caveat check --format pretty --format json=findings.json
  caveat check --since origin/main
  caveat check --staged --quiet          in a hook
  caveat check --watch content/          while writing
  git show HEAD:tea.md | caveat check - --stdin-path tea.md

Folders are walked without hidden files, without what .gitignore and .caveatignore name, and without packages, built sites
and the like (--show-config lists them). What is named is checked, unless .caveatignore or `ignore` in caveat.yaml names it.
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 caveat could not do its job, or a folder held no
copy.";

fn products() -> Vec<&'static str> {
    Product::ALL.iter().map(|kind| kind.name()).collect()
}

fn pages() -> Vec<&'static str> {
    Page::ALL.iter().map(|kind| kind.name()).collect()
}

/// The help of an option that takes one of these kinds.
fn of_kinds(what: &str, kinds: &[&str]) -> String {
    format!("{what}: {}; or auto to read it from the copy", kinds.join(", "))
}

fn product(written: &str) -> std::result::Result<String, String> {
    choose::kind(written, "product", &products())
}

fn page(written: &str) -> std::result::Result<String, String> {
    choose::kind(written, "kind of page", &pages())
}

fn threads(written: &str) -> std::result::Result<usize, String> {
    let count = written.parse().ok().filter(|count| (1..=1024).contains(count));
    count.ok_or_else(|| "write a number from 1 to 1024".to_owned())
}

impl Args {
    /// Files and folders, without standard input.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.paths.iter().filter(|path| path.as_os_str() != "-")
    }

    /// The settings file that was named.
    pub(super) fn config(&self) -> Option<&Path> {
        self.choice.config.as_deref()
    }

    /// Where baselines are looked for.
    pub(super) fn sought(&self) -> Result<Sought> {
        self.known.sought()
    }

    /// The number of threads that was named.
    pub(super) fn jobs(&self) -> Option<usize> {
        self.jobs
    }

    /// Whether ignore files and settings leave anything out.
    pub(super) fn ignores(&self) -> bool {
        !self.no_ignore
    }

    /// Whether only findings are printed.
    pub(super) fn is_quiet(&self) -> bool {
        self.reports.quiet
    }

    /// The claims register that was named.
    pub(super) fn claims(&self) -> Option<&Path> {
        self.claims.as_deref()
    }

    /// The files to check, and the jobs that come of them, that of standard input among them.
    fn find(&self, finder: &mut Finder) -> Result<(Walked, Vec<Job>)> {
        let ignore = self.ignores();
        let (mut walked, mut jobs) = inputs::find(&self.paths, finder, ignore)?;
        let name = self.stdin_path.as_deref();
        jobs.extend(inputs::standard_input(
            &self.paths,
            name,
            finder,
            ignore,
            &mut walked,
        )?);
        Ok((walked, jobs))
    }

    /// The arguments that change what is found or how it counts, each with its values; those without a value were not
    /// given.
    fn given(&self, what: What<'_>) -> Vec<(&'static str, Vec<String>)> {
        fn one<T: ToString>(value: Option<T>) -> Vec<String> {
            value.iter().map(ToString::to_string).collect()
        }
        let flag = |given: bool| one(given.then_some(true));
        let path = |path: Option<&Path>| one(path.map(walk::shown));
        let since = match what {
            What::Since(revision) => Some(revision),
            What::All | What::Staged => None,
        };
        let fail_on = self.reports.fail_on();
        let fail_on = fail_on.map(|from| from.map_or("never", |severity| severity.name()));
        let mut given = vec![
            ("claims", path(self.claims())),
            ("deny_unread", flag(self.deny_unread)),
            ("fail_on", one(fail_on)),
            ("max_age", one(self.max_age)),
            ("max_file_size", one(self.max_file_size)),
            ("no_ignore", flag(self.no_ignore)),
            ("page", one(self.page.as_deref())),
            ("paths", self.paths.iter().map(|path| walk::shown(path)).collect()),
            ("product", one(self.product.as_deref())),
            ("since", one(since)),
            ("staged", flag(matches!(what, What::Staged))),
            ("stdin_path", one(self.stdin_path.as_deref())),
        ];
        given.extend(self.choice.given());
        given.extend(self.known.given());
        given
    }

    /// What the command line says; `claims` instead of the register that was named, if given.
    fn overlay(&self, claims: Option<&Path>) -> Result<Overlay> {
        let mut overlay = self.choice.overlay()?;
        overlay.fail_on = self.reports.fail_on();
        overlay.min_severity = self.reports.min_severity;
        overlay.max_file_size = self.max_file_size;
        overlay.claims = claims.map(Path::to_owned).or_else(|| self.claims.clone());
        overlay.product = self.product.as_deref().and_then(|name| name.parse().ok());
        overlay.page = self.page.as_deref().and_then(|name| name.parse().ok());
        Ok(overlay)
    }

    /// Finds settings, with the command line over them; `config` and `claims` instead of the files that were named, if
    /// given.
    pub(super) fn finder(&self, config: Option<&Path>, claims: Option<&Path>) -> Result<Finder> {
        let choice = Choice {
            config: config.map(Path::to_owned).or_else(|| self.choice.config.clone()),
            ..self.choice.clone()
        };
        choice.finder(self.overlay(claims)?)
    }
}

/// What of the copy counts.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    All,
    /// What is new since a commit.
    Since(&'a str),
    /// What is about to be committed.
    Staged,
}

pub(super) fn run(check: &Check) -> Result<Status> {
    if let Some(what) = check.fix {
        fix::run(&check.args, what)?;
    }
    if check.watch {
        return watch::run(&check.args);
    }
    checked(&check.args, check.what())
}

impl Check {
    fn what(&self) -> What<'_> {
        match &self.since {
            Some(revision) => What::Since(revision),
            None if self.staged => What::Staged,
            None => What::All,
        }
    }
}

/// The evidence of a check that reports nothing.
pub(super) fn evidence(check: &Check) -> Result<String> {
    let (args, what) = (&check.args, check.what());
    let subject = Subject::find(args, what, &mut args.finder(None, None)?)?;
    let mut library = Subject::library(args, what);
    library.hashing = true;
    let judged = subject.judge(args, what, &library)?;
    Ok(judged.evidence.unwrap_or_default())
}

/// Checks, and reports what counts.
pub(super) fn checked(args: &Args, what: What<'_>) -> Result<Status> {
    let targets = args.reports.targets()?;
    args.sought()?;
    let mut finder = args.finder(None, None)?;
    if args.show_config {
        return shown::config(args, &mut finder);
    }
    let mut subject = Subject::find(args, what, &mut finder)?;
    let annotate = args
        .annotate
        .as_deref()
        .map(|out| Annotate::new(out, &args.paths))
        .transpose()?;
    if let Some(annotate) = &annotate {
        annotate.leave_out_copies(&mut subject.jobs);
    }
    let copies = annotate
        .map(|annotate| annotate.targets(&subject.jobs))
        .transpose()?;
    let mut library = Subject::library(args, what);
    library.hashing = args.attest.is_some();
    let shows_copy = targets.iter().any(Target::shows_copy);
    library.whole_files = shows_copy;
    if args.explain_claims {
        return claimed::tell(&subject.jobs, &library);
    }
    let judged = subject.judge(args, what, &library)?;
    // The process ends soon; taking every word of every policy apart would take longer than a page to check.
    std::mem::forget(library);
    tell(args, &subject, &judged);
    let Judged {
        as_of,
        outcome,
        unread,
        mut ledger,
        status,
        evidence,
        ..
    } = judged;
    if let Some(copies) = &copies {
        annotate::write(copies, &outcome, args.reports.quiet)?;
    }
    let views = shows_copy.then(|| session::views(&subject.jobs, &outcome));
    let passed = subject.walked.passed;
    if shows_copy {
        ledger.under.extend(ledger::commit(&choose::here()?));
    }
    let mut run = args.reports.run(as_of, outcome, passed, unread, ledger);
    run.views = views.unwrap_or_default();
    reports::write(&targets, &mut run)?;
    if let (Some(file), Some(text)) = (&args.attest, evidence) {
        attest::write(file, &text, args.reports.quiet)?;
    }
    Ok(status)
}

/// Says what is no finding.
fn tell(args: &Args, subject: &Subject, judged: &Judged) {
    let Subject {
        walked, jobs, commit, ..
    } = subject;
    let (outcome, quiet) = (&judged.outcome, args.reports.quiet);
    told::unchecked(&outcome.unchecked);
    if !quiet {
        told::tell(walked, jobs, &judged.unread, outcome);
    }
    if let Some(commit) = commit {
        let seen = reports::seen(outcome);
        commit.tell(walked, jobs, &judged.baselines, &seen, quiet);
    }
}

/// Adds what could not be found or opened to the findings.
pub(super) fn add_problems(walked: &Walked, outcome: &mut Outcome) {
    let settings = Settings::defaults(PathBuf::new());
    for (name, why) in &walked.problems {
        let finding = session::unreadable(name, why);
        outcome.findings.push(Judgement::new(finding, &settings));
    }
    outcome
        .findings
        .sort_by(|a, b| session::by_place(&a.finding, &b.finding));
}
