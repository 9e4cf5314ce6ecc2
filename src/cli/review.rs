//! Owns `caveat review`: the page on which a reviewer decides on each finding.

use super::reports::Reports;
use super::scope::{Known, Scope};
use super::{Result, Status, choose, ledger, note, output, told};
use crate::finding::{Finding, Severity};
use crate::report::{self, REVIEW};
use crate::session::{self, Baselines};
use crate::walk::{self, shown};
use std::path::PathBuf;

/// Arguments of `caveat review`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(super) struct Args {
    #[command(flatten)]
    scope: Scope,

    #[command(flatten)]
    known: Known,

    /// Leave out what is milder: error, warning or advice [default: advice]
    #[arg(long, value_name = "SEVERITY", value_parser = choose::severity, help_heading = "Output")]
    min_severity: Option<Severity>,

    /// The page to write
    #[arg(
        long,
        value_name = "FILE",
        default_value = "caveat-review.html",
        help_heading = "Output"
    )]
    out: PathBuf,
}

const HELP: &str = "\
The page is one file that loads nothing and sends nothing. On it a reviewer goes from finding to finding in the copy as its
readers see it, and decides: change (with the wording), accept (why, and until when), escalate (to whom) or false alarm
(why). It exports decisions.yaml, takes an earlier one in to go on with, and `caveat decide decisions.yaml` takes it up.
Files are named from the folder that caveat is run in: run both in the same one.";

pub(super) fn run(args: &Args) -> Result<Status> {
    let mut ran = args.scope.run(true)?;
    let here = choose::here()?;
    Baselines::find(&args.known.sought()?, &ran.jobs, &here).apply(ran.as_of, &ran.jobs, &mut ran.outcome);
    let mut unread = walk::estimate(&ran.walked.unread);
    unread.append(&mut ran.outcome.unseen);
    let empty = told::no_copy(&ran.walked, &ran.jobs, &unread, &ran.outcome, &here);
    ran.outcome.findings.extend(empty);
    told::tell(&ran.walked, &ran.jobs, &unread, &ran.outcome);
    told::unchecked(&ran.outcome.unchecked);
    let has_trouble = ran.tells_trouble();
    let views = session::views(&ran.jobs, &ran.outcome);
    ran.ledger.under.extend(ledger::commit(&here));
    let mut run =
        Reports::from(args.min_severity).run(ran.as_of, ran.outcome, ran.walked.passed, unread, ran.ledger);
    run.views = views;
    output::to_file(&args.out, |out| (REVIEW.render)(&run, out))?;
    let open = run
        .findings
        .iter()
        .filter(|told| !told.left_out)
        .map(|told| &told.finding);
    let open = open
        .filter(|finding: &&Finding| report::is_decidable(finding) && !report::is_decided(finding))
        .count();
    let findings = if open == 1 { "finding" } else { "findings" };
    note(&format!(
        "wrote {} with {open} {findings} to decide on",
        shown(&args.out)
    ));
    Ok(if has_trouble {
        Status::Trouble
    } else {
        Status::Clean
    })
}
