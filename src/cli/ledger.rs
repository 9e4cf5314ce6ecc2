//! Owns the ledger of a run: under what it judged, and everything that made it milder than its packs, what the command
//! line says among it.

use crate::config::Settings;
use crate::finding::{Softening, SofteningKind};
use crate::git::Repository;
use crate::policy::PackRef;
use crate::report::Ledger;
use crate::session::{Job, Library, Outcome, groups, softenings};
use crate::walk::{self, Walked};
use std::collections::BTreeSet;
use std::path::Path;

/// Options that can make a run milder, by the names that evidence has for them, with what they do.
const OPTIONS: [(&str, &str); 11] = [
    ("baseline", "what this file records passes"),
    ("claims", "what this register approves passes"),
    ("config", "settings come from this file alone"),
    ("fail_on", "milder findings fail no run"),
    ("markets", "the rules of these markets alone are in force"),
    ("max_file_size", "larger files are not read"),
    ("no_config", "caveat.yaml and its policies do not count"),
    ("page", "every file is taken for such a page"),
    ("product", "every file is taken to sell it"),
    ("since", "only what is new since then is told"),
    ("staged", "only what is about to be committed is checked"),
];

/// The ledger of a run, with the arguments that were given.
pub(super) fn of(
    given: &[(&'static str, Vec<String>)],
    walked: &Walked,
    jobs: &[Job],
    library: &Library,
    outcome: &Outcome,
) -> Ledger {
    let mut rows = softenings(jobs, library, outcome);
    let named = |left: &walk::LeftOut| (left.shown.clone(), left.because.clone());
    let passed: Vec<(String, String)> = walked.passed.iter().map(named).collect();
    rows.extend(groups(SofteningKind::PassedOver, &passed));
    let by_files = walked.folders.iter().filter_map(|folder| folder.ignored.as_ref());
    let ignored = by_files.chain(&walked.ignored).filter(|left| is_ours(left));
    let ignored: Vec<(String, String)> = ignored.map(named).collect();
    rows.extend(groups(SofteningKind::Ignored, &ignored));
    rows.extend(given.iter().filter_map(|(name, values)| option(name, values)));
    rows.sort();
    rows.dedup();
    Ledger {
        under: under(jobs),
        rows,
        newly: Vec::new(),
    }
}

/// Whether what leaves a file out was written for caveat alone; the settings tell their own.
fn is_ours(left: &walk::LeftOut) -> bool {
    left.because.contains(".caveatignore")
}

fn option(name: &str, values: &[String]) -> Option<Softening> {
    let (_, reason) = OPTIONS.iter().find(|(known, _)| *known == name)?;
    let milder = |value: &String| match name {
        "fail_on" => value == "error" || value == "never",
        "page" | "product" => value != "auto",
        _ => true,
    };
    if values.is_empty() || !values.iter().all(milder) {
        return None;
    }
    let written = match name {
        "markets" => "market".to_owned(),
        name => name.replace('_', "-"),
    };
    let value = match values.join(",") {
        flag if flag == "true" => String::new(),
        value => format!(" {value}"),
    };
    Some(Softening {
        kind: SofteningKind::Argument,
        place: None,
        what: format!("--{written}{value}"),
        covers: "every file".to_owned(),
        reason: (*reason).to_owned(),
    })
}

/// The commit that was judged, where there is one.
pub(super) fn commit(here: &Path) -> Option<String> {
    let (commit, changed) = Repository::around(here).ok()?.head().ok()?;
    let changed = if changed { ", with changes since" } else { "" };
    Some(format!("Commit: {commit}{changed}"))
}

/// Markets, policies and settings, a line each.
fn under(jobs: &[Job]) -> Vec<String> {
    let (mut markets, mut policies, mut files) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut last: *const Settings = std::ptr::null();
    for job in jobs {
        // Neighbours share their settings, mostly.
        if std::ptr::eq(last, &raw const *job.settings) {
            continue;
        }
        last = &raw const *job.settings;
        markets.extend(job.settings.markets.value.iter().cloned());
        let name = |pack: &PackRef| match pack {
            PackRef::Name(name) => name.clone(),
            PackRef::File(path) => walk::shown(path),
        };
        policies.extend(job.settings.policies.iter().map(|said| name(&said.value)));
        files.extend(job.settings.file.iter().map(|file| file.name().to_owned()));
    }
    let line = |what: &str, names: BTreeSet<String>, none: &str| {
        let names: Vec<String> = names.into_iter().collect();
        let names = if names.is_empty() {
            none.to_owned()
        } else {
            names.join(", ")
        };
        format!("{what}: {names}")
    };
    vec![
        line("Markets", markets, "none"),
        line("Policies besides theirs", policies, "none"),
        line("Settings", files, "none, so defaults hold"),
    ]
}
