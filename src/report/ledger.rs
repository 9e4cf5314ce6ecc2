//! Owns telling, in a few lines, under what a run judged and what made it milder than its packs.

use super::{Run, words};
use crate::data::some;
use crate::finding::{ExceptionKind, SofteningKind, Standing};

/// How many of a kind are named.
const NAMED: usize = 3;

/// Under what a run judged, and what made it milder than its packs.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Markets, policies and settings, a line each.
    pub under: Vec<String>,
    /// What settings, policies and options soften.
    pub rows: Vec<crate::finding::Softening>,
    /// What a change softens, where two trees were compared.
    pub newly: Vec<String>,
}

/// What made a run milder, a line a kind.
pub(super) fn in_words(run: &Run) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in SofteningKind::ALL {
        let rows = run.ledger.rows.iter().filter(|row| row.kind == *kind);
        let briefs: Vec<String> = rows.map(|row| row.brief()).collect();
        lines.extend(line(kind.heading(), &briefs));
    }
    let satisfied = of_kind(&run.exceptions, ExceptionKind::Settings);
    let satisfied: Vec<String> = satisfied
        .map(|Standing { exception, .. }| {
            let (what, where_, how) = (&exception.rule, &exception.covers, &exception.reason);
            format!("{what} for {where_} ({how})")
        })
        .collect();
    lines.extend(line("Statements that layouts are said to make", &satisfied));
    lines.extend(exceptions(run));
    lines
}

fn line(heading: &str, briefs: &[String]) -> Option<String> {
    (!briefs.is_empty()).then(|| format!("{heading}: {}", some(briefs.iter(), NAMED)))
}

fn of_kind(standing: &[Standing], kind: ExceptionKind) -> impl Iterator<Item = &Standing> {
    standing
        .iter()
        .filter(move |standing| standing.exception.kind == kind)
}

/// "Exceptions: 2 comments and 12 entries of the baseline let 15 findings pass".
fn exceptions(run: &Run) -> Option<String> {
    let kinds = [
        (ExceptionKind::Comment, "comment", "comments"),
        (
            ExceptionKind::FrontMatter,
            "row of front matter",
            "rows of front matter",
        ),
        (
            ExceptionKind::Baseline,
            "entry of the baseline",
            "entries of the baseline",
        ),
        (ExceptionKind::Decision, "decision", "decisions"),
        (ExceptionKind::Register, "approved claim", "approved claims"),
    ];
    let (mut told, mut passed) = (Vec::new(), 0);
    for (kind, one, many) in kinds {
        let used = of_kind(&run.exceptions, kind).filter(|standing| standing.used > 0);
        let (count, uses) = used.fold((0, 0), |(count, uses), standing| {
            (count + 1, uses + standing.used)
        });
        passed += uses;
        match count {
            0 => {}
            1 => told.push(format!("1 {one}")),
            count => told.push(format!("{count} {many}")),
        }
    }
    let verb = if told.len() == 1 && told[0].starts_with("1 ") {
        "lets"
    } else {
        "let"
    };
    let findings = if passed == 1 { "finding" } else { "findings" };
    (!told.is_empty()).then(|| {
        format!(
            "Exceptions: {} {verb} {passed} {findings} pass",
            words::listed(&told)
        )
    })
}
