//! Owns what a folder looks like before it has settings: which site generator it is written for, and what its folders
//! seem to hold, going by their names.

mod copy;

use super::market;
use super::paper;
use super::part::is_of_parts;
use crate::data::shown;
use crate::finding::{Category, Page, Product, Taken};
use crate::walk::Generator;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names of folders and the kind of page that such folders hold.
const PAGES: &[(Page, &[&str])] = &[
    (
        Page::Article,
        &[
            "blog", "posts", "_posts", "articles", "news", "guides", "journal", "magazine", "learn",
        ],
    ),
    (Page::Product, &["products", "product", "shop", "store"]),
    (
        Page::Treatment,
        &["treatments", "services", "procedures", "therapies", "conditions"],
    ),
    (
        Page::Testimonial,
        &["testimonials", "reviews", "stories", "success-stories"],
    ),
    (Page::Team, &["team", "staff", "doctors", "providers"]),
    (Page::Recipe, &["recipes"]),
    (Page::Legal, &["legal", "policies", "terms"]),
];

/// Names of folders and what pages in them sell.
const PRODUCTS: &[(Product, &[&str])] = &[
    (
        Product::Supplement,
        &["supplements", "vitamins", "herbs", "cbd", "capsules"],
    ),
    (
        Product::Cosmetic,
        &["skincare", "skin-care", "cosmetics", "beauty"],
    ),
    (Product::Clinic, &["treatments", "procedures"]),
    (Product::Food, &["foods", "teas", "drinks"]),
    (Product::Device, &["devices"]),
];

