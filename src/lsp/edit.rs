//! Owns edits that are offered: text with blanks that somebody has to fill in, in the form that the editor knows.

use super::client::Client;
use lsp_types::{
    CreateFile, DocumentChange, Edit as OneEdit, OptionalVersionedTextDocumentIdentifier, Range,
    SnippetTextEdit, StringValue, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;
use std::fmt::Write as _;

/// A part of what is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text.
    Text(String),
    /// A blank: the words that stand in it where the editor leads to it, and where it does not.
    Blank {
        /// Selected, so that typing replaces it.
        hint: String,
        /// Stays until somebody sees it.
        plain: String,
    },
}

impl Piece {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A place of a file and what stands there instead.
pub(super) struct Edit {
    pub(super) uri: Uri,
    /// The version that it counts from; none for a file that is not open.
    pub(super) version: Option<i32>,
    pub(super) range: Range,
    pub(super) pieces: Vec<Piece>,
    /// Whether the file has to be made.
    pub(super) creates: bool,
}

impl Edit {
    /// The edit as the editor knows it.
    pub(super) fn of(self, client: Client) -> WorkspaceEdit {
        let range = self.range;
        if !client.document_changes {
            let edit = TextEdit {
                range,
                new_text: plain(&self.pieces),
            };
            return WorkspaceEdit {
                changes: Some(HashMap::from([(self.uri, vec![edit])])),
                ..WorkspaceEdit::default()
            };
        }
        let edit = if client.snippets {
            OneEdit::SnippetTextEdit(SnippetTextEdit {
                range,
                snippet: StringValue {
                    value: snippet(&self.pieces),
                },
                annotation_id: None,
            })
        } else {
            OneEdit::TextEdit(TextEdit {
                range,
                new_text: plain(&self.pieces),
            })
        };
        let create = self.creates.then(|| {
            DocumentChange::CreateFile(CreateFile {
                uri: self.uri.clone(),
                options: None,
                annotation_id: None,
            })
        });
        let edit = DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: self.version,
                text_document_identifier: TextDocumentIdentifier { uri: self.uri },
            },
            edits: vec![edit],
        });
        WorkspaceEdit {
            document_changes: Some(create.into_iter().chain([edit]).collect()),
            ..WorkspaceEdit::default()
        }
    }
}

fn plain(pieces: &[Piece]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Blank { plain, .. } => plain.as_str(),
    });
    text.collect()
}

fn snippet(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut blanks = 0;
    for piece in pieces {
        match piece {
            Piece::Text(text) => escape(text, &mut out),
            Piece::Blank { hint, .. } => {
                blanks += 1;
                let _ = write!(out, "${{{blanks}");
                if !hint.is_empty() {
                    out.push(':');
                    escape(hint, &mut out);
                }
                out.push('}');
            }
        }
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        if matches!(character, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_led_to_and_what_looks_like_one_is_text() {
        let pieces = [
            Piece::text("for ${1} \\ "),
            Piece::Blank {
                hint: "…".into(),
                plain: "…".into(),
            },
            Piece::text(" and "),
            Piece::Blank {
                hint: "why}".into(),
                plain: String::new(),
            },
        ];
        assert_eq!(snippet(&pieces), "for \\${1\\} \\\\ ${1:…} and ${2:why\\}}");
        assert_eq!(plain(&pieces), "for ${1} \\ … and ");
    }
}
