//! Owns reading values of the register's tree: what kind each must be, and the mistakes that say so.

use super::keys::CLAIM;
use crate::data::{Entry, Key, Mistake, Node, knows, names, nearest};
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::path::Path;

/// Reads values and collects mistakes.
pub(super) struct Reader<'a> {
    /// Where evidence is looked for.
    pub(super) folder: &'a Path,
    /// The markets that there are.
    pub(super) markets: &'a [&'a str],
    pub(super) mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    pub(super) fn known(&mut self, entries: &[Entry], keys: &[Key]) {
        for entry in entries.iter().filter(|entry| !knows(keys, &entry.key)) {
            let mistake = Mistake::new(entry.key_span, format!("unknown key `{}`", entry.key));
            self.mistakes.push(mistake.among(&entry.key, &names(keys)));
        }
    }

    pub(super) fn needed<'n>(&mut self, claim: &'n Node, key: &str) -> Option<&'n Node> {
        let node = claim.get(key);
        // A misspelt key is told as such.
        let meant =
            |entry: &Entry| !knows(CLAIM, &entry.key) && nearest(&entry.key, names(CLAIM)) == Some(key);
        if node.is_none() && !claim.map().is_some_and(|entries| entries.iter().any(meant)) {
            let span = claim.get("id").map_or_else(|| first_line(claim), |id| id.span);
            self.wrong(span, format!("`{key}` is missing here"), needs(key));
        }
        node
    }

    /// Text that says something.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match node.text() {
            Some(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(_) => {
                self.wrong(node.span, format!("`{what}` is empty"), needs(what));
                None
            }
            None => {
                self.wrong_kind(node, what, "text");
                None
            }
        }
    }

    pub(super) fn day(&mut self, node: &Node, what: &str) -> Option<Date> {
        let written = node.text().unwrap_or_default();
        let shape = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let day = written.parse().ok().filter(|_| shape);
        if day.is_none() {
            self.wrong(
                node.span,
                format!("`{what}` is no day"),
                "write a day as 2026-11-23",
            );
        }
        day
    }

    pub(super) fn one_of(&mut self, node: &Node, what: &str, names: &[&str]) -> Option<String> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, what, "text");
            return None;
        };
        if !names.contains(&text) {
            let mistake = Mistake::new(node.span, format!("unknown {what} `{text}`"));
            self.mistakes.push(mistake.among(text, names));
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn one_or_many<'n>(&mut self, claim: &'n Node, key: &str) -> &'n [Node] {
        match claim.get(key) {
            Some(node) if node.text().is_some() => std::slice::from_ref(node),
            _ => self.list(claim, key),
        }
    }

    pub(super) fn list<'n>(&mut self, claim: &'n Node, key: &str) -> &'n [Node] {
        claim.get(key).map_or(&[], |node| self.items(node, key))
    }

    pub(super) fn items<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        node.list().unwrap_or_else(|| {
            self.wrong_kind(node, what, "a list");
            &[]
        })
    }

    pub(super) fn wrong_kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` must be {wanted}, but this is {}", node.kind());
        self.mistakes.push(Mistake::new(node.span, message));
    }

    pub(super) fn wrong(&mut self, span: Span<Source>, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::new(span, message).help(help));
    }
}

/// What would be right where a key is missing or empty.
fn needs(key: &str) -> &'static str {
    match key {
        "id" => "a claim has an id by which reports name it",
        "text" => "write the claim as it was approved",
        "approver" => "name who approved the claim",
        "approved" => "write the day of the approval as 2026-11-23",
        "review-by" => "write the last day on which the claim holds as 2026-11-23",
        _ => "write something, or leave the key out",
    }
}

/// A claim without an id is shown where it begins.
fn first_line(claim: &Node) -> Span<Source> {
    let first = claim.map().and_then(<[Entry]>::first);
    first.map_or(claim.span, |entry| entry.key_span)
}
