//! Owns getting at policy files and word files, embedded or on disk, within their limits.

use super::{PolicyMistake, builtin};
use crate::data::{Mistake, reason, shown};
use crate::source::SourceFile;
use crate::text::Span;
use std::borrow::Cow;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read, in bytes.
const MOST: u64 = 4 * 1024 * 1024;

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Part of the program, by name.
    Embedded(&'static str),
    /// A file.
    File(PathBuf),
}

impl Home {
    /// The pack's text under the name that reports show.
    pub(super) fn read(&self) -> Result<Arc<SourceFile>, String> {
        match self {
            Self::Embedded(name) => Ok(Arc::new(SourceFile::new(
                format!("policies/{name}.yaml"),
                builtin::pack(name).unwrap_or_default(),
            ))),
            Self::File(path) => {
                let (name, text) = read(path, "policy")?;
                Ok(Arc::new(SourceFile::new(name, text)))
            }
        }
    }

    /// What tells two homes apart, whatever the way that a path takes.
    pub(super) fn key(&self) -> Self {
        match self {
            Self::Embedded(_) => self.clone(),
            Self::File(path) => Self::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
        }
    }

    /// The pack that this one calls by a path.
    pub(super) fn beside(&self, path: &str) -> Result<Self, String> {
        match self {
            Self::Embedded(_) => Err("An embedded pack extends others by name only".to_owned()),
            Self::File(file) => below(file, path, "pack").map(Self::File),
        }
    }

    /// A word file, by its path relative to the pack: its name and its text.
    pub(super) fn word_file(&self, path: &str) -> Result<(String, Cow<'static, str>), String> {
        match self {
            Self::Embedded(_) => builtin::word_text(path.trim_start_matches("./"))
                .map(|text| (format!("policies/{path}"), Cow::Borrowed(text)))
                .ok_or_else(|| format!("There is no embedded word file `{path}`")),
            Self::File(file) => {
                let whole = below(file, path, "word file")?;
                read(&whole, "word").map(|(name, text)| (name, text.into()))
            }
        }
    }
}

/// The file that the pack in `file` names by `path`. A pack comes from anywhere; what it names stands in its own folder
/// or below, or a stranger's pack could show the reader's files in its mistakes.
fn below(file: &Path, path: &str, what: &str) -> Result<PathBuf, String> {
    let outside = || Err(format!("The {what} `{path}` is not inside the pack's folder"));
    let mut parts = Path::new(path).components();
    let plain = parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !plain || path.contains('\\') {
        return outside();
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    let whole = folder.join(path);
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    // A link may lead out of the folder although its path does not.
    match (whole.canonicalize(), folder.canonicalize()) {
        (Ok(real), Ok(folder)) if !real.starts_with(&folder) => outside(),
        _ => Ok(whole),
    }
}

/// The name and text of a file.
fn read(path: &Path, what: &str) -> Result<(String, String), String> {
    let name = shown(path);
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => format!("There is no {what} file `{name}`"),
        _ => format!("The {what} file `{name}` cannot be read: {}", reason(&error)),
    };
    let about = std::fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(format!("`{name}` is a folder; a {what} file is expected"));
    }
    if !about.is_file() {
        return Err(format!("`{name}` is no regular file"));
    }
    if what == "policy" && !is_yaml(&path.canonicalize().map_err(failed)?) {
        return Err(format!(
            "`{name}` does not end in .yaml or .yml, as policy files do"
        ));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST {
        return Err(format!("The {what} file `{name}` is larger than 4 MB"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("The {what} file `{name}` is UTF-16; save it as UTF-8"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(_) => Err(format!("The {what} file `{name}` is not UTF-8")),
    }
}

/// Whether a file's name says that it is YAML. Mistakes show lines of a policy, so no other file is taken for one.
fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// A mistake that stands in no file that could be read.
pub(super) fn homeless(message: impl Into<String>, help: impl Into<String>) -> PolicyMistake {
    PolicyMistake {
        file: None,
        mistake: Mistake::new(Span::empty(0), message).help(help),
    }
}
