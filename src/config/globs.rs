//! Owns path globs. They read as in `.gitignore`: relative to the folder of `caveat.yaml`; one without a slash holds at
//! any depth, and one that names a folder holds for all in it.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// Folders that hold partials and layouts in common site generators.
const PARTIALS: [&str; 8] = [
    "_includes",
    "_layouts",
    "_partials",
    "includes",
    "layouts",
    "partials",
    "components",
    "snippets",
];

/// Some globs.
#[derive(Clone, Debug)]
pub struct Globs {
    written: Vec<String>,
    /// The line of `caveat.yaml` that each stands in, where they come from one.
    lines: Vec<usize>,
    matcher: Gitignore,
}

impl Default for Globs {
    fn default() -> Self {
        Self {
            written: Vec::new(),
            lines: Vec::new(),
            matcher: Gitignore::empty(),
        }
    }
}

impl Globs {
    /// Reads globs.
    ///
    /// # Errors
    /// The index of each glob that cannot be read, and why.
    pub fn new(written: &[&str]) -> Result<Self, Vec<(usize, String)>> {
        let mut builder = GitignoreBuilder::new("");
        let mut wrong = Vec::new();
        for (index, glob) in written.iter().enumerate() {
            let line = anchored(glob);
            if line.trim().is_empty() || line.starts_with('#') {
                wrong.push((index, "this glob names no path".to_owned()));
            } else if let Err(error) = builder.add_line(None, &line) {
                wrong.push((index, format!("this glob cannot be read: {error}")));
            }
        }
        match builder.build() {
            Ok(matcher) if wrong.is_empty() => Ok(Self {
                written: written.iter().map(|&glob| glob.to_owned()).collect(),
                lines: Vec::new(),
                matcher,
            }),
            Ok(_) => Err(wrong),
            Err(error) => {
                wrong.push((0, format!("these globs cannot be read: {error}")));
                Err(wrong)
            }
        }
    }

    /// Where partials and layouts stand unless `caveat.yaml` says otherwise.
    pub(super) fn partials() -> Self {
        Self::new(&PARTIALS).unwrap_or_default()
    }

    /// The globs as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether one of them names `path`, which is relative, or a folder above it.
    pub fn matches(&self, path: &Path) -> bool {
        // The matcher takes only paths below its root.
        !self.written.is_empty()
            && path.is_relative()
            && self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }

    /// The globs with the line that each stands in.
    pub(super) fn at(self, lines: Vec<usize>) -> Self {
        Self { lines, ..self }
    }

    /// The line of the glob that names `path`, or a folder above it.
    pub fn line(&self, path: &Path) -> Option<usize> {
        if self.lines.is_empty() || !path.is_relative() {
            return None;
        }
        let glob = self.matcher.matched_path_or_any_parents(path, false);
        let original = glob.inner()?.original();
        let at = self
            .written
            .iter()
            .rposition(|written| anchored(written) == original);
        self.lines.get(at?).copied()
    }

    /// Whether one of them names `folder`, which is relative, or may name something in it.
    pub fn reach(&self, folder: &Path) -> bool {
        let folder_name = crate::data::shown(folder);
        let inside = |glob: &String| {
            let glob = glob.trim_start_matches("./").trim_start_matches('/');
            let literal = glob.split(['*', '?', '[']).next().unwrap_or_default();
            glob.trim_end_matches('/').contains('/')
                && (literal.starts_with(&folder_name) || folder_name.starts_with(literal))
        };
        self.matches(folder) || self.written.iter().any(inside)
    }
}

/// `./drafts` means what `/drafts` means; in `.gitignore` it would match nothing.
fn anchored(glob: &str) -> String {
    glob.strip_prefix("./")
        .map_or_else(|| glob.to_owned(), |rest| format!("/{rest}"))
}

/// The glob that names just this path.
pub fn literal(path: &str) -> String {
    let mut glob = String::with_capacity(path.len());
    for character in path.chars() {
        if matches!(character, '*' | '?' | '[' | ']' | '\\' | '!' | '#' | '{' | '}') {
            glob.push('\\');
        }
        glob.push(character);
    }
    glob
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_globs_as_gitignore_does() {
        let globs = Globs::new(&["drafts/", "./top.md", "*.tmp.md", "blog/**/old-*"]).unwrap();
        for (path, hit) in [
            ("drafts/a.md", true),
            ("x/drafts/a.md", true),
            ("top.md", true),
            ("x/top.md", false),
            ("x/y.tmp.md", true),
            ("blog/a/b/old-1.md", true),
            ("blog/new.md", false),
        ] {
            assert_eq!(globs.matches(Path::new(path)), hit, "{path}");
        }
        assert!(!globs.matches(Path::new("/drafts/a.md")));
        assert!(Globs::partials().matches(Path::new("site/_includes/foot.html")));
        assert_eq!(Globs::new(&["ok", "a[z-a]", ""]).unwrap_err().len(), 2);
    }

    #[test]
    fn the_line_of_the_glob_that_decides_is_known() {
        let globs = Globs::new(&["drafts/", "./top.md", "*.md"])
            .unwrap()
            .at(vec![2, 3, 5]);
        for (path, line) in [("drafts/a.txt", Some(2)), ("top.md", Some(5)), ("top.txt", None)] {
            assert_eq!(globs.line(Path::new(path)), line, "{path}");
        }
    }

    #[test]
    fn globs_reach_into_the_folders_above_what_they_name() {
        let globs = Globs::new(&["vendor/our-theme/", "out", "README.md"]).unwrap();
        for (folder, reach) in [
            ("vendor", true),
            ("vendor/our-theme", true),
            ("out", true),
            ("node_modules", false),
            ("README.md", true),
        ] {
            assert_eq!(globs.reach(Path::new(folder)), reach, "{folder}");
        }
    }
}
