//! Owns the command line: arguments, one file per command, exit statuses.

mod annotate;
mod attest;
mod baseline;
mod check;
mod choose;
mod claimed;
mod claims;
mod decide;
mod diff;
mod exceptions;
mod explain;
mod init;
mod inputs;
mod ledger;
mod lsp;
mod output;
mod policy;
mod progress;
mod reports;
mod review;
mod rules;
mod schema;
mod scope;
mod score;
mod since;
mod staged;
mod status;
mod today;
mod told;

use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;

pub use check::{Checker, Report};
pub use status::Status;

/// Finds unqualified health claims and missing disclaimers in copy.
///
/// caveat reads drafts as a careful compliance reviewer does and says what would be sent back, where, and which rule of
/// which regulator stands behind it. It helps to find problems; it gives no legal advice.
#[derive(Debug, Parser)]
#[command(name = "caveat", version, arg_required_else_help = true, after_long_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  caveat check                           all copy below this folder
  caveat check --market us,uk drafts/    by the rules of two markets
  caveat explain us-effects/swallowed-disease
  caveat init                            a commented caveat.yaml

Exit status:
  0  nothing found at or above --fail-on
  1  something was found
  2  caveat could not do its job: usage, policy or settings, input or output";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files and folders
    Check(Box<check::Check>),
    /// Check, and report only what a change adds
    Diff(Box<diff::Args>),
    /// List the rules in force
    Rules(rules::Args),
    /// Say what a rule finds, why, and what to write instead
    Explain(explain::Args),
    /// Work on policy files
    #[command(subcommand)]
    Policy(policy::Command),
    /// Keep old copy apart, so that new findings are seen
    #[command(subcommand)]
    Baseline(baseline::Command),
    /// List what lets findings pass or softens a run: who, why, until when
    Exceptions(exceptions::Args),
    /// Write a page on which a reviewer decides on each finding
    Review(review::Args),
    /// Take up decisions that the review page exported
    Decide(decide::Args),
    /// Work on the register of approved claims
    #[command(subcommand)]
    Claims(claims::Command),
    /// Work on evidence: what a check with --attest wrote
    #[command(subcommand)]
    Attest(attest::Command),
    /// Serve an editor over standard input and output
    Lsp(lsp::Args),
    /// Write a commented caveat.yaml in this folder
    Init,
    /// Print the JSON schema of the findings, or of a file that caveat reads
    Schema {
        /// Whose
        #[arg(value_name = "OF", default_value = "findings")]
        of: schema::Of,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Why a command could not do its job, in a sentence for people.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Something that a person can set right.
    #[error("{0}")]
    Said(String),
    /// The output could not be written.
    #[error("the output cannot be written: {}", crate::walk::reason(.0))]
    Io(#[from] std::io::Error),
}

impl Failure {
    fn said(message: impl Into<String>) -> Self {
        Self::Said(message.into())
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// Runs caveat with a command line, the name of the program first, and returns its exit status. The process is caveat's:
/// it reads standard input, prints, and says nothing of faults that it reports itself.
pub fn run(line: impl IntoIterator<Item = OsString>) -> Status {
    // A fault in caveat is reported as a finding; the trace would only hide the other findings.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = match Cli::try_parse_from(line) {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() {
                Status::Trouble
            } else {
                Status::Clean
            };
            let _ = error.print();
            return status;
        }
    };
    let done = std::panic::catch_unwind(|| dispatch(cli.command));
    match done {
        Ok(Ok(status)) => status,
        Ok(Err(Failure::Io(error))) if error.kind() == std::io::ErrorKind::BrokenPipe => Status::Clean,
        Ok(Err(failure)) => {
            // A failure of several lines is several mistakes.
            failure.to_string().lines().for_each(complain);
            Status::Trouble
        }
        Err(_) => {
            complain("caveat failed; this is an internal error, please report it");
            Status::Trouble
        }
    }
}

fn dispatch(command: Command) -> Result<Status> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Policy(command) => policy::run(&command),
        Command::Baseline(command) => baseline::run(&command),
        Command::Exceptions(args) => exceptions::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Decide(args) => decide::run(&args),
        Command::Claims(command) => claims::run(&command),
        Command::Attest(command) => attest::run(&command),
        Command::Lsp(args) => lsp::run(&args),
        Command::Init => init::run(),
        Command::Schema { of } => schema::run(of),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "caveat", &mut script);
            output::stdout(&script)?;
            Ok(Status::Clean)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            output::stdout(&page)?;
            Ok(Status::Clean)
        }
    }
}

/// Says something that is no finding.
fn note(message: &str) {
    // Where even this cannot be written, nobody can be told.
    let _ = writeln!(std::io::stderr().lock(), "{}", crate::report::plain(message));
}

fn complain(message: &str) {
    note(&format!("error: {message}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn contradictions_are_refused() {
        for line in [
            "check --config a --no-config",
            "check --product vitamins",
            "check --fail-on often",
            "check --as-of yesterday",
            "check --as-of",
            "check -j 0",
            "check --max-file-size big",
            "check --market mars",
            "rules --format xml",
            "check --market us,,uk",
            "check --product food --product other",
            "check --baseline a --no-baseline",
            "check --max-age -1",
            "check --staged --since HEAD",
            "check --staged --annotate out.docx",
            "exceptions --format xml",
            "baseline",
            "baseline create --min-severity never",
        ] {
            let args = std::iter::once("caveat").chain(line.split(' '));
            assert!(Cli::try_parse_from(args).is_err(), "{line}");
        }
        let args = "caveat check - --stdin-path a.md --market us,uk --format json=x --format short -j 2";
        assert!(Cli::try_parse_from(args.split(' ')).is_ok());
    }
}
