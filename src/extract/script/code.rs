//! Owns the attributes whose values are code: what Vue binds and repeats, and what is done when something happens.

use super::frame::What;
use super::reader::Reader;
use super::{Dialect, names};
use crate::extract::html::attributes::{self, Code};
use std::ops::Range;

impl<'a> Reader<'a, '_> {
    /// Readies the path for an attribute whose value is an expression.
    pub(super) fn name_value(&mut self, name: &'a str) {
        let at = self.at;
        let rest = self.text.get(at..).unwrap_or_default();
        let value: String = rest.chars().take(60).filter(|c| !c.is_whitespace()).collect();
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let What::Tag(tag) = &mut frame.what else { return };
        match name {
            "hidden" => tag.hidden |= !value.starts_with("{false}"),
            "style" => tag.hidden |= value.contains("display:'none'") || value.contains("display:\"none\""),
            "href" | "to" => tag.leads = true,
            _ => {}
        }
        let known = || {
            names::attribute(tag.name, name, self.keys).or_else(|| {
                match attributes::code("", name, self.keys)? {
                    Code::Value(key) => Some(key),
                    Code::Statements => None,
                }
            })
        };
        let key = Some(name)
            .filter(|_| !tag.is_native() || attributes::is_event(name))
            .or_else(known);
        frame.silent_statement = key.is_none_or(|key| matches!(key, "style" | "className" | "class" | "sx"));
        self.push_key(key.unwrap_or_default());
    }

    /// Reads the code in an attribute.
    pub(super) fn code(&mut self, code: &Code<'_>, value: Range<usize>) {
        let reader = Reader::new(
            self.text,
            value,
            Dialect::Script,
            self.keys,
            self.tree,
            self.lists,
        );
        let (whole, strings) = reader.run_aside(code);
        self.whole.extend(whole);
        self.strings.extend(strings);
    }

    /// Reads the expression that an attribute of Vue binds, and says whether it binds one: `:items="[…]"`.
    pub(super) fn bound(&mut self, name: &str, value: Range<usize>, native: bool) -> bool {
        let Some(name) = name.strip_prefix("v-bind:").or_else(|| name.strip_prefix(':')) else {
            return false;
        };
        if !native {
            self.push_key(name);
            self.hand(value.clone());
        }
        let shown = names::attribute("", name, self.keys).filter(|_| native);
        if let Some(key) = shown.or((!native).then_some(name)) {
            self.code(&Code::Value(key), value);
        }
        true
    }

    /// Shows the list that an element of Vue is repeated for: `v-for="item in items"`, or in the attribute itself.
    pub(super) fn repeat(&mut self, value: Range<usize>) {
        let says = self.slice(value.clone());
        let list = [" in ", " of "].iter().find_map(|word| says.split_once(word));
        if let Some((_, list)) = list {
            let start = value.end - list.trim_start().len();
            self.show(start..start + list.trim().len());
            if list.contains(['"', '\'', '`']) {
                self.code(&Code::Value("items"), start..value.end);
            }
        }
    }
}
