//! Owns where output goes: standard output, or a file that is whole or not there at all.

use super::{Failure, Result};
use crate::report::Look;
use clap::ValueEnum;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How text for people looks on standard output.
pub(super) fn look(color: Color) -> Look {
    look_on(color, io::stdout().is_terminal())
}

/// How text for people looks on standard error.
pub(super) fn look_stderr(color: Color) -> Look {
    look_on(color, io::stderr().is_terminal())
}

fn look_on(color: Color, terminal: bool) -> Look {
    let quiet = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse::<usize>().ok());
    Look {
        colour: color == Color::Always || (color == Color::Auto && terminal && !quiet),
        unicode: color == Color::Always || terminal,
        width: columns
            .filter(|_| terminal)
            .unwrap_or(Look::PLAIN.width)
            .clamp(40, 160),
    }
}

/// Writes bytes to standard output; a reader that has gone away is no error.
pub(super) fn stdout(bytes: &[u8]) -> Result<()> {
    to_stdout(|out| out.write_all(bytes))
}

/// Writes to standard output; a reader that has gone away is no error.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is left in the buffer has nowhere to go; dropping it plainly would try again.
            let _ = out.into_parts();
            Ok(())
        }
        other => Ok(other?),
    }
}

/// Writes to a file through a temporary one beside it, so that nobody sees half of it.
pub(super) fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let failed = |error: io::Error| {
        let name = crate::walk::shown(path);
        Failure::said(format!(
            "{name} cannot be written: {}",
            crate::walk::reason(&error)
        ))
    };
    // What is no regular file (a pipe, /dev/null) must not be replaced by one.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return fs::OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|file| fill(file, write))
            .map_err(failed);
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let done = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|file| {
            // What is replaced keeps who may read and write it.
            fs::metadata(path).map_or(Ok(()), |meta| file.set_permissions(meta.permissions()))?;
            fill(file, write)
        })
        .and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| {
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
        }
        failed(error)
    })
}

fn fill(file: fs::File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let path = std::env::temp_dir().join(format!("caveat-output-{}.txt", std::process::id()));
        to_file(&path, |out| out.write_all(b"one")).unwrap();
        let failed = to_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        fs::remove_file(&path).unwrap();
        let nowhere = std::env::temp_dir().join("caveat-none/x/y.txt");
        assert!(
            to_file(&nowhere, |_| Ok(()))
                .unwrap_err()
                .to_string()
                .contains("there is no such")
        );
    }
}
