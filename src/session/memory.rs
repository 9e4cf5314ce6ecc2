//! Owns what is remembered of a file from one check to the next.

use super::Job;
use super::language::Glances;
use crate::config::Settings;
use crate::{engine, extract};
use std::sync::Arc;

/// What is remembered of a file that is checked again and again while somebody writes, for [`again`](super::again). It takes
/// some ten times the room of the text. Checking another file with it, or under other settings or rules, is no mistake; it helps
/// then no more than a new one.
#[derive(Default)]
pub struct Memory {
    /// What it was checked as.
    of: Option<(String, Arc<Settings>)>,
    pub(super) copy: extract::Memory,
    pub(super) glances: Glances,
    /// Judged by what settings say of it,
    pub(super) given: engine::Memory,
    /// and by what its front matter says besides.
    pub(super) told: engine::Memory,
}

impl Memory {
    /// What is remembered of the file of a job; nothing where it was checked as another, or under other settings.
    pub(super) fn of(&mut self, job: &Job) -> &mut Self {
        let same = |(shown, settings): &(String, Arc<Settings>)| {
            *shown == job.shown && Arc::ptr_eq(settings, &job.settings)
        };
        if !self.of.as_ref().is_some_and(same) {
            *self = Self {
                of: Some((job.shown.clone(), Arc::clone(&job.settings))),
                ..Self::default()
            };
        }
        self
    }
}
