//! Settings read from trees, and mistakes in them.

use super::*;
use crate::data::{Entry, Node, Value, knows, names};
use serde_json::{Value as Json, json};
use std::fs;

/// A tree of values without places.
fn node(json: Json) -> Node {
    let value = match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => Value::Number(number.to_string().into()),
        Json::String(text) => Value::Text(text.into()),
        Json::Array(items) => Value::List(items.into_iter().map(node).collect()),
        Json::Object(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    key: key.into(),
                    key_span: Span::empty(0),
                    node: node(value),
                })
                .collect(),
        ),
    };
    Node {
        span: Span::empty(0),
        value,
    }
}

fn read(json: Json) -> Settings {
    let file = Arc::new(SourceFile::new(FILE, ""));
    read::from_node(&file, &node(json), PathBuf::from("/site"))
}

fn mistakes(json: Json) -> Vec<String> {
    read(json)
        .mistakes
        .into_iter()
        .map(|mistake| format!("{}; {}", mistake.message, mistake.help.unwrap_or_default()))
        .collect()
}

#[test]
fn reads_every_key() {
    let settings = read(json!({
        "markets": ["us", "uk"], "policies": ["platforms", "house.yaml"], "fail-on": "never",
        "min-severity": "advice", "max-file-size": "64k", "ignore": ["old/"], "partials": "parts",
        "trust-front-matter": true, "severities": {"us-ftc/x": "off", "us-ftc/y": "error"},
        "products": [{"paths": ["shop/"], "product": "supplement"}],
        "pages": [{"paths": "blog/", "page": "article"}],
        "satisfied": [{"paths": ["blog/"], "statements": ["missing-disclaimer"]}],
        "copy-keys": [{"paths": ["data/"], "keys": ["lead", "hero.sku"]}],
        "not-copy-keys": [{"paths": ["data/"], "keys": ["internal"]}],
    }));
    assert_eq!(settings.mistakes, []);
    assert_eq!(settings.markets.value, ["us", "uk"]);
    assert_eq!(
        settings.policies[1].value,
        PackRef::File("/site/house.yaml".into())
    );
    assert_eq!(settings.fail_on.value, None);
    assert_eq!(settings.max_file_size.value, 65_536);
    let path = settings.relative(Path::new("/site/shop/a.md"));
    let product = Settings::row(&settings.products, path).map(|row| row.value);
    assert_eq!(product, Some(Product::Supplement));
    assert!(settings.partials.value.matches(Path::new("x/parts/foot.html")));
    assert!(!settings.partials.value.matches(Path::new("layouts/foot.html")));
    assert_eq!(settings.severities.len(), 2);
    for key in names(KEYS) {
        let none = read(json!({key: []}))
            .mistakes
            .iter()
            .any(|mistake| mistake.message.contains("unknown key"));
        assert!(!none, "{key}");
    }
}

#[test]
fn finds_every_mistake_at_once() {
    let found = mistakes(json!({
        "market": ["us"], "markets": ["usa", "mars"], "min-severity": "warnings", "max-file-size": "big",
        "products": [{"paths": ["a[z-a]"], "product": "suplement", "x": 1}, "y"],
        "satisfied": [{"statements": ["disclaimer"]}], "trust-front-matter": "perhaps", "severities": [],
        "copy-keys": [{"paths": ["data/"], "keys": ["hero..lead", 3]}], "not-copy-keys": [{"paths": ["data/"], "key": ["a"]}],
    }));
    let found = found.join("\n");
    for part in [
        "unknown key `market`; `markets` is the nearest name",
        "unknown market `usa`; `us` is the nearest name",
        "unknown market `mars`",
        "unknown severity `warnings`; `warning` is the nearest name",
        "this is no size; write a number of bytes",
        "this glob cannot be read",
        "unknown product `suplement`; `supplement` is the nearest name",
        "unknown key `x`",
        "`product` must be a mapping",
        "`paths` is missing here",
        "unknown statement `disclaimer`",
        "`trust-front-matter` must be true or false, but this is text",
        "`severities` must be a mapping",
        "`hero..lead` names no key; write a key",
        "`key` must be text, but this is a number",
        "unknown key `key`; `keys` is the nearest name",
        "`keys` is missing here",
    ] {
        assert!(found.contains(part), "{part}\n{found}");
    }
    assert_eq!(
        mistakes(json!(["x"])),
        ["`caveat.yaml` must be a mapping, but this is a list; "]
    );
    assert_eq!(mistakes(json!(null)), Vec::<String>::new());
}