/// Fewer files of a folder tell nothing of it.
const FEWEST: usize = 3;
/// A file with fewer words of copy is a part of a program, whatever its folder is called.
const WORDS: u32 = 3;
/// How deep folders are looked at.
const DEPTH: usize = 4;
/// The glob of the files at the top: their names have dots, and those of folders seldom do.
pub(super) const TOP: &str = "/*.*";
/// Folders whose files are for programs, or for those who work on the site, in small letters.
const NO_COPY: &[&str] = &[
    "admin",
    "assets",
    "css",
    "examplesite",
    "fonts",
    "javascript",
    "js",
    "languages",
    "less",
    "sass",
    "scripts",
    "scss",
    "stylesheets",
    "superpowers",
    "temp",
    "tools",
    "devtools",
];
/// Folders that hold papers of all kinds, in small letters: what most of them look like tells nothing of the next one.
const SUNDRY: &[&str] = &[
    "archive",
    "archives",
    "doc",
    "docs",
    "documentation",
    "documents",
    "downloads",
    "drafts",
    "files",
    "internal",
    "notes",
    "uploads",
];
/// Folders that hold such files in a folder of documentation.
const PAPERS: &[&str] = &["plans", "specs", "adr"];
/// What a folder looks like.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The generators that are known by their files, each with its folder: empty for this one, else one just below with
    /// a slash at its end.
    pub(super) generators: Vec<(String, &'static Generator)>,
    /// Folders of a kind of page, relative, with a slash at the end, in order.
    pub(super) pages: Vec<(Page, Vec<String>)>,
    /// Folders of pages that sell a kind of product.
    pub(super) products: Vec<(Product, Vec<String>)>,
    /// Markets that it seems to sell in, each with what tells so.
    pub(super) markets: Vec<(&'static str, String)>,
    /// Its own addresses, each with the file that tells it.
    pub(super) addresses: Vec<(String, String)>,
    /// Files and folders that read as papers of the repository, in order; a folder has a slash at its end.
    pub(super) papers: Vec<String>,
    /// Folders whose files are documents, none in another, with a slash at the end, in order.
    pub(super) copy: Vec<String>,
    /// Layouts, by the name that reports show, with the statements that they make; the likeliest first.
    pub(super) layouts: Vec<(String, Vec<Category>)>,
}

impl Site {
    /// What the folder `root` looks like, in which these files may hold copy, were taken so, and make these statements
    /// as layouts.
    pub fn look(
        root: &Path,
        files: &[&Path],
        taken: &[Taken],
        layouts: Vec<(String, Vec<Category>)>,
    ) -> Self {
        let inside = |file: &&Path| file.strip_prefix(root).is_ok_and(may_hold_copy);
        let files: Vec<&Path> = files.iter().copied().filter(inside).collect();
        let taken: Vec<&Taken> = taken
            .iter()
            .filter(|file| may_hold_copy(Path::new(&file.path)))
            .collect();
        let files: Vec<&Path> = files
            .into_iter()
            .filter(|file| !is_beside(&shown(file)))
            .collect();
        let taken: Vec<&Taken> = taken.into_iter().filter(|file| !is_beside(&file.path)).collect();
        let papers = paper::papers(root, &taken);
        let taken: Vec<&Taken> = taken
            .into_iter()
            .filter(|file| {
                !papers
                    .iter()
                    .any(|paper| file.path == *paper || is_in(&file.path, paper))
            })
            .collect();
        let wordless: BTreeSet<&str> = taken
            .iter()
            .filter(|file| file.facts.words < WORDS)
            .map(|file| file.path.as_str())
            .collect();
        let speaks = |file: &&Path| {
            let inside = file.strip_prefix(root).map(shown).unwrap_or_default();
            !wordless.contains(inside.as_str()) && !inside.split('/').any(is_of_parts)
        };
        let speaking: Vec<&Path> = files.iter().copied().filter(speaks).collect();
        let kinds = folders(&speaking, root);
        let folders = folders(&files, root);
        let mut pages = of_kinds(&kinds, PAGES);
        mixed(&taken, &mut pages);
        let generators = generators(root, &folders);
        let beside = generators.iter().map(|(folder, _)| folder.as_str());
        let beside: BTreeSet<&str> = beside.chain([""]).collect();
        let (mut markets, mut addresses) = (
            Vec::<(&'static str, String)>::new(),
            Vec::<(String, String)>::new(),
        );
        for folder in &beside {
            let told = market::look(&root.join(folder), folder);
            for (market, told) in told.markets {
                if markets.iter().all(|(known, _)| *known != market) {
                    markets.push((market, told));
                }
            }
            addresses.extend(
                told.address
                    .filter(|(host, _)| addresses.iter().all(|(known, _)| known != host)),
            );
        }
        Self {
            pages,
            products: of_kinds(&kinds, PRODUCTS),
            markets,
            addresses,
            papers,
            copy: copy::folders(&taken, root),
            layouts: layouts
                .into_iter()
                .filter(|(name, _)| may_hold_copy(Path::new(name)))
                .collect(),
            generators,
        }
    }

    /// Files and folders that read as papers of the repository.
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// What each generator that is known says of the site: "a Hugo site", the folder where it is not this one, and how
    /// the site is checked as it is built.
    pub fn generators(&self) -> impl Iterator<Item = (&str, String, Option<String>)> {
        self.generators.iter().map(|(folder, generator)| {
            let like = format!("{} site", generator.with_article());
            (folder.as_str(), like, generator.how_to_check(folder))
        })
    }
}

/// Whether a path lies in a folder, which has a slash at its end.
pub(super) fn is_in(path: &str, folder: &str) -> bool {
    folder.ends_with('/') && path.starts_with(folder)
}

/// Whether a file tells nothing of what its folder holds: it speaks to those who work on the site, or is what programs keep
/// in a store, which is none that a shop has.
fn is_beside(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let kept = path.contains("store/") && [".js", ".ts"].iter().any(|end| name.ends_with(end));
    kept || name.to_lowercase().starts_with("readme.")
}

/// Whether no folder of a path, which is relative, says that its files are no copy.
fn may_hold_copy(path: &Path) -> bool {
    let folders = path.parent().into_iter().flat_map(Path::iter);
    let folders: Vec<String> = folders
        .map(|folder| folder.to_string_lossy().to_lowercase())
        .collect();
    let papers = |pair: &[String]| pair[0] == "docs" && PAPERS.contains(&pair[1].as_str());
    !folders.iter().any(|folder| NO_COPY.contains(&folder.as_str())) && !folders.windows(2).any(papers)
}

/// The generator of the site in `root`; where none is known, those of the folders just below.
fn generators(root: &Path, folders: &[String]) -> Vec<(String, &'static Generator)> {
    if let Some(generator) = Generator::of(root) {
        return vec![(String::new(), generator)];
    }
    let below = folders.iter().filter(|folder| folder.matches('/').count() == 1);
    below
        .filter_map(|folder| Some((folder.clone(), Generator::of(&root.join(folder))?)))
        .collect()
}

/// Adds folders most of whose files were taken for one kind of page, and some for another.
fn mixed(taken: &[&Taken], pages: &mut Vec<(Page, Vec<String>)>) {
    let sundry = |folder: &str| {
        let mut names = folder.split('/');
        names.any(|name| is_of_parts(name) || SUNDRY.contains(&name.to_lowercase().as_str()))
    };
    let mut folders: BTreeMap<String, BTreeMap<&str, (Page, usize)>> = BTreeMap::new();
    for file in taken {
        if let Some((folder, _)) = file.path.rsplit_once('/').filter(|(folder, _)| !sundry(folder)) {
            let kind = file.facts.page.kind;
            let counts = folders.entry(format!("{folder}/")).or_default();
            counts.entry(kind.name()).or_insert((kind, 0)).1 += 1;
        }
    }
    for (folder, counts) in folders {
        let all: usize = counts.values().map(|(_, count)| count).sum();
        let most = counts.values().max_by_key(|(_, count)| *count).copied();
        let known = pages
            .iter()
            .flat_map(|(_, folders)| folders)
            .any(|known| folder.starts_with(known));
        // What lies deeper would be of the kind too.
        let deeper = |file: &&Taken| {
            file.path[..]
                .strip_prefix(&folder)
                .is_some_and(|rest| rest.contains('/'))
        };
        let tells = |kind: Page| !matches!(kind, Page::Other | Page::Legal) && !known;
        if let Some((kind, count)) = most.filter(|(kind, _)| tells(*kind))
            && !taken.iter().any(deeper)
            && all >= FEWEST
            && (all * 2 / 3..all).contains(&count)
        {
            match pages.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, folders)) => folders.push(folder),
                None => pages.push((kind, vec![folder])),
            }
        }
    }
}

