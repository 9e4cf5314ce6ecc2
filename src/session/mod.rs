//! Owns a run: files with their settings in, sorted findings out, whatever the number of threads. It never touches a
//! terminal.

mod allow;
mod annotated;
mod baselines;
mod claimed;
mod claims;
mod compare;
mod decided;
mod decode;
mod encoding;
mod find;
mod includes;
mod judge;
mod language;
mod lasting;
mod loaded;
mod matter;
mod memo;
mod memory;
mod own;
mod read;
mod recent;
mod rules;
mod satisfied;
mod severities;
mod soft;
mod softer;
mod stated;
#[cfg(test)]
mod tests;
mod view;
mod why;

use crate::config::Settings;
use crate::extract::{self, Extracted, Format};
use crate::finding::{Category, Exception, Facts, Finding, Severity, Standing, Taken};
use crate::source::SourceFile;
use crate::walk::Unread;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};

pub use annotated::{annotated, is_draft};
pub use baselines::{Baselines, Place, Said, Sought, age};
pub use claimed::claimed;
pub use claims::{Approved, OnPage, Used, on_pages, register, register_findings};
pub use compare::{Compared, keep_new};
pub use find::{find, given, ignored_by, jobs, refused, wanted};
pub use matter::KEYS as MATTER;
pub use memory::{Memory, again};
pub use own::{
    decisions_finding, is_drift, is_unused, no_copy, policy_finding, settings_finding, unjudged, unread,
    unreadable,
};
pub use rules::{Library, examples_of, policy_of, untrue_examples};
pub use soft::{Soft, soft, softer_now};
pub use softer::{groups, softenings};
pub use stated::layouts;
pub use view::views;
pub use why::{Why, closed, sentence, why};

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
pub enum Input {
    /// From disk.
    Path(PathBuf),
    /// They are here already.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// Where the file would stand.
        path: PathBuf,
    },
}

/// A file to check.
#[derive(Clone)]
pub struct Job {
    /// Its bytes.
    pub input: Input,
    /// The name that reports show.
    pub shown: String,
    /// Whether it was named itself: then it is an error that it cannot be checked.
    pub named: bool,
    /// How it is read.
    pub format: &'static Format,
    /// What holds for it.
    pub settings: Arc<Settings>,
}

impl Job {
    /// Where the file stands, or would stand.
    pub fn path(&self) -> &Path {
        match &self.input {
            Input::Path(path) | Input::Bytes { path, .. } => path,
        }
    }

    /// Reads the text of the file as its settings say.
    fn extract(&self, file: &Arc<SourceFile>) -> Extracted {
        self.extract_again(file, &mut extract::Memory::default())
    }

    /// Reads of it what has changed.
    fn extract_again(&self, file: &Arc<SourceFile>, memory: &mut extract::Memory) -> Extracted {
        let keys = self.settings.keys(self.path());
        let mut read = self.format.extract_again(file, &keys, memory);
        read.document.turn_home(&self.settings.site.value);
        read
    }
}

/// Why copy is not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The reason, in words.
    pub because: String,
    /// How much is in another language, and in which, as `("part of the copy", "Spanish")`; none where the reason is another.
    pub language: Option<(&'static str, &'static str)>,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings sorted by path, place and rule, silenced candidates among them.
    pub findings: Vec<Judgement>,
    /// Files judged, in order of their names.
    pub files: Vec<Taken>,
    /// How many of them lie in each folder, by the name that reports show; empty for the one of the run.
    pub folders: BTreeMap<String, usize>,
    /// Exceptions met, used or not, in order of file and place.
    pub exceptions: Vec<Standing>,
    /// Claims registers met, in order of their names.
    pub registers: Vec<Used>,
    /// Files read with the SHA-256 of their bytes, in order of their names; only where the library hashes. Files that
    /// could not be read have none.
    pub inputs: Vec<(String, Option<String>)>,
    /// Files not judged, or a part of which is not: the name and why.
    pub unchecked: Vec<(String, Unchecked)>,
    /// Files passed over: the name and why.
    pub passed_over: Vec<(String, String)>,
    /// The names of files that were read and hold no copy.
    pub blank: Vec<String>,
    /// Files that were read, of which nothing is copy by its form, and that seem to hold some all the same.
    pub unseen: Vec<Unread>,
    /// The names of files that were not judged, for whatever reason.
    pub unjudged: Vec<String>,
}

