//! Owns writing a list item by item, each made when it is written: a report never stands in memory as a whole.

use serde::{Serialize, Serializer};
use std::cell::Cell;

/// A list that is written once, from the items of an iterator.
pub(super) struct Each<I>(Cell<Option<I>>);

impl<I: Iterator> Each<I> {
    pub(super) fn of(items: I) -> Self {
        Self(Cell::new(Some(items)))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}
