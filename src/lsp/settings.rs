//! Owns caveat's own files in the editor: settings, policies and the claims register, told by their names and by what reads
//! them, and what is wrong with them as they stand there.

use super::judge::Judge;
use crate::config::{FILE, Finder, MARKETS};
use crate::data::{Mistake, real};
use crate::finding::Finding;
use crate::policy::model::Policy;
use crate::policy::{PackRef, PolicyMistake, Request, load_given};
use crate::register::Register;
use crate::session::{policy_finding, policy_of, register_findings, settings_finding, untrue_examples};
use crate::source::SourceFile;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a file is to caveat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Copy, or nothing.
    Copy,
    /// `caveat.yaml`.
    Settings,
    /// A policy.
    Policy,
    /// A claims register.
    Register,
}

/// What a file is.
pub(super) fn kind(path: &Path, text: &str, finder: &mut Finder) -> Kind {
    if path.ends_with(FILE) {
        return Kind::Settings;
    }
    if !path
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
    {
        return Kind::Copy;
    }
    let settings = finder.of_folder(path.parent().unwrap_or(path));
    let is = |named: &PathBuf| real(named).is_ok_and(|named| named == path);
    if settings.claims.value.as_ref().is_some_and(is) {
        return Kind::Register;
    }
    let mut policies = settings.policies.iter().map(|said| &said.value);
    let named = policies.any(|pack| matches!(pack, PackRef::File(named) if is(named)));
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    if named || (has("pack:") && has("market:")) {
        Kind::Policy
    } else {
        Kind::Copy
    }
}

/// What is wrong with one of caveat's own files.
pub(super) fn findings(kind: Kind, path: &Path, text: &str, judge: &Judge) -> Vec<Finding> {
    match kind {
        Kind::Copy => Vec::new(),
        Kind::Settings => {
            let settings = judge.finder.given(path, text);
            if settings.mistakes.is_empty() {
                return policy_of(&settings).err().unwrap_or_default();
            }
            let mistakes = settings.mistakes.iter();
            mistakes
                .map(|mistake| settings_finding(settings.file.clone(), mistake))
                .collect()
        }
        Kind::Policy => match policy(path, text, judge) {
            Ok(policy) => untrue_examples(&policy, |pack| pack.file.name() == judge.shown(path)),
            Err(wrong) => wrong.iter().map(policy_finding).collect(),
        },
        Kind::Register => {
            let file = Arc::new(SourceFile::new(judge.shown(path), text));
            let folder = path.parent().unwrap_or(Path::new(""));
            register_findings(&Register::read(file, folder, &MARKETS))
        }
    }
}

/// The policy of a file that is open, with all that it extends.
pub(super) fn policy(path: &Path, text: &str, judge: &Judge) -> Result<Policy, Vec<PolicyMistake>> {
    let path = path.strip_prefix(&judge.here).unwrap_or(path);
    let request = Request {
        markets: Vec::new(),
        policies: vec![PackRef::File(path.to_owned())],
    };
    load_given(&request, path, text)
}

/// The mistakes in a text of this kind, with the names that may stand in their places.
pub(super) fn mistakes(kind: Kind, path: &Path, text: &str, judge: &Judge) -> Vec<Mistake> {
    match kind {
        Kind::Copy => Vec::new(),
        Kind::Settings => judge.finder.given(path, text).mistakes,
        Kind::Policy => {
            let name = judge.shown(path);
            let wrong = policy(path, text, judge).err().unwrap_or_default();
            let own = |mistake: &PolicyMistake| mistake.file.as_ref().is_some_and(|file| file.name() == name);
            wrong.into_iter().filter(own).map(|wrong| wrong.mistake).collect()
        }
        Kind::Register => {
            let file = Arc::new(SourceFile::new(judge.shown(path), text));
            let folder = path.parent().unwrap_or(Path::new(""));
            Register::read(file, folder, &MARKETS).mistakes
        }
    }
}
