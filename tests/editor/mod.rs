//! Drives `caveat lsp` as an editor does: as a child, by messages over pipes that are written and read here.

mod actions;
mod asking;
mod hostile;
mod own;
mod pulled;
mod verdicts;

use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const BIN: &str = env!("CARGO_BIN_EXE_caveat");
const DRAFTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/drafts");
const AS_OF: &str = "2026-11-23";
/// Nothing takes as long, on a machine that does much else.
const LONG: Duration = Duration::from_secs(120);

/// A folder that an editor works in.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.path().display())
    }

    /// The findings of `caveat check` in this folder that people see.
    fn check(&self, arguments: &[&str], input: Option<&str>) -> Vec<Value> {
        let mut child = Command::new(BIN)
            .current_dir(self.path())
            .args(["check", "--format", "json", "--quiet", "--as-of", AS_OF])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.unwrap_or_default().as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| finding["severity"] != "advice")
            .cloned()
            .collect()
    }
}

/// An editor with a server of its own.
struct Editor {
    child: Child,
    input: ChildStdin,
    heard: Receiver<Value>,
    number: i64,
    /// What the server said of itself.
    hello: Value,
    /// The last that was shown of each file.
    shown: BTreeMap<String, Value>,
    /// Everything else that the server said unasked.
    said: VecDeque<Value>,
}

fn message(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => length = value.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

impl Editor {
    /// One that counts in these units and can do this besides.
    fn new(folder: &Folder, units: &str, can: &Value) -> Self {
        let mut capabilities = json!({"general": {"positionEncodings": [units]}});
        for (key, value) in can.as_object().unwrap() {
            capabilities[key] = value.clone();
        }
        let uri = folder.uri("").trim_end_matches('/').to_owned();
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": [{"uri": uri, "name": "copy"}],
        });
        Self::with(&params)
    }

    fn with(params: &Value) -> Self {
        let mut child = Command::new(BIN)
            .args(["lsp", "--as-of", AS_OF])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, heard) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(output);
            while let Some(message) = message(&mut reader) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            child,
            input,
            heard,
            number: 0,
            hello: Value::Null,
            shown: BTreeMap::new(),
            said: VecDeque::new(),
        };
        editor.hello = editor.ask("initialize", params)["result"].clone();
        editor.tell("initialized", &json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks, and returns the number of the question.
    fn put(&mut self, method: &str, params: &Value) -> i64 {
        self.number += 1;
        let number = self.number;
        self.send(&json!({"jsonrpc": "2.0", "id": number, "method": method, "params": params}));
        number
    }

    /// Asks, and waits for the answer.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let number = self.put(method, params);
        self.answer(number)
    }

    fn answer(&mut self, number: i64) -> Value {
        loop {
            let message = self.next();
            if message.get("method").is_none() && message["id"] == number {
                return message;
            }
            self.hear(message);
        }
    }

    fn next(&mut self) -> Value {
        self.heard.recv_timeout(LONG).expect("the server says something")
    }

    fn hear(&mut self, message: Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            self.shown
                .insert(params["uri"].as_str().unwrap().to_owned(), params.clone());
        } else {
            self.said.push_back(message);
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "text", "version": 1, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": document}));
    }

    fn change(&mut self, uri: &str, version: i32, changes: &Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.tell("textDocument/didChange", &params);
    }

    /// What is shown of a file, once something is.
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            if let Some(params) = self.shown.remove(uri) {
                return params["diagnostics"].as_array().unwrap().clone();
            }
            let message = self.next();
            self.hear(message);
        }
    }

    /// What is shown of the text as it stands: an answer is about no other.
    fn now(&mut self, uri: &str) -> Vec<Value> {
        self.hover(uri, 0, 0);
        self.diagnostics(uri)
    }

    fn hover(&mut self, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        self.ask("textDocument/hover", &params)["result"].clone()
    }

    fn actions(&mut self, uri: &str, range: &Value) -> Vec<Value> {
        let context = json!({"diagnostics": []});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let answer = self.ask("textDocument/codeAction", &params);
        answer["result"].as_array().unwrap().clone()
    }

    fn execute(&mut self, command: &str, arguments: &Value) -> Value {
        self.ask(
            "workspace/executeCommand",
            &json!({"command": command, "arguments": arguments}),
        )
    }

    /// Leaves as the protocol asks.
    fn leave(mut self) -> ExitStatus {
        let answer = self.ask("shutdown", &Value::Null);
        assert_eq!(answer.get("result"), Some(&Value::Null), "{answer}");
        self.tell("exit", &Value::Null);
        self.child.wait().unwrap()
    }
}

fn at(line: u64, start: u64, end: u64) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

/// A text with an edit made, whose columns count characters.
fn edited(text: &str, range: &Value, put: &str) -> String {
    let byte = |place: &Value| {
        let (line, column) = (
            place["line"].as_u64().unwrap(),
            place["character"].as_u64().unwrap(),
        );
        let mut at = 0;
        for _ in 0..line {
            at += text[at..]
                .find(['\n', '\r'])
                .map_or(text.len() - at, |end| end + 1);
            at += usize::from(text[..at].ends_with('\r') && text[at..].starts_with('\n'));
        }
        text[at..]
            .char_indices()
            .nth(column as usize)
            .map_or(text.len(), |(more, _)| at + more)
    };
    let (start, end) = (byte(&range["start"]), byte(&range["end"]));
    format!("{}{put}{}", &text[..start], &text[end..])
}

fn drafts() -> Vec<(String, String)> {
    let mut names: Vec<PathBuf> = fs::read_dir(Path::new(DRAFTS))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    names
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .collect()
}
