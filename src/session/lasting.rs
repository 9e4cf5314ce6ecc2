//! Owns what lasts from one run to the next while somebody writes: policies that are compiled, and what is remembered of the
//! files that change.

use super::memory::Memory;
use super::recent::Recent;
use super::rules::Library;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Files that are remembered.
const MOST: usize = 16;

/// What is remembered of files by their paths.
#[derive(Clone)]
pub(super) struct Edited(Arc<Mutex<Recent<PathBuf, Arc<Mutex<Memory>>>>>);

impl Default for Edited {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Recent::new(MOST))))
    }
}

impl Library {
    /// None yet, for the run after one with this library, between which nothing has changed but copy: policies that are
    /// compiled need not be compiled again, and what was remembered is.
    #[must_use]
    pub fn next(&self) -> Self {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let compiled = loaded
            .entries()
            .map(|(key, slot)| (key.clone(), Arc::clone(slot)));
        Self {
            compiled: compiled.collect(),
            edited: self.edited.clone(),
            ..Self::new(self.as_of)
        }
    }

    /// From now on remembers of a file, as long as not many others are being written, what it is judged by next time.
    pub fn remember(&self, file: PathBuf) {
        let mut edited = self.edited.0.lock().unwrap_or_else(PoisonError::into_inner);
        edited.of(file, Arc::default);
    }

    /// What is remembered of a file, if it is one of those.
    pub(super) fn remembered(&self, file: &Path) -> Option<Arc<Mutex<Memory>>> {
        let edited = self.edited.0.lock().unwrap_or_else(PoisonError::into_inner);
        edited.get(file).cloned()
    }
}
