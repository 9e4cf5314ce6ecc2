//! Owns policies: reading packs, checking everything that can be wrong with them, and joining them into the
//! policy of a run. It never sees copy.

mod book;
mod builtin;
mod check;
mod choices;
mod citations;
mod claims;
mod files;
mod inflect;
mod irregular;
mod language;
mod lexicon;
mod load;
pub mod model;
mod overlay;
mod pack;
mod pattern;
mod prepared;
mod read;
mod row;
mod rule;
mod sense;
mod statement;
mod suggest;
mod terms;
#[cfg(test)]
mod tests;
mod uses;

use crate::data::Mistake;
use crate::source::SourceFile;
pub use check::PATTERN_SIZE;
pub use model::Policy;
pub use pack::KEYS;
pub use prepared::{Prepared, prepare};
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use uses::{Used, uses};

/// Which packs a run asks for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Markets whose embedded packs are in force.
    pub markets: Vec<String>,
    /// Further packs, by name of an embedded one or by path of a file.
    pub policies: Vec<PackRef>,
}

/// A pack by name or by file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackRef {
    /// An embedded pack.
    Name(String),
    /// A file.
    File(PathBuf),
}

/// A mistake and the policy file that it stands in.
#[derive(Clone, Debug)]
pub struct PolicyMistake {
    /// The file; `None` where no file could be read.
    pub file: Option<Arc<SourceFile>>,
    /// The mistake.
    pub mistake: Mistake,
}

/// Loads and joins the packs asked for: those of the markets and of every market, those named, and all that
/// these extend.
///
/// # Errors
/// Every mistake in every pack.
pub fn load(request: &Request) -> Result<Policy, Vec<PolicyMistake>> {
    sound(overlay::join(request))
}

/// As [`load`], without the packs of every market.
///
/// # Errors
/// Every mistake in every pack.
pub fn load_alone(request: &Request) -> Result<Policy, Vec<PolicyMistake>> {
    sound(overlay::join_alone(request))
}

/// As [`load`], where the file at `path` has this text, whatever lies on disk.
///
/// # Errors
/// Every mistake in every pack.
pub fn load_given(request: &Request, path: &Path, text: &str) -> Result<Policy, Vec<PolicyMistake>> {
    sound(overlay::join_given(request, path, text))
}

fn sound((policy, mistakes): (Policy, Vec<PolicyMistake>)) -> Result<Policy, Vec<PolicyMistake>> {
    if mistakes.is_empty() {
        Ok(policy)
    } else {
        Err(mistakes)
    }
}

/// The names of the embedded packs.
pub fn names() -> Vec<&'static str> {
    builtin::PACKS.iter().map(|(name, _)| *name).collect()
}
