//! Owns the question whether a file is a document of its own, which owes statements, or a part of pages: by its kind and
//! its path.

use super::{From, Settings};
use crate::extract::holds_translations;
use crate::walk::fits;
use std::path::Path;

/// Endings of files that are written as documents. Components, templates and data are documents only where their path
/// says so, or where they hold much running text.
const PROSE: &[&str] = &[
    "md", "markdown", "mdx", "svx", "mdoc", "markdoc", "html", "htm", "xhtml", "njk", "txt", "text", "docx",
    "odt", "rst", "adoc", "",
];
/// Words of running text with which any component is a page.
const LONG: u32 = 300;

/// Folders whose components, templates and data are pages; of the folders of a path the innermost that is known counts.
const PAGES: &[&str] = &[
    "pages",
    "routes",
    "views",
    "screens",
    "content",
    "posts",
    "_posts",
    "articles",
    "blog",
    "templates",
];
/// Folders whose components, templates and data are parts of pages.
const PARTS: &[&str] = &[
    "components",
    "partials",
    "_partials",
    "includes",
    "_includes",
    "layouts",
    "_layouts",
    "layout",
    "snippets",
    "sections",
    "blocks",
    "parts",
    "template-parts",
    "api",
    "hooks",
    "lib",
    "utils",
];
/// The names of pages, without what follows the last dot; `*` stands for any characters. WordPress and Shopify call page
/// templates so, Next and SvelteKit all their pages.
const NAMES: &[&str] = &[
    "page",
    "+page",
    "*Page",
    "*-page",
    "*.page",
    "page-*",
    "page.*",
    "front-page",
    "landing*",
    "single-*",
];

/// Whether a folder of this name holds parts of pages.
pub(super) fn is_of_parts(folder: &str) -> bool {
    PARTS.contains(&folder)
}

impl Settings {
    /// With how many words of running text the file at `path`, which is relative, owes what documents owe.
    pub fn owes_from(&self, path: &Path) -> u32 {
        let partial = self.partials.value.matches(path);
        if is_prose(path) {
            return if partial { u32::MAX } else { 0 };
        }
        // What is translated stands on all pages.
        let mut folders = path.parent().into_iter().flat_map(Path::iter);
        let translated = folders.any(|folder| folder.to_str().is_some_and(holds_translations));
        match says_page(path) {
            _ if partial && self.partials.from != From::Default => u32::MAX,
            true => 0,
            false if translated => u32::MAX,
            false => LONG,
        }
    }
}

fn is_prose(path: &Path) -> bool {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    PROSE.contains(&ending.as_str())
}

/// Whether the path of a component, template or data file says that it is a page.
fn says_page(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    // `about.blade.php`, `tea.html.erb`: what an ending hides is no part of the name either.
    let name = name
        .strip_suffix(".blade")
        .or_else(|| name.strip_suffix(".html"))
        .unwrap_or(&name);
    if name.starts_with('_') || name.starts_with("+layout") {
        return false;
    }
    if NAMES.iter().any(|pattern| fits(pattern, name)) {
        return true;
    }
    let folders = path.parent().into_iter().flat_map(Path::ancestors);
    let mut known = folders.filter_map(|folder| {
        let folder = folder.file_name()?.to_str()?;
        let is = |names: &[&str]| names.contains(&folder);
        if is(PAGES) {
            Some(true)
        } else {
            is_of_parts(folder).then_some(false)
        }
    });
    known.next().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_what_is_a_page() {
        let settings = Settings::defaults("/site".into());
        for (path, owes_from) in [
            ("blog/tea.md", 0),
            ("docs/index.html", 0),
            ("_includes/foot.html", u32::MAX),
            ("pages/about.tsx", 0),
            ("src/pages/_app.tsx", LONG),
            ("pages/api/orders.ts", LONG),
            ("app/about/page.tsx", 0),
            ("app/about/layout.tsx", LONG),
            ("src/routes/+page.svelte", 0),
            ("src/routes/+layout.svelte", LONG),
            ("src/components/Hero.tsx", LONG),
            ("src/components/LandingPage.tsx", 0),
            ("pages/components/Hero.tsx", LONG),
            ("views/about.ejs", 0),
            ("views/partials/foot.ejs", LONG),
            ("resources/views/about.blade.php", 0),
            ("templates/page.about.json", 0),
            ("wp-content/themes/x/page-about.php", 0),
            ("wp-content/themes/x/functions.php", LONG),
            ("content/pages/about.json", 0),
            ("data/faq.json", LONG),
            ("i18n/locales/en.json", u32::MAX),
            ("content/lang/tea.md", 0),
            ("src/data/landing.json", 0),
            ("homepage/tools.ts", LONG),
        ] {
            assert_eq!(settings.owes_from(Path::new(path)), owes_from, "{path}");
        }
    }

    #[test]
    fn what_caveat_yaml_calls_a_partial_is_one() {
        let mut settings = Settings::defaults("/site".into());
        settings.partials.value = super::super::Globs::new(&["pages/parts/"]).unwrap();
        settings.partials.from = From::File(1);
        assert_eq!(settings.owes_from(Path::new("pages/parts/page.tsx")), u32::MAX);
        assert_eq!(settings.owes_from(Path::new("pages/page.tsx")), 0);
    }
}
