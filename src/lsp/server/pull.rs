//! Owns diagnostics that the editor asks for: of a text, and of the whole workspace. What it has already is not said again.

use super::Server;
use super::answer::{Answer, Refused};
use crate::lsp::buffer::Buffer;
use crate::lsp::diagnostics;
use crate::lsp::judge::{Checked, Judge};
use crate::lsp::uri;
use crate::source::sha256;
use lsp_server::Request;
use lsp_types::{Diagnostic, DocumentDiagnosticParams, PreviousResultId, Uri, WorkspaceDiagnosticParams};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is found in a file.
struct Found {
    uri: Uri,
    /// The version of a text that is open.
    version: Option<i32>,
    diagnostics: Vec<Diagnostic>,
}

impl Server<'_> {
    /// The diagnostics of a text, or of a file as it lies on disk.
    pub(super) fn pull(&mut self, params: DocumentDiagnosticParams) -> Answer {
        let uri = params.text_document.uri;
        let diagnostics = self.diagnostics(&uri)?;
        Ok(report(&diagnostics, params.previous_result_id.as_deref()))
    }

    /// The diagnostics of every file in which something is found or was. Where the editor has them all, the answer waits
    /// until it would say something.
    pub(super) fn pull_workspace(&mut self, params: WorkspaceDiagnosticParams) -> Answer {
        let path = |known: PreviousResultId| Some((uri::path(&known.uri)?, known));
        let mut known: BTreeMap<PathBuf, PreviousResultId> =
            params.previous_result_ids.into_iter().filter_map(path).collect();
        let is_first = known.is_empty();
        let mut items = Vec::new();
        for Found {
            uri,
            version,
            diagnostics,
        } in self.everything()?
        {
            let before = uri::path(&uri).and_then(|path| known.remove(&path));
            let before = before.map(|before| before.value);
            items.push((uri, version, report(&diagnostics, before.as_deref())));
        }
        // Of what is left, nothing is found any more.
        let gone = known.into_values();
        items.extend(gone.map(|gone| (gone.uri, None, report(&[], Some(&gone.value)))));
        if !is_first && items.iter().all(|(_, _, report)| report["kind"] == "unchanged") {
            return Err(Refused::NotYet);
        }
        let items = items.into_iter().map(|(uri, version, mut report)| {
            report["uri"] = json!(uri);
            report["version"] = json!(version);
            report
        });
        Ok(json!({"items": items.collect::<Vec<Value>>()}))
    }

    /// What is found in each open text, and in every other file of the workspace.
    fn everything(&mut self) -> Result<Vec<Found>, Refused> {
        let open: Vec<(String, i32)> = self
            .open
            .iter()
            .map(|(uri, buffer)| (uri.clone(), buffer.version))
            .collect();
        let mut found = Vec::new();
        for (uri, version) in open {
            let uri = Uri::from(uri);
            found.push(Found {
                diagnostics: self.diagnostics(&uri)?,
                uri,
                version: Some(version),
            });
        }
        let buffers: Vec<&Buffer> = self.open.values().collect();
        let (checked, _) = self.judge.workspace(&buffers);
        for Checked { path, findings } in checked {
            if self.open.values().any(|buffer| buffer.path == path) {
                continue;
            }
            let uri = uri::of(&self.judge.given(&path));
            let name = self.judge.shown(&path);
            found.push(Found {
                diagnostics: diagnostics::of(&findings, &name, &uri, &self.judge, self.client.encoding),
                uri,
                version: None,
            });
        }
        Ok(found)
    }

    fn diagnostics(&mut self, uri: &Uri) -> Result<Vec<Diagnostic>, Refused> {
        self.judge_one(uri.as_ref()).map_err(Refused::Gone)?;
        let of = |server: &Self, findings, name: &str| {
            diagnostics::of(findings, name, uri, &server.judge, server.client.encoding)
        };
        if let Some(buffer) = self.open.get(uri.as_ref()) {
            let findings = buffer.judged.as_ref().map_or(&[][..], |judged| &judged.findings);
            return Ok(of(self, findings, &self.judge.shown(&buffer.path)));
        }
        // A text that was never saved stands nowhere.
        let Some(path) = uri::path(uri).map(|path| Judge::whole(&path)) else {
            return Ok(Vec::new());
        };
        let findings = self.judge.on_disk(&path);
        Ok(of(self, &findings, &self.judge.shown(&path)))
    }

    /// Has the editor ask again, when it pauses.
    pub(super) fn pull_again(&mut self) {
        self.is_stale = true;
        self.touch();
    }

    /// Tells the editor to ask again, if it has to, and answers what waited.
    pub(super) fn refresh(&mut self) -> Result<(), String> {
        if !std::mem::take(&mut self.is_stale) {
            return Ok(());
        }
        for request in std::mem::take(&mut self.held) {
            self.answer(request)?;
        }
        self.refreshed += 1;
        let id = format!("caveat-refresh-{}", self.refreshed);
        let method = "workspace/diagnostic/refresh".to_owned();
        self.send(Request::new(id.into(), method, Value::Null).into())
    }
}

/// Diagnostics, or that they are the same as those of the result before.
fn report(diagnostics: &[Diagnostic], before: Option<&str>) -> Value {
    let items = json!(diagnostics);
    let hash = sha256(items.to_string().as_bytes());
    let id = &hash[..16];
    if before == Some(id) {
        json!({"kind": "unchanged", "resultId": id})
    } else {
        json!({"kind": "full", "resultId": id, "items": items})
    }
}
