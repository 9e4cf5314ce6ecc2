//! Owns `caveat lsp`: serving an editor.

use super::choose;
use super::{Failure, Result, Status, today};
use jiff::civil::Date;

/// Arguments of `caveat lsp`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = ABOUT)]
pub(super) struct Args {
    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day)]
    as_of: Option<Date>,
}

const ABOUT: &str = "\
An editor starts it and speaks with it over standard input and output. It says of a text what
`caveat check` says in the folder that the editor works in, with the settings found there. Word
drafts are no texts of an editor; `caveat check --annotate` answers in their margin. Advice is
shown where the initialization option `advice` is true.";

pub(super) fn run(args: &Args) -> Result<Status> {
    crate::lsp::serve(args.as_of, today::today).map_err(Failure::said)?;
    Ok(Status::Clean)
}
