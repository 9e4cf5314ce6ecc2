//! Owns judging for the editor: every verdict is that of a run over the text as it stands in the editor. It reads settings,
//! policies and registers as they lie on disk, once, until it is told to forget them.

use super::buffer::{Buffer, Judged};
use super::settings::{self, Kind};
use crate::config::{Finder, Overlay, Where};
use crate::finding::{Finding, Severity};
use crate::session::{self, Baselines, Input, Job, Judgement, Library, Outcome, Sought};
use crate::walk::real;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;

/// A folder that the editor works in.
struct Folder {
    /// As the editor names it.
    given: PathBuf,
    /// Without symbolic links.
    real: PathBuf,
}

/// What judges.
pub(super) struct Judge {
    pub(super) here: PathBuf,
    folders: Vec<Folder>,
    today: fn() -> Date,
    as_of: Option<Date>,
    advice: bool,
    pub(super) finder: Finder,
    pub(super) library: Library,
}

/// A file of the workspace and what is shown of it.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) findings: Vec<Finding>,
}

impl Judge {
    /// `here` is the working folder; `today` says which day it is, where `as_of` does not.
    pub(super) fn new(here: PathBuf, as_of: Option<Date>, today: fn() -> Date, advice: bool) -> Self {
        Self {
            finder: finder(&here),
            library: Library::lasting(as_of.unwrap_or_else(today)),
            here,
            folders: Vec::new(),
            today,
            as_of,
            advice,
        }
    }

    /// Works in these folders.
    pub(super) fn work_in(&mut self, folders: Vec<PathBuf>) {
        let folder = |given: PathBuf| {
            let real = real(&given).ok()?;
            Some(Folder { given, real })
        };
        self.folders = folders.into_iter().filter_map(folder).collect();
    }

    /// Works no longer in folders that are gone, and in new ones.
    pub(super) fn change_folders(&mut self, gone: &[PathBuf], new: Vec<PathBuf>) {
        let kept = self.folders.drain(..).map(|folder| folder.given);
        let kept: Vec<PathBuf> = kept.filter(|given| !gone.contains(given)).chain(new).collect();
        self.work_in(kept);
        self.forget();
    }

    /// Forgets what was read: settings, policies, registers, parts of pages and the day may be others now.
    pub(super) fn forget(&mut self) {
        self.finder = finder(&self.here);
        self.library = Library::lasting(self.as_of.unwrap_or_else(self.today));
    }

    /// A path without symbolic links above the file, which need not be there.
    pub(super) fn whole(path: &Path) -> PathBuf {
        let folder = path.parent().and_then(|folder| real(folder).ok());
        match (folder, path.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    }

    /// A path as the editor names it.
    pub(super) fn given(&self, path: &Path) -> PathBuf {
        let inside = |folder: &Folder| Some(folder.given.join(path.strip_prefix(&folder.real).ok()?));
        let given = self.folders.iter().find_map(inside);
        given.unwrap_or_else(|| path.to_owned())
    }

    /// The name that reports show.
    pub(super) fn shown(&self, path: &Path) -> String {
        crate::data::shown(path.strip_prefix(&self.here).unwrap_or(path))
    }

    /// Judges a text.
    pub(super) fn judge(&mut self, buffer: &mut Buffer) -> Judged {
        let (path, text) = (&buffer.path, buffer.text.as_str());
        match settings::kind(path, text, &mut self.finder) {
            Kind::Copy => {}
            own => {
                return Judged {
                    job: None,
                    findings: settings::findings(own, path, text, self),
                };
            }
        }
        let job = self.job(path, text);
        let outcome = job.as_ref().map(|job| {
            let outcome = session::again(job, &self.library, &mut buffer.memory);
            self.settled(std::slice::from_ref(job), outcome)
        });
        Judged {
            job,
            findings: outcome.map(|outcome| self.seen(outcome)).unwrap_or_default(),
        }
    }

    /// What is shown of a file as it lies on disk.
    pub(super) fn on_disk(&mut self, path: &Path) -> Vec<Finding> {
        let Some(mut job) = self.job(path, "") else {
            return Vec::new();
        };
        job.input = Input::Path(path.to_owned());
        let outcome = self.run(&[job]);
        self.seen(outcome)
    }

    fn job(&mut self, path: &Path, text: &str) -> Option<Job> {
        let inside = self.folders.iter().map(|folder| folder.real.as_path());
        let root = inside.filter(|root| path.starts_with(root));
        let root = root.max_by_key(|root| root.as_os_str().len()).map(Path::to_owned);
        let job = session::given(path, text, root.as_deref(), &mut self.finder, &self.here)?;
        // A draft is no text that an editor shows.
        (!job.format.is_draft()).then_some(job)
    }

    /// Judges every file of the workspace, those that are open with the text that they have there; Word drafts are left out.
    /// Says of which files there is something to show, and how many files there are.
    pub(super) fn workspace(&mut self, open: &[&Buffer]) -> (Vec<Checked>, usize) {
        let roots: Vec<PathBuf> = self.folders.iter().map(|folder| folder.real.clone()).collect();
        let named = |root: &PathBuf| {
            if *root == self.here {
                ".".into()
            } else {
                root.clone()
            }
        };
        let paths: Vec<PathBuf> = roots.iter().map(named).collect();
        let (_, mut jobs) = session::find(&paths, &mut self.finder, &self.here, true);
        jobs.retain(|job| !job.format.is_draft());
        for job in &mut jobs {
            if let Some(buffer) = open.iter().find(|buffer| buffer.path == job.path()) {
                job.input = Input::Bytes {
                    bytes: buffer.text.clone().into_bytes(),
                    path: buffer.path.clone(),
                };
            }
        }
        self.library = Library::new(self.library.as_of());
        self.library.walked = roots;
        let outcome = self.run(&jobs);
        self.library.walked = Vec::new();
        let findings = self.seen(outcome);
        (self.by_file(findings), jobs.len())
    }

    fn by_file(&self, findings: Vec<Finding>) -> Vec<Checked> {
        let mut out: Vec<Checked> = Vec::new();
        for finding in findings {
            let name = finding
                .file
                .as_ref()
                .map_or(crate::config::FILE, |file| file.name());
            let path = self.here.join(name);
            match out.last_mut().filter(|last| last.path == path) {
                Some(last) => last.findings.push(finding),
                None => out.push(Checked {
                    path,
                    findings: vec![finding],
                }),
            }
        }
        out
    }

    fn run(&self, jobs: &[Job]) -> Outcome {
        let outcome = session::run(jobs, &self.library, None, &AtomicUsize::new(0));
        self.settled(jobs, outcome)
    }

    /// What came of jobs, with what baselines say of it.
    fn settled(&self, jobs: &[Job], mut outcome: Outcome) -> Outcome {
        Baselines::find(&Sought::Beside, jobs, &self.here).apply(self.library.as_of(), jobs, &mut outcome);
        outcome
    }

    /// What people see.
    fn seen(&self, outcome: Outcome) -> Vec<Finding> {
        let shown = |judgement: &Judgement| {
            let advice = self.advice && judgement.finding.severity() == Severity::Advice;
            (judgement.shown || advice) && judgement.finding.silenced.is_none()
        };
        let seen = outcome.findings.into_iter().filter(shown);
        seen.map(|judgement| judgement.finding).collect()
    }
}

fn finder(here: &Path) -> Finder {
    Finder::new(Where::Nearest, Overlay::default(), here.to_owned())
}
