//! Owns reading the text of a part that holds paragraphs: the body, headers, footers, notes.

mod beside;
mod fields;
mod open;
mod state;

use super::Broken;
use super::paragraph::{Open, Raw};
use super::relations::Relations;
use super::run::{Piece, Run, narrow, small};
use super::styles::Styles;
use super::xml::{Event, Xml};
use crate::source::draft::{Cell, MarkKind, Shape};
use rustc_hash::{FxHashMap, FxHashSet};
use state::{Field, Here, Kind, Table};
use std::ops::Range;

/// Boxes within boxes that are read.
const BOXES: usize = 16;
/// Stands for what is no copy but keeps its neighbours apart.
const PLACEHOLDER: &str = "\u{fffc}";
/// Most languages of a draft.
const LANGUAGES: usize = 100;
/// The longest instruction of a field that is looked at.
const INSTRUCTION: usize = 4096;

/// What a part says.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) paragraphs: Vec<Raw>,
    pub(super) runs: Vec<Run>,
    /// Labels of notes with the runs that hold their marks.
    pub(super) notes: Vec<(Box<str>, u32)>,
    /// Where the first paragraph begins that has contents, behind its properties.
    pub(super) top: Option<u32>,
    /// The ids of the headers and of the footers that it names.
    pub(super) headers: Vec<String>,
    pub(super) footers: Vec<String>,
    /// Letters by the language that they are marked as.
    pub(super) languages: Vec<(String, usize)>,
    /// Whether the part is one of Word's.
    pub(super) is_word: bool,
    /// What stands before the names of Word's own elements.
    pub(super) prefix: String,
}

/// What reading a part needs to know.
pub(super) struct Asked<'a> {
    pub(super) part: &'a str,
    pub(super) styles: &'a Styles,
    pub(super) relations: &'a Relations,
    /// The comments whose places are wanted.
    pub(super) comments: &'a FxHashMap<u32, usize>,
    /// Whether it is the body, which comments may stand in.
    pub(super) body: bool,
    /// What stands before the labels of its notes.
    pub(super) label: &'static str,
    /// Whether the places of words are wanted.
    pub(super) mapped: bool,
}

/// Reads a part.
pub(super) fn read(text: &str, asked: &Asked<'_>) -> Result<Story, Broken> {
    let mut xml = Xml::new(text, asked.part);
    let mut reader = Reader {
        asked,
        out: Story::default(),
        stack: Vec::new(),
        skip: 0,
        here: Here::default(),
        outer: Vec::new(),
        tables: Vec::new(),
        lone: FxHashSet::default(),
        fields: Vec::new(),
        seen: FxHashSet::default(),
        waiting: Vec::new(),
        note: None,
        numbers: 0,
        count: 0,
        page: 0,
        controls: 0,
        free: None,
    };
    while let Some(event) = xml.next()? {
        match event {
            Event::Open(tag) => reader.open(&tag),
            Event::Close(at) => reader.close(&at),
            Event::Text(at) => reader.characters(text.get(at.clone()).unwrap_or_default(), at, true),
            Event::Literal { inner, at } => reader.characters(text.get(inner).unwrap_or_default(), at, false),
            Event::Character(c, at) => reader.characters(c.encode_utf8(&mut [0; 4]), at, false),
        }
    }
    reader.end_joined();
    reader.out.is_word = xml.is_word();
    reader.out.prefix = xml.prefix().to_owned();
    for raw in &mut reader.out.paragraphs {
        // A file that tells of no page's end tells of no page.
        raw.page += u32::from(reader.page > 0);
        if let Some(cell) = raw.cell.as_mut().filter(|cell| reader.lone.contains(&cell.table)) {
            cell.header = false;
        }
    }
    Ok(reader.out)
}

struct Reader<'a> {
    asked: &'a Asked<'a>,
    out: Story,
    stack: Vec<Kind>,
    /// How many elements are open that are not read.
    skip: usize,
    here: Here,
    outer: Vec<Here>,
    tables: Vec<Table>,
    /// Tables of one row, which heads nothing.
    lone: FxHashSet<u32>,
    fields: Vec<Field>,
    /// The comments whose place is known, and those that begin before the next paragraph.
    seen: FxHashSet<u32>,
    waiting: Vec<u32>,
    /// The label of the note that is open.
    note: Option<Box<str>>,
    /// How many paragraphs there were, and how many tables.
    numbers: u32,
    count: u32,
    page: u32,
    /// How many controls of plain text stand around the open paragraph.
    controls: usize,
    /// The last run of the body that stands in none of them, nor in a box.
    free: Option<u32>,
}

