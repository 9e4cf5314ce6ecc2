//! Owns comparing with an earlier commit: `caveat diff REV` and `caveat check --since REV` judge the tree of that
//! commit with the settings and policies it had, and leave what is new since.

use super::{Failure, Result, check, choose, inputs, note};
use crate::config::Finder;
use crate::finding::Softening;
use crate::git::{Base, GitError, Repository};
use crate::report::Ledger;
use crate::session::{self, Baselines, Job, Library, Outcome, Sought};
use crate::walk::{real, shown};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;

/// Lines on what a change softens.
const SOFTER: usize = 10;

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self::said(error.to_string())
    }
}

/// A commit to compare with.
pub(super) struct Since {
    revision: String,
    repository: Repository,
    base: Base,
    files: HashSet<PathBuf>,
}

impl Since {
    /// The commit that `revision` means in the repository around the working folder.
    pub(super) fn new(revision: &str) -> Result<Self> {
        let repository = Repository::around(&choose::here()?)?;
        Ok(Self {
            base: repository.base(revision)?,
            files: repository.files()?,
            revision: revision.to_owned(),
            repository,
        })
    }

    /// Whether a file is the repository's own, so that the commit could have it.
    pub(super) fn has(&self, job: &Job) -> bool {
        job.named || self.files.contains(job.path())
    }

    /// Leaves in `outcome` what is new since the commit, and says how the two differ.
    pub(super) fn keep_new(
        &self,
        args: &check::Args,
        library: &Library,
        jobs: &[Job],
        outcome: &mut Outcome,
        ledger: &mut Ledger,
    ) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let tree = self.repository.write_tree(&self.base.commit, folder.path())?;
        let tree = real(&tree)?;
        let (before, then, softened) = self.judge(args, library, &tree)?;
        let now = relative(jobs, self.repository.root());
        let renames = self.repository.renames(&self.base.commit)?;
        let path_now = |name: &str| {
            let path = known(&now, name, self.repository.root());
            renames.get(&path).cloned().unwrap_or(path)
        };
        let path_before = |name: &str| known(&then, name, &tree);
        let was = session::soft(&softened, &before.exceptions, &path_before);
        let is = session::soft(&ledger.rows, &outcome.exceptions, &path_now);
        ledger.newly = session::softer_now(is, was);
        let compared = session::keep_new(outcome, &path_now, &before, &path_before);
        if !args.is_quiet() {
            let session::Compared { new, gone, same } = compared;
            note(&format!(
                "compared with {}: {new} new, {gone} gone, {same} as before",
                self.name()
            ));
            let lines = ledger.newly.iter().take(SOFTER);
            lines.for_each(|line| note(&format!("softer: {line}")));
            if let Some(more @ 1..) = ledger.newly.len().checked_sub(SOFTER) {
                note(&format!("softer: and {more} more; the html report lists them"));
            }
        }
        Ok(())
    }

    /// Judges the tree of the commit: the paths that reports show and what they are relative to the root, and what
    /// softens that run.
    fn judge(
        &self,
        args: &check::Args,
        library: &Library,
        tree: &Path,
    ) -> Result<(Outcome, HashMap<String, String>, Vec<Softening>)> {
        let mut paths = Vec::new();
        for path in args.paths() {
            let Ok(real) = real(path) else { continue };
            let inside = real.strip_prefix(self.repository.root()).map_err(|_| {
                let name = shown(path);
                Failure::said(format!(
                    "{name} stands outside of the repository, so it cannot be compared"
                ))
            })?;
            paths.extend(Some(tree.join(inside)).filter(|path| path.exists()));
        }
        let config = args.config().map(|file| self.counterpart(file, tree));
        let claims = args.claims().map(|file| self.counterpart(file, tree));
        let mut finder: Finder = args.finder(config.as_deref(), claims.as_deref())?;
        let (_, jobs) = inputs::find(&paths, &mut finder, args.ignores())?;
        let mut outcome = session::run(&jobs, library, args.jobs(), &AtomicUsize::new(0));
        let sought = match args.sought()? {
            Sought::File(file) => Sought::File(self.counterpart(&file, tree)),
            other => other,
        };
        Baselines::find(&sought, &jobs, tree).apply(library.as_of(), &jobs, &mut outcome);
        let mut softened = session::softenings(&jobs, library, &outcome);
        // The library knows the settings of both trees.
        softened.retain(|row| {
            let place = row.place.as_ref();
            place.is_some_and(|(file, _)| Path::new(file).starts_with(tree))
        });
        Ok((outcome, relative(&jobs, tree), softened))
    }

    /// The file as the commit has it; itself, where the commit has none.
    fn counterpart(&self, file: &Path, tree: &Path) -> PathBuf {
        let real = real(file).ok();
        let inside = real
            .as_deref()
            .and_then(|real| real.strip_prefix(self.repository.root()).ok());
        let then = inside
            .map(|inside| tree.join(inside))
            .filter(|path| path.is_file());
        then.unwrap_or_else(|| file.to_owned())
    }

    fn name(&self) -> String {
        let commit: String = self.base.commit.chars().take(10).collect();
        if self.base.is_fork {
            format!("{commit}, where {} and this branch part", self.revision)
        } else {
            format!("{} ({commit})", self.revision)
        }
    }
}

/// For each name that reports show, the path relative to `root`.
fn relative(jobs: &[Job], root: &Path) -> HashMap<String, String> {
    let inside = |path: &Path| shown(path.strip_prefix(root).unwrap_or(path));
    jobs.iter()
        .map(|job| (job.shown.clone(), inside(job.path())))
        .collect()
}

/// The path relative to `root` of a name that reports show: of copy that was found, or of a file beside it, as a register.
fn known(found: &HashMap<String, String>, name: &str, root: &Path) -> String {
    found.get(name).cloned().unwrap_or_else(|| {
        let real = real(Path::new(name)).ok();
        let inside = real.as_deref().and_then(|real| real.strip_prefix(root).ok());
        inside.map_or_else(|| name.to_owned(), shown)
    })
}
