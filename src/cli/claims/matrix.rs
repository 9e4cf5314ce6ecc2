//! Owns `caveat claims matrix`: the claims of each page with the evidence behind them and when they are due for review.

use super::super::{Result, Status, inputs, output, progress};
use super::Which;
use crate::register::{Claim, Evidence};
use crate::report::plain;
use crate::session::{Library, OnPage, on_pages};
use maud::{DOCTYPE, html};
use std::io::{self, Write};
use std::path::PathBuf;

/// Arguments of `caveat claims matrix`.
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Args {
    /// Files and folders whose claims are listed
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// How to list them
    #[arg(long, value_name = "NAME", default_value = "csv")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// For a spreadsheet
    Csv,
    /// One page for a browser, which prints
    Html,
}

const HEAD: [&str; 11] = [
    "page",
    "line",
    "copy",
    "claim",
    "state",
    "evidence",
    "approver",
    "approved",
    "review by",
    "rule",
    "severity",
];

const STYLE: &str = "body{font:1rem/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}\
    th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8886;overflow-wrap:anywhere}\
    :root{color-scheme:light dark}";

pub(in crate::cli) fn run(args: &Args) -> Result<Status> {
    let mut finder = args.which.choice.finder(args.which.overlay()?)?;
    let (_, jobs) = inputs::find(&args.paths, &mut finder, true)?;
    let as_of = args.which.as_of();
    let mut library = Library::new(as_of);
    library.whole_files = true;
    let outcome = progress::run(&jobs, &library, None, false);
    let rows: Vec<[String; 11]> = on_pages(&jobs, &library, &outcome).iter().map(cells).collect();
    output::to_stdout(|out| match args.format {
        Format::Csv => csv(&rows, out),
        Format::Html => page(&rows, &as_of.to_string(), out),
    })?;
    Ok(Status::Clean)
}

fn cells(row: &OnPage) -> [String; 11] {
    let claim = row.approved.as_ref().map(|approved| &approved.claim);
    let of = |say: fn(&Claim) -> String| claim.map(say).unwrap_or_default();
    let state = match (&row.approved, row.passes) {
        (Some(approved), _) => approved.force.name().to_owned(),
        (None, Some(passes)) => format!("not approved; passes by {passes}"),
        (None, None) => "not approved".to_owned(),
    };
    let (rule, severity) = row.rule.clone().unzip();
    [
        row.path.clone(),
        row.line.to_string(),
        row.words.clone(),
        of(|claim| claim.id.clone()),
        state,
        of(|claim| claim.evidence.iter().map(behind).collect::<Vec<_>>().join("; ")),
        of(|claim| claim.approver.clone()),
        of(|claim| claim.approved.to_string()),
        of(|claim| claim.review_by.to_string()),
        rule.unwrap_or_default(),
        severity.map_or("", |severity| severity.name()).to_owned(),
    ]
    .map(|cell| plain(&cell).into_owned())
}

fn behind(evidence: &Evidence) -> String {
    match &evidence.note {
        Some(note) => format!("{note} ({})", evidence.place()),
        None => evidence.place().to_owned(),
    }
}

fn csv(rows: &[[String; 11]], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", HEAD.join(","))?;
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// A cell of CSV. What a spreadsheet would take for a formula begins with a quote, so that copy runs nothing.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) {
        "'"
    } else {
        ""
    };
    if guard.is_empty() && !cell.contains([',', '"', '\n', '\r']) {
        return cell.to_owned();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

fn page(rows: &[[String; 11]], as_of: &str, out: &mut dyn Write) -> io::Result<()> {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="generator" content="caveat";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Claims by page, " (as_of) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                h1 { "Claims by page" }
                p { (rows.len()) " claims, judged as of " (as_of) "." }
                table {
                    thead { tr { @for head in HEAD { th scope="col" { (head) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
        }
    };
    writeln!(out, "{}", markup.into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("tea", "tea"),
            ("tea, green", "\"tea, green\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("+1", "\"'+1\""),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}
