//! What the editor is told besides the places: where findings lead, why they are there, and that what lies on disk is watched.

use super::{Editor, Folder, at};
use serde_json::{Value, json};

#[test]
fn a_finding_leads_to_its_source_and_to_the_words_that_make_it() {
    let folder = Folder::new(&[("caveat.yaml", "markets: [us, uk]\n")]);
    let uri = folder.uri("tea.md");
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    editor.open(&uri, "Our herbal tea:\n\nOur tea cures eczema.\n");
    let told = editor.now(&uri);
    let one = &told[0];
    assert_eq!(one["source"], "caveat");
    assert_eq!(one["severity"], 1);
    assert!(
        one["codeDescription"]["href"]
            .as_str()
            .unwrap()
            .starts_with("https://"),
        "{one}"
    );
    let related = one["relatedInformation"].as_array().unwrap();
    let at_words = |message: &str, range: &Value| {
        related.iter().any(|place| {
            place["message"] == message
                && place["location"]["range"] == *range
                && place["location"]["uri"] == uri
        })
    };
    assert!(
        at_words("claims a cure", &at(2, 8, 13)) && at_words("names a disease", &at(2, 14, 20)),
        "{one}"
    );
    let other = |place: &Value| {
        place["message"]
            .as_str()
            .unwrap()
            .contains("[us-effects/swallowed-disease]")
    };
    assert!(related.iter().any(other), "{one}");
    assert!(editor.leave().success());
}

#[test]
fn the_pointer_is_told_why_from_where_and_what_would_pass() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("tea.md");
    for (formats, mark) in [(json!(["markdown"]), "`"), (json!(["plaintext"]), "")] {
        let can = json!({"textDocument": {"hover": {"contentFormat": formats}}});
        let mut editor = Editor::new(&folder, "utf-16", &can);
        editor.open(&uri, "Our tea cures eczema.\n");
        let hover = editor.hover(&uri, 0, 10);
        let text = hover["contents"]["value"].as_str().unwrap();
        for part in [
            "treats or prevents a disease",
            "What would pass:",
            "- helps maintain cholesterol",
            "Sources:",
            "21 CFR 101.93(g)",
            "Read as: product",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(
            text.contains(&format!("{mark}us-effects/swallowed-disease{mark}")),
            "{text}"
        );
        assert_eq!(hover["range"], at(0, 8, 20));
        assert_eq!(editor.hover(&uri, 0, 1), Value::Null);
        assert_eq!(editor.hover(&folder.uri("never-opened.md"), 0, 1), Value::Null);
        // Of the text as it stands now, not as it was judged.
        editor.change(&uri, 2, &json!([{"range": at(0, 0, 0), "text": "So: "}]));
        assert_eq!(editor.hover(&uri, 0, 14)["range"], at(0, 12, 24));
        assert!(editor.leave().success());
    }
}

#[test]
fn advice_is_a_hint_for_those_who_ask() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("tea.md");
    let text = "Our tea is a natural choice and supports your wellbeing. Evidence-based care for pain, sleep and stress.\n";
    let severities = |options: Value| {
        let params = json!({
            "processId": null, "rootUri": folder.uri(""), "capabilities": {}, "initializationOptions": options,
        });
        let mut editor = Editor::with(&params);
        editor.open(&uri, text);
        let told: Vec<u64> = editor
            .now(&uri)
            .iter()
            .map(|one| one["severity"].as_u64().unwrap())
            .collect();
        assert!(editor.leave().success());
        told
    };
    let (without, with) = (severities(Value::Null), severities(json!({"advice": true})));
    assert!(!without.contains(&4), "{without:?}");
    assert!(
        with.contains(&4) && with.iter().all(|severity| [1, 2, 4].contains(severity)),
        "{with:?}"
    );
}

#[test]
fn settings_that_change_on_disk_are_read_again() {
    let folder = Folder::new(&[("footer.md", "Mint.\n")]);
    let uri = folder.uri("tea.md");
    let can = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut editor = Editor::new(&folder, "utf-16", &can);
    editor.open(&uri, "Our tea cures eczema. A miracle in a jar.\n");
    assert_eq!(editor.now(&uri).len(), 1);
    let asked = editor.said.pop_front().unwrap();
    assert_eq!(asked["method"], "client/registerCapability");
    editor.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null}));

    let policy = "pack: house-style\nmarket: none\ntitle: House\nrules:\n  - id: no-miracles\n    category: terms\n    severity: warning\n    message: The copy calls a product a miracle.\n    help: Say what it does.\n    forbid: {words: [\"miracle[s]\"]}\n    examples: {flag: [A miracle in a jar.], pass: [A cream in a jar.]}\n";
    folder.write("house.yaml", policy);
    folder.write("caveat.yaml", "policies: [./house.yaml]\n");
    let changes = json!({"changes": [{"uri": folder.uri("caveat.yaml"), "type": 1}]});
    editor.tell("workspace/didChangeWatchedFiles", &changes);
    let told = editor.now(&uri);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[1]["code"], "house-style/no-miracles");

    // What is wrong with the settings is told where the copy is read, and leads there.
    folder.write("caveat.yaml", "policies: [./house.yaml]\nmarkets: [mars]\n");
    editor.tell("textDocument/didSave", &json!({"textDocument": {"uri": uri}}));
    let told = editor.now(&uri);
    assert_eq!(told.len(), 1);
    let message = told[0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("caveat.yaml:2: Unknown market `mars`"),
        "{message}"
    );
    assert_eq!(told[0]["range"], at(0, 0, 0));
    let location = &told[0]["relatedInformation"][0]["location"];
    assert_eq!(location["uri"], folder.uri("caveat.yaml"));
    assert_eq!(location["range"], at(1, 10, 14));
    assert!(editor.leave().success());
}
