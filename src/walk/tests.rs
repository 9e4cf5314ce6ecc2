//! Walks over trees of files.

use super::*;

/// A new folder for one test, removed at its end.
struct Scratch(PathBuf);
impl Scratch {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("caveat-walk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, text) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(path)
    }
    fn names(&self, walked: &Walked) -> Vec<String> {
        let root = shown(&self.0) + "/";
        walked
            .files
            .iter()
            .map(|file| file.shown.replace(&root, ""))
            .collect()
    }
}
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
fn md(name: &str) -> bool {
    name.ends_with(".md")
}

fn walk(paths: &[PathBuf]) -> Walked {
    walk_from(paths, Path::new("/nowhere"))
}
fn walk_from(paths: &[PathBuf], here: &Path) -> Walked {
    let how = How {
        known: md,
        here,
        ignore: true,
    };
    super::walk(paths, how)
}
fn because(left: &[LeftOut]) -> Vec<&str> {
    left.iter().map(|left| left.because.as_str()).collect()
}

#[test]
fn ignores_what_ignore_files_and_dots_say() {
    let scratch = Scratch::new(
        "ignore",
        &[
            ("b.md", ""),
            ("a/x.md", ""),
            ("a.md", ""),
            (".hidden.md", ""),
            ("out/y.md", ""),
            ("old/z.md", ""),
            ("pic.png", ""),
            ("caveat.yaml", ""),
            (".gitignore", "out/\n"),
            (".caveatignore", "# Old copy.\nold/\n"),
        ],
    );
    let walked = walk(std::slice::from_ref(&scratch.0));
    assert_eq!(scratch.names(&walked), ["a.md", "a/x.md", "b.md"]);
    let unread: Vec<&str> = walked
        .unread
        .iter()
        .filter_map(|file| file.shown.rsplit('/').next())
        .collect();
    assert_eq!(unread, ["pic.png"]);
    let first = walked.folders[0].ignored.as_ref().unwrap();
    assert!(first.because.ends_with("/.gitignore:1") || first.because.ends_with("/.caveatignore:2"));
    let named = ["out/y.md", ".hidden.md", "old/z.md"].map(|name| scratch.0.join(name));
    let named = walk(&named);
    assert_eq!(scratch.names(&named), [".hidden.md", "out/y.md"]);
    assert!(because(&named.ignored)[0].ends_with("/.caveatignore:2"));
    let all = How {
        known: md,
        here: Path::new("/nowhere"),
        ignore: false,
    };
    let all = super::walk(std::slice::from_ref(&scratch.0), all);
    assert_eq!(
        scratch.names(&all),
        ["a.md", "a/x.md", "b.md", "old/z.md", "out/y.md"]
    );
}

#[test]
fn hidden_folders_that_are_parts_of_a_site_are_read_without_what_is_built_there() {
    let scratch = Scratch::new(
        "dotted",
        &[
            ("docs/.vitepress/theme/a.md", ""),
            ("docs/.vitepress/dist/b.md", ""),
            ("docs/.vitepress/cache/c.md", ""),
            ("docs/.other/d.md", ""),
            ("docs/dist/e.md", ""),
        ],
    );
    let walked = walk(std::slice::from_ref(&scratch.0));
    assert_eq!(
        scratch.names(&walked),
        ["docs/.vitepress/theme/a.md", "docs/dist/e.md"]
    );
    assert_eq!(because(&walked.passed), ["built by VitePress"; 2]);
}

#[test]
fn no_ignore_file_above_the_repository_counts() {
    for (top, files) in [("repo/.git/HEAD", 2), ("repo/none", 0)] {
        let scratch = Scratch::new(
            "above",
            &[
                (".gitignore", "*\n"),
                (".caveatignore", "*.md\n"),
                (".ignore", "*.md\n"),
                (top, ""),
                ("repo/a.md", ""),
                ("repo/b/c.md", ""),
                ("repo/d/e.md", ""),
                ("repo/d/.gitignore", "*.md\n"),
            ],
        );
        let here = real(&scratch.0).unwrap();
        let walked = walk_from(&[scratch.0.join("repo")], &here);
        assert_eq!(walked.files.len(), files, "{top}");
        // A repository in the folder that is walked is one too.
        let walked = walk(std::slice::from_ref(&scratch.0));
        assert_eq!(walked.files.len(), 0, "{top}");
    }
}

#[test]
fn what_a_gitignore_keeps_brings_no_hidden_folder_in() {
    let scratch = Scratch::new(
        "keeps",
        &[
            (".gitignore", "*\n!*/\n!*.md\n"),
            (".github/a.md", ""),
            ("b/c.md", ""),
            ("b/d.txt", ""),
            ("b/.e.md", ""),
        ],
    );
    let walked = walk(std::slice::from_ref(&scratch.0));
    assert_eq!(scratch.names(&walked), ["b/c.md"]);
    assert_eq!(walked.unread.len(), 0);
}

#[test]
fn the_table_holds_for_what_is_found_and_not_for_what_is_named() {
    let scratch = Scratch::new(
        "table",
        &[
            ("README.md", ""),
            ("next.config.mjs", ""),
            ("out/a.md", ""),
            ("out/node_modules/b.md", ""),
            ("public/c.md", ""),
        ],
    );
    let walked = walk(std::slice::from_ref(&scratch.0));
    assert_eq!(scratch.names(&walked), ["public/c.md"]);
    assert_eq!(
        because(&walked.passed),
        ["papers of the repository", "built by Next"]
    );
    let named = walk(&[scratch.0.join("out"), scratch.0.join("README.md")]);
    assert_eq!(scratch.names(&named), ["README.md", "out/a.md"]);
    assert_eq!(because(&named.passed), ["packages"]);

    let mut taken = walk(std::slice::from_ref(&scratch.0));
    let how = How {
        known: md,
        here: Path::new("/nowhere"),
        ignore: true,
    };
    let passed = taken.passed.clone();
    take(&passed, how, |path| path.ends_with("README.md"), &mut taken);
    assert_eq!(scratch.names(&taken), ["README.md", "public/c.md"]);
    assert_eq!(because(&taken.passed), ["built by Next"]);
}

#[test]
fn takes_a_file_once_and_says_what_is_missing() {
    let scratch = Scratch::new("once", &[("a.md", ""), ("b.bin", "")]);
    let paths = [
        scratch.0.clone(),
        scratch.0.join("a.md"),
        scratch.0.join("none.md"),
        scratch.0.join("b.bin"),
    ];
    let walked = walk(&paths);
    assert_eq!(walked.files.len(), 1);
    assert!(walked.files[0].named);
    let reasons: Vec<&str> = walked.problems.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(reasons, ["there is no such file or folder"]);
    assert!(walked.unread.len() == 1 && walked.unread[0].named);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_when_walking() {
    let scratch = Scratch::new("links", &[("a.md", "")]);
    std::os::unix::fs::symlink(&scratch.0, scratch.0.join("loop")).unwrap();
    std::os::unix::fs::symlink(scratch.0.join("a.md"), scratch.0.join("b.md")).unwrap();
    std::os::unix::net::UnixListener::bind(scratch.0.join("s.md")).unwrap();
    let walked = walk(std::slice::from_ref(&scratch.0));
    assert_eq!(scratch.names(&walked), ["a.md"]);
    assert!(walked.problems.is_empty());
    let named = walk(&[scratch.0.join("b.md"), scratch.0.join("s.md")]);
    assert_eq!(scratch.names(&named), ["b.md"]);
    assert_eq!(named.problems[0].1, "this is not a regular file");
}
