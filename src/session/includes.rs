//! Owns which files of the project a page includes by name: components, includes, shortcodes and partials, in the ways
//! that template languages write them.

use super::rules::Library;
use crate::config::Settings;
use crate::document::Document;
use crate::extract::format_of;
use crate::walk::{How, walk};
use memchr::{memchr2_iter, memmem};
use regex::Regex;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// How template languages include a file, its name in a group.
const FORMS: &str = r#"(?x)
    \{%-?\s*(?:include|include_relative|include_cached|render|section|extends|embed)\s+["']?([\w./@-]+)
  | \{\{[<%]\s*([\w./-]+)
  | \{\{-?\s*(?:partial|partialCached|template)\s+"([^"]+)"
  | \{\{\#?>\s*["']?([\w./-]+)
  | <%[-=]?\s*(?:include|render)\s*\(?\s*(?:partial:\s*)?["']([^"']+)["']
  | \b(?:include|include_once|require|require_once)\b[^;"'\n]{0,60}["']/?([^"'\n]+\.php)["']
  | \bget_template_part\(\s*["']([^"']+)["']
  | \bget_(footer|header|sidebar)\(
  | @(?:include|includeIf|component|extends)\(\s*["']([^"']+)["']
  | <([A-Z][A-Za-z0-9]*)[\s/>]
  | <([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\s/>]
"#;
/// How scripts import components: a name, and the file that it stands for.
const IMPORTS: &str = r#"\bimport\s+(\w+)\s+from\s+["']([^"']+)["']"#;
/// What includes nothing: comments, and code that is shown.
const SILENT: &str = r"(?s)<!--.*?-->|(?m:^\s*//[^\n]*)|\{/\*.*?\*/\}|\{\#.*?\#\}|\{%-?\s*comment.*?endcomment|(?m:^```).*?(?m:^```)";

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(FORMS).ok());
static IMPORT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(IMPORTS).ok());
static SILENCE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SILENT).ok());

/// The most files that a page includes.
const MOST: usize = 200;

/// The files of a project by the last part of their name.
pub(super) type Index = HashMap<String, Vec<PathBuf>>;

/// The files that a document at `path` includes, in order of their names.
pub(super) fn of(document: &Document, path: &Path, settings: &Settings, library: &Library) -> Vec<PathBuf> {
    let text = document.file.text();
    if !(may_include(text) && is_project(settings)) {
        return Vec::new();
    }
    let names = names(text);
    if names.is_empty() {
        return Vec::new();
    }
    let index = index(settings, library);
    let found = names
        .iter()
        .take(MOST)
        .filter_map(|name| find(name, path, &index));
    found.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether a text has what every form begins with: most pages have nothing of it, and need no search.
fn may_include(text: &str) -> bool {
    let starts = |at: usize| {
        let rest = &text.as_bytes()[at..];
        matches!(rest, [b'{', b'{' | b'%', ..] | [b'<', b'%' | b'a'..=b'z' | b'A'..=b'Z', ..])
    };
    let holds = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    memchr2_iter(b'{', b'<', text.as_bytes()).any(starts)
        || ["include", "require", "get_", "@extends(", "@component("]
            .into_iter()
            .any(holds)
}

/// The names that a text includes, each as the parts of a path without the ending.
fn names(text: &str) -> BTreeSet<Vec<String>> {
    let (Some(form), Some(import), Some(silence)) = (&*FORM, &*IMPORT, &*SILENCE) else {
        return BTreeSet::new();
    };
    let text = silence.replace_all(text, " ");
    let imported: HashMap<&str, &str> = import
        .captures_iter(&text)
        .filter_map(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())))
        .collect();
    let written = form
        .captures_iter(&text)
        .filter_map(|found| found.iter().skip(1).flatten().next().map(|name| name.as_str()));
    let name = |name: &str| parts(imported.get(name).copied().unwrap_or(name));
    written.map(name).filter(|parts| !parts.is_empty()).collect()
}

/// The parts of a name: `@/components/_Notice.astro` gives `components` and `notice`.
fn parts(name: &str) -> Vec<String> {
    // Blade writes dots for slashes, and its components begin with `x-`.
    let slashed = name.contains('/')
        || name
            .rsplit('.')
            .next()
            .is_some_and(|end| format_of(&format!("a.{end}")).is_some());
    let name = if slashed {
        name.to_owned()
    } else {
        name.replace('.', "/")
    };
    let name = name.trim_start_matches("x-");
    let parts = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".." | "@" | "~" | "$lib" | "src"));
    parts.map(plain).filter(|part| !part.is_empty()).collect()
}

/// A part of a path as names are compared: without its ending, in small letters and without marks between words.
fn plain(part: &str) -> String {
    let stem = part.split('.').next().unwrap_or_default();
    stem.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The file of the project that a page at `path` means by a name: of several the nearest, and of those the one least deep
/// in folders; none where several are as near.
fn find(name: &[String], path: &Path, index: &Index) -> Option<PathBuf> {
    let candidates = index.get(name.last()?)?.iter().filter(|file| *file != path);
    let near = |file: &&PathBuf| {
        let shared = file.components().zip(path.components());
        let shared = shared.take_while(|(a, b)| a == b).count();
        (shared, Reverse(file.components().count()))
    };
    let mut fitting: Vec<(_, &PathBuf)> = candidates
        .filter(|file| ends_with(file, name))
        .map(|file| (near(&file), file))
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let nearest = match fitting.as_slice() {
        [(_, only)] => *only,
        [(first, file), (second, _), ..] if first > second => *file,
        _ => return None,
    };
    // A site's own file stands in the place of its theme's.
    let own = |inside: &Path| {
        fitting
            .iter()
            .find(|(_, file)| file.ends_with(inside) && theme(file).is_none())
    };
    let own = theme(nearest).and_then(own);
    Some(own.map_or(nearest, |(_, file)| *file).clone())
}

/// The path of a file inside the theme that it is part of.
fn theme(path: &Path) -> Option<&Path> {
    let named = |above: &&Path| {
        above
            .parent()
            .and_then(Path::file_name)
            .is_some_and(|name| name == "themes")
    };
    let folder = path.ancestors().skip(1).find(named)?;
    path.strip_prefix(folder).ok()
}

/// Whether the path of a file ends with the parts of a name.
fn ends_with(file: &Path, name: &[String]) -> bool {
    let mut parts: Vec<String> = file.iter().map(|part| plain(&part.to_string_lossy())).collect();
    if parts.last().is_some_and(|last| last == "index") {
        parts.pop();
    }
    parts.ends_with(name)
}

/// Whether the settings are of a project. What stands nowhere is of none.
fn is_project(settings: &Settings) -> bool {
    let somewhere = !settings.root.as_os_str().is_empty();
    settings.file.is_some() || (somewhere && settings.root.join(".git").exists())
}

/// The files of the project that the settings are of.
fn index(settings: &Settings, library: &Library) -> Arc<Index> {
    let root = &settings.root;
    library.projects.of(root.clone(), || Arc::new(read(root)))
}

fn read(root: &Path) -> Index {
    let how = How {
        known: |name| format_of(name).is_some(),
        here: root,
        ignore: true,
    };
    let mut index = Index::new();
    for file in walk(&[root.to_owned()], how).files {
        let stem = plain(&file.path.file_name().unwrap_or_default().to_string_lossy());
        let folder = file.path.parent().and_then(Path::file_name).unwrap_or_default();
        let name = if stem == "index" {
            plain(&folder.to_string_lossy())
        } else {
            stem
        };
        index.entry(name).or_default().push(file.path);
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_include_is_known() {
        for (text, name) in [
            ("{% include disclaimer.html %}", "disclaimer"),
            ("{%- render 'legal-notice' -%}", "legalnotice"),
            ("{% extends \"base.html\" %}", "base"),
            ("{{< disclaimer >}}", "disclaimer"),
            ("{{% notes/disclaimer %}}", "notes/disclaimer"),
            ("{{ partial \"footer/legal.html\" . }}", "footer/legal"),
            ("{{> disclaimer}}", "disclaimer"),
            ("<%- include('partials/disclaimer') %>", "partials/disclaimer"),
            ("<%= render partial: 'shared/disclaimer' %>", "shared/disclaimer"),
            ("<?php include __DIR__ . '/inc/legal.php'; ?>", "inc/legal"),
            (
                "<?php get_template_part( 'template-parts/notice' ); ?>",
                "templateparts/notice",
            ),
            ("<?php get_footer(); ?>", "footer"),
            ("@include('partials.disclaimer')", "partials/disclaimer"),
            ("<x-disclaimer />", "disclaimer"),
            ("<MedicalDisclaimer />", "medicaldisclaimer"),
            ("<medical-disclaimer></medical-disclaimer>", "medicaldisclaimer"),
            (
                "import Note from '../components/MedicalNote.astro'\n<Note />",
                "components/medicalnote",
            ),
        ] {
            let told: Vec<String> = names(text).iter().map(|parts| parts.join("/")).collect();
            assert_eq!(told, [name], "{text}");
        }
        for text in [
            "<!-- {% include disclaimer.html %} -->",
            "{/* <MedicalDisclaimer /> */}",
            "  // <MedicalDisclaimer />\n",
            "{% comment %}{% include disclaimer.html %}{% endcomment %}",
            "```\n<MedicalDisclaimer />\n```\n",
            "<p>Include the disclaimer.</p>",
            "import Note from './Note'",
        ] {
            assert!(names(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_nearest_file_of_a_name_is_meant() {
        let files = [
            "/s/a/Notice.astro",
            "/s/b/Notice.astro",
            "/s/parts/legal/index.tsx",
            "/s/_includes/legal.html",
            "/s/themes/x/layouts/partials/foot.html",
            "/s/layouts/partials/foot.html",
        ];
        let mut index = Index::new();
        for file in files {
            let path = PathBuf::from(file);
            let stem = if file.contains("index") {
                "legal".to_owned()
            } else {
                plain(path.file_name().unwrap().to_str().unwrap())
            };
            index.entry(stem).or_default().push(path);
        }
        let find = |name: &str, from: &str| {
            let found = find(&parts(name), Path::new(from), &index)?;
            Some(found.to_str()?.to_owned())
        };
        assert_eq!(find("Notice", "/s/a/page.md").as_deref(), Some(files[0]));
        assert_eq!(find("Notice", "/s/c/page.md"), None);
        assert_eq!(find("parts/legal", "/s/c/page.md").as_deref(), Some(files[2]));
        assert_eq!(find("other/legal", "/s/c/page.md"), None);
        assert_eq!(find("gone", "/s/c/page.md"), None);
        assert_eq!(find("foot", "/s/page.md").as_deref(), Some(files[5]));
        assert_eq!(
            find("foot", "/s/themes/x/layouts/base.html").as_deref(),
            Some(files[5])
        );
    }
}
