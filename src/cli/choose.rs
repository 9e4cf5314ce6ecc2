//! Owns the options that choose the policy, which several commands share, and how option values are read.

use super::{Failure, Result};
use crate::config::{Finder, MARKETS, Overlay, Settings, Where, pack_ref, read_size};
use crate::data::nearest;
use crate::finding::{Finding, Severity};
use crate::policy::PackRef;
use crate::report::{Snippet, plain_lines, snippet};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which rules are in force.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Choice {
    /// Add a policy: the name of a pack, or a file (may be repeated)
    #[arg(long, value_name = "NAME|FILE", help_heading = "Rules")]
    pub(super) policy: Vec<String>,

    /// Markets whose rules apply: us, uk, eu, au, ca [default: us, or what caveat.yaml says]
    #[arg(long, value_name = "MARKETS", value_delimiter = ',', value_parser = market, help_heading = "Rules")]
    pub(super) market: Vec<String>,

    /// Take settings from this file for everything
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "no_config",
        help_heading = "Settings"
    )]
    pub(super) config: Option<PathBuf>,

    /// Take no settings from caveat.yaml
    #[arg(long, help_heading = "Settings")]
    pub(super) no_config: bool,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Listing {
    /// For a terminal
    Table,
    /// One JSON list
    Json,
    /// Markdown
    Markdown,
}

impl Choice {
    /// The arguments that were given, each with its values.
    pub(super) fn given(&self) -> [(&'static str, Vec<String>); 4] {
        let config = self.config.as_deref().map(crate::walk::shown);
        let none = self.no_config.then(|| "true".to_owned());
        [
            ("config", config.into_iter().collect()),
            ("markets", self.market.clone()),
            ("no_config", none.into_iter().collect()),
            ("policies", self.policy.clone()),
        ]
    }

    /// What the command line says of markets and policies.
    pub(super) fn overlay(&self) -> Result<Overlay> {
        let here = here()?;
        Ok(Overlay {
            markets: (!self.market.is_empty()).then(|| self.market.clone()),
            policies: self.policy.iter().map(|written| pack(written, &here)).collect(),
            ..Overlay::default()
        })
    }

    /// A finder of settings with `overlay` over them.
    pub(super) fn finder(&self, overlay: Overlay) -> Result<Finder> {
        let seek = match &self.config {
            Some(file) if !file.is_file() => {
                return Err(Failure::said(format!(
                    "there is no file {}",
                    crate::walk::shown(file)
                )));
            }
            Some(file) => Where::File(file.clone()),
            None if self.no_config => Where::Nowhere,
            None => Where::Nearest,
        };
        Ok(Finder::new(seek, overlay, here()?))
    }

    /// What holds in the working folder.
    pub(super) fn settings(&self) -> Result<Arc<Settings>> {
        let settings = self.finder(self.overlay()?)?.of_folder(&here()?);
        Ok(settings)
    }
}

/// The working folder, without symbolic links.
pub(super) fn here() -> Result<PathBuf> {
    std::env::current_dir()
        .and_then(|path| crate::walk::real(&path))
        .map_err(|error| Failure::said(format!("the working folder cannot be read: {error}")))
}

/// On the command line a file needs no slash if it is there. A folder is taken for one, so that it is told as such, unless
/// a pack has its name.
fn pack(written: &str, here: &Path) -> PackRef {
    let path = Path::new(written);
    if path.is_file() || (path.is_dir() && !crate::policy::names().contains(&written)) {
        return PackRef::File(PathBuf::from(written));
    }
    match pack_ref(written, here) {
        PackRef::File(_) => PackRef::File(PathBuf::from(written)),
        name @ PackRef::Name(_) => name,
    }
}

/// Findings for standard error, as of mistakes in policies.
pub(super) fn show_all(findings: &[Finding], look: &crate::report::Look) -> String {
    let shown = findings.iter().map(|finding| {
        let shown = Snippet {
            head: format!("{}[{}]:", finding.severity(), finding.rule().name),
            severity: finding.severity(),
            message: finding.message(),
            file: finding.file.as_deref(),
            span: finding.span,
            labels: &finding.labels,
            help: finding.own_help().map(plain_lines),
        };
        snippet(&shown, look) + "\n"
    });
    shown.collect()
}

pub(super) fn one_of(written: &str, what: &str, names: &[&str]) -> std::result::Result<String, String> {
    if names.contains(&written) {
        return Ok(written.to_owned());
    }
    let near = nearest(written, names.iter().copied());
    let near = near
        .map(|name| format!("; `{name}` is the nearest name"))
        .unwrap_or_default();
    Err(format!(
        "there is no {what} `{written}`{near} (there are: {})",
        names.join(", ")
    ))
}

fn market(written: &str) -> std::result::Result<String, String> {
    one_of(written.trim(), "market", &MARKETS)
}

/// A name of `names`, or `auto` for none.
pub(super) fn kind(written: &str, what: &str, names: &[&str]) -> std::result::Result<String, String> {
    let names: Vec<&str> = std::iter::once("auto").chain(names.iter().copied()).collect();
    one_of(written, what, &names)
}

/// A severity, or none for `never`.
pub(super) fn fail_on(written: &str) -> std::result::Result<FailOn, String> {
    let name = one_of(written, "severity", &["error", "warning", "advice", "never"])?;
    Ok(FailOn(name.parse().ok()))
}

/// The value of `--fail-on`; clap would take a bare `Option` for an optional option.
#[derive(Clone, Copy, Debug)]
pub(super) struct FailOn(pub(super) Option<Severity>);

pub(super) fn severity(written: &str) -> std::result::Result<Severity, String> {
    let name = one_of(written, "severity", &["error", "warning", "advice"])?;
    name.parse().map_err(|_| "unknown severity".to_owned())
}

pub(super) fn size(written: &str) -> std::result::Result<u64, String> {
    read_size(written).ok_or_else(|| "write a number of bytes, or 64k, 16M or 1G".to_owned())
}

pub(super) fn day(written: &str) -> std::result::Result<Date, String> {
    let shape = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = if shape { written.parse().ok() } else { None };
    day.ok_or_else(|| "write a day as 2026-11-23".to_owned())
}

/// A claims register that is there.
pub(super) fn register(written: &str) -> std::result::Result<PathBuf, String> {
    let path = PathBuf::from(written);
    if path.is_file() {
        Ok(path)
    } else {
        Err("there is no such file".to_owned())
    }
}
