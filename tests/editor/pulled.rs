//! Diagnostics that the editor asks for: the same as those that are pushed to others, and never both.

use super::{Editor, Folder, drafts};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an editor can do that asks, and asks again when it is told to.
pub(super) fn pulls() -> Value {
    json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": true}},
    })
}

fn pulling(folder: &Folder) -> Editor {
    Editor::new(folder, "utf-16", &pulls())
}

impl Editor {
    /// What is found in a text, where that is not what it was before.
    pub(super) fn pull(&mut self, uri: &str, before: Option<&str>) -> Value {
        let mut params = json!({"textDocument": {"uri": uri}});
        if let Some(before) = before {
            params["previousResultId"] = before.into();
        }
        self.ask("textDocument/diagnostic", &params)["result"].clone()
    }

    fn pull_workspace(&mut self, before: &[Value]) -> i64 {
        self.put("workspace/diagnostic", &json!({"previousResultIds": before}))
    }

    /// Waits until the editor is told to ask again.
    fn refreshed(&mut self) {
        while self
            .said
            .pop_front()
            .is_none_or(|said| said["method"] != "workspace/diagnostic/refresh")
        {
            let message = self.next();
            self.hear(message);
        }
    }
}

/// What an answer says of each file, by its name.
fn by_name(folder: &Folder, answer: &Value) -> BTreeMap<String, Value> {
    let items = answer["result"]["items"].as_array().unwrap().iter();
    let name = |item: &Value| {
        item["uri"]
            .as_str()
            .unwrap()
            .strip_prefix(&folder.uri(""))
            .unwrap()
            .to_owned()
    };
    items.map(|item| (name(item), item.clone())).collect()
}

fn ids(items: &BTreeMap<String, Value>) -> Vec<Value> {
    let ids = items
        .values()
        .map(|item| json!({"uri": item["uri"], "value": item["resultId"]}));
    ids.collect()
}

#[test]
fn who_asks_gets_what_is_pushed_to_others() {
    let folder = Folder::new(&[("caveat.yaml", "markets: [us, uk]\n")]);
    let drafts = drafts();
    drafts.iter().for_each(|(name, text)| folder.write(name, text));
    let mut pushed = Editor::new(&folder, "utf-16", &json!({}));
    assert_eq!(pushed.hello["capabilities"].get("diagnosticProvider"), None);
    pushed.execute("caveat.checkWorkspace", &json!([]));
    let mut editor = pulling(&folder);
    let provider = &editor.hello["capabilities"]["diagnosticProvider"];
    assert_eq!(
        *provider,
        json!({"interFileDependencies": true, "workspaceDiagnostics": true})
    );
    let number = editor.pull_workspace(&[]);
    let all = by_name(&folder, &editor.answer(number));
    let items = |name: &str| {
        pushed
            .shown
            .get(&folder.uri(name))
            .map(|shown| shown["diagnostics"].clone())
    };
    assert_eq!(all.len(), pushed.shown.len());
    assert!(all.len() > 20, "{} files with findings", all.len());
    for (name, text) in &drafts {
        let expected = items(name).unwrap_or_else(|| json!([]));
        let closed = editor.pull(&folder.uri(name), None);
        assert_eq!(closed["items"], expected, "{name}");
        if let Some(item) = all.get(name) {
            assert_eq!(
                (&item["items"], &item["version"]),
                (&expected, &Value::Null),
                "{name}"
            );
        }
        editor.open(&folder.uri(name), text);
        let open = editor.pull(&folder.uri(name), closed["resultId"].as_str());
        assert_eq!(
            open,
            json!({"kind": "unchanged", "resultId": closed["resultId"]}),
            "{name}"
        );
    }
    assert!(editor.shown.is_empty(), "nothing is pushed to who asks");
    assert!(editor.leave().success() && pushed.leave().success());
}

#[test]
fn who_asks_is_told_to_ask_again_when_settings_change() {
    let folder = Folder::new(&[("pills.md", "Our pills cure gout.\n"), ("mint.md", "Mint.\n")]);
    let uri = folder.uri("tea.md");
    let mut editor = pulling(&folder);
    editor.open(&uri, "Our tea cures eczema.\n");
    let first = editor.pull(&uri, None);
    assert_eq!(first["items"][0]["code"], "us-effects/swallowed-disease");
    editor.change(&uri, 2, &json!([{"text": "Mint: our tea cures eczema.\n"}]));
    let second = editor.pull(&uri, first["resultId"].as_str());
    assert_eq!(second["kind"], "full");
    folder.write(
        "caveat.yaml",
        "severities: {us-effects/swallowed-disease: \"off\"}\n",
    );
    let changes = json!({"changes": [{"uri": folder.uri("caveat.yaml"), "type": 1}]});
    editor.tell("workspace/didChangeWatchedFiles", &changes);
    editor.refreshed();
    assert_eq!(editor.pull(&uri, second["resultId"].as_str())["items"], json!([]));
    assert_eq!(editor.pull("untitled:tea", None)["items"], json!([]));
    assert!(editor.shown.is_empty());
    assert!(editor.leave().success());
}

#[test]
fn an_answer_on_the_workspace_waits_for_news() {
    let folder = Folder::new(&[("pills.md", "Our pills cure gout.\n"), ("mint.md", "Mint.\n")]);
    let uri = folder.uri("tea.md");
    let mut editor = pulling(&folder);
    editor.open(&uri, "Our tea cures eczema.\n");
    let number = editor.pull_workspace(&[]);
    let all = by_name(&folder, &editor.answer(number));
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    assert_eq!(names, ["pills.md", "tea.md"]);
    assert_eq!(all["tea.md"]["version"], 1);
    let held = editor.pull_workspace(&ids(&all));
    let cancelled = editor.pull_workspace(&ids(&all));
    editor.hover(&uri, 0, 0);
    editor.tell("$/cancelRequest", &json!({"id": cancelled}));
    assert_eq!(editor.answer(cancelled)["error"]["code"], -32800);
    folder.write("pills.md", "Our pills taste of mint.\n");
    folder.write("mint.md", "Mint cures gout.\n");
    editor.tell("textDocument/didSave", &json!({"textDocument": {"uri": uri}}));
    let news = by_name(&folder, &editor.answer(held));
    let kinds: Vec<(&str, &str, usize)> = news
        .iter()
        .map(|(name, item)| {
            let count = item["items"].as_array().map_or(0, Vec::len);
            (name.as_str(), item["kind"].as_str().unwrap(), count)
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("mint.md", "full", 1),
            ("pills.md", "full", 0),
            ("tea.md", "unchanged", 0)
        ]
    );
    editor.refreshed();
    assert!(editor.shown.is_empty());
    assert!(editor.leave().success());
}
