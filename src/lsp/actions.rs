//! Owns what an editor offers to do about a finding. Nothing is done unasked, and nothing makes a claim true.

mod allow;
mod approve;
mod wording;

use super::buffer::{Buffer, Judged};
use super::client::{Client, OPEN_SOURCE};
use super::diagnostics;
use super::edit::{Edit, Piece};
use super::judge::Judge;
use super::uri;
use crate::finding::Finding;
use crate::report::{is_web, plain};
use crate::session::Job;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use lsp_types::{CodeAction, CodeActionKind, Command, Diagnostic, Range, Uri};
use std::path::{Path, PathBuf};

/// What is known where actions are asked for.
pub(super) struct Asked<'a> {
    pub(super) judge: &'a Judge,
    pub(super) client: Client,
    pub(super) buffer: &'a Buffer,
    pub(super) uri: &'a Uri,
    /// Another file that is open.
    pub(super) open: &'a dyn Fn(&Path) -> Option<Target>,
}

/// A file as an action edits it.
pub(super) struct Target {
    pub(super) uri: Uri,
    /// The version of a text that is open.
    pub(super) version: Option<i32>,
    /// None where there is no such file.
    pub(super) text: Option<String>,
}

/// What can be done about the findings that a part of the text touches.
pub(super) fn of(asked: &Asked<'_>, span: Span<Source>) -> Vec<CodeAction> {
    let Some(Judged {
        job: Some(job),
        findings,
    }) = &asked.buffer.judged
    else {
        return Vec::new();
    };
    let file = SourceFile::new(job.shown.as_str(), asked.buffer.text.as_str());
    let touched = findings.iter().filter(|finding| {
        let own = finding.file.as_ref().is_some_and(|own| own.name() == job.shown);
        own && finding.span.start <= span.end && span.start <= finding.span.end
    });
    let mut out = Vec::new();
    for finding in touched.filter(|finding| finding.rule().category.is_of_copy()) {
        let about = About {
            asked,
            job,
            file: &file,
            finding,
        };
        out.extend(wording::actions(&about));
        out.extend(allow::actions(&about));
        out.extend(approve::action(&about));
        out.extend(sources(&about));
    }
    out
}

/// A finding, and all that its actions need.
struct About<'a> {
    asked: &'a Asked<'a>,
    job: &'a Job,
    file: &'a SourceFile,
    finding: &'a Finding,
}

impl About<'_> {
    fn action(&self, title: String) -> CodeAction {
        let name = self.job.shown.as_str();
        let (judge, encoding) = (self.asked.judge, self.asked.client.encoding);
        let diagnostics: Vec<Diagnostic> = diagnostics::of(
            std::slice::from_ref(self.finding),
            name,
            self.asked.uri,
            judge,
            encoding,
        );
        CodeAction {
            title: plain(&title).into_owned(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(diagnostics),
            ..CodeAction::default()
        }
    }

    /// An edit of the text itself.
    fn edit(&self, title: String, span: Span<Source>, pieces: Vec<Piece>) -> CodeAction {
        let edit = Edit {
            uri: self.asked.uri.clone(),
            version: Some(self.asked.buffer.version),
            range: self.asked.client.encoding.range(self.file, span),
            pieces,
            creates: false,
        };
        CodeAction {
            edit: Some(edit.of(self.asked.client)),
            ..self.action(title)
        }
    }

    /// The line end that the text uses.
    fn newline(&self) -> &'static str {
        if self.asked.buffer.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// A file with the text that it has in the editor, or else on disk.
    fn target(&self, path: &Path) -> Target {
        if let Some(open) = (self.asked.open)(path) {
            return open;
        }
        let whole: PathBuf = self.asked.judge.here.join(path);
        Target {
            uri: uri::of(&self.asked.judge.given(&whole)),
            version: None,
            text: std::fs::read_to_string(&whole).ok(),
        }
    }

    /// The place at the end of a text.
    fn end(&self, text: &str) -> Range {
        let file = SourceFile::new("", text);
        let end = Span::of(text.len()..text.len());
        self.asked.client.encoding.range(&file, end)
    }
}

/// Opening the page of each source that has one.
fn sources(about: &About<'_>) -> Vec<CodeAction> {
    let sources = about.finding.rule().sources.iter();
    let pages = sources.filter_map(|source| Some((source, source.url.as_deref().filter(|url| is_web(url))?)));
    pages
        .map(|(source, url)| {
            let title = format!("Read {}", source.title);
            let command = Command {
                title: title.clone(),
                command: OPEN_SOURCE.to_owned(),
                arguments: Some(vec![url.into()]),
                ..Command::default()
            };
            CodeAction {
                command: Some(command),
                ..about.action(title)
            }
        })
        .collect()
}
