//! Owns tables of numbers, of 32 bits each, as they stand in bytes: part of the program, or worked out in a run.

use std::borrow::Cow;

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(Cow<'static, [u8]>);

impl Table {
    /// The number at `at`; what is not there is 0.
    pub(super) fn get(&self, at: usize) -> u32 {
        self.numbers()
            .get(at)
            .map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// Row `at` of a table of rows of `N` numbers; what is not there is 0.
    pub(super) fn row<const N: usize>(&self, at: usize) -> [u32; N] {
        let rest = self.numbers().get(at * N..).unwrap_or_default();
        let mut row = [0; N];
        if let Some(bytes) = rest.first_chunk::<N>() {
            for at in 0..N {
                row[at] = u32::from_le_bytes(bytes[at]);
            }
        }
        row
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.numbers().len()
    }

    fn numbers(&self) -> &[[u8; 4]] {
        self.0.as_chunks().0
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromIterator<u32> for Table {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self(numbers.into_iter().flat_map(u32::to_le_bytes).collect())
    }
}

impl From<Vec<u8>> for Table {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Cow::Owned(bytes))
    }
}

/// Tables one after the other, each with its length in bytes before it.
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
        let next = self.rest.split_first_chunk().and_then(|(len, rest)| {
            let len = u32::from_le_bytes(*len) as usize;
            rest.split_at_checked(len)
        });
        let (table, rest) = next.unwrap_or_default();
        self.rest = rest;
        Table(Cow::Borrowed(table))
    }
}

impl Parts<'_> {
    pub(super) fn add(&mut self, table: &Table) {
        let bytes = table.bytes();
        self.out.extend((bytes.len() as u32).to_le_bytes());
        self.out.extend_from_slice(bytes);
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.out
    }
}
