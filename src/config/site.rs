//! Owns what a folder looks like before it has settings: which site generator it is written for, and what its folders
//! seem to hold, going by their names.

use crate::data::shown;
use crate::finding::{Page, Product};
use ignore::WalkBuilder;
use std::path::Path;

/// A program that makes sites.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Generator {
    /// Its name.
    pub(super) name: &'static str,
    /// Files at the root that show it is used; a `*` at the end stands for any ending.
    markers: &'static [&'static str],
    /// Folders that it writes to, and whose copy is made from other copy.
    pub(super) built: &'static [&'static str],
}

/// Every generator that is known, the surer ones first.
const GENERATORS: &[Generator] = &[
    Generator {
        name: "Hugo",
        markers: &["hugo.*", "config/_default", "archetypes"],
        built: &["public/", "resources/"],
    },
    Generator {
        name: "Jekyll",
        markers: &["_config.yml", "_config.yaml"],
        built: &["_site/"],
    },
    Generator {
        name: "Astro",
        markers: &["astro.config.*"],
        built: &["dist/"],
    },
    Generator {
        name: "Next",
        markers: &["next.config.*"],
        built: &[".next/", "out/"],
    },
    Generator {
        name: "Eleventy",
        markers: &[".eleventy.*", "eleventy.config.*"],
        built: &["_site/"],
    },
];

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
/// Folders of code and packages, never of copy.
const CODE: &[&str] = &[
    "node_modules",
    "vendor",
    "target",
    "assets",
    "static",
    "layouts",
    "themes",
];

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
    /// Looks at a folder. What cannot be read is passed over: it is a proposal that comes of it.
    pub fn look(root: &Path) -> Self {
        let folders = folders(root);
        Self {
            generator: GENERATORS.iter().find(|generator| generator.is_used(root)),
            pages: of_kinds(&folders, PAGES),
            products: of_kinds(&folders, PRODUCTS),
        }
    }

    /// The generator's name.
    pub fn generator(&self) -> Option<&'static str> {
        self.generator.map(|generator| generator.name)
    }
}

impl Generator {
    fn is_used(&self, root: &Path) -> bool {
        self.markers.iter().any(|marker| match marker.strip_suffix('*') {
            None => root.join(marker).exists(),
            Some(start) => names(root).iter().any(|name| name.starts_with(start)),
        })
    }
}

fn names(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Folders below `root`, relative and in order, as a walk would find them.
fn folders(root: &Path) -> Vec<String> {
    let code = |name: &std::ffi::OsStr| CODE.iter().any(|code| name == *code);
    let entries = WalkBuilder::new(root)
        .require_git(false)
        .git_global(false)
        .max_depth(Some(DEPTH))
        .filter_entry(move |entry| entry.depth() == 0 || !code(entry.file_name()))
        .sort_by_file_path(Path::cmp)
        .build();
    let folder = |entry: ignore::DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let inside = entry.path().strip_prefix(root).ok()?;
        (is_folder && entry.depth() > 0).then(|| shown(inside) + "/")
    };
    entries.flatten().filter_map(folder).collect()
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
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let file = folder.path().join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        Site::look(folder.path())
    }

    #[test]
    fn generators_are_known_by_their_files() {
        for (file, name) in [
            ("hugo.toml", Some("Hugo")),
            ("_config.yml", Some("Jekyll")),
            ("astro.config.mjs", Some("Astro")),
            ("next.config.js", Some("Next")),
            (".eleventy.js", Some("Eleventy")),
            ("index.html", None),
        ] {
            assert_eq!(look(&[file]).generator(), name, "{file}");
        }
    }

    #[test]
    fn folders_say_what_they_hold() {
        let site = look(&[
            "content/blog/a.md",
            "content/blog/news/b.md",
            "content/Shop/vitamins/c.md",
            "node_modules/x/posts/d.md",
            ".gitignore",
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
