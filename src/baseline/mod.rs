//! Owns the baseline: old findings that are known, so that a house with much old copy sees what is new, and findings that
//! a reviewer decided on. A finding is known by its path, rule and folded sentence, and by how many of that sentence come before it in the file; a missing
//! statement by path and rule. No line number is ever kept: moved copy stays known, edited copy comes back.
//!
//! It knows no settings: who asks says which files were checked and where they stand.

mod file;
mod known;
mod renew;
#[cfg(test)]
mod tests;

use crate::finding::{Decision, Finding, Severity, Verdict};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub use file::{KEYS, write};
pub use known::{Checked, Known, know};
pub use renew::{prune, renew};

/// The name of the file.
pub const FILE: &str = ".caveat-baseline.json";

/// One old finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file, relative to the baseline's folder, with forward slashes.
    pub path: String,
    /// The full name of the rule.
    pub rule: String,
    /// The full names the rule had before; none for one that is read.
    pub was: Vec<String>,
    /// The sentence in folded form; none for a missing statement.
    pub sentence: Option<String>,
    /// How many findings of this rule on this sentence come before it in the file.
    pub ordinal: u32,
    /// The day on which it was recorded.
    pub recorded: Date,
    /// The words that make it, for people.
    pub excerpt: String,
    /// What a reviewer decided; none for old copy.
    pub decided: Option<Arc<Decision>>,
    /// Where in the baseline it begins; empty for one that is not written yet.
    pub span: Span<Source>,
}

/// What a finding is known by within its file: rule, sentence, ordinal.
pub type Key<'a> = (&'a str, Option<&'a str>, u32);

impl Entry {
    /// What it knows a finding by.
    pub fn key(&self) -> Key<'_> {
        (&self.rule, self.sentence.as_deref(), self.ordinal)
    }

    /// Whether a finding that meets it passes on a day.
    pub fn passes(&self, day: Date) -> bool {
        self.is_exception() && self.decided.as_ref().is_none_or(|decided| decided.holds(day))
    }

    /// Whether it is there to let a finding pass, as against telling what is to become of it.
    pub fn is_exception(&self) -> bool {
        self.decided.as_ref().is_none_or(|decided| decided.lets_pass())
    }

    fn order(&self) -> (&str, Key<'_>) {
        (&self.path, self.key())
    }
}

/// Puts entries in order, each once; of equals a decision stays, else the one that was recorded first.
pub fn tidy(entries: &mut Vec<Entry>) {
    entries.sort_by(|a, b| {
        let rank = |entry: &Entry| (entry.decided.is_none(), entry.recorded);
        (a.order(), rank(a)).cmp(&(b.order(), rank(b)))
    });
    entries.dedup_by(|later, first| later.order() == first.order());
}

/// A baseline file.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The folder that paths are relative to, without symbolic links.
    pub folder: PathBuf,
    /// The file as it was read.
    pub file: Arc<SourceFile>,
    /// The entries, sorted.
    pub entries: Vec<Entry>,
}

/// Most characters of an excerpt.
const EXCERPT: usize = 100;

impl Baseline {
    /// Reads the text of a baseline that stands in `folder`.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn read(file: Arc<SourceFile>, folder: PathBuf) -> Result<Self, crate::data::Mistake> {
        let mut entries = file::read(file.text())?;
        tidy(&mut entries);
        Ok(Self {
            folder,
            file,
            entries,
        })
    }

    /// Whether the file of an entry is no longer there.
    pub fn is_gone(&self, entry: &Entry) -> bool {
        !self.folder.join(&entry.path).exists()
    }
}

/// The path of a file as entries name it.
pub fn relative(path: &Path, folder: &Path) -> String {
    let mut folder_parts = folder.components().peekable();
    let mut parts = path.components().peekable();
    while folder_parts.peek().is_some() && folder_parts.peek() == parts.peek() {
        folder_parts.next();
        parts.next();
    }
    let up = folder_parts.map(|_| Component::ParentDir);
    crate::data::shown(&up.chain(parts).collect::<PathBuf>())
}

/// The entries of the verdicts of a finding that are at least as bad as `least`, recorded on `day`. What is silent, and
/// what is not of the copy, has none.
pub fn entries(finding: &Finding, path: &str, least: Severity, day: Date) -> Vec<Entry> {
    if !counts(finding) {
        return Vec::new();
    }
    let verdicts = finding.verdicts.iter();
    let told = verdicts.filter(|verdict| verdict.severity >= least);
    told.map(|verdict| Entry {
        path: path.to_owned(),
        rule: verdict.rule.name.clone(),
        was: verdict.rule.was.clone(),
        sentence: sentence(verdict).map(str::to_owned),
        ordinal: ordinal(verdict),
        recorded: day,
        excerpt: excerpt(finding, verdict),
        decided: None,
        span: Span::empty(0),
    })
    .collect()
}

/// Whether a finding may be old copy.
fn counts(finding: &Finding) -> bool {
    finding.silenced.is_none() && finding.rule().category.is_of_copy()
}

fn sentence(verdict: &Verdict) -> Option<&str> {
    (!verdict.rule.category.is_duty()).then_some(&*verdict.folded)
}

fn ordinal(verdict: &Verdict) -> u32 {
    if verdict.rule.category.is_duty() {
        0
    } else {
        verdict.ordinal
    }
}

fn excerpt(finding: &Finding, verdict: &Verdict) -> String {
    let text = finding
        .file
        .as_deref()
        .map_or("", |file| file.slice(verdict.span));
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(EXCERPT) {
        words.truncate(at);
        words.push('…');
    }
    words
}