/// A finding and what the settings of its file say of it.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The finding.
    pub finding: Finding,
    /// Whether it makes the run fail.
    pub fails: bool,
    /// Whether people see it.
    pub shown: bool,
}

impl Judgement {
    /// A finding under `settings`. What kept caveat from its job is always shown.
    pub fn new(finding: Finding, settings: &Settings) -> Self {
        let severity = finding.severity();
        let counts = finding.silenced.is_none();
        Self {
            fails: counts && settings.fail_on.value.is_some_and(|from| severity >= from),
            shown: severity >= settings.min_severity.value || is_trouble(&finding),
            finding,
        }
    }
}

/// Whether a finding says that caveat could not do its job.
pub fn is_trouble(finding: &Finding) -> bool {
    matches!(finding.rule().category, Category::Io | Category::Policy)
        && finding.severity() == Severity::Error
        && finding.rule().name != own::UNREAD.name()
}

/// What came of one file.
#[derive(Default)]
struct Checked {
    findings: Vec<Finding>,
    facts: Option<Facts>,
    exceptions: Vec<Standing>,
    sha256: Option<String>,
    met: Option<claims::Met>,
    unchecked: Option<Unchecked>,
    passed_over: Option<String>,
    /// Whether it was read and holds no copy.
    blank: bool,
    /// Words of running text in a file that holds no copy by its form.
    unseen: Option<u64>,
}

