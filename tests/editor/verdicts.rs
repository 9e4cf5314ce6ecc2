//! What the editor shows is what `caveat check` says, of every draft and of generated pages: one by one, unsaved, and all at
//! once.

use super::{Editor, Folder, at, drafts};
use crate::scaling::site;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where it stands, how bad it is, by which rule, and in which words.
type Told = (u64, u64, u64, u64, String, String, String);

/// What a report says; lines and columns count from 1.
fn reported(finding: &Value) -> Told {
    let number = |key: &str| finding[key].as_u64().unwrap() - 1;
    let text = |key: &str| finding[key].as_str().unwrap().to_owned();
    (
        number("line"),
        number("column"),
        number("end_line"),
        number("end_column"),
        text("severity"),
        text("rule"),
        text("message"),
    )
}

/// What an editor shows, whose columns count characters.
fn shown(diagnostic: &Value) -> Told {
    let number = |place: &str, key: &str| diagnostic["range"][place][key].as_u64().unwrap();
    let severity = match diagnostic["severity"].as_u64() {
        Some(1) => "error",
        Some(2) => "warning",
        other => panic!("a severity of {other:?}"),
    };
    let message = diagnostic["message"].as_str().unwrap();
    (
        number("start", "line"),
        number("start", "character"),
        number("end", "line"),
        number("end", "character"),
        severity.to_owned(),
        diagnostic["code"].as_str().unwrap().to_owned(),
        message.lines().next().unwrap().to_owned(),
    )
}

fn by_file(findings: &[Value]) -> BTreeMap<String, Vec<Told>> {
    let mut out = BTreeMap::<String, Vec<Told>>::new();
    for finding in findings {
        let path = finding["path"].as_str().unwrap().to_owned();
        out.entry(path).or_default().push(reported(finding));
    }
    out
}

/// The drafts and some pages, each by its path.
fn copy() -> Vec<(String, String)> {
    let drafts = drafts().into_iter();
    let drafts = drafts.map(|(name, text)| (format!("drafts/{name}"), text));
    drafts
        .chain(
            (0..1000)
                .map(site::page)
                .map(|(name, text)| (format!("site/{name}"), text)),
        )
        .collect()
}

#[test]
fn every_text_is_told_what_check_says_of_its_file() {
    let folder = Folder::new(&[]);
    let copy = copy();
    copy.iter().for_each(|(name, text)| folder.write(name, text));
    folder.write(".caveatignore", "drafts/food-bad.mdx\n");
    let mut said = by_file(&folder.check(&[], None));
    assert!(said.len() > 40, "{} files with findings", said.len());
    let mut editor = Editor::new(&folder, "utf-32", &json!({}));
    for (name, text) in &copy {
        let uri = folder.uri(name);
        // It stands on disk as it is; what the editor has is what counts.
        folder.write(name, "Nothing.\n");
        editor.open(&uri, text);
        let told: Vec<Told> = editor.now(&uri).iter().map(shown).collect();
        assert_eq!(told, said.remove(name).unwrap_or_default(), "{name}");
    }
    assert!(said.is_empty(), "{said:?}");
    assert!(editor.leave().success());
}

#[test]
fn the_whole_workspace_is_told_what_check_says_of_it() {
    let settings = "markets: [us, uk]\nseverities: {us-ftc/guarantee: error}\nproducts:\n  - {paths: [site/], product: supplement}\n";
    let register = "claims:\n  - {id: old, text: Our tea cures insomnia., approver: A, approved: 2025-01-01, review-by: 2026-01-01}\n";
    let folder = Folder::new(&[
        ("caveat.yaml", settings),
        ("claims.yaml", register),
        ("tea.md", "Our tea cures insomnia. Results are guaranteed.\n"),
    ]);
    let copy = copy();
    copy.iter().for_each(|(name, text)| folder.write(name, text));
    let said = by_file(&folder.check(&[], None));
    let mut editor = Editor::new(&folder, "utf-32", &json!({}));
    editor.execute("caveat.checkWorkspace", &json!([]));
    let told: BTreeMap<String, Vec<Told>> = editor
        .shown
        .iter()
        .map(|(uri, params)| {
            let name = uri.strip_prefix(&folder.uri("")).unwrap().to_owned();
            let diagnostics = params["diagnostics"].as_array().unwrap();
            (name, diagnostics.iter().map(shown).collect())
        })
        .collect();
    assert_eq!(told, said);
    let message = editor.said.pop_back().unwrap();
    let message = message["params"]["message"].as_str().unwrap();
    assert!(
        message.contains("findings in") && message.contains("Word drafts"),
        "{message}"
    );

    // What is set right is gone when it is closed, and when all is checked again.
    let uri = folder.uri("tea.md");
    editor.open(&uri, "Our tea cures insomnia. Results are guaranteed.\n");
    assert_eq!(editor.now(&uri).len(), said["tea.md"].len());
    editor.change(&uri, 2, &json!([{"text": "Our tea tastes of mint.\n"}]));
    folder.write("tea.md", "Our tea tastes of mint.\n");
    assert_eq!(editor.now(&uri), Vec::<Value>::new());
    editor.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new());
    folder.write("drafts/clinic-bad.md", "Nothing.\n");
    editor.execute("caveat.checkWorkspace", &json!([]));
    assert_eq!(
        editor.diagnostics(&folder.uri("drafts/clinic-bad.md")),
        Vec::<Value>::new()
    );
    assert!(editor.leave().success());
}

#[test]
fn places_count_in_the_units_that_were_agreed_on() {
    let folder = Folder::new(&[]);
    let text = "Tea.\r\n\r\n\u{1f375} caf\u{e9}: our tea cures eczema.\r\n";
    for (units, start, agreed) in [
        ("utf-8", 16, "utf-8"),
        ("utf-16", 13, "utf-16"),
        ("utf-32", 12, "utf-32"),
        ("odd", 13, "utf-16"),
    ] {
        let mut editor = Editor::new(&folder, units, &json!({}));
        assert_eq!(editor.hello["capabilities"]["positionEncoding"], agreed);
        let uri = folder.uri("tea.md");
        editor.open(&uri, text);
        let told = editor.now(&uri);
        let place = start + "tea ".len() as u64;
        assert_eq!(
            told[0]["range"],
            at(2, place, place + "cures eczema".len() as u64),
            "{units}"
        );
        // An edit before it, in the same units: the accent goes.
        let moved = u64::from(units == "utf-8");
        let range = at(2, start - 7 - moved, start - 6);
        editor.change(&uri, 2, &json!([{"range": range, "text": "e"}]));
        assert_eq!(
            editor.now(&uri)[0]["range"]["start"]["character"],
            place - moved,
            "{units}"
        );
        assert!(editor.leave().success());
    }
}
