//! Owns reading again of a Markdown file what an edit has changed. Blocks that stand at the top of a page part it: where one
//! begins, and nothing is open, the text on one side says nothing of how the other is read. Between the last such joint that is
//! a block away from the edit, and the first one behind it that still is one, the text is read as if it stood alone.

use super::joints::{Joint, Joints};
use super::walk;
use crate::document::{Block, BlockKind, Directive, Document};
use crate::extract::Keys;
use crate::extract::flow::Flow;
use crate::extract::mask::Masked;
use crate::extract::tree::Tree;
use crate::source::SourceFile;
use crate::text::Span;
use std::sync::Arc;

/// A file as it was read.
pub(in crate::extract) struct Past {
    file: Arc<SourceFile>,
    keys: Keys,
    /// Its text, masked.
    text: String,
    /// Where that stands in the file, and after how many blocks of front matter.
    base: u32,
    front: usize,
    /// What came of it, front matter and all; no blocks until somebody gives them back.
    read: Read,
}

/// What is read of a text, and the joints in it.
#[derive(Default)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) directives: Vec<Directive>,
    pub(super) joints: Vec<Joint>,
}

/// Whether a text may be read in parts: nothing in it gives a meaning to what stands elsewhere, as the address of a link does
/// that is named, or the text of a footnote.
pub(super) fn is_plain(masked: &Masked) -> bool {
    let named = || memchr::memmem::find(masked.text.as_bytes(), b"]:").is_some();
    masked.asides.is_empty() && masked.unboxed.is_none() && !named()
}

impl Past {
    /// A file whose text is plain, which stands at `base` of it after `front` blocks, and has these joints.
    pub(super) fn new(
        file: &Arc<SourceFile>,
        keys: &Keys,
        text: String,
        (base, front): (u32, usize),
        joints: Vec<Joint>,
    ) -> Self {
        Self {
            file: Arc::clone(file),
            keys: keys.clone(),
            text,
            base,
            front,
            read: Read {
                joints,
                ..Read::default()
            },
        }
    }

    /// Keeps what came of the file.
    pub(in crate::extract) fn keep(&mut self, document: Document) {
        if Arc::ptr_eq(&self.file, &document.file) {
            self.read.blocks = document.blocks;
            self.read.directives = document.directives;
        }
    }

    /// Reads a plain text that was this one before an edit; it stands at `base` of its file, after `front`, to which its blocks
    /// are added. Gives that back where the whole has to be read.
    pub(super) fn read(
        self,
        text: &str,
        keys: &Keys,
        base: u32,
        front: Vec<Block>,
    ) -> Result<Read, Vec<Block>> {
        let (start, stop) = self.around(text);
        let known = |joint: usize| self.read.joints.get(joint).copied();
        let from = start.and_then(known).unwrap_or_default();
        // Where what stood behind the edit stands now.
        let now = |joint: Joint| joint.at + text.len() - self.text.len();
        let last = stop.and_then(known);
        let ahead = stop.and_then(|stop| known(stop + 1));
        let (end, ahead) = (last.map(now), ahead.map_or(text.len(), now));
        let was = self
            .text
            .get(from.at..last.map_or(self.text.len(), |last| last.at));
        let is = text.get(from.at..end.unwrap_or(text.len()));
        // What stands in HTML may be open to the end of the page.
        let html = |text: &str| memchr::memchr(b'<', text.as_bytes()).is_some();
        if self.keys != *keys || was.is_none_or(html) || is.is_none_or(html) {
            return Err(front);
        }
        let masked = Masked::plain(text.get(from.at..ahead).unwrap_or_default().to_owned());
        let mut joints = Joints::up_to(end.map(|end| end - from.at));
        let mut tree = Tree::new(Flow::new(Vec::new(), base + from.at as u32).of_file(keys));
        walk::walk(&masked, &mut |_, _, _| {}, &mut tree, &mut joints);
        tree.flush();
        let Some(joints) = joints.met() else {
            return Err(front);
        };
        let sections = from.section + tree.flow.section();
        let (blocks, directives) = tree.flow.finish();
        let new = Read {
            blocks,
            directives,
            joints,
        };
        // What follows the first block may have made a term of it, in a list that what stands before leads into.
        let begins = |joint: &Joint| joint.at == 0 && new.is_alone(joint);
        if start.is_some() && !new.joints.first().is_some_and(begins) {
            return Err(front);
        }
        let mut whole = Read {
            blocks: front,
            ..Read::default()
        };
        let further = base.wrapping_sub(self.base);
        let first = Joint {
            blocks: self.front,
            ..Joint::default()
        };
        let (head, tail) = self.parted(start, stop);
        whole.add(head, first, Joint::default(), further);
        whole.add(new, Joint::default(), from, 0);
        if let Some((last, at)) = last.zip(end) {
            let bytes = further.wrapping_add(at.wrapping_sub(last.at) as u32);
            let section = sections;
            whole.add(tail, last, Joint { at, section, ..last }, bytes);
        }
        Ok(whole)
    }

