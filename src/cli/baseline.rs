//! Owns `caveat baseline`: writing down what is found today, so that what is new is seen.

use super::choose::{self, Choice};
use super::scope::{Ran, Scope, tell};
use super::{Result, Status, inputs, note, output, today};
use crate::baseline::{Baseline, Entry, FILE, Known, prune, renew, write};
use crate::finding::Severity;
use crate::report::plain;
use crate::session::{Baselines, Job, Library, Outcome, Place, Said, Sought, age};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// Commands on the baseline.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write down what is found today; what was known before keeps its day
    Create(Create),
    /// List the entries with their age
    Show(Show),
    /// Drop entries that nothing meets any more
    Prune(Prune),
}

/// Arguments of `caveat baseline create`.
#[derive(clap::Args, Debug)]
pub(super) struct Create {
    #[command(flatten)]
    scope: Scope,

    /// Record from this severity on: error, warning or advice
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = choose::severity)]
    min_severity: Severity,

    /// The file to write [default: .caveat-baseline.json beside caveat.yaml or at the repository's root]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

/// Arguments of `caveat baseline show`.
#[derive(clap::Args, Debug)]
pub(super) struct Show {
    #[command(flatten)]
    choice: Choice,

    /// Count ages as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day)]
    as_of: Option<Date>,

    /// The file [default: .caveat-baseline.json beside caveat.yaml or at the repository's root]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// How to list them
    #[arg(long, value_name = "NAME", default_value = "table")]
    format: Listing,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Listing {
    /// For a terminal
    Table,
    /// One JSON list
    Json,
}

/// Arguments of `caveat baseline prune`.
#[derive(clap::Args, Debug)]
pub(super) struct Prune {
    #[command(flatten)]
    scope: Scope,

