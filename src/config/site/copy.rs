//! Owns which folders hold the documents of a site that are copy.

use super::TOP;
use crate::config::Settings;
use crate::data::shown;
use crate::extract::format_of;
use crate::finding::Taken;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// So many folders side by side are told as the one that holds them.
const MANY: usize = 4;
/// The folders of documents that hold copy.
pub(super) fn folders(taken: &[&Taken], root: &Path) -> Vec<String> {
    let settings = Settings::defaults(root.to_owned());
    let documents = taken
        .iter()
        .filter(|file| file.facts.words > 0)
        .map(|file| Path::new(&file.path))
        // The papers of a theme are no pages of the site.
        .filter(|path| path.is_relative() && !path.starts_with("themes") && settings.owes_from(path) == 0)
        .filter(|path| format_of(&shown(path)).is_some_and(|format| !format.is_data()));
    let folder = |path: &Path| match path.parent().map(shown) {
        Some(folder) if folder.is_empty() => TOP.to_owned(),
        folder => folder.unwrap_or_default() + "/",
    };
    let mut folders: BTreeSet<String> = documents.map(folder).collect();
    while let Some(above) = shared(&folders) {
        folders.retain(|folder| !folder.starts_with(&above));
        folders.insert(above);
    }
    let mut out: Vec<String> = Vec::new();
    for folder in folders {
        if !out.iter().any(|outer| folder.starts_with(outer.as_str())) {
            out.push(folder);
        }
    }
    out
}

/// A folder in which many of these stand side by side.
fn shared(folders: &BTreeSet<String>) -> Option<String> {
    let above = |folder: &String| {
        let (above, _) = folder.trim_end_matches('/').rsplit_once('/')?;
        (!above.is_empty()).then(|| format!("{above}/"))
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for above in folders.iter().filter_map(above) {
        *counts.entry(above).or_default() += 1;
    }
    counts
        .into_iter()
        .find(|(_, count)| *count >= MANY)
        .map(|(above, _)| above)
}
