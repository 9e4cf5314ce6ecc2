//! Owns the table of what walking passes over: what others wrote, what programs make, and a repository's own papers.
//! Names are exact, never a word in a path: `public/`, `static/` and `docs/` hold copy. What is named on the command
//! line is read all the same, and `read` in caveat.yaml takes names out of the table.

use super::fits;
use super::generators::{GENERATORS, HUGO};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What is passed over for one reason.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Names with spaces between them; a folder's has a slash at its end.
    pub names: &'static str,
    /// What must stand beside it, any of these; wherever it stands, where there are none.
    pub beside: &'static [&'static str],
    /// What must stand in it, any of these, for a folder.
    pub holds: &'static [&'static str],
    /// What it is, for people: "packages".
    pub what: &'static str,
}

/// Where the papers of a repository or of a package in it stand.
const TOPS: &[&str] = &[
    ".git",
    "package.json",
    "composer.json",
    "Cargo.toml",
    "Gemfile",
    "go.mod",
    "pyproject.toml",
    "theme.toml",
];

/// What is passed over whatever made it.
pub const ROWS: &[Row] = &[
    row(
        "packages",
        "node_modules/ bower_components/ jspm_packages/ vendor/ _vendor/ site-packages/ __pycache__/",
    ),
    Row {
        beside: &["Cargo.toml", "pom.xml", "build.sbt"],
        ..row("compiled programs", "target/")
    },
    Row {
        holds: &["lcov.info", "lcov-report", "coverage-final.json", "clover.xml"],
        ..row("reports on tests", "coverage/")
    },
    row(
        "tests and stories",
        "__tests__/ __mocks__/ __snapshots__/ storybook-static/ *.test.?s *.test.?sx *.test.m?s *.test.c?s *.spec.?s \
         *.spec.?sx *.spec.m?s *.spec.c?s *.stories.* *.story.?s *.story.?sx",
    ),
    row(
        "lock files",
        "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock deno.lock composer.lock Gemfile.lock \
         Cargo.lock Pipfile.lock poetry.lock uv.lock go.sum",
    ),
    row(
        "minified files",
        "*.min.js *.min.mjs *.min.css *.bundle.js *.js.map *.css.map",
    ),
    row("bundles of Next", "_next/"),
    row("locks of open drafts", "~$*.docx ~$*.docm"),
    row(OURS, "caveat.yaml claims.yaml"),
    Row {
        beside: TOPS,
        ..row(
            PAPERS,
            "README README.* Readme.* readme.* CHANGELOG CHANGELOG.* LICENSE LICENSE.* LICENSE-* LICENCE LICENCE.* \
             COPYING COPYRIGHT NOTICE NOTICE.* CONTRIBUTING.* CODE_OF_CONDUCT.* SECURITY.* CLAUDE.md AGENTS.md GEMINI.md",
        )
    },
    Row {
        beside: &["wp-load.php", "wp-config.php", "wp-config-sample.php"],
        ..row("WordPress itself", "wp-admin/ wp-includes/")
    },
    Row {
        beside: &["../wp-content/themes"],
        ..row("what WordPress installs", "plugins/ languages/ uploads/ upgrade/")
    },
    Row {
        beside: &["../../wp-content/themes"],
        ..row(
            "themes of WordPress itself",
            "twentyten/ twentyeleven/ twentytwelve/ twentythirteen/ twentyfourteen/ twentyfifteen/ twentysixteen/ \
             twentyseventeen/ twentynineteen/ twentytwenty/ twentytwentyone/ twentytwentytwo/ twentytwentythree/ \
             twentytwentyfour/ twentytwentyfive/",
        )
    },
    Row {
        beside: &["theme.toml", "theme.yaml"],
        ..row("sample copy of a theme", "exampleSite/")
    },
    Row {
        beside: HUGO,
        ..row("templates of new pages", "archetypes/")
    },
];

/// Hidden folders that hold parts of a site.
pub(super) const DOTTED: &[&str] = &[".vitepress", ".vuepress"];

/// The reason of files that caveat itself reads.
pub(super) const OURS: &str = "settings of caveat";
/// The reason of the papers, which count at the top of what is walked and in dotted folders too.
const PAPERS: &str = "papers of the repository";

const fn row(what: &'static str, names: &'static str) -> Row {
    Row {
        names,
        beside: &[],
        holds: &[],
        what,
    }
}

/// The names of a row or generator, cut once: most files have none of them.
struct Names {
    files: Vec<&'static str>,
    folders: Vec<&'static str>,
}

impl Names {
    fn new(names: &'static str) -> Self {
        let all = names.split(' ');
        Self {
            files: all.clone().filter(|name| !name.ends_with('/')).collect(),
            folders: all.filter_map(|name| name.strip_suffix('/')).collect(),
        }
    }

    fn have(&self, name: &str, is_folder: bool) -> bool {
        let names = if is_folder { &self.folders } else { &self.files };
        names.iter().any(|pattern| fits(pattern, name))
    }
}

/// The names of each of [`ROWS`].
static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| ROWS.iter().map(|row| Names::new(row.names)).collect());
/// The names of what each of [`GENERATORS`] builds.
static BUILT: LazyLock<Vec<Names>> = LazyLock::new(|| {
    let built = GENERATORS.iter().map(|generator| generator.built);
    built.map(Names::new).collect()
});

/// What stands in folders, each read once.
#[derive(Default)]
pub(super) struct Beside {
    names: HashMap<PathBuf, Vec<String>>,
}

