//! Owns the data of a page: its linked data (JSON-LD), of which search engines show something, and that of blocks of
//! WordPress that programs show in its place.

use crate::data::align;
use crate::document::{Block, BlockKind};
use crate::extract::data::read_json;
use crate::extract::{Keys, strings};
use crate::text::{Derived, Prose, Source};
use std::ops::Range;

/// Adds what the data in a page says to `blocks`.
pub(in crate::extract) fn add_all((linked, shown): Data, keys: &Keys, blocks: &mut Vec<Block>) {
    for data in &shown {
        add(data, keys, blocks);
    }
    let first = blocks.len();
    for data in &linked {
        add(data, keys, blocks);
    }
    for block in blocks.iter_mut().skip(first) {
        block.kind = BlockKind::Meta;
        block.lead_in = None;
    }
}

/// Linked data, and the data of blocks.
pub(in crate::extract) type Data = (Vec<Derived<Prose, Source>>, Vec<Derived<Prose, Source>>);

/// Where the data stands in a comment that is a block of WordPress with no contents but these:
/// `<!-- wp:acf/hero {"data":{"text":"…"}} /-->`.
pub(super) fn block(comment: &str) -> Option<Range<usize>> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("/-->")?;
    inner.trim_start().strip_prefix("wp:")?;
    let start = comment.find('{')?;
    let end = comment.rfind('}')?;
    (start < end).then_some(start..end + 1)
}

pub(super) fn add(text: &Derived<Prose, Source>, keys: &Keys, blocks: &mut Vec<Block>) {
    let root = read_json(text.text(), 0).root;
    let place = |node: &_| Some(strings::through(&align(node, text.text())?, 0, text));
    strings::add(&root, "", &place, keys, blocks);
}
