//! Owns the joints of a Markdown text: places at which it can be parted, and each part read by itself.

use crate::extract::tree::Tree;
use pulldown_cmark::{Event, Tag};

/// A place of the text where a block begins and nothing is open, and how much was read up to there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joint {
    pub(super) at: usize,
    pub(super) blocks: usize,
    pub(super) directives: usize,
    pub(super) section: u32,
}

/// The joints that are met, and the place where one has to stand that ends the reading.
#[derive(Debug, Default)]
pub(super) struct Joints {
    known: Vec<Joint>,
    end: Option<usize>,
    is_met: bool,
    /// How many elements of Markdown are open.
    depth: usize,
}

impl Joints {
    pub(super) fn up_to(end: Option<usize>) -> Self {
        Self {
            end,
            ..Self::default()
        }
    }

    /// The joints before the end, if it was met.
    pub(super) fn met(self) -> Option<Vec<Joint>> {
        (self.is_met || self.end.is_none()).then_some(self.known)
    }

    /// Passes an event; whether what stands from here on is not to be read.
    pub(super) fn pass(&mut self, event: &Event<'_>, at: usize, tree: &Tree) -> bool {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                let begins = self.depth == 1 && matches!(tag, Tag::Paragraph | Tag::Heading { .. });
                if let Some((blocks, directives)) = tree.at_rest().filter(|_| begins) {
                    self.is_met = self.end == Some(at);
                    let section = tree.flow.section();
                    self.known.extend((!self.is_met).then_some(Joint {
                        at,
                        blocks,
                        directives,
                        section,
                    }));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.is_met
    }
}
