//! Owns reading all of a script, or of the code in an attribute: piece by piece to the end, and what is left open there.

use super::copy::{Strings, Whole};
use super::frame::What;
use super::reader::{LONGEST_KEY, Last, Reader};
use crate::extract::html::attributes::Code;
use std::ops::Range;

/// So much may be open at once.
const DEEPEST: usize = 20_000;

impl<'a> Reader<'a, '_> {
    /// Reads all of it.
    pub(super) fn run(mut self, what: What<'a>) -> Option<Range<usize>> {
        self.read_all(what);
        self.tree.flush();
        self.write();
        self.torn
    }

    fn read_all(&mut self, what: What<'a>) {
        self.push(what);
        while self.at < self.end {
            let before = (self.at, self.frames.len());
            match self.frames.last().map(|frame| &frame.what) {
                Some(What::Children(_)) => self.children(),
                Some(What::Tag(_)) => self.in_tag(),
                Some(_) => self.piece(),
                None => break,
            }
            if self.frames.len() > DEEPEST {
                self.torn = Some(self.at..(self.at + 1).min(self.end));
                break;
            }
            if (self.at, self.frames.len()) == before {
                self.at += self
                    .text
                    .get(self.at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8);
            }
        }
        while self.frames.len() > 1 {
            let start = self.frames.last().map_or(0, |frame| frame.start);
            self.tear(start..(start + 1).min(self.end));
            self.pop();
        }
        self.pop();
    }

    /// Reads all of it as what stands in an attribute, amid text that goes on after it: gives back the data in it.
    pub(super) fn run_aside(mut self, code: &Code<'_>) -> (Vec<Whole>, Strings) {
        self.read_code(code);
        (self.whole, self.strings)
    }

    /// Reads all of it as the value of a key, or as statements.
    pub(super) fn run_code(mut self, code: &Code<'_>) -> Option<Range<usize>> {
        self.read_code(code);
        self.tree.flush();
        self.write();
        self.torn
    }

    fn read_code(&mut self, code: &Code<'_>) {
        match code {
            Code::Statements => self.read_all(What::Block),
            Code::Value(key) => {
                self.path.push_str(&key[..key.floor_char_boundary(LONGEST_KEY)]);
                self.last = Last::Operator;
                self.read_all(What::Braces { child: false });
            }
        }
    }
}