/// Checks every job. `done` counts the files that are finished, for whoever shows progress.
pub fn run(jobs: &[Job], library: &Library, threads: Option<usize>, done: &AtomicUsize) -> Outcome {
    if let Some(job) = jobs.iter().find(|job| job.settings.mistakes.is_empty()) {
        // Most of what starting up costs is memory, which the first thread gets faster than any other. A fault is
        // met again, and told, by the first file.
        let load = std::panic::AssertUnwindSafe(|| library.rules(&job.settings, &[], &[]));
        let _ = std::panic::catch_unwind(load);
    }
    if let [job] = jobs {
        let outcome = one(job, library);
        done.fetch_add(1, Ordering::Relaxed);
        return outcome;
    }
    let all = || {
        jobs.par_iter()
            .map(|job| {
                let checked = checked(job, library);
                done.fetch_add(1, Ordering::Relaxed);
                checked
            })
            .collect::<Vec<Checked>>()
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .build();
    let checked = match pool {
        Ok(pool) => pool.install(all),
        Err(_) => all(),
    };
    gather(jobs, checked, library)
}

/// Checks one job on this thread, as [`run`] checks many, for whoever keeps the library from one text to the next.
pub fn one(job: &Job, library: &Library) -> Outcome {
    gather(std::slice::from_ref(job), vec![checked(job, library)], library)
}

/// Checks a job, with what is remembered of its file where it is one of those that are being written.
fn checked(job: &Job, library: &Library) -> Checked {
    let Some(memory) = library.remembered(job.path()) else {
        return guarded(job, library, None);
    };
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    guarded(job, library, Some(&mut memory))
}

/// A fault in caveat costs one file, not the run.
fn guarded(job: &Job, library: &Library, memory: Option<&mut Memory>) -> Checked {
    let check =
        std::panic::AssertUnwindSafe(|| judge::check(job, library, memory.map(|memory| memory.of(job))));
    std::panic::catch_unwind(check).unwrap_or_else(|_| Checked {
        findings: vec![own::INTERNAL.whole(
            &job.shown,
            "this file made caveat fail; that is an internal error, please report it",
        )],
        ..Checked::default()
    })
}

fn gather(jobs: &[Job], mut checked: Vec<Checked>, library: &Library) -> Outcome {
    let mut outcome = Outcome::default();
    let (told, standings, registers) = claims::tell(jobs, &mut checked, library);
    outcome.findings.extend(told);
    outcome.exceptions.extend(standings);
    outcome.registers = registers;
    let most = checked.iter().map(|checked| checked.findings.len()).sum();
    outcome.findings.reserve_exact(most);
    outcome.files.reserve_exact(jobs.len());
    let mut said = HashSet::new();
    for (job, mut checked) in jobs.iter().zip(checked) {
        outcome.blank.extend(checked.blank.then(|| job.shown.clone()));
        let unseen = checked.unseen;
        outcome
            .unseen
            .extend(unseen.map(|words| Unread::new(&job.shown, words)));
        if checked.facts.is_none() {
            outcome.unjudged.push(job.shown.clone());
        }
        // Most data is no copy at all.
        let counts = !checked.blank || !job.format.is_data();
        if let Some(facts) = checked.facts.filter(|_| counts) {
            let folder = job.shown.rsplit_once('/').map_or("", |(folder, _)| folder);
            *outcome.folders.entry(folder.to_owned()).or_default() += 1;
            outcome.files.push(Taken {
                path: job.shown.clone(),
                language: language::ENGLISH,
                facts,
            });
        }
        outcome.exceptions.append(&mut checked.exceptions);
        // What caveat wrote of a tree is no part of it: it would be news to the next run.
        if library.hashing && checked.passed_over.as_deref() != Some(judge::OWN) {
            outcome.inputs.push((job.shown.clone(), checked.sha256));
        }
        outcome
            .unchecked
            .extend(checked.unchecked.map(|why| (job.shown.clone(), why)));
        outcome
            .passed_over
            .extend(checked.passed_over.map(|why| (job.shown.clone(), why)));
        checked.findings.sort_by(by_place);
        count(&mut checked.findings);
        for finding in checked.findings {
            // Mistakes in settings and policies are met again by every file under them, and so is a layout.
            let shared = finding.rule().name == own::NOT_STATED
                || finding
                    .file
                    .as_deref()
                    .is_none_or(|file| file.name() != job.shown);
            if !shared || said.insert(identity(&finding)) {
                outcome.findings.push(Judgement::new(finding, &job.settings));
            }
        }
    }
    outcome.findings.sort_by(|a, b| by_place(&a.finding, &b.finding));
    let rows = satisfied::rows(jobs, library, &outcome.findings);
    outcome.exceptions.extend(rows);
    sort(&mut outcome.exceptions);
    outcome.files.sort_by(|a, b| a.path.cmp(&b.path));
    outcome.inputs.sort();
    outcome
}

/// Puts exceptions in order of file, place and what they cover.
fn sort(exceptions: &mut [Standing]) {
    fn key(standing: &Standing) -> (&str, u32, &str, &str) {
        let Exception {
            file,
            span,
            covers,
            rule,
            ..
        } = &*standing.exception;
        (file.name(), span.start, covers, rule)
    }
    exceptions.sort_by(|a, b| key(a).cmp(&key(b)));
}

fn identity(finding: &Finding) -> (Option<String>, u32, String) {
    let file = finding.file.as_deref().map(|file| file.name().to_owned());
    (file, finding.span.start, finding.message().to_owned())
}

/// The order of findings: path, place, rule, then what tells them apart at all.
pub fn by_place(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    fn key(finding: &Finding) -> (Option<&str>, u32, u32, &str, &str) {
        (
            finding.file.as_deref().map(|file| file.name()),
            finding.span.start,
            finding.span.end,
            &finding.rule().name,
            finding.message(),
        )
    }
    key(a).cmp(&key(b))
}

/// Numbers the findings of the same rule on the same sentence, in order of place, for every market.
fn count(findings: &mut [Finding]) {
    let mut seen: FxHashMap<(&str, &str, bool), u32> = FxHashMap::default();
    let mut ordinals = Vec::new();
    for finding in &*findings {
        let silenced = finding.silenced.is_some();
        for verdict in &finding.verdicts {
            let next = seen.entry((&verdict.rule.name, &verdict.folded, silenced));
            let next = next.or_default();
            ordinals.push(*next);
            *next += 1;
        }
    }
    let verdicts = findings.iter_mut().flat_map(|finding| &mut finding.verdicts);
    for (verdict, ordinal) in verdicts.zip(ordinals) {
        verdict.ordinal = ordinal;
    }
}
