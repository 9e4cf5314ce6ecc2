//! Holds the house together: data flows one way, files stay short, and every file says what it owns.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the bottom up; a module imports only from layers below its own, or from itself.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["source"],
    &["data", "draft", "finding"],
    &["document"],
    &["extract", "policy", "suppress", "baseline", "register"],
    &["automaton"],
    &["prepare"],
    &["engine"],
    &["walk", "git"],
    &["config"],
    &["session", "report", "score"],
    &["cli"],
];

const LONGEST: usize = 400;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn all_sources() -> Vec<PathBuf> {
    let found = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(found.len() > 20, "the sources were not found");
    found
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The top-level module that a file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The top-level modules that a text names after `crate::`, in use lists with braces too.
fn imports(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut out = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(list) = part.strip_prefix('{') {
            let list = &list[..list.find("};").unwrap_or(list.len())];
            let mut depth = 0;
            let mut name = String::new();
            for c in list.chars().chain([',']) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => out.push(std::mem::take(&mut name)),
                    _ if depth == 0 => name.push(c),
                    _ => {}
                }
            }
        } else {
            out.push(
                part.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    let head = |name: &String| name.trim().split("::").next().unwrap_or_default().to_owned();
    out.iter()
        .map(head)
        .filter(|name| layer(name).is_some())
        .collect()
}

#[test]
fn imports_run_downward() {
    let mut wrong = Vec::new();
    for path in all_sources() {
        let own = module_of(&path);
        let Some(own_layer) = layer(&own) else {
            assert!(own == "lib" || own == "main", "{own} stands in no layer");
            continue;
        };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            if import != own && layer(&import) >= Some(own_layer) {
                wrong.push(format!("{} imports {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_import_reader_sees_every_shape() {
    let text = "use crate::text::Span;\nuse crate::{cli::Args, report::{json, short}, walk};\n// crate::session\nlet x = crate::config::load();";
    assert_eq!(imports(text), ["text", "cli", "report", "walk", "config"]);
}

#[test]
fn files_say_what_they_own_and_stay_short() {
    let mut wrong = Vec::new();
    for path in all_sources() {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not open with what it owns", path.display()));
        }
        if text.lines().count() > LONGEST {
            wrong.push(format!("{} is longer than {LONGEST} lines", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file that the one program of tests does not name would pass by never being run.
#[test]
fn every_file_of_tests_is_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let root = fs::read_to_string(tests.join("all.rs")).unwrap();
    let named: BTreeSet<&str> = root
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(tests).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "rs")
            || ["mod.rs", "main.rs"].iter().any(|file| path.join(file).exists())
        {
            there.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    there.remove("all");
    assert!(
        there.iter().eq(&named),
        "tests/all.rs names {named:?}, and there are {there:?}"
    );
}

#[test]
fn the_top_level_is_tidy() {
    let allowed = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "fixtures",
        "packages",
        "policies",
        "pyproject.toml",
        "src",
        "target",
        "tests",
    ];
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "{name} does not belong at the top level"
        );
    }
}
