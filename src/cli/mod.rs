//! Owns the command line: arguments, one file per command, exit statuses.

use std::process::ExitCode;

/// Runs caveat with the process's arguments.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
