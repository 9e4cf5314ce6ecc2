//! Owns the piece of a file that a finding is shown on: a few lines, long ones cut around the labels, control
//! characters shown. miette renders this piece instead of the file, so a finding costs what it shows.

use super::escape::shown;
use crate::finding::Label;
use crate::source::SourceFile;
use crate::text::{Position, Source, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// A line may have this many characters whatever the width, so that a narrow terminal shows something.
const LEAST: usize = 32;
/// What is shown of a long line around labels that leave no room, before the first and after the last.
const AROUND: usize = 8;
/// Labels that stand further apart than this many characters are not shown together.
const MOST: usize = 400;
/// Columns that the line number and the frame take.
const FRAME: usize = 8;
/// A label further than this many lines from the finding is told in words.
const FAR: usize = 8;

/// A label on an excerpt.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) text: Option<String>,
}

/// Lines of a file, ready to be shown.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    first_line: usize,
    at: Position,
    pub(super) marks: Vec<Mark>,
    /// Labels that stand too far away, in words.
    pub(super) far: Vec<String>,
}

/// A part of a label that stands on one line.
struct Piece<'a> {
    line: usize,
    span: Span<Source>,
    text: Option<&'a str>,
}

/// The excerpt for a finding, for a screen of `width` columns; `None` where there is nothing to show.
pub(super) fn excerpt(
    file: &SourceFile,
    span: Span<Source>,
    labels: &[Label],
    width: usize,
) -> Option<Excerpt> {
    let room = width.saturating_sub(FRAME).max(LEAST);
    if file.is_blank() {
        return None;
    }
    let at = file.position(span.start);
    let (pieces, far) = pieces(file, span, labels, at.line);
    let first = pieces.iter().map(|piece| piece.line).min().unwrap_or(at.line);
    let last = pieces.iter().map(|piece| piece.line).max().unwrap_or(at.line);
    // A line of context on either side, unless it is empty.
    let told = |line: &usize| !file.slice(file.line(*line)).trim().is_empty();
    let first = Some(first.saturating_sub(1).max(1)).filter(told).unwrap_or(first);
    let last = Some((last + 1).min(file.lines().count()))
        .filter(told)
        .unwrap_or(last);
    let mut out = Excerpt {
        name: super::plain(file.name()).into_owned(),
        text: String::new(),
        first_line: first,
        at,
        marks: Vec::new(),
        far,
    };
    for line in first..=last {
        let on_line: Vec<&Piece<'_>> = pieces.iter().filter(|piece| piece.line == line).collect();
        out.push_line(file, line, &on_line, room);
    }
    out.finish()
}

fn pieces<'a>(
    file: &SourceFile,
    span: Span<Source>,
    labels: &'a [Label],
    line: usize,
) -> (Vec<Piece<'a>>, Vec<String>) {
    let (mut near, mut far) = (Vec::new(), Vec::new());
    if labels.is_empty() {
        split(file, span, None, &mut near);
    }
    for label in labels {
        let stands = file.position(label.span.start).line;
        if stands.abs_diff(line) > FAR {
            far.push(format!("line {stands}: {}", super::plain(&label.text)));
        } else {
            split(file, label.span, Some(&label.text), &mut near);
        }
    }
    if near.is_empty() {
        split(file, span, None, &mut near);
    }
    near.sort_by_key(|piece| piece.span);
    (near, far)
}

/// Cuts a label at line ends; its text goes with the last piece.
fn split<'a>(file: &SourceFile, span: Span<Source>, text: Option<&'a str>, out: &mut Vec<Piece<'a>>) {
    let first = file.position(span.start).line;
    let last = file.position(span.end.saturating_sub(1).max(span.start)).line;
    let before = out.len();
    for line in first..=last.min(first + FAR) {
        let whole = file.line(line);
        let part = Span::<Source>::new(span.start.max(whole.start), span.end.min(whole.end));
        let slice = file.slice(part);
        let lead = slice.len() - slice.trim_start().len();
        let part =
            Span::of(part.start as usize + lead..part.start as usize + slice.trim_end().len().max(lead));
        if part.is_empty() && first != last {
            continue;
        }
        out.push(Piece {
            line,
            span: part,
            text: None,
        });
    }
    if out.len() > before
        && let Some(piece) = out.last_mut()
    {
        piece.text = text;
    }
}

