//! Fast typing, wrong counting and messages that mean nothing: the server stays, its memory does not grow, and what it shows in
//! the end is what `check` says of the text.

use super::pulled::pulls;
use super::{Editor, Folder, at, edited};
use crate::scaling::site;
use serde_json::{Value, json};

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

const PUT: [&str; 9] = [
    "",
    " ",
    "cures eczema",
    "\r\n\r\n",
    "\u{1f375}",
    "guaranteed",
    "<!-- ",
    "\n# ",
    "caf\u{e9}\r",
];

/// Lines and columns of a byte, in characters.
fn place(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let mut line = 0;
    let mut start = 0;
    for (end, sign) in before.char_indices() {
        let next = text[end + sign.len_utf8()..].starts_with('\n');
        if sign == '\n' || (sign == '\r' && !next) {
            line += 1;
            start = end + 1;
        }
    }
    json!({"line": line, "character": before[start..].chars().count()})
}

/// The resident memory of a process, in bytes.
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let of = |name: &str| -> usize {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    };
    of("RssAnon:")
}

#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_changes_leave_the_text_right_and_the_memory_as_it_was() {
    let folder = Folder::new(&[]);
    let editor = Editor::new(&folder, "utf-32", &json!({}));
    typed(&folder, editor, 100, Editor::now_or_last);
}

#[test]
#[cfg(target_os = "linux")]
fn so_they_do_where_the_editor_asks_for_what_is_found() {
    let folder = Folder::new(&[]);
    let editor = Editor::new(&folder, "utf-32", &pulls());
    typed(&folder, editor, 10, |editor, uri| {
        assert!(editor.shown.is_empty());
        editor.pull(uri, None)["items"].as_array().unwrap().clone()
    });
}

