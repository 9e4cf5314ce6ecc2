//! Owns finding the files to check: which files a path on the command line stands for, in a fixed order, and what was
//! left out and why. It reads nothing of them, but to guess how much copy goes unread.

mod generators;
mod ignored;
mod name;
mod own;
mod sieve;
mod table;
#[cfg(test)]
mod tests;
mod unread;

pub use crate::data::{real, reason, shown};
pub use generators::{GENERATORS, Generator};
pub use name::fits;
pub use own::is_own;
pub use sieve::sift;
pub use table::{ROWS, Row};
pub use unread::{Unread, estimate, passed};

use ignored::Ignored;
use sieve::Sieve;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The name of a file of settings.
pub const SETTINGS: &str = "caveat.yaml";

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is, without symbolic links above it.
    pub path: PathBuf,
    /// The name that reports show: as given, with forward slashes.
    pub shown: String,
    /// Whether it was named itself rather than found in a folder.
    pub named: bool,
}

/// What a walk left out: a file, or a folder with all in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The name that reports show; a folder's has a slash at its end.
    pub shown: String,
    /// Why: "packages", "built by Next"; for what is ignored the line that says so.
    pub because: String,
    /// Where it is, without symbolic links above it.
    pub path: PathBuf,
}

/// A folder that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it is, without symbolic links.
    pub path: PathBuf,
    /// As given.
    pub shown: String,
    /// The first thing in it that an ignore file leaves out.
    pub ignored: Option<LeftOut>,
}

/// What a walk came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Files, sorted by shown name, each once.
    pub files: Vec<Found>,
    /// What was asked for and could not be had: the name and why.
    pub problems: Vec<(String, String)>,
    /// Files of kinds that nothing reads, sorted by shown name.
    pub unread: Vec<Found>,
    /// What the table passes over, sorted by shown name.
    pub passed: Vec<LeftOut>,
    /// Files that were named and that an ignore file leaves out.
    pub ignored: Vec<LeftOut>,
    /// The folders that were named.
    pub folders: Vec<Folder>,
    /// Every folder that was looked into, for who waits until something in one changes.
    pub inside: Vec<PathBuf>,
}

/// How paths are walked.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// Whether a file name is of a kind that can be read.
    pub known: fn(&str) -> bool,
    /// The working folder, without symbolic links.
    pub here: &'a Path,
    /// Whether ignore files count.
    pub ignore: bool,
}

/// The files that `paths` stand for.
///
/// Folders are walked without hidden files, without what ignore files name, without what the table passes over and
/// without following symbolic links. A file that is named itself is left out only if a `.caveatignore` says so.
pub fn walk(paths: &[PathBuf], how: How<'_>) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        match fs::metadata(path) {
            Err(error) => walked.problems.push((shown(path), reason(&error))),
            Ok(meta) if meta.is_dir() => folder(path, how, &mut walked),
            Ok(meta) if meta.is_file() => file(path, how, &mut walked),
            Ok(_) => walked
                .problems
                .push((shown(path), "this is not a regular file".into())),
        }
    }
    tidy(&mut walked);
    walked
}

/// Walks what the table passed over, for the files that are `wanted` of it after all.
pub fn take(passed: &[LeftOut], how: How<'_>, wanted: impl Fn(&Path) -> bool, walked: &mut Walked) {
    for left in passed {
        let mut inside = Walked::default();
        if left.path.is_dir() {
            walk_in(&left.path, Path::new(&left.shown), how, &mut inside);
        } else {
            let file = Found {
                path: left.path.clone(),
                shown: left.shown.clone(),
                named: false,
            };
            let of = if (how.known)(&file.shown) {
                &mut inside.files
            } else {
                &mut inside.unread
            };
            of.push(file);
        }
        walked
            .files
            .extend(inside.files.into_iter().filter(|file| wanted(&file.path)));
        walked
            .unread
            .extend(inside.unread.into_iter().filter(|file| wanted(&file.path)));
        walked.problems.append(&mut inside.problems);
        walked.inside.append(&mut inside.inside);
    }
    walked
        .passed
        .retain(|left| !(passed.contains(left) && wanted(&left.path)));
    tidy(walked);
}

