//! Owns masking template syntax before a file is parsed: every such piece is overwritten, byte for byte, with
//! characters that no parser gives a meaning to, so that offsets stay and nothing in it is read as copy.

mod containers;
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

/// A masked text, and the comments in it that are addressed to caveat.
pub(super) struct Masked {
    /// The text, as long as the original.
    pub(super) text: String,
    /// Comments of MDX with their places, in order.
    pub(super) comments: Vec<(Range<usize>, String)>,
}

/// Whether any mask may be in `text`.
pub(super) fn any(text: &str) -> bool {
    memchr::memchr3(0xcd, 0xd4, 0xee, text.as_bytes()).is_some()
        && text.chars().any(|c| Mask::of(c).is_some())
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

/// Masks the template syntax of a Markdown or HTML file.
pub(super) fn templates(text: &str) -> Masked {
    let mut painter = Painter::new(text);
    paint_templates(text, &mut painter);
    Masked {
        text: painter.finish(),
        comments: Vec::new(),
    }
}

/// Masks the lines that open and close containers in a masked Markdown file.
pub(super) fn containers(mut masked: Masked) -> Masked {
    if memchr::memmem::find(masked.text.as_bytes(), b":::").is_some() {
        let mut painter = Painter::new(&masked.text);
        containers::paint(&masked.text, &mut painter);
        masked.text = painter.finish();
    }
    masked
}

/// Masks the template syntax, expressions, imports and exports of an MDX file.
pub(super) fn mdx(text: &str) -> Masked {
    let mut painter = Painter::new(text);
    let comments = mdx::paint(text, &mut painter);
    Masked {
        text: painter.finish(),
        comments,
    }
}

/// Kinds of template syntax: opening, closing, how it reads. The first that fits counts.
const SYNTAX: [(&str, &str, Mask); 6] = [
    ("{{", "}}", Mask::Value),
    // attributes, as kramdown writes them
    ("{:", "}", Mask::Tag),
    ("{%", "%}", Mask::Tag),
    ("{#", "#}", Mask::Tag),
    ("<%=", "%>", Mask::Value),
    ("<%", "%>", Mask::Tag),
];

/// Nothing longer is taken for one piece of template syntax.
const LONGEST: usize = 4096;

fn paint_templates(text: &str, painter: &mut Painter<'_>) {
    let mut closings = SYNTAX.map(|(_, close, _)| Finder::new(close));
    let mut blank = Finder::new("\n\n");
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'{', b'<', &text.as_bytes()[at..]) {
        at += found;
        let Some(rest) = text.get(at..) else { break };
        let kind = SYNTAX.iter().position(|(open, _, _)| rest.starts_with(open));
        let end = kind.and_then(|kind| {
            let (open, close, mask) = SYNTAX.get(kind)?;
            let end = closings.get_mut(kind)?.from(text, at + open.len())? + close.len();
            let broken = blank.from(text, at).is_some_and(|blank| blank < end);
            (end - at <= LONGEST && !broken).then_some((end, *mask))
        });
        match end {
            Some((mut end, mask)) => {
                // `{{{ value }}}` closes with three braces
                if rest.starts_with("{{{") && text.get(end..).is_some_and(|rest| rest.starts_with('}')) {
                    end += 1;
                }
                painter.paint(at..end, mask);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Finds the next occurrence of a needle from rising places, reading the text once.
struct Finder {
    needle: &'static str,
    next: Option<usize>,
    done: bool,
}

impl Finder {
    const fn new(needle: &'static str) -> Self {
        Self {
            needle,
            next: None,
            done: false,
        }
    }

    fn from(&mut self, text: &str, at: usize) -> Option<usize> {
        if !self.done && self.next.is_none_or(|next| next < at) {
            self.next = text
                .get(at..)
                .and_then(|rest| rest.find(self.needle))
                .map(|n| at + n);
            self.done = self.next.is_none();
        }
        self.next.filter(|next| *next >= at)
    }
}

/// Copies a text with pieces overwritten, in rising order.
struct Painter<'a> {
    text: &'a str,
    out: String,
}

impl<'a> Painter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            out: String::with_capacity(text.len()),
        }
    }

    /// Overwrites `range`; one that begins before what is done, or shorter than two bytes, is left alone.
    fn paint(&mut self, range: Range<usize>, mask: Mask) {
        let done = self.out.len();
        if range.start < done || range.len() < 2 {
            return;
        }
        let (Some(before), Some(_)) = (self.text.get(done..range.start), self.text.get(range.clone())) else {
            return;
        };
        self.out.push_str(before);
        let (two, three) = mask.fill();
        let odd = range.len() % 2;
        self.out
            .extend(std::iter::repeat_n(two, (range.len() - 3 * odd) / 2));
        self.out.extend(std::iter::repeat_n(three, odd));
    }

    fn finish(mut self) -> String {
        let rest = self.text.get(self.out.len()..).unwrap_or_default();
        self.out.push_str(rest);
        self.out
    }
}
