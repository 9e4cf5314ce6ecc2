//! Owns what front matter lets pass: `caveat: {allow: [{rule, reason, until, by, ticket}]}`, for the whole file.

use super::comment::{self, NO_DAY};
use super::{Reader, Written};
use crate::data::Needed::Yes;
use crate::data::Shape::{Text, Word};
use crate::data::{Key, Mistake, Node, Value, joined, keys, knows, names, nearest};
use crate::document::Document;
use crate::finding::ExceptionKind;
use crate::text::Span;

keys! {
    const NEEDED {
        /// The full name of the rule that the file lets pass.
        "rule": Text, Yes;
        /// Why it may stand.
        "reason": Word, Yes;
    }
}

/// The keys of an item of `allow`.
pub const ALLOW: &[Key] = &joined::<{ NEEDED.len() + comment::KEYS.len() }>(&[NEEDED, comment::KEYS]);

/// The value of `allow`.
pub(super) fn allow(document: &Document) -> Option<&Node> {
    document.settings.as_ref()?.get("allow")
}

pub(super) fn read(document: &Document, reader: &mut Reader<'_>) {
    let Some(node) = allow(document) else {
        return;
    };
    let Some(items) = node.list() else {
        let message = format!("`allow` must be a list, and this is {}", node.kind());
        return reader.wrong(Mistake::new(node.span, message).help(FORM));
    };
    for item in items {
        match written(item) {
            Err(mistake) => reader.wrong(mistake),
            Ok((written, at)) => {
                if reader.names(&written.rule, at.span) {
                    let whole = Span::new(0, u32::MAX);
                    reader.add(
                        ExceptionKind::FrontMatter,
                        written,
                        item.span,
                        Some(whole),
                        "the file".into(),
                    );
                }
            }
        }
    }
}

const FORM: &str =
    "write `allow: [{rule: PACK/RULE, reason: why it may stand, until: DATE, by: NAME, ticket: ID}]`";

/// What an item says, and where it names its rule.
fn written(item: &Node) -> Result<(Written, &Node), Mistake> {
    let Some(entries) = item.map() else {
        let message = format!(
            "an item of `allow` must be a mapping, and this is {}",
            item.kind()
        );
        return Err(Mistake::new(item.span, message).help(FORM));
    };
    let mut out = Written::default();
    let mut rule = None;
    for entry in entries {
        let key = entry.key.as_ref();
        if !knows(ALLOW, key) {
            let help = match nearest(key, names(ALLOW)) {
                Some(near) => format!("`{near}` is the nearest key"),
                None => format!("there are: {}", names(ALLOW).join(", ")),
            };
            return Err(Mistake::new(entry.key_span, format!("unknown key `{key}`")).help(help));
        }
        let node = &entry.node;
        let text = match &node.value {
            Value::Text(text) | Value::Number(text) if !text.trim().is_empty() => text.trim(),
            _ => {
                let message = format!("`{key}` must be text, and this is {}", node.kind());
                return Err(Mistake::new(node.span, message).help(FORM));
            }
        };
        match key {
            "rule" => {
                text.clone_into(&mut out.rule);
                rule = Some(node);
            }
            "reason" => out.reason = comment::one_line(text),
            "until" => match comment::day(text) {
                Some(day) => out.until = Some(day),
                None => return Err(Mistake::new(node.span, format!("`{text}` is no day")).help(NO_DAY)),
            },
            "by" => out.by = Some(text.to_owned()),
            _ => out.ticket = Some(text.to_owned()),
        }
    }
    let missing = |what: &str| Err(Mistake::new(item.span, what).help(FORM));
    match rule {
        None => missing("no rule is named"),
        Some(_) if !comment::is_reason(&out.reason) => missing("no reason is given"),
        Some(rule) => Ok((out, rule)),
    }
}
