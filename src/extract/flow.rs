//! Owns the sequence of blocks as it grows: the open block, what stands beside it, sections and directives.

mod lines;
mod menu;
mod rest;
mod within;

use super::element::Role;
use super::keys::Keys;
use super::writer::Writer;
use crate::document::{Block, BlockKind, Directive, Link};
use crate::text::{Derived, Prose, Span};
use lines::{Line, Part};
use std::ops::Range;
use within::Said;

/// The longest run of bold words that is taken for a heading.
const HEADING_WORDS: usize = 11;

/// Where a block stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) role: Role,
    pub(super) quoted: bool,
    pub(super) lead_in: Option<u32>,
}

impl Place {
    /// Running text on its own.
    pub(super) const PLAIN: Self = Self {
        role: Role::Paragraph,
        quoted: false,
        lead_in: None,
    };
}

struct OpenLink {
    target: String,
    start: u32,
    /// Whether it is a footnote mark, which keeps no words.
    mark: bool,
}

/// Blocks in reading order.
pub(super) struct Flow {
    /// The open block's text.
    pub(super) writer: Writer,
    /// Where the open block stands.
    pub(super) place: Place,
    /// Whether the open block has words that are not bold.
    pub(super) has_plain: bool,
    /// Labels of footnotes, by number.
    pub(super) labels: Vec<String>,
    /// What may lead into a list that begins now.
    pub(super) lead: Option<u32>,
    /// What the project says of keys.
    pub(super) keys: Keys,
    /// Whether a file is read, rather than a string in one, in whose markup no code is.
    pub(super) is_file: bool,
    /// The linked data of the page, which stands beside it.
    pub(super) linked: Vec<Derived<Prose, crate::text::Source>>,
    /// The data of blocks that programs show in the page.
    pub(super) shown: Vec<Derived<Prose, crate::text::Source>>,
    /// The address that the page says it stands at.
    pub(super) address: Option<String>,
    /// The lines of the open block that breaks end.
    lines: Vec<Line>,
    blocks: Vec<Block>,
    directives: Vec<Directive>,
    links: Vec<Link>,
    open_link: Option<OpenLink>,
    side: Vec<Block>,
    /// Directives inside the open block, with how many side blocks came before each.
    waiting: Vec<(Directive, usize)>,
    section: u32,
    base: u32,
    said: Said,
}

impl Flow {
    /// A flow that goes on after `blocks`; the text being read stands at byte `base` of the file.
    pub(super) const fn new(blocks: Vec<Block>, base: u32) -> Self {
        Self {
            writer: Writer::new(base),
            place: Place::PLAIN,
            has_plain: false,
            labels: Vec::new(),
            lead: None,
            keys: Keys::none(),
            is_file: false,
            linked: Vec::new(),
            shown: Vec::new(),
            address: None,
            lines: Vec::new(),
            blocks,
            directives: Vec::new(),
            links: Vec::new(),
            open_link: None,
            side: Vec::new(),
            waiting: Vec::new(),
            section: 0,
            base,
            said: Said::new(),
        }
    }

    /// Where the text being read stands in the file.
    pub(super) const fn base(&self) -> u32 {
        self.base
    }

    /// A writer for text beside the flow.
    pub(super) const fn aside(&self) -> Writer {
        Writer::new(self.base)
    }

    /// Adds a block that stands beside the open one: an image's text, a tooltip, a title.
    pub(super) fn beside(&mut self, kind: BlockKind, prose: Derived<Prose, crate::text::Source>) {
        if !has_words(prose.text()) {
            return;
        }
        self.side.push(Block {
            kind,
            prose,
            section: 0,
            quoted: false,
            lead_in: None,
            links: Vec::new(),
            key: None,
        });
    }

    /// Opens a link; one that is open already ends.
    pub(super) fn open_link(&mut self, target: &str, mark: bool) {
        self.close_link();
        self.open_link = Some(OpenLink {
            target: target.to_owned(),
            start: self.writer.len(),
            mark,
        });
    }

