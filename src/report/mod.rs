//! Owns turning a run's sorted findings into bytes: one file per format, and the list of formats. It sees findings
//! and files, never policies, rules or documents.

mod checkstyle;
mod claimwise;
mod each;
mod escape;
mod exception;
mod excerpt;
mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod junit;
mod ledger;
mod margin;
mod markdown;
mod place;
mod pretty;
mod rdjson;
mod sarif;
mod short;
mod silence;
mod snippet;
#[cfg(test)]
mod tests;
mod unread;
mod words;
mod xml;

use crate::finding::{Finding, Severity, Standing, Taken, View};
use crate::walk::Unread;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

pub use escape::{plain, plain_lines};
pub use exception::ExceptionRow;
pub use html::{REVIEW, is_decidable, is_decided};
pub use ledger::Ledger;
pub use margin::margin;
pub use short::line;
pub use snippet::{Snippet, snippet};
pub use unread::in_words as unread_in_words;
pub use words::{address, is_web};

/// A finding and whether reports for people show it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The finding.
    pub finding: Finding,
    /// Whether it is severe enough for `pretty` and `short`; machine formats carry it all the same.
    pub shown: bool,
    /// Whether `--min-severity` leaves it out of machine formats too.
    pub left_out: bool,
}

/// A file that was read but not judged, or passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The file.
    pub path: String,
    /// Why: "the copy is in German".
    pub because: String,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files judged.
    pub files: usize,
    /// Words of copy in them.
    pub words: u64,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are advice.
    pub advice: usize,
    /// Candidates that a guard silenced.
    pub silenced: usize,
}

impl Summary {
    /// Counts one finding.
    pub const fn count(&mut self, finding: &Finding, severity: Severity) {
        if finding.silenced.is_some() {
            self.silenced += 1;
            return;
        }
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
    }
}

/// How text for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours.
    pub colour: bool,
    /// Lines drawn in Unicode rather than ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
}

impl Look {
    /// For files and pipes.
    pub const PLAIN: Self = Self {
        colour: false,
        unicode: false,
        width: 100,
    };
}

/// Everything that a report says.
#[derive(Clone, Debug)]
pub struct Run {
    /// The day that the run is judged for, `YYYY-MM-DD`.
    pub as_of: String,
    /// Findings, sorted by path, place and rule; silenced candidates among them where they were asked for.
    pub findings: Vec<Told>,
    /// What was counted, over everything found.
    pub summary: Summary,
    /// How many files were judged in each folder, as findings name it; empty for the one that caveat was run in.
    pub folders: BTreeMap<String, usize>,
    /// Pages as their readers see them, by name, for formats that show their copy; none for those that read so as they are
    /// written.
    pub views: HashMap<String, View>,
    /// Findings that an exception lets pass, in the same order, for formats that tell of them.
    pub excepted: Vec<Finding>,
    /// Exceptions met, used or not.
    pub exceptions: Vec<Standing>,
    /// Files judged, in order of their names.
    pub files: Vec<Taken>,
    /// Files not judged.
    pub unchecked: Vec<Unchecked>,
    /// Files and folders that walking passed over, and why.
    pub passed_over: Vec<Unchecked>,
    /// Files of kinds that nothing reads.
    pub unread: Vec<Unread>,
    /// Under what it judged, and what made it milder than its packs.
    pub ledger: Ledger,
    /// How text for people looks.
    pub look: Look,
    /// Whether to leave out the closing line.
    pub quiet: bool,
}

impl Run {
    /// What machine formats carry.
    fn carried(&self) -> impl Iterator<Item = &Told> {
        self.findings.iter().filter(|told| !told.left_out)
    }

    /// What formats carry that know findings only, not what was silenced.
    fn open(&self) -> impl Iterator<Item = &Finding> {
        self.carried()
            .map(|told| &told.finding)
            .filter(|finding| finding.silenced.is_none())
    }
}

/// A format.
pub struct Reporter {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether it shows the whole copy of the files that something was found in.
    pub shows_copy: bool,
    /// Writes a run.
    pub render: fn(&Run, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub const REPORTERS: &[Reporter] = &[
    pretty::REPORTER,
    short::REPORTER,
    json::REPORTER,
    json::LINES,
    sarif::REPORTER,
    github::REPORTER,
    gitlab::REPORTER,
    junit::REPORTER,
    checkstyle::REPORTER,
    rdjson::REPORTER,
    markdown::REPORTER,
    html::REPORTER,
];

/// The format of a name.
pub fn reporter(name: &str) -> Option<&'static Reporter> {
    REPORTERS.iter().find(|reporter| reporter.name == name)
}
