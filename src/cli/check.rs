//! Owns `caveat check`: from arguments to jobs, from the outcome to reports and an exit status.

use super::annotate::{self, Annotate};
use super::choose::{self, Choice};
use super::reports::{self, Reports, Target};
use super::scope::Known;
use super::since::Since;
use super::staged::Commit;
use super::{Failure, Result, Status, note, today};
use super::{attest, claimed, inputs, ledger, output, progress, told};
use crate::config::{Finder, Settings, show};
use crate::finding::{Page, Product};
use crate::report;
use crate::session::{self, Baselines, Job, Judgement, Library, Outcome, Sought};
use crate::walk::{self, Walked};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

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
  git show HEAD:tea.md | caveat check - --stdin-path tea.md

Folders are walked without hidden files, without what .gitignore and .caveatignore name, and without packages, built sites
and the like (--show-config lists them). What is named is checked, unless .caveatignore or `ignore` in caveat.yaml names it.
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 caveat could not do its job, or a folder held no
copy.";

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

    /// Finds settings, with the command line over them; `config` and `claims` instead of the files that were named, if
    /// given.
    pub(super) fn finder(&self, config: Option<&Path>, claims: Option<&Path>) -> Result<Finder> {
        let mut overlay = self.choice.overlay()?;
        overlay.fail_on = self.reports.fail_on();
        overlay.min_severity = self.reports.min_severity;
        overlay.max_file_size = self.max_file_size;
        overlay.claims = claims.map(Path::to_owned).or_else(|| self.claims.clone());
        overlay.product = self.product.as_deref().and_then(|name| name.parse().ok());
        overlay.page = self.page.as_deref().and_then(|name| name.parse().ok());
        let choice = Choice {
            config: config.map(Path::to_owned).or_else(|| self.choice.config.clone()),
            ..self.choice.clone()
        };
        choice.finder(overlay)
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
    let what = match &check.since {
        Some(revision) => What::Since(revision),
        None if check.staged => What::Staged,
        None => What::All,
    };
    checked(&check.args, what)
}

/// Checks, and reports what counts.
pub(super) fn checked(args: &Args, what: What<'_>) -> Result<Status> {
    let targets = args.reports.targets()?;
    let sought = args.sought()?;
    let mut finder = args.finder(None, None)?;
    if args.show_config {
        return show_config(args, &mut finder);
    }
    let since = match what {
        What::Since(revision) => Some(Since::new(revision)?),
        What::All | What::Staged => None,
    };
    let commit = match what {
        What::Staged => Some(Commit::new(&args.paths)?),
        What::All | What::Since(_) => None,
    };
    let (walked, mut jobs) = match &commit {
        Some(commit) => commit.find(&args.paths, &mut finder, args.ignores())?,
        None => args.find(&mut finder)?,
    };
    if let Some(since) = &since {
        if inputs::has_stdin(&args.paths) {
            return Err(Failure::said("standard input cannot be compared with a commit"));
        }
        jobs.retain(|job| since.has(job));
    }
    let annotate = args
        .annotate
        .as_deref()
        .map(|out| Annotate::new(out, &args.paths))
        .transpose()?;
    if let Some(annotate) = &annotate {
        annotate.leave_out_copies(&mut jobs);
    }
    let copies = annotate.map(|annotate| annotate.targets(&jobs)).transpose()?;
    let as_of = args.as_of.unwrap_or_else(today::today);
    let mut library = Library::new(as_of);
    let all = matches!(what, What::All);
    if all {
        library.walked = inputs::folders(&args.paths);
    }
    library.hashing = args.attest.is_some();
    library.whole_files = targets.iter().any(Target::shows_copy);
    if args.explain_claims {
        return claimed::tell(&jobs, &library);
    }
    let mut outcome = progress::run(&jobs, &library, args.jobs, args.reports.quiet);
    let baselines = Baselines::find(&sought, &jobs, &choose::here()?);
    baselines.apply(&jobs, &mut outcome);
    let mut ledger = ledger::of(&args.given(what), &walked, &jobs, &library, &outcome);
    let packs = args.attest.as_ref().map(|_| library.packs());
    if let Some(since) = &since {
        since.keep_new(args, &library, &jobs, &mut outcome, &mut ledger)?;
    }
    // The process ends soon; taking every word of every policy apart would take longer than a page to check.
    std::mem::forget(library);
    let mut unread = walk::estimate(&walked.unread);
    unread.append(&mut outcome.unseen);
    if all {
        let empty = told::no_copy(&walked, &jobs, &unread, &outcome, &choose::here()?);
        outcome.findings.extend(empty);
    }
    if args.deny_unread {
        outcome.findings.extend(told::denied(&unread));
    }
    add_problems(&walked, &mut outcome);
    if let Some(days) = args.max_age {
        baselines.age(&jobs, as_of, days, &mut outcome);
    }
    if !args.reports.quiet {
        told::tell(&walked, &jobs, &unread, &outcome);
    }
    if let Some(commit) = &commit {
        commit.tell(&walked, &jobs, &reports::seen(&outcome), args.reports.quiet);
    }
    if let Some(copies) = &copies {
        annotate::write(copies, &outcome, args.reports.quiet)?;
    }
    let status = reports::status(&outcome.findings);
    let attested = packs.map(|packs| {
        attest::document(&attest::Told {
            as_of,
            arguments: args.given(what),
            jobs: &jobs,
            packs: &packs,
            outcome: &outcome,
            ledger: &ledger.rows,
            status,
        })
    });
    reports::write(
        &targets,
        &mut args.reports.run(as_of, outcome, walked.passed, unread, ledger),
    )?;
    if let (Some(file), Some(text)) = (&args.attest, attested) {
        attest::write(file, &text, args.reports.quiet)?;
    }
    Ok(status)
}

fn show_config(args: &Args, finder: &mut Finder) -> Result<Status> {
    let mut status = Status::Clean;
    let mut text = String::new();
    for path in args.paths() {
        let real = walk::real(path)
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
    output::stdout(crate::report::plain_lines(&text).as_bytes())?;
    Ok(status)
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
