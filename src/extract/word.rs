//! Owns making blocks of a Word draft's paragraphs: headings, lists with what leads into them, cells with the heads of
//! their columns, notes with their marks.

use super::element::Role;
use super::flow::{Flow, Place};
use super::{Extracted, Keys, data, front_matter, plain, tree};
use crate::data::{Mistake, Node};
use crate::document::{BlockKind, Document};
use crate::source::SourceFile;
use crate::source::draft::{Cell, Mark, MarkKind, Paragraph, Shape};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// The name of the format.
pub(super) const NAME: &str = "word";

/// Reads a draft; a file that is none has no copy.
pub(super) fn extract(file: &Arc<SourceFile>, _: &Keys) -> Extracted {
    let mut reader = Reader {
        text: file.text(),
        flow: Flow::new(Vec::new(), 0),
        lists: Vec::new(),
        heads: FxHashMap::default(),
        table: None,
        settings: None,
        mistakes: Vec::new(),
    };
    let draft = file.draft();
    for paragraph in draft.iter().flat_map(|draft| &draft.paragraphs) {
        reader.read(paragraph);
    }
    let (blocks, directives) = reader.flow.finish();
    Extracted {
        document: Document {
            file: Arc::clone(file),
            blocks,
            directives,
            settings: reader.settings,
            address: None,
        },
        mistakes: reader.mistakes,
        tolerated: Vec::new(),
    }
}

/// A list that is open: how deep it is nested, what leads into it, and its last item.
struct List {
    depth: u8,
    lead: Option<u32>,
    last: Option<u32>,
}

