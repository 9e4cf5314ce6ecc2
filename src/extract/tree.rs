//! Owns the open elements of a page, from HTML and Markdown alike, and what they make of the text in them.

mod nest;
mod raised;
mod rest;

use super::element::{self, Kind, Role};
use super::flow::{Flow, Place};
use super::writer::Writer;
use crate::document::BlockKind;
use nest::Nest;
pub(super) use raised::{is_mark, sign};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What an element's attributes say.
#[derive(Clone, Debug, Default)]
pub(super) struct Traits {
    /// It is not shown.
    pub(super) hidden: bool,
    /// It is marked as a quotation, review or testimonial.
    pub(super) quoted: bool,
    /// It is a link that looks like a button.
    pub(super) button: bool,
    /// Where a link leads.
    pub(super) target: Option<String>,
    /// The label of the footnote whose text it is.
    pub(super) footnote: Option<String>,
}

/// Whether text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Mute {
    Shown,
    /// In the head of the page, of which only the title is read.
    Head,
    /// In a drawing, of which only what it says is read.
    Drawing,
    /// In the words of a drawing, which stand beside the text.
    Legend,
    Hidden,
}

#[derive(Clone, Copy)]
struct Open {
    name: u32,
    kind: Kind,
    place: Place,
    mute: Mute,
    strong: bool,
    link: bool,
    breaks: bool,
}

/// The open elements, and the flow of blocks they make.
pub(super) struct Tree {
    /// The blocks.
    pub(super) flow: Flow,
    names: FxHashMap<Box<str>, u32>,
    /// How many elements of each name are open, so that a stray end tag costs nothing.
    counts: Vec<u32>,
    open: Vec<Open>,
    nest: Nest,
    in_head: bool,
    /// The words of the drawing that is open, and what they are.
    legend: Option<(BlockKind, Writer)>,
}

impl Tree {
    /// No element open.
    pub(super) fn new(flow: Flow) -> Self {
        Self {
            flow,
            names: FxHashMap::default(),
            counts: Vec::new(),
            open: Vec::new(),
            nest: Nest::default(),
            in_head: false,
            legend: None,
        }
    }

    /// Whether text is not shown here.
    pub(super) fn is_muted(&self) -> bool {
        !matches!(self.mute(), Mute::Shown | Mute::Legend)
    }

    /// Whether even the head's own fields are not read here.
    pub(super) fn is_hidden(&self) -> bool {
        self.mute() == Mute::Hidden
    }

    fn mute(&self) -> Mute {
        self.open.last().map_or(Mute::Shown, |top| top.mute)
    }

    fn place(&self) -> Place {
        self.open.last().map_or(Place::PLAIN, |top| top.place)
    }

    /// Literal text at `at`.
    pub(super) fn plain(&mut self, text: &str, at: usize) {
        if let Some(words) = self.legend() {
            words.plain(text, at);
        } else if self.prepare(text) {
            match sign(text).filter(|_| self.is_raised()) {
                Some(sign) => self.flow.writer.atomic(sign, at..at + text.len()),
                None => self.flow.writer.plain(text, at),
            }
        }
    }

    /// HTML text at `at`.
    pub(super) fn markup(&mut self, text: &str, at: usize) {
        if let Some(words) = self.legend() {
            words.markup(text, at);
        } else if self.prepare(text) {
            match sign(text).filter(|_| self.is_raised()) {
                Some(sign) => self.flow.writer.atomic(sign, at..at + text.len()),
                None => self.flow.writer.markup(text, at),
            }
        }
    }

    /// Where the text here is written, if it is a drawing's.
    fn legend(&mut self) -> Option<&mut Writer> {
        let here = self.mute() == Mute::Legend;
        self.legend.as_mut().filter(|_| here).map(|(_, words)| words)
    }

    fn is_raised(&self) -> bool {
        self.open.last().is_some_and(|top| top.kind == Kind::Raised)
    }

