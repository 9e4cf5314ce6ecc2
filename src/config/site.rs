//! Owns what a folder looks like before it has settings: which site generator it is written for, and what its folders
//! seem to hold, going by their names.

use crate::data::shown;
use crate::finding::{Page, Product};
use crate::walk::{Found, Generator};
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
}

impl Site {
    /// What the folder `root` looks like, in which these files may hold copy.
    pub fn look(root: &Path, files: &[Found]) -> Self {
        let folders = folders(files, root);
        Self {
            generator: Generator::of(root),
            pages: of_kinds(&folders, PAGES),
            products: of_kinds(&folders, PRODUCTS),
        }
    }

    /// The generator, if one is known.
    pub fn generator(&self) -> Option<&'static Generator> {
        self.generator
    }
}

/// The folders above the files, relative and in order.
fn folders(files: &[Found], root: &Path) -> Vec<String> {
    let above = |file: &Found| {
        let inside = file.path.strip_prefix(root).ok()?;
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

    fn look(files: &[&str]) -> Site {
        let found = |file: &&str| Found {
            path: Path::new("/site").join(file),
            shown: (*file).to_owned(),
            named: false,
        };
        let found: Vec<Found> = files.iter().map(found).collect();
        Site::look(Path::new("/site"), &found)
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
