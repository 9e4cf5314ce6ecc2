//! Owns the keys of the file: reads its tree into rows and collects everything that is wrong with it.

use super::Row;
use crate::data::{Entry, Mistake, Node, Value, nearest, parse_yaml};
use crate::finding::{Decision, DecisionKind};
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// Every key of a row. `rule`, `line` and `copy` are for people and never compared.
pub(super) const KEYS: [&str; 12] = [
    "finding", "path", "line", "rule", "copy", "decision", "wording", "reason", "to", "until", "by", "day",
];
const VERSION: &str = "1";

/// The rows of a file and what is wrong with it.
pub(super) fn read(text: &str) -> (Vec<Row>, Vec<Mistake>) {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = match parse_yaml(bare, (text.len() - bare.len()) as u32) {
        Ok(root) => root,
        Err(mistakes) => return (Vec::new(), mistakes),
    };
    let mut reader = Reader::default();
    let rows = reader.sheet(&root);
    reader.mistakes.sort_by_key(|mistake| mistake.span);
    (rows, reader.mistakes)
}

#[derive(Default)]
struct Reader {
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn sheet(&mut self, root: &Node) -> Vec<Row> {
        let Some(entries) = root.map() else {
            let what = root.kind();
            self.wrong(
                root.span,
                format!("decisions must be a mapping with the list `decisions`, but this is {what}"),
                "the page that `caveat review` writes exports such a file",
            );
            return Vec::new();
        };
        self.known(entries, &["version", "decisions"]);
        match root.get("version") {
            Some(node) if !matches!(&node.value, Value::Number(number) if number == VERSION) => {
                let message = format!("this caveat reads version {VERSION}");
                self.wrong(node.span, message, "a newer caveat wrote this file; use that one");
            }
            Some(_) => {}
            None => self.wrong(root.span, "`version` is missing here", "write `version: 1`"),
        }
        let list = root.get("decisions").filter(|node| node.value != Value::Null);
        let items = list.map_or(&[][..], |node| {
            node.list().unwrap_or_else(|| {
                self.kind(node, "decisions", "a list");
                &[]
            })
        });
        items.iter().filter_map(|item| self.row(item)).collect()
    }

    fn row(&mut self, node: &Node) -> Option<Row> {
        let Some(entries) = node.map() else {
            self.kind(node, "a decision", "a mapping");
            return None;
        };
        let before = self.mistakes.len();
        self.known(entries, &KEYS);
        let path = self.needed(node, "path", "name the file as reports name it");
        let finding = self.needed(node, "finding", FINGERPRINT);
        if let Some(print) = finding.as_ref().filter(|print| !is_fingerprint(print)) {
            let message = format!("`{print}` is no fingerprint");
            self.wrong(span_of(node, "finding"), message, FINGERPRINT);
        }
        let kind = self.needed(node, "decision", "say change, accept, escalate or false-alarm");
        let kind = kind.and_then(|name| self.decision(node, &name));
        let by = self.needed(node, "by", "say who decided");
        let day = self.needed(node, "day", "write the day of the decision as 2026-11-30");
        let day = day.and_then(|written| self.day(node, "day", &written));
        let [wording, reason, to, until] =
            ["wording", "reason", "to", "until"].map(|key| self.text(node, key));
        let until = until.and_then(|written| self.day(node, "until", &written));
        if self.mistakes.len() > before {
            return None;
        }
        let decision = Decision {
            kind: kind?,
            by: by?,
            day: day?,
            reason,
            wording,
            to,
            until,
        };
        if let Some(unsound) = decision.unsound() {
            let known = node.get(unsound.key).is_some();
            let at = span_of(node, if known { unsound.key } else { "decision" });
            self.wrong(at, unsound.message, unsound.help);
            return None;
        }
        Some(Row {
            path: path?,
            finding: finding?,
            copy: self.text(node, "copy"),
            decision: Arc::new(decision),
            span: span_of(node, "decision"),
        })
    }

    fn known(&mut self, entries: &[Entry], keys: &[&str]) {
        for entry in entries.iter().filter(|entry| !keys.contains(&entry.key.as_ref())) {
            let mistake = Mistake::new(entry.key_span, format!("unknown key `{}`", entry.key));
            self.mistakes.push(mistake.among(&entry.key, keys));
        }
    }

    /// The text of a key that a row must have.
    fn needed(&mut self, row: &Node, key: &str, help: &'static str) -> Option<String> {
        if let Some(node) = row.get(key) {
            let text = self.text(row, key);
            if text.is_none() && (node.value == Value::Null || node.text().is_some()) {
                self.wrong(node.span, format!("`{key}` is empty"), help);
            }
            return text;
        }
        // A misspelt key is told as such.
        let meant = |entry: &Entry| !KEYS.contains(&&*entry.key) && nearest(&entry.key, KEYS) == Some(key);
        if !row.map().is_some_and(|entries| entries.iter().any(meant)) {
            self.wrong(first_key(row), format!("`{key}` is missing here"), help);
        }
        None
    }

    /// Text that says something; a key with nothing behind it says nothing.
    fn text(&mut self, row: &Node, key: &str) -> Option<String> {
        let node = row.get(key)?;
        match &node.value {
            Value::Text(text) | Value::Number(text) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            Value::Null => None,
            _ => {
                self.kind(node, key, "text");
                None
            }
        }
    }

    fn decision(&mut self, row: &Node, name: &str) -> Option<DecisionKind> {
        let kind = name.parse().ok();
        if kind.is_none() {
            let names: Vec<&str> = DecisionKind::ALL.iter().map(|kind| kind.name()).collect();
            let mistake = Mistake::new(span_of(row, "decision"), format!("unknown decision `{name}`"));
            self.mistakes.push(mistake.among(name, &names));
        }
        kind
    }

    fn day(&mut self, row: &Node, key: &str, written: &str) -> Option<Date> {
        let shape = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let day = written.parse().ok().filter(|_| shape);
        if day.is_none() {
            let message = format!("`{key}` is no day");
            self.wrong(span_of(row, key), message, "write a day as 2026-11-30");
        }
        day
    }

    fn kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` must be {wanted}, but this is {}", node.kind());
        self.mistakes.push(Mistake::new(node.span, message));
    }

    fn wrong(&mut self, span: Span<Source>, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::new(span, message).help(help));
    }
}

const FINGERPRINT: &str =
    "copy the finding's `fingerprint` of 32 signs; the json report and the review page write it";

fn is_fingerprint(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn span_of(row: &Node, key: &str) -> Span<Source> {
    row.get(key).map_or_else(|| first_key(row), |node| node.span)
}

/// Where a row begins.
fn first_key(row: &Node) -> Span<Source> {
    let first = row.map().and_then(<[Entry]>::first);
    first.map_or(row.span, |entry| entry.key_span)
}
