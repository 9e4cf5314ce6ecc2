//! Owns what comments cover: the next block, a region between two of them, the file.

use super::comment::{self, Comment, Verb, Wrong};
use super::{Reader, Written};
use crate::data::{Mistake, nearest};
use crate::document::{Directive, Document};
use crate::finding::ExceptionKind;
use crate::text::{Source, Span};

/// A region that has begun.
struct Open<'a> {
    written: Written,
    rule_span: Span<Source>,
    start: &'a Directive,
    /// Whether another region crosses it; then it lets nothing pass.
    crossed: bool,
}

pub(super) fn read(document: &Document, reader: &mut Reader<'_>) {
    let mut directives: Vec<&Directive> = document.directives.iter().collect();
    directives.sort_by_key(|directive| directive.span);
    let mut open = Vec::new();
    for directive in directives {
        match comment::parse(&directive.text) {
            Err(Wrong { at, message, help }) => {
                let span = inside(reader, directive, at);
                reader.wrong(Mistake::new(span, message).help(help));
            }
            Ok(Comment { verb, written, rule }) => {
                let rule = inside(reader, directive, rule);
                match verb {
                    Verb::Block => block(document, directive, written, rule, reader),
                    Verb::File => {
                        let whole = Some(Span::new(0, u32::MAX));
                        add(reader, directive, written, rule, whole, "the file".into());
                    }
                    Verb::Start => start(directive, written, rule, &mut open, reader),
                    Verb::End => end(directive, &written.rule, rule, &mut open, reader),
                }
            }
        }
    }
    for open in open {
        let message = format!("this region of `{}` has no end", open.written.rule);
        let help = format!("end it with `caveat-allow-end {}`", open.written.rule);
        reader.wrong(Mistake::new(open.start.span, message).help(help));
    }
}

/// A part of the comment's text in the file; the whole comment where it is not written as it reads.
fn inside(reader: &Reader<'_>, directive: &Directive, at: std::ops::Range<usize>) -> Span<Source> {
    let written = reader.file.slice(directive.span);
    match written.find(&directive.text) {
        Some(base) => {
            let at = Span::<Source>::of(base + at.start..base + at.end);
            Span::new(directive.span.start + at.start, directive.span.start + at.end)
        }
        None => directive.span,
    }
}

fn add(
    reader: &mut Reader<'_>,
    directive: &Directive,
    written: Written,
    rule: Span<Source>,
    reach: Option<Span<Source>>,
    covers: String,
) {
    if reader.names(&written.rule, rule) {
        reader.add(ExceptionKind::Comment, written, directive.span, reach, covers);
    }
}

/// Findings that start in the next block, or in what stands within it, such as an image's text.
fn block(
    document: &Document,
    directive: &Directive,
    written: Written,
    rule: Span<Source>,
    reader: &mut Reader<'_>,
) {
    let next = document.blocks.get(directive.before as usize);
    let reach = next.map(|block| block.prose.origin(block.prose.span()));
    let covers = match reach {
        Some(reach) => format!("the block at line {}", reader.file.position(reach.start).line),
        None => "nothing, for no copy follows".into(),
    };
    add(reader, directive, written, rule, reach, covers);
}

fn start<'a>(
    directive: &'a Directive,
    written: Written,
    rule_span: Span<Source>,
    open: &mut Vec<Open<'a>>,
    reader: &mut Reader<'_>,
) {
    if let Some(earlier) = open.iter_mut().find(|open| open.written.rule == written.rule) {
        let line = reader.file.position(earlier.start.span.start).line;
        let message = format!("a region of `{}` is open since line {line}", written.rule);
        // Nobody can tell which end is whose.
        earlier.crossed = true;
        let help = "end the one before the other begins";
        reader.wrong(Mistake::new(directive.span, message).help(help));
        return;
    }
    open.push(Open {
        written,
        rule_span,
        start: directive,
        crossed: false,
    });
}

fn end(
    directive: &Directive,
    rule: &str,
    rule_span: Span<Source>,
    open: &mut Vec<Open<'_>>,
    reader: &mut Reader<'_>,
) {
    let Some(at) = open.iter().rposition(|open| open.written.rule == rule) else {
        let names = open.iter().map(|open| open.written.rule.as_str());
        let help = match nearest(rule, names) {
            Some(name) => format!("`{name}` is the nearest name of an open region"),
            None => format!("begin it with `caveat-allow-start {rule}: why it may stand`"),
        };
        return reader
            .wrong(Mistake::new(rule_span, format!("no region of `{rule}` is open here")).help(help));
    };
    let mut region = open.remove(at);
    for inner in open.iter_mut().skip(at) {
        inner.crossed = true;
        region.crossed = true;
        let line = reader.file.position(inner.start.span.start).line;
        let message = format!(
            "this region crosses the one of `{}` that begins at line {line}",
            inner.written.rule
        );
        let help = "end the region that began last first; neither lets anything pass";
        reader.wrong(Mistake::new(directive.span, message).help(help));
    }
    if region.crossed {
        return;
    }
    let reach = Span::new(region.start.span.end, directive.span.start);
    let line = |at: u32| reader.file.position(at).line;
    let covers = format!(
        "lines {} to {}",
        line(region.start.span.start),
        line(directive.span.end)
    );
    add(
        reader,
        region.start,
        region.written,
        region.rule_span,
        Some(reach),
        covers,
    );
}
