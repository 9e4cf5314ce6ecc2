//! Owns settings: finds the `caveat.yaml` of each file, lays the command line over it, and remembers where every
//! value came from. It reads no copy.

mod find;
mod globs;
mod init;
mod market;
mod paper;
mod part;
mod read;
mod show;
mod site;
#[cfg(test)]
mod tests;

use crate::data::Mistake;
use crate::extract::Keys;
use crate::finding::{Category, Page, Product, Severity};
use crate::policy::PackRef;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use find::{Finder, Where};
pub use globs::{Globs, literal};
pub use init::starter;
pub use read::{KEYS, pack_ref, read_size, show_size};
pub use show::show;
pub use site::Site;

pub use crate::finding::MARKETS;

/// The name of the file.
pub const FILE: &str = crate::walk::SETTINGS;
/// The most that a file may hold, in bytes, where nobody says otherwise.
pub const MAX_FILE_SIZE: u64 = 16 << 20;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Nobody said anything.
    Default,
    /// `caveat.yaml`, at this line.
    File(usize),
    /// The command line.
    CommandLine,
}

/// A value and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub from: From,
}

impl<T> Said<T> {
    const fn default(value: T) -> Self {
        Self {
            value,
            from: From::Default,
        }
    }
}

/// What holds for the files that some globs name.
#[derive(Clone, Debug)]
pub struct ByPath<T> {
    /// The files.
    pub paths: Globs,
    /// What holds for them.
    pub value: T,
    /// The line of `caveat.yaml`.
    pub line: usize,
}

/// Statements that a layout makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Satisfied {
    /// The statements, as the categories of the duties that they meet.
    pub statements: Vec<Category>,
    /// The file that makes them, where it is said: then they are looked for in it.
    pub by: Option<By>,
}

/// A file that makes statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Where it is, without symbolic links above it.
    pub path: PathBuf,
    /// The name that reports show.
    pub shown: String,
    /// Where it is named.
    pub span: Span<Source>,
}

/// A rule's severity as `caveat.yaml` sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// `pack/rule`.
    pub rule: String,
    /// The severity; `None` switches the rule off.
    pub severity: Option<Severity>,
    /// Where the rule is named.
    pub span: Span<Source>,
    /// The line of `caveat.yaml`.
    pub line: usize,
}

/// What the command line says; `None` and empty lists say nothing.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// Markets instead of those of `caveat.yaml`.
    pub markets: Option<Vec<String>>,
    /// Packs besides those of `caveat.yaml`.
    pub policies: Vec<PackRef>,
    /// From which severity on the run fails; `Some(None)` is never.
    pub fail_on: Option<Option<Severity>>,
    /// From which severity on people see findings.
    pub min_severity: Option<Severity>,
    /// Bytes.
    pub max_file_size: Option<u64>,
    /// The product of every file.
    pub product: Option<Product>,
    /// The page of every file.
    pub page: Option<Page>,
    /// The claims register instead of that of `caveat.yaml`.
    pub claims: Option<PathBuf>,
}