/// The folders above the files, relative and in order.
fn folders(files: &[&Path], root: &Path) -> Vec<String> {
    let above = |file: &&Path| {
        let inside = file.strip_prefix(root).ok()?;
        let folders = inside.ancestors().skip(1).map(|folder| shown(folder) + "/");
        Some(folders.collect::<Vec<_>>())
    };
    let mut folders: Vec<String> = files.iter().filter_map(above).flatten().collect();
    folders.retain(|folder| folder != "/" && folder.matches('/').count() <= DEPTH);
    folders.sort();
    folders.dedup();
    folders
}

/// For each kind the folders whose names say so, without those inside another of the same kind.
fn of_kinds<K: Copy>(folders: &[String], kinds: &[(K, &[&str])]) -> Vec<(K, Vec<String>)> {
    let of_kind = |names: &[&str]| {
        let mut out: Vec<String> = Vec::new();
        for folder in folders {
            let name = folder
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let inner = out.iter().any(|outer| folder.starts_with(outer.as_str()));
            if names.contains(&name.to_lowercase().as_str()) && !inner {
                out.push(folder.clone());
            }
        }
        out
    };
    let found = kinds.iter().map(|(kind, names)| (*kind, of_kind(names)));
    found.filter(|(_, folders)| !folders.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn look(files: &[&str]) -> Site {
        let found: Vec<PathBuf> = files.iter().map(|file| Path::new("/site").join(file)).collect();
        let found: Vec<&Path> = found.iter().map(PathBuf::as_path).collect();
        Site::look(Path::new("/site"), &found, &[], Vec::new())
    }

    #[test]
    fn folders_say_what_they_hold() {
        let site = look(&[
            "content/blog/a.md",
            "content/blog/news/b.md",
            "content/Shop/vitamins/c.md",
            "index.md",
            "assets/js/blog/a.md",
            "docs/plans/blog/a.md",
            "themes/x/exampleSite/content/blog/a.md",
            "store/a.js",
            "recipes/README.md",
        ]);
        let pages: Vec<(Page, Vec<&str>)> = site
            .pages
            .iter()
            .map(|(kind, folders)| (*kind, folders.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            pages,
            [
                (Page::Article, vec!["content/blog/"]),
                (Page::Product, vec!["content/Shop/"])
            ]
        );
        assert_eq!(
            site.products,
            [(Product::Supplement, vec!["content/Shop/vitamins/".to_owned()])]
        );
    }
}
