//! Owns what settings, policies and files say that makes a run milder than its packs.

use super::judge::OWN;
use super::rules::Library;
use super::{Job, Outcome};
use crate::config::{ByPath, From, Globs, MAX_FILE_SIZE, Said, Settings, show_size};
use crate::data::some;
use crate::finding::{Origin, Severity, Softening, SofteningKind as Kind};
use crate::policy::model::{PackInfo, Policy};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Display;
use std::sync::Arc;

/// Names of one kind that are told.
const NAMES: usize = 3;
/// What every file under some settings is called.
const EVERY: &str = "every file";

/// Everything that makes the run milder, but for exceptions of single findings and what the command line says; in order of
/// kind and place, each once.
pub fn softenings(jobs: &[Job], library: &Library, outcome: &Outcome) -> Vec<Softening> {
    let mut out: BTreeSet<Softening> = library.softenings().into_iter().collect();
    let mut seen = HashSet::new();
    for settings in jobs.iter().map(|job| &job.settings) {
        if seen.insert(Arc::as_ptr(settings)) {
            out.extend(of_settings(settings));
        }
    }
    out.extend(of_files(outcome));
    let mut passed = outcome.passed_over.clone();
    passed.retain(|(_, why)| why != OWN);
    out.extend(groups(Kind::PassedOver, &passed));
    let unchecked = outcome.unchecked.iter();
    let unchecked: Vec<_> = unchecked
        .map(|(name, why)| (name.clone(), why.because.clone()))
        .collect();
    out.extend(groups(Kind::OtherLanguage, &unchecked));
    out.into_iter().collect()
}

/// Names with one reason as one row each.
pub fn groups(kind: Kind, names: &[(String, String)]) -> Vec<Softening> {
    let mut by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, why) in names {
        by.entry(why).or_default().insert(name);
    }
    let row = |(why, names): (&str, BTreeSet<&str>)| Softening {
        kind,
        place: None,
        what: String::new(),
        covers: some(names.iter(), NAMES),
        reason: why.to_owned(),
    };
    by.into_iter().map(row).collect()
}

fn of_settings(settings: &Settings) -> Vec<Softening> {
    let Some(file) = settings.file.as_ref() else {
        return Vec::new();
    };
    let row = |kind, line, what: &str, covers: String, reason: String| Softening {
        kind,
        place: Some((file.name().to_owned(), line)),
        what: what.to_owned(),
        covers,
        reason,
    };
    let mut out = Vec::new();
    for (kind, key, said, reason) in [
        (Kind::Ignored, "ignore", &settings.ignore, "not checked"),
        (
            Kind::Partials,
            "partials",
            &settings.partials,
            "parts of pages, which owe no statement",
        ),
    ] {
        out.extend(of_globs(said).map(|(line, covers)| row(kind, line, key, covers, reason.to_owned())));
    }
    for (key, said) in kinds(&settings.products).chain(kinds(&settings.pages)) {
        out.push(row(Kind::Taken, key.line, "taken", key.covers, said));
    }
    for keys in &settings.not_copy_keys {
        let (covers, names) = (keys.paths.written().join(", "), keys.value.join(", "));
        out.push(row(
            Kind::NotCopy,
            keys.line,
            &names,
            covers,
            "no copy".to_owned(),
        ));
    }
    if let From::File(line) = settings.fail_on.from
        && settings.fail_on.value.is_none_or(|from| from > Severity::Warning)
    {
        let from = settings.fail_on.value.map_or("never", |severity| severity.name());
        let reason = "milder findings fail no run".to_owned();
        out.push(row(
            Kind::FailOn,
            line,
            &format!("fail-on {from}"),
            EVERY.to_owned(),
            reason,
        ));
    }
    if let (From::File(line), true) = (
        settings.trust_front_matter.from,
        settings.trust_front_matter.value,
    ) {
        let reason = "front matter may make verdicts milder".to_owned();
        out.push(row(
            Kind::Taken,
            line,
            "trust-front-matter",
            EVERY.to_owned(),
            reason,
        ));
    }
    if let From::File(line) = settings.max_file_size.from
        && settings.max_file_size.value < MAX_FILE_SIZE
    {
        let covers = format!("files larger than {}", show_size(settings.max_file_size.value));
        out.push(row(
            Kind::Ignored,
            line,
            "max-file-size",
            covers,
            "not read".to_owned(),
        ));
    }
    out
}

/// The line and the paths of what somebody wrote.
fn of_globs(said: &Said<Globs>) -> impl Iterator<Item = (usize, String)> + '_ {
    let line = match said.from {
        From::File(line) if !said.value.written().is_empty() => Some(line),
        _ => None,
    };
    line.map(|line| (line, said.value.written().join(", ")))
        .into_iter()
}

/// A row on what pages are or sell.
struct Row {
    line: usize,
    covers: String,
}

fn kinds<K: Display>(rows: &[ByPath<K>]) -> impl Iterator<Item = (Row, String)> + '_ {
    rows.iter().map(|row| {
        let of = Row {
            line: row.line,
            covers: row.paths.written().join(", "),
        };
        (of, format!("as {}", row.value))
    })
}

/// Files whose own front matter says what they are or sell.
fn of_files(outcome: &Outcome) -> Vec<Softening> {
    let mut out = Vec::new();
    for taken in &outcome.files {
        let (product, page) = (&taken.facts.product, &taken.facts.page);
        let said = [
            (product.from == Origin::FrontMatter).then(|| product.kind.name()),
            (page.from == Origin::FrontMatter).then(|| page.kind.name()),
        ];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            out.push(Softening {
                kind: Kind::Taken,
                place: Some((taken.path.clone(), 1)),
                what: "front matter".to_owned(),
                covers: taken.path.clone(),
                reason: format!("as {}", said.join(", ")),
            });
        }
    }
    out
}

/// What the packs of a repository take out of others.
pub(super) fn of_packs(packs: &[PackInfo]) -> Vec<Softening> {
    let mut out = Vec::new();
    for pack in packs.iter().filter(|pack| !pack.embedded) {
        for (kind, names, how) in [
            (Kind::PolicyOff, &pack.off, "switches it off"),
            (Kind::PolicyReplaces, &pack.replaces, "has its own in its place"),
        ] {
            out.extend(names.iter().map(|(name, span)| Softening {
                kind,
                place: Some((pack.file.name().to_owned(), pack.file.position(span.start).line)),
                what: name.clone(),
                covers: EVERY.to_owned(),
                reason: format!("the policy `{}` {how}", pack.name),
            }));
        }
    }
    out
}

/// The rules that the settings make milder than their packs, before that is done.
pub(super) fn of_severities(policy: &Policy, settings: &Settings) -> Vec<Softening> {
    let Some(file) = &settings.file else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for row in &settings.severities {
        let named = policy
            .rules
            .iter()
            .filter(|rule| rule.full_name() == row.rule || rule.was.contains(&row.rule));
        for rule in named {
            let places = rule.severity_for.iter().map(|place| place.severity);
            let worst = places.chain([rule.severity]).max().flatten();
            let Some(worst) = worst.filter(|worst| Some(*worst) > row.severity) else {
                continue;
            };
            let (kind, now) = match row.severity {
                None => (Kind::RuleOff, "off"),
                Some(severity) => (Kind::RuleLowered, severity.name()),
            };
            out.push(Softening {
                kind,
                place: Some((file.name().to_owned(), row.line)),
                what: rule.full_name(),
                covers: EVERY.to_owned(),
                reason: format!("{now}; its pack says {worst}"),
            });
        }
    }
    out
}
