//! Owns a named, immutable text with its line index. It does not know where the text came from.

use crate::text::{LineIndex, Position, Source, Span};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// A file's text under the name that reports show.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: Arc<str>,
    /// Made when first asked for: most files have nothing to point at.
    lines: OnceLock<LineIndex>,
    blank: OnceLock<bool>,
}

impl SourceFile {
    /// A text of at most 4 GiB under `name`.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
            blank: OnceLock::new(),
        }
    }

    /// Whether there is nothing but white space in it.
    pub fn is_blank(&self) -> bool {
        *self.blank.get_or_init(|| self.text.trim_start().is_empty())
    }

    /// The name as given on the command line or found by walking, with forward slashes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The slice at `span`; empty where the span lies outside.
    pub fn slice(&self, span: Span<Source>) -> &str {
        span.slice(&self.text)
    }

    /// Line and column of a byte offset.
    pub fn position(&self, at: u32) -> Position {
        self.lines().position(&self.text, at)
    }

    /// The hash by which the text is known again.
    pub fn sha256(&self) -> String {
        sha256(self.text.as_bytes())
    }

    /// How many characters stand before a byte offset.
    pub fn characters(&self, at: u32) -> u32 {
        self.lines().characters(&self.text, at)
    }

    /// The line starts.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
