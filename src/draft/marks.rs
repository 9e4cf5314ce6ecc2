//! Owns where the marks of comments go in the body, and cutting runs for them.

use super::Broken;
use super::lines::Lines;
use super::paragraph::Hook;
use super::run::{Piece, Run};
use crate::source::draft::Shape;
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of words that a comment tells that cannot stand on them.
const TOLD: usize = 160;

/// Where a comment stands.
pub(super) enum Spot {
    /// On its words.
    Words,
    /// Beside them; the sentence tells which they are.
    Elsewhere(String),
}

/// Marks in the making.
pub(super) struct Marks<'a> {
    text: &'a str,
    lines: &'a Lines,
    cuts: BTreeMap<u32, Cut>,
    /// Text elements that must keep the spaces at their ends, by where their tags end.
    kept: BTreeSet<u32>,
}

/// A place in the body where marks go.
#[derive(Default)]
struct Cut {
    /// What ends before the marks and begins anew after them: the run, and in it the text element.
    run: Option<Within>,
    ends: String,
    starts: String,
}

/// Where a mark goes, and what is cut there.
struct Edge {
    at: u32,
    run: Option<Within>,
    /// Whether it is where the words begin or end, and not further out.
    exact: bool,
}

impl Edge {
    /// A place where nothing is cut.
    const fn between(at: u32, exact: bool) -> Self {
        Self { at, run: None, exact }
    }

    /// A place within a run, and within the text element that begins at `text`.
    const fn within(at: u32, run: u32, text: Option<u32>) -> Self {
        Self {
            at,
            run: Some(Within { run, text }),
            exact: true,
        }
    }
}

/// What a place stands in: a run, and where the text element in it begins.
#[derive(Clone, Copy)]
struct Within {
    run: u32,
    text: Option<u32>,
}

impl<'a> Marks<'a> {
    /// Marks for a body and what was read of it.
    pub(super) fn new(text: &'a str, lines: &'a Lines) -> Self {
        Self {
            text,
            lines,
            cuts: BTreeMap::new(),
            kept: BTreeSet::new(),
        }
    }

    /// Adds the marks of a comment on words.
    pub(super) fn add(&mut self, span: Span<Source>, id: u32) -> Result<Spot, Broken> {
        let told = self.told(span);
        if let Some((start, end)) = self.words(span) {
            let exact = start.exact && end.exact;
            self.range(start, end, id);
            return Ok(if exact { Spot::Words } else { Spot::Elsewhere(told) });
        }
        match self.beside(span) {
            Some(run) => {
                let edge = |at| Edge::between(at, false);
                self.range(edge(run.start), edge(run.end), id);
            }
            None => {
                let top = self.lines.top.ok_or_else(|| {
                    Broken("the body of this draft has no paragraph that a comment could stand on".into())
                })?;
                let reference = self.reference(id);
                self.cuts.entry(top).or_default().starts.push_str(&reference);
            }
        }
        Ok(Spot::Elsewhere(told))
    }

    /// Which words a comment is on that does not stand on them.
    fn told(&self, span: Span<Source>) -> String {
        let words = span.slice(&self.lines.text);
        let mut short: String = words.chars().take(TOLD).collect();
        if short.len() < words.len() {
            short.push('…');
        }
        let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.lines.draft.place(span.start) {
            Some(place) => format!("On “{short}” ({place})."),
            None => format!("On “{short}”."),
        }
    }

    /// The number of the paragraph that holds a byte.
    fn paragraph(&self, at: u32) -> Option<usize> {
        let known = &self.lines.draft.paragraphs;
        known
            .partition_point(|paragraph| paragraph.span.start <= at)
            .checked_sub(1)
    }

    /// Where words begin and end in the body, if comments may stand there.
    fn words(&self, span: Span<Source>) -> Option<(Edge, Edge)> {
        let first = self.paragraph(span.start)?;
        let pieces = self.pieces(first)?;
        let known = &self.lines.draft.paragraphs;
        let at = span.start.checked_sub(known.get(first)?.span.start)?;
        let start = begin(pieces, &self.lines.runs, at)?;
        let last = self.paragraph(span.end.saturating_sub(1).max(span.start))?;
        let (last, pieces) = match self.pieces(last) {
            Some(pieces) => (last, pieces),
            None => (first, pieces),
        };
        let at = span
            .end
            .max(span.start + 1)
            .saturating_sub(known.get(last)?.span.start);
        let end = finish(pieces, &self.lines.runs, at)?;
        (start.at <= end.at).then_some((start, end))
    }

