//! Owns reading TOML into nodes.

use super::{Entry, Mistake, Node, Value};
use crate::text::{Source, Span};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// Reads a TOML document that stands at byte `base` of the file; spans count from the file's start.
///
/// # Errors
/// The first mistake of syntax.
pub fn parse_toml(text: &str, base: u32) -> Result<Node, Vec<Mistake>> {
    let reader = Reader { text, base };
    match Document::parse(text) {
        Ok(document) => {
            let mut node = reader.table(document.as_table(), 0..text.len());
            node.span = reader.span(0..text.len());
            Ok(node)
        }
        Err(error) => {
            let span = reader.span(error.span().unwrap_or(0..0));
            let message = error.message().lines().next().unwrap_or_default();
            Err(vec![Mistake::new(span, format!("This is not TOML: {message}"))])
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    base: u32,
}

/// Nesting needs no limit of its own here: the parser stops at 80 levels.
impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span<Source> {
        let span = Span::<Source>::of(range);
        Span::new(
            self.base.saturating_add(span.start),
            self.base.saturating_add(span.end),
        )
    }

    fn table(&self, table: &dyn TableLike, around: Range<usize>) -> Node {
        let mut entries = Vec::new();
        let mut hull: Option<Range<usize>> = None;
        for (name, item) in table.iter() {
            let key = table
                .key(name)
                .and_then(toml_edit::Key::span)
                .unwrap_or_else(|| around.clone());
            let node = self.item(item, key.clone());
            let end = node.span.end.saturating_sub(self.base) as usize;
            let whole = hull.unwrap_or_else(|| key.clone());
            hull = Some(whole.start.min(key.start)..whole.end.max(key.end).max(end));
            entries.push(Entry {
                key: name.to_owned().into(),
                key_span: self.span(key),
                node,
            });
        }
        // A table that keys with dots or headers below it make has no place of its own.
        Node {
            span: self.span(hull.unwrap_or(around)),
            value: Value::Map(entries),
        }
    }

    fn item(&self, item: &Item, around: Range<usize>) -> Node {
        match item {
            Item::None => Node {
                span: self.span(around),
                value: Value::Null,
            },
            Item::Value(value) => self.value(value, around),
            Item::Table(table) => {
                let own = table.span();
                let mut node = self.table(table, own.clone().unwrap_or(around));
                if let Some(own) = own {
                    node.span = node.span.hull(self.span(own));
                }
                node
            }
            Item::ArrayOfTables(tables) => {
                let items: Vec<Node> = tables
                    .iter()
                    .map(|table| self.table(table, table.span().unwrap_or_else(|| around.clone())))
                    .collect();
                let span = items
                    .iter()
                    .map(|node| node.span)
                    .reduce(Span::hull)
                    .unwrap_or_else(|| self.span(around));
                Node {
                    span,
                    value: Value::List(items),
                }
            }
        }
    }

    fn value(&self, value: &toml_edit::Value, around: Range<usize>) -> Node {
        let range = value.span().unwrap_or(around);
        let span = self.span(range.clone());
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let value = match value {
            toml_edit::Value::String(text) => Value::Text(text.value().clone().into()),
            toml_edit::Value::Integer(_) | toml_edit::Value::Float(_) => Value::Number(raw.to_owned().into()),
            toml_edit::Value::Boolean(bool) => Value::Bool(*bool.value()),
            toml_edit::Value::Datetime(date) => Value::Text(date.value().to_string().into()),
            toml_edit::Value::Array(array) => {
                Value::List(array.iter().map(|item| self.value(item, range.clone())).collect())
            }
            toml_edit::Value::InlineTable(table) => self.table(table, range.clone()).value,
        };
        Node { span, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "title = \"é \\\"x\\\"\"  # c\nday = 2024-05-01\nn = 1_000\na.b = true\n\
        [[faq]]\nq = 'one'\n[[faq]]\nq = \"\"\"\ntwo\n\"\"\"\n[t]\nl = [1, {k = \"v\"}]\n";

    #[test]
    fn values_know_their_places() {
        let node = parse_toml(TEXT, 0).unwrap();
        let raw = |node: &Node| node.span.slice(TEXT).to_owned();
        assert_eq!(raw(node.get("title").unwrap()), "\"é \\\"x\\\"\"");
        assert_eq!(node.get("title").unwrap().text(), Some("é \"x\""));
        assert_eq!(node.get("day").unwrap().text(), Some("2024-05-01"));
        assert_eq!(node.get("n").unwrap().value, Value::Number("1_000".into()));
        assert_eq!(node.get("a").unwrap().get("b").unwrap().value, Value::Bool(true));
        let faq = node.get("faq").unwrap().list().unwrap();
        assert_eq!(raw(faq[0].get("q").unwrap()), "'one'");
        assert_eq!(faq[1].get("q").unwrap().text(), Some("two\n"));
        let list = node.get("t").unwrap().get("l").unwrap().list().unwrap();
        assert_eq!(raw(list[1].get("k").unwrap()), "\"v\"");
        assert_eq!(raw(node.get("t").unwrap()), "[t]\nl = [1, {k = \"v\"}]");
    }

    #[test]
    fn spans_count_from_the_base() {
        let node = parse_toml("a = 1", 100).unwrap();
        assert_eq!(node.get("a").unwrap().span, Span::new(104, 105));
    }

    #[test]
    fn mistakes_have_places() {
        for text in ["a = ", "a = 1\na = 2\n", "[a\n", "\0"] {
            assert!(parse_toml(text, 0).unwrap_err()[0].message.contains("not TOML"));
        }
        let deep = format!("a = {}", "[".repeat(100_000));
        assert!(parse_toml(&deep, 0).is_err());
    }
}