/// What of a line is shown: all of a short one, a window on a long one.
fn window(text: &str, on_line: &[&Piece<'_>], start: u32, room: usize) -> Range<usize> {
    // No character has fewer bytes than one, so a line this short in bytes is not counted.
    if text.len() <= room || text.chars().take(room + 1).count() <= room {
        return 0..text.len();
    }
    let marks = on_line
        .iter()
        .map(|piece| (piece.span.start - start) as usize..(piece.span.end - start) as usize);
    let (from, to) = marks.fold((usize::MAX, 0), |(from, to), mark| {
        (from.min(mark.start), to.max(mark.end))
    });
    if from == usize::MAX {
        return 0..forward(text, 0, room);
    }
    let marked = text
        .get(from..to)
        .map_or(MOST, |text| text.chars().take(MOST).count());
    let around = (room.saturating_sub(marked + 2) / 2).max(AROUND);
    let from = back(text, from, around);
    // Near the start of a line what is not needed before the labels is shown after them.
    let end = forward(text, from, room.max(marked + 2 * AROUND).min(MOST));
    from..end
}

fn back(text: &str, at: usize, count: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[..at]
        .char_indices()
        .rev()
        .nth(count - 1)
        .map_or(0, |(byte, _)| byte)
}

fn forward(text: &str, at: usize, count: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..]
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(byte, _)| at + byte)
}

impl Excerpt {
    /// Takes empty lines from the end, and with them what marks said of them: miette draws no mark at the very end.
    fn finish(mut self) -> Option<Self> {
        let kept = self.text.trim_end_matches('\n').len();
        self.text.truncate(kept);
        let last = self.text.char_indices().next_back()?.0;
        for mark in &mut self.marks {
            let end = mark.range.end.min(kept);
            mark.range = mark.range.start.min(last).min(end)..end;
        }
        Some(self)
    }

    fn push_line(&mut self, file: &SourceFile, line: usize, on_line: &[&Piece<'_>], room: usize) {
        let whole = file.line(line);
        let text = file.slice(whole);
        let window = window(text, on_line, whole.start, room);
        if window.start > 0 {
            self.text.push('…');
        }
        // Where each shown character of the file begins in the excerpt.
        let mut places = Vec::with_capacity(window.len() + 1);
        for (byte, character) in text[window.clone()].char_indices() {
            places.push((window.start + byte, self.text.len()));
            match shown(character) {
                Some(other) => self.text.push_str(&other),
                None => self.text.push(character),
            }
        }
        places.push((window.end, self.text.len()));
        let place = |at: u32| {
            let at = (at - whole.start) as usize;
            let index = places
                .partition_point(|(byte, _)| *byte < at)
                .min(places.len() - 1);
            places[index].1
        };
        for piece in on_line {
            let range = place(piece.span.start)..place(piece.span.end.max(piece.span.start));
            self.marks.push(Mark {
                range,
                text: piece
                    .text
                    .filter(|text| !text.is_empty())
                    .map(|text| super::plain(text).into_owned()),
            });
        }
        if window.end < text.len() {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.as_str().read_span(span, before, after)?;
        // miette asks without context for the place in the header: that is the place in the file.
        let (line, column) = if before == 0 && after == 0 {
            (self.at.line - 1, self.at.column - 1)
        } else {
            (inner.line() + self.first_line - 1, inner.column())
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            line,
            column,
            inner.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(range: Range<usize>, text: &str) -> Label {
        Label {
            span: Span::of(range),
            text: text.into(),
        }
    }

    #[test]
    fn a_wrapped_label_is_marked_line_by_line() {
        let file = SourceFile::new("a.md", "one\n  cures\r\n  your skin\nend\nmore\n");
        let cut = excerpt(&file, Span::of(6..24), &[label(6..24, "x")], 100).unwrap();
        assert_eq!(cut.text, "one\n  cures\n  your skin\nend");
        let marked: Vec<&str> = cut
            .marks
            .iter()
            .map(|mark| &cut.text[mark.range.clone()])
            .collect();
        assert_eq!(marked, ["cures", "your skin"]);
        assert_eq!(cut.marks[0].text, None);
        assert_eq!(cut.marks[1].text.as_deref(), Some("x"));
    }

    #[test]
    fn a_long_line_is_cut_around_its_labels() {
        let text = format!("{}cures{}", "é ".repeat(50_000), " x".repeat(50_000));
        let start = text.find("cures").unwrap();
        let file = SourceFile::new("a.md", text);
        let cut = excerpt(&file, Span::of(start..start + 5), &[], 100).unwrap();
        assert!(cut.text.chars().count() <= 96, "{}", cut.text);
        assert!(cut.text.starts_with('…') && cut.text.ends_with('…'));
        assert_eq!(&cut.text[cut.marks[0].range.clone()], "cures");
        assert_eq!(cut.at.column, 100_001);
    }

    #[test]
    fn odd_places_do_no_harm() {
        for text in ["", "\n", "a", "\u{feff}a\r", "é\x1b[2J\r\r\n", "a\n\n\n"] {
            let file = SourceFile::new("a\x1b.md", text);
            for start in 0..=text.len() + 2 {
                for end in start..=text.len() + 2 {
                    if let Some(cut) = excerpt(&file, Span::of(start..end), &[label(start..end, "\x07")], 40)
                    {
                        assert!(!cut.text.contains('\x1b'));
                        for mark in &cut.marks {
                            assert!(
                                cut.text.get(mark.range.clone()).is_some(),
                                "{text:?} {start} {end}"
                            );
                        }
                    }
                }
            }
        }
    }
}
