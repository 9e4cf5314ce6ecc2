//! Owns reading what a file claims, for who asks how it was read.

use super::judge::{believed, text};
use super::rules::Library;
use super::{Job, matter};
use crate::engine::Told;
use crate::source::SourceFile;
use std::sync::Arc;

/// The claims of a file, in order, with its text. A file that cannot be read or judged has none: `caveat check` says why.
pub fn claimed(job: &Job, library: &Library) -> Option<(Arc<SourceFile>, Vec<Told>)> {
    let file = Arc::new(text(job).ok()?.under(job.shown.clone()));
    let document = job.extract(&file).document;
    let folder = super::judge::folder(job);
    let matter = matter::read(&document, folder, &job.settings.root, &mut Vec::new());
    let rules = library.rules(&job.settings, &matter.markets, &matter.policies);
    let loaded = rules.get()?.as_ref().ok()?;
    let given = believed(job, &loaded.rules, &document, &matter);
    let claims = loaded.rules.claims(&document, &given);
    Some((file, claims))
}
