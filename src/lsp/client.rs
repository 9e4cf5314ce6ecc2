//! Owns what the editor at the other end can do, and what the server says that it does.

use super::position::Encoding;
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CompletionOptions, DiagnosticOptions,
    ExecuteCommandOptions, InitializeParams, MarkupKind, ResourceOperationKind, ServerCapabilities,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFolders, WorkspaceFoldersServerCapabilities,
    WorkspaceOptions,
};
use serde_json::Value;
use std::path::PathBuf;

/// Checks every file of the workspace.
pub(super) const CHECK_WORKSPACE: &str = "caveat.checkWorkspace";
/// Opens the page of a source.
pub(super) const OPEN_SOURCE: &str = "caveat.openSource";

/// What the editor can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Edits of files with a version, and of several kinds.
    pub(super) document_changes: bool,
    /// Edits with places to fill in.
    pub(super) snippets: bool,
    /// Edits that make a file.
    pub(super) creates: bool,
    /// Pages of the web.
    pub(super) shows_pages: bool,
    /// Telling of files that change on disk.
    pub(super) watches: bool,
    /// Asking for diagnostics, and asking again when it is told to. One that only asks when a text changes would never know
    /// that settings did, so findings are pushed to it.
    pub(super) pulls: bool,
    pub(super) markdown: bool,
    /// Whether advice is asked for.
    pub(super) advice: bool,
}

impl Client {
    pub(super) fn new(params: &InitializeParams) -> Self {
        let can: &ClientCapabilities = &params.capabilities;
        let workspace = can.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let encodings = can.general.as_ref();
        let encodings = encodings.and_then(|general| general.position_encodings.as_deref());
        let watches = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let window = can.window.as_ref();
        let pages = window.and_then(|window| window.show_document.as_ref());
        let hover = can.text_document.as_ref();
        let hover = hover.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let document_changes = edits.and_then(|edits| edits.document_changes) == Some(true);
        let snippets = edits.and_then(|edits| edits.snippet_edit_support) == Some(true);
        let operations = edits.and_then(|edits| edits.resource_operations.as_ref());
        let creates = operations.is_some_and(|known| known.contains(&ResourceOperationKind::Create));
        let pulls = can
            .text_document
            .as_ref()
            .and_then(|text| text.diagnostic.as_ref());
        let again = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
        let again = again.and_then(|diagnostics| diagnostics.refresh_support);
        let options = params.initialization_options.as_ref();
        Self {
            encoding: Encoding::best(encodings.unwrap_or_default()),
            document_changes,
            snippets: document_changes && snippets,
            creates: document_changes && creates,
            shows_pages: pages.is_some_and(|pages| pages.support),
            watches: watches.and_then(|watches| watches.dynamic_registration) == Some(true),
            pulls: pulls.is_some() && again == Some(true),
            markdown: hover.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            advice: options.and_then(|options| options.get("advice")) == Some(&Value::Bool(true)),
        }
    }
}

/// The folders that the editor works in.
#[expect(deprecated, reason = "editors that know no folders name one root")]
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.as_slice(),
        _ => &[],
    };
    let folders = folders.iter().filter_map(|folder| super::uri::path(&folder.uri));
    let folders: Vec<PathBuf> = folders.collect();
    if folders.is_empty() {
        return params
            .root_uri
            .as_ref()
            .and_then(super::uri::path)
            .into_iter()
            .collect();
    }
    folders
}

/// What the server does.
pub(super) fn capabilities(client: Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
        ..CodeActionOptions::default()
    };
    let pull = DiagnosticOptions {
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let workspace = WorkspaceOptions {
        workspace_folders: Some(WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(true.into()),
        }),
        ..WorkspaceOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync.into()),
        hover_provider: Some(true.into()),
        code_action_provider: Some(actions.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["[", ",", "{", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        diagnostic_provider: client.pulls.then(|| pull.into()),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: [CHECK_WORKSPACE, OPEN_SOURCE].map(str::to_owned).to_vec(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(workspace),
        ..ServerCapabilities::default()
    }
}