struct Reader<'a> {
    text: &'a str,
    flow: Flow,
    lists: Vec<List>,
    /// The heads of columns, by table and column.
    heads: FxHashMap<(u32, u16), u32>,
    table: Option<u32>,
    settings: Option<Node>,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn read(&mut self, paragraph: &Paragraph) {
        let range = paragraph.span.range();
        let words = self.text.get(range.clone()).unwrap_or_default();
        match &paragraph.shape {
            Shape::Alt => return self.beside(BlockKind::Alt, range),
            Shape::Description => return self.beside(BlockKind::Meta, range),
            Shape::Directive => return self.flow.directive(words, range),
            Shape::Settings => return self.settings(paragraph, words),
            _ => {}
        }
        self.enter_table(paragraph.cell);
        // Bullets are typed too.
        let typed = if paragraph.shape == Shape::Text {
            plain::mark(words)
        } else {
            0
        };
        let place = self.place(paragraph, typed > 0);
        self.flow.place = place;
        self.write(range.start + typed..range.end, &paragraph.marks);
        let written = self.flow.flush();
        match place.role {
            Role::ListItem => {
                if let Some(list) = self.lists.last_mut() {
                    list.last = written.or(list.last);
                }
            }
            Role::Cell { header: true } => {
                if let (Some(cell), Some(index)) = (paragraph.cell, written) {
                    self.heads.entry((cell.table, cell.column)).or_insert(index);
                }
            }
            _ => {}
        }
    }

    fn beside(&mut self, kind: BlockKind, range: Range<usize>) {
        let mut words = self.flow.aside();
        words.plain(self.text.get(range.clone()).unwrap_or_default(), range.start);
        self.flow.beside(kind, words.finish());
        self.flow.flush();
    }

    /// What a table is around leads into no list in it, and what is in it into none after it.
    fn enter_table(&mut self, cell: Option<Cell>) {
        let table = cell.map(|cell| cell.table);
        if table != self.table {
            self.table = table;
            self.flow.lead = None;
            self.lists.clear();
        }
    }

    fn place(&mut self, paragraph: &Paragraph, typed: bool) -> Place {
        let mut place = Place {
            quoted: paragraph.quoted,
            ..Place::PLAIN
        };
        if let Some(depth) = item(&paragraph.shape).or_else(|| typed.then_some(0)) {
            place.role = Role::ListItem;
            place.lead_in = self.lead(depth);
            return place;
        }
        self.lists.clear();
        place.role = match &paragraph.shape {
            Shape::Heading(level) => Role::Heading(*level),
            Shape::Caption => Role::Caption,
            Shape::Title => Role::Title,
            Shape::Note(label) => self.note(label),
            _ => match paragraph.cell {
                Some(cell) => {
                    self.flow.lead = None;
                    place.lead_in = self
                        .heads
                        .get(&(cell.table, cell.column))
                        .copied()
                        .filter(|_| !cell.header);
                    Role::Cell { header: cell.header }
                }
                None => Role::Paragraph,
            },
        };
        place
    }

    /// What leads into an item that is nested so deep.
    fn lead(&mut self, depth: u8) -> Option<u32> {
        while self.lists.last().is_some_and(|list| list.depth > depth) {
            self.lists.pop();
        }
        if self.lists.last().is_none_or(|list| list.depth < depth) {
            let lead = match self.lists.last() {
                Some(list) => list.last.or(list.lead),
                None => self.flow.lead,
            };
            self.lists.push(List {
                depth,
                lead,
                last: None,
            });
        }
        self.lists.last().and_then(|list| list.lead)
    }

    fn note(&mut self, label: &str) -> Role {
        self.flow.labels.push(label.to_owned());
        Role::Footnote(u32::try_from(self.flow.labels.len() - 1).unwrap_or(u32::MAX))
    }

    fn settings(&mut self, paragraph: &Paragraph, words: &str) {
        if self.settings.is_some() {
            let message = "another comment says what this draft is already";
            return self
                .mistakes
                .push(Mistake::new(paragraph.span, message).help("keep one of the two"));
        }
        let mut read = data::read_yaml(words, paragraph.span.start);
        self.mistakes.append(&mut read.mistakes);
        self.settings = front_matter::take(&mut read.root, "caveat");
    }

    /// Writes words with what their marks say, which are in order.
    fn write(&mut self, range: Range<usize>, marks: &[Mark]) {
        let mut words = Words {
            at: range.start,
            end: range.end,
            link: None,
            bold: range.start,
            spaced: matches!(self.flow.place.role, Role::Heading(_) | Role::Title),
        };
        for mark in marks {
            let (start, end) = (mark.span.start as usize, (mark.span.end as usize).min(range.end));
            if start < words.at {
                continue;
            }
            match &mark.kind {
                MarkKind::Page => continue,
                _ => self.write_to(start, &mut words),
            }
            match &mark.kind {
                MarkKind::Link(target) => {
                    self.flow.open_link(target, false);
                    words.link = Some(end);
                }
                MarkKind::Note(label) => self.flow.mark(label),
                MarkKind::Bold => words.bold = words.bold.max(end),
                MarkKind::Raised => self.raised(end, &mut words),
                MarkKind::Page => {}
            }
        }
        self.write_to(range.end, &mut words);
    }

    /// Writes words up to a place.
    fn write_to(&mut self, to: usize, words: &mut Words) {
        let to = to.min(words.end);
        while words.at < to {
            let link = words.link.filter(|end| *end > words.at);
            let bold = Some(words.bold).filter(|end| *end > words.at);
            let next = link.into_iter().chain(bold).min().unwrap_or(to).min(to);
            self.plain(words.at..next, bold.is_some(), words.spaced);
            words.at = next;
            if words.link.is_some_and(|end| end <= next) {
                words.link = None;
                self.flow.close_link();
            }
        }
    }

    /// Writes words that stand above the line: the mark of a note, a sign, or part of a word.
    fn raised(&mut self, end: usize, words: &mut Words) {
        let text = self.text.get(words.at..end).unwrap_or_default();
        if tree::is_mark(text, self.flow.writer.text()) {
            self.flow.mark(text.trim());
        } else if let Some(sign) = tree::sign(text) {
            self.flow.writer.atomic(sign, words.at..end);
        } else {
            return self.write_to(end, words);
        }
        words.at = end;
    }

    fn plain(&mut self, range: Range<usize>, bold: bool, spaced: bool) {
        let mut at = range.start;
        for line in self.text.get(range).unwrap_or_default().split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            self.flow.has_plain |= !bold && !words.trim().is_empty();
            self.flow.writer.plain(words, at);
            at += line.len();
            match (words.len() < line.len(), spaced) {
                (true, true) => self.flow.writer.space(at - 1..at, false),
                (true, false) => self.flow.line_break(at - 1..at),
                (false, _) => {}
            }
        }
    }
}

/// How far the words of a paragraph are written.
struct Words {
    at: usize,
    end: usize,
    /// Where the open link ends, and where bold words do.
    link: Option<usize>,
    bold: usize,
    /// Whether it is one line by nature.
    spaced: bool,
}

/// How deep an item is nested.
fn item(shape: &Shape) -> Option<u8> {
    match shape {
        Shape::Item(depth) => Some(*depth),
        _ => None,
    }
}
