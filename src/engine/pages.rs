//! Owns what a page is for: the first row of the table of pages that a document fits.

use super::compile::{PageRow, Sign};
use super::names::{Name, Names};
use super::presence::Presence;
use super::profile::Profile;
use super::scan::Scan;
use crate::finding::{Known, Origin, Page};
use crate::policy::model::Measure;

/// What the table is asked about.
pub(super) struct Look<'l> {
    pub(super) profile: &'l Profile,
    pub(super) presence: &'l Presence,
    pub(super) names: &'l Names,
    pub(super) scan: &'l Scan<'l>,
}

impl Look<'_> {
    /// The first row that fits.
    pub(super) fn row<'t>(&self, table: &'t [PageRow]) -> Option<&'t PageRow> {
        let fits = |row: &&PageRow| row.when.iter().all(|sign| self.holds(sign));
        table.iter().find(fits)
    }

    /// What the page is for by a row that fits.
    pub(super) fn page(&self, row: &PageRow) -> Known<Page> {
        Known {
            kind: row.page,
            from: Origin::Inferred,
            because: self.because(row),
        }
    }

    fn holds(&self, sign: &Sign) -> bool {
        (sign.from..=sign.up_to).contains(&self.measure(sign))
    }

    fn measure(&self, sign: &Sign) -> u32 {
        let Self {
            profile,
            presence,
            names,
            ..
        } = self;
        let terms = &sign.terms;
        let is = |name: &&Name| name.is(terms);
        match sign.of {
            Measure::File => u32::from(names.file().is(terms)),
            Measure::FileWith => u32::from(names.file().has(terms)),
            Measure::Folder => u32::from(names.folder().is_some_and(|name| name.is(terms))),
            Measure::FolderWith => u32::from(names.folder().is_some_and(|name| name.has(terms))),
            Measure::Folders => names.folders().filter(is).count() as u32,
            Measure::Titled => profile.titled(terms),
            Measure::Entitled => u32::from(profile.entitled(terms)),
            Measure::RunningWords => profile.running,
            Measure::WordsAParagraph => profile.running / profile.paragraphs.max(1),
            Measure::Saying => 1000 * profile.times(terms) / profile.words.max(1),
            Measure::Different => presence.distinct(terms, u32::MAX),
        }
    }

    /// What the row went by: names, words of the copy, and how much of it there is.
    fn because(&self, row: &PageRow) -> String {
        let mut out: Vec<String> = Vec::new();
        for sign in row.when.iter().filter(|sign| sign.from > 0) {
            let reason = self.reason(sign);
            if !out.contains(&reason) {
                out.push(reason);
            }
        }
        out.join(", ")
    }

    fn reason(&self, sign: &Sign) -> String {
        let terms = &sign.terms;
        let folder = || self.names.folders().find(|name| name.is(terms));
        match sign.of {
            Measure::File | Measure::FileWith => format!("file `{}`", self.names.file().words()),
            Measure::Folder | Measure::Folders => {
                format!("folder `{}`", folder().map_or("", Name::words))
            }
            Measure::FolderWith => format!("folder `{}`", self.names.folder().map_or("", Name::words)),
            of if of.is_counted() => self.scan.first_of(terms),
            of => format!("{of} {}", self.measure(sign)),
        }
    }
}
