//! Owns reading files of data: JSON, YAML, TOML, CSV, XML and gettext. Their strings of copy are what a reader of the
//! site sees.

mod comments;
mod csv;
mod gettext;
mod json;
mod locale;
mod programs;
mod quoted;
mod salvage;
mod xml;

#[cfg(test)]
mod tests;

use super::template::defaults;
use super::{Extracted, Keys, strings};
use crate::data::{Mistake, Node, align, parse_toml};
use crate::source::SourceFile;
use crate::text::{Derived, Prose, Source, Span};
use std::sync::Arc;

pub use locale::{holds_translations, translation};
pub(super) use locale::{is_english, is_english_texts};
pub use programs::is_for_programs;

/// The formats.
pub(super) const NAMES: [&str; 6] = ["json", "yaml", "toml", "csv", "xml", "gettext"];

/// Comments of YAML, TOML and gettext.
const HASH: comments::Marks = &[("#", "")];

/// A tree, and what is wrong in the text that it was read from.
pub(super) struct Read {
    /// What could be read.
    pub(super) root: Node,
    /// What could not be read.
    pub(super) mistakes: Vec<Mistake>,
    /// What is wrong and was read all the same.
    pub(super) tolerated: Vec<Mistake>,
}

/// Reads a JSON file, with the comments, commas and quotes that JSONC and JSON5 allow.
pub(super) fn json(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    let marks = &[("//", ""), ("/*", "*/")];
    extract(file, keys, json::read, align, marks)
}

/// Reads a YAML file.
pub(super) fn yaml(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract(file, keys, read_yaml, align, HASH)
}

/// Reads a TOML file.
pub(super) fn toml(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract(file, keys, read_toml, align, HASH)
}

/// Reads a table of values between commas, semicolons or tabs.
pub(super) fn csv(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract(file, keys, csv::read, csv::align, &[])
}

/// Reads an XML file: a feed, an export of WordPress, anything.
pub(super) fn xml(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract(file, keys, xml::read, xml::align, &[("<!--", "-->")])
}

/// Reads a gettext catalogue.
pub(super) fn gettext(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    extract(file, keys, gettext::read, gettext::align, HASH)
}

/// Reads JSON; what stands before and after a mistake is read.
pub(super) fn read_json(text: &str, base: u32) -> Read {
    json::read(text, base)
}

/// Reads TOML; what is broken is not read.
pub(super) fn read_toml(text: &str, base: u32) -> Read {
    match parse_toml(text, base) {
        Ok(root) => whole(root),
        Err(mistakes) => Read {
            mistakes,
            ..whole(nothing(base))
        },
    }
}

/// Reads YAML as site generators do; of what is broken, each outermost entry on its own.
pub(super) fn read_yaml(text: &str, base: u32) -> Read {
    match quoted::parse(text, base) {
        Ok((root, tolerated)) => Read {
            tolerated,
            ..whole(root)
        },
        Err(mistakes) => {
            let salvage::Salvaged { root, whole: all } = salvage::entries(text, base);
            let (mistakes, tolerated) = if all {
                (Vec::new(), mistakes)
            } else {
                (mistakes, Vec::new())
            };
            Read {
                root,
                mistakes,
                tolerated,
            }
        }
    }
}

fn whole(root: Node) -> Read {
    Read {
        root,
        mistakes: Vec::new(),
        tolerated: Vec::new(),
    }
}

fn nothing(base: u32) -> Node {
    Node {
        span: Span::empty(base),
        value: crate::data::Value::Null,
    }
}

fn extract(
    file: &Arc<SourceFile>,
    keys: &Keys,
    read: fn(&str, u32) -> Read,
    align: fn(&Node, &str) -> Option<Derived<Prose, Source>>,
    marks: comments::Marks,
) -> Extracted {
    let source = file.text();
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut blocks = Vec::new();
    let (mut mistakes, mut tolerated) = (Vec::new(), Vec::new());
    if !is_for_programs(file.name()) {
        let read = read(source.get(start..).unwrap_or_default(), start as u32);
        let align = |node: &Node| align(node, source);
        if programs::have_defaults(file.name(), &read.root) {
            let mut found = Vec::new();
            defaults(&read.root, &mut found);
            for (path, node) in found {
                strings::add(node, &path, &align, keys, &mut blocks);
            }
        } else if !programs::have_shape(&read.root) {
            strings::add(&read.root, "", &align, keys, &mut blocks);
            // whoever mends the first looks at the rest again; of a template nothing else is to be expected
            let told = if source.contains("{{") {
                &mut tolerated
            } else {
                &mut mistakes
            };
            told.extend(read.mistakes.into_iter().next());
        }
    }
    let directives = comments::directives(source, marks, &blocks);
    Extracted {
        mistakes,
        tolerated,
        ..Extracted::new(file, (blocks, directives))
    }
}
