//! Owns what stands beside the text: boxes and pictures, and where a comment goes on words that it may not stand on.

use super::{BOXES, Reader};
use crate::draft::paragraph::{Hook, Raw};
use crate::source::draft::Shape;

impl Reader<'_> {
    /// Where a comment on what stands here stands.
    pub(super) fn hook(&self) -> Hook {
        if let Some(label) = &self.note {
            return Hook::Note(label.clone());
        }
        if !self.asked.body {
            return Hook::Top;
        }
        if self.controls > 0 && self.outer.is_empty() {
            return self.free.map_or(Hook::Top, Hook::Run);
        }
        let host = self.outer.first().and_then(|outer| outer.run.as_ref());
        host.map_or(Hook::Words, |run| Hook::Run(run.number))
    }

    pub(super) fn begin_box(&mut self) -> bool {
        if self.outer.len() >= BOXES || self.here.run.is_none() {
            return false;
        }
        self.outer.push(std::mem::take(&mut self.here));
        true
    }

    pub(super) fn end_box(&mut self) {
        self.end_joined();
        if let Some(outer) = self.outer.pop() {
            self.here = outer;
        }
    }

    /// Adds a picture's alternative text.
    pub(super) fn picture(&mut self, text: String) {
        let hook = match (self.hook(), &self.here.run) {
            (Hook::Words, Some(run)) => Hook::Run(run.number),
            (hook, _) => hook,
        };
        let page = self.page;
        if self.here.paragraph.is_none() || text.trim().is_empty() {
            return;
        }
        self.here.beside.push(Raw {
            text: text.replace(['\n', '\r'], " "),
            shape: Some(Shape::Alt),
            number: self.numbers,
            page,
            hook,
            ..Raw::default()
        });
    }
}
