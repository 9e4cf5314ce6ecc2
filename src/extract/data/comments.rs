//! Owns finding comments addressed to caveat in files of data: each stands on a line of its own.

use crate::document::{Block, Directive};
use crate::extract::flow::place;
use crate::text::{Source, Span};

/// How a comment begins and ends.
pub(super) type Marks = &'static [(&'static str, &'static str)];

/// The comments of a file, in order; what stands in a string of copy is none.
pub(super) fn directives(source: &str, marks: Marks, blocks: &[Block]) -> Vec<Directive> {
    let mut out = Vec::new();
    if marks.is_empty() || memchr::memmem::find(source.as_bytes(), b"caveat-").is_none() {
        return out;
    }
    let copy = blocks.iter().map(|block| block.prose.origin(block.prose.span()));
    let mut copy: Vec<Span<Source>> = copy.collect();
    copy.sort_unstable();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let Some(text) = comment(line.trim(), marks) else {
            continue;
        };
        let span = Span::<Source>::of(start..start + line.trim().len());
        let next = copy.partition_point(|place| place.start < span.end);
        let inside = next.checked_sub(1).and_then(|last| copy.get(last));
        if inside.is_none_or(|inside| inside.end <= span.start) {
            out.push(Directive {
                text: text.to_owned(),
                span,
                before: 0,
            });
        }
    }
    place(&mut out, blocks);
    out
}

/// What a line that is a comment to caveat says.
fn comment(line: &str, marks: Marks) -> Option<&str> {
    let inner = |(open, close): &(&str, &str)| line.strip_prefix(open)?.strip_suffix(close);
    let text = marks.iter().find_map(inner)?.trim();
    text.starts_with("caveat-").then_some(text)
}
