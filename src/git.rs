//! Owns reading a repository through git: the commit that a revision means, its tree as files, what was renamed since,
//! and what is staged. It changes nothing in the repository.

mod index;

pub use index::{Contents, Staged};

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why git could not answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no program `git`.
    #[error("git cannot be run: {0}")]
    NoGit(#[source] std::io::Error),
    /// The folder is in no repository.
    #[error("this folder is in no git repository")]
    NoRepository,
    /// The folder belongs to somebody else, so git reads nothing in it, as in a container.
    #[error(
        "git does not trust this folder, which somebody else owns (\"dubious ownership\"); \
         `git config --global --add safe.directory {}` makes it", .0.display()
    )]
    NotTrusted(PathBuf),
    /// The revision names no commit.
    #[error("git knows no commit `{0}`")]
    NoCommit(String),
    /// Something else went wrong.
    #[error("git {what} failed: {said}")]
    Failed {
        /// The git command.
        what: String,
        /// What it said.
        said: String,
    },
}

type Result<T> = std::result::Result<T, GitError>;

/// Settings that keep git from running anything or fetching anything while it writes files.
const QUIET: [&str; 11] = [
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "filter.lfs.smudge=",
    "-c",
    "filter.lfs.process=",
    "-c",
    "filter.lfs.required=false",
];

/// A repository with a work tree.
#[derive(Clone, Debug)]
pub struct Repository {
    root: PathBuf,
}

/// What a change is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The commit's full name.
    pub commit: String,
    /// Whether it is where the revision and the present commit part, and not the revision itself.
    pub is_fork: bool,
}

impl Repository {
    /// The repository that `folder` is in.
    ///
    /// # Errors
    /// If there is no git, or the folder is in no work tree.
    pub fn around(folder: &Path) -> Result<Self> {
        let output = Command::new("git")
            .current_dir(folder)
            .args(["rev-parse", "--show-toplevel"])
            // Its messages are read.
            .env("LC_ALL", "C")
            .output()
            .map_err(GitError::NoGit)?;
        let root = String::from_utf8_lossy(&output.stdout);
        let root = root.trim_end_matches(['\r', '\n']);
        if !output.status.success() || root.is_empty() {
            let said = String::from_utf8_lossy(&output.stderr);
            let trusted = !said.contains("dubious ownership");
            return Err(if trusted {
                GitError::NoRepository
            } else {
                GitError::NotTrusted(not_trusted(&said).unwrap_or_else(|| folder.to_owned()))
            });
        }
        let root = Path::new(root);
        Ok(Self {
            root: crate::data::real(root).unwrap_or_else(|_| root.to_owned()),
        })
    }

    /// The folder of the work tree, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The full name of the present commit, and whether the work tree has changes that are not committed.
    ///
    /// # Errors
    /// If there is no commit yet, or git fails.
    pub fn head(&self) -> Result<(String, bool)> {
        let commit = self.ask(["rev-parse", "--verify", "HEAD"])?;
        let changes = self.ask(["status", "--porcelain", "--untracked-files=no"])?;
        Ok((commit.trim().to_owned(), !changes.is_empty()))
    }

    /// What a change since `revision` is compared with: the commit at which the present one and the revision part,
    /// so that what others have changed there meanwhile does not count; the revision itself, where no common commit
    /// is known (as in a shallow clone).
    ///
    /// # Errors
    /// If the revision names no commit.
    pub fn base(&self, revision: &str) -> Result<Base> {
        let unknown = |_| GitError::NoCommit(revision.to_owned());
        let named = format!("{revision}^{{commit}}");
        let commit = self
            .ask(["rev-parse", "--verify", "--quiet", "--end-of-options", &named])
            .map_err(unknown)?;
        let commit = commit.trim().to_owned();
        let fork = self.ask(["merge-base", &commit, "HEAD"]);
        let fork = fork.map(|text| text.trim().to_owned());
        Ok(match fork {
            Ok(fork) if !fork.is_empty() => Base {
                is_fork: fork != commit,
                commit: fork,
            },
            _ => Base {
                commit,
                is_fork: false,
            },
        })
    }

    /// Writes the files of a commit below `folder/tree`, which must not exist yet, and returns that folder.
    ///
    /// # Errors
    /// If git or the disk fails.
    pub fn write_tree(&self, commit: &str, folder: &Path) -> Result<PathBuf> {
        let tree = folder.join("tree");
        let index = folder.join("index");
        // A root of a repository: the search for settings ends there.
        std::fs::create_dir_all(tree.join(".git")).map_err(|error| GitError::Failed {
            what: "checkout-index".into(),
            said: error.to_string(),
        })?;
        let mut prefix = tree.clone().into_os_string();
        prefix.push("/");
        let mut option = std::ffi::OsString::from("--prefix=");
        option.push(&prefix);
        self.with_index(&index, ["read-tree".as_ref(), commit.as_ref()])?;
        self.with_index(
            &index,
            ["checkout-index", "--all", "--force", "--quiet"]
                .map(OsStr::new)
                .into_iter()
                .chain([option.as_os_str()]),
        )?;
        Ok(tree)
    }

    /// For each file of the work tree that git sees as renamed since `commit`, the path it had, both relative to the
    /// root with forward slashes.
    ///
    /// # Errors
    /// If git fails.
    pub fn renames(&self, commit: &str) -> Result<HashMap<String, String>> {
        let told = self.ask(["diff", "-M", "--diff-filter=R", "--name-status", "-z", commit])?;
        let mut parts = told.split('\0');
        let mut out = HashMap::new();
        while let (Some(_), Some(old), Some(new)) = (parts.next(), parts.next(), parts.next()) {
            out.insert(new.to_owned(), old.to_owned());
        }
        Ok(out)
    }

    /// The files that are the repository's: tracked, or new and not ignored. Those of submodules are not.
    ///
    /// # Errors
    /// If git fails.
    pub fn files(&self) -> Result<HashSet<PathBuf>> {
        let told = self.ask(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let names = told.split('\0').filter(|name| !name.is_empty());
        Ok(names.map(|name| self.root.join(name)).collect())
    }

    fn ask<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Result<String> {
        self.run(self.command().args(args))
    }

    fn with_index<'a>(&self, index: &Path, args: impl IntoIterator<Item = &'a OsStr>) -> Result<String> {
        self.run(self.command().env("GIT_INDEX_FILE", index).args(args))
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.root).args(QUIET);
        command
    }

    fn run(&self, command: &mut Command) -> Result<String> {
        let output = command.output().map_err(GitError::NoGit)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let what = command.get_args().nth(QUIET.len());
        Err(GitError::Failed {
            what: what.unwrap_or_default().to_string_lossy().into_owned(),
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}

/// The folder that git's message on dubious ownership names.
fn not_trusted(said: &str) -> Option<PathBuf> {
    let (_, rest) = said.split_once("repository at '")?;
    Some(PathBuf::from(rest.split_once('\'')?.0))
}