/// Types into a text, and has the editor look at what is found after every so many changes.
#[cfg(target_os = "linux")]
fn typed(folder: &Folder, mut editor: Editor, pause: i32, look: fn(&mut Editor, &str) -> Vec<Value>) {
    let uri = folder.uri("tea.md");
    let mut text = site::single("md", 12_000);
    editor.open(&uri, &text);
    let mut dice = Dice(7);
    let mut early = 0;
    for version in 2..10_002 {
        let border = |at: usize| text.floor_char_boundary(at);
        // Between the two signs of one line end there is no place.
        let border = |at: usize| {
            let at = border(at);
            if text[..at].ends_with('\r') && text[at..].starts_with('\n') {
                at - 1
            } else {
                at
            }
        };
        let start = border(dice.roll(text.len() + 1));
        let long = if text.len() > 14_000 { 40 } else { 12 };
        let end = border((start + dice.roll(long)).min(text.len())).max(start);
        let range = json!({"start": place(&text, start), "end": place(&text, end)});
        let put = PUT[dice.roll(PUT.len())];
        text = format!("{}{put}{}", &text[..start], &text[end..]);
        editor.change(&uri, version, &json!([{"range": range, "text": put}]));
        if version % pause == 0 {
            look(&mut editor, &uri);
        }
        if version == 2_000 {
            early = memory(editor.child.id());
        }
    }
    let told = look(&mut editor, &uri);
    let late = memory(editor.child.id());
    assert!(
        late < early + (6 << 20),
        "{early} bytes after 2,000 changes, {late} after 10,000"
    );
    assert!(late < 100 << 20, "{late} bytes");
    let said = folder.check(&["-", "--stdin-path", "tea.md"], Some(&text));
    let rules = |findings: &[Value], key: &str| -> Vec<String> {
        findings
            .iter()
            .map(|finding| finding[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(rules(&told, "code"), rules(&said, "rule"));
    let places: Vec<u64> = told
        .iter()
        .map(|one| one["range"]["start"]["line"].as_u64().unwrap() + 1)
        .collect();
    let lines: Vec<u64> = said.iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(places, lines);
    assert!(editor.leave().success());
}

impl Editor {
    /// What is shown of a text that may have been shown already.
    fn now_or_last(&mut self, uri: &str) -> Vec<Value> {
        self.hover(uri, 0, 0);
        let params = self.shown.get(uri).cloned().unwrap();
        params["diagnostics"].as_array().unwrap().clone()
    }
}

#[test]
fn changes_in_a_row_are_judged_together() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("tea.md");
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    editor.open(&uri, "");
    let text = "Our tea cures eczema. ".repeat(20);
    for (at_byte, letter) in text.char_indices() {
        let change = json!([{"range": at(0, at_byte as u64, at_byte as u64), "text": letter.to_string()}]);
        editor.change(&uri, at_byte as i32 + 2, &change);
    }
    let mut times = 0;
    let last = loop {
        let shown = editor.next();
        times += 1;
        if shown["params"]["version"] == text.len() + 1 {
            break shown;
        }
    };
    assert!(times < 20, "{} changes were judged {times} times", text.len());
    let told = last["params"]["diagnostics"].as_array().unwrap().iter();
    assert_eq!(
        told.filter(|one| one["code"] == "us-effects/swallowed-disease")
            .count(),
        20
    );
    assert!(editor.leave().success());
}

#[test]
fn what_means_nothing_is_refused_or_passed_over() {
    let folder = Folder::new(&[]);
    let uri = folder.uri("tea.md");
    let mut editor = Editor::new(&folder, "utf-16", &json!({}));
    let huge = json!({"start": {"line": 4_000_000_000_u32, "character": 9}, "end": {"line": 0, "character": 4_000_000_000_u32}});
    editor.change(&uri, 1, &json!([{"text": "x"}]));
    editor.open(&uri, "Our tea cures eczema.");
    for change in [
        json!([{"range": huge, "text": "\u{feff}\u{0}"}]),
        json!([{"range": {"start": {"line": -1, "character": 0}, "end": 7}, "text": "x"}]),
        json!([{"range": null}]),
        json!("x"),
    ] {
        editor.change(&uri, -7, &change);
    }
    editor.open("untitled:Untitled-1", "Our tea cures eczema.");
    editor.open("file:///no/such/%00folder/a.md", "Our tea cures eczema.");
    editor.open("https://example.org/a.md", "Our tea cures eczema.");
    editor.tell(
        "textDocument/didClose",
        &json!({"textDocument": {"uri": "file:///never"}}),
    );
    editor.tell("textDocument/didOpen", &json!(7));
    editor.tell("$/cancelRequest", &json!({"id": 99}));
    editor.tell("no/such/thing", &json!([]));
    let code = |answer: &Value| answer["error"]["code"].as_i64();
    assert_eq!(code(&editor.ask("no/such/question", &json!({}))), Some(-32601));
    assert_eq!(
        code(&editor.ask("textDocument/hover", &json!({"a": 1}))),
        Some(-32602)
    );
    assert_eq!(code(&editor.execute("rm", &json!([]))), Some(-32602));
    assert_eq!(
        code(&editor.execute("caveat.openSource", &json!(["javascript:x"]))),
        Some(-32602)
    );
    editor.change(&uri, 9, &json!([{"text": "Our tea cures eczema."}]));
    assert_eq!(editor.now_or_last(&uri).len(), 1);

    // Each question has one answer, whether it is taken back or not.
    let hover = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 9}});
    let number = editor.put("textDocument/hover", &hover);
    editor.tell("$/cancelRequest", &json!({"id": number}));
    let answer = editor.answer(number);
    assert!(
        answer["result"].is_object() || code(&answer) == Some(-32800),
        "{answer}"
    );

    editor.ask("shutdown", &Value::Null);
    assert_eq!(code(&editor.ask("textDocument/hover", &hover)), Some(-32600));
    editor.tell("exit", &Value::Null);
    assert!(editor.child.wait().unwrap().success());
}

#[test]
fn an_editor_that_vanishes_leaves_no_server_behind() {
    let folder = Folder::new(&[]);
    let Editor { mut child, input, .. } = Editor::new(&folder, "utf-16", &json!({}));
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn the_edits_of_these_tests_are_right() {
    assert_eq!(edited("a\r\nb\u{1f375}c", &at(1, 1, 2), "x"), "a\r\nbxc");
    assert_eq!(place("a\r\nb\rc", 5), json!({"line": 2, "character": 0}));
}
