//! Owns the `json` and `jsonl` formats, version 1 of the findings: fields are added, never changed or taken away.

use super::each::Each;
use super::place::{in_draft, positions, stored};
use super::unread::Counted;
use super::{ExceptionRow, Reporter, Run, Told};
use crate::finding::{Citation, Decision, Excepted, Finding, Known, Statement, Taken, Verdict, fingerprint};
use crate::source::SourceFile;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "json",
    about: "everything, as one JSON document (`caveat schema` describes it)",
    shows_copy: false,
    render,
};

pub(super) const LINES: Reporter = Reporter {
    name: "jsonl",
    about: "everything, one JSON object a line; the last line is the summary",
    shows_copy: false,
    render: render_lines,
};

#[derive(Serialize)]
struct Report<'a, L, F> {
    version: u32,
    tool: Tool,
    as_of: &'a str,
    summary: Counts,
    findings: L,
    files: F,
    unchecked: Vec<Unchecked<'a>>,
    passed_over: Vec<Unchecked<'a>>,
    unread: Counted<'a>,
}

#[derive(Serialize)]
struct Last<'a, F> {
    version: u32,
    tool: Tool,
    as_of: &'a str,
    summary: Counts,
    files: F,
    unchecked: Vec<Unchecked<'a>>,
    passed_over: Vec<Unchecked<'a>>,
    unread: Counted<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    words: u64,
    errors: usize,
    warnings: usize,
    advice: usize,
    silenced: usize,
}

#[derive(Serialize)]
struct Unchecked<'a> {
    path: &'a str,
    because: &'a str,
}

/// A file that was judged, and how it was taken.
#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    words: u32,
    language: &'a str,
    product: Sold<'a>,
    page: Kind<'a>,
    statements: Vec<Stated>,
}

#[derive(Serialize)]
struct Sold<'a> {
    #[serde(flatten)]
    first: Kind<'a>,
    also: Vec<&'static str>,
}

#[derive(Serialize)]
struct Stated {
    category: &'static str,
    line: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    category: &'static str,
    severity: &'static str,
    path: Option<&'a str>,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
    excerpt: &'a str,
    message: &'a str,
    help: &'a str,
    instead: &'a [String],
    labels: Vec<Label<'a>>,
    product: Option<Kind<'a>>,
    page: Option<Kind<'a>>,
    verdicts: Vec<MarketVerdict<'a>>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decided<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    excepted: Vec<LetPass<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    silenced: Option<Silenced<'a>>,
}

/// What a reviewer decided on a finding that stands.
#[derive(Serialize)]
struct Decided<'a> {
    decision: &'static str,
    by: &'a str,
    day: String,
    reason: Option<&'a str>,
    wording: Option<&'a str>,
    to: Option<&'a str>,
}

/// Where it stands in a Word draft.
#[derive(Serialize)]
struct Place<'a> {
    part: &'a str,
    paragraph: u32,
    page: Option<u32>,
}

#[derive(Serialize)]
struct Label<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Kind<'a> {
    kind: String,
    from: &'static str,
    because: &'a str,
}

#[derive(Serialize)]
struct MarketVerdict<'a> {
    market: &'a str,
    rule: &'a str,
    severity: &'static str,
    sources: Vec<Cited<'a>>,
}

/// A citation, as machine formats write it.
#[derive(Serialize)]
struct Cited<'a> {
    title: &'a str,
    url: Option<&'a str>,
    verified: Option<&'a str>,
}

#[derive(Serialize)]
struct Silenced<'a> {
    guard: &'a str,
    because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<ExceptionRow<'a>>,
}

/// A verdict that somebody lets pass while others stand.
#[derive(Serialize)]
struct LetPass<'a> {
    market: &'a str,
    rule: &'a str,
    severity: &'static str,
    exception: ExceptionRow<'a>,
}

const TOOL: Tool = Tool {
    name: "caveat",
    version: env!("CARGO_PKG_VERSION"),
};

