//! Owns what is remembered of a file from one check to the next.

use crate::engine;

/// What is remembered of a file that is checked again and again while somebody writes, for [`again`](super::again). It takes
/// some ten times the room of the text. Checking another file with it, or under other settings or rules, is no mistake; it helps
/// then no more than a new one.
#[derive(Default)]
pub struct Memory {
    /// Judged by what settings say of it,
    pub(super) given: engine::Memory,
    /// and by what its front matter says besides.
    pub(super) told: engine::Memory,
}
