//! Owns a paragraph as it grows: its words, where they stand, and what is known of them.

use super::run::Piece;
use super::styles::{Style, Styles};
use crate::source::draft::{Cell, MarkKind, Shape};

/// Words that are marked as links to longer addresses are marked as no link.
const ADDRESS: usize = 2048;

/// A paragraph as it stands in a part.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) text: String,
    /// Where its text stands; empty where nobody asks.
    pub(super) pieces: Vec<Piece>,
    pub(super) shape: Option<Shape>,
    pub(super) quoted: bool,
    pub(super) cell: Option<Cell>,
    /// Marks, in bytes of the text.
    pub(super) marks: Vec<(u32, u32, MarkKind)>,
    pub(super) number: u32,
    pub(super) page: u32,
    /// The ids of the comments that begin in it.
    pub(super) comments: Vec<u32>,
    pub(super) hook: Hook,
}

/// Where a comment on a paragraph stands that may not stand on its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Hook {
    /// On its words.
    #[default]
    Words,
    /// On the run of this number in the body, which holds the box that it stands in.
    Run(u32),
    /// On the mark of the note of this label.
    Note(Box<str>),
    /// At the start of the body.
    Top,
}

/// What its own properties say of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) raw: Raw,
    pub(super) style: Option<String>,
    /// The level of its outline; 9 is none.
    pub(super) outline: Option<u32>,
    pub(super) level: Option<u32>,
    pub(super) list: Option<u32>,
    /// Whether its end is deleted, so that the next one goes on in it.
    pub(super) joined: bool,
    /// The links that are open: where each begins and where it leads.
    links: Vec<(u32, Option<Box<str>>)>,
}

impl Open {
    /// A paragraph that begins.
    pub(super) fn new(raw: Raw) -> Self {
        Self {
            raw,
            ..Self::default()
        }
    }

    /// How much text there is.
    pub(super) fn end(&self) -> u32 {
        super::run::small(self.raw.text.len())
    }

    /// Adds text; `page` is the page that it stands on.
    pub(super) fn push(&mut self, text: &str, page: u32) {
        if self.raw.text.is_empty() {
            self.raw.page = page;
        }
        self.raw.text.push_str(text);
    }

    /// Adds a mark on the text from `start` on. What goes on where the last mark of its kind ends is one with it.
    pub(super) fn mark(&mut self, start: u32, kind: MarkKind) {
        let end = self.end();
        match self.raw.marks.last_mut() {
            Some((_, last, known))
                if *last == start && *known == kind && matches!(kind, MarkKind::Bold | MarkKind::Raised) =>
            {
                *last = end;
            }
            _ => self.raw.marks.push((start, end, kind)),
        }
    }

    /// A page begins here.
    pub(super) fn turn(&mut self) {
        if !self.raw.text.is_empty() {
            self.mark(self.end(), MarkKind::Page);
        }
    }

    /// A link begins here.
    pub(super) fn open_link(&mut self, target: Option<String>) {
        let target = target.filter(|target| target.len() <= ADDRESS && !target.is_empty());
        self.links.push((self.end(), target.map(Into::into)));
    }

    /// The link that began last ends here.
    pub(super) fn close_link(&mut self) {
        if let Some((start, Some(target))) = self.links.pop()
            && start < self.end()
        {
            self.mark(start, MarkKind::Link(target));
        }
    }

    /// Says what it is, and ends it; nothing where its words are made from others.
    pub(super) fn close(mut self, styles: &Styles) -> Option<Raw> {
        while !self.links.is_empty() {
            self.close_link();
        }
        let usual = Style::default();
        let style = styles.of(self.style.as_deref()).unwrap_or(&usual);
        let heading = self.outline.map(super::styles::level).or(style.heading);
        let level = self.level.map(|level| level.min(8) as u8);
        let item = match self.list {
            Some(0) => None,
            Some(_) => Some(level.or(style.item).unwrap_or(0)),
            None => style.item.map(|own| level.unwrap_or(own)),
        };
        let mut raw = self.raw;
        raw.quoted |= style.quoted;
        raw.marks.sort_by_key(|(start, end, _)| (*start, *end));
        raw.shape
            .get_or_insert(match (heading.filter(|level| *level > 0), item) {
                (Some(level), _) => Shape::Heading(level),
                (None, Some(level)) => Shape::Item(level),
                (None, None) if style.caption => Shape::Caption,
                (None, None) => Shape::Text,
            });
        (!style.made).then_some(raw)
    }
}
