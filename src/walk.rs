//! Owns finding the files to check: which files a path on the command line stands for, in a fixed order. It never
//! reads what is in them.

pub use crate::data::{real, reason, shown};
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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

/// What a walk came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Files, sorted by shown name, each once.
    pub files: Vec<Found>,
    /// What was asked for and could not be had: the name and why.
    pub problems: Vec<(String, String)>,
    /// Files passed over because nothing reads their kind.
    pub other_kinds: usize,
}

/// The files that `paths` stand for. `known` says whether a file name is of a kind that can be read.
///
/// Folders are walked without hidden files, without what `.gitignore` and `.caveatignore` name and without following
/// symbolic links. What is named itself is taken whatever it is called by those.
pub fn walk(paths: &[PathBuf], known: fn(&str) -> bool) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        match fs::metadata(path) {
            Err(error) => walked.problems.push((shown(path), reason(&error))),
            Ok(meta) if meta.is_dir() => folder(path, known, &mut walked),
            Ok(meta) if meta.is_file() => file(path, known, &mut walked),
            Ok(_) => walked
                .problems
                .push((shown(path), "this is not a regular file".into())),
        }
    }
    tidy(&mut walked);
    walked
}

fn file(path: &Path, known: fn(&str) -> bool, walked: &mut Walked) {
    let name = shown(path);
    if !known(&name) {
        walked
            .problems
            .push((name, "caveat does not read files of this kind".into()));
        return;
    }
    match real(path) {
        Ok(real) => walked.files.push(Found {
            path: real,
            shown: name,
            named: true,
        }),
        Err(error) => walked.problems.push((name, reason(&error))),
    }
}

fn folder(root: &Path, known: fn(&str) -> bool, walked: &mut Walked) {
    let real = match real(root) {
        Ok(real) => real,
        Err(error) => return walked.problems.push((shown(root), reason(&error))),
    };
    if let Some(file) = real.ancestors().find_map(unread) {
        return walked.problems.push((shown(&file), NO_IGNORE_FILE.into()));
    }
    let left = Arc::new(Mutex::new(Vec::new()));
    let skipped = Arc::clone(&left);
    let entries = WalkBuilder::new(root)
        .require_git(false)
        // What one person's machine ignores must not change what is found.
        .git_global(false)
        .follow_links(false)
        .add_custom_ignore_filename(".caveatignore")
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| {
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let file = if folder { unread(entry.path()) } else { None };
            let skip = file.is_some();
            skipped
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(file);
            !skip
        })
        .build();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walked.problems.push(trouble(root, &error));
                continue;
            }
        };
        // Folders, and what only waits when it is read: pipes, sockets, devices.
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let name = if root == Path::new(".") {
            shown(inside)
        } else {
            shown(entry.path())
        };
        if known(&name) {
            walked.files.push(Found {
                path: real.join(inside),
                shown: name,
                named: false,
            });
        } else if inside
            .file_name()
            .is_none_or(|name| name != "caveat.yaml" && name != "claims.yaml")
        {
            walked.other_kinds += 1;
        }
    }
    let left = std::mem::take(&mut *left.lock().unwrap_or_else(PoisonError::into_inner));
    let told = left.iter().map(|file| (shown(file), NO_IGNORE_FILE.to_owned()));
    walked.problems.extend(told);
}

const NO_IGNORE_FILE: &str =
    "this is no regular file of at most 1M, so what to ignore is not known and the folder is left out";

/// A file in `folder` that says what to ignore and would be read for ever, or for very long: a pipe, a device, a huge
/// file.
fn unread(folder: &Path) -> Option<PathBuf> {
    const NAMES: [&str; 4] = [".gitignore", ".ignore", ".caveatignore", ".git/info/exclude"];
    let odd = |file: &PathBuf| {
        let about = fs::metadata(file);
        about.is_ok_and(|about| !(about.is_dir() || (about.is_file() && about.len() <= 1 << 20)))
    };
    NAMES.iter().map(|name| folder.join(name)).find(odd)
}

/// The path and the plain reason in an error of the walk.
fn trouble(root: &Path, error: &ignore::Error) -> (String, String) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (_, reason) = trouble(path, err);
            (shown(path), reason)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            trouble(root, err)
        }
        ignore::Error::Io(error) => (shown(root), reason(error)),
        other => (shown(root), other.to_string()),
    }
}

/// Sorts, and keeps each file once: named before found.
fn tidy(walked: &mut Walked) {
    walked
        .files
        .sort_by(|a, b| b.named.cmp(&a.named).then_with(|| a.shown.cmp(&b.shown)));
    let mut seen = HashSet::new();
    walked.files.retain(|file| seen.insert(file.path.clone()));
    walked.files.sort_by(|a, b| a.shown.cmp(&b.shown));
    walked.problems.sort();
    walked.problems.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new folder for one test, removed at its end.
    struct Scratch(PathBuf);
    impl Scratch {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let path = std::env::temp_dir().join(format!("caveat-walk-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            for (file, text) in files {
                let file = path.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            Self(path)
        }
        fn names(&self, walked: &Walked) -> Vec<String> {
            let root = shown(&self.0) + "/";
            walked
                .files
                .iter()
                .map(|file| file.shown.replace(&root, ""))
                .collect()
        }
    }
    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
    fn md(name: &str) -> bool {
        name.ends_with(".md")
    }

    #[test]
    fn ignores_what_ignore_files_and_dots_say() {
        let scratch = Scratch::new(
            "ignore",
            &[
                ("b.md", ""),
                ("a/x.md", ""),
                ("a.md", ""),
                (".hidden.md", ""),
                ("out/y.md", ""),
                ("old/z.md", ""),
                ("pic.png", ""),
                ("caveat.yaml", ""),
                (".gitignore", "out/\n"),
                (".caveatignore", "old/\n"),
            ],
        );
        let walked = walk(std::slice::from_ref(&scratch.0), md);
        assert_eq!(scratch.names(&walked), ["a.md", "a/x.md", "b.md"]);
        assert_eq!(walked.other_kinds, 1);
        let named = walk(&[scratch.0.join("out/y.md"), scratch.0.join(".hidden.md")], md);
        assert_eq!(scratch.names(&named), [".hidden.md", "out/y.md"]);
    }

    #[test]
    fn takes_a_file_once_and_says_what_is_missing() {
        let scratch = Scratch::new("once", &[("a.md", ""), ("b.bin", "")]);
        let paths = [
            scratch.0.clone(),
            scratch.0.join("a.md"),
            scratch.0.join("none.md"),
            scratch.0.join("b.bin"),
        ];
        let walked = walk(&paths, md);
        assert_eq!(walked.files.len(), 1);
        assert!(walked.files[0].named);
        let reasons: Vec<&str> = walked.problems.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "caveat does not read files of this kind",
                "there is no such file or folder"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_when_walking() {
        let scratch = Scratch::new("links", &[("a.md", "")]);
        std::os::unix::fs::symlink(&scratch.0, scratch.0.join("loop")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("a.md"), scratch.0.join("b.md")).unwrap();
        std::os::unix::net::UnixListener::bind(scratch.0.join("s.md")).unwrap();
        let walked = walk(std::slice::from_ref(&scratch.0), md);
        assert_eq!(scratch.names(&walked), ["a.md"]);
        assert!(walked.problems.is_empty());
        let named = walk(&[scratch.0.join("b.md"), scratch.0.join("s.md")], md);
        assert_eq!(scratch.names(&named), ["b.md"]);
        assert_eq!(named.problems[0].1, "this is not a regular file");
    }
}
