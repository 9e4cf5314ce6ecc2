//! Owns `--show-config`: the settings in force, with where each comes from.

use super::Args;
use crate::cli::{Failure, Result, Status, note, output, rules};
use crate::config::{Finder, show};
use crate::report;
use crate::walk;

/// Prints the settings of each path.
pub(super) fn config(args: &Args, finder: &mut Finder) -> Result<Status> {
    let mut status = Status::Clean;
    let mut text = String::new();
    for path in args.paths() {
        let real = walk::real(path)
            .map_err(|error| Failure::said(format!("{}: {}", walk::shown(path), walk::reason(&error))))?;
        let folder = if real.is_dir() {
            real.as_path()
        } else {
            real.parent().unwrap_or(&real)
        };
        let settings = finder.of_folder(folder);
        if args.paths.len() > 1 {
            text.push_str(&format!("# {}\n", report::plain(&walk::shown(path))));
        }
        text.push_str(&show(&settings));
        if !settings.mistakes.is_empty() {
            status = Status::Trouble;
            note(&format!(
                "the settings file has {}; `caveat check` shows them",
                rules::mistakes(settings.mistakes.len())
            ));
        }
    }
    output::stdout(report::plain_lines(&text).as_bytes())?;
    Ok(status)
}
