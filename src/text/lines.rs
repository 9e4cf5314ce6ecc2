//! Owns the line starts of a text and turns byte offsets into lines and columns.

/// A place as a person counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, 1-based.
    pub line: usize,
    /// Column in characters, 1-based.
    pub column: usize,
}

/// The line starts of one text, computed once. Lines end at `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    checkpoints: Vec<(u32, u32)>,
}

/// A part of the indexed text, from the start of a line on.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'t> {
    /// The text of this part.
    pub text: &'t str,
    /// The byte of the indexed text at which it starts.
    pub from: u32,
    /// How many characters of the indexed text stand before it.
    pub characters: u32,
}

impl<'t> Stretch<'t> {
    /// What stands between two bytes of the indexed text; none where that is not all in this part.
    pub fn get(&self, start: u32, end: u32) -> Option<&'t str> {
        let (start, end) = (start.checked_sub(self.from)?, end.checked_sub(self.from)?);
        self.text.get(start as usize..end as usize)
    }

    /// The nearest border of a character at or before a byte.
    pub fn floor(&self, at: u32) -> u32 {
        let within = at.saturating_sub(self.from) as usize;
        self.from + self.text.floor_char_boundary(within) as u32
    }
}

/// A long line keeps a character count this often (in bytes), so that a column never costs the whole line.
const STRIDE: usize = 4096;

/// Few texts have shorter lines than this, in bytes, on the whole.
const LINE: usize = 32;

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(1 + bytes.len() / LINE);
        starts.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let mut checkpoints = Vec::new();
        let (mut from, mut chars) = (0, 0);
        while from + STRIDE < bytes.len() {
            let at = text.ceil_char_boundary(from + STRIDE);
            chars += text[from..at].chars().count() as u32;
            checkpoints.push((at as u32, chars));
            from = at;
        }
        Self { starts, checkpoints }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The byte at which 1-based `line` starts, if there is such a line.
    pub fn start(&self, line: usize) -> Option<u32> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// The line that the byte `at` stands on, 1-based.
    pub fn line(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The line and column of the byte `at`, which must stand in `text`, a part of the indexed text.
    pub fn position(&self, text: Stretch<'_>, at: u32) -> Position {
        let at = text.floor(at);
        let line = self.line(at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position {
            line,
            column: (self.chars_to(text, at) - self.chars_to(text, start)) as usize + 1,
        }
    }

    /// How many characters stand before the byte `at`, which must stand in `text`, a part of the indexed text.
    pub fn characters(&self, text: Stretch<'_>, at: u32) -> u32 {
        self.chars_to(text, text.floor(at))
    }

    fn chars_to(&self, text: Stretch<'_>, at: u32) -> u32 {
        let after = self.checkpoints.partition_point(|(byte, _)| *byte <= at);
        let known = after.checked_sub(1).map(|index| self.checkpoints[index]);
        let start = (text.from, text.characters);
        let (byte, chars) = known.map_or(start, |known| known.max(start));
        chars + text.get(byte, at).map_or(0, |piece| piece.chars().count() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Stretch<'_> {
        Stretch {
            text,
            from: 0,
            characters: 0,
        }
    }

    #[test]
    fn counts_characters_and_lines() {
        let text = "né\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let whole = whole(text);
        let at = |byte| index.position(whole, byte);
        assert_eq!(at(3), Position { line: 1, column: 3 });
        assert_eq!(at(4), Position { line: 2, column: 1 });
        assert_eq!(at(7), Position { line: 3, column: 1 });
        assert_eq!(at(9), Position { line: 4, column: 1 });
        assert_eq!(index.count(), 4);
        let starts: Vec<Option<u32>> = (0..=5).map(|line| index.start(line)).collect();
        assert_eq!(starts, [None, Some(0), Some(4), Some(7), Some(9), None]);
        assert_eq!(
            [0, 2, 3, 99].map(|byte| index.characters(whole, byte)),
            [0, 1, 2, 9]
        );
    }

    #[test]
    fn checkpoints_agree_with_counting() {
        let text = "é ".repeat(9_000) + "\n" + &"x".repeat(9_000);
        let index = LineIndex::new(&text);
        for at in [0, 8_191, 12_300, 26_999, 27_001, 36_001] {
            let at = text.floor_char_boundary(at);
            let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
            assert_eq!(
                index.position(whole(&text), at as u32).column,
                text[line_start..at].chars().count() + 1
            );
        }
    }
}
