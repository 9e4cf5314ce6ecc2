//! Owns `caveat attest`: whether a tree still says what its evidence says, and how two pieces of evidence differ.

use super::super::{Failure, Result, Status, check, note, output};
use super::canonical;
use super::compare::{Section, compare};
use crate::source::sha256;
use clap::Parser;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Commands on evidence.
#[derive(clap::Subcommand, Debug)]
pub(in crate::cli) enum Command {
    /// Check again as the evidence says, and say whether the tree still says the same
    Verify {
        /// What `caveat check --attest` wrote
        file: PathBuf,
    },
    /// Say how two pieces of evidence differ: the terms, the pages, what is found and what passes
    Diff {
        /// The earlier one
        before: PathBuf,
        /// The later one
        after: PathBuf,
    },
}

/// Options that have no value.
const FLAGS: [&str; 5] = ["deny_unread", "no_baseline", "no_config", "no_ignore", "staged"];

/// A check as evidence tells of it.
#[derive(Parser)]
#[command(name = "caveat check")]
struct Line {
    #[command(flatten)]
    check: check::Check,
}

pub(in crate::cli) fn run(command: &Command) -> Result<Status> {
    match command {
        Command::Verify { file } => verify(file),
        Command::Diff { before, after } => diff(before, after),
    }
}

fn verify(file: &Path) -> Result<Status> {
    let (then, text) = read(file)?;
    let name = crate::walk::shown(file);
    let mut written = String::new();
    canonical(&then, &mut written);
    if written + "\n" != text {
        note(&format!(
            "{name} is not as caveat writes evidence: it was changed since"
        ));
        return Ok(Status::Findings);
    }
    let line = line(&then).ok_or_else(|| no_evidence(file))?;
    let parsed = Line::try_parse_from(line).map_err(|error| {
        let why = error.to_string();
        let why = why
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        Failure::said(format!("{name}: its arguments are none of caveat's today: {why}"))
    })?;
    let now = check::evidence(&parsed.check)?;
    if now == text {
        let count = |key: &str| then[key].as_array().map_or(0, Vec::len);
        note(&format!(
            "verified: the tree says what {name} says (files: {}, findings: {}; sha256 {})",
            count("inputs"),
            count("findings"),
            sha256(text.as_bytes())
        ));
        return Ok(Status::Clean);
    }
    let now: Value = serde_json::from_str(&now).unwrap_or_default();
    tell(&compare(&then, &now))?;
    note(&format!("the tree no longer says what {name} says"));
    Ok(Status::Findings)
}

fn diff(before: &Path, after: &Path) -> Result<Status> {
    let (then, _) = read(before)?;
    let (now, _) = read(after)?;
    let sections = compare(&then, &now);
    if sections.is_empty() {
        note("the two say the same");
        return Ok(Status::Clean);
    }
    tell(&sections)?;
    Ok(Status::Findings)
}

fn tell(sections: &[Section]) -> Result<()> {
    let told = sections.iter().map(|Section { title, lines }| {
        let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
        format!("{title}\n{lines}")
    });
    let text = told.collect::<Vec<_>>().join("\n");
    output::stdout(crate::report::plain_lines(&text).as_bytes())
}

fn no_evidence(file: &Path) -> Failure {
    let name = crate::walk::shown(file);
    Failure::said(format!(
        "{name} is no evidence: `caveat check --attest` writes it"
    ))
}

/// Evidence and its text.
fn read(file: &Path) -> Result<(Value, String)> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let name = crate::walk::shown(file);
        Failure::said(format!("{name} cannot be read: {}", crate::walk::reason(&error)))
    })?;
    let value: Value = serde_json::from_str(&text).map_err(|_| no_evidence(file))?;
    let is =
        value["tool"]["name"] == "caveat" && value["arguments"].is_object() && value["inputs"].is_array();
    if is {
        Ok((value, text))
    } else {
        Err(no_evidence(file))
    }
}

/// The command line that made evidence.
fn line(evidence: &Value) -> Option<Vec<String>> {
    let mut line = vec![
        "caveat check".to_owned(),
        "--quiet".to_owned(),
        format!("--as-of={}", evidence["as_of"].as_str()?),
    ];
    let mut paths = Vec::new();
    for (name, values) in evidence["arguments"].as_object()? {
        let values: Vec<&str> = values.as_array()?.iter().filter_map(Value::as_str).collect();
        let option = match name.as_str() {
            "markets" => "market".to_owned(),
            "policies" => "policy".to_owned(),
            name => name.replace('_', "-"),
        };
        match name.as_str() {
            "paths" => paths.extend(values.iter().map(|path| (*path).to_owned())),
            name if FLAGS.contains(&name) => line.push(format!("--{option}")),
            _ => line.extend(values.iter().map(|value| format!("--{option}={value}"))),
        }
    }
    line.push("--".to_owned());
    line.extend(paths);
    Some(line)
}
