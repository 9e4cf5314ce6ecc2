//! Owns the `pretty` format: findings as a good compiler shows errors, and a closing line that counts them.

use super::claimwise::{Claim, by_claim};
use super::grouped::{Group, Repeat, grouped, is_owed};
use super::place::in_draft;
use super::silence::let_pass;
use super::snippet::{Snippet, snippet};
use super::{Look, Reporter, Run, plain, words};
use crate::finding::{Finding, Severity, Verdict};
use crate::source::SourceFile;
use crate::text::Span;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "pretty",
    about: "for people: the copy with what is wrong marked in it",
    shows_copy: false,
    render,
};

/// Wordings that are shown of a rule, sources, and what else is found of a claim: what is shown fits a screen.
const SHOWN: usize = 3;

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut said = Said::default();
    let grouped = grouped(run);
    for claim in by_claim(grouped.single) {
        writeln!(out, "{}", snippet(&shown(&claim, &mut said), &run.look))?;
    }
    for repeat in &grouped.repeats {
        write_repeat(repeat, &mut said, &run.look, out)?;
    }
    for group in &grouped.groups {
        write_group(group, &run.look, out)?;
    }
    if run.quiet {
        return Ok(());
    }
    closing(run, out)
}

/// What was said already, and would only repeat.
#[derive(Default)]
struct Said<'a> {
    /// The help of rules, once in a file.
    helps: HashSet<(Option<&'a str>, &'a str, Option<&'a str>)>,
    /// The sources of rules, once.
    sources: HashSet<&'a str>,
    /// What files were taken for, once.
    files: HashSet<Option<&'a str>>,
}

impl<'a> Said<'a> {
    /// What of a finding's rule and page is still to be said.
    fn words(&mut self, finding: &'a Finding) -> Words {
        let path = finding.file.as_deref().map(SourceFile::name);
        let rule = finding.rule().name.as_str();
        let open = finding.silenced.is_none();
        let help = open && (self.helps.insert((path, rule, finding.own_help())) || is_own(finding));
        Words {
            help,
            sources: open && self.sources.insert(rule),
            page: help && self.files.insert(path),
        }
    }
}

fn shown<'a>(claim: &Claim<'a>, said: &mut Said<'a>) -> Snippet<'a> {
    let finding = claim.first;
    let told = said.words(finding);
    let (owed, others): (Vec<&Finding>, Vec<&Finding>) =
        claim.others.iter().copied().partition(|other| is_owed(other));
    let also = |other: &&Finding| {
        let (severity, rule) = (other.severity(), &other.rule().name);
        format!("also {severity}[{rule}]: {}", plain(other.message()))
    };
    let mut lines: Vec<String> = help(finding, told).into_iter().collect();
    lines.extend(others.iter().take(SHOWN).map(also));
    if let Some(more @ 1..) = others.len().checked_sub(SHOWN) {
        lines.push(format!("also {more} more; `--format short` shows them"));
    }
    for other in owed {
        lines.push(also(&other));
        let wording = other.instead().iter().take(1);
        lines.extend(wording.map(|words| format!("to be added: {}", plain(words).trim())));
    }
    Snippet {
        head: head(finding),
        severity: finding.severity(),
        message: finding.message(),
        file: finding.file.as_deref(),
        span: finding.span,
        labels: &finding.labels,
        help: (!lines.is_empty()).then(|| lines.join("\n")),
    }
}

/// The same words in many files, once.
fn write_repeat<'a>(
    repeat: &Repeat<'a>,
    said: &mut Said<'a>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let claim = Claim::of(repeat.findings[0]);
    let mut shown = shown(&claim, said);
    let lines = shown.help.take().into_iter().chain([repeat.told()]);
    shown.help = Some(lines.collect::<Vec<_>>().join("\n"));
    writeln!(out, "{}", snippet(&shown, look))
}

/// What many files of a folder miss, once, with the settings that say that a layout has it.
fn write_group(group: &Group<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let finding = group.findings[0];
    let mut lines = Vec::new();
    explain(finding, true, &mut lines);
    lines.push(format!("files: {}", group.files()));
    lines.push("If a layout makes the statement on every page, caveat.yaml says so once:".to_owned());
    let shown = Snippet {
        head: head(finding),
        severity: finding.severity(),
        message: &format!("In {}: {}", group.count(), finding.message()),
        file: None,
        span: Span::empty(0),
        labels: &[],
        help: Some(lines.join("\n")),
    };
    writeln!(out, "{}", snippet(&shown, look).trim_end())?;
    // What is to be copied is never wrapped.
    for line in group.settings() {
        writeln!(out, "{:HELP$}{line}", "")?;
    }
    writeln!(out)
}

/// Columns before the lines of help.
const HELP: usize = 8;

fn head(finding: &Finding) -> String {
    let word = match &finding.silenced {
        Some(silence) if silence.exception.is_some() => "let pass",
        Some(_) => "silenced",
        None => finding.severity().name(),
    };
    format!("{word}[{}]:", finding.rule().name)
}

