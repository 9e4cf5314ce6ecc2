//! Owns a check up to its reports: which files are looked at, and what comes of them.

use super::{Args, What, add_problems};
use crate::cli::since::Since;
use crate::cli::staged::Commit;
use crate::cli::status::Status;
use crate::cli::{Failure, Result, attest, choose, inputs, ledger, progress, reports, today, told};
use crate::config::Finder;
use crate::report::Ledger;
use crate::session::{Baselines, Job, Library, Outcome};
use crate::walk::{self, Unread, Walked};
use jiff::civil::Date;
use std::path::PathBuf;

/// What is looked at.
pub(super) struct Subject {
    pub(super) walked: Walked,
    pub(super) jobs: Vec<Job>,
    since: Option<Since>,
    pub(super) commit: Option<Commit>,
}

/// What came of it.
pub(super) struct Judged {
    pub(super) as_of: Date,
    pub(super) outcome: Outcome,
    pub(super) unread: Vec<Unread>,
    pub(super) ledger: Ledger,
    pub(super) status: Status,
    /// Where baselines were looked for.
    pub(super) baselines: Vec<PathBuf>,
    /// The evidence, where files were hashed.
    pub(super) evidence: Option<String>,
}

impl Subject {
    /// The files that the arguments stand for.
    pub(super) fn find(args: &Args, what: What<'_>, finder: &mut Finder) -> Result<Self> {
        let since = match what {
            What::Since(revision) => Some(Since::new(revision)?),
            What::All | What::Staged => None,
        };
        let commit = match what {
            What::Staged => Some(Commit::new(&args.paths)?),
            What::All | What::Since(_) => None,
        };
        let (walked, mut jobs) = match &commit {
            Some(commit) => commit.find(&args.paths, finder, args.ignores())?,
            None => args.find(finder)?,
        };
        if let Some(since) = &since {
            if inputs::has_stdin(&args.paths) {
                return Err(Failure::said("standard input cannot be compared with a commit"));
            }
            jobs.retain(|job| since.has(job));
        }
        Ok(Self {
            walked,
            jobs,
            since,
            commit,
        })
    }

    /// A library for it.
    pub(super) fn library(args: &Args, what: What<'_>) -> Library {
        let mut library = Library::new(args.as_of.unwrap_or_else(today::today));
        if matches!(what, What::All) {
            library.walked = inputs::folders(&args.paths);
        }
        library
    }

    /// Judges it.
    pub(super) fn judge(&self, args: &Args, what: What<'_>, library: &Library) -> Result<Judged> {
        let Self { walked, jobs, .. } = self;
        let as_of = library.as_of();
        let here = choose::here()?;
        let mut outcome = progress::run(jobs, library, args.jobs, args.reports.quiet);
        let baselines = Baselines::find(&args.sought()?, jobs, &here);
        baselines.apply(as_of, jobs, &mut outcome);
        let mut ledger = ledger::of(&args.given(what), walked, jobs, library, &outcome);
        let packs = library.hashing.then(|| library.packs());
        if let Some(since) = &self.since {
            since.keep_new(args, library, jobs, &mut outcome, &mut ledger)?;
        }
        let mut unread = walk::estimate(&walked.unread);
        unread.append(&mut outcome.unseen);
        if matches!(what, What::All) {
            let empty = told::no_copy(walked, jobs, &unread, &outcome, &here);
            outcome.findings.extend(empty);
        }
        if args.deny_unread {
            let denied = told::denied(&unread, &outcome.unchecked);
            outcome.findings.extend(denied);
        }
        add_problems(walked, &mut outcome);
        if let Some(days) = args.max_age {
            baselines.age(jobs, as_of, days, &mut outcome);
        }
        let status = reports::status(&outcome.findings);
        let evidence = packs.map(|packs| {
            attest::document(&attest::Told {
                as_of,
                arguments: args.given(what),
                jobs,
                packs: &packs,
                outcome: &outcome,
                ledger: &ledger.rows,
                status,
            })
        });
        Ok(Judged {
            as_of,
            outcome,
            unread,
            ledger,
            status,
            baselines: baselines.places.into_iter().map(|place| place.path).collect(),
            evidence,
        })
    }
}
