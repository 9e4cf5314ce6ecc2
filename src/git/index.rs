//! Owns reading the index: what is about to be committed, and where the work tree differs from it.

use super::{GitError, Repository, Result};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// Modes of regular files; others are links and submodules.
const FILES: [&str; 2] = ["100644", "100755"];

/// Files of the index by their path, each with the name of its contents.
pub type Staged = HashMap<PathBuf, String>;

impl Repository {
    /// The files that the next commit adds or changes. A renamed file is one that is added.
    ///
    /// # Errors
    /// If git fails.
    pub fn changed(&self) -> Result<Staged> {
        let told = self.ask([
            "diff",
            "--cached",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--diff-filter=AMT",
        ])?;
        let mut parts = told.split('\0');
        let mut out = Staged::new();
        while let (Some(head), Some(path)) = (parts.next(), parts.next()) {
            // ":100644 100644 old new M": modes and names of then and now.
            let mut words = head.split(' ').skip(1);
            if let (Some(mode), Some(name)) = (words.next(), words.nth(1))
                && FILES.contains(&mode)
            {
                out.insert(self.root.join(path), name.to_owned());
            }
        }
        Ok(out)
    }

    /// Every file of the index.
    ///
    /// # Errors
    /// If git fails.
    pub fn index(&self) -> Result<Staged> {
        let told = self.ask(["ls-files", "--stage", "-z"])?;
        let entry = |entry: &str| {
            let (head, path) = entry.split_once('\t')?;
            let (mode, rest) = head.split_once(' ')?;
            let name = rest.split(' ').next()?;
            FILES
                .contains(&mode)
                .then(|| (self.root.join(path), name.to_owned()))
        };
        Ok(told.split('\0').filter_map(entry).collect())
    }

    /// The files whose contents in the work tree are not those of the index, those that are gone among them.
    ///
    /// # Errors
    /// If git fails.
    pub fn unstaged(&self) -> Result<Vec<PathBuf>> {
        let told = self.ask(["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff"])?;
        let names = told.split('\0').filter(|name| !name.is_empty());
        Ok(names.map(|name| self.root.join(name)).collect())
    }

    /// Reads contents by their names.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn contents(&self) -> Result<Contents> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(GitError::NoGit)?;
        let (asked, told) = (child.stdin.take(), child.stdout.take());
        Ok(Contents {
            asked,
            told: told.map(BufReader::new),
            child,
        })
    }
}

/// A git that tells the contents it is asked for, one after the other.
pub struct Contents {
    asked: Option<ChildStdin>,
    told: Option<BufReader<ChildStdout>>,
    child: Child,
}

impl Contents {
    /// The bytes of a name; of more than `most` these first ones.
    ///
    /// # Errors
    /// If git does not tell them.
    pub fn read(&mut self, name: &str, most: u64) -> Result<Vec<u8>> {
        self.ask(name, most).map_err(|said| GitError::Failed {
            what: "cat-file".to_owned(),
            said,
        })
    }

    fn ask(&mut self, name: &str, most: u64) -> std::result::Result<Vec<u8>, String> {
        let failed = |error: std::io::Error| error.to_string();
        let (Some(asked), Some(told)) = (&mut self.asked, &mut self.told) else {
            return Err("it cannot be asked".to_owned());
        };
        writeln!(asked, "{name}")
            .and_then(|()| asked.flush())
            .map_err(failed)?;
        let mut head = String::new();
        told.read_line(&mut head).map_err(failed)?;
        // "name blob 123"
        let size = head
            .trim_end()
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| head.trim_end().to_owned())?;
        let mut bytes = Vec::new();
        told.take(size.min(most))
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        // The rest, and the line end behind it.
        let rest = size - size.min(most) + 1;
        std::io::copy(&mut told.take(rest), &mut std::io::sink()).map_err(failed)?;
        Ok(bytes)
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // It ends when nobody can ask any more.
        self.asked = None;
        let _ = self.child.wait();
    }
}