/// What of a rule is told below a finding.
#[derive(Clone, Copy)]
struct Words {
    help: bool,
    sources: bool,
    page: bool,
}

/// Help, wordings, sources and what the page was read as.
fn help(finding: &Finding, told: Words) -> Option<String> {
    let place = in_draft(finding).map(|place| format!("stands in: {place}"));
    let mut lines: Vec<String> = place.into_iter().collect();
    if let Some(silence) = &finding.silenced {
        lines.push(match &silence.exception {
            Some(exception) => let_pass(exception),
            None => format!(
                "silenced by the guard `{}`: {}",
                silence.guard,
                plain(&silence.because)
            ),
        });
    }
    lines.extend(words::decision(finding).map(|said| plain(&said).into_owned()));
    if told.help && finding.silenced.is_none() {
        explain(finding, told.sources, &mut lines);
        lines.extend(read_as(finding).filter(|_| told.page));
    }
    for other in finding.verdicts.iter().skip(1) {
        lines.push(format!(
            "also {} in {}: {}",
            other.severity, other.rule.market, other.rule.name
        ));
    }
    for excepted in &finding.excepted {
        let Verdict { rule, severity, .. } = &excepted.verdict;
        lines.push(format!(
            "{severity} in {}: {} is {}",
            rule.market,
            rule.name,
            let_pass(&excepted.exception)
        ));
    }
    if finding.silenced.is_none() && finding.rule().category.is_claim() {
        lines.push(format!("known as: {}", words::sign(finding)));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Whether caveat itself speaks, of files and settings; `caveat explain` knows no such rule.
fn is_own(finding: &Finding) -> bool {
    finding.rule().name.starts_with("caveat/")
}

fn explain(finding: &Finding, sources: bool, lines: &mut Vec<String>) {
    let rule = finding.rule();
    let help = finding.help();
    lines.extend((!help.is_empty()).then(|| plain(help).trim().to_owned()));
    let instead = finding.instead().iter().take(SHOWN);
    lines.extend(instead.map(|words| format!("instead: {}", plain(words).trim())));
    // Addresses are long; `caveat explain` has them, and what is left out here.
    let cited = rule.sources.iter().filter(|_| sources).take(SHOWN);
    lines.extend(cited.map(|source| format!("source: {}", plain(&source.title))));
}

fn read_as(finding: &Finding) -> Option<String> {
    let product = finding
        .product
        .as_ref()
        .filter(|known| known.kind.name() != "other");
    let page = finding.page.as_ref().filter(|known| known.kind.name() != "other");
    let told = [
        product.map(|known| {
            format!(
                "product {}{}",
                known.kind,
                reason(known.from.name(), &known.because)
            )
        }),
        page.map(|known| format!("page {}{}", known.kind, reason(known.from.name(), &known.because))),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("read as: {}", told.join("; ")))
}

fn reason(from: &str, because: &str) -> String {
    if because.is_empty() {
        format!(" ({from})")
    } else {
        format!(" ({from}: {})", plain(because))
    }
}

fn closing(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", words::counted(&run.summary))?;
    let hidden = |severity| {
        run.findings
            .iter()
            .filter(|told| !told.shown && told.finding.silenced.is_none())
            .any(|told| told.finding.severity() == severity)
    };
    for severity in [Severity::Warning, Severity::Advice] {
        if hidden(severity) {
            let what = if severity == Severity::Warning {
                "warnings"
            } else {
                "advice"
            };
            writeln!(out, "`--min-severity {severity}` shows the {what}.")?;
            break;
        }
    }
    match run.excepted.len() {
        0 => {}
        1 => writeln!(
            out,
            "1 finding is let pass by an exception; `caveat exceptions` lists it."
        )?,
        count => writeln!(
            out,
            "{count} findings are let pass by exceptions; `caveat exceptions` lists them."
        )?,
    }
    if let Some(line) = most_often(run) {
        writeln!(out, "{line}")?;
    }
    let worst = run
        .findings
        .iter()
        .filter(|told| told.shown && !is_own(&told.finding))
        .max_by_key(|told| told.finding.severity());
    if let Some(told) = worst {
        writeln!(out, "`caveat explain {}` tells more.", told.finding.rule().name)?;
    }
    Ok(())
}

/// From this many findings on the closing lines say which rules made most of them.
const MANY: usize = 20;

/// "Most often: us-ftc/guarantee (12), us-effects/swallowed-disease (9) and us-ftc/puffery (4)."
fn most_often(run: &Run) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let shown = run
        .findings
        .iter()
        .filter(|told| told.shown && told.finding.silenced.is_none());
    for told in shown {
        *counts.entry(&told.finding.rule().name).or_default() += 1;
    }
    if counts.len() < 2 || counts.values().sum::<usize>() < MANY {
        return None;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most: Vec<String> = counts
        .iter()
        .take(3)
        .map(|(rule, count)| format!("{rule} ({count})"))
        .collect();
    Some(format!("Most often: {}.", words::listed(&most)))
}
