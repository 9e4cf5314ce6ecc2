//! Owns a page's copy with its findings marked in place: which pieces of which line are marked, and how.

use crate::report::escape::shown;
use crate::source::SourceFile;
use crate::text::Span;
use std::borrow::Cow;

/// How a piece is marked, from the mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// An exception lets it pass.
    Passed,
    Advice,
    Warning,
    Error,
}

impl Tone {
    pub(super) const ALL: [Self; 4] = [Self::Passed, Self::Advice, Self::Warning, Self::Error];

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A finding as the copy shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) number: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tone: Tone,
}

impl Spot {
    /// A spot that lies in the text of `file`, on the borders of characters.
    pub(super) fn new(file: &SourceFile, span: Span<crate::text::Source>, number: usize, tone: Tone) -> Self {
        let text = file.text();
        let start = text.floor_char_boundary(span.start as usize);
        Self {
            number,
            start,
            end: text.ceil_char_boundary(span.end as usize).max(start),
            tone,
        }
    }
}

/// A stretch of the copy that the same findings cover; they are numbered in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tone: Tone,
}

/// The stretches that spots cover, each in the tone of its severest spot. It takes one sweep however they overlap.
pub(super) fn cells(spots: &[Spot]) -> Vec<Cell> {
    let mut edges: Vec<(usize, bool, Tone)> = spots
        .iter()
        .filter(|spot| spot.start < spot.end)
        .flat_map(|spot| [(spot.start, true, spot.tone), (spot.end, false, spot.tone)])
        .collect();
    edges.sort_unstable_by_key(|(at, ..)| *at);
    let mut covering = [0_usize; Tone::ALL.len()];
    let (mut cells, mut last) = (Vec::new(), 0);
    for (at, opens, tone) in edges {
        let worst = Tone::ALL
            .into_iter()
            .rev()
            .find(|tone| covering[*tone as usize] > 0);
        if let Some(tone) = worst.filter(|_| last < at) {
            cells.push(Cell {
                start: last,
                end: at,
                tone,
            });
        }
        last = at;
        let count = &mut covering[tone as usize];
        *count = if opens {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
    }
    cells
}

/// The first and last cell of a spot.
pub(super) fn covered(spot: &Spot, cells: &[Cell]) -> Option<(usize, usize)> {
    let first = cells.partition_point(|cell| cell.start < spot.start);
    let after = cells.partition_point(|cell| cell.end <= spot.end);
    (first < after).then(|| (first, after - 1))
}

/// A piece of a line.
pub(super) enum Piece<'a> {
    Plain(&'a str),
    /// A part of the cell of this number.
    Marked(&'a str, usize, Tone),
    /// The end of the spot of this number.
    End(usize),
}

/// Cuts the copy into pieces, line by line and in order.
pub(super) struct Cutter<'a> {
    text: &'a str,
    cells: &'a [Cell],
    /// The ends of spots with their numbers, sorted.
    ends: Vec<(usize, usize)>,
    cell: usize,
    end: usize,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(text: &'a str, spots: &[Spot], cells: &'a [Cell]) -> Self {
        let marked = spots.iter().filter(|spot| spot.start < spot.end);
        let mut ends: Vec<(usize, usize)> = marked.map(|spot| (spot.end, spot.number)).collect();
        ends.sort_unstable();
        Self {
            text,
            cells,
            ends,
            cell: 0,
            end: 0,
        }
    }

    /// The pieces of the next line, which is `start..end` without its end; the line after it begins at `next`.
    pub(super) fn line(&mut self, start: usize, end: usize, next: usize) -> Vec<Piece<'a>> {
        let (mut pieces, mut at) = (Vec::new(), start);
        while let Some(cell) = self.cells.get(self.cell).filter(|cell| cell.start < next) {
            let (from, to) = (cell.start.clamp(at, end), cell.end.clamp(at, end));
            pieces.extend(self.slice(at, from).map(Piece::Plain));
            let marked = self.slice(from, to);
            pieces.extend(marked.map(|text| Piece::Marked(text, self.cell, cell.tone)));
            at = to;
            if cell.end > next {
                break;
            }
            self.push_ends(cell.end, &mut pieces);
            self.cell += 1;
        }
        pieces.extend(self.slice(at, end).map(Piece::Plain));
        pieces
    }

    fn push_ends(&mut self, to: usize, pieces: &mut Vec<Piece<'a>>) {
        while let Some((_, number)) = self.ends.get(self.end).filter(|(end, _)| *end <= to) {
            pieces.push(Piece::End(*number));
            self.end += 1;
        }
    }

    fn slice(&self, from: usize, to: usize) -> Option<&'a str> {
        self.text.get(from..to).filter(|text| !text.is_empty())
    }
}

/// Copy as it is, but with characters shown that nobody sees or that turn the reading direction.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let odd = |character: char| !matches!(character, '\t' | '\n') && shown(character).is_some();
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match shown(character).filter(|_| odd(character)) {
            Some(other) => out.push_str(&other),
            None => out.push(character),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(number: usize, start: usize, end: usize, tone: Tone) -> Spot {
        Spot {
            number,
            start,
            end,
            tone,
        }
    }

    fn drawn(text: &str, spots: &[Spot]) -> String {
        let cells = cells(spots);
        let mut cutter = Cutter::new(text, spots, &cells);
        let (mut out, mut start) = (String::new(), 0);
        for line in text.split_inclusive('\n') {
            let next = start + line.len();
            let end = start + line.trim_end_matches('\n').len();
            for piece in cutter.line(start, end, next) {
                match piece {
                    Piece::Plain(text) => out.push_str(text),
                    Piece::Marked(text, cell, tone) => {
                        out.push_str(&format!("[{text}]{cell}{}", &tone.class()[..1]));
                    }
                    Piece::End(number) => out.push_str(&format!("^{number}")),
                }
            }
            out.push('\n');
            start = next;
        }
        out
    }

    #[test]
    fn overlaps_are_cut_once_and_in_the_severest_tone() {
        let spots = [
            spot(1, 0, 6, Tone::Warning),
            spot(2, 3, 9, Tone::Error),
            spot(3, 3, 6, Tone::Advice),
            spot(4, 12, 12, Tone::Error),
        ];
        assert_eq!(
            drawn("abcdefghijklm\n", &spots),
            "[abc]0w[def]1e^1^3[ghi]2e^2jklm\n"
        );
        let cells = cells(&spots);
        let of: Vec<_> = spots.iter().map(|spot| covered(spot, &cells)).collect();
        assert_eq!(of, [Some((0, 1)), Some((1, 2)), Some((1, 1)), None]);
    }

    #[test]
    fn a_mark_goes_on_over_line_ends() {
        let spots = [spot(1, 2, 8, Tone::Error), spot(2, 9, 10, Tone::Passed)];
        assert_eq!(
            drawn("ab c\n\nd e f\n", &spots),
            "ab[ c]0e\n\n[d ]0e^1e[ ]1p^2f\n"
        );
        let at_the_end = [spot(1, 0, 2, Tone::Error), spot(2, 0, 3, Tone::Error)];
        assert_eq!(drawn("ab\ncd\n", &at_the_end), "[ab]0e^1^2\ncd\n");
    }
}
