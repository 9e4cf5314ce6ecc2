//! Owns whether the flow stands between two blocks, and how far it has come: there a page may be parted.

use super::Flow;

impl Flow {
    /// How many blocks and directives there are, where nothing is open.
    pub(in crate::extract) fn at_rest(&self) -> Option<(usize, usize)> {
        let open = self.has_plain || self.open_link.is_some() || !self.writer.is_empty();
        let waits = !(self.links.is_empty() && self.side.is_empty() && self.waiting.is_empty());
        let rests = !(open || waits) && self.lines.is_empty();
        rests.then_some((self.blocks.len(), self.directives.len()))
    }

    /// The number of the section that was begun last.
    pub(in crate::extract) const fn section(&self) -> u32 {
        self.section
    }

    /// Whether anything was read that depends on the page as a whole.
    pub(in crate::extract) fn asks_the_page(&self) -> bool {
        self.said.is_asked() || !(self.linked.is_empty() && self.shown.is_empty())
    }
}