    /// Text that stands for the whole of a range.
    pub(super) fn atomic(&mut self, text: &str, range: Range<usize>) {
        if self.prepare(text) {
            self.flow.writer.atomic(text, range);
        }
    }

    /// Something that is no copy, within a line.
    pub(super) fn placeholder(&mut self, range: Range<usize>) {
        if self.prepare("x") {
            self.flow.writer.placeholder(range);
        }
    }

    /// Readies the flow for text; `false` where it is not to be written.
    fn prepare(&mut self, text: &str) -> bool {
        if self.mute() != Mute::Shown {
            return false;
        }
        if self.flow.writer.is_empty() {
            self.flow.place = self.place();
        }
        let top = self.open.last();
        if !self.flow.has_plain && !top.is_some_and(|top| top.strong) {
            self.flow.has_plain = text.contains(|c: char| !c.is_whitespace());
        }
        if self.is_raised() && is_mark(text, self.flow.writer.text()) {
            self.flow.mark(text.trim());
            return false;
        }
        true
    }

    /// A line break; it is a space in text that is one line by nature.
    pub(super) fn line_break(&mut self, range: Range<usize>) {
        if let Some(words) = self.legend() {
            words.space(range, false);
            return;
        }
        if self.is_muted() {
            return;
        }
        match self.place().role {
            Role::Heading(_) | Role::Title | Role::Button => self.flow.writer.space(range, false),
            _ => self.flow.line_break(range),
        }
    }

    /// Ends the open block.
    pub(super) fn flush(&mut self) {
        let role = self.flow.place.role;
        if let Some(index) = self.flow.flush() {
            self.nest.note(role, index);
        }
    }

    /// Opens an element that stands at `range`. `closed` says that it ends at once.
    pub(super) fn open(&mut self, name: &str, range: Range<usize>, traits: &Traits, closed: bool) {
        let kind = match (element::kind(name), self.mute()) {
            (Kind::Title, Mute::Drawing) => Kind::Legend,
            (Kind::Legend, mute) if mute != Mute::Drawing => Kind::Inline,
            (kind, _) => kind,
        };
        if self.in_head && !kind.is_head() {
            self.close("head");
        }
        if kind == Kind::Legend {
            let shown = if name == "text" {
                BlockKind::Paragraph
            } else {
                BlockKind::Alt
            };
            self.legend = Some((shown, self.flow.aside()));
        } else if let Some(words) = self.legend() {
            words.space(range.clone(), false);
        }
        match kind {
            Kind::Break => return self.line_break(range),
            Kind::Rule => return self.flush(),
            _ if kind.is_void() => return,
            _ => {}
        }
        let breaks = kind.breaks() || traits.button || traits.footnote.is_some();
        if breaks {
            self.end_implied(kind);
            self.flush();
        }
        if kind == Kind::Code {
            self.placeholder(range.clone());
        }
        self.push(name, kind, range, traits, breaks);
        if closed {
            self.close(name);
        }
    }

    /// Ends the elements that one of this kind ends by beginning.
    fn end_implied(&mut self, kind: Kind) {
        if self.open.last().is_some_and(|top| {
            top.kind == Kind::Text
                || (is_heading(top.kind) && is_heading(kind))
                || (is_option(top) && kind == top.kind)
        }) {
            self.pop();
        }
        if let Some(depth) = self.nest.ended_by(kind) {
            self.pop_to(depth.saturating_sub(1));
        }
    }

