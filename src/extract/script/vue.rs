//! Owns the attributes of Vue whose values are expressions.

use super::reader::Reader;
use super::{Dialect, names};
use std::ops::Range;

impl Reader<'_, '_> {
    /// Reads the expression in an attribute of Vue: `:items="[…]"`.
    pub(super) fn bound(&mut self, name: &str, value: Range<usize>, native: bool) {
        if !native {
            self.push_key(name);
            self.hand(value.clone());
        }
        let shown = names::attribute("", name).filter(|_| native);
        if let Some(key) = shown.or((!native).then_some(name)) {
            let reader = Reader::new(
                self.text,
                value,
                Dialect::Script,
                self.keys,
                self.tree,
                self.lists,
            );
            reader.run_value(key);
        }
    }

    /// Shows the list that an element of Vue is repeated for: `v-for="item in items"`.
    pub(super) fn repeat(&mut self, value: Range<usize>) {
        let says = self.slice(value.clone());
        let list = [" in ", " of "].iter().find_map(|word| says.split_once(word));
        if let Some((_, list)) = list {
            let start = value.end - list.trim_start().len();
            self.show(start..start + list.trim().len());
        }
    }
}
