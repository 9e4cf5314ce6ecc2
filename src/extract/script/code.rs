//! Owns the attributes whose values are code: what Vue binds and repeats, and what is done when something happens.

use super::frame::What;
use super::reader::Reader;
use super::{Dialect, names};
use crate::document::BlockKind;
use crate::extract::html::attributes::{self, Code};
use std::ops::Range;

/// The type of a field is looked for so far into its tag, in bytes.
const LONGEST_TAG: usize = 500;

impl<'a> Reader<'a, '_> {
    /// Readies the path for an attribute whose value is an expression.
    pub(super) fn name_value(&mut self, name: &'a str) {
        let at = self.at;
        let rest = self.text.get(at..).unwrap_or_default();
        let value: String = rest.chars().take(60).filter(|c| !c.is_whitespace()).collect();
        let about = self.about(name);
        let field = self.field();
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
            let own = names::attribute(tag.name, name, self.keys);
            own.and_then(|key| attributes::of_field(key, field)).or_else(|| {
                match attributes::code("", name, self.keys)? {
                    Code::Value(key) => Some(key),
                    Code::Statements => None,
                }
            })
        };
        let key = Some(name)
            .filter(|_| !tag.is_native() || attributes::is_event(name))
            .or_else(known)
            .or(about)
            .or_else(|| name.starts_with("use:").then_some(""));
        frame.silent_statement = key.is_none_or(|key| matches!(key, "style" | "className" | "class" | "sx"));
        self.push_key(key.unwrap_or_default());
    }

    /// The type of the field whose tag is being read, wherever in it that stands.
    fn field(&self) -> Option<&'a str> {
        let frame = self.frames.last()?;
        let start = matches!(frame.what, What::Tag(_)).then_some(frame.start)?;
        let tag = self.text.get(start..self.end)?.strip_prefix("<input")?;
        let tag = tag.get(..tag.floor_char_boundary(LONGEST_TAG))?;
        let tag = tag.split('<').next()?;
        let (_, kind) = tag.split_once(" type=")?;
        let quote = kind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        kind.get(1..)?.split(quote).next()
    }

    /// The key of what an element says about the page in this attribute: `<meta name="description" content={…}>`.
    fn about(&self, name: &str) -> Option<&'static str> {
        let What::Tag(tag) = &self.frames.last()?.what else {
            return None;
        };
        if (tag.name, name) != ("meta", "content") {
            return None;
        }
        let names = ["name", "property", "itemprop"];
        let mut attributes = tag.attributes.iter();
        let (_, says) = attributes.find(|(name, _)| names.contains(name))?;
        Some(match attributes::meta(self.slice(says.clone()))? {
            BlockKind::Title => "metatitle",
            BlockKind::Alt => "alt",
            _ => "metadescription",
        })
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
    pub(super) fn bound(&mut self, element: &str, name: &str, value: Range<usize>, native: bool) -> bool {
        let Some(name) = name.strip_prefix("v-bind:").or_else(|| name.strip_prefix(':')) else {
            return false;
        };
        if !native {
            self.push_key(name);
            self.hand(value.clone());
        }
        let shown = names::attribute(element, name, self.keys).filter(|_| native);
        let shown = shown.and_then(|key| attributes::of_field(key, self.field()));
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
