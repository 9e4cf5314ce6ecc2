//! Owns tables of numbers, of 32 bits each, as they stand in bytes: part of the program, or worked out in a run.

use std::borrow::Cow;

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(Cow<'static, [[u8; 4]]>);

impl Table {
    /// The number at `at`; what is not there is 0.
    #[inline]
    pub(super) fn get(&self, at: usize) -> u32 {
        self.0.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// Row `at` of a table of rows of `N` numbers; what is not there is 0.
    #[inline]
    pub(super) fn row<const N: usize>(&self, at: usize) -> [u32; N] {
        let rest = self.0.get(at * N..).unwrap_or_default();
        let row = rest.first_chunk::<N>();
        row.map_or([0; N], |row| row.map(u32::from_le_bytes))
    }

    /// The numbers from place `from` to place `to` (exclusive), as far as they are there.
    #[inline]
    pub(super) fn range(&self, from: u32, to: u32) -> Range<'_> {
        let there = self.0.get(from as usize..to as usize);
        Range(there.unwrap_or_default().iter())
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Numbers that stand one after the other.
#[derive(Clone, Debug)]
pub struct Range<'t>(std::slice::Iter<'t, [u8; 4]>);

impl Iterator for Range<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.0.next().map(|bytes| u32::from_le_bytes(*bytes))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Range<'_> {}

impl FromIterator<u32> for Table {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self(numbers.into_iter().map(u32::to_le_bytes).collect())
    }
}

/// Tables and texts one after the other, each with its length in bytes before it.
#[derive(Default)]
pub(super) struct Parts<'b> {
    out: Vec<u8>,
    rest: &'b [u8],
}

impl Parts<'static> {
    pub(super) fn read(rest: &'static [u8]) -> Self {
        Self {
            out: Vec::new(),
            rest,
        }
    }

    /// The next table; an empty one where there is none.
    pub(super) fn next(&mut self) -> Table {
        Table(Cow::Borrowed(self.next_text().as_chunks().0))
    }

    /// The next text; an empty one where there is none.
    pub(super) fn next_text(&mut self) -> &'static [u8] {
        let next = self.rest.split_first_chunk().and_then(|(len, rest)| {
            let len = u32::from_le_bytes(*len) as usize;
            rest.split_at_checked(len)
        });
        let (text, rest) = next.unwrap_or_default();
        self.rest = rest;
        text
    }
}

impl Parts<'_> {
    pub(super) fn add(&mut self, table: &Table) {
        self.add_text(table.0.as_flattened());
    }

    pub(super) fn add_text(&mut self, text: &[u8]) {
        self.out.extend((text.len() as u32).to_le_bytes());
        self.out.extend_from_slice(text);
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.out
    }
}
