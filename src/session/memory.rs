//! Owns what is remembered of a file from one check to the next.

use super::language::Glances;
use super::rules::Library;
use super::{Job, Outcome, gather, guarded};
use crate::config::Settings;
use crate::{engine, extract};
use std::sync::Arc;

/// What is remembered of a file that is checked again and again while somebody writes, for [`again`]. It takes some
/// ten times the room of the text. Checking another file with it, or under other settings or rules, is no mistake;
/// it helps then no more than a new one.
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

/// Checks one job as [`one`](super::one) does, and judges of it only what has changed since it was checked with
/// this memory, for whoever keeps a text that is being written.
///
/// ```
/// use caveat::config::Settings;
/// use caveat::extract::format_of;
/// use caveat::session::{Input, Job, Library, Memory, again, one};
/// use std::{path::PathBuf, sync::Arc};
///
/// let settings = Arc::new(Settings::defaults(PathBuf::new()));
/// let library = Library::lasting(jiff::civil::date(2026, 11, 23));
/// let job = |text: &str| Job {
///     input: Input::Bytes { bytes: text.into(), path: "tea.md".into() },
///     shown: "tea.md".to_owned(),
///     named: true,
///     format: format_of("tea.md").unwrap(),
///     settings: Arc::clone(&settings),
/// };
/// let mut memory = Memory::default();
/// for text in ["It tastes of mint.\n\nOur tea", "It tastes of mint.\n\nOur tea cures gout."] {
///     let (new, whole) = (again(&job(text), &library, &mut memory), one(&job(text), &library));
///     assert_eq!(format!("{:?}", new.findings), format!("{:?}", whole.findings));
/// }
/// ```
pub fn again(job: &Job, library: &Library, memory: &mut Memory) -> Outcome {
    gather(
        std::slice::from_ref(job),
        vec![guarded(job, library, Some(memory))],
        library,
    )
}
