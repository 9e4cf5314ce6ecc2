//! Owns the syntax of template languages in a page: its tags are overwritten, the strings that they print stay where
//! they stand, those that they keep under a name are copy beside the page, and their comments are nothing.

mod blade;
mod bodies;
mod calls;
mod code;
mod frame;
mod lexer;
mod literal;
mod schema;
mod shortcodes;
mod tags;

#[cfg(test)]
mod tests;

use super::mask::{Mask, Painter};
use code::{Found, Kept};
use frame::Mode;
use lexer::Family;
use std::ops::Range;

pub(super) use literal::Aside;
pub(super) use schema::defaults;

/// Which template languages may stand in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dialect {
    /// PHP between `<?php` and `?>`; strings are unescaped, which moves what follows.
    pub(super) page: bool,
    /// Directives of Blade.
    pub(super) blade: bool,
    /// The comments of Markdown dialects.
    pub(super) markdown: bool,
    /// Shortcodes of WordPress.
    pub(super) brackets: bool,
    /// Whether all of it is a script that the template makes.
    pub(super) script: bool,
}

/// A text without its template syntax.
pub(super) struct Plain {
    pub(super) text: String,
    /// Pairs of a byte of `text` and its place in the original, rising, the first for byte 0.
    pub(super) map: Vec<(usize, usize)>,
    /// Strings that tags keep under a name.
    pub(super) asides: Vec<Aside>,
}

/// Takes the template syntax out of a text. Every byte stays in its place, but in a page where strings in tags have
/// escapes. The text stands at byte `base` of the file.
pub(super) fn read(text: &str, base: u32, dialect: Dialect) -> Plain {
    let mut reader = Reader {
        text,
        base,
        dialect,
        painter: Painter::new(text),
        asides: Vec::new(),
        closings: Closings::default(),
        endless: 0,
        patience: PATIENCE,
        script: dialect.script,
    };
    reader.run();
    let (text, map) = reader.painter.finish();
    Plain {
        text,
        map,
        asides: reader.asides,
    }
}

/// How many bytes may be read in vain for brackets that do not close, in one file.
const PATIENCE: usize = 1 << 20;

