//! Owns what is known of a text that was read from a Word draft: its paragraphs, what each is, and where it stands. It does
//! not know how drafts are read.

use crate::text::{Source, Span};

/// What is known of a draft beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Paragraphs that say something, in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// The names of the parts that they stand in: `word/document.xml`.
    pub parts: Vec<Box<str>>,
    /// The language that most of it is marked as, as in BCP 47.
    pub language: Option<Box<str>>,
}

/// A paragraph of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words in the draft's text.
    pub span: Span<Source>,
    /// What it is.
    pub shape: Shape,
    /// Whether it is set as a quotation.
    pub quoted: bool,
    /// The cell of a table that it stands in.
    pub cell: Option<Cell>,
    /// Links and the like in it, in order.
    pub marks: Vec<Mark>,
    /// Which of the draft's parts it stands in.
    pub part: u16,
    /// The paragraph of its part, from 1.
    pub number: u32,
    /// The page that it begins on, from 1; 0 where the file does not say.
    pub page: u32,
}

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Running text.
    Text,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// An item of a list, nested so deep from 0.
    Item(u8),
    /// The caption of a figure or table.
    Caption,
    /// The text of a foot- or endnote, with its label.
    Note(Box<str>),
    /// The alternative text of a picture.
    Alt,
    /// The title in the file's properties.
    Title,
    /// The description in the file's properties.
    Description,
    /// A margin comment that begins with `caveat-`.
    Directive,
    /// A margin comment that begins with `caveat:`; its words are YAML.
    Settings,
}

/// Where a paragraph stands in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Number of the table in the draft.
    pub table: u32,
    /// The column, from 0.
    pub column: u16,
    /// Whether it heads its column.
    pub header: bool,
}

/// Something about words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words, in the draft's text.
    pub span: Span<Source>,
    /// What is known of them.
    pub kind: MarkKind,
}

/// What is known of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// They are a link to this address.
    Link(Box<str>),
    /// The mark of the note of this label stands here.
    Note(Box<str>),
    /// They stand above the line.
    Raised,
    /// They are bold.
    Bold,
    /// A page begins here.
    Page,
}

/// Where words stand in a draft, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The part: `word/document.xml`.
    pub part: &'a str,
    /// The paragraph in it, from 1; of the file's properties and of comments, which one.
    pub paragraph: u32,
    /// The page, from 1, where the file says it.
    pub page: Option<u32>,
}

impl Draft {
    /// Where the byte at `at` of the text stands, if it belongs to a paragraph that says something.
    pub fn place(&self, at: u32) -> Option<Place<'_>> {
        let after = self.paragraphs.partition_point(|known| known.span.start <= at);
        let paragraph = self.paragraphs.get(after.checked_sub(1)?)?;
        let turned = paragraph
            .marks
            .iter()
            .filter(|mark| mark.kind == MarkKind::Page && mark.span.start <= at);
        Some(Place {
            part: self.parts.get(usize::from(paragraph.part))?,
            paragraph: paragraph.number,
            page: (paragraph.page > 0).then(|| paragraph.page + turned.count() as u32),
        })
    }
}

const BODY: &str = "the body";

/// What the names of parts begin with, and what they are.
const PARTS: [(&str, &str); 6] = [
    ("core", "the file's properties"),
    ("comments", "a comment"),
    ("header", "a header"),
    ("footer", "a footer"),
    ("footnotes", "the footnotes"),
    ("endnotes", "the endnotes"),
];

impl Place<'_> {
    /// What the part is: "the body".
    pub fn part_in_words(&self) -> &'static str {
        let name = self.part.rsplit('/').next().unwrap_or(self.part);
        let known = PARTS.iter().find(|(lead, _)| name.starts_with(lead));
        known.map_or(BODY, |(_, words)| words)
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = self.paragraph;
        match (self.part_in_words(), self.page) {
            (BODY, Some(page)) => write!(out, "paragraph {number}, page {page}"),
            (BODY, None) => write!(out, "paragraph {number}"),
            (part @ "the file's properties", _) => out.write_str(part),
            ("a comment", _) => write!(out, "comment {number}"),
            (part, _) => write!(out, "paragraph {number} of {part}"),
        }
    }
}
