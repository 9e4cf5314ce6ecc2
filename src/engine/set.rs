//! Owns sets of small numbers, such as those of lexicons and of words.

/// A set of numbers: bits, in words from the first one that has any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct IdSet {
    first: usize,
    words: Vec<u64>,
}

impl IdSet {
    pub(super) fn insert(&mut self, id: usize) {
        let word = id / 64;
        if self.words.is_empty() {
            self.first = word;
        }
        if word < self.first {
            let missing = std::iter::repeat_n(0, self.first - word);
            self.words.splice(..0, missing);
            self.first = word;
        }
        let at = word - self.first;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (id % 64);
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.iter().for_each(|id| self.insert(id));
    }

    /// Takes in `ids` in the place of those that were here.
    pub(super) fn refill(&mut self, ids: impl Iterator<Item = u32>) {
        self.words.fill(0);
        for id in ids {
            let word = (id as usize / 64).wrapping_sub(self.first);
            match self.words.get_mut(word) {
                Some(word) => *word |= 1 << (id % 64),
                None => self.insert(id as usize),
            }
        }
    }

    pub(super) fn has(&self, id: u32) -> bool {
        let at = (id as usize / 64).wrapping_sub(self.first);
        let word = self.words.get(at).copied().unwrap_or(0);
        word >> (id % 64) & 1 == 1
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        let from = self.first.max(other.first);
        let (these, those) = (self.words_from(from), other.words_from(from));
        these.iter().zip(those).any(|(a, b)| a & b != 0)
    }

    fn words_from(&self, word: usize) -> &[u64] {
        self.words.get(word - self.first..).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let bits = |(at, word): (usize, &u64)| {
            let first = (self.first + at) * 64;
            let rest = std::iter::successors(Some(*word), |word| Some(word & word.wrapping_sub(1)));
            rest.take_while(|word| *word != 0)
                .map(move |word| first + word.trailing_zeros() as usize)
        };
        self.words.iter().enumerate().flat_map(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    fn of(ids: impl IntoIterator<Item = u32>) -> IdSet {
        let mut set = IdSet::default();
        ids.into_iter().for_each(|id| set.insert(id as usize));
        set
    }

    proptest! {
        #[test]
        fn a_set_holds_what_was_put_in(
            these in btree_set(0..400_u32, 0..20),
            those in vec(0..400_u32, 0..20),
        ) {
            let set = of(these.iter().copied().rev());
            prop_assert_eq!((0..500).filter(|id| set.has(*id)).collect::<Vec<_>>(), these.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(set.iter().map(|id| id as u32).collect::<Vec<_>>(), these.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(set.is_empty(), these.is_empty());
            prop_assert_eq!(set.meets(&of(those.iter().copied())), those.iter().any(|id| these.contains(id)));
            let mut other = set.clone();
            other.refill(those.iter().copied());
            prop_assert!((0..500).all(|id| other.has(id) == those.contains(&id)));
            other.extend(&set);
            prop_assert!((0..500).all(|id| other.has(id) == (those.contains(&id) || these.contains(&id))));
        }
    }
}
