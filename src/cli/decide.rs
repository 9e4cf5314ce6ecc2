//! Owns `caveat decide`: taking decisions up into the repository. What may stand and what is a false alarm passes from
//! then on, what is to change or is for others to decide is told with the finding, and all of it labels copy.

mod lay;

use super::choose::{self, Choice};
use super::scope::{Ran, Scope, tell};
use super::{Failure, Result, Status, note, output};
use crate::data::Mistake;
use crate::decisions::{Conflict, Row, Said, Sheet, merge};
use crate::finding::{Decision, DecisionKind};
use crate::report::plain;
use crate::score;
use crate::session::decisions_finding;
use crate::source::SourceFile;
use crate::walk::{reason, shown};
use jiff::civil::Date;
use lay::{Laid, lay};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `caveat decide`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(super) struct Args {
    /// Decisions, as the page of `caveat review` exports them; several are laid together
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    #[command(flatten)]
    choice: Choice,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,

    /// The baseline to write to [default: .caveat-baseline.json beside caveat.yaml or at the repository's root]
    #[arg(long, value_name = "FILE", help_heading = "Exceptions")]
    baseline: Option<PathBuf>,

    /// Let these decisions take the place of earlier ones by others
    #[arg(long)]
    replace: bool,
}

const HELP: &str = "\
Decisions are kept in the baseline, each with who decided and when. What is accepted passes until its last day, a false
alarm until the copy changes; both stand in `caveat exceptions`. A change or an escalation lets nothing pass: reports,
annotations and comments in Word drafts tell it with the finding. All of them are labels in .caveat-labels.jsonl, by which
`caveat policy score --labels` measures the rules.
Files that contradict each other, or decisions that others made before, end with 2, and nothing is written.
Exit status: 0 all taken up, 1 some are of copy that is gone or changed, 2 caveat could not do its job.";

pub(super) fn run(args: &Args) -> Result<Status> {
    let sheets = args
        .files
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<Sheet>>>()?;
    let mistakes: Vec<_> = sheets.iter().flat_map(mistakes).collect();
    if !mistakes.is_empty() {
        return Ok(refused(&mistakes));
    }
    let (rows, conflicts) = merge(&sheets);
    if !conflicts.is_empty() {
        let told: Vec<_> = conflicts.iter().flat_map(contradicted).collect();
        return Ok(refused(&told));
    }
    let ran = judged(args, &rows)?;
    let Some(baselines) = super::baseline::found(&ran, args.baseline.as_ref())? else {
        return Ok(Status::Trouble);
    };
    let laid = lay(&rows, &baselines, &ran, args.replace);
    if !laid.refused.is_empty() {
        return Ok(refused(&laid.refused));
    }
    write(&laid)?;
    let gone = laid
        .gone
        .iter()
        .map(|(said, why)| format!("{}: {why}", place(said)));
    gone.for_each(|line| note(&line));
    Ok(if laid.gone.is_empty() {
        Status::Clean
    } else {
        Status::Findings
    })
}

fn read(path: &Path) -> Result<Sheet> {
    let name = shown(path);
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::said(format!("{name} cannot be read: {}", reason(&error))))?;
    Ok(Sheet::read(Arc::new(SourceFile::new(name, text))))
}

fn mistakes(sheet: &Sheet) -> Vec<crate::finding::Finding> {
    let told = sheet.mistakes.iter();
    told.map(|mistake| decisions_finding(&sheet.file, mistake))
        .collect()
}

/// Shows what keeps decisions from being taken up.
fn refused(told: &[crate::finding::Finding]) -> Status {
    tell(told);
    note("nothing is written until this is set right");
    Status::Trouble
}

/// "b.yaml:14".
fn place(said: &Said<'_>) -> String {
    format!(
        "{}:{}",
        said.file.name(),
        said.file.position(said.row.span.start).line
    )
}

fn contradicted(conflict: &Conflict<'_>) -> [crate::finding::Finding; 2] {
    let Conflict { first, other } = conflict;
    let told = |here: &Said<'_>, there: &Said<'_>| {
        let help = "agree on one, and take the other out of its file";
        against(here, &there.row.decision, &place(there), help)
    };
    [told(first, other), told(other, first)]
}

/// Says of a row that somebody decided otherwise at another place.
fn against(here: &Said<'_>, other: &Decision, place: &str, help: &str) -> crate::finding::Finding {
    let Row { path, decision, .. } = here.row;
    let message = format!(
        "{} decides on this finding in {path}: {}; but {} at {place}: {}",
        decision.by,
        decision.told(),
        other.by,
        other.told()
    );
    decisions_finding(here.file, &Mistake::new(here.row.span, message).help(help))
}

/// Judges the files that decisions name.
fn judged(args: &Args, rows: &[Said<'_>]) -> Result<Ran> {
    let mut paths: Vec<PathBuf> = rows.iter().map(|said| PathBuf::from(&said.row.path)).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| path.is_file());
    Scope::over(paths, args.choice.clone(), args.as_of).run(true)
}

fn write(laid: &Laid<'_>) -> Result<()> {
    let mut out = String::new();
    for kept in &laid.kept {
        if kept.taken.is_empty() {
            continue;
        }
        super::baseline::save(kept.place, kept.entries.clone())?;
        out.push_str(&format!(
            "{}: {}\n",
            plain(&kept.place.shown),
            counted(&kept.taken)
        ));
        let path = kept.place.path.with_file_name(score::FILE);
        let old = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                let name = shown(&path);
                return Err(Failure::said(format!(
                    "{name} cannot be read: {}",
                    reason(&error)
                )));
            }
        };
        let text = score::merged(&old, kept.labels.clone());
        if text != old {
            output::to_file(&path, |out| out.write_all(text.as_bytes()))?;
            let lines = text.lines().count();
            let labels = if lines == 1 { "label" } else { "labels" };
            let name = Path::new(&kept.place.shown).with_file_name(score::FILE);
            out.push_str(&format!("{}: {lines} {labels}\n", plain(&shown(&name))));
        }
    }
    output::stdout(out.as_bytes())
}

/// "2 to change, 1 accepted, 1 for others to decide and 3 false alarms".
fn counted(taken: &[DecisionKind]) -> String {
    let words = |kind: DecisionKind, count: usize| match kind {
        DecisionKind::Change => "to change",
        DecisionKind::Accept => "accepted",
        DecisionKind::Escalate => "for others to decide",
        DecisionKind::FalseAlarm if count == 1 => "false alarm",
        DecisionKind::FalseAlarm => "false alarms",
    };
    let count = |kind: &DecisionKind| taken.iter().filter(|taken| *taken == kind).count();
    let told = DecisionKind::ALL.iter().map(|kind| (*kind, count(kind)));
    let told = told.filter(|(_, count)| *count > 0);
    told.map(|(kind, count)| format!("{count} {}", words(kind, count)))
        .collect::<Vec<_>>()
        .join(", ")
}
