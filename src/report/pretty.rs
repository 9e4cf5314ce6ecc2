//! Owns the `pretty` format: findings as a good compiler shows errors, and a closing line that counts them.

use super::excerpt::{Excerpt, excerpt};
use super::grouped::{Group, grouped};
use super::place::in_draft;
use super::silence::let_pass;
use super::{Look, Reporter, Run, plain, words};
use crate::finding::{Finding, Label, Severity, Verdict};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Display};
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "pretty",
    about: "for people: the copy with what is wrong marked in it",
    shows_copy: false,
    render,
};

/// Something to show on a piece of a file.
pub struct Snippet<'a> {
    /// What stands before the message: `error[us-ftc/cure]`.
    pub head: String,
    /// How bad it is, for the colour.
    pub severity: Severity,
    /// One sentence.
    pub message: &'a str,
    /// The file, if there is one.
    pub file: Option<&'a SourceFile>,
    /// The place.
    pub span: Span<Source>,
    /// Words on parts of the place.
    pub labels: &'a [Label],
    /// What to do; may have several lines.
    pub help: Option<String>,
}

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let (mut explained, mut cited) = (HashSet::new(), HashSet::new());
    let grouped = grouped(run);
    for finding in grouped.single {
        let path = finding.file.as_deref().map(SourceFile::name);
        // Below a second finding of a rule its help would only repeat: it stands once in a file, and sources once.
        let rule = finding.rule().name.as_str();
        let told = Words {
            help: finding.silenced.is_none()
                && (explained.insert((path, rule, finding.own_help())) || is_own(finding)),
            sources: finding.silenced.is_none() && cited.insert(rule),
        };
        let shown = Snippet {
            head: head(finding),
            severity: finding.severity(),
            message: finding.message(),
            file: finding.file.as_deref(),
            span: finding.span,
            labels: &finding.labels,
            help: help(finding, told),
        };
        writeln!(out, "{}", snippet(&shown, &run.look))?;
    }
    for group in &grouped.groups {
        write_group(group, &run.look, out)?;
    }
    if run.quiet {
        return Ok(());
    }
    closing(run, out)
}

/// What many files of a folder miss, once, with the settings that say that a layout has it.
fn write_group(group: &Group<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let finding = group.findings[0];
    let mut lines = Vec::new();
    explain(finding, true, &mut lines);
    lines.push(format!("files: {}", group.files()));
    lines.push("If a layout makes the statement on every page, caveat.yaml says so once:".to_owned());
    lines.extend(group.settings());
    let shown = Snippet {
        head: head(finding),
        severity: finding.severity(),
        message: &format!("In {}: {}", group.count(), finding.message()),
        file: None,
        span: Span::empty(0),
        labels: &[],
        help: Some(lines.join("\n")),
    };
    writeln!(out, "{}", snippet(&shown, look))
}

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
    } else if told.help {
        explain(finding, told.sources, &mut lines);
        lines.extend(read_as(finding));
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
    lines.extend(
        finding
            .instead()
            .iter()
            .map(|words| format!("instead: {}", plain(words).trim())),
    );
    // Addresses are long; `caveat explain` has them.
    let cited = rule.sources.iter().filter(|_| sources);
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

/// Renders one snippet, with an empty line after it.
pub fn snippet(shown: &Snippet<'_>, look: &Look) -> String {
    let cut = shown
        .file
        .and_then(|file| excerpt(file, shown.span, shown.labels, look.width));
    let mut help = shown.help.clone().unwrap_or_default();
    for far in cut.iter().flat_map(|cut| &cut.far) {
        if !help.is_empty() {
            help.push('\n');
        }
        help.push_str(far);
    }
    let mut message = plain(shown.message).into_owned();
    if cut.is_none()
        && let Some(file) = shown.file
    {
        message = format!("{}: {message}", plain(file.name()));
    }
    let diagnostic = Shown {
        message,
        severity: shown.severity,
        cut,
        help,
    };
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = handler(&shown.head, look).render_report(&mut out, &diagnostic);
    unindent(&out)
}

/// miette indents its first line by two.
fn unindent(rendered: &str) -> String {
    let rendered = rendered.trim_start_matches('\n');
    let start = rendered.find(|character| character != ' ').unwrap_or(0);
    rendered[start..].to_owned()
}

fn handler(head: &str, look: &Look) -> GraphicalReportHandler {
    let mut characters = if look.unicode {
        ThemeCharacters::unicode()
    } else {
        ThemeCharacters::ascii()
    };
    characters.error = head.to_owned();
    characters.warning = head.to_owned();
    characters.advice = head.to_owned();
    let styles = if look.colour {
        ThemeStyles::ansi()
    } else {
        ThemeStyles::none()
    };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_links(false)
        .with_width(look.width)
        .with_break_words(false)
        // The excerpt holds just the lines to show.
        .with_context_lines(1000)
}

#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    cut: Option<Excerpt>,
    help: String,
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Shown {}
impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn Display>)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.cut.as_ref().map(|cut| cut as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = &self.cut.as_ref()?.marks;
        Some(Box::new(marks.iter().map(|mark| {
            LabeledSpan::new(mark.text.clone(), mark.range.start, mark.range.len())
        })))
    }
}
