//! Owns taking caveat's own comments out of a draft: their marks in the body, and the comments themselves.

use super::Broken;
use super::comments::Comment;
use super::xml::{Event, Tag, Xml};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The body without the marks of these comments, and the highest id of any other mark in it.
pub(super) fn body(text: &str, part: &str, ours: &FxHashSet<u32>) -> Result<(String, u32), Broken> {
    let mut xml = Xml::new(text, part);
    let mut stripper = Stripper {
        ours,
        open: Vec::new(),
        cuts: Vec::new(),
        highest: 0,
    };
    while let Some(event) = xml.next()? {
        match event {
            Event::Open(tag) => stripper.open(&tag),
            Event::Close(at) => stripper.close(&at),
            Event::Text(_) | Event::Literal { .. } | Event::Character(..) => stripper.fill(),
        }
    }
    Ok((without(text, stripper.cuts), stripper.highest))
}

/// The part of the comments without those of caveat.
pub(super) fn comments(text: &str, comments: &[Comment]) -> String {
    let ours = comments.iter().filter(|comment| comment.ours);
    without(text, ours.map(|comment| comment.at.clone()).collect())
}

/// An element that is open.
struct Open {
    start: usize,
    end: usize,
    kind: Kind,
}

enum Kind {
    Other,
    /// The properties of a run, or the mark of a comment's text.
    Beside,
    /// A mark of one of our comments.
    Mark,
    Reference,
    /// A run: where our references stand in it, and whether anything else does.
    Run {
        references: Vec<Range<usize>>,
        filled: bool,
    },
}

struct Stripper<'a> {
    ours: &'a FxHashSet<u32>,
    open: Vec<Open>,
    cuts: Vec<Range<usize>>,
    highest: u32,
}

impl Stripper<'_> {
    fn open(&mut self, tag: &Tag<'_>) {
        let is_mark = matches!(
            tag.name,
            "commentRangeStart" | "commentRangeEnd" | "commentReference"
        );
        let mut kind = Kind::Other;
        if tag.own && is_mark {
            let id = tag.number("id").unwrap_or(0);
            if self.ours.contains(&id) {
                kind = if tag.name == "commentReference" {
                    Kind::Reference
                } else {
                    Kind::Mark
                };
            } else {
                self.highest = self.highest.max(id);
            }
        } else if tag.own && tag.name == "r" {
            kind = Kind::Run {
                references: Vec::new(),
                filled: false,
            };
        } else if tag.own && matches!(tag.name, "rPr" | "annotationRef") {
            kind = Kind::Beside;
        }
        if !matches!(kind, Kind::Beside | Kind::Reference) {
            self.fill();
        }
        self.open.push(Open {
            start: tag.at.start,
            end: tag.at.end,
            kind,
        });
    }

    /// Something stands in the open element.
    fn fill(&mut self) {
        if let Some(Open {
            kind: Kind::Run { filled, .. },
            ..
        }) = self.open.last_mut()
        {
            *filled = true;
        }
    }

    fn close(&mut self, at: &Range<usize>) {
        let Some(Open { start, end, kind }) = self.open.pop() else {
            return;
        };
        let whole = start..end.max(at.end);
        match kind {
            Kind::Mark => self.cuts.push(whole),
            Kind::Reference => match self.open.last_mut().map(|open| &mut open.kind) {
                Some(Kind::Run { references, .. }) => references.push(whole),
                _ => self.cuts.push(whole),
            },
            Kind::Run { references, filled } if !references.is_empty() => {
                self.cuts.extend(if filled { references } else { vec![whole] });
            }
            _ => {}
        }
    }
}

/// A text without these ranges, none of which overlap.
fn without(text: &str, mut cuts: Vec<Range<usize>>) -> String {
    cuts.sort_by_key(|cut| cut.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        out.push_str(text.get(at..cut.start).unwrap_or_default());
        at = cut.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
