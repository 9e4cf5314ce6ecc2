//! Owns reading tables of values between commas, semicolons or tabs: each row is an object whose keys are the names of
//! the columns.

use super::Read;
use crate::data::{Entry, Mistake, Node, Value};
use crate::text::{Derived, Prose, Source, Span};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::ops::Range;

/// The longest name of a column, in characters.
const NAME: usize = 60;

/// Reads a table.
pub(super) fn read(text: &str, base: u32) -> Read {
    let mut rows = rows(text);
    let is_head = |row: &Vec<Range<usize>>| {
        row.iter()
            .all(|cell| is_name(decoded(slice(text, cell), 0).text()))
    };
    let head = match rows.first() {
        Some(first) if rows.len() > 1 && is_head(first) => rows.remove(0),
        _ => Vec::new(),
    };
    let names: Vec<String> = head
        .iter()
        .map(|cell| decoded(slice(text, cell), 0).text().replace('.', " "))
        .collect();
    let mistakes = rows
        .last()
        .and_then(|row| row.last())
        .filter(|cell| is_unclosed(slice(text, cell)))
        .map(|cell| {
            Mistake::new(
                span(&(cell.start..cell.start + 1), base),
                "This quote is never closed",
            )
        });
    let items = rows.iter().map(|row| object(row, &names, text, base));
    Read {
        root: Node {
            span: span(&(0..text.len()), base),
            value: Value::List(items.collect()),
        },
        mistakes: mistakes.into_iter().collect(),
        tolerated: Vec::new(),
    }
}

/// The text of a cell: without its quotes, a doubled one for a single one. WooCommerce writes `\n` for the end of a line.
pub(super) fn align(node: &Node, source: &str) -> Option<Derived<Prose, Source>> {
    node.text()?;
    Some(decoded(node.span.slice(source), node.span.start))
}

fn object(row: &[Range<usize>], names: &[String], text: &str, base: u32) -> Node {
    let entries = row.iter().enumerate().map(|(at, cell)| Entry {
        key: names.get(at).cloned().unwrap_or_else(|| at.to_string()).into(),
        key_span: span(&(cell.start..cell.start), base),
        node: Node {
            span: span(cell, base),
            value: Value::Text(decoded(slice(text, cell), 0).text().to_owned().into()),
        },
    });
    Node {
        span: Span::empty(base),
        value: Value::Map(entries.collect()),
    }
}

/// Whether a cell may be the name of a column.
fn is_name(cell: &str) -> bool {
    cell.chars().count() <= NAME && !cell.contains(['\n', '<', '!', '?']) && !cell.trim_end().ends_with('.')
}

fn span(range: &Range<usize>, base: u32) -> Span<Source> {
    let span = Span::<Source>::of(range.clone());
    Span::new(span.start.saturating_add(base), span.end.saturating_add(base))
}

fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

/// Where every cell of every row stands, quotes included.
fn rows(text: &str) -> Vec<Vec<Range<usize>>> {
    let delimiter = delimiter(text);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut rows, mut row, mut at) = (Vec::new(), Vec::new(), 0);
    // the reader wants somewhere to write what the cells hold
    let mut spare = [0; 4096];
    while let Some((end, ends_row)) = field(&mut reader, text.as_bytes(), at, &mut spare) {
        row.push(cell(text, at..end, delimiter, row.is_empty()));
        at = end;
        if ends_row {
            rows.push(std::mem::take(&mut row));
        }
    }
    rows.push(row);
    rows.retain(|row| !row.is_empty());
    rows
}

/// Where the field that begins at `at` ends, with what closes it, and whether it ends its row.
fn field(reader: &mut Reader, bytes: &[u8], mut at: usize, spare: &mut [u8]) -> Option<(usize, bool)> {
    loop {
        let (result, read, _) = reader.read_field(bytes.get(at..).unwrap_or_default(), spare);
        at += read;
        match result {
            ReadFieldResult::Field { record_end } => return Some((at, record_end)),
            ReadFieldResult::End => return None,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
        }
    }
}

/// A field without what closes it, and without ends of lines before the first of a row.
fn cell(text: &str, field: Range<usize>, delimiter: u8, first: bool) -> Range<usize> {
    let raw = slice(text, &field);
    let lead = if first {
        raw.len() - raw.trim_start_matches(['\r', '\n']).len()
    } else {
        0
    };
    let closes = raw.ends_with([char::from(delimiter), '\n', '\r']);
    let start = field.start + lead;
    start..(field.end - usize::from(closes)).max(start)
}

/// What parts the cells: of the marks that may, the one that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default().as_bytes();
    let count = |mark: &u8| line.iter().filter(|byte| *byte == mark).count();
    // of equals the last is taken
    b";\t,".iter().copied().max_by_key(count).unwrap_or(b',')
}

/// Whether a cell begins with a quote that nothing closes.
fn is_unclosed(raw: &str) -> bool {
    raw.strip_prefix('"')
        .is_some_and(|rest| rest.matches('"').count() % 2 == 0)
}

fn decoded(raw: &str, at: u32) -> Derived<Prose, Source> {
    let mut out = Derived::new();
    let quoted = raw.len() > 1 && raw.starts_with('"') && raw.ends_with('"');
    let (mut rest, mut at) = (raw, at);
    if quoted {
        rest = raw.get(1..raw.len() - 1).unwrap_or_default();
        at += 1;
    }
    while let Some(mark) = rest.find(['"', '\\']) {
        let (before, from) = rest.split_at(mark);
        out.push_verbatim(before, at);
        at += Span::<Source>::of(0..mark).end;
        let (piece, len) = match from.get(..2) {
            Some("\"\"") if quoted => ("\"", 2),
            Some("\\n") => ("\n", 2),
            _ => (from.get(..1).unwrap_or_default(), 1),
        };
        if len == 1 {
            out.push_verbatim(piece, at);
        } else {
            out.push_atomic(piece, Span::new(at, at + 2));
        }
        at += Span::<Source>::of(0..len).end;
        rest = from.get(len..).unwrap_or_default();
    }
    out.push_verbatim(rest, at);
    out
}
