//! Owns the view: a page as its readers see it, without the markup it is written in, and where findings stand there.

use super::{Finding, Label, Verdict};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::sync::Arc;

/// A piece of the view and the piece of the file that it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in the file.
    pub from: Span<Source>,
    /// Where it stands in the view.
    pub to: Span<Source>,
    /// Whether it is the same byte for byte.
    pub verbatim: bool,
}

/// A page as its readers see it.
#[derive(Clone, Debug)]
pub struct View {
    file: Arc<SourceFile>,
    /// In order of the file.
    pieces: Vec<Piece>,
}

impl View {
    /// A view whose text was made from these pieces of a file.
    pub fn new(file: Arc<SourceFile>, mut pieces: Vec<Piece>) -> Self {
        pieces.sort_by_key(|piece| (piece.from, piece.to));
        Self { file, pieces }
    }

    /// A finding as it stands in the view.
    pub fn of(&self, finding: &Finding) -> Finding {
        let mut seen = finding.clone();
        seen.file = Some(Arc::clone(&self.file));
        let excepted = seen.excepted.iter_mut().map(|excepted| &mut excepted.verdict);
        seen.verdicts
            .iter_mut()
            .chain(excepted)
            .for_each(|verdict| self.set(verdict));
        seen
    }

    fn set(&self, verdict: &mut Verdict) {
        verdict.span = self
            .place(verdict.span)
            .unwrap_or_else(|| self.near(verdict.span));
        let labels = verdict.labels.iter().filter_map(|label| {
            Some(Label {
                span: self.place(label.span)?,
                text: Arc::clone(&label.text),
            })
        });
        verdict.labels = labels.collect();
    }

    /// Where a part of the file stands in the view; none where it is no copy.
    fn place(&self, span: Span<Source>) -> Option<Span<Source>> {
        let first = self.pieces.partition_point(|piece| piece.from.end <= span.start);
        let within = self.pieces[first..]
            .iter()
            .take_while(|piece| piece.from.start < span.end);
        let part = |piece: &Piece| {
            if !piece.verbatim {
                return piece.to;
            }
            let at = |place: u32| {
                piece.to.start + (place.clamp(piece.from.start, piece.from.end) - piece.from.start)
            };
            Span::new(at(span.start), at(span.end))
        };
        within.map(part).reduce(Span::hull)
    }

    /// The place of the copy that follows a part of the file which is none.
    fn near(&self, span: Span<Source>) -> Span<Source> {
        let next = self.pieces.partition_point(|piece| piece.from.start < span.start);
        let next = self.pieces.get(next).or(self.pieces.last());
        Span::empty(next.map_or(0, |piece| piece.to.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, Severity, testing};

    #[test]
    fn what_stands_in_the_markup_stands_in_the_view() {
        // "<p>Tea <b>cures</b> asthma</p>" is seen as "Tea cures asthma".
        let piece = |from: (u32, u32), to: (u32, u32)| Piece {
            from: Span::new(from.0, from.1),
            to: Span::new(to.0, to.1),
            verbatim: true,
        };
        let file = Arc::new(SourceFile::new("a.html", "Tea cures asthma"));
        let view = View::new(
            file,
            vec![
                piece((3, 7), (0, 4)),
                piece((10, 15), (4, 9)),
                piece((19, 26), (9, 16)),
            ],
        );
        let at = |start, end| {
            let finding = testing::finding("x/y", Category::Disease, Severity::Error, Span::new(start, end));
            let seen = view.of(&finding);
            seen.file
                .as_ref()
                .map(|file| file.slice(seen.span).to_owned())
                .unwrap()
        };
        assert_eq!(at(10, 26), "cures asthma");
        assert_eq!(at(11, 14), "ure");
        assert_eq!(at(0, 2), "");
        assert_eq!(at(28, 30), "");
    }
}
