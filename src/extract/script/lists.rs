//! Owns the lists that a script keeps under a name: each is written where the page first shows it, led into by what
//! stands there, and at the end where no page does.

use super::copy::{Strings, is_sentence};
use super::frame::What;
use super::reader::Reader;
use super::{Dialect, lex};
use crate::data::{Node, Value};
use crate::extract::flow::Flow;
use crate::extract::keys::Keys;
use crate::extract::strings;
use std::ops::Range;

/// Most lists that are looked for in a file.
const MOST: usize = 64;
/// So near a name stands the call that shows each of its items.
const NEAR: usize = 80;

/// The lists of a file, in order.
pub(in crate::extract) struct Lists<'a> {
    /// The whole of the file.
    text: &'a str,
    known: Vec<List>,
    /// How many may yet be looked for.
    patience: usize,
}

struct List {
    /// The name, dotted where it stands in an object.
    name: String,
    root: Node,
    strings: Strings,
    shown: bool,
}

impl<'a> Lists<'a> {
    /// None yet of a file.
    pub(in crate::extract) const fn new(text: &'a str) -> Self {
        Self {
            text,
            known: Vec::new(),
            patience: MOST,
        }
    }

    /// Keeps a list that is used elsewhere; gives it back where it is none, or is used nowhere.
    fn keep(&mut self, name: &str, root: Node, strings: &mut Strings) -> Option<Node> {
        if self.known.iter().any(|list| list.root.span == root.span) {
            // read once already, before the page
            return None;
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        if last.is_empty() || self.patience == 0 || !is_plain(&root) {
            return Some(root);
        }
        self.patience -= 1;
        if memchr::memmem::find_iter(self.text.as_bytes(), last.as_bytes())
            .nth(1)
            .is_none()
        {
            return Some(root);
        }
        let mut own = Strings::default();
        texts(&root, &mut |node| {
            own.extend(strings.remove_entry(&node.span.start));
        });
        self.known.push(List {
            name: name.to_owned(),
            root,
            strings: own,
            shown: false,
        });
        None
    }

    /// The list of a name, the first time that it is asked for.
    fn take(&mut self, name: &str) -> Option<&mut List> {
        let mut lists = self.known.iter_mut().rev();
        let list = lists.find(|list| list.name == name && !list.shown)?;
        list.shown = true;
        Some(list)
    }

    /// Writes what nothing has shown.
    pub(in crate::extract) fn finish(self, keys: &Keys, flow: &mut Flow) {
        flow.flush();
        flow.lead = None;
        for mut list in self.known.into_iter().filter(|list| !list.shown) {
            sift(&mut list.root, &list.name, keys);
            list.write(keys, flow);
        }
    }
}

impl List {
    fn write(&self, keys: &Keys, flow: &mut Flow) {
        let align = |node: &Node| self.strings.get(&node.span.start).cloned();
        flow.data(|blocks| strings::add(&self.root, &self.name, &align, keys, blocks));
    }
}

/// Whether it is a list of strings, or of objects with one string each.
fn is_plain(node: &Node) -> bool {
    let lone = |item: &Node| match &item.value {
        Value::Text(_) => true,
        Value::Map(entries) => matches!(entries.as_slice(), [entry] if entry.node.text().is_some()),
        _ => false,
    };
    matches!(&node.value, Value::List(items) if items.iter().all(lone))
}

fn below(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

/// Drops the items of lists for which neither the page nor their name nor their shape vouches.
fn sift(node: &mut Node, path: &str, keys: &Keys) {
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                sift(&mut entry.node, &below(path, &entry.key), keys);
            }
        }
        Value::List(items) if !keys.knows(path) => {
            items.retain(|item| item.text().is_none_or(|text| is_sentence(text, true)));
        }
        _ => {}
    }
}

/// Calls `found` with every string in data.
pub(super) fn texts(node: &Node, found: &mut impl FnMut(&Node)) {
    match &node.value {
        Value::Text(_) => found(node),
        Value::List(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| texts(&entry.node, found)),
        _ => {}
    }
}

impl Reader<'_, '_> {
    /// Keeps what a statement gives a name, where it is a list or an object of nothing but lists; returns the rest.
    pub(super) fn keep_lists(&mut self, path: &str, mut root: Node) -> Option<Node> {
        let strings = &mut self.strings;
        match &mut root.value {
            Value::List(_) => root = self.lists.keep(path, root, strings)?,
            Value::Map(entries) if entries.iter().all(|entry| entry.node.text().is_none()) => {
                for mut entry in std::mem::take(entries) {
                    let name = below(path, &entry.key);
                    if let Some(node) = self.lists.keep(&name, entry.node, strings) {
                        entry.node = node;
                        entries.push(entry);
                    }
                }
            }
            _ => {}
        }
        sift(&mut root, path, self.keys);
        Some(root)
    }

    /// Whether a string here is an item of a list that has a name, which may be shown somewhere.
    pub(super) fn is_item(&self) -> bool {
        match self.frames.as_slice() {
            [.., around, array] if matches!(array.what, What::Array) => match around.what {
                What::Block => around.named,
                What::Object => {
                    matches!(self.frames.iter().rev().nth(2), Some(outer) if matches!(outer.what, What::Block))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Shows the list that ends at `end`, where each of its items is shown here: `benefits.map(…)`.
    pub(super) fn show_each(&mut self, end: usize) {
        let reach = self.text.floor_char_boundary(end + NEAR);
        let rest = self.slice(end..reach).trim_start();
        let each = self.dialect == Dialect::Svelte && rest.starts_with("as ");
        let mapped = (rest.starts_with('.') || rest.starts_with("?.")) && rest.contains(".map(");
        // an expression that stands alone in a page of MDX
        let alone = self.path.is_empty() && self.frames.len() == 1;
        if (each || mapped) && (self.flows() || alone) {
            self.show(self.chain..end);
        }
    }

    /// Writes the list whose name stands at `range`, here.
    pub(super) fn show(&mut self, range: Range<usize>) {
        let name = self.slice(range);
        if let Some(list) = self.lists.take(name) {
            self.tree.flush();
            list.write(self.keys, &mut self.tree.flow);
        }
    }

    /// Gives what the braces that end here hold to the attribute whose value they are, where that is a list's name.
    pub(super) fn hand_braces(&mut self) {
        let Some([.., around, braces]) = self.frames.get(..) else {
            return;
        };
        let component = matches!(&around.what, What::Tag(tag) if !tag.is_native());
        if component && matches!(braces.what, What::Braces { child: false }) && !braces.is_silent() {
            self.hand(braces.start + 1..self.at);
        }
    }

    /// Gives the list whose name is all that `range` holds to what is open.
    pub(super) fn hand(&mut self, range: Range<usize>) {
        let name = self.slice(range).trim();
        if name.is_empty() || !name.bytes().all(|byte| lex::is_word(byte) || byte == b'.') {
            return;
        }
        if let Some(list) = self.lists.take(name) {
            self.strings.extend(std::mem::take(&mut list.strings));
            let root = list.root.clone();
            self.deliver(root);
        }
    }
}
