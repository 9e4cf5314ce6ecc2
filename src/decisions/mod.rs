//! Owns the file of decisions, as the review page writes it and people edit it: which findings were decided on, how, by
//! whom and when; and laying several such files together. It knows no finding but by its file and fingerprint.

mod read;
#[cfg(test)]
mod tests;

use crate::data::Mistake;
use crate::finding::Decision;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the file begins with, by which it is known wherever it lies.
pub const HEAD: &str = "# Decisions on findings of caveat";

/// A file of decisions.
#[derive(Debug)]
pub struct Sheet {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its rows, in the order of the file; those with mistakes are not among them.
    pub rows: Vec<Row>,
    /// What is wrong in it.
    pub mistakes: Vec<Mistake>,
}

/// A decision on one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file that the finding stands in, as reports name it.
    pub path: String,
    /// The finding's fingerprint.
    pub finding: String,
    /// The words that make it, for people.
    pub copy: Option<String>,
    /// What was decided.
    pub decision: Arc<Decision>,
    /// Where the row says what was decided.
    pub span: Span<Source>,
}

/// A row and the file it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The file.
    pub file: &'a Arc<SourceFile>,
    /// The row.
    pub row: &'a Row,
}

/// Two rows that decide otherwise on one finding.
#[derive(Clone, Copy, Debug)]
pub struct Conflict<'a> {
    /// The one that was read first.
    pub first: Said<'a>,
    /// The other.
    pub other: Said<'a>,
}

impl Sheet {
    /// Reads a file of decisions.
    pub fn read(file: Arc<SourceFile>) -> Self {
        let (rows, mistakes) = read::read(file.text());
        Self { file, rows, mistakes }
    }
}

/// The decisions of several files, one on each finding in the order in which they are met, and what they contradict each
/// other in. Of rows that agree the first counts.
pub fn merge(sheets: &[Sheet]) -> (Vec<Said<'_>>, Vec<Conflict<'_>>) {
    let mut known = BTreeMap::<(&str, &str), Said<'_>>::new();
    let (mut out, mut conflicts) = (Vec::new(), Vec::new());
    let said = |sheet| move |row| Said { file: sheet, row };
    for other in sheets
        .iter()
        .flat_map(|sheet| sheet.rows.iter().map(said(&sheet.file)))
    {
        let key = (other.row.path.as_str(), other.row.finding.as_str());
        let first = *known.entry(key).or_insert_with(|| {
            out.push(other);
            other
        });
        if !first.row.decision.agrees(&other.row.decision) {
            conflicts.push(Conflict { first, other });
        }
    }
    (out, conflicts)
}
