//! Owns values of which the one that was not asked for longest goes when there are too many.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// Values by their keys.
pub(super) struct Recent<K, V> {
    most: usize,
    /// How often values were asked for.
    asked: u64,
    /// Each value with when it was asked for last.
    values: HashMap<K, (u64, V)>,
}

impl<K: Eq + Hash + Clone, V: Clone> Recent<K, V> {
    /// At most so many, and at least one.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            asked: 0,
            values: HashMap::new(),
        }
    }

    /// The value of a key, made anew if it is not here.
    pub(super) fn of(&mut self, key: K, make: impl FnOnce() -> V) -> V {
        self.asked += 1;
        if !self.values.contains_key(&key) && self.values.len() == self.most {
            let oldest = self.values.iter().min_by_key(|(_, (asked, _))| asked);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.values.remove(&oldest);
            }
        }
        let (asked, value) = self.values.entry(key).or_insert_with(|| (0, make()));
        *asked = self.asked;
        value.clone()
    }

    /// The value of a key, if it is here; nobody counts as having asked for it.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.values.get(key).map(|(_, value)| value)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&K, &V)> {
        self.values.iter().map(|(key, (_, value))| (key, value))
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.values.values().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes() {
        let mut recent = Recent::new(2);
        for (key, made) in [("a", 1), ("b", 2), ("a", 3), ("c", 4), ("a", 5), ("b", 6)] {
            let value = recent.of(key, || made);
            let known = [("a", 3, 1), ("a", 5, 1)];
            let before = known.iter().find(|(known, at, _)| (*known, *at) == (key, made));
            assert_eq!(
                value,
                before.map_or(made, |(_, _, before)| *before),
                "{key} at {made}"
            );
            assert!(recent.values().count() <= 2);
        }
    }
}
