//! Owns `caveat policy why`: telling how a line of copy was read, what rules say of it, and what one that is silent
//! lacks.

use super::super::choose::{Choice, day};
use super::super::{Failure, Result, Status, claimed, inputs, output, today};
use crate::data::some;
use crate::engine::{Lack, Read};
use crate::finding::Finding;
use crate::session::{Library, Why, why};
use jiff::civil::Date;
use std::path::PathBuf;

/// Arguments of `caveat policy why`.
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Args {
    /// The file and the line, as reports name them: drafts/tea.md:14
    #[arg(value_name = "FILE:LINE")]
    place: String,

    /// The rule to ask about, as pack/rule [default: those that speak or nearly do]
    rule: Option<String>,

    #[command(flatten)]
    choice: Choice,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "Rules")]
    as_of: Option<Date>,
}

/// Vocabularies of a missing part that are named.
const NAMED: usize = 4;

pub(in crate::cli) fn run(args: &Args) -> Result<Status> {
    let (file, line) = place(&args.place)?;
    let mut finder = args.choice.finder(args.choice.overlay()?)?;
    let (walked, jobs) = inputs::find(std::slice::from_ref(&file), &mut finder, false)?;
    let Some(job) = jobs.first().filter(|_| jobs.len() == 1) else {
        let why = walked.problems.first().map(|(_, why)| why.as_str());
        let why = why.unwrap_or("this is no file of copy");
        return Err(Failure::said(format!("{}: {why}", crate::walk::shown(&file))));
    };
    let library = Library::new(args.as_of.unwrap_or_else(today::today));
    let told = why(job, &library, line, args.rule.as_deref())
        .map_err(|why| Failure::said(format!("{}: {why}", job.shown)))?;
    if told.read.is_empty() {
        let name = told.file.name();
        return Err(Failure::said(format!("{name}:{line} holds no copy that is read")));
    }
    let text: Vec<String> = told.read.iter().map(|read| sentence(read, &told)).collect();
    output::stdout(crate::report::plain_lines(&text.join("\n")).as_bytes())?;
    Ok(Status::Clean)
}

/// "drafts/tea.md:14", and with a column behind it.
pub(in crate::cli) fn place(written: &str) -> Result<(PathBuf, usize)> {
    let wrong = || {
        Failure::said(format!(
            "`{written}` is no place: write a file and a line, as a.md:14"
        ))
    };
    let number = |text: &str| text.parse::<usize>().ok().filter(|line| *line > 0);
    let (before, last) = written.rsplit_once(':').ok_or_else(wrong)?;
    let last = number(last).ok_or_else(wrong)?;
    Ok(match before.rsplit_once(':') {
        Some((file, line)) if !file.is_empty() => match number(line) {
            Some(line) => (PathBuf::from(file), line),
            None => (PathBuf::from(before), last),
        },
        _ => (PathBuf::from(before), last),
    })
}

fn sentence(read: &Read, told: &Why) -> String {
    let at = told.file.position(read.span.start);
    let mut out = format!(
        "{}:{}:{}: {}: {}\n",
        told.file.name(),
        at.line,
        at.column,
        read.block,
        read.text
    );
    for claim in &read.claims {
        out.push_str(&format!("  claims: {}\n", claimed::line(claim)));
    }
    for finding in &read.said {
        out.push_str(&said(finding, told));
    }
    for (rule, lacks) in &read.silent {
        out.push_str(&format!("  silent: {rule}\n"));
        for lack in lacks {
            out.push_str(&format!("    {lack}\n"));
            out.push_str(&would_do(lack, told));
        }
    }
    if read.said.is_empty() && read.silent.is_empty() {
        out.push_str(
            "  no rule speaks of it, and of none do all words stand here; name one to learn what it lacks\n",
        );
    }
    out
}

fn said(finding: &Finding, told: &Why) -> String {
    let rule = finding.rule().name.as_str();
    let words = told.file.slice(finding.span);
    match &finding.silenced {
        Some(silence) => format!(
            "  silenced: {rule}, {}, at \"{words}\"\n    by the guard `{}`: {}; without that it speaks\n",
            finding.severity(),
            silence.guard,
            silence.because
        ),
        None => {
            let guards = told.guards.get(rule).filter(|guards| !guards.is_empty());
            let guards = guards.map(|guards| format!("    harmless when: {}\n", guards.join(", ")));
            format!(
                "  speaks: {rule}, {}, at \"{words}\"\n{}",
                finding.severity(),
                guards.unwrap_or_default()
            )
        }
    }
}

/// The vocabularies that could play what is missing.
fn would_do(lack: &Lack, told: &Why) -> String {
    let Lack::Words { missing, .. } = lack else {
        return String::new();
    };
    let mut out = String::new();
    for (_, lexicons) in missing {
        let names: Vec<&str> = lexicons
            .iter()
            .filter_map(|id| told.words.get(*id as usize))
            .map(String::as_str)
            .collect();
        if names.is_empty() {
            continue;
        }
        out.push_str(&format!("    such words are in: {}\n", some(names.iter(), NAMED)));
    }
    out
}
