//! Owns laying baselines over an outcome: which file's findings which baseline knows, and what is wrong with baselines.

use super::{Job, Judgement, Outcome, by_place, decided, own, sort};
use crate::baseline::{Baseline, Checked, Entry, FILE, Known, entries, know, relative};
use crate::data::{Mistake, reason, shown};
use crate::finding::{Exception, Finding, Severity, Standing, renamed};
use crate::source::SourceFile;
use crate::text::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where baselines are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Beside the `caveat.yaml` of each file, else at the repository's root, else in the working folder.
    Beside,
    /// This file, for all.
    File(PathBuf),
    /// Nowhere.
    Nowhere,
}

/// Where a baseline stands or would stand.
#[derive(Debug)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The name that reports show.
    pub shown: String,
    /// The folder that its paths are relative to, without symbolic links.
    pub folder: PathBuf,
    /// What was read, or what is wrong with it; none where there is no file.
    pub read: Option<Result<Baseline, Box<Finding>>>,
}

/// What a baseline says of a run: each entry's exception and what became of it, in the order of its entries.
pub type Said = Vec<(Arc<Exception>, Known)>;

/// The baselines of a run.
#[derive(Debug, Default)]
pub struct Baselines {
    /// Each place once, in the order of the jobs.
    pub places: Vec<Place>,
    /// For each job the place of its baseline.
    of_job: Vec<usize>,
}

impl Place {
    /// Reads the baseline at `path`; `here` is the working folder.
    pub fn read(path: PathBuf, here: &Path) -> Self {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new("."));
        let folder = crate::data::real(folder).unwrap_or_else(|_| folder.to_owned());
        let shown = shown(path.strip_prefix(here).unwrap_or(&path));
        let read = match fs::read(&path).map(String::from_utf8) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                let why = format!("this baseline cannot be read: {}", reason(&error));
                Some(Err(Box::new(own::BASELINE.whole(&shown, why))))
            }
            Ok(Err(_)) => {
                let finding = own::BASELINE.whole(&shown, "this baseline is not UTF-8 text");
                Some(Err(Box::new(finding)))
            }
            Ok(Ok(text)) => {
                let file = Arc::new(SourceFile::new(shown.as_str(), text));
                let broken =
                    |mistake: Mistake| Box::new(own::BASELINE.mistake(Some(Arc::clone(&file)), &mistake));
                Some(Baseline::read(Arc::clone(&file), folder.clone()).map_err(broken))
            }
        };
        Self {
            path,
            shown,
            folder,
            read,
        }
    }

    /// The baseline, where there is one that can be read.
    pub fn baseline(&self) -> Option<&Baseline> {
        self.read.as_ref()?.as_ref().ok()
    }
}

impl Baselines {
    /// Looks for the baselines of these jobs; `here` is the working folder.
    pub fn find(sought: &Sought, jobs: &[Job], here: &Path) -> Self {
        let mut out = Self::default();
        let mut seen = HashMap::<&Path, usize>::new();
        for job in jobs {
            let of = match sought {
                Sought::Beside => &job.settings.root,
                Sought::File(path) => path,
                Sought::Nowhere => return out,
            };
            let at = *seen.entry(of).or_insert_with(|| {
                let path = match sought {
                    Sought::File(path) => path.clone(),
                    _ => of.join(FILE),
                };
                out.places.push(Place::read(path, here));
                out.places.len() - 1
            });
            out.of_job.push(at);
        }
        out
    }

    /// The jobs under a place.
    pub fn jobs<'a>(&'a self, place: usize, jobs: &'a [Job]) -> impl Iterator<Item = &'a Job> {
        let of = self.of_job.iter().zip(jobs);
        of.filter(move |(at, _)| **at == place).map(|(_, job)| job)
    }

    /// Lets pass on a day what the baselines know, and adds what is wrong with them; returns what each place says. Where there
    /// is no baseline nothing is done.
    pub fn apply(&self, day: Date, jobs: &[Job], outcome: &mut Outcome) -> Vec<Said> {
        let said = (0..self.places.len())
            .map(|at| self.lay(at, day, jobs, outcome))
            .collect();
        if self.places.iter().any(|place| place.read.is_some()) {
            outcome.findings.sort_by(|a, b| by_place(&a.finding, &b.finding));
            sort(&mut outcome.exceptions);
        }
        said
    }

