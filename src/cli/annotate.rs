//! Owns `--annotate`: which copy of which draft goes where, and the comments in it. A draft is never written over unless
//! it is named twice.

use super::{Failure, Result, note, output};
use crate::report;
use crate::session::{self, Job, Outcome};
use crate::source::SourceFile;
use crate::walk::{real, shown};
use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where annotated copies go.
pub(super) struct Annotate<'a> {
    out: &'a Path,
    /// The paths of the command line.
    paths: &'a [PathBuf],
    is_folder: bool,
}

impl<'a> Annotate<'a> {
    /// Copies that go to `out`: a draft, or a folder of them.
    pub(super) fn new(out: &'a Path, paths: &'a [PathBuf]) -> Result<Self> {
        let is_draft = session::is_draft(&shown(out)) && !out.is_dir();
        if !is_draft && out.is_file() {
            let message = format!(
                "--annotate {}: name a file that ends in .docx, or a folder",
                shown(out)
            );
            return Err(Failure::said(message));
        }
        Ok(Self {
            out,
            paths,
            is_folder: !is_draft,
        })
    }

    /// Leaves out what an earlier run wrote to the folder.
    pub(super) fn leave_out_copies(&self, jobs: &mut Vec<Job>) {
        if let Some(folder) = real(self.out).ok().filter(|_| self.is_folder) {
            jobs.retain(|job| job.named || !job.path().starts_with(&folder));
        }
    }

    /// Where the copy of each draft goes.
    pub(super) fn targets<'j>(&self, jobs: &'j [Job]) -> Result<Vec<(&'j Job, PathBuf)>> {
        let drafts: Vec<&Job> = jobs.iter().filter(|job| job.format.is_draft()).collect();
        let said = |message: &str| Failure::said(format!("--annotate {}: {message}", shown(self.out)));
        let targets: Vec<(&Job, PathBuf)> = match drafts.as_slice() {
            [] => return Err(said("there is no Word draft (.docx) among the files")),
            [draft] if !self.is_folder => {
                if ending(self.out) != ending(draft.path()) {
                    return Err(said(&format!(
                        "the copy ends as the draft does, in .{}",
                        ending(draft.path())
                    )));
                }
                vec![(*draft, self.out.to_owned())]
            }
            _ if !self.is_folder => {
                return Err(said("there are several drafts; name a folder for their copies"));
            }
            drafts => drafts
                .iter()
                .map(|draft| (*draft, self.out.join(self.within(draft))))
                .collect(),
        };
        let mut taken = HashSet::new();
        for (draft, target) in &targets {
            let same = jobs
                .iter()
                .find(|job| real(target).is_ok_and(|real| real == job.path()));
            let twice = !self.is_folder && draft.named && shown(target) == draft.shown;
            if same.is_some() && !twice {
                return Err(said(
                    "this would write over a file that is checked; name another place",
                ));
            }
            if !taken.insert(target.clone()) {
                return Err(said(&format!("two drafts would be written to {}", shown(target))));
            }
        }
        Ok(targets)
    }

    /// The name of a draft below the folder that was named; the last part of its own name, if it was named itself.
    fn within(&self, draft: &Job) -> PathBuf {
        let folders = self
            .paths
            .iter()
            .filter(|path| path.is_dir())
            .map(|path| shown(path));
        let inside = folders.filter_map(|folder| match folder.trim_end_matches('/') {
            "." => Some(draft.shown.as_str()),
            folder => draft.shown.strip_prefix(folder)?.strip_prefix('/'),
        });
        let inside = inside.min_by_key(|name| name.len()).filter(|_| !draft.named);
        let plain = |name: &&str| {
            Path::new(name)
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
        };
        let last = || {
            Path::new(&draft.shown)
                .file_name()
                .map(PathBuf::from)
                .unwrap_or_default()
        };
        inside.filter(plain).map_or_else(last, PathBuf::from)
    }
}

/// Writes the copies, with a comment on each finding that people are shown.
pub(super) fn write(targets: &[(&Job, PathBuf)], outcome: &Outcome, quiet: bool) -> Result<()> {
    for (draft, target) in targets {
        let in_draft = outcome.findings.iter().filter(|judgement| {
            let file = judgement.finding.file.as_deref().map(SourceFile::name);
            file == Some(draft.shown.as_str()) && judgement.shown && judgement.finding.silenced.is_none()
        });
        let findings: Vec<_> = in_draft.map(|judgement| &judgement.finding).collect();
        if findings
            .iter()
            .any(|finding| finding.file.as_deref().is_some_and(|file| file.draft().is_none()))
        {
            // It could not be read, and that is told.
            continue;
        }
        let notes = findings.iter().map(|finding| crate::draft::Note {
            span: finding.span,
            lines: report::margin(finding),
        });
        let notes: Vec<crate::draft::Note> = notes.collect();
        let known = findings
            .iter()
            .find_map(|finding| finding.file.as_deref())
            .map(SourceFile::sha256);
        let bytes = session::annotated(draft, &notes, known.as_deref())
            .map_err(|why| Failure::said(format!("{}: {why}", draft.shown)))?;
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| {
                Failure::said(format!(
                    "{} cannot be made: {}",
                    shown(folder),
                    crate::walk::reason(&error)
                ))
            })?;
        }
        output::to_file(target, |out| out.write_all(&bytes))?;
        if !quiet {
            let comments = match notes.len() {
                0 => "no comment".to_owned(),
                1 => "1 comment".to_owned(),
                count => format!("{count} comments"),
            };
            note(&format!("wrote {} with {comments}", shown(target)));
        }
    }
    Ok(())
}

fn ending(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}