    /// What was read up to one joint, without the front matter, and from another on.
    fn parted(self, start: Option<usize>, stop: Option<usize>) -> (Read, Read) {
        let mut head = self.read;
        let tail = stop.map_or_else(Read::default, |stop| head.split_off(stop));
        match start {
            Some(start) => drop(head.split_off(start)),
            None => head.clear(self.front),
        }
        head.blocks.drain(..self.front.min(head.blocks.len()));
        (head, tail)
    }

    /// The joints around what an edit has changed: the last one with a block between, and the first one behind.
    fn around(&self, text: &str) -> (Option<usize>, Option<usize>) {
        let joints = &self.read.joints;
        let alone = |joint: &Joint| self.read.is_alone(joint);
        let (before, after) = same(text.as_bytes(), self.text.as_bytes());
        let whole = joints.partition_point(|joint| joint.at <= before);
        let start = joints[..whole.saturating_sub(1)].iter().rposition(alone);
        let from = joints.partition_point(|joint| joint.at < self.text.len() - after);
        let stop = joints[from..].iter().position(alone);
        (start, stop.map(|stop| from + stop))
    }
}

/// How many bytes are the same at the start of both, and at the end.
fn same(new: &[u8], old: &[u8]) -> (usize, usize) {
    const STRIDE: usize = 512;
    let both = new.len().min(old.len());
    let strides = new[..both].chunks_exact(STRIDE).zip(old.chunks_exact(STRIDE));
    let start = STRIDE * strides.take_while(|(new, old)| new == old).count();
    let rest = new[start..both].iter().zip(&old[start..]);
    let start = start + rest.take_while(|(new, old)| new == old).count();
    let both = both - start;
    let (new, old) = (&new[new.len() - both..], &old[old.len() - both..]);
    let strides = new.rchunks_exact(STRIDE).zip(old.rchunks_exact(STRIDE));
    let end = STRIDE * strides.take_while(|(new, old)| new == old).count();
    let rest = new[..both - end].iter().rev().zip(old[..both - end].iter().rev());
    (start, end + rest.take_while(|(new, old)| new == old).count())
}

impl Read {
    /// Whether what is read after a joint does not ask what stood before it: it begins with a block of its own that leads into
    /// what follows.
    fn is_alone(&self, joint: &Joint) -> bool {
        self.blocks.get(joint.blocks).is_some_and(|block| {
            matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph) && block.lead_in.is_none()
        })
    }

    /// Takes off what stands from a joint on.
    fn split_off(&mut self, joint: usize) -> Self {
        let joints = self.joints.split_off(joint);
        let (blocks, directives) = joints
            .first()
            .map_or((usize::MAX, usize::MAX), |joint| (joint.blocks, joint.directives));
        Self {
            blocks: self.blocks.split_off(blocks.min(self.blocks.len())),
            directives: self.directives.split_off(directives.min(self.directives.len())),
            joints,
        }
    }

    /// Leaves the front matter alone.
    fn clear(&mut self, front: usize) {
        self.blocks.truncate(front);
        self.directives.clear();
        self.joints.clear();
    }

    /// Adds a part that began at the joint `was` and begins at `now`, so many bytes further on in the file.
    fn add(&mut self, part: Self, was: Joint, now: Joint, bytes: u32) {
        let blocks = self.blocks.len().wrapping_sub(was.blocks);
        let directives = self.directives.len().wrapping_sub(was.directives);
        let sections = now.section.wrapping_sub(was.section);
        let at = now.at.wrapping_sub(was.at);
        self.blocks.extend(part.blocks.into_iter().map(|mut block| {
            block.lead_in = block.lead_in.map(|lead| lead.wrapping_add(blocks as u32));
            block.section = block.section.wrapping_add(sections);
            block.prose.shift(bytes);
            block
        }));
        self.directives
            .extend(part.directives.into_iter().map(|directive| {
                let Span { start, end, .. } = directive.span;
                Directive {
                    span: Span::new(start.wrapping_add(bytes), end.wrapping_add(bytes)),
                    before: directive.before.wrapping_add(blocks as u32),
                    ..directive
                }
            }));
        self.joints.extend(part.joints.into_iter().map(|joint| Joint {
            at: joint.at.wrapping_add(at),
            blocks: joint.blocks.wrapping_add(blocks),
            directives: joint.directives.wrapping_add(directives),
            section: joint.section.wrapping_add(sections),
        }));
    }
}
