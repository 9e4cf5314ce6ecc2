//! Owns what is said of what was not checked: files and folders left out, files that nothing reads, folders in which no
//! copy was found, and claims registers that nothing uses.

use super::{choose, note};
use crate::config::{From, Settings};
use crate::data::some;
use crate::finding::Finding;
use crate::register;
use crate::report::unread_in_words;
use crate::session::{self, Job, Judgement, Outcome, Unchecked};
use crate::walk::{self, Folder, Generator, LeftOut, Unread, Walked, shown};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Names of one kind that are told.
const NAMES: usize = 3;

/// Says on standard error what was not checked.
pub(super) fn tell(walked: &Walked, jobs: &[Job], unread: &[Unread], outcome: &Outcome) {
    for left in &walked.ignored {
        note(&format!(
            "{}: ignored by {}; `--no-ignore` checks it",
            left.shown, left.because
        ));
    }
    for (name, why) in &outcome.passed_over {
        note(&format!("{name}: passed over: {why}"));
    }
    let named = jobs.iter().filter(|job| job.named).map(|job| job.shown.as_str());
    let named: HashSet<&str> = named.collect();
    for name in outcome.blank.iter().filter(|name| named.contains(name.as_str())) {
        note(&format!("{name}: holds no copy"));
    }
    if !walked.passed.is_empty() {
        note(&format!("passed over: {}", groups(&walked.passed)));
    }
    unread_in_words(unread).iter().for_each(|line| note(line));
    unused_registers(jobs);
}

/// Says which claims registers beside the copy or above it are not used.
fn unused_registers(jobs: &[Job]) {
    let mut seen = HashSet::new();
    for job in jobs {
        let settings = &job.settings;
        // Whoever names one on the command line knows.
        if settings.claims.from == From::CommandLine {
            continue;
        }
        let above = job.path().ancestors().skip(1);
        for folder in above.take_while(|folder| folder.starts_with(&settings.root)) {
            if !seen.insert(folder) {
                // Nor is one above it new.
                break;
            }
            let file = folder.join(register::FILE);
            let used = settings.claims.value.as_ref();
            let is_used = used.is_some_and(|used| walk::real(used).ok() == walk::real(&file).ok());
            if file.is_file() && !is_used {
                note(&unused(&file, settings));
            }
        }
    }
}

fn unused(file: &Path, settings: &Settings) -> String {
    let here = choose::here().ok();
    let name = shown(here.map_or(file, |here| file.strip_prefix(here).unwrap_or(file)));
    let why = match &settings.claims.value {
        Some(used) => format!("the claims register here is {}", shown(used)),
        None if settings.file.is_some() => "the claims register stands beside caveat.yaml".to_owned(),
        None => "a claims register stands beside caveat.yaml, and there is none (`caveat init` writes one)"
            .to_owned(),
    };
    format!("{name} is not used: {why}; `--claims {name}` uses it")
}

/// Says on standard error which copy is in other languages, once for many files: silence on it is no verdict.
pub(super) fn unchecked(files: &[(String, Unchecked)]) {
    let mut by: BTreeMap<&str, Vec<&(String, Unchecked)>> = BTreeMap::new();
    for file in files {
        let what = file.1.language.map_or(&*file.1.because, |(what, _)| what);
        by.entry(what).or_default().push(file);
    }
    for (what, files) in by {
        if files.len() <= NAMES {
            for (name, why) in files {
                note(&format!("{name}: not checked: {}", why.because));
            }
            continue;
        }
        let names = some(files.iter().map(|(name, _)| name), NAMES);
        let languages = files.iter().filter_map(|(_, why)| Some(why.language?.1));
        let languages: BTreeSet<&str> = languages.collect();
        let is_in = if languages.is_empty() { "" } else { " is in " };
        let languages = some(languages.iter(), NAMES);
        note(&format!("{names}: not checked: {what}{is_in}{languages}"));
    }
}

/// "node_modules/ (packages), README.md and LICENSE (papers of the repository)".
fn groups(passed: &[LeftOut]) -> String {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for left in passed {
        by.entry(&left.because).or_default().push(&left.shown);
    }
    let told = by
        .iter()
        .map(|(because, names)| format!("{} ({because})", some(names.iter(), NAMES)));
    told.collect::<Vec<_>>().join("; ")
}

