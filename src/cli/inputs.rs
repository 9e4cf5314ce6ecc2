//! Owns where the copy that is checked comes from: files found by walking, files that are named, and standard input; and
//! which of them the settings leave out.

use super::choose;
use super::{Failure, Result};
use crate::config::{Finder, Settings};
use crate::extract::{FORMATS, Format, format_of, is_for_programs};
use crate::policy::PackRef;
use crate::session::{Input, Job};
use crate::walk::{self, Found, How, LeftOut, Walked};
use std::io::Read;
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
fn refused(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let instead = INSTEAD.iter().find(|(kind, _)| Some(*kind) == ending.as_deref());
    instead.map_or_else(
        || UNREAD.to_owned(),
        |(_, instead)| format!("{UNREAD}; {instead}"),
    )
}

/// Whether standard input is among the paths.
pub(super) fn has_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}

/// The files that the paths stand for, and the jobs that come of them. Without `ignore` neither ignore files nor the
/// settings leave anything out.
pub(super) fn find(paths: &[PathBuf], finder: &mut Finder, ignore: bool) -> Result<(Walked, Vec<Job>)> {
    let paths: Vec<PathBuf> = paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .cloned()
        .collect();
    let here = choose::here()?;
    let how = How {
        known: |name| format_of(name).is_some(),
        here: &here,
        ignore,
    };
    let mut walked = walk::walk(&paths, how);
    take(&mut walked, finder, how);
    let jobs = jobs(&mut walked, finder, ignore);
    Ok((walked, jobs))
}

/// The folders among the paths, without symbolic links: all copy in them is checked.
pub(super) fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let real = paths.iter().filter_map(|path| walk::real(path).ok());
    real.filter(|path| path.is_dir()).collect()
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
pub(super) fn jobs(walked: &mut Walked, finder: &mut Finder, ignore: bool) -> Vec<Job> {
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
fn ignored_by(file: &Found, settings: &Settings) -> Option<String> {
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

/// The job of standard input, if `-` is among the paths; none, and a word in `walked`, where `ignore` counts and the
/// settings leave out the name that it is given.
pub(super) fn standard_input(
    paths: &[PathBuf],
    stdin_path: Option<&str>,
    finder: &mut Finder,
    ignore: bool,
    walked: &mut Walked,
) -> Result<Option<Job>> {
    if !has_stdin(paths) {
        return match stdin_path {
            Some(_) => Err(Failure::said("--stdin-path needs `-` as a path")),
            None => Ok(None),
        };
    }
    let path = match stdin_path {
        Some(name) => std::path::absolute(name).unwrap_or_else(|_| PathBuf::from(name)),
        None => choose::here()?.join("stdin.md"),
    };
    let folder = path.parent().unwrap_or(Path::new("/"));
    let folder = walk::real(folder).unwrap_or_else(|_| folder.to_owned());
    let settings = finder.of_folder(&folder);
    let mut bytes = Vec::new();
    let most = settings.max_file_size.value.saturating_add(1);
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::said(format!("standard input cannot be read: {}", walk::reason(&error))))?;
    let path = path
        .file_name()
        .map_or_else(|| path.clone(), |name| folder.join(name));
    let found = Found {
        path,
        shown: stdin_path.map_or_else(|| "<stdin>".into(), |name| walk::shown(Path::new(name))),
        named: true,
    };
    let ignored = (ignore && stdin_path.is_some())
        .then(|| ignored(&found, &settings))
        .transpose()?;
    if let Some(because) = ignored.flatten() {
        walked.ignored.push(LeftOut {
            shown: found.shown,
            because,
            path: found.path,
        });
        return Ok(None);
    }
    let Found { path, shown, named } = found;
    Ok(Some(Job {
        input: Input::Bytes { bytes, path },
        shown,
        named,
        format: stdin_format(stdin_path)?,
        settings,
    }))
}

/// The line that leaves out a file that need not be there.
fn ignored(file: &Found, settings: &Settings) -> Result<Option<String>> {
    let by_settings = ignored_by(file, settings);
    Ok(by_settings.or(walk::ignored(&file.path, &choose::here()?)))
}

/// The format that a name tells; Markdown without one.
pub(super) fn stdin_format(name: Option<&str>) -> Result<&'static Format> {
    let format = match name {
        Some(name) => format_of(name),
        None => FORMATS.iter().find(|format| format.name == "markdown"),
    };
    let name = name.unwrap_or("<stdin>");
    format.ok_or_else(|| Failure::said(format!("{name}: {}", refused(name))))
}
