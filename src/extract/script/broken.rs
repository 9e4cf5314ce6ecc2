//! Owns what is wrong with a script: what has no end, marks of a conflict, and tags typed in the middle of code.

use super::lex;
use super::reader::{Last, Reader};
use std::ops::Range;

/// Whether an attribute of JSX may have this name.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| lex::is_word(byte) || matches!(byte, b'-' | b':' | b'.'))
}

impl Reader<'_, '_> {
    /// Notes the first thing that has no end.
    pub(super) fn tear(&mut self, range: Range<usize>) {
        self.torn.get_or_insert(range);
    }

    /// Passes the line that begins here if it marks a conflict of versions: what both say is read.
    pub(super) fn conflict(&mut self) -> bool {
        let rest = self.text.get(self.at..self.end).unwrap_or_default();
        if !rest.starts_with("<<<<<<< ") {
            return false;
        }
        let line = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        self.tear(self.at..self.at + line);
        self.at += line;
        true
    }

    /// What stands here belongs to no tag: the one that is open was typed in the middle of a script, which goes on.
    pub(super) fn give_up_tag(&mut self) {
        let start = self.frames.last().map_or(self.at, |frame| frame.start);
        self.tear(start..start + 1);
        self.pop();
        self.last = Last::Operator;
    }
}
