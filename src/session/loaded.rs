//! Owns what can be told of the policies that a run has loaded.

use super::rules::Library;
use super::softer;
use crate::config::Settings;
use crate::finding::Softening;
use crate::policy::model::{Check, PackInfo};
use std::path::PathBuf;
use std::sync::PoisonError;

impl Library {
    /// The packs of every policy loaded, each once, in order of name and file.
    pub fn packs(&self) -> Vec<PackInfo> {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = loaded.values().filter_map(|rules| rules.get()?.as_ref().ok());
        let mut packs: Vec<PackInfo> = sound
            .flat_map(|loaded| loaded.from.packs.iter().cloned())
            .collect();
        packs.sort_by(|a, b| (&a.name, a.file.name()).cmp(&(&b.name, b.file.name())));
        packs.dedup_by(|a, b| a.name == b.name && a.file.name() == b.file.name());
        packs
    }

    /// The files that were read beside the copy: policies, their word files, and what makes statements for pages.
    pub fn beside(&self) -> Vec<PathBuf> {
        let mut files = self.parts.keys();
        for pack in self.packs().iter().filter(|pack| !pack.embedded) {
            files.push(pack.file.name().into());
            files.extend(pack.word_files.iter().map(|(name, _)| name.into()));
        }
        files
    }

    /// The text that a rule of these settings asks for word for word: its own, or that of the one statement it names.
    pub fn prescribed(&self, settings: &Settings, rule: &str) -> Option<String> {
        let rules = self.rules(settings, &[], &[]);
        let policy = &rules.get()?.as_ref().ok()?.from;
        let rule = policy.rules.iter().find(|known| known.full_name() == rule)?;
        let Check::Require(require) = &rule.check else {
            return None;
        };
        let named = match (require.statements.as_slice(), require.statement.as_slice()) {
            ([one], []) => policy.statements.get(*one),
            _ => None,
        };
        let mut texts = require
            .exact
            .iter()
            .chain(named.iter().flat_map(|named| &named.exact));
        texts.next().cloned()
    }

    /// How many sets of rules are loaded.
    pub fn sets(&self) -> usize {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.values().count()
    }

    /// The rules that the settings and policies loaded make milder than the packs that have them.
    pub(super) fn softenings(&self) -> Vec<Softening> {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = loaded.values().filter_map(|rules| rules.get()?.as_ref().ok());
        let mut out = Vec::new();
        for loaded in sound {
            out.extend(softer::of_packs(&loaded.from.packs));
            out.extend(loaded.softened.iter().cloned());
        }
        out
    }
}
