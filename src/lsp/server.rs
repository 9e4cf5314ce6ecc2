//! Owns the conversation with the editor: what it tells is taken in at once, what it asks is answered when nothing else waits
//! to be read, and texts that have changed are judged when it pauses.

mod answer;
mod pull;

use super::buffer::Buffer;
use super::client::Client;
use super::diagnostics;
use super::judge::{Checked, Judge};
use super::uri;
use crate::finding::Finding;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CancelParams, Diagnostic, DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, Id, PublishDiagnosticsParams, Uri,
    WorkspaceFolder,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// So long after the last change a text is judged,
const PAUSE: Duration = Duration::from_millis(150);
/// and so long after the first one though changes go on.
const PATIENCE: Duration = Duration::from_millis(900);

/// The server, once the editor has said what it can do.
pub(super) struct Server<'a> {
    connection: &'a Connection,
    client: Client,
    judge: Judge,
    /// The texts that are open, by their addresses.
    open: BTreeMap<String, Buffer>,
    /// Addresses of files that are not open and of which something is shown.
    shown: BTreeSet<String>,
    /// When the first change came that is not judged, and when the last.
    changed: Option<(Instant, Instant)>,
    /// What was asked and is not answered.
    asked: Vec<Request>,
    /// What was asked and is answered when something changes.
    held: Vec<Request>,
    /// Whether an editor that asks for diagnostics is to ask again, and how often it was told to.
    is_stale: bool,
    refreshed: u32,
    is_leaving: bool,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    More,
    Over,
}

impl<'a> Server<'a> {
    pub(super) fn new(connection: &'a Connection, client: Client, judge: Judge) -> Self {
        Self {
            connection,
            client,
            judge,
            open: BTreeMap::new(),
            shown: BTreeSet::new(),
            changed: None,
            asked: Vec::new(),
            held: Vec::new(),
            is_stale: false,
            refreshed: 0,
            is_leaving: false,
        }
    }

