//! Owns which files a run judges: those that a walk finds, less what the settings leave out and what is caveat's own, each
//! with its settings; and whether a file that is not on disk as it is to be judged would be one of them.

use super::{Input, Job};
use crate::config::{Finder, Settings};
use crate::extract::{format_of, is_for_programs};
use crate::policy::PackRef;
use crate::walk::{self, Found, How, LeftOut, Walked};
use std::path::{Path, PathBuf};

const UNREAD: &str = "caveat does not read files of this kind";
const AS_DOCX: &str = "save it as .docx and check that";

/// Kinds of drafts that are not read, with what to check in their place.
const INSTEAD: [(&str, &str); 6] = [
    ("doc", AS_DOCX),
    ("odt", AS_DOCX),
    ("rtf", AS_DOCX),
    ("pages", "export it as Word (.docx) and check that"),
    ("gdoc", "download it as Word (.docx) and check that"),
    (
        "pdf",
        "check the draft that it was made from: .docx, .md, .html or .txt",
    ),
];

/// Why a file of this name is not read.
pub fn refused(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let instead = INSTEAD.iter().find(|(kind, _)| Some(*kind) == ending.as_deref());
    instead.map_or_else(
        || UNREAD.to_owned(),
        |(_, instead)| format!("{UNREAD}; {instead}"),
    )
}

/// The files that the paths stand for, and the jobs that come of them; `here` is the working folder. Without `ignore`
/// neither ignore files nor the settings leave anything out.
pub fn find(paths: &[PathBuf], finder: &mut Finder, here: &Path, ignore: bool) -> (Walked, Vec<Job>) {
    let how = how(here, ignore);
    let mut walked = walk::walk(paths, how);
    take(&mut walked, finder, how);
    let jobs = jobs(&mut walked, finder, ignore);
    (walked, jobs)
}

/// The job of a file with this text, as a walk of the folder `root` would come to it, or, where there is no such folder, as
/// if it were named; none where such a run would not judge it. The file need not be there.
pub fn given(path: &Path, text: &str, root: Option<&Path>, finder: &mut Finder, here: &Path) -> Option<Job> {
    let how = how(here, true);
    let mut walked = match root {
        Some(root) => {
            let root = if root == here { Path::new(".") } else { root };
            walk::sift(root, [path.to_owned()], how, |path| wanted(path, finder))
        }
        None => named(path, here),
    };
    let job = jobs(&mut walked, finder, true).pop()?;
    let bytes = text.as_bytes().to_vec();
    Some(Job {
        input: Input::Bytes {
            bytes,
            path: path.to_owned(),
        },
        ..job
    })
}

fn how(here: &Path, ignore: bool) -> How<'_> {
    How {
        known: |name| format_of(name).is_some(),
        here,
        ignore,
    }
}

/// Whether the settings take a file for copy though the table of walks passes it over.
pub fn wanted(path: &Path, finder: &mut Finder) -> bool {
    let settings = finder.of_folder(path.parent().unwrap_or(path));
    settings.read.value.matches(settings.relative(path))
}

/// A file that is named, if no ignore file leaves it out.
fn named(path: &Path, here: &Path) -> Walked {
    let found = Found {
        shown: walk::shown(path.strip_prefix(here).unwrap_or(path)),
        path: path.to_owned(),
        named: true,
    };
    let stays = walk::ignored(path, here).is_none() && format_of(&found.shown).is_some();
    Walked {
        files: stays.then_some(found).into_iter().collect(),
        ..Walked::default()
    }
}

/// Takes what the table passes over and the settings name as copy.
fn take(walked: &mut Walked, finder: &mut Finder, how: How<'_>) {
    for left in walked.passed.clone() {
        let settings = finder.of_folder(left.path.parent().unwrap_or(&left.path));
        let read = &settings.read.value;
        if read.reach(settings.relative(&left.path)) {
            let wanted = |path: &Path| read.matches(settings.relative(path));
            walk::take(std::slice::from_ref(&left), how, wanted, walked);
        }
    }
}

/// A job for each file of `walked`, whose files they take over, that its settings do not ignore; what they do is told of
/// there.
pub fn jobs(walked: &mut Walked, finder: &mut Finder, ignore: bool) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(walked.files.len());
    let mut ignored = Vec::new();
    let mut stays = |file: &Found| {
        let settings = finder.of_folder(file.path.parent().unwrap_or(&file.path));
        match ignored_by(file, &settings).filter(|_| ignore) {
            Some(because) => {
                ignored.push((file.clone(), because));
                None
            }
            None => Some(settings),
        }
    };
    let mut unread = std::mem::take(&mut walked.unread);
    unread.retain(|file| stays(file).is_some_and(|settings| !is_own(file, &settings)));
    for file in std::mem::take(&mut walked.files) {
        let Some((format, settings)) = format_of(&file.shown).zip(stays(&file)) else {
            continue;
        };
        let is_for_programs = !file.named && is_for_programs(&file.shown);
        if !(is_for_programs || is_own(&file, &settings)) {
            jobs.push(Job {
                input: Input::Path(file.path),
                shown: file.shown,
                named: file.named,
                format,
                settings,
            });
        }
    }
    let (named, unread): (Vec<Found>, _) = unread.into_iter().partition(|file| file.named);
    walked.unread = unread;
    let refused = named.into_iter().map(|file| {
        let why = refused(&file.shown);
        (file.shown, why)
    });
    walked.problems.extend(refused);
    for (file, because) in ignored {
        let left = LeftOut {
            shown: file.shown,
            because,
            path: file.path,
        };
        if file.named {
            walked.ignored.push(left);
            continue;
        }
        let folder = walked
            .folders
            .iter_mut()
            .find(|folder| left.path.starts_with(&folder.path));
        if let Some(folder) = folder {
            folder.ignored.get_or_insert(left);
        }
    }
    jobs
}

/// The line of the settings that leaves a file out.
pub fn ignored_by(file: &Found, settings: &Settings) -> Option<String> {
    let line = settings.ignore.value.line(settings.relative(&file.path))?;
    let name = settings.file.as_ref().map_or(walk::SETTINGS, |file| file.name());
    Some(format!("{name}:{line}"))
}

/// Whether a file that was found is one of caveat's own: a policy or a register of the settings.
fn is_own(file: &Found, settings: &Settings) -> bool {
    let policies = settings.policies.iter().filter_map(|said| match &said.value {
        PackRef::File(path) => Some(path),
        PackRef::Name(_) => None,
    });
    let mut own = policies.chain(&settings.claims.value);
    !file.named && own.any(|path| walk::real(path).is_ok_and(|path| path == file.path))
}
