//! Owns which statements a file beside the copy makes, a layout or a part that pages include, itself or by what it
//! includes in its turn.

use super::rules::Library;
use super::{Job, includes, read};
use crate::config::Settings;
use crate::document::Document;
use crate::engine::{Answer, Given, Ruleset};
use crate::extract::format_of;
use crate::finding::{Category, Finding, Known, Origin, Page, Product};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How deep files that include files are followed.
const DEPTH: usize = 4;

/// What a page sells and is for, which decides what it owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kinds {
    pub(super) product: Product,
    pub(super) page: Page,
}

/// A statement that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// The category of the duty.
    pub(super) category: Category,
    /// The rule that asks for it, where a market's law fixes what is to be said; none where any will do.
    pub(super) rule: Option<String>,
}

impl Wanted {
    /// Any statement of a category.
    pub(super) const fn any(category: Category) -> Self {
        Self { category, rule: None }
    }

    /// What a duty asks for: a statement of its category, or what each rule of law asks for.
    pub(super) fn by(finding: &Finding) -> Vec<Self> {
        let category = finding.rule().category;
        if category != Category::MissingStatement {
            return vec![Self::any(category)];
        }
        let of_law = |rule: &str| Self {
            category,
            rule: Some(rule.to_owned()),
        };
        let verdicts = finding.verdicts.iter();
        verdicts.map(|verdict| of_law(&verdict.rule.name)).collect()
    }

    fn is(&self, answer: &Answer) -> bool {
        answer.category == self.category && (self.rule.is_none() || self.rule == answer.rule)
    }
}

/// Where a statement is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) path: PathBuf,
    pub(super) line: usize,
}

/// A file that may make statements, read for a run.
pub(super) struct Part {
    document: Document,
    includes: Vec<PathBuf>,
}

impl Library {
    /// Where the file at `path`, or one that it includes, makes a statement for pages of any of these kinds.
    pub(super) fn made(
        &self,
        path: &Path,
        wanted: &Wanted,
        kinds: &[Kinds],
        settings: &Settings,
        rules: &Ruleset,
    ) -> Option<Made> {
        let (mut queue, mut seen) = (vec![(path.to_owned(), 0)], Vec::new());
        while let Some((path, depth)) = queue.pop() {
            if seen.contains(&path) {
                continue;
            }
            if let Some(part) = self.part(&path, settings) {
                let mut answers = kinds.iter().flat_map(|kinds| part.answers(*kinds, rules));
                if let Some(found) = answers.find(|answer| wanted.is(answer)) {
                    return Some(Made {
                        path,
                        line: found.line,
                    });
                }
                if depth < DEPTH {
                    queue.extend(part.includes.iter().map(|path| (path.clone(), depth + 1)));
                }
            }
            seen.push(path);
        }
        None
    }

    /// The file at `path`, read once; none where it cannot be read.
    fn part(&self, path: &Path, settings: &Settings) -> Option<Arc<Part>> {
        self.parts.of(path.to_owned(), || {
            let name = crate::data::shown(path);
            let format = format_of(&name)?;
            let text = read::read(path, format, settings.max_file_size.value).ok()?;
            let file = Arc::new(text.under(name.as_str()));
            let document = (format.extract)(&file, &settings.keys(path)).document;
            let includes = includes::of(&document, path, settings, self);
            Some(Arc::new(Part { document, includes }))
        })
    }
}

impl Part {
    /// The statements that the file itself makes for a page of these kinds.
    fn answers(&self, kinds: Kinds, rules: &Ruleset) -> Vec<Answer> {
        let given = Given {
            product: Some(known(kinds.product)),
            page: Some(known(kinds.page)),
            owes_from: u32::MAX,
            path: None,
        };
        rules.answers(&self.document, &given)
    }
}

fn known<K>(kind: K) -> Known<K> {
    Known {
        kind,
        from: Origin::Inferred,
        because: String::new(),
    }
}

/// Folders of layouts and of what they put on every page.
const FOLDERS: &[&str] = &[
    "layout",
    "layouts",
    "_layouts",
    "partials",
    "_partials",
    "includes",
    "_includes",
    "parts",
];
/// Names of layouts, without an ending.
const STEMS: &[&str] = &[
    "layout",
    "footer",
    "foot",
    "base",
    "baseof",
    "default",
    "theme",
    "app",
    "_app",
    "_document",
];

/// The layouts among these files, each with the categories of the duties that its statements meet; the likeliest to make
/// some first. A part that no page has on it is none, where it shows which parts pages have.
pub fn layouts(jobs: &[Job], library: &Library) -> Vec<(String, Vec<Category>)> {
    let mut layouts: Vec<(Likely, &Job)> = jobs.iter().filter_map(|job| Some((likely(job)?, job))).collect();
    let used = used(jobs, library);
    layouts.retain(|(likely, job)| {
        used.is_empty() || *likely == Likely::Layout || used.iter().any(|path| path == job.path())
    });
    layouts.sort_by(|(a, one), (b, other)| (a, &one.shown).cmp(&(b, &other.shown)));
    let told = layouts.into_iter().filter_map(|(_, job)| {
        let slot = library.rules(&job.settings, &[], &[]);
        let rules = &slot.get()?.as_ref().ok()?.rules;
        let duties = Category::ALL.iter().filter(|category| category.is_duty());
        // What a layout includes is named itself.
        let made = |category: &&Category| {
            let wanted = Wanted::any(**category);
            let made = library.made(job.path(), &wanted, &every_kind(), &job.settings, rules);
            made.is_some_and(|made| made.path == job.path())
        };
        Some((job.shown.clone(), duties.filter(made).copied().collect()))
    });
    told.collect()
}

/// What layouts and pages include, or what is included in its turn.
fn used(jobs: &[Job], library: &Library) -> Vec<PathBuf> {
    let mut used = Vec::new();
    let from = jobs
        .iter()
        .filter(|job| matches!(likely(job), None | Some(Likely::Layout)));
    for job in from {
        let mut queue = vec![(job.path().to_owned(), 0)];
        while let Some((path, depth)) = queue.pop() {
            let Some(part) = library.part(&path, &job.settings).filter(|_| depth < DEPTH) else {
                continue;
            };
            for path in &part.includes {
                if !used.contains(path) {
                    used.push(path.clone());
                    queue.push((path.clone(), depth + 1));
                }
            }
        }
    }
    used
}

/// How likely a layout is to make statements, the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likely {
    Footer,
    Layout,
    Part,
}

/// How likely a file is to make statements, if it is a layout.
fn likely(job: &Job) -> Option<Likely> {
    let path = job.settings.relative(job.path());
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let stem = stem.split('.').next().unwrap_or_default();
    // The head of a page shows nothing, and a script at the top is no layout.
    if stem == "head"
        || path.parent() == Some(Path::new("")) && path.extension().is_some_and(|end| end == "js")
    {
        return None;
    }
    let mut folders = path.parent().into_iter().flat_map(Path::iter);
    if stem.contains("footer") {
        Some(Likely::Footer)
    } else if STEMS.contains(&stem) {
        Some(Likely::Layout)
    } else {
        let in_folder = folders.any(|folder| FOLDERS.iter().any(|name| folder == *name));
        in_folder.then_some(Likely::Part)
    }
}

/// Every kind that a page may be of.
pub(super) fn every_kind() -> Vec<Kinds> {
    let pages = |product: &Product| {
        let product = *product;
        Page::ALL.iter().map(move |page| Kinds { product, page: *page })
    };
    Product::ALL.iter().flat_map(pages).collect()
}
