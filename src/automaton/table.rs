//! Owns tables of numbers, of 32 bits each, as they stand in bytes: part of the program, or worked out in a run.

use rustc_hash::FxHashMap;
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

    /// A table of numbers of 16 bits, two to each of its own.
    pub(super) fn of_halves(numbers: impl Iterator<Item = u16>) -> Self {
        let numbers: Vec<u16> = numbers.collect();
        let pairs = numbers.chunks(2);
        pairs
            .map(|pair| u32::from(pair[0]) | u32::from(pair.get(1).copied().unwrap_or(0)) << 16)
            .collect()
    }

    /// Number `at` of a table of halves; what is not there is 0.
    #[inline]
    pub(super) fn half(&self, at: usize) -> u32 {
        self.get(at / 2) >> (at % 2 * 16) & 0xffff
    }

    /// Row `at` of a table of rows of `N` numbers; what is not there is 0.
    #[inline]
    pub(super) fn row<const N: usize>(&self, at: usize) -> [u32; N] {
        self.chunk(at * N)
    }

    /// The `N` numbers from place `from` on; 0 where they are not all there.
    #[inline]
    pub(super) fn chunk<const N: usize>(&self, from: usize) -> [u32; N] {
        let rest = self.0.get(from..).unwrap_or_default();
        let chunk = rest.first_chunk::<N>();
        chunk.map_or([0; N], |chunk| chunk.map(u32::from_le_bytes))
    }

    /// The list from place `at` on, which ends with a number that is marked; nothing stands at place 0.
    #[inline]
    pub(super) fn list(&self, at: u32) -> List<'_> {
        let there = self.0.get(at as usize..).filter(|_| at != 0);
        List(there.unwrap_or_default())
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

/// Marks the last number of a list.
const LAST: u32 = 1 << 31;

/// Numbers of a list.
#[derive(Clone, Debug)]
pub struct List<'t>(&'t [[u8; 4]]);

impl List<'_> {
    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Iterator for List<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first()?;
        let number = u32::from_le_bytes(*first);
        self.0 = if number < LAST { rest } else { &[] };
        Some(number & !LAST)
    }
}

/// Lists on their way, each once.
pub(super) struct Lists {
    all: Vec<u32>,
    known: FxHashMap<Box<[u32]>, u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            all: vec![0],
            known: FxHashMap::default(),
        }
    }
}

impl Lists {
    /// The place of a list, which is added if it is not there yet; 0 for an empty one.
    pub(super) fn place(&mut self, list: &[u32]) -> u32 {
        let Some((last, before)) = list.split_last() else {
            return 0;
        };
        if let Some(known) = self.known.get(list) {
            return *known;
        }
        let place = self.all.len() as u32;
        self.all.extend_from_slice(before);
        self.all.push(last | LAST);
        self.known.insert(list.into(), place);
        place
    }

    pub(super) fn table(self) -> Table {
        self.all.into_iter().collect()
    }
}

/// Numbers that stand one after the other.
#[derive(Clone, Debug)]
pub(super) struct Range<'t>(std::slice::Iter<'t, [u8; 4]>);

impl Iterator for Range<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.0.next().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

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
