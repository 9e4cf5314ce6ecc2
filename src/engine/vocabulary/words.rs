//! Owns the numbers of words: every folded word that some phrase has, by its text.

use rustc_hash::FxHashMap;

/// A word's number. Words that no phrase has are [`UNKNOWN`].
pub(in crate::engine) type WordId = u32;

/// A word in no phrase.
pub(in crate::engine) const UNKNOWN: WordId = 0;
/// The edge for any number.
pub(super) const NUMBER: WordId = 1;
/// The edge for any one word.
pub(super) const ANY: WordId = 2;
/// The edge for a comma that may stand here.
pub(super) const COMMA: WordId = 3;
/// The first number of a word.
pub(super) const FIRST_WORD: WordId = 4;

/// Every word that has a number. Nearly all words are short enough to be their own key, so that looking one up leads
/// to no other memory.
#[derive(Debug, Default)]
pub(super) struct Words {
    short: FxHashMap<(u64, u64), WordId>,
    long: FxHashMap<Box<str>, WordId>,
}

impl Words {
    pub(super) fn reserve(&mut self, count: usize) {
        self.short.reserve(count);
    }

    /// How many numbers there are, those that are no words among them.
    pub(super) fn count(&self) -> usize {
        self.short.len() + self.long.len() + FIRST_WORD as usize
    }

    /// The number of a word, given to it now if it has none.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        let next = self.count() as WordId;
        match packed(word) {
            Some(key) => *self.short.entry(key).or_insert(next),
            None => match self.long.get(word) {
                Some(id) => *id,
                None => *self.long.entry(word.into()).or_insert(next),
            },
        }
    }

    /// The number of a word.
    pub(super) fn get(&self, word: &str) -> WordId {
        let found = match packed(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        };
        found.copied().unwrap_or(UNKNOWN)
    }
}

/// The bytes of a short word. No word holds a zero byte, so filling up with them keeps words apart.
fn packed(word: &str) -> Option<(u64, u64)> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let whole = u128::from_le_bytes(bytes);
    Some((whole as u64, (whole >> 64) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_keep_apart() {
        let mut words = Words::default();
        let all: Vec<String> = (1..40)
            .flat_map(|len| ["a".repeat(len), format!("{}b", "a".repeat(len - 1))])
            .collect();
        let ids: Vec<WordId> = all.iter().map(|word| words.intern(word)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        for (word, id) in all.iter().zip(ids) {
            assert_eq!((words.get(word), words.intern(word)), (id, id));
        }
        assert_eq!(words.get("b a"), UNKNOWN);
    }
}
