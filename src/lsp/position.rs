//! Owns places as editors count them: lines from 0, and columns in the units that editor and server agreed on.

use crate::source::SourceFile;
use crate::text::{LineIndex, Source, Span};
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every editor knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that an editor offers: bytes cost nothing.
    pub(super) fn best(offered: &[PositionEncodingKind]) -> Self {
        let offers = |kind: &PositionEncodingKind| offered.contains(kind);
        if offers(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The length of a text.
    fn units(self, text: &str) -> u32 {
        let units = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    /// How many bytes of a line stand before a column; within a character, those before it; beyond the line, all.
    fn bytes(self, line: &str, column: u32) -> usize {
        if self == Self::Utf8 {
            return line.floor_char_boundary(column as usize);
        }
        let mut left = column as usize;
        for (at, character) in line.char_indices() {
            let width = match self {
                Self::Utf16 => character.len_utf16(),
                _ => 1,
            };
            if left < width {
                return at;
            }
            left -= width;
        }
        line.len()
    }

    /// Where a part of a file stands.
    pub(super) fn range(self, file: &SourceFile, span: Span<Source>) -> Range {
        Range {
            start: self.position(file, span.start),
            end: self.position(file, span.end),
        }
    }

    fn position(self, file: &SourceFile, at: u32) -> Position {
        let line = file.lines().line(at).max(1);
        let start = file.lines().start(line).unwrap_or(0);
        Position {
            line: (line - 1) as u32,
            character: self.units(file.slice(Span::new(start, file.floor(at)))),
        }
    }

    /// The byte at a position; the nearest one where the text has no such position.
    pub(super) fn byte(self, text: &str, lines: &LineIndex, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = lines.start(line + 1) else {
            return text.len();
        };
        let start = start as usize;
        let end = lines.start(line + 2).map_or(text.len(), |next| next as usize);
        let line = text.get(start..end).unwrap_or_default();
        start + self.bytes(line.trim_end_matches(['\r', '\n']), position.character)
    }

    /// The bytes of a range, the nearer end first.
    pub(super) fn bytes_of(self, text: &str, lines: &LineIndex, range: Range) -> Span<Source> {
        let start = self.byte(text, lines, range.start);
        let end = self.byte(text, lines, range.end);
        Span::of(start.min(end)..end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\ncaf\u{e9} \u{1f375} tea\rz\n";

    #[test]
    fn every_place_is_found_again_in_every_unit() {
        let file = SourceFile::new("a.md", TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (at, character) in TEXT.char_indices() {
                let position = encoding.position(&file, at as u32);
                let line_end = TEXT[at..].starts_with(['\r', '\n']) && character == '\n';
                let found = encoding.byte(TEXT, file.lines(), position);
                // Between the two signs of one line end there is no place.
                assert_eq!(
                    found,
                    if line_end && at == 2 { 1 } else { at },
                    "{at} {encoding:?}"
                );
            }
        }
        let at = |encoding: Encoding| encoding.position(&file, TEXT.find("tea").unwrap() as u32);
        assert_eq!(
            at(Encoding::Utf8),
            Position {
                line: 1,
                character: 11
            }
        );
        assert_eq!(
            at(Encoding::Utf16),
            Position {
                line: 1,
                character: 8
            }
        );
        assert_eq!(
            at(Encoding::Utf32),
            Position {
                line: 1,
                character: 7
            }
        );
    }

    #[test]
    fn what_is_no_place_is_the_nearest() {
        let lines = LineIndex::new(TEXT);
        let byte = |line, character| Encoding::Utf16.byte(TEXT, &lines, Position { line, character });
        assert_eq!(byte(0, 99), 1);
        assert_eq!(byte(99, 0), TEXT.len());
        assert_eq!(byte(u32::MAX, u32::MAX), TEXT.len());
        // In the middle of a character of two units.
        assert_eq!(byte(1, 6), TEXT.find('\u{1f375}').unwrap());
        assert_eq!(
            Encoding::Utf8.byte(
                TEXT,
                &lines,
                Position {
                    line: 1,
                    character: 4
                }
            ),
            6
        );
    }

    #[test]
    fn bytes_are_best_and_two_byte_units_are_common() {
        let best = |offered: &[PositionEncodingKind]| Encoding::best(offered);
        assert_eq!(best(&[]), Encoding::Utf16);
        assert_eq!(
            best(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF8]),
            Encoding::Utf8
        );
        assert_eq!(best(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
        assert_eq!(best(&["odd".to_owned().into()]), Encoding::Utf16);
    }
}
