//! Owns adding what the code in a page says to its blocks: where it stands, and only what the page does not say already,
//! as a page that a program wrote holds its own text once more for scripts.

use super::{Flow, to_u32};
use crate::document::{Block, Directive};
use crate::extract::keys::Keys;
use rustc_hash::FxHashSet;

/// What blocks say, as far as it was asked for.
pub(super) struct Said {
    texts: Option<FxHashSet<Box<str>>>,
    /// How many blocks are among them.
    blocks: usize,
}

impl Said {
    pub(super) const fn new() -> Self {
        Self {
            texts: None,
            blocks: 0,
        }
    }

    /// Whether that was ever asked.
    pub(super) const fn is_asked(&self) -> bool {
        self.texts.is_some()
    }

    /// Whether one of the blocks says this; to be asked of the same blocks, of which there may be more each time.
    fn has(&mut self, blocks: &[Block], text: &str) -> bool {
        let texts = self.texts.get_or_insert_default();
        let new = blocks.get(self.blocks..).unwrap_or_default();
        texts.extend(new.iter().map(|block| block.prose.text().into()));
        self.blocks = blocks.len();
        texts.contains(text)
    }
}

impl Flow {
    /// The flow of a file, in a project that says so much of keys.
    pub(in crate::extract) fn of_file(self, keys: &Keys) -> Self {
        Self {
            keys: keys.clone(),
            is_file: true,
            ..self
        }
    }

    /// Adds what code says that stands here: it is no section of the page.
    pub(in crate::extract) fn within(&mut self, (blocks, directives): (Vec<Block>, Vec<Directive>)) {
        if blocks.is_empty() && directives.is_empty() {
            return;
        }
        self.flush();
        // where each block is now, and where the one is that would follow the last
        let mut places = Vec::with_capacity(blocks.len() + 1);
        let mut kept = Vec::with_capacity(blocks.len());
        for mut block in blocks {
            places.push(to_u32(self.blocks.len()));
            let is_new = !self.said.has(&self.blocks, block.prose.text());
            kept.push(is_new);
            if is_new {
                let lead = block.lead_in.map(|lead| lead as usize);
                let lead = lead.filter(|lead| kept.get(*lead) == Some(&true));
                block.lead_in = lead.and_then(|lead| places.get(lead)).copied();
                block.section = self.section;
                self.blocks.push(block);
            }
        }
        places.push(to_u32(self.blocks.len()));
        for mut directive in directives {
            directive.before = places
                .get(directive.before as usize)
                .copied()
                .unwrap_or(directive.before);
            self.directives.push(directive);
        }
    }

    /// Adds what code says that stands in an attribute, beside the open block.
    pub(in crate::extract) fn within_tag(&mut self, blocks: Vec<Block>) {
        self.side.extend(blocks.into_iter().map(|block| Block {
            lead_in: None,
            ..block
        }));
    }
}
