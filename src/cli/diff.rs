//! Owns `caveat diff`: a check that reports only what a change adds.

use super::{Result, Status, check};

/// Arguments of `caveat diff`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
#[group(skip)]
pub(super) struct Args {
    /// The commit to compare with; where its branch and this one have parted, the commit at which they did
    #[arg(value_name = "REV")]
    revision: String,

    #[command(flatten)]
    check: check::Args,
}

const EXAMPLES: &str = "\
Examples:
  caveat diff origin/main
  caveat diff HEAD~1 content/ --format github

Both trees are judged whole, each with the settings, policies and exceptions it has, and the findings are compared, not
the lines: a finding is new if its sentence was not there, or was milder. Exit status as for caveat check.";

pub(super) fn run(args: &Args) -> Result<Status> {
    check::checked(&args.check, check::What::Since(&args.revision))
}
