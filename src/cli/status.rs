//! Owns the exit statuses.

use std::process::ExitCode;

/// How a command ended; the worse one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Something is.
    Findings = 1,
    /// caveat could not do its job: usage, policy or settings, input or output.
    Trouble = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