    /// Serves until the editor leaves.
    pub(super) fn run(&mut self) -> Result<(), String> {
        if self.client.watches {
            self.send(Message::Request(watching()))?;
        }
        loop {
            let first = match self.due() {
                Some(due) => self.connection.receiver.recv_deadline(due).ok(),
                None => match self.connection.receiver.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Err("the editor left without a word".to_owned()),
                },
            };
            // What waits may say that what would be judged now is gone.
            let mut next = first.or_else(|| self.connection.receiver.try_recv().ok());
            while let Some(message) = next {
                if self.take(message)? == Next::Over {
                    return if self.is_leaving {
                        Ok(())
                    } else {
                        Err("the editor left without a word".to_owned())
                    };
                }
                next = self.connection.receiver.try_recv().ok();
            }
            for request in std::mem::take(&mut self.asked) {
                self.answer(request)?;
            }
            if self.due().is_some_and(|due| due <= Instant::now()) {
                self.judge_all()?;
            }
        }
    }

    /// When what has changed is to be judged.
    fn due(&self) -> Option<Instant> {
        let (first, last) = self.changed?;
        Some((last + PAUSE).min(first + PATIENCE))
    }

    fn send(&self, message: Message) -> Result<(), String> {
        let sent = self.connection.sender.send(message);
        sent.map_err(|_| "the editor does not listen".to_owned())
    }

    fn take(&mut self, message: Message) -> Result<Next, String> {
        match message {
            Message::Request(request) => self.ask(request)?,
            Message::Notification(told) if told.method == "exit" => return Ok(Next::Over),
            Message::Notification(told) => self.hear(told)?,
            // The only questions of the server are whether files are watched, pages shown, and diagnostics asked for again.
            Message::Response(_) => {}
        }
        Ok(Next::More)
    }

    fn ask(&mut self, request: Request) -> Result<(), String> {
        if request.method == "shutdown" {
            self.is_leaving = true;
            return self.send(Response::new_ok(request.id, Value::Null).into());
        }
        if self.is_leaving {
            let said = "the server is leaving".to_owned();
            return self.refuse(request.id, ErrorCode::InvalidRequest, said);
        }
        self.asked.push(request);
        Ok(())
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, said: String) -> Result<(), String> {
        self.send(Response::new_err(id, code as i32, said).into())
    }

    fn hear(&mut self, told: Notification) -> Result<(), String> {
        match told.method.as_str() {
            "textDocument/didOpen" => {
                if let Some(params) = read::<DidOpenTextDocumentParams>(told.params) {
                    self.opened(params);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read::<DidChangeTextDocumentParams>(told.params) {
                    self.edited(params);
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = read::<DidCloseTextDocumentParams>(told.params) {
                    return self.closed(&params.text_document.uri);
                }
            }
            // What was saved may be settings, or a part that pages include.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.forget(),
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(params) = read::<DidChangeWorkspaceFoldersParams>(told.params) {
                    let paths = |folders: &[WorkspaceFolder]| -> Vec<PathBuf> {
                        let paths = folders.iter().filter_map(|folder| uri::path(&folder.uri));
                        paths.collect()
                    };
                    let (gone, new) = (paths(&params.event.removed), paths(&params.event.added));
                    self.judge.change_folders(&gone, new);
                    self.forget();
                }
            }
            "$/cancelRequest" => {
                if let Some(params) = read::<CancelParams>(told.params) {
                    return self.cancel(params.id);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let path = uri::path(&document.uri).map(|path| Judge::whole(&path));
        // A text that was never saved has no place whose settings would hold for it.
        if let Some(path) = path {
            self.shown.remove(document.uri.as_ref());
            let buffer = Buffer::new(path, document.text, document.version);
            self.open.insert(document.uri.to_string(), buffer);
            self.touch();
        }
    }

    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let uri = document.text_document_identifier.uri;
        if let Some(buffer) = self.open.get_mut(uri.as_ref()) {
            buffer.change(params.content_changes, document.version, self.client.encoding);
            self.touch();
        }
    }

    /// What is shown of a file that is closed is what lies on disk, where all files were asked for, and else nothing.
    fn closed(&mut self, uri: &Uri) -> Result<(), String> {
        let Some(buffer) = self.open.remove(uri.as_ref()) else {
            return Ok(());
        };
        let findings = if self.shown.is_empty() {
            Vec::new()
        } else {
            self.judge.on_disk(&buffer.path)
        };
        if !findings.is_empty() {
            self.shown.insert(uri.to_string());
        }
        self.pull_again();
        let name = self.judge.shown(&buffer.path);
        self.publish(uri.clone(), None, &findings, &name)
    }

    fn cancel(&mut self, id: Id) -> Result<(), String> {
        let id = match id {
            Id::Int(number) => RequestId::from(number),
            Id::String(name) => RequestId::from(name),
        };
        let waits = |request: &mut Request| request.id == id;
        let left = self
            .asked
            .extract_if(.., waits)
            .chain(self.held.extract_if(.., waits));
        if left.count() == 0 {
            return Ok(());
        }
        self.refuse(id, ErrorCode::RequestCanceled, "cancelled".to_owned())
    }

    /// All open texts are judged anew, with what lies on disk now.
    fn forget(&mut self) {
        self.judge.forget();
        self.open.values_mut().for_each(|buffer| buffer.judged = None);
        self.pull_again();
    }

    fn touch(&mut self) {
        let now = Instant::now();
        self.changed = Some((self.changed.map_or(now, |(first, _)| first), now));
    }

    /// Judges every open text that is not judged as it stands.
    fn judge_all(&mut self) -> Result<(), String> {
        self.changed = None;
        if self.client.pulls {
            return self.refresh();
        }
        self.is_stale = false;
        let waiting = self.open.iter().filter(|(_, buffer)| buffer.judged.is_none());
        let waiting: Vec<String> = waiting.map(|(uri, _)| uri.clone()).collect();
        waiting.iter().try_for_each(|uri| self.judge_one(uri))
    }

    /// Judges a text, if it is not judged as it stands, and shows what came of it.
    fn judge_one(&mut self, uri: &str) -> Result<(), String> {
        let Some(buffer) = self.open.get_mut(uri).filter(|buffer| buffer.judged.is_none()) else {
            return Ok(());
        };
        let judged = self.judge.judge(buffer);
        let version = buffer.version;
        let name = self.judge.shown(&buffer.path);
        let told = diagnostics::of(
            &judged.findings,
            &name,
            &uri.into(),
            &self.judge,
            self.client.encoding,
        );
        buffer.judged = Some(judged);
        self.tell(uri.into(), Some(version), told)
    }

    fn publish(
        &self,
        uri: Uri,
        version: Option<i32>,
        findings: &[Finding],
        name: &str,
    ) -> Result<(), String> {
        let told = diagnostics::of(findings, name, &uri, &self.judge, self.client.encoding);
        self.tell(uri, version, told)
    }

    fn tell(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> Result<(), String> {
        if self.client.pulls {
            return Ok(());
        }
        let params = PublishDiagnosticsParams {
            uri,
            version,
            diagnostics,
        };
        let method = "textDocument/publishDiagnostics".to_owned();
        self.send(Notification::new(method, params).into())
    }

    /// Judges every file of the workspace and shows what came of it; says so in a sentence.
    fn check_workspace(&mut self) -> Result<String, String> {
        let open: Vec<&Buffer> = self.open.values().collect();
        let (checked, files) = self.judge.workspace(&open);
        let mut told = BTreeSet::new();
        let mut found = 0;
        for Checked { path, findings } in checked {
            found += findings.len();
            // Open texts have shown theirs, or will.
            if self.open.values().any(|buffer| buffer.path == path) {
                continue;
            }
            let uri = uri::of(&self.judge.given(&path));
            self.publish(uri.clone(), None, &findings, &self.judge.shown(&path))?;
            told.insert(uri.to_string());
        }
        let gone = std::mem::replace(&mut self.shown, told);
        for uri in gone.difference(&self.shown) {
            self.tell(uri.as_str().into(), None, Vec::new())?;
        }
        self.pull_again();
        let many = |count: usize| if count == 1 { "" } else { "s" };
        Ok(format!(
            "{found} finding{} in {files} file{}; Word drafts are not among them",
            many(found),
            many(files)
        ))
    }
}

/// What a message says, if it says what it must.
fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// Asks the editor to tell of files that change.
fn watching() -> Request {
    let globs = [
        "**/*.{yaml,yml}",
        "**/{.caveat-baseline.json,.caveatignore,.gitignore,.ignore}",
    ];
    let watchers: Vec<Value> = globs.iter().map(|glob| json!({"globPattern": glob})).collect();
    let registration = json!({
        "id": "caveat-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": {"watchers": watchers},
    });
    let params = json!({"registrations": [registration]});
    Request::new(
        "caveat-watch".to_owned().into(),
        "client/registerCapability".to_owned(),
        params,
    )
}
