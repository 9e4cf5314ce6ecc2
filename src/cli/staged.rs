//! Owns `caveat check --staged`: the files that the next commit adds or changes, with the bytes that it will have, and a
//! word where the work tree says something else.

use super::reports::Seen;
use super::{Failure, Result, choose, inputs, note};
use crate::config::{Finder, Settings};
use crate::data::some;
use crate::extract::format_of;
use crate::git::{Repository, Staged};
use crate::policy::PackRef;
use crate::session::{self, Input, Job};
use crate::walk::{self, How, Walked, real, shown};
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Names of one kind that are told.
const NAMES: usize = 3;

/// The files that are staged, and those that the work tree has otherwise.
pub(super) struct Commit {
    repository: Repository,
    changed: Staged,
    /// Every file of the index, where a file was named.
    index: Staged,
    unstaged: HashSet<PathBuf>,
    here: PathBuf,
}

impl Commit {
    /// What the next commit in the repository around the working folder will hold at `paths`.
    pub(super) fn new(paths: &[PathBuf]) -> Result<Self> {
        if inputs::has_stdin(paths) {
            return Err(Failure::said("standard input is not staged"));
        }
        let here = choose::here()?;
        let repository = Repository::around(&here)?;
        let names_files = paths.iter().any(|path| !path.is_dir());
        Ok(Self {
            changed: repository.changed()?,
            index: if names_files {
                repository.index()?
            } else {
                Staged::new()
            },
            unstaged: repository.unstaged()?.into_iter().collect(),
            repository,
            here,
        })
    }

    /// The staged files that the paths stand for, as a walk would take them, and the jobs that come of them. A folder
    /// stands for what the commit changes in it, a file for itself.
    pub(super) fn find(
        &self,
        paths: &[PathBuf],
        finder: &mut Finder,
        ignore: bool,
    ) -> Result<(Walked, Vec<Job>)> {
        let how = How {
            known: |name| format_of(name).is_some(),
            here: &self.here,
            ignore,
        };
        let mut wanted = |path: &Path| session::wanted(path, finder);
        let mut walked = Walked::default();
        let mut seen = HashSet::new();
        for path in paths {
            let mut found = match self.below(path)? {
                Some((root, files)) => walk::sift(&root, files, how, &mut wanted),
                None => {
                    let why = "git tracks no such file, so nothing of it is staged".to_owned();
                    walked.problems.push((shown(path), why));
                    continue;
                }
            };
            found.files.retain(|file| seen.insert(file.path.clone()));
            walked.files.append(&mut found.files);
            walked.unread.append(&mut found.unread);
        }
        walked.files.sort_by(|a, b| a.shown.cmp(&b.shown));
        let mut jobs = session::jobs(&mut walked, finder, ignore);
        // What nothing reads is on disk, and is told of by who checks all of it.
        walked.unread.clear();
        self.fill(&mut jobs)?;
        Ok((walked, jobs))
    }

    /// The folder that a path is walked from, and the staged files that it stands for; none for a file that git does
    /// not know.
    fn below(&self, path: &Path) -> Result<Option<(PathBuf, Vec<PathBuf>)>> {
        let outside = || {
            let name = shown(path);
            Failure::said(format!("{name} stands outside of the repository"))
        };
        let whole = self.whole(path);
        if !whole.starts_with(self.repository.root()) {
            return Err(outside());
        }
        if whole.is_dir() {
            let inside = self.changed.keys().filter(|file| file.starts_with(&whole));
            return Ok(Some((path.to_owned(), inside.cloned().collect())));
        }
        if !self.index.contains_key(&whole) {
            return Ok(None);
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = match folder {
            Some(folder) if !whole.starts_with(&self.here) => folder,
            _ => Path::new("."),
        };
        Ok(Some((root.to_owned(), vec![whole])))
    }

    /// A path without symbolic links above it, of a file that may be gone from the work tree.
    fn whole(&self, path: &Path) -> PathBuf {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map_or_else(|| Ok(self.here.clone()), real);
        match (folder, path.file_name()) {
            (Ok(folder), Some(name)) if !path.is_dir() => folder.join(name),
            _ => real(path).unwrap_or_else(|_| self.here.join(path)),
        }
    }

    /// Gives each job its staged bytes.
    fn fill(&self, jobs: &mut [Job]) -> Result<()> {
        if jobs.is_empty() {
            return Ok(());
        }
        let mut contents = self.repository.contents()?;
        for job in jobs {
            let path = job.path().to_owned();
            let name = self.changed.get(&path).or_else(|| self.index.get(&path));
            if let Some(name) = name {
                let most = job.settings.max_file_size.value.saturating_add(1);
                let bytes = contents.read(name, most)?;
                job.input = Input::Bytes { bytes, path };
            }
        }
        Ok(())
    }

    /// Says where the work tree differs from what was checked, and which settings and baselines were taken from it though
    /// others are staged. To who wants findings only, of files with findings.
    pub(super) fn tell(
        &self,
        walked: &Walked,
        jobs: &[Job],
        baselines: &[PathBuf],
        seen: &Seen,
        quiet: bool,
    ) {
        let differs = |job: &&Job| self.unstaged.contains(job.path());
        let wanted = |job: &&Job| !quiet || seen.contains(&job.shown);
        let names = jobs.iter().filter(differs).filter(wanted);
        let names: BTreeSet<&str> = names.map(|job| job.shown.as_str()).collect();
        tell(&names, "checked as staged; the work tree says something else");
        if quiet {
            return;
        }
        let settings = jobs.iter().flat_map(|job| own(&job.settings));
        let own: BTreeSet<PathBuf> = settings.chain(baselines.iter().cloned()).collect();
        let own = own.iter().filter_map(|path| real(path).ok());
        let own = own.filter(|path| self.unstaged.contains(path));
        let own: Vec<String> = own
            .map(|path| shown(path.strip_prefix(&self.here).unwrap_or(&path)))
            .collect();
        let own = own.iter().map(String::as_str).collect();
        tell(&own, "taken from the work tree; what is staged of it differs");
        if jobs.is_empty() && walked.problems.is_empty() {
            note("nothing that caveat reads is staged");
        }
    }
}

fn tell(names: &BTreeSet<&str>, what: &str) {
    if names.is_empty() {
        return;
    }
    note(&format!("{}: {what}", some(names.iter(), NAMES)));
}

/// The files that settings are made of: themselves, their policies and their register.
fn own(settings: &Settings) -> Vec<PathBuf> {
    let named = settings.file.iter().map(|file| PathBuf::from(file.name()));
    let policies = settings.policies.iter().filter_map(|said| match &said.value {
        PackRef::File(path) => Some(path.clone()),
        PackRef::Name(_) => None,
    });
    let claims = settings.claims.value.clone();
    named.chain(policies).chain(claims).collect()
}
