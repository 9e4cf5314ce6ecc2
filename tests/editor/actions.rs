//! What an editor offers about a finding does what it says: every draft is set right by it, or let pass.

use super::{Editor, Folder, at, drafts, edited};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn titled<'a>(actions: &'a [Value], start: &str) -> Option<&'a Value> {
    actions
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with(start))
}

/// The one edit of an action for an editor that knows no more than text.
fn edit<'a>(action: &'a Value, uri: &str) -> (&'a Value, &'a str) {
    let edits = action["edit"]["changes"][uri].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    (&edits[0]["range"], edits[0]["newText"].as_str().unwrap())
}

/// Formats in which nothing can be let pass by a comment.
const WITHOUT_COMMENTS: [&str; 3] = [".csv", ".json", ".txt"];

#[test]
fn a_comment_lets_the_finding_pass_in_every_format() {
    let folder = Folder::new(&[]);
    let mut editor = Editor::new(&folder, "utf-32", &json!({}));
    let mut endings = BTreeSet::new();
    for (name, text) in drafts() {
        let uri = folder.uri(&name);
        editor.open(&uri, &text);
        let told = editor.now(&uri);
        let of_copy = |one: &&Value| !one["code"].as_str().unwrap().starts_with("caveat/");
        for (number, one) in told.iter().filter(of_copy).enumerate().take(4) {
            let rule = one["code"].as_str().unwrap();
            let actions = editor.actions(&uri, &one["range"]);
            let Some(action) = titled(&actions, &format!("Let {rule} pass")) else {
                let without = WITHOUT_COMMENTS.iter().any(|ending| name.ends_with(ending));
                assert!(without, "{name}: no comment lets {rule} pass at {}", one["range"]);
                continue;
            };
            let (range, put) = edit(action, &uri);
            // Without a reason it is a mistake, and lets nothing pass.
            editor.change(&uri, 2, &json!([{"text": edited(&text, range, put)}]));
            let unreasoned = editor.now(&uri);
            let mistaken = |one: &Value| one["code"] == "caveat/suppression";
            assert!(unreasoned.iter().any(mistaken), "{name}: {put}");
            let with_reason = put.replacen(&format!("{rule}: "), &format!("{rule}: the study is linked"), 1);
            editor.change(&uri, 3, &json!([{"text": edited(&text, range, &with_reason)}]));
            let after = editor.now(&uri);
            let same = |other: &Value| other["code"] == rule && other["message"] == one["message"];
            let count = |all: &[Value]| all.iter().filter(|other| same(other)).count();
            assert!(
                count(&after) < count(&told),
                "{name}, finding {number}: {with_reason}"
            );
            assert!(!after.iter().any(mistaken), "{name}: {with_reason}");
            endings.insert(name.rsplit_once('.').unwrap().1.to_owned());
            editor.change(&uri, 4, &json!([{"text": text}]));
            editor.now(&uri);
        }
    }
    let wanted = [
        "astro", "html", "liquid", "md", "mdx", "njk", "php", "po", "svelte", "toml", "tsx", "vue", "xml",
        "yaml",
    ];
    assert!(
        wanted.iter().all(|ending| endings.contains(*ending)),
        "{endings:?}"
    );
    assert!(editor.leave().success());
}