    /// The file [default: .caveat-baseline.json beside caveat.yaml or at the repository's root]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

pub(super) fn run(command: &Command) -> Result<Status> {
    match command {
        Command::Create(args) => create(args),
        Command::Show(args) => show(args),
        Command::Prune(args) => prune_all(args),
    }
}

fn sought(file: Option<&PathBuf>) -> Sought {
    file.map_or(Sought::Beside, |file| Sought::File(file.clone()))
}

/// The baselines of a run that had no trouble, and none of whose baselines is broken.
pub(super) fn found(ran: &Ran, file: Option<&PathBuf>) -> Result<Option<Baselines>> {
    let baselines = Baselines::find(&sought(file), &ran.jobs, &choose::here()?);
    let broken = baselines
        .places
        .iter()
        .filter_map(|place| place.read.as_ref()?.as_ref().err());
    let broken: Vec<_> = broken.map(|finding| (**finding).clone()).collect();
    tell(&broken);
    // Written from half of what there is, a baseline would lose the other half.
    if ran.tells_trouble() || !broken.is_empty() {
        note("nothing is written until this is set right");
        return Ok(None);
    }
    Ok(Some(baselines))
}

fn outcome_of(said: Said) -> Vec<Known> {
    said.into_iter().map(|(_, known)| known).collect()
}

pub(super) fn save(place: &Place, entries: Vec<Entry>) -> Result<()> {
    output::to_file(&place.path, |out| write(entries, out))
}

fn create(args: &Create) -> Result<Status> {
    let mut ran = args.scope.run(false)?;
    let Some(baselines) = found(&ran, args.baseline.as_ref())? else {
        return Ok(Status::Trouble);
    };
    let mut fresh = Vec::new();
    for at in 0..baselines.places.len() {
        let least = args.min_severity;
        fresh.push(baselines.fresh(at, &ran.jobs, &ran.outcome, least, ran.as_of));
    }
    let said = baselines.apply(ran.as_of, &ran.jobs, &mut ran.outcome);
    for (at, ((place, fresh), said)) in baselines.places.iter().zip(fresh).zip(said).enumerate() {
        let settings = baselines.jobs(at, &ran.jobs).map(|job| &*job.settings).next();
        let said = outcome_of(said);
        let before = place.baseline().map_or(0, |old| old.entries.len());
        let entries = match place.baseline() {
            Some(old) => renew(old, &said, fresh, |entry| ran.is_dormant(settings, &entry.rule)),
            None => fresh,
        };
        let known = said.iter().filter(|known| matches!(known, Known::Met(_))).count();
        let message = created(&place.shown, entries.len(), known, before);
        save(place, entries)?;
        output::stdout(message.as_bytes())?;
    }
    Ok(Status::Clean)
}

fn created(name: &str, count: usize, known: usize, before: usize) -> String {
    let entries = if count == 1 { "entry" } else { "entries" };
    let before = if before == 0 {
        String::new()
    } else {
        format!("; of {before} known before {known} are still met")
    };
    format!("{}: {count} {entries} recorded{before}\n", plain(name))
}

fn prune_all(args: &Prune) -> Result<Status> {
    let mut ran = args.scope.run(false)?;
    let Some(baselines) = found(&ran, args.baseline.as_ref())? else {
        return Ok(Status::Trouble);
    };
    let dropped = drop_over(&baselines, &ran.jobs, &ran.library, &mut ran.outcome)?;
    for Dropped { shown, over, left } in &dropped {
        let mut message = String::new();
        for entry in over {
            message.push_str(&format!("dropped: {}\n", line(entry)));
        }
        let count = over.len();
        message.push_str(&format!("{}: {count} dropped, {left} left\n", plain(shown)));
        output::stdout(message.as_bytes())?;
    }
    if dropped.is_empty() {
        note("there is no baseline");
    }
    Ok(Status::Clean)
}

/// What was dropped from a baseline.
pub(super) struct Dropped {
    /// The name that reports show.
    pub(super) shown: String,
    /// The entries that no finding meets.
    pub(super) over: Vec<Entry>,
    /// How many entries stay.
    left: usize,
}

/// Drops the entries of every baseline that nothing meets any more.
pub(super) fn drop_over(
    baselines: &Baselines,
    jobs: &[Job],
    library: &Library,
    outcome: &mut Outcome,
) -> Result<Vec<Dropped>> {
    let said = baselines.apply(library.as_of(), jobs, outcome);
    let mut dropped = Vec::new();
    for (at, (place, said)) in baselines.places.iter().zip(said).enumerate() {
        let Some(old) = place.baseline() else {
            continue;
        };
        let settings = baselines.jobs(at, jobs).map(|job| &*job.settings).next();
        let dormant =
            |entry: &Entry| settings.is_some_and(|settings| library.is_dormant(settings, &entry.rule));
        let (stay, over) = prune(old, &outcome_of(said), dormant);
        dropped.push(Dropped {
            shown: place.shown.clone(),
            over,
            left: stay.len(),
        });
        if !is_same(old, &stay) {
            save(place, stay)?;
        }
    }
    Ok(dropped)
}

fn is_same(old: &Baseline, entries: &[Entry]) -> bool {
    old.entries == entries
}

/// "drafts/tea.md: us-ftc/guarantee: guaranteed relief".
pub(super) fn line(entry: &Entry) -> String {
    format!(
        "{}: {}: {}",
        plain(&entry.path),
        plain(&entry.rule),
        plain(&entry.excerpt)
    )
}

#[derive(Serialize)]
struct Row<'a> {
    /// Relative to the folder of the baseline.
    path: &'a str,
    rule: &'a str,
    sentence: Option<&'a str>,
    ordinal: u32,
    recorded: String,
    /// Days since it was recorded.
    age: i32,
    excerpt: &'a str,
    /// What a reviewer decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip)]
    told: String,
    /// The file that it stands in.
    baseline: &'a str,
}

fn show(args: &Show) -> Result<Status> {
    let places = shown(args)?;
    let broken = places
        .iter()
        .filter_map(|place| place.read.as_ref()?.as_ref().err());
    let broken: Vec<_> = broken.map(|finding| (**finding).clone()).collect();
    tell(&broken);
    let as_of = args.as_of.unwrap_or_else(today::today);
    let read = places.iter().filter_map(|place| Some((place, place.baseline()?)));
    let rows: Vec<(&Place, Vec<Row<'_>>)> = read
        .map(|(place, baseline)| {
            let rows = baseline.entries.iter();
            (place, rows.map(|entry| row(entry, &place.shown, as_of)).collect())
        })
        .collect();
    if rows.is_empty() && !broken.is_empty() {
        return Ok(Status::Trouble);
    }
    if rows.is_empty() {
        let name = places.first().map_or(FILE, |place| &place.shown);
        note(&format!(
            "there is no baseline {name}; `caveat baseline create` writes one"
        ));
        return Ok(if args.baseline.is_some() {
            Status::Trouble
        } else {
            Status::Clean
        });
    }
    output::to_stdout(|out| match args.format {
        Listing::Table => tables(&rows, out),
        Listing::Json => {
            let rows: Vec<&Row<'_>> = rows.iter().flat_map(|(_, rows)| rows).collect();
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            out.write_all(b"\n")
        }
    })?;
    Ok(if broken.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    })
}

/// The baseline that is named; or that of this folder and those of the copy below it.
fn shown(args: &Show) -> Result<Vec<Place>> {
    let here = choose::here()?;
    if let Some(file) = &args.baseline {
        return Ok(vec![Place::read(file.clone(), &here)]);
    }
    let mut finder = args.choice.finder(args.choice.overlay()?)?;
    let (_, jobs) = inputs::find(&[PathBuf::from(".")], &mut finder, true)?;
    let own = finder.of_folder(&here).root.join(FILE);
    let mut places = Baselines::find(&Sought::Beside, &jobs, &here).places;
    if places.iter().all(|place| place.path != own) {
        // Its files may all be gone.
        places.insert(0, Place::read(own, &here));
    }
    Ok(places)
}

fn row<'a>(entry: &'a Entry, baseline: &'a str, as_of: Date) -> Row<'a> {
    let decided = entry.decided.as_deref();
    Row {
        path: &entry.path,
        rule: &entry.rule,
        sentence: entry.sentence.as_deref(),
        ordinal: entry.ordinal,
        recorded: entry.recorded.to_string(),
        age: age(entry.recorded, as_of),
        excerpt: &entry.excerpt,
        decision: decided.map(|decided| decided.kind.name()),
        by: decided.map(|decided| decided.by.as_str()),
        until: decided
            .and_then(|decided| decided.until)
            .map(|until| until.to_string()),
        told: decided.map_or_else(String::new, |decided| {
            format!("  {}: {}", decided.by, decided.told())
        }),
        baseline,
    }
}

/// The entries of each baseline, under its name where there are several.
fn tables(baselines: &[(&Place, Vec<Row<'_>>)], out: &mut dyn Write) -> io::Result<()> {
    for (at, (place, rows)) in baselines.iter().enumerate() {
        if baselines.len() > 1 {
            let gap = if at == 0 { "" } else { "\n" };
            writeln!(out, "{gap}{}:", plain(&place.shown))?;
        }
        table(rows, out)?;
    }
    Ok(())
}

fn table(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    let cells = |row: &Row<'_>| {
        let age = format!("{} day{}", row.age, if row.age == 1 { "" } else { "s" });
        [row.path, row.rule, &row.recorded, &age].map(|cell| plain(cell).into_owned())
    };
    let lines: Vec<[String; 4]> = rows.iter().map(cells).collect();
    let width = |at: usize| {
        lines
            .iter()
            .map(|line| line[at].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for (line, row) in lines.iter().zip(rows) {
        for (cell, width) in line.iter().zip(widths) {
            write!(out, "{cell:width$}  ")?;
        }
        writeln!(out, "{}{}", plain(row.excerpt), plain(&row.told))?;
    }
    if rows.is_empty() {
        note("the baseline has no entries");
    }
    Ok(())
}