/// A finding for each named folder in which no copy was found; it says why.
pub(super) fn no_copy(
    walked: &Walked,
    jobs: &[Job],
    unread: &[Unread],
    outcome: &Outcome,
    here: &Path,
) -> Vec<Judgement> {
    let passed_over = outcome.passed_over.iter().map(|(name, _)| name);
    let without: HashSet<&String> = outcome.blank.iter().chain(passed_over).collect();
    let empty = walked.folders.iter().filter(|folder| {
        let holds = |job: &Job| job.path().starts_with(&folder.path) && !without.contains(&job.shown);
        let known = walked
            .problems
            .iter()
            .any(|(name, _)| name.starts_with(&folder.shown));
        !known && !jobs.iter().any(holds)
    });
    let settings = Settings::defaults(PathBuf::new());
    let told = empty.map(|folder| {
        let inside = jobs.iter().filter(|job| job.path().starts_with(&folder.path));
        let inside: HashSet<&str> = inside.map(|job| job.shown.as_str()).collect();
        let blank = outcome.blank.iter().filter(|name| inside.contains(name.as_str()));
        let mut why = why(folder, walked, unread);
        why.extend(match blank.count() {
            0 => None,
            1 => Some("the one file that caveat reads holds none".to_owned()),
            count => Some(format!("the {count} files that caveat reads hold none")),
        });
        let over = outcome
            .passed_over
            .iter()
            .filter(|(name, _)| inside.contains(name.as_str()));
        why.extend(
            over.take(NAMES)
                .map(|(name, why)| format!("{name} is passed over: {why}")),
        );
        Judgement::new(in_folder(folder, walked, why, here), &settings)
    });
    told.collect()
}

/// A finding for each file that nothing reads and that seems to hold copy, and for each whose copy is not checked.
pub(super) fn denied(unread: &[Unread], unchecked: &[(String, Unchecked)]) -> Vec<Judgement> {
    let settings = Settings::defaults(PathBuf::new());
    let copy = unread.iter().filter(|file| file.seems_copy());
    let unread = copy.map(|file| session::unread(&file.path, file.words));
    let unchecked = unchecked
        .iter()
        .map(|(name, why)| session::unjudged(name, &why.because));
    let findings = unread.chain(unchecked);
    findings
        .map(|finding| Judgement::new(finding, &settings))
        .collect()
}

/// What was left out of a folder.
fn why(folder: &Folder, walked: &Walked, unread: &[Unread]) -> Vec<String> {
    let mut why = Vec::new();
    if let Some(left) = &folder.ignored {
        why.push(format!("{} leaves out {}", left.because, left.shown));
    }
    let passed: Vec<LeftOut> = passed(folder, walked).cloned().collect();
    if !passed.is_empty() {
        why.push(format!("passed over: {}", groups(&passed)));
    }
    let inside = walked.unread.iter().zip(unread);
    let inside = inside.filter(|(file, _)| file.path.starts_with(&folder.path));
    let inside: Vec<Unread> = inside.map(|(_, unread)| unread.clone()).collect();
    why.extend(unread_in_words(&inside));
    why
}

/// What of a folder the table passes over.
fn passed<'a>(folder: &'a Folder, walked: &'a Walked) -> impl Iterator<Item = &'a LeftOut> {
    walked
        .passed
        .iter()
        .filter(|left| left.path.starts_with(&folder.path))
}

fn in_folder(folder: &Folder, walked: &Walked, mut why: Vec<String>, here: &Path) -> Finding {
    if why.is_empty() {
        why.push("it holds no file of copy".to_owned());
    }
    let message = format!("no copy was found in this folder: {}", why.join("; "));
    let mut finding = session::no_copy(&folder.shown, &message);
    let built = passed(folder, walked).find(|left| left.because.starts_with("built by"));
    let help = match (built, &folder.ignored) {
        (Some(built), _) => Some(format!("`caveat check {}` checks the built site", built.shown)),
        (None, Some(_)) => Some("`--no-ignore` checks what is ignored".to_owned()),
        (None, None) => how_to_build(folder, here),
    };
    if let Some(help) = help {
        finding.advise(help);
    }
    finding
}

/// How the site that a folder belongs to is built and checked.
fn how_to_build(folder: &Folder, here: &Path) -> Option<String> {
    let inside = folder
        .path
        .ancestors()
        .take_while(|above| above.starts_with(here));
    let (root, generator) = inside
        .filter_map(|above| Some((above, Generator::of(above)?)))
        .next()?;
    let root = shown(root.strip_prefix(here).ok()?);
    let how = generator.how_to_check(&if root.is_empty() { root } else { root + "/" })?;
    Some(format!(
        "this looks like {} site: {how}",
        generator.with_article()
    ))
}
