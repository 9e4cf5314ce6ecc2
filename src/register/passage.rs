//! Owns how copy is compared with approved wordings: what does not matter, and where words begin and end.

use crate::document::Block;
use crate::text::{Derived, Folded, Prose, RunKind, Source, Span, fold};
use std::borrow::Cow;

/// A block of copy as the register reads it.
pub struct Passage<'d> {
    block: &'d Block,
    /// Folded, for sentences.
    folded: Derived<Folded, Prose>,
    /// Folded and without marks, where it has any.
    plain: Option<Derived<Folded, Prose>>,
}

/// A sentence of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the folded passage.
    folded: Span<Folded>,
}

impl<'d> Passage<'d> {
    /// Reads a block.
    pub fn new(block: &'d Block) -> Self {
        let folded = fold(block.prose.text());
        let marks = marks(folded.text());
        let plain = (!marks.is_empty()).then(|| folded.replacing(&marks, ""));
        Self { block, folded, plain }
    }

    /// What wordings are compared with.
    pub(super) fn plain(&self) -> &Derived<Folded, Prose> {
        self.plain.as_ref().unwrap_or(&self.folded)
    }

    /// Where a part of [`Self::plain`] stands in the file.
    pub(super) fn source(&self, span: Span<Folded>) -> Span<Source> {
        self.block.prose.origin(self.plain().origin(span))
    }

    /// The sentence with this folded text that holds the place in the file. Places are asked for in order: the search
    /// begins at `from`, and moves it on.
    pub fn sentence(&self, text: &str, place: Span<Source>, from: &mut usize) -> Option<Sentence> {
        let whole = self.folded.text();
        let mut at = *from;
        while let Some(found) = whole
            .get(at..)
            .filter(|_| !text.is_empty())
            .and_then(|rest| rest.find(text))
        {
            let start = at + found;
            let folded = Span::of(start..start + text.len());
            let source = self.block.prose.origin(self.folded.origin(folded));
            if source.contains(place) {
                *from = start;
                return Some(Sentence { folded });
            }
            if source.start > place.start {
                return None;
            }
            at = start + text.len();
        }
        // Nothing further on is found either, and looking again would cost the same again.
        *from = whole.len();
        None
    }

    /// Where a part of a sentence's folded text stands in the file.
    pub fn part(&self, sentence: Sentence, part: Span<Folded>) -> Span<Source> {
        let start = sentence.folded.start;
        let folded = Span::new(start + part.start, (start + part.end).min(sentence.folded.end));
        self.block.prose.origin(self.folded.origin(folded))
    }

    /// Where a sentence stands in the file.
    pub fn whole(&self, sentence: Sentence) -> Span<Source> {
        self.part(sentence, Span::new(0, sentence.folded.len()))
    }

    /// A sentence as a part of the block's prose.
    pub fn span(&self, sentence: Sentence) -> Span<Prose> {
        self.folded.origin(sentence.folded)
    }

    /// The part of `within` that was made from this part of the file.
    pub fn prose_of(&self, within: Span<Prose>, part: Span<Source>) -> Option<Span<Prose>> {
        let runs = self.block.prose.runs();
        let from = runs.partition_point(|run| run.to.end <= within.start);
        let runs = runs[from..].iter().take_while(|run| run.to.start < within.end);
        let hits = runs.filter(|run| run.from.overlaps(part)).map(|run| {
            if run.kind == RunKind::Atomic {
                return run.to;
            }
            let at = |place: u32| run.to.start + (place.clamp(run.from.start, run.from.end) - run.from.start);
            Span::new(at(part.start), at(part.end))
        });
        hits.reduce(Span::hull)
    }

    /// A sentence as it stands in the prose, on one line.
    pub fn prose(&self, sentence: Sentence) -> String {
        let prose = self.folded.origin(sentence.folded).slice(self.block.prose.text());
        prose.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A wording as copy is compared with it: folded, without marks and without the signs around it.
pub(super) fn comparable(text: &str) -> String {
    let folded = fold(text);
    let plain: Cow<'_, str> = match marks(folded.text()) {
        marks if marks.is_empty() => folded.text().into(),
        marks => folded.replacing(&marks, "").text().to_owned().into(),
    };
    let inner = plain.trim_start_matches(['"', '\'', '(', '[', ' ']);
    let inner = inner.trim_end_matches(['.', '!', ',', ';', ':', '"', '\'', ')', ']', ' ']);
    inner.to_owned()
}

/// Marks of footnotes, trade marks and registered names: they change nothing of what is claimed. A mark that stands
/// alone goes with the space behind it.
fn marks(folded: &str) -> Vec<Span<Folded>> {
    let mut out = Vec::new();
    for (at, c) in folded.char_indices() {
        if matches!(c, '*' | '†' | '‡' | '®' | '™' | '©' | '¹' | '²' | '³') {
            let end = at + c.len_utf8();
            let alone = (at == 0 || folded[..at].ends_with(' ')) && folded[end..].starts_with(' ');
            out.push(Span::of(at..end + usize::from(alone)));
        }
    }
    out
}

/// Whether a wording that stands at `span` is made of whole words there, and no sign beside it changes what they say.
pub(super) fn stands_alone(text: &str, span: Span<Folded>) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let inner = span.slice(text);
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else {
        return false;
    };
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    let (left, lefter) = (before.next(), before.next());
    let (right, righter) = (after.next(), after.next());
    !joined(first, left, lefter) && !joined(last, right, righter)
}

/// Whether the character at the edge of a wording belongs together with the next one outside, or that with the one
/// after it.
fn joined(edge: char, next: Option<char>, after: Option<char>) -> bool {
    let Some(next) = next else {
        return false;
    };
    let beyond = after.is_some_and(char::is_alphanumeric);
    match next {
        '-' | '\'' | '/' | '.' | ',' | ':' => {
            // "sleep-deprived" and "1.5" go on; "sleep. Now" does not.
            let counts = edge.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
            beyond && (counts || matches!(next, '-' | '\'' | '/'))
        }
        '%' | '$' | '£' | '€' | '+' | '<' | '>' | '=' | '~' | '±' | '#' => true,
        _ => next.is_alphanumeric() || matches!(next, '\u{300}'..='\u{36f}'),
    }
}
