//! Owns masking what is no copy before a file is parsed: every such piece is overwritten, byte for byte, with
//! characters that no parser gives a meaning to, so that offsets stay and nothing in it is read as copy.

mod admonitions;
mod mdx;

use std::ops::Range;

/// How a masked piece reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mask {
    /// Something that puts text in its place: a placeholder.
    Value,
    /// Something that steers: nothing.
    Tag,
    /// A space.
    Space,
}

impl Mask {
    /// The characters of two and three bytes that overwrite it: unassigned and private ones, which Markdown
    /// takes for letters.
    const fn fill(self) -> (char, char) {
        match self {
            Self::Value => ('\u{378}', '\u{e000}'),
            Self::Tag => ('\u{379}', '\u{e001}'),
            Self::Space => ('\u{530}', '\u{e002}'),
        }
    }

    const fn of(c: char) -> Option<Self> {
        match c {
            '\u{378}' | '\u{e000}' => Some(Self::Value),
            '\u{379}' | '\u{e001}' => Some(Self::Tag),
            '\u{530}' | '\u{e002}' => Some(Self::Space),
            _ => None,
        }
    }
}

/// What stands in MDX, and in the marks of boxes, and is no Markdown.
pub(super) enum Aside {
    /// A comment addressed to caveat.
    Comment(String),
    /// An import or export.
    Statement,
    /// An expression in braces, in running text or in an attribute.
    Value,
    /// The value of an attribute, with its quotes.
    Quoted,
}

/// A masked text, and what of MDX is masked in it.
pub(super) struct Masked {
    /// The text, as long as the original.
    pub(super) text: String,
    /// What is to be read besides, with its places, in order.
    pub(super) asides: Vec<(Range<usize>, Aside)>,
    /// Where lines begin that are quotations by their marks, and boxes of the author's own by what they were.
    pub(super) boxes: Vec<usize>,
    /// The text before the marks of boxes were overwritten, where there were any.
    pub(super) unboxed: Option<String>,
}

impl Masked {
    /// A text in which nothing is masked.
    pub(super) const fn plain(text: String) -> Self {
        Self {
            text,
            asides: Vec::new(),
            boxes: Vec::new(),
            unboxed: None,
        }
    }
}

/// Whether any mask may be in `text`.
pub(super) fn any(text: &str) -> bool {
    memchr::memchr3(0xcd, 0xd4, 0xee, text.as_bytes()).is_some()
        && text.chars().any(|c| Mask::of(c).is_some())
}

/// Whether a character overwrites what is no copy.
pub(super) fn is_mask(c: char) -> bool {
    Mask::of(c).is_some()
}

/// Cuts a word into masked and other pieces.
pub(super) fn segments(word: &str) -> Vec<(Option<Mask>, Range<usize>)> {
    let mut out: Vec<(Option<Mask>, Range<usize>)> = Vec::new();
    for (at, c) in word.char_indices() {
        let kind = Mask::of(c);
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some((last, range)) if *last == kind => range.end = end,
            _ => out.push((kind, at..end)),
        }
    }
    out
}

/// Overwrites the marks of boxes in a masked Markdown file.
pub(super) fn boxes(mut masked: Masked) -> Masked {
    if admonitions::any(&masked.text) {
        let mut painter = Painter::new(&masked.text);
        let (boxes, attributes) = admonitions::paint(&masked.text, &mut painter);
        masked.boxes = boxes;
        masked.asides.extend(attributes);
        masked.asides.sort_by_key(|(range, _)| range.start);
        let text = painter.finish().0;
        masked.unboxed = Some(std::mem::replace(&mut masked.text, text));
    }
    masked
}

/// Masks the template syntax, expressions, imports and exports of an MDX file.
pub(super) fn mdx(text: &str) -> Masked {
    let mut painter = Painter::new(text);
    let asides = mdx::paint(text, &mut painter);
    Masked {
        text: painter.finish().0,
        asides,
        boxes: Vec::new(),
        unboxed: None,
    }
}

/// Copies a text with pieces overwritten or left out, in rising order.
pub(super) struct Painter<'a> {
    text: &'a str,
    out: String,
    /// Up to where the text is copied.
    done: usize,
    map: Vec<(usize, usize)>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            out: String::with_capacity(text.len()),
            done: 0,
            map: vec![(0, 0)],
        }
    }

    /// Overwrites `range`, a single byte with a space; one that begins before what is done is left alone.
    pub(super) fn paint(&mut self, range: Range<usize>, mask: Mask) {
        if range.is_empty() || !self.copy_to(&range) {
            return;
        }
        let (two, three) = mask.fill();
        let odd = range.len() % 2;
        if range.len() == 1 {
            self.out.push(' ');
        } else {
            self.out
                .extend(std::iter::repeat_n(two, (range.len() - 3 * odd) / 2));
            self.out.extend(std::iter::repeat_n(three, odd));
        }
        self.done = range.end;
    }

    /// Writes `text`, which is as long as `range`, in its place.
    pub(super) fn put(&mut self, range: Range<usize>, text: &str) {
        if range.len() == text.len() && self.copy_to(&range) {
            self.out.push_str(text);
            self.done = range.end;
        }
    }

    /// Leaves `range` out, so that what follows moves.
    pub(super) fn skip(&mut self, range: Range<usize>) {
        if self.copy_to(&range) {
            self.done = range.end;
            self.map.push((self.out.len(), range.end));
        }
    }

    fn copy_to(&mut self, range: &Range<usize>) -> bool {
        let before = self.text.get(self.done..range.start);
        let (Some(before), Some(_)) = (before, self.text.get(range.clone())) else {
            return false;
        };
        self.out.push_str(before);
        true
    }

    /// The new text, and pairs of a byte of it and its place in the old one.
    pub(super) fn finish(mut self) -> (String, Vec<(usize, usize)>) {
        self.out.push_str(self.text.get(self.done..).unwrap_or_default());
        (self.out, self.map)
    }
}
