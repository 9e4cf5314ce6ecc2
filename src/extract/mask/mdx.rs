//! Owns the syntax that MDX adds to Markdown: expressions in braces, comments in them, imports and exports.

use super::{Aside, Mask, Painter};
use std::ops::Range;

/// Nothing longer is taken for one expression or statement.
const LONGEST: usize = 1 << 15;

/// How many bytes may be read in vain for closing braces that are not there, in one file.
const PATIENCE: usize = 1 << 20;

/// Masks everything MDX, and returns what of it is to be read besides.
pub(super) fn paint(text: &str, painter: &mut Painter<'_>) -> Vec<(Range<usize>, Aside)> {
    let mut reader = Reader {
        text,
        patience: PATIENCE,
        asides: Vec::new(),
    };
    let mut fence: Option<u8> = None;
    let mut at = 0;
    // whether no paragraph is open, so that code may stand here
    let mut opens = true;
    while let Some(line) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = at + line.find('\n').map_or(line.len(), |n| n + 1);
        let mark = fence_mark(line);
        if mark.is_some() && (fence.is_none() || fence == mark) {
            fence = if fence.is_none() { mark } else { None };
            opens = true;
            at = end;
        } else if fence.is_some() {
            at = end;
        } else if opens && let Some(stop) = reader.element(at) {
            at = stop;
        } else if opens && is_module(text.get(at..end).unwrap_or_default()) {
            let stop = reader.statement(at, end);
            painter.paint(at..stop, Mask::Tag);
            reader.asides.push((at..stop, Aside::Statement));
            at = stop.max(at + 1);
            at = text
                .get(at..)
                .map_or(text.len(), |rest| at + usize::from(rest.starts_with('\n')));
        } else {
            let words = text.get(at..end).unwrap_or_default().trim();
            opens = words.is_empty() || words.starts_with(['#', '<', '{', '}', '/']);
            at = reader.line(at, end, painter);
        }
    }
    reader.asides
}

/// Whether a line begins a statement that brings something in or gives it away, rather than a sentence.
fn is_module(line: &str) -> bool {
    let words = line
        .strip_prefix("import ")
        .or_else(|| line.strip_prefix("export "));
    let Some(words) = words.map(str::trim_start) else {
        return false;
    };
    let first = words
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default();
    let is_keyword = matches!(
        first,
        "const" | "let" | "var" | "function" | "async" | "class" | "default" | "type" | "interface" | "enum"
    );
    is_keyword
        || words.starts_with(['{', '*', '"', '\''])
        || line.contains(" from ")
        || line.contains(" as ")
        || words.trim_end().trim_end_matches(';') == first
}

/// The character of the code fence that a line opens or closes.
fn fence_mark(line: &str) -> Option<u8> {
    let line = line.trim_start_matches([' ', '>', '\t']);
    (line.starts_with("```") || line.starts_with("~~~")).then(|| line.as_bytes().first().copied())?
}

struct Reader<'a> {
    text: &'a str,
    patience: usize,
    asides: Vec<(Range<usize>, Aside)>,
}

impl Reader<'_> {
    /// Where the script or style ends that begins at `at`: what is in it is no expression of the page.
    fn element(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..).filter(|_| self.patience > 0)?;
        let opened = rest.strip_prefix('<')?;
        let name = ["script", "style"]
            .into_iter()
            .find(|name| opened.starts_with(name))?;
        let Some(close) = memchr::memmem::find(rest.as_bytes(), format!("</{name}").as_bytes()) else {
            self.patience = self.patience.saturating_sub(rest.len());
            return None;
        };
        let line = rest.get(close..)?.find('\n');
        Some(line.map_or(self.text.len(), |line| at + close + line + 1))
    }

    /// Masks the expressions that begin in the line `at..end`; returns where reading goes on, which is further
    /// where an expression reaches over the line's end.
    fn line(&mut self, mut at: usize, end: usize, painter: &mut Painter<'_>) -> usize {
        let bytes = self.text.as_bytes();
        let mut code = false;
        while at < end {
            match bytes.get(at) {
                Some(b'`') => code = !code,
                Some(b'\\') => at += 1,
                Some(b'{') if !code => {
                    if let Some(close) = self.balanced(at) {
                        let mask = self.expression(at, close);
                        painter.paint(at..close, mask);
                        at = close;
                        continue;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        // never before the line's end, and on a character boundary
        let at = at.max(end);
        self.text.get(at..).map_or(end, |_| at)
    }

    /// How the expression reads; a comment addressed to caveat is kept.
    fn expression(&mut self, at: usize, close: usize) -> Mask {
        let inner = self.text.get(at + 1..close - 1).unwrap_or_default().trim();
        if let Some(comment) = inner
            .strip_prefix("/*")
            .and_then(|inner| inner.strip_suffix("*/"))
        {
            if comment.trim().starts_with("caveat-") {
                let says = comment.trim().to_owned();
                self.asides.push((at..close, Aside::Comment(says)));
            }
            return Mask::Tag;
        }
        match inner {
            "\" \"" | "' '" | "` `" => Mask::Space,
            _ => {
                self.asides.push((at..close, Aside::Value));
                Mask::Value
            }
        }
    }

    /// The end of the brackets that open at `at`. A quote after a letter is an apostrophe, and opens no string.
    fn balanced(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let end = bytes.len().min(at + self.patience.min(LONGEST));
        let (mut depth, mut place, mut before) = (0_usize, at, b' ');
        while place < end {
            let byte = bytes[place];
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => depth = depth.saturating_sub(1),
                b'"' | b'\'' if !before.is_ascii_alphanumeric() => {
                    let line = bytes.get(place + 1..end).unwrap_or_default();
                    let close = memchr::memchr2(byte, b'\n', line).unwrap_or(line.len());
                    place += close + usize::from(line.get(close) == Some(&byte));
                }
                _ => {}
            }
            if depth == 0 {
                return Some(place + 1);
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            place += 1;
        }
        self.patience = self.patience.saturating_sub(LONGEST);
        None
    }

    /// Where an import or export whose first line is `at..end` ends, before its line end.
    fn statement(&mut self, at: usize, end: usize) -> usize {
        let mut stop = at;
        let mut line_end = at + self.text.get(at..end).unwrap_or_default().trim_end().len();
        while let Some(open) = self
            .text
            .get(stop..line_end)
            .and_then(|line| line.find(['{', '[', '(']))
        {
            let Some(close) = self.balanced(stop + open) else {
                break;
            };
            let rest = self.text.get(close..).unwrap_or_default();
            let line = rest.find('\n').map_or(rest, |n| rest.get(..n).unwrap_or(rest));
            stop = close;
            line_end = (close + line.trim_end().len()).max(line_end);
        }
        line_end
    }
}