/// The line of a `.caveatignore` that leaves out the file at `path`, which has no symbolic links above it and need not be
/// there; `here` is the working folder.
pub fn ignored(path: &Path, here: &Path) -> Option<String> {
    let top = ignored::top(path.parent().unwrap_or(path), here, SETTINGS);
    Ignored::new(here).by_ours(path, &top)
}

fn file(path: &Path, how: How<'_>, walked: &mut Walked) {
    let name = shown(path);
    let real = match real(path) {
        Ok(real) => real,
        Err(error) => return walked.problems.push((name, reason(&error))),
    };
    let by = how.ignore.then(|| ignored(&real, how.here)).flatten();
    if let Some(because) = by {
        walked.ignored.push(LeftOut {
            shown: name,
            because,
            path: real,
        });
    } else {
        let of = if (how.known)(&name) {
            &mut walked.files
        } else {
            &mut walked.unread
        };
        of.push(Found {
            path: real,
            shown: name,
            named: true,
        });
    }
}

fn folder(root: &Path, how: How<'_>, walked: &mut Walked) {
    match real(root) {
        Ok(real) => {
            let ignored = walk_in(&real, root, how, walked);
            walked.folders.push(Folder {
                path: real,
                shown: shown(root),
                ignored,
            });
        }
        Err(error) => walked.problems.push((shown(root), reason(&error))),
    }
}

/// Walks the folder `real`, whose name is shown as `root`; the first thing that an ignore file leaves out.
fn walk_in(real: &Path, root: &Path, how: How<'_>, walked: &mut Walked) -> Option<LeftOut> {
    let top = ignored::top(real, how.here, SETTINGS);
    let within = real.ancestors().take_while(|above| above.starts_with(&top));
    if let Some(file) = within.filter_map(ignored::odd).next() {
        walked.problems.push((shown(&file), ignored::ODD.into()));
        return None;
    }
    let name = |inside: &Path| match root.to_str() {
        Some(".") => shown(inside),
        _ => shown(&root.join(inside)),
    };
    let mut sieve = Sieve::new(&top, how);
    let (mut files, mut unread, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for entry in WalkDir::new(real)
        .into_iter()
        .filter_entry(|entry| sieve.keeps(entry))
    {
        let inside = |path: &Path| name(path.strip_prefix(real).unwrap_or(path));
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), reason);
                problems.push((inside(error.path().unwrap_or(real)), why));
                continue;
            }
        };
        if entry.file_type().is_dir() {
            walked.inside.push(entry.into_path());
            continue;
        }
        // What only waits when it is read: pipes, sockets, devices.
        if !entry.file_type().is_file() {
            continue;
        }
        let shown = inside(entry.path());
        let of = if (how.known)(&shown) {
            &mut files
        } else {
            &mut unread
        };
        of.push(Found {
            path: entry.into_path(),
            shown,
            named: false,
        });
    }
    let tell = |left: LeftOut| {
        let inside = name(left.path.strip_prefix(real).unwrap_or(&left.path));
        let shown = if left.path.is_dir() { inside + "/" } else { inside };
        LeftOut { shown, ..left }
    };
    walked.files.append(&mut files);
    walked.unread.append(&mut unread);
    walked.problems.append(&mut problems);
    walked.passed.extend(sieve.passed.into_iter().map(tell));
    let told = sieve
        .odd
        .iter()
        .map(|file| (shown(file), ignored::ODD.to_owned()));
    walked.problems.extend(told);
    sieve.first.map(tell)
}

/// Sorts, and keeps each file once: named before found.
fn tidy(walked: &mut Walked) {
    for files in [&mut walked.files, &mut walked.unread] {
        files.sort_by(|a, b| b.named.cmp(&a.named).then_with(|| a.shown.cmp(&b.shown)));
        let mut seen = HashSet::new();
        files.retain(|file| seen.insert(file.path.clone()));
        files.sort_by(|a, b| a.shown.cmp(&b.shown));
    }
    for left in [&mut walked.passed, &mut walked.ignored] {
        left.sort();
        left.dedup_by(|a, b| a.path == b.path);
    }
    walked.problems.sort();
    walked.problems.dedup();
}
