//! Owns the syntax that MDX adds to Markdown: expressions in braces, comments in them, imports and exports.

use super::{LONGEST, Mask, Painter};
use std::ops::Range;

/// How many bytes may be read in vain for closing braces that are not there, in one file.
const PATIENCE: usize = 1 << 20;

/// Masks everything MDX, and returns the comments addressed to caveat.
pub(super) fn paint(text: &str, painter: &mut Painter<'_>) -> Vec<(Range<usize>, String)> {
    let mut reader = Reader {
        text,
        patience: PATIENCE,
        comments: Vec::new(),
    };
    let mut fence: Option<u8> = None;
    let mut at = 0;
    while let Some(line) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = at + line.find('\n').map_or(line.len(), |n| n + 1);
        let mark = fence_mark(line);
        if mark.is_some() && (fence.is_none() || fence == mark) {
            fence = if fence.is_none() { mark } else { None };
            at = end;
        } else if fence.is_some() {
            at = end;
        } else if line.starts_with("import ") || line.starts_with("export ") {
            let stop = reader.statement(at, end);
            painter.paint(at..stop, Mask::Tag);
            at = stop.max(at + 1);
            at = text
                .get(at..)
                .map_or(text.len(), |rest| at + usize::from(rest.starts_with('\n')));
        } else {
            at = reader.line(at, end, painter);
        }
    }
    reader.comments
}

/// The character of the code fence that a line opens or closes.
fn fence_mark(line: &str) -> Option<u8> {
    let line = line.trim_start_matches([' ', '>', '\t']);
    (line.starts_with("```") || line.starts_with("~~~")).then(|| line.as_bytes().first().copied())?
}

struct Reader<'a> {
    text: &'a str,
    patience: usize,
    comments: Vec<(Range<usize>, String)>,
}

impl Reader<'_> {
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
                self.comments.push((at..close, comment.trim().to_owned()));
            }
            return Mask::Tag;
        }
        match inner {
            "\" \"" | "' '" | "` `" => Mask::Space,
            _ => Mask::Value,
        }
    }

    /// The end of the braces that open at `at`.
    fn balanced(&mut self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let reach = self.patience.min(LONGEST);
        for (n, byte) in self.text.as_bytes().get(at..)?.iter().take(reach).enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                return Some(at + n + 1);
            }
        }
        self.patience = self.patience.saturating_sub(LONGEST);
        None
    }

    /// Where an import or export whose first line is `at..end` ends, before its line end.
    fn statement(&mut self, at: usize, end: usize) -> usize {
        let first = self.text.get(at..end).unwrap_or_default();
        let line_end = at + first.trim_end().len();
        let Some(open) = first.find('{') else {
            return line_end;
        };
        let Some(close) = self.balanced(at + open) else {
            return line_end;
        };
        let rest = self.text.get(close..).unwrap_or_default();
        let line = rest.find('\n').map_or(rest, |n| rest.get(..n).unwrap_or(rest));
        (close + line.trim_end().len()).max(line_end)
    }
}