    /// Whether a link to a place on the same page is open and has no words yet; it becomes a footnote mark.
    pub(super) fn link_becomes_mark(&mut self) -> bool {
        let at = self.writer.len();
        match &mut self.open_link {
            Some(link) if link.target.starts_with('#') && link.start == at => {
                link.mark = true;
                true
            }
            _ => false,
        }
    }

    /// Closes the open link.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.open_link.take() else {
            return;
        };
        if link.mark {
            self.mark(link.target.trim_start_matches('#'));
        } else {
            self.add_link(link.target, link.start);
        }
    }

    /// Adds a footnote mark here.
    pub(super) fn mark(&mut self, label: &str) {
        self.links.push(Link {
            span: Span::empty(self.writer.len()),
            target: format!("footnote:{label}"),
        });
    }

    /// Whether the text so far ends with a link.
    pub(super) fn touches_link(&self) -> bool {
        let end = self.writer.len();
        self.links
            .last()
            .is_some_and(|link| link.span.end == end && !link.span.is_empty())
    }

    fn add_link(&mut self, target: String, start: u32) {
        let words = self.writer.text().get(start as usize..).unwrap_or_default();
        let end = self.writer.len() - (words.len() - words.trim_end().len()) as u32;
        if start < end {
            self.links.push(Link {
                span: Span::new(start, end),
                target,
            });
        }
    }

    /// Adds a line break that stands at `range`: whether a block ends there is told when its lines are known.
    pub(super) fn line_break(&mut self, range: Range<usize>) {
        if self.writer.is_empty() {
            return;
        }
        if self.at_break()
            && let Some(line) = self.lines.last_mut()
        {
            line.last = true;
            return;
        }
        self.writer.space(range, false);
        self.lines.push(Line {
            end: self.writer.len(),
            has_plain: std::mem::take(&mut self.has_plain),
            last: false,
        });
    }

    /// Whether nothing is written since the last line break.
    fn at_break(&self) -> bool {
        self.lines
            .last()
            .is_some_and(|line| line.end == self.writer.len())
    }

    /// Adds a comment addressed to caveat that stands at `range`.
    pub(super) fn directive(&mut self, text: &str, range: Range<usize>) {
        if self.writer.is_empty() || self.at_break() {
            self.flush();
        }
        let directive = Directive {
            text: text.to_owned(),
            span: self.writer.place(range),
            before: to_u32(self.blocks.len()),
        };
        if self.writer.is_empty() {
            self.directives.push(directive);
        } else {
            self.waiting.push((directive, self.side.len()));
        }
    }

    /// Ends the open block; returns its number if it had words.
    pub(super) fn flush(&mut self) -> Option<u32> {
        let pushed = self.flush_open();
        if self.side.is_empty() && self.waiting.is_empty() {
            return pushed;
        }
        let next = self.blocks.len();
        for mut block in self.side.drain(..) {
            block.section = self.section;
            self.blocks.push(block);
        }
        for (mut directive, beside) in self.waiting.drain(..) {
            directive.before = to_u32(next + beside);
            self.directives.push(directive);
        }
        pushed
    }

    fn flush_open(&mut self) -> Option<u32> {
        if self.writer.is_empty() && self.links.is_empty() {
            return None;
        }
        if let Some(link) = &mut self.open_link {
            let start = std::mem::take(&mut link.start);
            let (target, mark) = (link.target.clone(), link.mark);
            if !mark {
                self.add_link(target, start);
            }
        }
        let whole = Part {
            prose: self.writer.take(),
            links: std::mem::take(&mut self.links),
            has_plain: std::mem::take(&mut self.has_plain),
        };
        let lines = std::mem::take(&mut self.lines);
        let mut first = None;
        // Most blocks are one line, and no menu.
        if lines.is_empty() && whole.links.len() < menu::FEWEST {
            return self.push_part(whole);
        }
        for part in lines::cut(whole, lines).into_iter().flat_map(menu::cut) {
            let pushed = self.push_part(part);
            first = first.or(pushed);
        }
        first
    }

    fn push_part(&mut self, part: Part) -> Option<u32> {
        let Part {
            prose,
            mut links,
            has_plain,
        } = part;
        if !has_words(prose.text()) {
            return None;
        }
        let end = prose.span().end;
        for link in &mut links {
            link.span = Span::new(link.span.start.min(end), link.span.end.min(end));
        }
        // A mark inside a link is met before the link is whole.
        links.sort_by_key(|link| link.span);
        let mut place = self.place;
        if place.role == Role::Paragraph && !has_plain && reads_as_heading(prose.text()) {
            place.role = Role::Heading(6);
        }
        Some(self.push(place, prose, links))
    }

    fn push(&mut self, place: Place, prose: Derived<Prose, crate::text::Source>, links: Vec<Link>) -> u32 {
        let index = to_u32(self.blocks.len());
        let kind = self.kind(place.role);
        if matches!(kind, BlockKind::Heading(_)) {
            self.section += 1;
        }
        match kind {
            BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::TableCell { .. } => {
                self.lead = Some(index)
            }
            // a second list right after a first has the same lead-in
            BlockKind::ListItem | BlockKind::Title => {}
            _ => self.lead = None,
        }
        self.blocks.push(Block {
            section: self.section,
            kind,
            prose,
            quoted: place.quoted,
            lead_in: place.lead_in,
            links,
            key: None,
        });
        index
    }

    fn kind(&self, role: Role) -> BlockKind {
        match role {
            Role::Heading(level) => BlockKind::Heading(level),
            Role::Paragraph => BlockKind::Paragraph,
            Role::ListItem => BlockKind::ListItem,
            Role::Cell { header } => BlockKind::TableCell { header },
            Role::Caption => BlockKind::Caption,
            Role::Button => BlockKind::Button,
            Role::Title => BlockKind::Title,
            Role::Footnote(label) => {
                BlockKind::Footnote(self.labels.get(label as usize).cloned().unwrap_or_default())
            }
        }
    }

    /// Ends the open block and lets `add` add blocks of data; a list among them that nothing leads into is led into by
    /// what came before.
    pub(super) fn data(&mut self, add: impl FnOnce(&mut Vec<Block>)) {
        self.flush();
        let first = self.blocks.len();
        add(&mut self.blocks);
        for (index, block) in self.blocks.iter_mut().enumerate().skip(first) {
            self.section = block.section;
            match block.kind {
                BlockKind::ListItem => block.lead_in = block.lead_in.or(self.lead),
                BlockKind::Heading(_) | BlockKind::Paragraph => self.lead = Some(to_u32(index)),
                _ => {}
            }
        }
    }

    /// The blocks and directives.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Directive>) {
        self.flush();
        self.blocks.shrink_to_fit();
        (self.blocks, self.directives)
    }
}

/// Puts each comment before the block that follows it in the file, where blocks stand in another order than there.
pub(super) fn place(directives: &mut [Directive], blocks: &[Block]) {
    if directives.is_empty() {
        return;
    }
    let starts = blocks
        .iter()
        .map(|block| block.prose.origin(block.prose.span()).start);
    let mut starts: Vec<(u32, u32)> = starts.zip(0..).collect();
    starts.sort_unstable();
    for directive in directives {
        let next = starts.partition_point(|(start, _)| *start < directive.span.end);
        directive.before = starts.get(next).map_or(to_u32(blocks.len()), |(_, block)| *block);
    }
}

/// Whether there is anything to read in it.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a paragraph that is bold throughout is a heading in all but name.
fn reads_as_heading(text: &str) -> bool {
    !text.ends_with(['.', '!', ',', ';'])
        && text.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