#[test]
fn sizes_have_suffixes() {
    for (text, size) in [
        ("1", Some(1)),
        ("2k", Some(2048)),
        ("16M", Some(16 << 20)),
        ("1 GB", Some(1 << 30)),
    ] {
        assert_eq!(read_size(text), size, "{text}");
    }
    for text in [
        "",
        "k",
        "0",
        "-1",
        "1.5M",
        "é",
        "99999999999999999999",
        "99999999999G",
    ] {
        assert_eq!(read_size(text), None, "{text}");
    }
}

#[test]
fn the_nearest_file_holds_up_to_the_repository() {
    let root = std::env::temp_dir().join(format!("caveat-config-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("repo/.git")).unwrap();
    fs::create_dir_all(root.join("repo/blog/deep")).unwrap();
    fs::write(root.join("caveat.yaml"), "").unwrap();
    let root = root.canonicalize().unwrap();
    let overlay = Overlay {
        markets: Some(vec!["uk".into()]),
        ..Overlay::default()
    };
    let mut finder = Finder::new(Where::Nearest, overlay, root.clone());
    let outside = finder.of_folder(&root.join("repo/blog"));
    assert!(
        outside.file.is_none(),
        "a file above the repository does not hold"
    );
    assert_eq!(outside.root, root.join("repo"));
    assert_eq!(outside.markets.from, From::CommandLine);
    fs::write(root.join("repo/blog/caveat.yaml"), "policies: [./house.yaml]\n").unwrap();
    let mut finder = Finder::new(Where::Nearest, Overlay::default(), root.clone());
    let one = finder.of_folder(&root.join("repo/blog/deep"));
    let two = finder.of_folder(&root.join("repo/blog"));
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!(one.file.as_ref().unwrap().name(), "repo/blog/caveat.yaml");
    assert!(show(&one).contains("markets: [us]"));
    assert_eq!(
        one.policies[0].value,
        PackRef::File("repo/blog/house.yaml".into())
    );
    let _ = fs::remove_dir_all(&root);
}

#[test]
fn the_starting_file_is_sound() {
    let starter = starter(&Site::default());
    let file = Arc::new(SourceFile::new(FILE, starter.as_str()));
    assert_eq!(read::settings(&file, PathBuf::new()).mistakes, []);
    for line in starter.lines().filter_map(|line| line.strip_prefix("# ")) {
        if let Some((key, _)) = line.split_once(':')
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        {
            assert!(knows(KEYS, key), "{key}");
        }
    }
}

#[test]
fn what_the_starting_file_proposes_is_sound_when_uncommented() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "content/blog",
        "content/shop/vitamins",
        "content/our \"services\"/treatments",
        "archetypes",
    ] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let files = [
        "content/blog",
        "content/shop/vitamins",
        "content/our \"services\"/treatments",
    ];
    let found = files.map(|file| folder.path().join(file).join("a.md"));
    let found: Vec<&Path> = found.iter().map(PathBuf::as_path).collect();
    let starter = starter(&Site::look(folder.path(), &found, &[], Vec::new()));
    assert!(starter.contains("looks like a Hugo site") && starter.contains("`caveat check public/`"));
    let is_setting = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        line.starts_with("  ") || knows(KEYS, key)
    };
    let hook = starter.find("# To check what").unwrap();
    let open: String = starter[..hook]
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|rest| is_setting(rest))
                .unwrap_or(line)
                .to_owned()
                + "\n"
        })
        .collect();
    let settings = read::settings(&Arc::new(SourceFile::new(FILE, open.as_str())), PathBuf::new());
    assert_eq!(settings.mistakes, [], "{open}");
    let page = |path: &str| Settings::row(&settings.pages, std::path::Path::new(path)).map(|row| row.value);
    assert_eq!(page("content/blog/a.md"), Some(Page::Article));
    assert_eq!(
        page("content/our \"services\"/treatments/a.md"),
        Some(Page::Treatment)
    );
}
