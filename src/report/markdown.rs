//! Owns the `markdown` format: a summary for a pull request or a job's page. It stays short however much is found.

use super::escape::{markdown, plain};
use super::grouped::grouped;
use super::place::{in_draft, path, positions, uri};
use super::{Reporter, Run, ledger, words};
use crate::finding::Finding;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "markdown",
    about: "a short summary for a pull request",
    shows_copy: false,
    render,
};

/// Rules in the table.
const RULES: usize = 15;
/// Findings in the list.
const FINDINGS: usize = 20;
/// Lines on what made the run milder.
const SOFTER: usize = 12;
/// Files in the list of what is not checked.
const UNCHECKED: usize = 5;
/// Characters of the copy that are shown of a finding.
const EXCERPT: usize = 120;

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## caveat\n\n{}", words::counted(&run.summary))?;
    write_ledger(run, out)?;
    let open: Vec<&Finding> = run.open().collect();
    write_decisions(&open, out)?;
    write_rules(&open, out)?;
    write_findings(run, out)?;
    write_rest(run, out)
}

/// What made the run milder than its packs.
fn write_ledger(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for (head, lines) in [
        ("This change makes verdicts milder", &run.ledger.newly),
        ("Milder than the packs", &ledger::in_words(run)),
    ] {
        if !lines.is_empty() {
            writeln!(out, "\n{head} (`caveat exceptions` lists all):\n")?;
        }
        for line in lines.iter().take(SOFTER) {
            writeln!(out, "* {}", markdown(line))?;
        }
        if let Some(more @ 1..) = lines.len().checked_sub(SOFTER) {
            writeln!(out, "* and {more} more")?;
        }
    }
    Ok(())
}

/// What reviewers ask for: where copy is to change, and where others are to decide.
fn write_decisions(open: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let decided: Vec<(&Finding, String)> = open
        .iter()
        .filter_map(|finding| Some((*finding, words::decision(finding)?)))
        .collect();
    if decided.is_empty() {
        return Ok(());
    }
    out.write_all(b"\nDecided by reviewers:\n\n")?;
    for (finding, said) in decided.iter().take(FINDINGS) {
        out.write_all(b"* ")?;
        write_place(finding, out)?;
        writeln!(out, "{} {}", code(excerpt(finding)), markdown(said))?;
    }
    match decided.len().saturating_sub(FINDINGS) {
        0 => Ok(()),
        more => writeln!(out, "\nand {more} more"),
    }
}

/// How often a rule was broken, by severity.
#[derive(Default)]
struct Row {
    counts: [usize; 3],
    files: usize,
}

fn write_rules<'a>(open: &[&'a Finding], out: &mut dyn Write) -> io::Result<()> {
    if open.is_empty() {
        return Ok(());
    }
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut last: BTreeMap<&str, Option<&'a str>> = BTreeMap::new();
    for finding in open {
        let rule = finding.rule().name.as_str();
        let row = rows.entry(rule).or_default();
        row.counts[finding.severity() as usize] += 1;
        // Findings come file by file.
        if last.insert(rule, path(finding)) != Some(path(finding)) {
            row.files += 1;
        }
    }
    let mut rows: Vec<(&str, Row)> = rows.into_iter().collect();
    rows.sort_by_key(|(_, row)| Reverse([2, 1, 0].map(|severity| row.counts[severity])));
    out.write_all(b"\n| rule | errors | warnings | advice | files |\n| --- | ---: | ---: | ---: | ---: |\n")?;
    for (rule, row) in rows.iter().take(RULES) {
        let [advice, warnings, errors] = row.counts;
        let (rule, files) = (markdown(rule), row.files);
        writeln!(out, "| {rule} | {errors} | {warnings} | {advice} | {files} |")?;
    }
    match rows.len().saturating_sub(RULES) {
        0 => Ok(()),
        1 => out.write_all(b"\nand 1 more rule\n"),
        more => writeln!(out, "\nand {more} more rules"),
    }
}

fn write_findings(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let grouped = grouped(run);
    for group in &grouped.groups {
        let finding = group.findings[0];
        writeln!(
            out,
            "\n* **{}** in {}: {} ({}). If a layout makes the statement on every page, `caveat.yaml` says so once:\n\n  ```yaml",
            finding.severity(),
            markdown(&group.count()),
            markdown(finding.message().trim_end_matches('.')),
            code(&finding.rule().name)
        )?;
        for line in group.settings() {
            writeln!(out, "  {line}")?;
        }
        out.write_all(b"  ```\n")?;
    }
    if !grouped.repeats.is_empty() {
        out.write_all(b"\n")?;
    }
    for repeat in grouped.repeats.iter().take(FINDINGS) {
        write_finding(repeat.findings[0], out)?;
        writeln!(out, "  ({})", markdown(&repeat.told()))?;
    }
    if let Some(more @ 1..) = grouped.repeats.len().checked_sub(FINDINGS) {
        writeln!(out, "\nand {more} more that repeat")?;
    }
    let mut worst: Vec<&Finding> = grouped.single;
    worst.retain(|finding| finding.silenced.is_none());
    worst.sort_by_key(|finding| Reverse(finding.severity()));
    if worst.is_empty() {
        return Ok(());
    }
    out.write_all(b"\n")?;
    for finding in worst.iter().take(FINDINGS) {
        write_finding(finding, out)?;
    }
    match worst.len().saturating_sub(FINDINGS) {
        0 => Ok(()),
        more => writeln!(out, "\nand {more} more"),
    }
}

fn write_finding(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "* **{}** ", finding.severity())?;
    write_place(finding, out)?;
    write!(out, "{}", markdown(finding.message()))?;
    let excerpt = excerpt(finding);
    if !excerpt.trim().is_empty() {
        write!(out, " {}", code(excerpt))?;
    }
    let sign = words::sign(finding);
    writeln!(out, " ({}, {sign})", code(&finding.rule().name))
}

/// Where a finding stands, and a space.
fn write_place(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    if let Some(path) = path(finding) {
        let line = positions(finding.file.as_deref(), finding.span).0.line;
        write!(out, "[{}:{line}]({}#L{line}) ", markdown(path), uri(path))?;
    }
    match in_draft(finding) {
        Some(place) => write!(out, "({}) ", markdown(&place.to_string())),
        None => Ok(()),
    }
}

fn excerpt(finding: &Finding) -> &str {
    let file = finding.file.as_deref();
    file.map_or("", |file| file.slice(finding.span))
}

/// Copy as code, where Markdown reads nothing: fenced by more backticks than it holds in a row.
fn code(text: &str) -> String {
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    let shown = plain(&short);
    let longest = shown.split(|character| character != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0) + 1);
    // Spaces keep backticks of the copy off the fence; Markdown takes them away again.
    let space = if longest > Some(0) { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", shown.trim())
}

fn write_rest(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    match run.excepted.len() {
        0 => {}
        1 => out.write_all(b"\nAn exception lets 1 finding pass.\n")?,
        count => writeln!(out, "\nExceptions let {count} findings pass.")?,
    }
    if !run.unchecked.is_empty() {
        let names: Vec<String> = run
            .unchecked
            .iter()
            .take(UNCHECKED)
            .map(|file| format!("{} ({})", markdown(&file.path), markdown(&file.because)))
            .collect();
        let more = match run.unchecked.len().saturating_sub(UNCHECKED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        writeln!(out, "\nNot checked: {}{more}.", names.join(", "))?;
    }
    for line in super::unread_in_words(&run.unread) {
        writeln!(out, "\n{}.", markdown(&words::sentence(&line)))?;
    }
    Ok(())
}
