//! Owns where the copy of `caveat check` comes from: files found by walking, and standard input.

use super::choose;
use super::{Failure, Result};
use crate::config::Finder;
use crate::extract::{FORMATS, Format, format_of, is_for_programs};
use crate::session::{Input, Job};
use crate::walk::{self, Walked};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Whether standard input is among the paths.
pub(super) fn has_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}

/// The files that the paths stand for.
pub(super) fn walk(paths: &[PathBuf], stdin_path: Option<&str>) -> Result<Walked> {
    if stdin_path.is_some() && !has_stdin(paths) {
        return Err(Failure::said("--stdin-path needs `-` as a path"));
    }
    let paths: Vec<PathBuf> = paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .cloned()
        .collect();
    Ok(walk::walk(&paths, |name| format_of(name).is_some()))
}

/// The folders among the paths, without symbolic links: all copy in them is checked.
pub(super) fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let real = paths.iter().filter_map(|path| walk::real(path).ok());
    real.filter(|path| path.is_dir()).collect()
}

/// A job for each file that its settings do not ignore.
pub(super) fn jobs(walked: &Walked, finder: &mut Finder) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(walked.files.len());
    for file in &walked.files {
        let Some(format) = format_of(&file.shown) else {
            continue;
        };
        if !file.named && is_for_programs(&file.shown) {
            continue;
        }
        let settings = finder.of_folder(file.path.parent().unwrap_or(&file.path));
        let ignored = !file.named && settings.ignore.value.matches(settings.relative(&file.path));
        if !ignored {
            jobs.push(Job {
                input: Input::Path(file.path.clone()),
                shown: file.shown.clone(),
                named: file.named,
                format,
                settings,
            });
        }
    }
    jobs
}

/// The job of standard input, if `-` is among the paths.
pub(super) fn standard_input(
    paths: &[PathBuf],
    stdin_path: Option<&str>,
    finder: &mut Finder,
) -> Result<Option<Job>> {
    if !has_stdin(paths) {
        return Ok(None);
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
    Ok(Some(Job {
        input: Input::Bytes { bytes, path },
        shown: stdin_path.map_or_else(|| "<stdin>".into(), |name| walk::shown(Path::new(name))),
        named: true,
        format: stdin_format(stdin_path)?,
        settings,
    }))
}

fn stdin_format(name: Option<&str>) -> Result<&'static Format> {
    let format = match name {
        Some(name) => format_of(name),
        None => FORMATS.iter().find(|format| format.name == "markdown"),
    };
    let name = name.unwrap_or("<stdin>");
    format.ok_or_else(|| Failure::said(format!("{name}: caveat does not read files of this kind")))
}
