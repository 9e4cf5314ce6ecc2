//! Owns the texts that are open in the editor, saved or not, and the edits that it tells of.

use super::position::Encoding;
use crate::finding::Finding;
use crate::session::{Job, Memory};
use crate::text::LineIndex;
use lsp_types::TextDocumentContentChangeEvent as Change;
use std::path::PathBuf;

/// The largest text that is kept, in bytes; spans count in 32 bits.
const MOST: usize = u32::MAX as usize / 2;

/// A text that is open.
pub(super) struct Buffer {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) version: i32,
    /// What is known of this very text; every edit makes it forgotten.
    pub(super) judged: Option<Judged>,
    /// What is remembered of the text that was judged last.
    pub(super) memory: Memory,
}

/// What came of a text.
pub(super) struct Judged {
    /// How it was judged; none of a file that is no copy.
    pub(super) job: Option<Job>,
    /// What is shown of it, in order of place.
    pub(super) findings: Vec<Finding>,
}

impl Buffer {
    pub(super) fn new(path: PathBuf, text: String, version: i32) -> Self {
        Self {
            path,
            text,
            version,
            judged: None,
            memory: Memory::default(),
        }
    }

    /// Makes edits in their order.
    pub(super) fn change(&mut self, changes: Vec<Change>, version: i32, encoding: Encoding) {
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let lines = LineIndex::new(&self.text);
                    let span = encoding.bytes_of(&self.text, &lines, part.range);
                    if self.text.len() + part.text.len() <= MOST {
                        self.text.replace_range(span.range(), &part.text);
                    }
                }
            }
        }
        self.version = version;
        self.judged = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn changed(text: &str, changes: serde_json::Value) -> String {
        let mut buffer = Buffer::new("/a.md".into(), text.to_owned(), 1);
        buffer.change(serde_json::from_value(changes).unwrap(), 2, Encoding::Utf16);
        buffer.text
    }

    #[test]
    fn edits_are_made_one_after_another() {
        let place = |line: u32, character: u32| json!({"line": line, "character": character});
        let range = |a, b, c, d| json!({"start": place(a, b), "end": place(c, d)});
        let edit = |range, text: &str| json!({"range": range, "text": text});
        let both = json!([edit(range(0, 1, 0, 1), "\r\n"), edit(range(1, 0, 1, 2), "x")]);
        assert_eq!(changed("a\u{1f375}b", both), "a\r\nxb");
        assert_eq!(changed("a", json!([{"text": "whole"}])), "whole");
        // An editor that counts wrongly gets what is nearest, and no crash.
        assert_eq!(changed("ab", json!([edit(range(9, 9, 0, 1), "x")])), "ax");
        assert_eq!(changed("", json!([edit(range(3, 0, 7, 7), "x")])), "x");
    }
}