impl Reader<'_> {
    fn close(&mut self, at: &Range<usize>) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.stack.pop() {
            Some(Kind::Paragraph) => self.end_paragraph(),
            Some(Kind::Apart) => self.controls -= 1,
            Some(Kind::Control { plain: true, .. }) => {
                if let Some(number) = self.here.control.take()
                    && let Some(run) = self.out.runs.get_mut(number as usize)
                {
                    run.end = small(at.end);
                }
            }
            Some(Kind::Run) => {
                if let Some(words) = self.here.run.take()
                    && self.here.control.is_none()
                    && let Some(run) = self.out.runs.get_mut(words.number as usize)
                {
                    run.end = small(at.end);
                    if self.controls == 0 && self.outer.is_empty() {
                        self.free = Some(words.number);
                    }
                }
            }
            Some(Kind::RunProps) => {
                if let Some(words) = &self.here.run
                    && self.here.control.is_none()
                    && let Some(run) = self.out.runs.get_mut(words.number as usize)
                {
                    run.props = small(at.end);
                }
            }
            Some(Kind::Props) => self.note_top(at.end),
            Some(Kind::Text(start)) => self.end_child(start, at.end),
            Some(Kind::Link) => {
                if let Some(open) = &mut self.here.paragraph {
                    open.close_link();
                }
            }
            Some(Kind::Box) => self.end_box(),
            Some(Kind::Table) => {
                self.end_joined();
                self.here.tables -= 1;
                let lone = self.tables.pop().filter(|table| table.rows < 2);
                self.lone.extend(lone.map(|table| table.number));
            }
            Some(Kind::Cell) => self.end_joined(),
            Some(Kind::Note) => {
                self.end_joined();
                self.note = None;
            }
            _ => {}
        }
    }

    /// Characters at a place.
    fn characters(&mut self, text: &str, at: Range<usize>, verbatim: bool) {
        if self.skip > 0 {
            return;
        }
        match self.stack.last() {
            Some(Kind::Text(start)) => {
                let start = *start;
                self.say(text, at, (start, start), verbatim);
            }
            Some(Kind::Instruction) => {
                if let Some(field) = self.fields.last_mut()
                    && field.instruction.len() + text.len() <= INSTRUCTION
                {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// Adds text that stands in a child of the open run.
    fn say(&mut self, text: &str, at: Range<usize>, child: (u32, u32), verbatim: bool) {
        let (Some(open), Some(words)) = (&mut self.here.paragraph, &self.here.run) else {
            return;
        };
        let own = self.asked.styles.of_words(words.style.as_deref());
        let around = self.asked.styles.of(open.style.as_deref());
        let known = |said: Option<bool>, of: fn(&super::styles::Style) -> Option<bool>| {
            let said = said.or_else(|| own.and_then(of)).or_else(|| around.and_then(of));
            said.unwrap_or(false)
        };
        if known(words.hidden, |style| style.hidden) {
            return;
        }
        // A part's own line ends are spaces, and are as long.
        let spaced;
        let text = if text.contains(['\n', '\r']) && child.0 != child.1 {
            text
        } else if text.contains(['\n', '\r']) {
            spaced = text.replace(['\n', '\r'], " ");
            &spaced
        } else {
            text
        };
        let start = open.end();
        open.push(text, self.page);
        if known(words.bold, |style| style.bold) {
            open.mark(start, MarkKind::Bold);
        }
        if known(words.raised, |style| style.raised) {
            open.mark(start, MarkKind::Raised);
        }
        let language = words.language.as_ref().or(self.asked.styles.language.as_ref());
        if let Some(language) = language {
            tally(&mut self.out.languages, language, text.len());
        }
        if self.asked.mapped {
            open.raw.pieces.push(Piece {
                start,
                end: open.end(),
                xml: narrow(&at),
                verbatim,
                child,
                run: words.number,
            });
        }
    }

    /// Adds a character that an element of the open run stands for.
    fn sign(&mut self, text: &str, at: &Range<usize>) {
        self.say(text, at.clone(), narrow(at), false);
    }

    /// Tells the pieces of a text element, which began at `start`, where it ends.
    fn end_child(&mut self, start: u32, end: usize) {
        let Some(open) = &mut self.here.paragraph else {
            return;
        };
        for piece in open.raw.pieces.iter_mut().rev() {
            if piece.child.0 != start {
                break;
            }
            piece.child.1 = small(end);
        }
    }

    fn begin_paragraph(&mut self) {
        self.numbers += 1;
        let mut open = self.here.joined.take().unwrap_or_else(|| {
            Open::new(Raw {
                number: self.numbers,
                page: self.page,
                cell: self.cell(),
                hook: self.hook(),
                shape: self.note.clone().map(Shape::Note),
                ..Raw::default()
            })
        });
        open.joined = false;
        open.raw.comments.append(&mut self.waiting);
        self.here.paragraph = Some(open);
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.here.paragraph.take() else {
            return;
        };
        if open.joined && !open.raw.text.is_empty() {
            self.here.joined = Some(open);
        } else {
            self.add(open);
        }
    }

    /// Ends a paragraph that would have gone on in the next.
    fn end_joined(&mut self) {
        if let Some(open) = self.here.joined.take() {
            self.add(open);
        }
    }

    fn add(&mut self, open: Open) {
        let beside = std::mem::take(&mut self.here.beside);
        let made = open.close(self.asked.styles).into_iter().chain(beside);
        match self.outer.last_mut() {
            Some(outer) => outer.beside.extend(made),
            None => self.out.paragraphs.extend(made),
        }
    }

    fn cell(&self) -> Option<Cell> {
        let table = self.tables.last().filter(|_| self.here.tables > 0)?;
        Some(Cell {
            table: table.number,
            column: table.column.saturating_sub(1),
            header: table.heading,
        })
    }

    /// A comment begins here.
    fn comment(&mut self, id: Option<u32>) {
        let Some(id) = id.filter(|id| self.asked.comments.contains_key(id)) else {
            return;
        };
        if self.seen.insert(id) {
            match &mut self.here.paragraph {
                Some(open) => open.raw.comments.push(id),
                None => self.waiting.push(id),
            }
        }
    }

    fn note_top(&mut self, at: usize) {
        if self.outer.is_empty() && self.out.top.is_none() {
            self.out.top = Some(small(at));
        }
    }
}

/// Counts letters of a language; of more languages than any draft has, no more.
fn tally(languages: &mut Vec<(String, usize)>, language: &str, letters: usize) {
    let known = languages.iter().position(|(known, _)| known == language);
    if let Some((_, known)) = known.and_then(|at| languages.get_mut(at)) {
        *known += letters;
    } else if languages.len() < LANGUAGES {
        languages.push((language.to_owned(), letters));
    }
}