fn render(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let report = Report {
        version: 1,
        tool: TOOL,
        as_of: &run.as_of,
        summary: counts(run),
        findings: Each::of(run.carried().map(item)),
        files: Each::of(run.files.iter().map(file)),
        unchecked: left_out(&run.unchecked),
        passed_over: left_out(&run.passed_over),
        unread: Counted::new(&run.unread),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

fn render_lines(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for told in run.carried() {
        serde_json::to_writer(&mut *out, &item(told))?;
        out.write_all(b"\n")?;
    }
    let last = Last {
        version: 1,
        tool: TOOL,
        as_of: &run.as_of,
        summary: counts(run),
        files: Each::of(run.files.iter().map(file)),
        unchecked: left_out(&run.unchecked),
        passed_over: left_out(&run.passed_over),
        unread: Counted::new(&run.unread),
    };
    serde_json::to_writer(&mut *out, &last)?;
    out.write_all(b"\n")
}

const fn counts(run: &Run) -> Counts {
    let summary = &run.summary;
    Counts {
        files: summary.files,
        words: summary.words,
        errors: summary.errors,
        warnings: summary.warnings,
        advice: summary.advice,
        silenced: summary.silenced,
    }
}

fn left_out(files: &[super::Unchecked]) -> Vec<Unchecked<'_>> {
    files
        .iter()
        .map(|file| Unchecked {
            path: &file.path,
            because: &file.because,
        })
        .collect()
}

fn file(taken: &Taken) -> File<'_> {
    let facts = &taken.facts;
    let stated = |statement: &Statement| Stated {
        category: statement.category.name(),
        line: statement.line,
    };
    File {
        path: &taken.path,
        words: facts.words,
        language: taken.language,
        product: Sold {
            first: kind(&facts.product),
            also: facts.also.iter().map(|product| product.name()).collect(),
        },
        page: kind(&facts.page),
        statements: facts.statements.iter().map(stated).collect(),
    }
}

fn item(told: &Told) -> Item<'_> {
    let finding = &told.finding;
    let rule = finding.rule();
    let file = finding.file.as_deref();
    let (from, to) = positions(file, finding.span);
    let bytes = stored(file, finding.span);
    Item {
        rule: &rule.name,
        category: rule.category.name(),
        severity: finding.severity().name(),
        path: file.map(SourceFile::name),
        start: bytes.start,
        end: bytes.end,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        place: in_draft(finding).map(|place| Place {
            part: place.part,
            paragraph: place.paragraph,
            page: place.page,
        }),
        excerpt: file.map_or("", |file| file.slice(finding.span)),
        message: finding.message(),
        help: finding.help(),
        instead: finding.instead(),
        labels: labels(finding),
        product: finding.product.as_deref().map(kind),
        page: finding.page.as_deref().map(kind),
        verdicts: finding.verdicts.iter().map(verdict).collect(),
        fingerprint: fingerprint(finding),
        decision: finding.decision().map(decided),
        excepted: finding.excepted.iter().map(let_pass).collect(),
        silenced: finding.silenced.as_ref().map(|silence| Silenced {
            guard: &silence.guard,
            because: &silence.because,
            exception: silence.exception.as_deref().map(ExceptionRow::new),
        }),
    }
}

fn decided(decision: &Decision) -> Decided<'_> {
    Decided {
        decision: decision.kind.name(),
        by: &decision.by,
        day: decision.day.to_string(),
        reason: decision.reason.as_deref(),
        wording: decision.wording.as_deref(),
        to: decision.to.as_deref(),
    }
}

fn let_pass(excepted: &Excepted) -> LetPass<'_> {
    LetPass {
        market: &excepted.verdict.rule.market,
        rule: &excepted.verdict.rule.name,
        severity: excepted.verdict.severity.name(),
        exception: ExceptionRow::new(&excepted.exception),
    }
}

fn labels(finding: &Finding) -> Vec<Label<'_>> {
    finding
        .labels
        .iter()
        .map(|label| {
            let bytes = stored(finding.file.as_deref(), label.span);
            Label {
                start: bytes.start,
                end: bytes.end,
                text: &label.text,
            }
        })
        .collect()
}

fn kind<K: Display>(known: &Known<K>) -> Kind<'_> {
    Kind {
        kind: known.kind.to_string(),
        from: known.from.name(),
        because: &known.because,
    }
}

fn verdict(verdict: &Verdict) -> MarketVerdict<'_> {
    MarketVerdict {
        market: &verdict.rule.market,
        rule: &verdict.rule.name,
        severity: verdict.severity.name(),
        sources: verdict.rule.sources.iter().map(cited).collect(),
    }
}

fn cited(source: &Citation) -> Cited<'_> {
    Cited {
        title: &source.title,
        url: source.url.as_deref(),
        verified: source.verified.as_deref(),
    }
}
