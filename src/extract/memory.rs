//! Owns what is remembered of how a file was read.

use super::markdown::Past;
use crate::document::Document;

/// What is remembered of a file from one reading to the next, for [`Format::extract_again`](super::Format::extract_again): of a
/// Markdown file its text and its blocks. Reading another file with it is no mistake; it helps then no more than a new one.
#[derive(Default)]
pub struct Memory(pub(super) Option<Past>);

impl Memory {
    /// Takes back the document that was read last with this memory, when nobody needs it any more.
    pub fn keep(&mut self, document: Document) {
        if let Some(past) = &mut self.0 {
            past.keep(document);
        }
    }
}
