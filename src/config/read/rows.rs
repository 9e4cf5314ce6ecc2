//! Owns the keys of `caveat.yaml` that are rows of what holds for which paths.

use super::Reader;
use super::keys::{self, SATISFIED};
use crate::config::{By, ByPath, Satisfied};
use crate::data::{Key, Mistake, Node, knows};
use crate::finding::Category;
use std::path::Path;

impl Reader {
    /// A list of `{paths, KEY}`.
    pub(super) fn rows<T>(
        &mut self,
        node: &Node,
        key: &str,
        keys: &[Key],
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<ByPath<T>> {
        self.rows_with(node, key, keys, |reader, value, _| read(reader, value))
    }

    /// The same, of rows with these keys; `read` is given the value and the row.
    fn rows_with<T>(
        &mut self,
        node: &Node,
        key: &str,
        keys: &[Key],
        mut read: impl FnMut(&mut Self, &Node, &Node) -> Option<T>,
    ) -> Vec<ByPath<T>> {
        let mut rows = Vec::new();
        for item in self.items(node, key) {
            let Some(entries) = item.map() else {
                self.wrong_kind(item, key, &format!("a mapping with `paths` and `{key}`"));
                continue;
            };
            for entry in entries.iter().filter(|entry| !knows(keys, &entry.key)) {
                self.unknown_key(entry, keys);
            }
            let paths = self
                .needed(item, "paths")
                .and_then(|node| self.globs(node, "paths"));
            let value = self.needed(item, key).and_then(|node| read(self, node, item));
            if let (Some(paths), Some(value)) = (paths, value) {
                let line = self.line(item);
                rows.push(ByPath { paths, value, line });
            }
        }
        rows
    }

    /// Statements that a layout makes.
    pub(super) fn satisfied(&mut self, node: &Node, root: &Path) -> Vec<ByPath<Satisfied>> {
        self.rows_with(node, "statements", SATISFIED, |reader, statements, row| {
            let by = row.get("by").and_then(|node| reader.by(node, root));
            Some(Satisfied {
                statements: reader.statements(statements)?,
                by,
            })
        })
    }

    /// The file that makes statements; none where it is no name.
    fn by(&mut self, node: &Node, root: &Path) -> Option<By> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, "by", "text");
            return None;
        };
        Some(By {
            path: root.join(text).components().collect(),
            shown: text.to_owned(),
            span: node.span,
        })
    }

    fn needed<'a>(&mut self, item: &'a Node, key: &str) -> Option<&'a Node> {
        let node = item.get(key);
        if node.is_none() {
            self.mistakes
                .push(Mistake::new(item.span, format!("`{key}` is missing here")));
        }
        node
    }

    fn statements(&mut self, node: &Node) -> Option<Vec<Category>> {
        let missing = keys::statements();
        let mut out = Vec::new();
        for item in self.items(node, "statements") {
            match item.text() {
                Some(text) if missing.contains(&text) => out.extend(text.parse::<Category>()),
                Some(text) => {
                    let mistake = Mistake::new(item.span, format!("unknown statement `{text}`"));
                    self.mistakes.push(mistake.among(text, &missing));
                }
                None => self.wrong_kind(item, "statement", "text"),
            }
        }
        Some(out)
    }

    pub(super) fn keys(&mut self, node: &Node) -> Option<Vec<String>> {
        let mut out = Vec::new();
        for item in self.items(node, "keys") {
            match item.text() {
                Some(text) if text.split('.').any(|key| !key.contains(char::is_alphabetic)) => {
                    let mistake = Mistake::new(item.span, format!("`{text}` names no key"));
                    self.mistakes
                        .push(mistake.help("write a key, or keys with dots between them: `hero.lead`"));
                }
                Some(text) => out.push(text.to_owned()),
                None => self.wrong_kind(item, "key", "text"),
            }
        }
        Some(out)
    }
}
