//! Owns `--watch`: checks, waits until something that a check reads has changed, checks again as a run of its own would,
//! and tells what is new and what is gone. What hears of changes is made for it alone: no other check starts slower.

mod changes;

use super::judged::Subject;
use super::{Args, What, tell};
use crate::cli::{Failure, Result, Status, choose, complain, inputs, note, told};
use crate::config::{self, Finder};
use crate::finding::Severity;
use crate::policy::PackRef;
use crate::report::{Run, Told, line};
use crate::session::{Job, Library, Unchecked};
use crate::source::SourceFile;
use crate::walk;
use changes::Changes;
use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Checks until somebody ends it. The exit status is then that of the last check.
pub(super) fn run(args: &Args) -> Result<Status> {
    if inputs::has_stdin(&args.paths) {
        return Err(Failure::said(
            "--watch waits until files change, and standard input is none",
        ));
    }
    let reporter = args.reports.for_people("--watch")?;
    let print = |gone: &[Told], run: &Run| {
        // A reader that has gone away ends it.
        let mut out = BufWriter::new(std::io::stdout().lock());
        for told in gone.iter().filter(|told| told.shown) {
            write!(out, "gone: ")?;
            line(&told.finding, &mut out)?;
        }
        (reporter.render)(run, &mut out)?;
        out.flush()
    };
    let mut changes = Changes::new()?;
    let mut last = Round::new(args, &mut changes, None)?;
    let status = on_the_way_out(last.status)?;
    print(&[], &last.run)?;
    if !args.reports.quiet {
        note("waiting for changes; Ctrl-C ends it");
    }
    loop {
        let changed = changes.wait()?;
        let lasting = last.lasting(&changed, args);
        let mut next = match Round::new(args, &mut changes, Some(lasting)) {
            Ok(next) => next,
            Err(failure) => {
                status.store(Status::Trouble as u8, Ordering::Relaxed);
                failure.to_string().lines().for_each(complain);
                continue;
            }
        };
        status.store(next.status as u8, Ordering::Relaxed);
        let (new, gone) = (
            apart(&next.run.findings, &last.run.findings),
            apart(&last.run.findings, &next.run.findings),
        );
        let is_ours = |path: &PathBuf| last.read.contains(path) || next.read.contains(path);
        if !new.is_empty() || !gone.is_empty() || changed.iter().any(is_ours) {
            let newly = next
                .unchecked
                .iter()
                .filter(|file| !last.unchecked.contains(file));
            told::unchecked(&newly.cloned().collect::<Vec<_>>());
            let all = std::mem::replace(&mut next.run.findings, new);
            if !args.reports.quiet {
                note(&in_words(&next.run.findings, &gone, &all));
            }
            print(&gone, &next.run)?;
            next.run.findings = all;
        }
        last = next;
    }
}

/// Leaves with the status in this place when somebody ends the process.
fn on_the_way_out(status: Status) -> Result<Arc<AtomicU8>> {
    let kept = Arc::new(AtomicU8::new(status as u8));
    let last = Arc::clone(&kept);
    #[expect(
        clippy::exit,
        reason = "whoever ends what would go on for ever waits for nothing more"
    )]
    let leave = move || std::process::exit(i32::from(last.load(Ordering::Relaxed)));
    ctrlc::set_handler(leave).map_err(|error| Failure::said(format!("--watch has no end here: {error}")))?;
    Ok(kept)
}

/// A check, and what it read.
struct Round {
    run: Run,
    status: Status,
    unchecked: Vec<(String, Unchecked)>,
    read: HashSet<PathBuf>,
    /// Those of what it read that are copy and nothing else, with the paths under which they were checked.
    copy: HashMap<PathBuf, PathBuf>,
    finder: Finder,
    library: Library,
}

impl Round {
    /// The first check, or the one after another, of which perhaps something lasts.
    fn new(args: &Args, changes: &mut Changes, before: Option<Option<(Finder, Library)>>) -> Result<Self> {
        let here = choose::here()?;
        let is_first = before.is_none();
        let mut lasting = before.flatten();
        let (subject, finder, library) = loop {
            let (mut finder, library) = match lasting.take() {
                Some(lasting) => lasting,
                None => (args.finder(None, None)?, Subject::library(args, What::All)),
            };
            let subject = Subject::find(args, What::All, &mut finder)?;
            // What came into a folder before that was listened to is found by looking again.
            if !changes.listen(folders(args, &subject, &mut finder, &here))? {
                break (subject, finder, library);
            }
        };
        let judged = subject.judge(args, What::All, &library)?;
        let mut read = read(&subject.jobs, &library);
        read.extend(judged.baselines.iter().cloned());
        let whole = |file: PathBuf| here.join(file);
        let read: HashSet<PathBuf> = read.into_iter().map(whole).collect();
        let mut beside = read_by_settings(&subject.jobs);
        beside.extend(library.beside());
        beside.extend(judged.baselines.iter().cloned());
        let beside: HashSet<PathBuf> = beside.into_iter().map(whole).collect();
        let paths = subject.jobs.iter().map(Job::path);
        let paths = paths.map(|path| (here.join(path), path.to_owned()));
        let copy = paths.filter(|(whole, _)| !beside.contains(whole)).collect();
        changes.listen(read.iter().filter_map(|file| file.parent()).map(Path::to_owned))?;
        if is_first {
            tell(args, &subject, &judged);
        }
        let (status, unchecked) = (judged.status, judged.outcome.unchecked.clone());
        let passed = subject.walked.passed;
        let run = args
            .reports
            .run(judged.as_of, judged.outcome, passed, judged.unread, judged.ledger);
        Ok(Self {
            run,
            status,
            unchecked,
            read,
            copy,
            finder,
            library,
        })
    }

