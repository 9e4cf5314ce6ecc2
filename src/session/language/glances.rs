//! Owns what is known of how blocks begin, so that what stands in a page as it stood is not counted again.

use super::count;
use rustc_hash::FxHashMap;

/// What blocks begin with that were looked at, with how many words it has and how many of them tell English.
#[derive(Default)]
pub(in crate::session) struct Glances(FxHashMap<Box<str>, (usize, usize)>);

impl Glances {
    /// The words of what a block begins with, counted now if it was not seen before.
    pub(super) fn count(&mut self, glance: &str) -> (usize, usize) {
        if let Some(known) = self.0.get(glance) {
            return *known;
        }
        let counted = count(glance);
        self.0.insert(glance.into(), counted);
        counted
    }

    /// Forgets all where most of what is known stands in no block any more.
    pub(super) fn trim(&mut self, blocks: usize) {
        if self.0.len() > 2 * blocks {
            self.0.clear();
        }
    }
}
