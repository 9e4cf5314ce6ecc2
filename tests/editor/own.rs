//! Settings, policies and the register as they are written: what is wrong in the text that is not saved yet, which words may
//! stand where the cursor is, and what a word means.

use super::{Editor, Folder, at};
use serde_json::{Value, json};

const POLICY: &str = "pack: house-style\nmarket: none\ntitle: House\nextends: [english]\nsources:\n  guide: {title: Guide, verified: no}\nrules:\n  - id: no-miracles\n    category: terms\n    severity: warning\n    message: The copy calls a product a miracle.\n    help: Say what it does.\n    sources: [guide]\n    forbid: {words: [\"miracle[s]\"]}\n    examples: {flag: [A miracle in a jar.], pass: [A cream in a jar.]}\n";

/// The names that are offered at the sign `|` in a text.
fn offered(editor: &mut Editor, folder: &Folder, name: &str, text: &str) -> Vec<String> {
    let (before, after) = text.split_once('|').unwrap();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().chars().count();
    let uri = folder.uri(name);
    editor.open(&uri, &format!("{before}{after}"));
    let position = json!({"line": line, "character": column});
    let params = json!({"textDocument": {"uri": uri}, "position": position});
    let answer = editor.ask("textDocument/completion", &params);
    editor.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    let items = answer["result"].as_array().unwrap_or_else(|| panic!("{answer}"));
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn mistakes_show_before_anything_is_saved() {
    let folder = Folder::new(&[
        ("caveat.yaml", "markets: [us]\n"),
        ("claims.yaml", "claims: []\n"),
    ]);
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    let untrue = POLICY.replace("A cream in a jar.", "Two miracles in a jar.");
    for (name, text, line, says) in [
        ("caveat.yaml", "markets: [mars]\n", 0, "Unknown market `mars`"),
        (
            "caveat.yaml",
            "severities:\n  us-ftc/guarante: \"off\"\n",
            1,
            "Unknown rule `us-ftc/guarante`",
        ),
        ("caveat.yaml", "ignore: [a\n", 0, ""),
        (
            "house.yaml",
            &POLICY.replace("category: terms", "category: term"),
            8,
            "`term` is no category",
        ),
        ("house.yaml", &untrue, 14, "house-style/no-miracles"),
        ("claims.yaml", "claims:\n  - {id: a}\n", 1, ""),
    ] {
        let uri = folder.uri(name);
        editor.open(&uri, text);
        let told = editor.now(&uri);
        assert!(!told.is_empty(), "{name}: {text}");
        let one = &told[0];
        assert!(one["message"].as_str().unwrap().contains(says), "{one}");
        assert_eq!(one["range"]["start"]["line"], line, "{one}");
        assert_eq!(one["severity"], 1);
        editor.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new());
    }
    for (name, text) in [("caveat.yaml", "markets: [us]\n"), ("house.yaml", POLICY)] {
        let uri = folder.uri(name);
        editor.open(&uri, text);
        assert_eq!(editor.now(&uri), Vec::<Value>::new(), "{name}");
    }
    assert!(editor.leave().success());
}

#[test]
fn the_readers_say_which_words_may_stand_there() {
    let folder = Folder::new(&[]);
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    let rule = |change: (&str, &str)| POLICY.replace(change.0, change.1);
    let few: [(&str, String, &[&str]); 12] = [
        ("caveat.yaml", "mar|".into(), &["markets", "not-copy-keys"]),
        (
            "caveat.yaml",
            "|\nmarkets: [us]\n".into(),
            &["policies", "claims"],
        ),
        ("caveat.yaml", "markets: [u|]\n".into(), &["us", "au"]),
        ("caveat.yaml", "fail-on: |\n".into(), &["never", "advice"]),
        (
            "caveat.yaml",
            "severities:\n  us-|\n".into(),
            &["us-ftc/guarantee", "us-effects/swallowed-disease"],
        ),
        (
            "caveat.yaml",
            "pages:\n  - {paths: [a], page: |}\n".into(),
            &["article", "recipe"],
        ),
        (
            "caveat.yaml",
            "policies: [pl|]\n".into(),
            &["platforms", "us-ftc"],
        ),
        (
            "house.yaml",
            rule(("category: terms", "category: |")),
            &["disease", "missing-statement"],
        ),
        (
            "house.yaml",
            rule(("    sources: [guide]", "    se|")),
            &["severity-for", "not-pages", "examples"],
        ),
        (
            "house.yaml",
            rule(("sources: [guide]", "sources: [|]")),
            &["guide"],
        ),
        (
            "house.yaml",
            rule(("{words: [\"miracle[s]\"]}", "{lexicons: [dis|]}")),
            &["disease", "relieve"],
        ),
        (
            "house.yaml",
            rule(("sources: [guide]", "guards: [neg|]")),
            &["negated", "other-meaning"],
        ),
    ];
    for (name, text, names) in few {
        let found = offered(&mut editor, &folder, name, &text);
        for wanted in names {
            assert!(
                found.iter().any(|one| one == wanted),
                "{wanted} is not among {found:?} of {text}"
            );
        }
    }
    // Copy has words of its own.
    let uri = folder.uri("tea.md");
    editor.open(&uri, "Our tea");
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}});
    assert_eq!(
        editor.ask("textDocument/completion", &params)["result"],
        Value::Null
    );
    assert!(editor.leave().success());
}

#[test]
fn a_key_a_rule_and_a_vocabulary_are_explained() {
    let folder = Folder::new(&[]);
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    let settings = folder.uri("caveat.yaml");
    editor.open(
        &settings,
        "fail-on: error\nseverities:\n  us-ftc/guarantee: \"off\"\n",
    );
    let policy = folder.uri("house.yaml");
    editor.open(
        &policy,
        &POLICY.replace(
            "{words: [\"miracle[s]\"]}",
            "{lexicons: [disease], words: [\"miracle[s]\"]}",
        ),
    );
    for (uri, line, character, says) in [
        (&settings, 0, 2, "from this severity on"),
        (&settings, 2, 8, "guarantee"),
        (&policy, 9, 6, "error"),
        (&policy, 13, 25, "phrases"),
    ] {
        let hover = editor.hover(uri, line, character);
        let text = hover["contents"]["value"]
            .as_str()
            .unwrap_or_else(|| panic!("{line}:{character}"));
        assert!(text.contains(says), "{text}");
        assert_eq!(hover["range"]["start"]["line"], line);
    }
    assert_eq!(editor.hover(&settings, 0, 12), Value::Null);
    // Where something is wrong, that is told first.
    editor.change(&settings, 2, &json!([{"range": at(0, 9, 14), "text": "often"}]));
    let text = editor.hover(&settings, 0, 10)["contents"]["value"].to_string();
    assert!(text.contains("nknown severity"), "{text}");
    assert!(editor.leave().success());
}