    /// Settings and policies, where these changes leave them what they were: files that are copy and nothing else have other
    /// words, and what an editor wrote beside them is gone again.
    fn lasting(&self, changed: &HashSet<PathBuf>, args: &Args) -> Option<(Finder, Library)> {
        let harmless = |file: &PathBuf| match self.copy.contains_key(file) {
            true => file.is_file(),
            false => !self.read.contains(file) && !file.as_os_str().is_empty() && !file.exists(),
        };
        let day = Subject::library(args, What::All).as_of();
        if !changed.iter().all(harmless) || day != self.library.as_of() {
            return None;
        }
        let mut library = self.library.next();
        library.walked.clone_from(&self.library.walked);
        let edited = changed.iter().filter_map(|file| self.copy.get(file));
        edited.for_each(|file| library.remember(file.clone()));
        Some((self.finder.clone(), library))
    }
}

/// Folders in which something may come, go or change that a check of these paths sees: those that were walked, those that
/// hold what was named, and those above in which settings and ignore files may stand.
fn folders(args: &Args, subject: &Subject, finder: &mut Finder, here: &Path) -> HashSet<PathBuf> {
    let mut out: HashSet<PathBuf> = subject.walked.inside.iter().cloned().collect();
    for path in args.paths() {
        let path = walk::real(path).unwrap_or_else(|_| here.join(path));
        let folder = if path.is_dir() {
            path.as_path()
        } else {
            path.parent().unwrap_or(here)
        };
        let root = &finder.of_folder(folder).root;
        let above = folder.ancestors().take_while(|above| above.starts_with(root));
        out.extend(above.map(Path::to_owned));
        out.extend(path.parent().map(Path::to_owned));
    }
    let beside = read_by_settings(&subject.jobs);
    out.extend(
        beside
            .iter()
            .filter_map(|file| Some(here.join(file).parent()?.to_owned())),
    );
    out
}

/// The files that a check has read; those that have no whole path count from the working folder.
fn read(jobs: &[Job], library: &Library) -> HashSet<PathBuf> {
    let mut files = read_by_settings(jobs);
    files.extend(jobs.iter().map(|job| job.path().to_owned()));
    files.extend(library.beside());
    files
}

/// Settings, policies and registers, sound or not.
fn read_by_settings(jobs: &[Job]) -> HashSet<PathBuf> {
    let mut files = HashSet::new();
    for settings in jobs.iter().map(|job| &job.settings) {
        files.insert(settings.root.join(config::FILE));
        files.extend(settings.claims.value.clone());
        files.extend(settings.policies.iter().filter_map(|said| match &said.value {
            PackRef::File(file) => Some(file.clone()),
            PackRef::Name(_) => None,
        }));
    }
    files
}

/// Those of the findings that have no counterpart among the `others`.
fn apart(findings: &[Told], others: &[Told]) -> Vec<Told> {
    let mut known: HashMap<_, usize> = HashMap::new();
    for other in others {
        *known.entry(key(other)).or_default() += 1;
    }
    let mut new = Vec::new();
    for told in findings {
        match known.get_mut(&key(told)) {
            Some(left @ 1..) => *left -= 1,
            _ => new.push(told.clone()),
        }
    }
    new
}

/// What makes a finding the same one in two checks: moved words stay what they are.
fn key(told: &Told) -> (Option<&str>, &str, Severity, &str, &str) {
    let finding = &told.finding;
    let file = finding.file.as_deref().map(SourceFile::name);
    let rule = finding.rule();
    // A statement that is missing is missing whichever sentence asks for it first.
    let sentence = if rule.category.is_duty() {
        ""
    } else {
        &*finding.folded
    };
    (file, &rule.name, finding.severity(), sentence, finding.message())
}

/// "checked again: 1 new, 2 gone, 3 as before", of what people are shown.
fn in_words(new: &[Told], gone: &[Told], all: &[Told]) -> String {
    let count = |findings: &[Told]| findings.iter().filter(|told| told.shown).count();
    let (new, gone, all) = (count(new), count(gone), count(all));
    format!("checked again: {new} new, {gone} gone, {} as before", all - new)
}
