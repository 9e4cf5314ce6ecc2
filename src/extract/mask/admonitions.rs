//! Owns the boxes of Markdown dialects: `!!! note "Title"` and `=== "Tab"` with an indented body, `:::tip[Title]`,
//! `::hero{title="Title"}` with its slots, `> [!faq] Title`. Their marks go, their titles become headings, and their bodies are read like any other text.

use super::{Aside, Mask, Painter};
use std::ops::Range;

/// Overwrites the marks of boxes in a text. Returns where quotations begin that are boxes, and the attributes of boxes
/// beside their titles.
pub(super) fn paint<'a>(
    text: &'a str,
    painter: &mut Painter<'a>,
) -> (Vec<usize>, Vec<(Range<usize>, Aside)>) {
    let mut boxes = Boxes {
        text,
        painter,
        open: Vec::new(),
        fence: None,
        starts: Vec::new(),
        attributes: Vec::new(),
        component: false,
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let below = below(&lines);
    let mut at = 0;
    for (line, below) in lines.into_iter().zip(below) {
        boxes.line(line, at, below);
        at += line.len();
    }
    (boxes.starts, boxes.attributes)
}

/// For each line how far the next that says something is indented.
fn below(lines: &[&str]) -> Vec<usize> {
    let mut below = vec![0; lines.len()];
    let mut next = 0;
    for (line, below) in lines.iter().zip(&mut below).rev() {
        *below = next;
        if !line.trim().is_empty() {
            next = if line.starts_with('\t') {
                INDENT
            } else {
                spaces(line)
            };
        }
    }
    below
}

fn spaces(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Whether a text may have such boxes.
pub(super) fn any(text: &str) -> bool {
    let marks = ["!!!", "???", "=== \"", "===! \"", "===+ \"", "\n::", "[!"];
    text.starts_with("::")
        || marks
            .iter()
            .any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

struct Boxes<'a, 'p> {
    text: &'a str,
    painter: &'p mut Painter<'a>,
    /// The indents of the boxes around this line, outermost first.
    open: Vec<usize>,
    /// The sign of the code fence around this line.
    fence: Option<u8>,
    starts: Vec<usize>,
    attributes: Vec<(Range<usize>, Aside)>,
    /// Whether a component has begun, which may have slots.
    component: bool,
}

/// What stands before the title of a box, and the title.
struct Mark {
    mark: usize,
    title: Range<usize>,
}

/// The most boxes in one another.
const DEEPEST: usize = 16;
/// How far the body of a box is indented.
const INDENT: usize = 4;

impl Boxes<'_, '_> {
    fn line(&mut self, line: &str, at: usize, below: usize) {
        let bare = line.trim_end();
        let indent = spaces(bare);
        let tab = indent == 0 && bare.starts_with('\t');
        let words = bare.trim_start();
        if words.is_empty() {
            return;
        }
        if !tab {
            self.open.retain(|opened| indent >= opened + INDENT);
        } else {
            self.open.truncate(1);
        }
        for (depth, opened) in self.open.iter().enumerate() {
            if tab {
                self.painter.put(at..at + 1, ">");
            } else {
                self.painter.put(at + opened..at + opened + INDENT, " >  ");
            }
            if depth == 0 {
                self.starts.push(at);
            }
        }
        let place = at + bare.len() - words.len();
        if let Some(sign) = fence(words) {
            match self.fence {
                None => self.fence = Some(sign),
                Some(open) if open == sign => self.fence = None,
                Some(_) => {}
            }
        } else if self.fence.is_none() {
            self.mark(words, place, indent, below);
        }
    }

    fn mark(&mut self, words: &str, at: usize, indent: usize, below: usize) {
        if let Some(mark) = indented(words).filter(|_| below >= indent + INDENT) {
            if self.open.len() < DEEPEST {
                self.open.push(indent);
            }
            self.head(&mark, words, at);
        } else if let Some(mark) = container(words) {
            self.component |= !words.starts_with(":::");
            let others = attributes(words)
                .filter(|value| value.start > mark.title.end || value.end < mark.title.start);
            let place = |value: Range<usize>| (at + value.start..at + value.end, Aside::Quoted);
            self.attributes.extend(others.map(place));
            self.head(&mark, words, at);
        } else if self.component && is_slot(words) {
            self.painter.put(at..at + words.len(), &" ".repeat(words.len()));
        } else if let Some(length) = callout(words) {
            // the quotation begins with this line, or goes on: then nothing begins here
            self.starts.push(at);
            let lead = words.len() - words.trim_start_matches(['>', ' ']).len();
            let mark = at + lead..at + lead + length;
            if words
                .get(lead + length..)
                .is_some_and(|title| title.trim().is_empty())
            {
                self.painter.paint(mark, Mask::Tag);
            } else {
                let heading = "#".repeat(6.min(length - 1));
                self.painter.put(mark, &format!("{heading:length$}"));
            }
        }
    }

    /// Makes a heading of the title, or nothing of the line.
    fn head(&mut self, mark: &Mark, words: &str, at: usize) {
        let title = self
            .text
            .get(at + mark.title.start..at + mark.title.end)
            .unwrap_or_default();
        if title.trim().is_empty() {
            self.painter.put(at..at + words.len(), &" ".repeat(words.len()));
            return;
        }
        let level = (mark.mark - 1).min(6);
        let lead = "#".repeat(level) + &" ".repeat(mark.mark - level);
        self.painter.put(at..at + mark.mark, &lead);
        let rest = words.len() - mark.title.end;
        self.painter
            .put(at + mark.title.end..at + words.len(), &" ".repeat(rest));
    }
}

/// The sign of the code fence that a line opens or closes.
fn fence(words: &str) -> Option<u8> {
    let words = words.trim_start_matches(['>', ' ']);
    (words.starts_with("```") || words.starts_with("~~~")).then(|| words.as_bytes().first().copied())?
}

/// `!!! note "Title"`, `??? note`, `=== "Tab"`.
fn indented(words: &str) -> Option<Mark> {
    let sign = ["!!!", "???+", "???", "===!", "===+", "==="]
        .into_iter()
        .find(|sign| words.starts_with(sign))?;
    let rest = words.get(sign.len()..)?;
    let quote = rest.find('"');
    let kind = rest.get(..quote.unwrap_or(rest.len()))?;
    let named = kind.trim().starts_with(|c: char| c.is_ascii_alphabetic());
    if !kind.starts_with(' ') || (sign.starts_with('=') && (quote.is_none() || !kind.trim().is_empty())) {
        return None;
    }
    if !sign.starts_with('=') && (!named || kind.split_whitespace().count() > 4) {
        return None;
    }
    let start = sign.len() + quote.map_or(rest.len(), |quote| quote + 1);
    let end = words
        .rfind('"')
        .filter(|end| *end >= start)
        .unwrap_or(words.len());
    Some(Mark {
        mark: start,
        title: start..end.max(start),
    })
}

/// `#title` on a line of its own: what follows stands in this slot of a component.
fn is_slot(words: &str) -> bool {
    words.strip_prefix('#').is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// `:::tip[Title]`, `::: details Title`, `::hero{title="Title"}`, `:::`, `::`.
fn container(words: &str) -> Option<Mark> {
    let colons = words.bytes().take_while(|byte| *byte == b':').count();
    let rest = words.get(colons..)?;
    let component = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_lowercase());
    if colons < 2 || colons == 2 && !component {
        return None;
    }
    let space = rest.len() - rest.trim_start().len();
    let name = rest
        .bytes()
        .skip(space)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let after = rest.get(space + name..)?;
    let from = colons + space + name;
    if colons == 2 && !(after.is_empty() || after.starts_with(['{', '['])) {
        return None;
    }
    let (start, end) = if let Some(inner) = after.strip_prefix('[') {
        (from + 1, from + 1 + inner.find(']').unwrap_or(inner.len()))
    } else if let Some(title) = after.starts_with('{').then(|| after.find("title=\"")).flatten() {
        let inner = title + "title=\"".len();
        let length = after.get(inner..)?.find('"')?;
        (from + inner, from + inner + length)
    } else if after.starts_with(' ') && !after.trim_start().starts_with('{') {
        (from + after.len() - after.trim_start().len(), words.len())
    } else {
        (words.len(), words.len())
    };
    Some(Mark {
        mark: start,
        title: start..end,
    })
}

/// The values of the attributes in `::hero{title="…" text="…"}`, with their quotes.
fn attributes(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = words.find('{').unwrap_or(words.len());
    std::iter::from_fn(move || {
        let start = at + words.get(at..)?.find("=\"")? + 1;
        at = start + 2 + words.get(start + 1..)?.find('"')?;
        Some(start..at)
    })
}

/// The kinds of boxes that Markdown itself knows, without a title.
const KNOWN: [&str; 5] = ["[!note]", "[!tip]", "[!important]", "[!warning]", "[!caution]"];

/// How many bytes `[!faq]-` takes in `> [!faq]- Title`.
fn callout(words: &str) -> Option<usize> {
    let rest = words.strip_prefix('>')?.trim_start_matches(['>', ' ']);
    let inner = rest.strip_prefix("[!")?;
    let name = inner
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let close = inner.get(name..)?.strip_prefix(']')?;
    if KNOWN.contains(&rest.to_ascii_lowercase().as_str()) || name == 0 {
        return None;
    }
    let fold = usize::from(close.starts_with(['-', '+']));
    Some(2 + name + 1 + fold)
}