impl Beside {
    /// Why a file or folder is passed over, if it is; `root` is the top of the project.
    pub(super) fn passes(&mut self, path: &Path, is_folder: bool, root: &Path) -> Option<String> {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        let fits_name = |pattern: &str| match pattern.strip_suffix('/') {
            Some(pattern) => is_folder && fits(pattern, name),
            None => !is_folder && fits(pattern, name),
        };
        let rows = ROWS.iter().zip(&*NAMES);
        for (row, _) in rows.filter(|(_, names)| names.have(name, is_folder)) {
            let stands = match row.what {
                PAPERS if folder == root || is_dotted(folder) => true,
                _ => row.beside.is_empty() || self.has_any(folder, row.beside),
            };
            if stands && (row.holds.is_empty() || self.has_any(path, row.holds)) {
                return Some(row.what.to_owned());
            }
        }
        // What is built into a hidden folder stands beside no settings.
        let hidden = folder.file_name().and_then(|name| name.to_str());
        let hidden = hidden.filter(|name| name.starts_with('.'));
        let within = |built: &'static str| {
            hidden.is_some_and(|hidden| {
                let inside = |path: &'static str| path.strip_prefix(hidden)?.strip_prefix('/');
                built.split(' ').filter_map(inside).any(fits_name)
            })
        };
        let mut built = GENERATORS.iter().zip(&*BUILT).filter(|(generator, names)| {
            let beside = names.have(name, is_folder) && self.has_any(folder, generator.markers);
            beside || within(generator.built)
        });
        built
            .next()
            .map(|(generator, _)| format!("built by {}", generator.name))
    }

    pub(super) fn has_any(&mut self, folder: &Path, markers: &[&str]) -> bool {
        let all = |marker: &&str| {
            let mut parts = marker.split(" + ");
            parts.all(|part| part.split('|').any(|name| self.has(folder, name)))
        };
        markers.iter().any(all)
    }

    fn has(&mut self, folder: &Path, pattern: &str) -> bool {
        if pattern.contains('/') {
            return folder.join(pattern).exists();
        }
        let names = self
            .names
            .entry(folder.to_owned())
            .or_insert_with(|| list(folder));
        names.iter().any(|name| fits(pattern, name))
    }
}

fn is_dotted(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with('.'))
}

fn list(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(files: &[&str], path: &str) -> Option<String> {
        let scratch = tempfile::tempdir().unwrap();
        for file in files {
            let file = scratch.path().join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let is_folder = scratch.path().join(path).is_dir();
        Beside::default().passes(&scratch.path().join(path), is_folder, scratch.path())
    }

    #[test]
    fn what_programs_make_is_passed_over_beside_their_settings_only() {
        for (files, path, why) in [
            (
                &["wp-content/themes/x/a.php", "wp-content/plugins/y/b.php"][..],
                "wp-content/plugins",
                Some("what WordPress installs"),
            ),
            (&["wp-content/plugins/y/b.php"], "wp-content/plugins", None),
            (
                &["wp-content/themes/twentyten/a.php"],
                "wp-content/themes/twentyten",
                Some("themes of WordPress itself"),
            ),
            (&["themes/twentyten/a.php"], "themes/twentyten", None),
            (&["next.config.js", "out/a.html"], "out", Some("built by Next")),
            (&["out/a.html"], "out", None),
            (&["next.config.js", "public/a.html"], "public", None),
            (&["hugo.toml", "public/a.html"], "public", Some("built by Hugo")),
            (
                &["config.toml", "themes/x/a", "public/a"],
                "public",
                Some("built by Hugo"),
            ),
            (&["config.toml", "public/a"], "public", None),
            (
                &["Cargo.toml", "target/a.md"],
                "target",
                Some("compiled programs"),
            ),
            (&["target/a.md"], "target", None),
            (&["coverage/a.md"], "coverage", None),
            (&["coverage/lcov.info"], "coverage", Some("reports on tests")),
            (&["node_modules/a/b.md"], "node_modules", Some("packages")),
            (&["shop/node_modules"], "shop/node_modules", None),
            (
                &["hugo.toml", "archetypes/a.md"],
                "archetypes",
                Some("templates of new pages"),
            ),
            (
                &["themes/x/theme.toml", "themes/x/exampleSite/a.md"],
                "themes/x/exampleSite",
                Some("sample copy of a theme"),
            ),
            (&["tests/thyroid.md"], "tests", None),
            (&["vite.config.ts", "site/dist/a.html"], "site/dist", None),
        ] {
            assert_eq!(passed(files, path).as_deref(), why, "{files:?}");
        }
    }

    #[test]
    fn papers_are_known_at_the_top_only() {
        for (files, path, is) in [
            (&["README.md"][..], "README.md", true),
            (&["content/README.md"], "content/README.md", false),
            (&["shop/package.json", "shop/README.md"], "shop/README.md", true),
            (&[".github/CONTRIBUTING.md"], ".github/CONTRIBUTING.md", true),
            (&["security.md"], "security.md", false),
            (&["LICENSE"], "LICENSE", true),
            (&["CLAUDE.md"], "CLAUDE.md", true),
            (&["COVID-19.md"], "COVID-19.md", false),
            (&["2026-01-05.md"], "2026-01-05.md", false),
            (&["claude.md"], "claude.md", false),
        ] {
            assert_eq!(passed(files, path).is_some(), is, "{path}");
        }
    }
}
