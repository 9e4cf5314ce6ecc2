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

/// A long line keeps a character count this often (in bytes), so that a column never costs the whole line.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let mut checkpoints = Vec::new();
        let (mut from, mut chars) = (0, 0);
        while from + STRIDE < bytes.len() {
            let at = text.ceil_char_boundary(from + STRIDE);
            let first = |byte: &&u8| **byte & 0xC0 != 0x80;
            chars += bytes[from..at].iter().filter(first).count() as u32;
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

    /// The line and column of the byte `at` of `text`, which must be the indexed text.
    pub fn position(&self, text: &str, at: u32) -> Position {
        let at = text.floor_char_boundary(at as usize) as u32;
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position {
            line,
            column: (self.chars_to(text, at) - self.chars_to(text, start)) as usize + 1,
        }
    }

    /// How many characters of `text`, which must be the indexed text, stand before the byte `at`.
    pub fn characters(&self, text: &str, at: u32) -> u32 {
        self.chars_to(text, text.floor_char_boundary(at as usize) as u32)
    }

    fn chars_to(&self, text: &str, at: u32) -> u32 {
        let after = self.checkpoints.partition_point(|(byte, _)| *byte <= at);
        let (byte, chars) = match after.checked_sub(1) {
            Some(index) => self.checkpoints[index],
            None => (0, 0),
        };
        chars
            + text
                .get(byte as usize..at as usize)
                .map_or(0, |piece| piece.chars().count() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_lines() {
        let text = "né\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let at = |byte| index.position(text, byte);
        assert_eq!(at(3), Position { line: 1, column: 3 });
        assert_eq!(at(4), Position { line: 2, column: 1 });
        assert_eq!(at(7), Position { line: 3, column: 1 });
        assert_eq!(at(9), Position { line: 4, column: 1 });
        assert_eq!(index.count(), 4);
        let starts: Vec<Option<u32>> = (0..=5).map(|line| index.start(line)).collect();
        assert_eq!(starts, [None, Some(0), Some(4), Some(7), Some(9), None]);
        assert_eq!(
            [0, 2, 3, 99].map(|byte| index.characters(text, byte)),
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
                index.position(&text, at as u32).column,
                text[line_start..at].chars().count() + 1
            );
        }
    }
}