    /// Where the words of a paragraph stand, if comments may stand on them.
    fn pieces(&self, paragraph: usize) -> Option<&'a [Piece]> {
        let (hook, pieces) = self.lines.places.get(paragraph)?;
        (*hook == Hook::Words && !pieces.is_empty()).then_some(pieces.as_slice())
    }

    /// The run beside which a comment stands that cannot stand on its words.
    fn beside(&self, span: Span<Source>) -> Option<Run> {
        let number = self.paragraph(span.start)?;
        let run = match &self.lines.places.get(number)?.0 {
            Hook::Run(run) => *run,
            Hook::Note(label) => *self.lines.notes.get(label)?,
            Hook::Words => return None,
            Hook::Top => {
                // What is wrong with a comment is told where that comment stands.
                let shape = &self.lines.draft.paragraphs.get(number)?.shape;
                let told = matches!(shape, Shape::Directive | Shape::Settings).then_some(number + 1)?;
                self.pieces(told)?.first()?.run
            }
        };
        self.lines.runs.get(run as usize).copied()
    }

    fn range(&mut self, start: Edge, end: Edge, id: u32) {
        let prefix = &self.lines.prefix;
        let opening = format!("<{prefix}commentRangeStart {prefix}id=\"{id}\"/>");
        let closing = format!(
            "<{prefix}commentRangeEnd {prefix}id=\"{id}\"/>{}",
            self.reference(id)
        );
        self.cut(start).starts.push_str(&opening);
        self.cut(end).ends.push_str(&closing);
    }

    fn reference(&self, id: u32) -> String {
        let prefix = &self.lines.prefix;
        format!("<{prefix}r><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>")
    }

    fn cut(&mut self, edge: Edge) -> &mut Cut {
        let cut = self.cuts.entry(edge.at).or_default();
        cut.run = cut.run.or(edge.run);
        cut
    }

    /// The body with the marks in it.
    pub(super) fn finish(mut self) -> String {
        self.keep_spaces();
        let mut out = String::with_capacity(self.text.len() + self.cuts.len() * 200);
        let mut at = 0;
        let mut kept = self.kept.iter().copied().peekable();
        for (place, cut) in &self.cuts {
            while let Some(tag) = kept.next_if(|tag| tag < place) {
                self.copy(&mut at, tag, &mut out);
                out.push_str(" xml:space=\"preserve\"");
            }
            self.copy(&mut at, *place, &mut out);
            self.write(cut, &mut out);
        }
        self.copy(&mut at, u32::MAX, &mut out);
        out
    }

    /// Remembers the text elements whose first part ends with a space that would be lost.
    fn keep_spaces(&mut self) {
        let cuts = self.cuts.iter();
        let texts = cuts.filter_map(|(at, cut)| Some((*at as usize, cut.run?.text? as usize)));
        for (at, start) in texts {
            let before = self.text.get(start..at).unwrap_or_default();
            let Some(end) = before.find('>') else { continue };
            let tag = before.get(..end).unwrap_or_default();
            if before.ends_with(char::is_whitespace) && !tag.contains("xml:space") {
                self.kept.insert((start + end) as u32);
            }
        }
    }

    fn copy(&self, at: &mut usize, to: u32, out: &mut String) {
        let to = (to as usize).min(self.text.len());
        out.push_str(self.text.get(*at..to).unwrap_or_default());
        *at = to.max(*at);
    }

    fn write(&self, cut: &Cut, out: &mut String) {
        let prefix = &self.lines.prefix;
        let run = cut.run.and_then(|within| {
            let run = self.lines.runs.get(within.run as usize)?;
            Some((run, within.text.is_some()))
        });
        if let Some((_, text)) = run {
            if text {
                out.push_str(&format!("</{prefix}t>"));
            }
            out.push_str(&format!("</{prefix}r>"));
        }
        out.push_str(&cut.ends);
        out.push_str(&cut.starts);
        if let Some((run, text)) = run {
            let head = self.text.get(run.start as usize..run.props as usize);
            out.push_str(head.unwrap_or_default());
            if text {
                out.push_str(&format!("<{prefix}t xml:space=\"preserve\">"));
            }
        }
    }
}

/// Where the mark goes that stands before byte `at` of a paragraph.
fn begin(pieces: &[Piece], runs: &[Run], at: u32) -> Option<Edge> {
    let index = pieces.partition_point(|piece| piece.end <= at);
    let piece = pieces.get(index)?;
    let before = index.checked_sub(1).and_then(|before| pieces.get(before));
    let run = runs.get(piece.run as usize)?;
    let whole = at <= piece.start || !piece.verbatim;
    Some(match before {
        _ if run.whole => Edge::between(run.start, false),
        _ if whole && before.is_none_or(|before| before.run != piece.run) => Edge::between(run.start, true),
        Some(before) if whole && before.child != piece.child => Edge::within(piece.child.0, piece.run, None),
        _ if whole => Edge::within(piece.xml.0, piece.run, Some(piece.child.0)),
        _ => Edge::within(piece.xml.0 + (at - piece.start), piece.run, Some(piece.child.0)),
    })
}

/// Where the mark goes that stands behind byte `at` of a paragraph.
fn finish(pieces: &[Piece], runs: &[Run], at: u32) -> Option<Edge> {
    let index = pieces.partition_point(|piece| piece.start < at).checked_sub(1)?;
    let piece = pieces.get(index)?;
    let after = pieces.get(index + 1);
    let run = runs.get(piece.run as usize)?;
    let whole = at >= piece.end || !piece.verbatim;
    Some(match after {
        _ if run.whole => Edge::between(run.end, false),
        _ if whole && after.is_none_or(|after| after.run != piece.run) => Edge::between(run.end, true),
        Some(after) if whole && after.child != piece.child => Edge::within(piece.child.1, piece.run, None),
        _ if whole => Edge::within(piece.xml.1, piece.run, Some(piece.child.0)),
        _ => Edge::within(piece.xml.0 + (at - piece.start), piece.run, Some(piece.child.0)),
    })
}