    fn lay(&self, at: usize, day: Date, jobs: &[Job], outcome: &mut Outcome) -> Said {
        let baseline = match &self.places[at].read {
            None => return Said::new(),
            Some(Err(broken)) => {
                let settings = self.jobs(at, jobs).map(|job| &job.settings).next();
                let told = settings.map(|settings| Judgement::new((**broken).clone(), settings));
                outcome.findings.extend(told);
                return Said::new();
            }
            Some(Ok(baseline)) => baseline,
        };
        let mut by_name = HashMap::new();
        let mut files = Vec::new();
        let unjudged: HashSet<&str> = outcome.unjudged.iter().map(String::as_str).collect();
        for job in self
            .jobs(at, jobs)
            .filter(|job| !unjudged.contains(job.shown.as_str()))
        {
            by_name.insert(job.shown.as_str(), (files.len(), &job.settings));
            files.push(Checked {
                path: relative(job.path(), &baseline.folder),
                findings: Vec::new(),
            });
        }
        for judgement in &mut outcome.findings {
            let finding = &mut judgement.finding;
            let name = finding.file.as_ref().map(|file| file.name());
            if let Some((file, _)) = name.and_then(|name| by_name.get(name)) {
                files[*file].findings.push(finding);
            }
        }
        let said = know(baseline, day, &mut files);
        for judgement in &mut outcome.findings {
            let known = judgement
                .finding
                .exceptions()
                .any(|exception| Arc::ptr_eq(&exception.file, &baseline.file));
            let name = judgement.finding.file.as_ref().map(|file| file.name());
            if let Some((_, settings)) = name.filter(|_| known).and_then(|name| by_name.get(name)) {
                *judgement = Judgement::new(judgement.finding.clone(), settings);
            }
        }
        self.tell_names(at, baseline, jobs, outcome);
        if let Some(job) = self.jobs(at, jobs).next() {
            let known: Vec<Known> = said.iter().map(|(_, known)| known.clone()).collect();
            let ends = decided::ends(baseline, &known, day).into_iter();
            outcome
                .findings
                .extend(ends.map(|finding| Judgement::new(finding, &job.settings)));
        }
        let met = baseline.entries.iter().zip(&said);
        let met = met.filter(|(entry, (_, known))| entry.is_exception() && *known != Known::Unchecked);
        outcome
            .exceptions
            .extend(met.map(|(entry, (exception, known))| Standing {
                exception: Arc::clone(exception),
                used: usize::from(entry.passes(day) && matches!(known, Known::Met(_))),
            }));
        said
    }

    /// Adds advice for each name in a baseline by which it let pass rules that are called otherwise now.
    fn tell_names(&self, at: usize, baseline: &Baseline, jobs: &[Job], outcome: &mut Outcome) {
        let mut old = BTreeMap::<&str, BTreeSet<&str>>::new();
        for judgement in &outcome.findings {
            for (verdict, exception) in judgement.finding.passed() {
                if Arc::ptr_eq(&exception.file, &baseline.file) && exception.rule != verdict.rule.name {
                    old.entry(&exception.rule).or_default().insert(&verdict.rule.name);
                }
            }
        }
        let mut told = Vec::new();
        for (name, now) in old {
            let now: Vec<String> = now.into_iter().map(str::to_owned).collect();
            let entry = baseline
                .entries
                .iter()
                .filter(|entry| entry.rule == name)
                .min_by_key(|entry| entry.span);
            let span = entry.map_or(Span::empty(0), |entry| entry.span);
            let mistake = Mistake::new(span, renamed(name, &now))
                .help("the old name still holds; `caveat baseline create` writes the new one");
            told.push(own::RENAMED.told(Severity::Advice, Some(Arc::clone(&baseline.file)), &mistake));
        }
        if let Some(job) = self.jobs(at, jobs).next() {
            let told = told
                .into_iter()
                .map(|finding| Judgement::new(finding, &job.settings));
            outcome.findings.extend(told);
        }
    }

    /// What the files under a place say, at least as bad as `least`, as entries recorded on `day`.
    pub fn fresh(
        &self,
        at: usize,
        jobs: &[Job],
        outcome: &Outcome,
        least: Severity,
        day: Date,
    ) -> Vec<Entry> {
        let paths: HashMap<&str, String> = self
            .jobs(at, jobs)
            .map(|job| (job.shown.as_str(), relative(job.path(), &self.places[at].folder)))
            .collect();
        let mut out = Vec::new();
        for judgement in &outcome.findings {
            let finding = &judgement.finding;
            let name = finding.file.as_ref().map(|file| file.name());
            if let Some(path) = name.and_then(|name| paths.get(name)) {
                out.extend(entries(finding, path, least, day));
            }
        }
        out
    }

    /// Adds an error for each baseline with old copy that was recorded more than so many days ago. A decision has its own
    /// end.
    pub fn age(&self, jobs: &[Job], as_of: Date, most: i32, outcome: &mut Outcome) {
        for (at, place) in self.places.iter().enumerate() {
            let (Some(baseline), Some(job)) = (place.baseline(), self.jobs(at, jobs).next()) else {
                continue;
            };
            let old = baseline
                .entries
                .iter()
                .filter(|entry| entry.decided.is_none() && age(entry.recorded, as_of) > most);
            let Some(oldest) = old.clone().min_by_key(|entry| (entry.recorded, entry.span)) else {
                continue;
            };
            let (count, days) = (old.count(), age(oldest.recorded, as_of));
            let entries = if count == 1 {
                "1 entry is"
            } else {
                &format!("{count} entries are")
            };
            let message = format!(
                "{entries} older than {most} days; the oldest is from {}, {days} days ago",
                oldest.recorded
            );
            let file = Some(Arc::clone(&baseline.file));
            let mut finding = own::OLD_BASELINE.finding(Severity::Error, file, oldest.span, message);
            finding.advise("set the old copy right, then `caveat baseline prune`");
            outcome.findings.push(Judgement::new(finding, &job.settings));
        }
        outcome.findings.sort_by(|a, b| by_place(&a.finding, &b.finding));
    }
}

/// How many days ago a day was.
pub fn age(day: Date, as_of: Date) -> i32 {
    day.until(as_of).map_or(0, |span| span.get_days())
}