/// What holds for the files of one `caveat.yaml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file, if there is one.
    pub file: Option<Arc<SourceFile>>,
    /// What is wrong in it. Files under a broken `caveat.yaml` are not judged.
    pub mistakes: Vec<Mistake>,
    /// The folder that globs are relative to; empty for copy that stands nowhere on disk.
    pub root: PathBuf,
    /// Markets.
    pub markets: Said<Vec<String>>,
    /// The addresses of the site itself.
    pub site: Said<Vec<String>>,
    /// Further packs.
    pub policies: Vec<Said<PackRef>>,
    /// From which severity on the run fails; `None` is never.
    pub fail_on: Said<Option<Severity>>,
    /// From which severity on people see findings.
    pub min_severity: Said<Severity>,
    /// Bytes.
    pub max_file_size: Said<u64>,
    /// Files not to be checked, found or named.
    pub ignore: Said<Globs>,
    /// What is copy though the table of [`crate::walk`] passes it over.
    pub read: Said<Globs>,
    /// Products by path; the last row that names a file decides.
    pub products: Vec<ByPath<Product>>,
    /// Pages by path; the last row that names a file decides.
    pub pages: Vec<ByPath<Page>>,
    /// Severities of rules.
    pub severities: Vec<Override>,
    /// Statements that a layout makes for these files.
    pub satisfied: Vec<ByPath<Satisfied>>,
    /// Partials and layouts, which owe nothing.
    pub partials: Said<Globs>,
    /// Keys of data whose strings are copy in these files.
    pub copy_keys: Vec<ByPath<Vec<String>>>,
    /// Keys of data whose strings are no copy in these files.
    pub not_copy_keys: Vec<ByPath<Vec<String>>>,
    /// Whether front matter may say a product that makes verdicts milder.
    pub trust_front_matter: Said<bool>,
    /// The claims register, if there is one.
    pub claims: Said<Option<PathBuf>>,
    /// The product of every file, from the command line.
    pub product: Option<Product>,
    /// The page of every file, from the command line.
    pub page: Option<Page>,
}

impl Settings {
    /// What holds where nobody says anything.
    pub fn defaults(root: PathBuf) -> Self {
        Self {
            file: None,
            mistakes: Vec::new(),
            root,
            markets: Said::default(vec!["us".into()]),
            site: Said::default(Vec::new()),
            policies: Vec::new(),
            fail_on: Said::default(Some(Severity::Warning)),
            min_severity: Said::default(Severity::Warning),
            max_file_size: Said::default(MAX_FILE_SIZE),
            ignore: Said::default(Globs::default()),
            read: Said::default(Globs::default()),
            products: Vec::new(),
            pages: Vec::new(),
            severities: Vec::new(),
            satisfied: Vec::new(),
            partials: Said::default(Globs::partials()),
            copy_keys: Vec::new(),
            not_copy_keys: Vec::new(),
            trust_front_matter: Said::default(false),
            claims: Said::default(None),
            product: None,
            page: None,
        }
    }

    /// Lays the command line over what a file said.
    fn overlay(&mut self, overlay: &Overlay) {
        fn lay<T: Clone>(said: &mut Said<T>, value: Option<&T>) {
            if let Some(value) = value {
                *said = Said {
                    value: value.clone(),
                    from: From::CommandLine,
                };
            }
        }
        lay(&mut self.markets, overlay.markets.as_ref());
        lay(&mut self.fail_on, overlay.fail_on.as_ref());
        lay(&mut self.min_severity, overlay.min_severity.as_ref());
        lay(&mut self.max_file_size, overlay.max_file_size.as_ref());
        lay(&mut self.claims, overlay.claims.clone().map(Some).as_ref());
        for pack in &overlay.policies {
            self.policies.push(Said {
                value: pack.clone(),
                from: From::CommandLine,
            });
        }
        self.product = overlay.product;
        self.page = overlay.page;
    }

    /// A file's path as globs see it: relative to the folder of `caveat.yaml`.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root)
            .unwrap_or_else(|_| path.file_name().map_or(path, Path::new))
    }

    /// What every row that names a file says of the keys of its data.
    pub fn keys(&self, path: &Path) -> Keys {
        let path = self.relative(path);
        let of = |rows: &'_ [ByPath<Vec<String>>]| -> Vec<String> {
            let named = rows.iter().filter(|row| row.paths.matches(path));
            named.flat_map(|row| row.value.iter().cloned()).collect()
        };
        Keys::new(&of(&self.copy_keys), &of(&self.not_copy_keys))
    }

    /// The row of the last glob that names `path`, which is relative.
    pub fn row<'a, T>(rows: &'a [ByPath<T>], path: &Path) -> Option<&'a ByPath<T>> {
        rows.iter().rev().find(|row| row.paths.matches(path))
    }
}
