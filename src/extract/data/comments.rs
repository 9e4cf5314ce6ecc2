//! Owns finding comments addressed to caveat in files of data: each stands on a line of its own.

use crate::document::{Block, Directive};
use crate::text::{Source, Span};

/// How a comment begins and ends.
pub(super) type Marks = &'static [(&'static str, &'static str)];

/// The comments of a file, in order; what stands in a string of copy is none.
pub(super) fn directives(source: &str, marks: Marks, blocks: &[Block]) -> Vec<Directive> {
    let mut out = Vec::new();
    if marks.is_empty() || memchr::memmem::find(source.as_bytes(), b"caveat-").is_none() {
        return out;
    }
    let mut before = 0;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let Some(text) = comment(line.trim(), marks) else {
            continue;
        };
        let span = Span::<Source>::of(start..start + line.trim().len());
        let place = |block: &Block| block.prose.origin(block.prose.span());
        before += blocks
            .iter()
            .skip(before)
            .take_while(|block| place(block).start < span.end)
            .count();
        let inside = before.checked_sub(1).and_then(|last| blocks.get(last)).map(place);
        if inside.is_none_or(|inside| inside.end <= span.start) {
            out.push(Directive {
                text: text.to_owned(),
                span,
                before: u32::try_from(before).unwrap_or(u32::MAX),
            });
        }
    }
    out
}

/// What a line that is a comment to caveat says.
fn comment(line: &str, marks: Marks) -> Option<&str> {
    let inner = |(open, close): &(&str, &str)| line.strip_prefix(open)?.strip_suffix(close);
    let text = marks.iter().find_map(inner)?.trim();
    text.starts_with("caveat-").then_some(text)
}
