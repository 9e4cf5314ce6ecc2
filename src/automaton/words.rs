//! Owns the numbers of words: every folded word that some phrase has, by its text.

use super::table::{Parts, Table as Numbers};
use crate::text::Word;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Words that have a number, to be looked up by their text.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Rows: what tells a word (see [`Key`]), and its number, one more than it is so that 0 is free, with its length
    /// above. A word stands at the first free row from that on which its key names; two of three rows are taken at most.
    slots: Numbers,
    /// Where each text begins, and the last one ends; of words that their key tells none is kept.
    starts: Numbers,
    texts: Cow<'static, [u8]>,
}

/// The numbers in a row of [`Table::slots`].
const ROW: usize = 3;

impl Table {
    /// A table of words, numbered in their order.
    pub(super) fn of(words: &[Box<str>]) -> Self {
        let room = words.len() * 3 / 2 + 1;
        let mut slots = vec![[0; ROW]; room];
        for (index, word) in (1..).zip(words) {
            let key = Key::of(Word::from(&**word));
            let mut at = key.place(room);
            while slots[at][2] != 0 {
                at = if at + 1 < room { at + 1 } else { 0 };
            }
            slots[at] = [key.start, key.end, key.len << LEN | index];
        }
        let mut starts = vec![0];
        let mut texts = Vec::new();
        for word in words {
            if word.len() > TOLD {
                texts.extend_from_slice(word.as_bytes());
            }
            starts.push(texts.len() as u32);
        }
        Self {
            slots: slots.into_iter().flatten().collect(),
            starts: starts.into_iter().collect(),
            texts: texts.into(),
        }
    }

    /// The number of a word.
    #[inline]
    pub(super) fn get(&self, word: Word<'_>) -> Option<u32> {
        let room = self.slots.len() / ROW;
        if room == 0 {
            return None;
        }
        let key = Key::of(word);
        let mut at = key.place(room);
        for _ in 0..room {
            let [start, end, number] = self.slots.row::<ROW>(at);
            let index = (number & INDEX).checked_sub(1)?;
            let found = start == key.start && end == key.end && number >> LEN == key.len;
            if found && (word.bytes.len() <= TOLD || self.text(index) == word.bytes) {
                return Some(index);
            }
            at = if at + 1 < room { at + 1 } else { 0 };
        }
        None
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    fn text(&self, index: u32) -> &[u8] {
        let [start, end] = [index, index + 1].map(|at| self.starts.get(at as usize) as usize);
        self.texts.get(start..end).unwrap_or_default()
    }

    pub(super) fn write(&self, parts: &mut Parts<'_>) {
        parts.add(&self.slots);
        parts.add(&self.starts);
        parts.add_text(&self.texts);
    }

    pub(super) fn read(parts: &mut Parts<'static>) -> Self {
        Self {
            slots: parts.next(),
            starts: parts.next(),
            texts: parts.next_text().into(),
        }
    }
}

/// Where the length stands above the number of a word.
const LEN: u32 = 24;
/// The bits that hold the number.
const INDEX: u32 = (1 << LEN) - 1;
/// Words of so many bytes are told by their key alone.
const TOLD: usize = 8;

/// What tells words apart, longer ones nearly always: their first eight bytes, of longer ones mixed, with the last four, and
/// their length, at most 255.
#[derive(Clone, Copy)]
struct Key {
    start: u32,
    end: u32,
    len: u32,
}

impl Key {
    #[inline]
    fn of(word: Word<'_>) -> Self {
        let (start, middle) = (word.head as u32, (word.head >> 32) as u32);
        let last = word.bytes.last_chunk().filter(|_| word.bytes.len() > TOLD);
        let (start, end) = match last {
            Some(last) => (start ^ middle.rotate_left(16), u32::from_le_bytes(*last)),
            None => (start, middle),
        };
        Self {
            start,
            end,
            len: word.bytes.len().min(255) as u32,
        }
    }

    /// The place that it names among `room`.
    #[inline]
    const fn place(self, room: usize) -> usize {
        let all = (self.start as u64) << 32 | (self.end ^ self.len << LEN) as u64;
        let mixed = all.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        ((mixed * room as u64) >> 32) as usize
    }
}

/// Words that get numbers as they come.
#[derive(Debug, Default)]
pub(super) struct Growing {
    numbers: FxHashMap<Box<str>, u32>,
}

impl Growing {
    /// The number of a word, given to it now if it has none.
    pub(super) fn intern(&mut self, word: &str) -> u32 {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let next = self.numbers.len() as u32;
        self.numbers.insert(word.into(), next);
        next
    }

    pub(super) fn table(self) -> Table {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable_by_key(|(_, number)| *number);
        let words: Vec<Box<str>> = words.into_iter().map(|(word, _)| word).collect();
        Table::of(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_keep_apart() {
        let mut words = Growing::default();
        let all: Vec<String> = (1..40)
            .flat_map(|len| ["a".repeat(len), format!("{}b", "a".repeat(len - 1))])
            .collect();
        for (number, word) in all.iter().enumerate() {
            assert_eq!(
                (words.intern(word), words.intern(word)),
                (number as u32, number as u32)
            );
        }
        let table = words.table();
        assert_eq!(table.len(), 78);
        for (number, word) in all.iter().enumerate() {
            assert_eq!(table.get(word.as_str().into()), Some(number as u32));
        }
        assert_eq!(table.get("b a".into()), None);
        assert_eq!(table.get("".into()), None);
        assert_eq!(
            (Table::default().get("a".into()), Table::default().len()),
            (None, 0)
        );
    }
}