#[test]
fn wordings_take_the_place_of_the_claim_with_blanks_to_fill_in() {
    let folder = Folder::new(&[]);
    let text = "Our serum is clinically proven.\r\n";
    let uri = folder.uri("serum.md");
    let offered = |can: Value| {
        let mut editor = Editor::new(&folder, "utf-16", &can);
        editor.open(&uri, text);
        let actions = editor.actions(&uri, &at(0, 15, 15));
        assert!(editor.leave().success());
        actions
    };
    let actions = offered(json!({}));
    let action = titled(&actions, "Replace by \"in a 12-week trial").unwrap();
    let (range, put) = edit(action, &uri);
    assert_eq!(
        (range, put),
        (&at(0, 13, 30), "in a 12-week trial of 60 adults (link)")
    );
    assert_eq!(action["diagnostics"][0]["code"], "us-ftc/proof-without-source");
    assert_eq!(action["kind"], "quickfix");

    let edits = json!({"workspaceEdit": {"documentChanges": true, "snippetEditSupport": true}});
    let actions = offered(json!({"workspace": edits}));
    let change = |start: &str| titled(&actions, start).unwrap()["edit"]["documentChanges"][0].clone();
    let replace = change("Replace by");
    assert_eq!(replace["textDocument"], json!({"uri": uri, "version": 1}));
    let snippet = |change: &Value| {
        change["edits"][0]["snippet"]["value"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(snippet(&replace), "in a 12-week trial of 60 adults ${1:(link)}");
    assert_eq!(replace["edits"][0]["snippet"]["kind"], "snippet");
    let comment = snippet(&change("Let us-ftc/proof-without-source pass here"));
    assert_eq!(
        comment,
        "<!-- caveat-allow us-ftc/proof-without-source: ${1} -->\r\n"
    );
}

#[test]
fn a_statement_that_is_owed_is_put_in_as_a_paragraph() {
    let folder = Folder::new(&[]);
    let drafts = drafts();
    let (name, text) = drafts.iter().find(|(name, _)| name == "article-owes.md").unwrap();
    let uri = folder.uri(name);
    let mut editor = Editor::new(&folder, "utf-32", &json!({}));
    let mut text = text.clone();
    editor.open(&uri, &text);
    let owed = |all: &[Value]| -> Vec<Value> {
        let missing = |one: &&Value| one["code"].as_str().unwrap().contains("missing");
        all.iter().filter(missing).cloned().collect()
    };
    let first = owed(&editor.now(&uri));
    assert!(!first.is_empty());
    for version in 2..10 {
        editor.change(&uri, version, &json!([{"text": text}]));
        let Some(one) = owed(&editor.now(&uri)).first().cloned() else {
            assert!(editor.leave().success());
            return;
        };
        let actions = editor.actions(&uri, &one["range"]);
        let action = titled(&actions, "State at the end").unwrap();
        let (range, put) = edit(action, &uri);
        text = edited(&text, range, put);
    }
    panic!("{name} still owes something:\n{text}");
}

#[test]
fn a_sentence_goes_to_the_register_for_somebody_to_approve() {
    let folder = Folder::new(&[
        ("caveat.yaml", "markets: [us]\n"),
        (
            "claims.yaml",
            "claims:\n  - {id: a, text: It tastes of mint., approver: A, approved: 2026-01-01, review-by: 2027-01-01}\n",
        ),
    ]);
    let uri = folder.uri("tea.md");
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    editor.open(&uri, "Tea. Our tea cures eczema! Results are guaranteed.\n");
    let told = editor.now(&uri);
    let actions = editor.actions(&uri, &told[0]["range"]);
    assert!(titled(&actions, "Add this sentence").is_some());
    folder.write("claims.yaml", "claims:\n");
    editor.tell("workspace/didChangeWatchedFiles", &json!({"changes": []}));
    let actions = editor.actions(&uri, &told[0]["range"]);
    let action = titled(&actions, "Add this sentence to claims.yaml").unwrap();
    let (range, put) = edit(action, &folder.uri("claims.yaml"));
    assert_eq!(range, &at(1, 0, 0));
    assert!(
        put.contains("Our tea cures eczema!") && put.contains("approver: \n"),
        "{put}"
    );
    // Until somebody's name is there the register lets nothing pass.
    let unnamed = format!("claims:\n{put}");
    folder.write("claims.yaml", &unnamed);
    editor.shown.clear();
    editor.tell("workspace/didChangeWatchedFiles", &json!({"changes": []}));
    assert!(editor.now(&uri).iter().any(|one| one["code"] == "caveat/claims"));
    folder.write("claims.yaml", &unnamed.replace("approver: ", "approver: A. Lee"));
    editor.shown.clear();
    editor.tell("workspace/didChangeWatchedFiles", &json!({"changes": []}));
    let after = editor.now(&uri);
    assert!(after.len() < told.len(), "{after:?}");
    assert!(
        after
            .iter()
            .all(|one| !one["code"].as_str().unwrap().starts_with("caveat/")),
        "{after:?}"
    );
    assert!(editor.leave().success());

    // Without a register one is begun, by an editor that can.
    std::fs::remove_file(folder.path().join("claims.yaml")).unwrap();
    let edits = json!({"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}});
    for (can, creates) in [(json!({}), false), (json!({"workspace": edits}), true)] {
        let mut editor = Editor::new(&folder, "utf-16", &can);
        editor.open(&uri, "Our tea cures eczema!\n");
        let actions = editor.actions(&uri, &at(0, 9, 9));
        let action = titled(&actions, "Add this sentence");
        assert_eq!(action.is_some(), creates);
        if let Some(action) = action {
            let changes = &action["edit"]["documentChanges"];
            assert_eq!(
                changes[0],
                json!({"kind": "create", "uri": folder.uri("claims.yaml")})
            );
            let put = changes[1]["edits"][0]["newText"].as_str().unwrap();
            assert!(
                put.starts_with("# claims.yaml:") && put.contains("claims:\n"),
                "{put}"
            );
        }
        assert!(editor.leave().success());
    }
}

#[test]
fn the_page_of_a_source_is_opened_where_the_editor_can() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("tea.md");
    let mut editor = Editor::new(
        &folder,
        "utf-16",
        &json!({"window": {"showDocument": {"support": true}}}),
    );
    editor.open(&uri, "Our tea cures eczema.\n");
    let actions = editor.actions(&uri, &at(0, 9, 9));
    let command = &titled(&actions, "Read 21 CFR").unwrap()["command"];
    assert_eq!(command["command"], "caveat.openSource");
    editor.execute("caveat.openSource", &command["arguments"]);
    let asked = editor.said.pop_back().unwrap();
    assert_eq!(asked["method"], "window/showDocument");
    assert_eq!(
        asked["params"],
        json!({"uri": command["arguments"][0], "external": true})
    );
    assert!(editor.leave().success());
}