    fn push(&mut self, name: &str, kind: Kind, range: Range<usize>, traits: &Traits, breaks: bool) {
        let id = self.id(name);
        if let Some(count) = self.counts.get_mut(id as usize) {
            *count += 1;
        }
        let parent = self.open.last().copied();
        let mut open = Open {
            name: id,
            kind,
            place: self.place(),
            mute: parent.map_or(Mute::Shown, |parent| parent.mute),
            strong: parent.is_some_and(|parent| parent.strong) || kind == Kind::Strong,
            link: false,
            breaks,
        };
        open.place.quoted |= traits.quoted || kind == Kind::Quotation;
        open.mute = self.mute_of(kind, open.mute, traits);
        self.enter(&mut open, range, traits);
        self.open.push(open);
    }

    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.names.get(name) {
            return *id;
        }
        let id = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.names.insert(name.into(), id);
        self.counts.push(0);
        id
    }

    fn mute_of(&mut self, kind: Kind, parent: Mute, traits: &Traits) -> Mute {
        let own = match kind {
            Kind::Title if parent != Mute::Hidden => return Mute::Shown,
            Kind::Hidden | Kind::HiddenBlock | Kind::Code => Mute::Hidden,
            _ if traits.hidden => Mute::Hidden,
            Kind::Drawing => Mute::Drawing,
            Kind::Legend => Mute::Legend,
            Kind::Head => {
                self.in_head = true;
                Mute::Head
            }
            Kind::Raised if self.flow.link_becomes_mark() => Mute::Hidden,
            _ => Mute::Shown,
        };
        if own > parent { own } else { parent }
    }

    /// What an element that begins changes: the role of its text, the list, item, table or link it opens.
    fn enter(&mut self, open: &mut Open, range: Range<usize>, traits: &Traits) {
        let depth = self.open.len() + 1;
        self.nest
            .enter(open.kind, depth, &mut self.flow.lead, &mut open.place);
        match open.kind {
            Kind::Block(Some(role)) => open.place.role = role,
            Kind::Title => {
                open.place = Place {
                    role: Role::Title,
                    ..Place::PLAIN
                }
            }
            Kind::Anchor => self.enter_link(open, range, traits),
            _ => {}
        }
        if traits.button {
            open.place.role = Role::Button;
        }
        if let Some(label) = &traits.footnote {
            open.place.role = self.footnote(label);
        }
    }

    fn footnote(&mut self, label: &str) -> Role {
        self.flow.labels.push(label.to_owned());
        Role::Footnote(u32::try_from(self.flow.labels.len() - 1).unwrap_or(u32::MAX))
    }

    fn enter_link(&mut self, open: &mut Open, range: Range<usize>, traits: &Traits) {
        let Some(target) = traits.target.as_deref() else {
            return;
        };
        if open.mute != Mute::Shown {
            return;
        }
        // a raised link to a place on the page is a footnote mark
        let raised = self.open.last().is_some_and(|top| top.kind == Kind::Raised);
        let mark = raised && target.starts_with('#');
        if mark {
            open.mute = Mute::Hidden;
        }
        open.link = true;
        // links that touch are set apart by their style
        if self.flow.touches_link() {
            self.flow.writer.space(range, false);
        }
        self.flow.open_link(target, mark);
    }

    /// Closes the innermost open element of this name, and with it those inside it.
    pub(super) fn close(&mut self, name: &str) {
        let Some(id) = self.names.get(name).copied() else {
            return;
        };
        if self.counts.get(id as usize).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(top) = self.open.last() {
            let found = top.name == id;
            self.pop();
            if found {
                break;
            }
        }
    }

    fn pop_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(top) = self.open.last().copied() else {
            return;
        };
        if top.link {
            self.flow.close_link();
        }
        if top.breaks {
            self.flush();
        }
        self.open.pop();
        if let Some(count) = self.counts.get_mut(top.name as usize) {
            *count = count.saturating_sub(1);
        }
        if top.kind == Kind::Legend
            && let Some((shown, words)) = self.legend.take()
        {
            self.flow.beside(shown, words.finish());
        }
        self.nest.leave(top.kind, &mut self.flow.lead);
        if top.kind == Kind::Head {
            self.in_head = false;
        }
    }
}

const fn is_heading(kind: Kind) -> bool {
    matches!(kind, Kind::Block(Some(Role::Heading(_))))
}

const fn is_option(open: &Open) -> bool {
    matches!(open.kind, Kind::Block(Some(Role::Button)))
}
