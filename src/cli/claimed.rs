//! Owns `--explain-claims`: telling what a file claims as it was read, for who writes policies.

use super::{Result, Status, output};
use crate::engine::Told;
use crate::session::{Job, Library, claimed};

/// Prints the claims of each file, a line each: its place, its parts, and the rows that decide.
pub(super) fn tell(jobs: &[Job], library: &Library) -> Result<Status> {
    let mut text = String::new();
    for (file, claims) in jobs.iter().filter_map(|job| claimed(job, library)) {
        for claim in claims {
            let at = file.position(claim.span.start);
            text.push_str(&format!(
                "{}:{}:{}: {}\n",
                file.name(),
                at.line,
                at.column,
                line(&claim)
            ));
        }
    }
    output::stdout(crate::report::plain_lines(&text).as_bytes())?;
    Ok(Status::Clean)
}

/// The parts of a claim, and the rows that decide.
pub(super) fn line(claim: &Told) -> String {
    let parts = claim
        .parts
        .iter()
        .map(|(name, class, words)| match words.as_str() {
            "" => format!("{name} {class};"),
            words => format!("{name} {class} \"{words}\";"),
        });
    let rows = claim
        .rows
        .iter()
        .map(|(row, severity)| format!("{severity} [{row}]"));
    parts.chain(rows).collect::<Vec<_>>().join(" ")
}
