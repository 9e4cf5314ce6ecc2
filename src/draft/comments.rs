//! Owns the margin comments of a draft: who wrote them, what they say, and which of them are addressed to caveat.

use super::Broken;
use super::xml::{Event, Tag, Xml};
use std::ops::Range;

/// How comments that caveat wrote name their author.
pub(super) const AUTHOR: (&str, &str) = ("caveat", "cv");

/// A margin comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) id: u32,
    /// Whether caveat wrote it.
    pub(super) ours: bool,
    /// Its paragraphs.
    pub(super) lines: Vec<String>,
    /// The element in its part.
    pub(super) at: Range<usize>,
}

/// What a comment is to caveat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    No,
    /// It lets something pass.
    Directive,
    /// It says what front matter says elsewhere.
    Settings,
}

impl Comment {
    pub(super) fn said(&self) -> Said {
        match self.lines.first().map(|line| line.trim_start()) {
            Some(line) if line.starts_with("caveat-") => Said::Directive,
            Some(line) if line.starts_with("caveat:") => Said::Settings,
            _ => Said::No,
        }
    }

    /// What it says to let things pass: each paragraph that begins so is one of its own.
    pub(super) fn directives(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for line in self.lines.iter().map(|line| line.trim()) {
            match out.last_mut() {
                Some(last) if !line.starts_with("caveat-") => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => out.push(line.to_owned()),
            }
        }
        out
    }
}

/// Reads the comments in a part.
pub(super) fn read(text: &str, part: &str) -> Result<Vec<Comment>, Broken> {
    let mut xml = Xml::new(text, part);
    let mut out: Vec<Comment> = Vec::new();
    // How deep the reader stands in a comment, and within it in what is no text.
    let (mut depth, mut deleted, mut words) = (0_usize, 0_usize, false);
    while let Some(event) = xml.next()? {
        match event {
            Event::Open(tag) if depth == 0 => {
                let comment = begun(&tag);
                depth = usize::from(comment.is_some());
                out.extend(comment);
            }
            Event::Open(tag) => {
                depth += 1;
                deleted += usize::from(deleted > 0 || (tag.own && tag.name == "del"));
                words = tag.own && tag.name == "t";
                let lines = out.last_mut().map(|comment| &mut comment.lines);
                match (lines, tag.name) {
                    (Some(lines), "p") if tag.own => lines.push(String::new()),
                    (Some(lines), "br" | "cr") if tag.own => lines.push(String::new()),
                    (Some(lines), "tab") if tag.own => add(lines, ' '),
                    _ => {}
                }
            }
            Event::Close(at) if depth > 0 => {
                depth -= 1;
                deleted = deleted.saturating_sub(1);
                words = false;
                if let Some(comment) = out.last_mut().filter(|_| depth == 0) {
                    comment.at.end = at.end;
                }
            }
            Event::Text(at) | Event::Literal { inner: at, .. } if words && deleted == 0 => {
                if let Some(comment) = out.last_mut() {
                    let said = text.get(at).unwrap_or_default();
                    said.chars().for_each(|c| add(&mut comment.lines, c));
                }
            }
            Event::Character(c, _) if words && deleted == 0 => {
                if let Some(comment) = out.last_mut() {
                    add(&mut comment.lines, c);
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// The comment that an element begins.
fn begun(tag: &Tag<'_>) -> Option<Comment> {
    let is = |key: &str, value: &str| tag.attribute(key).as_deref() == Some(value);
    (tag.own && tag.name == "comment").then(|| Comment {
        id: tag.number("id").unwrap_or(u32::MAX),
        ours: is("author", AUTHOR.0) && is("initials", AUTHOR.1),
        lines: Vec::new(),
        at: tag.at.clone(),
    })
}

/// What stands before the names of Word's own elements in a part.
pub(super) fn prefix(text: &str, part: &str) -> Result<String, Broken> {
    let mut xml = Xml::new(text, part);
    while let Some(event) = xml.next()? {
        if let Event::Open(_) = event {
            break;
        }
    }
    Ok(xml.prefix().to_owned())
}

/// Adds a character to the last line. Word writes quotes that are curly and spaces that are wide where straight and
/// narrow ones were typed.
fn add(lines: &mut [String], c: char) {
    if let Some(line) = lines.last_mut() {
        line.push(match c {
            '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
            '\u{2018}' | '\u{2019}' => '\'',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        });
    }
}
