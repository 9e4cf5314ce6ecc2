//! Owns how the lines of a Word draft are set, so that its copy looks like the draft: headings, items, quotations, and
//! where a part or a page begins.

use crate::source::SourceFile;
use crate::source::draft::{Draft, Paragraph, Place, Shape};

/// How a line is set.
pub(super) struct Set {
    /// Classes, with a space before each.
    pub(super) class: &'static str,
    /// What begins above it.
    pub(super) turn: Option<String>,
    /// The number of the paragraph that it begins, in a draft.
    paragraph: Option<Option<u32>>,
}

impl Set {
    /// The number that stands beside it: of the line, or of the paragraph that it begins.
    pub(super) fn number(&self, line: usize) -> Option<String> {
        match self.paragraph {
            None => Some(line.to_string()),
            Some(paragraph) => paragraph.map(|number| number.to_string()),
        }
    }
}

/// The lines of a file, in order.
pub(super) struct Paper<'a> {
    draft: Option<&'a Draft>,
    next: usize,
    above: Option<Place<'a>>,
}

impl<'a> Paper<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        Self {
            draft: file.draft(),
            next: 0,
            above: None,
        }
    }

    /// How the next line is set, which has the bytes from `start` to `end`.
    pub(super) fn line(&mut self, start: usize, end: usize) -> Set {
        let mut set = Set {
            class: "",
            turn: None,
            paragraph: None,
        };
        let Some(draft) = self.draft else {
            return set;
        };
        let (start, end) = (start as u32, end as u32);
        let known = &draft.paragraphs;
        while known.get(self.next).is_some_and(|known| known.span.end < start) {
            self.next += 1;
        }
        let paragraph = known
            .get(self.next)
            .filter(|known| known.span.start <= start && start < end);
        set.paragraph = Some(None);
        if let Some(paragraph) = paragraph {
            set.class = class(paragraph);
            let place = draft.place(start);
            set.turn = turn(self.above, place);
            self.above = place.or(self.above);
            if paragraph.span.start == start {
                set.paragraph = Some(Some(paragraph.number));
            }
        }
        set
    }
}

fn class(paragraph: &Paragraph) -> &'static str {
    match paragraph.shape {
        Shape::Heading(1) | Shape::Title => " h1",
        Shape::Heading(2) => " h2",
        Shape::Heading(_) => " h3",
        Shape::Item(0) => " item",
        Shape::Item(_) => " item deep",
        Shape::Alt | Shape::Description | Shape::Caption | Shape::Directive | Shape::Settings => " small",
        Shape::Note(_) => " small",
        Shape::Text if paragraph.quoted => " quoted",
        Shape::Text if paragraph.cell.is_some() => " cell",
        Shape::Text => "",
    }
}

/// What begins between two places: another part, or another page.
fn turn(above: Option<Place<'_>>, place: Option<Place<'_>>) -> Option<String> {
    let place = place?;
    let same = above.filter(|above| above.part == place.part);
    match (same, place.page) {
        (None, Some(page)) => Some(format!("Page {page}")),
        (None, None) => Some(place.part_in_words().to_owned()),
        (Some(above), Some(page)) if above.page != place.page => Some(format!("Page {page}")),
        _ => None,
    }
}
