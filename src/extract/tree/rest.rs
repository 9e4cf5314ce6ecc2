//! Owns whether the tree stands between two blocks with no element around them.

use super::Tree;

impl Tree {
    /// How many blocks and directives there are, where no element is open and nothing waits for its end.
    pub(in crate::extract) fn at_rest(&self) -> Option<(usize, usize)> {
        let rests = self.open.is_empty() && self.nest.is_empty() && !self.in_head && self.legend.is_none();
        self.flow.at_rest().filter(|_| rests)
    }
}
