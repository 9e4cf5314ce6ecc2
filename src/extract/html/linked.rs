//! Owns the linked data of a page (JSON-LD): what search engines show of it.

use crate::data::align;
use crate::document::{Block, BlockKind};
use crate::extract::data::read_json;
use crate::extract::{Keys, strings};
use crate::text::{Derived, Prose, Source};

/// Adds what the linked data `text` says to `blocks`: beside the page, whatever else it would be.
pub(in crate::extract) fn add(text: &Derived<Prose, Source>, keys: &Keys, blocks: &mut Vec<Block>) {
    let root = read_json(text.text(), 0).root;
    let first = blocks.len();
    let place = |node: &_| Some(strings::through(&align(node, text.text())?, 0, text));
    strings::add(&root, "", &place, keys, blocks);
    for block in blocks.iter_mut().skip(first) {
        block.kind = BlockKind::Meta;
        block.lead_in = None;
    }
}
