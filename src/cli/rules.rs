//! Owns `caveat rules`: the rules in force.

use super::choose::{self, Choice, Listing};
use super::output::{self, Color};
use super::{Result, Status, complain, note};
use crate::config::Settings;
use crate::finding::{Citation, Finding};
use crate::policy::model::{Policy, Rule};
use crate::report::plain;
use crate::session::{policy_of, settings_finding};
use serde::Serialize;
use std::io::{self, Write};

mod guide;

/// Arguments of `caveat rules`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    choice: Choice,

    /// How to list them
    #[arg(long, value_name = "NAME", default_value = "table")]
    format: Listing,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let Some(policy) = policy(&args.choice)? else {
        return Ok(Status::Trouble);
    };
    output::to_stdout(|out| match args.format {
        Listing::Table => table(&policy, out),
        Listing::Json => json(&policy, out),
        Listing::Markdown => guide::write(&policy, out),
    })?;
    Ok(Status::Clean)
}

/// The policy chosen; where it is broken, its mistakes are shown and there is none.
pub(super) fn policy(choice: &Choice) -> Result<Option<Policy>> {
    let settings = choice.settings()?;
    let found = if settings.mistakes.is_empty() {
        policy_of(&settings)
    } else {
        Err(in_settings(&settings))
    };
    match found {
        Ok(policy) => Ok(Some(policy)),
        Err(findings) => {
            let text = choose::show_all(&findings, &output::look_stderr(Color::Auto));
            let _ = io::stderr().lock().write_all(text.as_bytes());
            complain(&format!("the policy has {}", mistakes(findings.len())));
            Ok(None)
        }
    }
}

/// "1 mistake", "3 mistakes".
pub(super) fn mistakes(count: usize) -> String {
    format!("{count} mistake{}", if count == 1 { "" } else { "s" })
}

fn in_settings(settings: &Settings) -> Vec<Finding> {
    let found = settings.mistakes.iter();
    let found = found.map(|mistake| settings_finding(settings.file.clone(), mistake));
    found.collect()
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Some(severity) => severity.name(),
        None if rule.severity_for.is_empty() => "off",
        None => "varies",
    }
}

fn table(policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<String> = policy.rules.iter().map(Rule::full_name).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for (rule, name) in policy.rules.iter().zip(&names) {
        let (market, category) = (&rule.market, rule.category);
        writeln!(
            out,
            "{name:width$}  {:8} {market:6} {category:20} {}",
            severity(rule),
            plain(&rule.message)
        )?;
    }
    if policy.rules.is_empty() {
        note("no rules are in force");
    }
    Ok(())
}

#[derive(Serialize)]
struct Row<'a> {
    rule: String,
    category: &'static str,
    severity: &'static str,
    market: &'a str,
    message: &'a str,
    help: &'a str,
    instead: &'a [String],
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    url: Option<&'a str>,
    verified: Option<&'a str>,
}

fn json(policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row<'_>> = policy.rules.iter().map(row).collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    out.write_all(b"\n")
}

fn row(rule: &Rule) -> Row<'_> {
    Row {
        rule: rule.full_name(),
        category: rule.category.name(),
        severity: severity(rule),
        market: &rule.market,
        message: &rule.message,
        help: &rule.help,
        instead: &rule.instead,
        sources: rule.sources.iter().map(cited).collect(),
    }
}

fn cited(source: &Citation) -> Source<'_> {
    Source {
        title: &source.title,
        url: source.url.as_deref(),
        verified: source.verified.as_deref(),
    }
}
