//! Owns answering what the editor asks. An answer is about the text as it stands: what was not judged yet is judged first.

use super::{Server, read};
use crate::lsp::actions::{self, Asked, Target};
use crate::lsp::client::{CHECK_WORKSPACE, OPEN_SOURCE};
use crate::lsp::settings::{self, Kind};
use crate::lsp::{complete, hover};
use crate::policy::load;
use crate::report::is_web;
use crate::source::SourceFile;
use crate::text::{LineIndex, Source, Span};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionItem, CompletionItemKind, CompletionParams, DocumentDiagnosticParams,
    ExecuteCommandParams, Hover, HoverParams, MessageType, ShowMessageParams, TextDocumentPositionParams,
    TextEdit, WorkspaceDiagnosticParams,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Why there is no answer.
pub(super) enum Refused {
    /// The question is not one of those that are answered.
    Unknown(String),
    /// It does not say what it must.
    Unclear(String),
    /// The editor is gone.
    Gone(String),
    /// There is nothing new to say.
    NotYet,
}

pub(super) type Answer = Result<Value, Refused>;

impl Server<'_> {
    /// Answers a question. A fault in caveat costs one answer, not the server.
    pub(super) fn answer(&mut self, request: Request) -> Result<(), String> {
        let Request { id, method, params } = request.clone();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer_to(&method, params)));
        let response = match answered {
            Ok(Ok(value)) => Response::new_ok(id, value),
            Ok(Err(Refused::Gone(why))) => return Err(why),
            Ok(Err(Refused::NotYet)) => {
                self.held.push(request);
                return Ok(());
            }
            Ok(Err(Refused::Unknown(why))) => Response::new_err(id, ErrorCode::MethodNotFound as i32, why),
            Ok(Err(Refused::Unclear(why))) => Response::new_err(id, ErrorCode::InvalidParams as i32, why),
            Err(_) => {
                let said = "caveat failed; this is an internal error, please report it";
                Response::new_err(id, ErrorCode::InternalError as i32, said.to_owned())
            }
        };
        self.send(Message::Response(response))
    }

    fn answer_to(&mut self, method: &str, params: Value) -> Answer {
        let unclear = || Refused::Unclear(format!("this does not say what {method} must"));
        match method {
            "textDocument/hover" => {
                let params: HoverParams = read(params).ok_or_else(unclear)?;
                self.hover(&params.text_document_position_params)
            }
            "textDocument/codeAction" => {
                let params: CodeActionParams = read(params).ok_or_else(unclear)?;
                self.actions(&params)
            }
            "textDocument/completion" => {
                let params: CompletionParams = read(params).ok_or_else(unclear)?;
                self.complete(&params.text_document_position_params)
            }
            "textDocument/diagnostic" => {
                let params: DocumentDiagnosticParams = read(params).ok_or_else(unclear)?;
                self.pull(params)
            }
            "workspace/diagnostic" => {
                let params: WorkspaceDiagnosticParams = read(params).ok_or_else(unclear)?;
                self.pull_workspace(params)
            }
            "workspace/executeCommand" => {
                let params: ExecuteCommandParams = read(params).ok_or_else(unclear)?;
                self.execute(params)
            }
            other => Err(Refused::Unknown(format!("caveat does not answer {other}"))),
        }
    }

    fn hover(&mut self, place: &TextDocumentPositionParams) -> Answer {
        let uri = place.text_document.uri.as_ref();
        self.judge_one(uri).map_err(Refused::Gone)?;
        let Some(buffer) = self.open.get(uri) else {
            return Ok(Value::Null);
        };
        let encoding = self.client.encoding;
        let at = encoding.byte(&buffer.text, &LineIndex::new(&buffer.text), place.position);
        let kind = settings::kind(&buffer.path, &buffer.text, &mut self.judge.finder);
        if kind != Kind::Copy && self.found(uri, at).is_none() {
            return json(self.name(kind, uri, at));
        }
        json(self.found(uri, at))
    }

    /// What is told of the findings at a byte.
    fn found(&self, uri: &str, at: usize) -> Option<Hover> {
        let buffer = self.open.get(uri)?;
        let name = self.judge.shown(&buffer.path);
        let at = Span::<Source>::of(at..at);
        let here = buffer.judged.as_ref()?.findings.iter().filter(|finding| {
            let own = finding.file.as_ref().is_some_and(|file| file.name() == name);
            own && finding
                .every_verdict()
                .flat_map(|verdict| verdict.places())
                .any(|place| place.contains(at))
        });
        let here: Vec<_> = here.collect();
        let first = here.first()?;
        let range = first
            .file
            .as_ref()
            .map(|file| self.client.encoding.range(file, first.span));
        let range = range.filter(|_| first.span.contains(at));
        Some(hover::told(&here, self.client.markdown).hover(range))
    }

    /// What is known of the name at a byte in one of caveat's own files: a key, a rule, a vocabulary.
    fn name(&self, kind: Kind, uri: &str, at: usize) -> Option<Hover> {
        let buffer = self.open.get(uri)?;
        let word = complete::word(&buffer.text, at);
        let name = word.slice(&buffer.text);
        let mut words = hover::Words::new(self.client.markdown);
        if let Some(says) = complete::about(kind, name) {
            words.code(name).text(": ").text(says);
        } else if name.contains('/') {
            let every = load(&complete::every_pack()).unwrap_or_default();
            let rule = every.rules.iter().find(|rule| rule.full_name() == name)?;
            words.code(name).text(": ").text(&rule.message);
            words.paragraph().text(rule.help.trim());
        } else {
            let policy = settings::policy(&buffer.path, &buffer.text, &self.judge).ok()?;
            let lexicon = policy.lexicons.iter().find(|lexicon| lexicon.name == name)?;
            words
                .code(name)
                .text(": ")
                .text(&format!("{} phrases", lexicon.phrases.len()));
            words.text(
                lexicon
                    .label
                    .as_deref()
                    .map_or(String::new(), |label| format!("; {label}"))
                    .as_str(),
            );
            words
                .paragraph()
                .code(&format!("caveat policy words {name}"))
                .text(" lists them");
        }
        let file = SourceFile::new("", buffer.text.as_str());
        Some(words.hover(Some(self.client.encoding.range(&file, word))))
    }

    fn actions(&mut self, params: &CodeActionParams) -> Answer {
        let uri = &params.text_document.uri;
        self.judge_one(uri.as_ref()).map_err(Refused::Gone)?;
        let Some(buffer) = self.open.get(uri.as_ref()) else {
            return json(Vec::<Value>::new());
        };
        let lines = LineIndex::new(&buffer.text);
        let span = self.client.encoding.bytes_of(&buffer.text, &lines, params.range);
        let open = |path: &Path| -> Option<Target> {
            let whole = self.judge.here.join(path);
            let (uri, buffer) = self.open.iter().find(|(_, buffer)| buffer.path == whole)?;
            Some(Target {
                uri: uri.as_str().into(),
                version: Some(buffer.version),
                text: Some(buffer.text.clone()),
            })
        };
        let asked = Asked {
            judge: &self.judge,
            client: self.client,
            buffer,
            uri,
            open: &open,
        };
        json(actions::of(&asked, span))
    }

    fn complete(&mut self, place: &TextDocumentPositionParams) -> Answer {
        let Some(buffer) = self.open.get(place.text_document.uri.as_ref()) else {
            return Ok(Value::Null);
        };
        let kind = settings::kind(&buffer.path, &buffer.text, &mut self.judge.finder);
        if kind == Kind::Copy {
            return Ok(Value::Null);
        }
        let encoding = self.client.encoding;
        let at = encoding.byte(&buffer.text, &LineIndex::new(&buffer.text), place.position);
        let (word, names) = complete::names(kind, &buffer.path, &buffer.text, at, &self.judge);
        let range = encoding.range(&SourceFile::new("", buffer.text.as_str()), word);
        let item = |name: String| CompletionItem {
            documentation: complete::about(kind, &name).map(|says| says.to_owned().into()),
            kind: Some(CompletionItemKind::Property),
            text_edit: Some(
                TextEdit {
                    range,
                    new_text: name.clone(),
                }
                .into(),
            ),
            label: name,
            ..CompletionItem::default()
        };
        json(names.into_iter().map(item).collect::<Vec<_>>())
    }

    fn execute(&mut self, params: ExecuteCommandParams) -> Answer {
        match params.command.as_str() {
            CHECK_WORKSPACE => {
                let said = self.check_workspace().map_err(Refused::Gone)?;
                self.say(said)
            }
            OPEN_SOURCE => {
                let first = params
                    .arguments
                    .and_then(|arguments| arguments.into_iter().next());
                let url = first.as_ref().and_then(Value::as_str).filter(|url| is_web(url));
                let url = url.ok_or_else(|| Refused::Unclear("this is no address of a page".to_owned()))?;
                if !self.client.shows_pages {
                    return self.say(url.to_owned());
                }
                let params = json!({"uri": url, "external": true});
                let id = "caveat-page".to_owned().into();
                let request = Request::new(id, "window/showDocument".to_owned(), params);
                self.send(request.into()).map_err(Refused::Gone)?;
                Ok(Value::Null)
            }
            other => Err(Refused::Unclear(format!("there is no command {other}"))),
        }
    }

    /// Shows a message.
    fn say(&self, message: String) -> Answer {
        let params = ShowMessageParams {
            kind: MessageType::Info,
            message,
        };
        let told = Notification::new("window/showMessage".to_owned(), params);
        self.send(told.into()).map_err(Refused::Gone)?;
        Ok(Value::Null)
    }
}

fn json(value: impl Serialize) -> Answer {
    serde_json::to_value(value).map_err(|error| Refused::Unclear(error.to_string()))
}
