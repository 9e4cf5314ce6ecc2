//! Owns what a folder looks like before it has settings: which site generator it is written for, and what its folders
//! seem to hold, going by their names.

use super::{Settings, market};
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
/// How deep folders are looked at.
const DEPTH: usize = 4;
/// What a folder looks like.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The generator, if one is known by its files.
    pub(super) generator: Option<&'static Generator>,
    /// Folders of a kind of page, relative, with a slash at the end, in order.
    pub(super) pages: Vec<(Page, Vec<String>)>,
    /// Folders of pages that sell a kind of product.
    pub(super) products: Vec<(Product, Vec<String>)>,
    /// Markets that it seems to sell in, each with what tells so.
    pub(super) markets: Vec<(&'static str, String)>,
    /// Folders whose files are documents, none in another, with a slash at the end, in order.
    pub(super) copy: Vec<String>,
    /// Layouts that make statements, by the name that reports show.
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
        let folders = folders(files, root);
        let mut pages = of_kinds(&folders, PAGES);
        mixed(taken, &mut pages);
        Self {
            generator: Generator::of(root),
            pages,
            products: of_kinds(&folders, PRODUCTS),
            markets: market::look(root, ""),
            copy: copy(files, root),
            layouts,
        }
    }

    /// The generator, if one is known.
    pub fn generator(&self) -> Option<&'static Generator> {
        self.generator
    }
}

/// Adds folders most of whose files were taken for one kind of page, and some for another.
fn mixed(taken: &[Taken], pages: &mut Vec<(Page, Vec<String>)>) {
    let mut folders: BTreeMap<String, BTreeMap<&str, (Page, usize)>> = BTreeMap::new();
    for file in taken {
        if let Some((folder, _)) = file.path.rsplit_once('/') {
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
        if let Some((kind, count)) = most.filter(|(kind, _)| *kind != Page::Other && !known)
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

/// The folders of files that are documents, going by their path.
fn copy(files: &[&Path], root: &Path) -> Vec<String> {
    let settings = Settings::defaults(root.to_owned());
    let documents = files
        .iter()
        .map(|file| settings.relative(file))
        .filter(|path| settings.owes_from(path) == 0);
    let folder = |path: &Path| match path.parent().map(shown) {
        Some(folder) if folder.is_empty() => "/*".to_owned(),
        folder => folder.unwrap_or_default() + "/",
    };
    let mut out: Vec<String> = Vec::new();
    for folder in documents.map(folder).collect::<BTreeSet<_>>() {
        if !out.iter().any(|outer| folder.starts_with(outer.as_str())) {
            out.push(folder);
        }
    }
    out
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
