//! Owns where the copy that is checked comes from: the paths of the command line, and standard input.

use super::choose;
use super::{Failure, Result};
use crate::config::{Finder, Settings};
use crate::extract::{FORMATS, Format, format_of};
use crate::session::{self, Input, Job, ignored_by, refused};
use crate::walk::{self, Found, LeftOut, Walked};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Whether standard input is among the paths.
pub(super) fn has_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}

/// The files that the paths stand for, and the jobs that come of them. Without `ignore` neither ignore files nor the
/// settings leave anything out.
pub(super) fn find(paths: &[PathBuf], finder: &mut Finder, ignore: bool) -> Result<(Walked, Vec<Job>)> {
    let paths = paths.iter().filter(|path| path.as_os_str() != "-");
    let paths: Vec<PathBuf> = paths.cloned().collect();
    Ok(session::find(&paths, finder, &choose::here()?, ignore))
}

/// The folders among the paths, without symbolic links: all copy in them is checked.
pub(super) fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let real = paths.iter().filter_map(|path| walk::real(path).ok());
    real.filter(|path| path.is_dir()).collect()
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
