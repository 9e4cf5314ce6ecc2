//! Owns the messages that a component of Vue holds in a part of its own: `<i18n>`, in JSON or YAML, of which the English
//! ones are copy.

use super::reader::Reader;
use crate::data::{Node, align};
use crate::extract::data::{is_english, read_json, read_yaml};
use crate::extract::strings;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Reads the messages in `range`.
    pub(super) fn messages(&mut self, range: Range<usize>) {
        let text = self.slice(range.clone());
        let base = u32::try_from(range.start).unwrap_or(u32::MAX);
        let read = if text.trim_start().starts_with('{') {
            read_json(text, base)
        } else {
            read_yaml(text, base)
        };
        let (keys, source) = (self.keys, self.text);
        let place = |node: &Node| align(node, source);
        self.tree.flush();
        for entry in read.root.map().unwrap_or_default() {
            if is_english(&entry.key) {
                let add = |blocks: &mut Vec<_>| strings::add(&entry.node, "", &place, keys, blocks);
                self.tree.flow.data(add);
            }
        }
    }
}
