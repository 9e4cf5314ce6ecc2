//! Owns `caveat exceptions`: everything that lets findings pass or makes a run milder than its packs, for whoever reviews
//! it.

use super::choose::{self, Listing};
use super::scope::{Known, Scope};
use super::{Result, Status, note, output};
use crate::baseline;
use crate::finding::{Category, Exception, Severity, Softening, Standing};
use crate::report::{ExceptionRow, plain};
use crate::session::{Baselines, age};
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

/// Arguments of `caveat exceptions`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    scope: Scope,

    #[command(flatten)]
    known: Known,

    /// How to list them
    #[arg(long, value_name = "NAME", default_value = "table")]
    format: Listing,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let mut ran = args.scope.run(false)?;
    let baselines = Baselines::find(&args.known.sought()?, &ran.jobs, &choose::here()?);
    let said = baselines.apply(ran.as_of, &ran.jobs, &mut ran.outcome);
    let mut exceptions = std::mem::take(&mut ran.outcome.exceptions);
    for (place, said) in baselines.places.iter().zip(said) {
        let Some(baseline) = place.baseline() else {
            continue;
        };
        // Of files that are there and were not looked at nothing can be said.
        let over = baseline.entries.iter().zip(said).filter(|(entry, (_, known))| {
            entry.is_exception() && *known == baseline::Known::Unchecked && baseline.is_gone(entry)
        });
        exceptions.extend(over.map(|(_, (exception, _))| Standing { exception, used: 0 }));
    }
    exceptions.sort_by(|a, b| order(&a.exception).cmp(&order(&b.exception)));
    let passed = exceptions.iter().map(|standing| row(standing, ran.as_of));
    let rows: Vec<Row<'_>> = ran.ledger.rows.iter().map(softened).chain(passed).collect();
    output::to_stdout(|out| match args.format {
        Listing::Table => table(&rows, out),
        Listing::Json => json(&rows, out),
        Listing::Markdown => markdown(&rows, out),
    })?;
    let mistaken = ran.outcome.findings.iter().filter(|judgement| {
        let finding = &judgement.finding;
        finding.rule().category == Category::Suppression && finding.severity() == Severity::Error
    });
    match mistaken.count() {
        0 => {}
        1 => note("1 suppression is over or mistaken and lets nothing pass; `caveat check` shows it"),
        count => note(&format!(
            "{count} suppressions are over or mistaken and let nothing pass; `caveat check` shows them"
        )),
    }
    if ran.tells_trouble() {
        return Ok(Status::Trouble);
    }
    Ok(Status::Clean)
}

fn order(exception: &Arc<Exception>) -> (&str, u32, &str, &str) {
    let Exception {
        file,
        span,
        covers,
        rule,
        ..
    } = &**exception;
    (file.name(), span.start, covers, rule)
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    told: Told<'a>,
    /// Days since it was agreed.
    age: Option<i32>,
    /// Days to its last day; negative where it is over.
    left: Option<i32>,
    /// How many findings it lets pass; none where nobody counts.
    used: Option<usize>,
}

/// What a row tells of.
#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Exception(ExceptionRow<'a>),
    Softening(SofteningRow<'a>),
}

/// What a setting, a policy or an option softens.
#[derive(Serialize)]
struct SofteningRow<'a> {
    kind: &'static str,
    /// A rule, a key or an option.
    rule: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    covers: &'a str,
    reason: &'a str,
    #[serde(skip)]
    says: String,
}

fn softened(row: &Softening) -> Row<'_> {
    let place = row.place.as_ref();
    Row {
        told: Told::Softening(SofteningRow {
            kind: row.kind.name(),
            rule: &row.what,
            path: place.map(|(path, _)| path.as_str()),
            line: place.map(|(_, line)| *line),
            covers: &row.covers,
            reason: &row.reason,
            says: row.says(),
        }),
        age: None,
        left: None,
        used: None,
    }
}

fn row(standing: &Standing, as_of: Date) -> Row<'_> {
    let exception = &standing.exception;
    let days = |day: &Option<String>| Some(age(day.as_ref()?.parse().ok()?, as_of));
    Row {
        told: Told::Exception(ExceptionRow::new(exception)),
        age: days(&exception.since),
        left: days(&exception.until).map(|days| -days),
        used: Some(standing.used),
    }
}

impl Row<'_> {
    /// "until 2026-12-31 (37 days left)", "since 2026-01-01 (327 days)".
    fn holds(&self, exception: &ExceptionRow<'_>) -> String {
        let count = |days: i32| format!("{days} day{}", if days == 1 { "" } else { "s" });
        let (age, left) = (self.age, self.left);
        match (exception.until.zip(left), exception.since.zip(age)) {
            (Some((until, left)), _) if left < 0 => format!("ended {until}"),
            (Some((until, left)), _) => format!("until {until} ({} left)", count(left)),
            (None, Some((since, age))) => format!("since {since} ({})", count(age)),
            (None, None) => "open".to_owned(),
        }
    }

    fn used(&self) -> String {
        match self.used {
            None => "-".to_owned(),
            Some(0) => "unused".to_owned(),
            Some(1) => "used".to_owned(),
            Some(count) => format!("used {count} times"),
        }
    }

    fn cells(&self) -> [String; 8] {
        let or_dash = |text: &str| {
            if text.is_empty() {
                "-".to_owned()
            } else {
                text.to_owned()
            }
        };
        match &self.told {
            Told::Exception(exception) => [
                format!("{}:{}", exception.path, exception.line),
                match exception.rule {
                    "" => "any claim".to_owned(),
                    rule => rule.to_owned(),
                },
                exception.covers.to_owned(),
                self.holds(exception),
                self.used(),
                or_dash(exception.by.unwrap_or_default()),
                or_dash(exception.ticket.unwrap_or_default()),
                exception.reason.to_owned(),
            ],
            Told::Softening(row) => [
                row.says.clone(),
                or_dash(row.rule),
                row.covers.to_owned(),
                "open".to_owned(),
                self.used(),
                "-".to_owned(),
                "-".to_owned(),
                row.reason.to_owned(),
            ],
        }
    }
}

const HEAD: [&str; 8] = [
    "where", "rule", "covers", "holds", "used", "by", "ticket", "reason",
];

fn table(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        note("there are no exceptions");
        return Ok(());
    }
    let clean = |cells: [String; 8]| cells.map(|cell| plain(&cell).into_owned());
    let lines: Vec<[String; 8]> = std::iter::once(HEAD.map(str::to_owned))
        .chain(rows.iter().map(|row| clean(row.cells())))
        .collect();
    let mut widths = [0; 8];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for line in &lines {
        for (cell, width) in line.iter().zip(widths).take(7) {
            write!(out, "{cell:width$}  ")?;
        }
        writeln!(out, "{}", line[7])?;
    }
    Ok(())
}

fn json(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, rows)?;
    out.write_all(b"\n")
}

fn markdown(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", HEAD.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(HEAD.len()))?;
    for row in rows {
        let cells = row
            .cells()
            .map(|cell| plain(&cell).replace('|', "\\|").replace('\n', " "));
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}
