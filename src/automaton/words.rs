//! Owns the numbers of words: every folded word that some phrase has, by its text.

use super::table::{Parts, Table as Numbers};
use rustc_hash::FxHashMap;

/// Words that have a number, to be looked up by their text.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Numbers of words, each one more than it is so that 0 is free, with a byte of the hash above; a word stands at the
    /// first free place from that on which its hash names. The table is never more than half full.
    slots: Numbers,
    /// Where each text begins, and the last one ends.
    starts: Numbers,
    texts: Numbers,
}

impl Table {
    /// A table of words, numbered in their order.
    pub(super) fn of(words: &[Box<str>]) -> Self {
        let room = (words.len() * 2).next_power_of_two();
        let mut slots = vec![0; room];
        for (index, word) in words.iter().enumerate() {
            let hash = hash(word);
            let mut at = hash as usize & (room - 1);
            while slots[at] != 0 {
                at = (at + 1) & (room - 1);
            }
            slots[at] = tagged(hash) | (index as u32 + 1);
        }
        let mut starts = vec![0];
        let mut texts = Vec::new();
        for word in words {
            texts.extend_from_slice(word.as_bytes());
            starts.push(texts.len() as u32);
        }
        Self {
            slots: slots.into_iter().collect(),
            starts: starts.into_iter().collect(),
            texts: texts.into(),
        }
    }

    /// The number of a word.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let room = self.slots.len();
        let hash = hash(word);
        let tag = tagged(hash);
        let mut at = hash as usize;
        for _ in 0..room {
            at &= room - 1;
            let slot = self.slots.get(at);
            if slot == 0 {
                return None;
            }
            let index = (slot & INDEX) - 1;
            if slot & !INDEX == tag && self.text(index) == word.as_bytes() {
                return Some(index);
            }
            at += 1;
        }
        None
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    fn text(&self, index: u32) -> &[u8] {
        let (start, end) = (
            self.starts.get(index as usize),
            self.starts.get(index as usize + 1),
        );
        let bytes = self.texts.bytes();
        bytes.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn write(&self, parts: &mut Parts<'_>) {
        [&self.slots, &self.starts, &self.texts]
            .into_iter()
            .for_each(|table| parts.add(table));
    }

    pub(super) fn read(parts: &mut Parts<'static>) -> Self {
        Self {
            slots: parts.next(),
            starts: parts.next(),
            texts: parts.next(),
        }
    }
}

/// The bits of a slot that hold the number of a word.
const INDEX: u32 = 0x00ff_ffff;

const fn tagged(hash: u32) -> u32 {
    hash & !INDEX
}

/// Fowler–Noll–Vo 1a, 32 bits, its halves joined: words are a few bytes long.
fn hash(word: &str) -> u32 {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash ^ hash >> 15
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
            assert_eq!(table.get(word), Some(number as u32));
        }
        assert_eq!(table.get("b a"), None);
        assert_eq!(table.get(""), None);
        assert_eq!((Table::default().get("a"), Table::default().len()), (None, 0));
    }
}
