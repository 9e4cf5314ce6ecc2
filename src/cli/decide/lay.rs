//! Owns laying decisions over what is found today: which finding each means, which entries of which baseline it makes,
//! and whether somebody decided otherwise before.

use super::{Said, against};
use crate::baseline::{Entry, entries, relative};
use crate::cli::scope::Ran;
use crate::data::Mistake;
use crate::finding::{Category, Decision, DecisionKind, Finding, Severity, fingerprint_of};
use crate::score::{self, Key};
use crate::session::{Baselines, Place, decisions_finding};
use std::collections::{BTreeMap, HashMap};

/// What comes of decisions.
pub(super) struct Laid<'a> {
    /// By baseline.
    pub(super) kept: Vec<Kept<'a>>,
    /// Decisions that cannot be taken up, with why.
    pub(super) gone: Vec<(Said<'a>, String)>,
    /// What keeps all of them from being taken up.
    pub(super) refused: Vec<Finding>,
}

/// What a baseline is to hold.
pub(super) struct Kept<'a> {
    pub(super) place: &'a Place,
    pub(super) entries: Vec<Entry>,
    pub(super) labels: BTreeMap<Key, Option<String>>,
    /// The decisions that are in it now.
    pub(super) taken: Vec<DecisionKind>,
}

/// Where the findings of a file are written down.
struct Home {
    place: usize,
    path: String,
}

pub(super) fn lay<'a>(rows: &[Said<'a>], baselines: &'a Baselines, ran: &Ran, replaces: bool) -> Laid<'a> {
    let mut homes = HashMap::new();
    for (at, place) in baselines.places.iter().enumerate() {
        for job in baselines.jobs(at, &ran.jobs) {
            let path = relative(job.path(), &place.folder);
            homes.insert(job.shown.as_str(), Home { place: at, path });
        }
    }
    let found = found(ran);
    let kept = |place: &'a Place| Kept {
        place,
        entries: place.baseline().map_or_else(Vec::new, |old| old.entries.clone()),
        labels: BTreeMap::new(),
        taken: Vec::new(),
    };
    let mut laid = Laid {
        kept: baselines.places.iter().map(kept).collect(),
        gone: Vec::new(),
        refused: Vec::new(),
    };
    for said in rows {
        let finding = found.get(&(said.row.path.as_str(), said.row.finding.clone()));
        let home = homes.get(said.row.path.as_str());
        match (finding, home) {
            (Some(finding), Some(home)) => match refusal(finding) {
                Some(why) => laid.gone.push((*said, why)),
                None => laid.take(said, finding, home, replaces),
            },
            (None, Some(_)) => {
                let copy = said
                    .row
                    .copy
                    .as_deref()
                    .map(|copy| format!(": {copy}"))
                    .unwrap_or_default();
                laid.gone
                    .push((*said, format!("{} no longer says so{copy}", said.row.path)));
            }
            (_, None) => laid
                .gone
                .push((*said, format!("{} is not among the files", said.row.path))),
        }
    }
    laid
}

/// The findings by file and fingerprint: that of each verdict, as any may be the one that a page showed.
fn found(ran: &Ran) -> HashMap<(&str, String), &Finding> {
    let mut out = HashMap::new();
    for finding in ran.outcome.findings.iter().map(|judgement| &judgement.finding) {
        let Some(file) = finding.file.as_deref() else {
            continue;
        };
        for verdict in finding.every_verdict() {
            let known = out.entry((file.name(), fingerprint_of(verdict)));
            // A candidate that a guard silenced has numbers of its own.
            let known = known.or_insert(finding);
            if known.silenced.is_some() && finding.silenced.is_none() {
                *known = finding;
            }
        }
    }
    out
}

/// Why nobody can decide on a finding here.
fn refusal(finding: &Finding) -> Option<String> {
    let category = finding.rule().category;
    if !category.is_of_copy() {
        let own = matches!(category, Category::Io | Category::Policy);
        let what = if own {
            "its own work"
        } else {
            "exceptions and approved claims"
        };
        return Some(format!(
            "caveat speaks of {what} here, and nobody decides on that"
        ));
    }
    let silence = finding.silenced.as_ref()?;
    Some(match &silence.exception {
        Some(exception) => format!(
            "this passes already ({}:{})",
            exception.file.name(),
            exception.file.position(exception.span.start).line
        ),
        None => format!("this is silent already, by the guard `{}`", silence.guard),
    })
}

impl Laid<'_> {
    fn take(&mut self, said: &Said<'_>, finding: &Finding, home: &Home, replaces: bool) {
        let row = said.row;
        let kept = &mut self.kept[home.place];
        let fresh = entries(finding, &home.path, Severity::Advice, row.decision.day);
        for mut entry in fresh {
            let same = |old: &Entry| old.path == entry.path && old.key() == entry.key();
            let old = kept.entries.iter().position(same);
            let standing = old.and_then(|at| kept.entries[at].decided.clone());
            match standing.zip(old) {
                Some((known, _)) if known.agrees(&row.decision) => continue,
                Some((known, at)) if known.by != row.decision.by && !replaces => {
                    self.refused
                        .extend(decided_before(said, &known, kept.place, &kept.entries[at]));
                    return;
                }
                _ => {}
            }
            entry.decided = Some(row.decision.clone());
            match old {
                Some(at) => kept.entries[at] = entry,
                None => kept.entries.push(entry),
            }
        }
        kept.taken.push(row.decision.kind);
        let (key, label) = score::decided(finding, &row.decision, &home.path);
        kept.labels.insert(key, label);
    }
}

/// Says of a row, and of the entry that somebody made before, that they contradict each other.
fn decided_before(said: &Said<'_>, known: &Decision, place: &Place, entry: &Entry) -> Vec<Finding> {
    let Some(baseline) = place.baseline() else {
        return Vec::new();
    };
    let line = baseline.file.position(entry.span.start).line;
    let help = "agree on one; `--replace` lets this one take the place of the earlier";
    let here = against(said, known, &format!("{}:{line}", place.shown), help);
    let message = format!(
        "{} decided on this finding on {}: {}",
        known.by,
        known.day,
        known.told()
    );
    let there = decisions_finding(&baseline.file, &Mistake::new(entry.span, message));
    vec![here, there]
}