struct Reader<'a> {
    text: &'a str,
    base: u32,
    dialect: Dialect,
    painter: Painter<'a>,
    asides: Vec<Aside>,
    closings: Closings,
    /// Which of [`bodies`] have no end from here on, by their number.
    endless: u32,
    /// How many bytes may yet be read in vain for brackets that do not close.
    patience: usize,
    /// Whether the tags stand in a script, where strings keep their quotes.
    script: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = self.next(at) {
            // every tag begins with a sign of one byte
            at = self.tag(found).unwrap_or(found + 1);
        }
    }

    /// Where the next sign stands that may open a tag.
    fn next(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..)?;
        let Dialect {
            blade,
            markdown,
            brackets,
            ..
        } = self.dialect;
        let found = match (blade, markdown, brackets) {
            (true, ..) => memchr::memchr3(b'{', b'<', b'@', rest),
            (_, true, true) => rest
                .iter()
                .position(|byte| matches!(byte, b'{' | b'<' | b'%' | b'[')),
            (_, true, _) => memchr::memchr3(b'{', b'<', b'%', rest),
            (_, _, true) => memchr::memchr3(b'{', b'<', b'[', rest),
            _ => memchr::memchr2(b'{', b'<', rest),
        };
        found.map(|found| at + found)
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads the tag at `at`, if one stands there, and returns where it ends.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match (bytes.get(at)?, bytes.get(at + 1)?) {
            (b'<', b'?') if self.dialect.page => self.php(at),
            (b'<', b'%') => self.embedded(at),
            (b'<', b's' | b'/') => {
                let begins = self.rest(at).starts_with("<script");
                self.script = begins || self.script && !self.rest(at).starts_with("</script");
                None
            }
            (b'{', b'{') => self.braces(at),
            (b'{', b'%') => self.statement(at),
            (b'{', b'#' | b'!' | b':') => self.other(at),
            (b'@', _) if self.dialect.blade => self.directive(at),
            (b'[', _) if self.dialect.brackets => self.bracket(at..self.text.len()),
            (b'%', b'%') if self.dialect.markdown => self.remark(at),
            _ => None,
        }
    }

    /// Where `close` ends, the first time after `at`.
    fn after(&mut self, close: &'static str, at: usize) -> Option<usize> {
        self.closings
            .find(self.text, close, at)
            .map(|found| found + close.len())
    }

    /// Overwrites a range. In a script what steers is white space.
    fn hide(&mut self, range: Range<usize>, mask: Mask) -> usize {
        if self.script && mask == Mask::Tag {
            self.painter.put(range.clone(), &" ".repeat(range.len()));
        } else {
            self.painter.paint(range.clone(), mask);
        }
        range.end
    }

    /// Overwrites a tag but for what it shows.
    fn show(&mut self, tag: Range<usize>, found: Found) -> usize {
        let Found {
            shown,
            values,
            ends,
            kept,
            prints,
            parts,
            ..
        } = found;
        self.keep(kept);
        if shown.is_empty() {
            let mask = match (prints, parts) {
                (true, _) => Mask::Value,
                (_, true) => Mask::Space,
                _ => Mask::Tag,
            };
            return self.hide(tag, mask);
        }
        let (mut values, mut ends) = (Places::new(values), Places::new(ends));
        let mut at = tag.start;
        let before = self.text.get(..tag.start).unwrap_or_default();
        let code = self.script && !before.ends_with(['"', '\'', '`']);
        for mut text in shown {
            if code {
                text.inner = self.with_quotes(text.inner);
            }
            let mask = match (values.pass(text.inner.start), ends.pass(text.inner.start)) {
                (true, _) => Mask::Value,
                (_, true) if at > tag.start => Mask::Space,
                _ => Mask::Tag,
            };
            self.painter.paint(at..text.inner.start, mask);
            at = text.inner.end;
            while let Some(end) = self.bracket(text.inner.clone()) {
                text.inner.start = end;
            }
            literal::paint(self.text, &text, self.dialect.page, &mut self.painter);
        }
        let value = values.pass(tag.end);
        self.hide(at..tag.end, if value { Mask::Value } else { Mask::Tag })
    }

    /// A range with the quotes around it, if there are any.
    fn with_quotes(&self, range: Range<usize>) -> Range<usize> {
        let wide = range.start.saturating_sub(1)..range.end + 1;
        let is_quote = |c: char| matches!(c, '"' | '\'');
        let quoted = self
            .text
            .get(wide.clone())
            .is_some_and(|text| text.starts_with(is_quote) && text.ends_with(is_quote));
        if quoted { wide } else { range }
    }

    fn keep(&mut self, kept: Vec<Kept>) {
        let asides = kept
            .into_iter()
            .map(|kept| literal::aside(self.text, kept, self.base));
        self.asides.extend(asides.filter(Aside::says_something));
    }

    /// PHP, to its closing tag or the end of the file.
    fn php(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let (open, mode) = if rest.starts_with("<?=") {
            (3, Mode::Prints)
        } else if rest.get(..5)?.eq_ignore_ascii_case("<?php") {
            (5, Mode::Still)
        } else {
            return None;
        };
        let found = code::read(self.text, at + open..self.text.len(), Family::Php, mode);
        let end = (found.end + 2).min(self.text.len());
        let code = rest.get(open..)?.trim_start_matches(['}', ' ', '\n', '\t']);
        let mut found = found;
        found.parts = calls::parts(code.split(|c: char| !c.is_ascii_alphabetic()).next()?);
        let alone = self.text.get(..at)?.trim().is_empty() && self.rest(end).trim().is_empty();
        let program = alone && found.declares;
        let end = self.show(at..end, found);
        if program {
            // what a program calls its parts is for those who run it
            for aside in &mut self.asides {
                aside.label();
            }
        }
        Some(end)
    }
}

/// Rising places, met one after the other.
struct Places(std::iter::Peekable<std::vec::IntoIter<usize>>);

impl Places {
    fn new(places: Vec<usize>) -> Self {
        Self(places.into_iter().peekable())
    }

    /// Goes past those before `to`, and says whether there were any.
    fn pass(&mut self, to: usize) -> bool {
        std::iter::from_fn(|| self.0.next_if(|place| *place < to)).count() > 0
    }
}

/// Where closing signs stand next, so that each is looked for once from rising places.
#[derive(Default)]
struct Closings(Vec<(&'static str, Option<usize>)>);

impl Closings {
    fn find(&mut self, text: &str, close: &'static str, at: usize) -> Option<usize> {
        let known = self.0.iter().position(|(known, _)| *known == close);
        if let Some((_, found)) = known.and_then(|known| self.0.get(known))
            && found.is_none_or(|found| found >= at)
        {
            return *found;
        }
        let found =
            memchr::memmem::find(text.as_bytes().get(at..)?, close.as_bytes()).map(|found| at + found);
        match known.and_then(|known| self.0.get_mut(known)) {
            Some(entry) => entry.1 = found,
            None => self.0.push((close, found)),
        }
        found
    }
}
