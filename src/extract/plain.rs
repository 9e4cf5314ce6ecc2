//! Owns reading plain text, where headings and lists are told by their shape alone.

#[cfg(test)]
mod tests;

use super::element::Role;
use super::flow::{Flow, Place};
use super::template::{self, Dialect};
use super::{Extracted, Keys};
use crate::source::SourceFile;
use std::ops::Range;
use std::sync::Arc;

/// Most words of a line that may be a heading or an item of an unmarked list.
const SHORT: usize = 12;

/// Reads a plain text file.
pub(super) fn extract(file: &Arc<SourceFile>, _: &Keys) -> Extracted {
    if is_stream(file.text()) {
        return Extracted::new(file, (Vec::new(), Vec::new()));
    }
    let text = template::read(file.text(), 0, Dialect::default()).text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let paragraphs = paragraphs(&text, start);
    let mut flow = Flow::new(Vec::new(), 0);
    write(&text, &paragraphs, &mut flow);
    Extracted::new(file, flow.finish())
}

/// Whether a text is what React sends to browsers, rows of data under numbers: a site that Next exports has one beside each
/// page, with the same copy.
pub fn is_stream(text: &str) -> bool {
    let mut rows = text.lines().filter(|line| !line.is_empty()).take(2).map(|line| {
        let row = line.split_once(':').filter(|(number, _)| {
            (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        row.is_some_and(|(_, row)| {
            ["I[", "HL[", "\"$", "[", "{"]
                .iter()
                .any(|lead| row.starts_with(lead))
        })
    });
    rows.next() == Some(true) && rows.next() == Some(true)
}

/// Lines that belong together.
struct Paragraph {
    /// Its lines, without white space and marks around them.
    lines: Range<usize>,
    /// Whether it begins with the mark of a list.
    marked: bool,
    /// Whether it is one short line that ends like no sentence.
    short: bool,
    /// Whether a blank line, or the file's start, stands before it.
    apart: bool,
}

/// Cuts a text at blank lines and at the marks of lists.
fn paragraphs(text: &str, start: usize) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut blank = true;
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let bare = line.trim();
        let range = at + lead..at + lead + bare.len();
        at += line.len();
        if bare.is_empty() {
            blank = true;
            continue;
        }
        let mark = mark(bare);
        match out.last_mut() {
            Some(last) if !blank && mark == 0 => last.lines.end = range.end,
            _ => out.push(Paragraph {
                lines: range.start + mark..range.end,
                marked: mark > 0,
                short: false,
                apart: blank,
            }),
        }
        blank = false;
    }
    for paragraph in &mut out {
        let words = text.get(paragraph.lines.clone()).unwrap_or_default();
        paragraph.short = !paragraph.marked
            && !words.contains('\n')
            && !words.ends_with(['.', '!', ',', ';'])
            && words.split_whitespace().take(SHORT + 1).count() <= SHORT;
    }
    out
}

/// How many bytes of list mark and space begin a line: `- `, `• `, `3. `, `3) `.
pub(super) fn mark(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    let mark = if digits == 0 {
        after.starts_with(['-', '*', '•', '·', '●', '◦', '▪', '–', '✓', '✔'])
    } else {
        digits <= 3 && after.starts_with(['.', ')'])
    };
    let Some(sign) = after.chars().next().filter(|_| mark) else {
        return 0;
    };
    let rest = after.get(sign.len_utf8()..).unwrap_or_default();
    let space = rest.len() - rest.trim_start().len();
    let glued = matches!(sign, '•' | '●' | '✓' | '✔' | '▪');
    if space == 0 && !glued {
        return 0;
    }
    digits + sign.len_utf8() + space
}

fn write(text: &str, paragraphs: &[Paragraph], flow: &mut Flow) {
    let mut at = 0;
    let mut list_lead = None;
    while let Some(paragraph) = paragraphs.get(at) {
        if paragraph.marked {
            let lead = *list_lead.get_or_insert(flow.lead);
            put(text, paragraph, Role::ListItem, lead, flow);
            at += 1;
            continue;
        }
        list_lead = None;
        let run = run_length(paragraphs, at);
        if run == 0 {
            put(text, paragraph, Role::Paragraph, None, flow);
            at += 1;
            continue;
        }
        let after_colon = at
            .checked_sub(1)
            .and_then(|before| paragraphs.get(before))
            .is_some_and(|before| ends_with(text, before, ':'));
        let shorts = paragraphs.get(at..at + run).unwrap_or_default();
        let listed = paragraphs.get(at + run).is_some_and(|next| next.marked);
        match shorts {
            // `it helps with` above a list
            [lone] if listed && ends_in_lower_case(text, lone) && !ends_with(text, lone, '?') => {
                put(text, lone, Role::Paragraph, None, flow);
            }
            _ => write_run(text, shorts, after_colon, at == 0, flow),
        }
        at += run;
    }
}

/// How many short paragraphs follow one another from `at` on.
fn run_length(paragraphs: &[Paragraph], at: usize) -> usize {
    let rest = paragraphs.get(at..).unwrap_or_default();
    rest.iter()
        .take_while(|paragraph| paragraph.short && paragraph.apart)
        .count()
}

/// Writes short paragraphs that follow one another: a list after a colon, and the headings around it.
fn write_run(text: &str, run: &[Paragraph], after_colon: bool, opens: bool, flow: &mut Flow) {
    let mut in_list = after_colon && listed(text, run) > 0;
    let mut lead = flow.lead;
    let lone = run.len() == 1;
    for (n, paragraph) in run.iter().enumerate() {
        let rest = run.get(n + 1..).unwrap_or_default();
        let question = ends_with(text, paragraph, '?');
        let colon = ends_with(text, paragraph, ':');
        let heads_list = colon && listed(text, rest) > 1;
        let last_of_list = rest.is_empty() && in_list && n > 1 && stands_out(text, run);
        if question || colon || last_of_list {
            // `it helps with, including:` is a sentence that goes on in its list
            let sentence = heads_list && ends_in_lower_case(text, paragraph);
            let role = if sentence {
                Role::Paragraph
            } else {
                Role::Heading(2)
            };
            put(text, paragraph, role, None, flow);
            in_list = heads_list;
            lead = flow.lead;
        } else if in_list {
            put(text, paragraph, Role::ListItem, lead, flow);
        } else if lone || (opens && n == 0) || (run.len() == 2 && rest.is_empty()) {
            put(
                text,
                paragraph,
                Role::Heading(if opens && n == 0 { 1 } else { 2 }),
                None,
                flow,
            );
        } else {
            put(text, paragraph, Role::Paragraph, None, flow);
        }
    }
}

/// How many paragraphs at the start of a run may be items: those before a question or another lead-in.
fn listed(text: &str, run: &[Paragraph]) -> usize {
    run.iter()
        .take_while(|paragraph| !ends_with(text, paragraph, '?') && !ends_with(text, paragraph, ':'))
        .count()
}

/// Whether the last of a run is written in title case while most of the others are not.
fn stands_out(text: &str, run: &[Paragraph]) -> bool {
    let Some((last, others)) = run.split_last() else {
        return false;
    };
    let titled = |paragraph: &Paragraph| is_title_case(text.get(paragraph.lines.clone()).unwrap_or_default());
    titled(last) && others.iter().filter(|other| titled(other)).count() * 2 < others.len()
}

/// Whether a phrase of two words or more begins every longer word with a capital.
fn is_title_case(phrase: &str) -> bool {
    let long: Vec<&str> = phrase.split_whitespace().filter(|word| word.len() > 3).collect();
    long.len() > 1
        && long
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether the last of several words begins with a small letter.
fn ends_in_lower_case(text: &str, paragraph: &Paragraph) -> bool {
    let words = text.get(paragraph.lines.clone()).unwrap_or_default();
    let last = words.split_whitespace().skip(1).last();
    last.and_then(|word| word.chars().next())
        .is_some_and(char::is_lowercase)
}

fn ends_with(text: &str, paragraph: &Paragraph, end: char) -> bool {
    text.get(paragraph.lines.clone())
        .is_some_and(|words| words.ends_with(end))
}

fn put(text: &str, paragraph: &Paragraph, role: Role, lead_in: Option<u32>, flow: &mut Flow) {
    flow.place = Place {
        role,
        quoted: false,
        lead_in,
    };
    flow.has_plain = true;
    let words = text.get(paragraph.lines.clone()).unwrap_or_default();
    flow.writer.plain(words, paragraph.lines.start);
    flow.flush();
}
