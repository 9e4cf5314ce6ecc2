//! Owns Word drafts (`.docx`, `.docm`): which text stands in the parts of a package and where, and laying margin comments
//! over it. It follows no relation out of the package, runs nothing, and knows no rule and no finding.

mod annotate;
mod comments;
mod lines;
mod marks;
mod package;
mod paragraph;
mod relations;
mod run;
mod story;
mod strip;
mod styles;
mod xml;

use crate::source::draft::Draft;
use package::Package;

pub use annotate::{Note, annotate};

/// Why a draft is not read; a sentence on what is wrong and what to send instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(String);

/// Reads a draft: its text, one line a paragraph and a new one at each line break, and what is known of it. What is read
/// of it may unpack to at most `most` bytes.
pub fn read(bytes: &[u8], most: u64) -> Result<(String, Draft), Broken> {
    let mut package = Package::open(bytes, most)?;
    let read = lines::read(&mut package, false)?;
    Ok((read.text, read.draft))
}

/// Whether bytes begin as those of a zip do.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}
