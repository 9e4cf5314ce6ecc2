//! Owns text made from other text, run by run, so that any span of the new text leads back to the old.

use super::Span;
use smallvec::SmallVec;

/// How the bytes of a run correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// Byte for byte: offset `n` in the one is offset `n` in the other.
    Verbatim,
    /// Whole for whole: an entity, an escape, a line break that became a space.
    Atomic,
}

/// A piece of derived text and the piece it was made from.
pub struct Run<To, From> {
    /// Where it stands in the derived text.
    pub to: Span<To>,
    /// What it was made from.
    pub from: Span<From>,
    /// How the two correspond.
    pub kind: RunKind,
}

/// Text of kind `To`, made from text of kind `From`. Runs are in order and cover the whole text.
pub struct Derived<To, From> {
    text: String,
    /// Most texts are one run.
    runs: SmallVec<[Run<To, From>; 1]>,
}

impl<To, From> Derived<To, From> {
    /// No text yet.
    pub const fn new() -> Self {
        Self {
            text: String::new(),
            runs: SmallVec::new_const(),
        }
    }

    /// No text yet, and room for so many bytes of it.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            runs: SmallVec::new_const(),
        }
    }

    /// The derived text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run<To, From>] {
        &self.runs
    }

    /// The whole derived text as a span.
    pub fn span(&self) -> Span<To> {
        Span::of(0..self.text.len())
    }

    /// Appends text that stands at `from` in the old text, byte for byte (or with the same length, as
    /// folding ASCII case keeps it).
    pub fn push_verbatim(&mut self, piece: &str, from: u32) {
        let len = piece.len();
        let from = Span::new(from, from.saturating_add(u32::try_from(len).unwrap_or(u32::MAX)));
        self.push(piece, from, RunKind::Verbatim);
    }

    /// Appends text that stands at `from` in the old text, with its ASCII letters in lower case.
    pub fn push_lower(&mut self, piece: &str, from: u32) {
        let start = self.text.len();
        self.push_verbatim(piece, from);
        if let Some(added) = self.text.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    }

    /// Appends text that stands for the whole of `from`.
    pub fn push_atomic(&mut self, piece: &str, from: Span<From>) {
        self.push(piece, from, RunKind::Atomic);
    }

    fn push(&mut self, piece: &str, from: Span<From>, kind: RunKind) {
        if piece.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(piece);
        let to = Span::of(start..self.text.len());
        if kind == RunKind::Verbatim
            && let Some(last) = self.runs.last_mut()
            && last.kind == RunKind::Verbatim
            && last.from.end == from.start
        {
            last.from.end = from.end;
            last.to.end = to.end;
            return;
        }
        self.runs.push(Run { to, from, kind });
    }

    /// Appends the part of another text in a span that cuts none of its runs; it leads where it led.
    pub fn append(&mut self, other: &Self, span: Span<To>) {
        let (start, here) = (span.start, self.span().end);
        let from = other.runs.partition_point(|run| run.to.start < start);
        let runs = other.runs[from..].iter().take_while(|run| run.to.end <= span.end);
        let place = |at: u32| at - start + here;
        self.runs.extend(runs.map(|run| Run {
            to: Span::new(place(run.to.start), place(run.to.end)),
            from: run.from,
            kind: run.kind,
        }));
        self.text.push_str(span.slice(&other.text));
    }

    /// Leads the text to where it led, so many bytes further on; round the end of all numbers where that is back.
    pub fn shift(&mut self, bytes: u32) {
        for run in &mut self.runs {
            let Span { start, end, .. } = run.from;
            run.from = Span::new(start.wrapping_add(bytes), end.wrapping_add(bytes));
        }
    }

    /// Removes white space at the end.
    pub fn trim_end(&mut self) {
        let keep = self.text.trim_end().len();
        self.truncate(keep);
    }

    /// Takes the text, in no more room than it needs, and keeps the room it was made in for the next one.
    pub fn take(&mut self) -> Self {
        let taken = self.clone();
        self.text.clear();
        self.runs.clear();
        taken
    }

    /// Cuts the text to `keep` bytes; a character that `keep` would split goes too.
    fn truncate(&mut self, keep: usize) {
        let keep = self.text.floor_char_boundary(keep);
        self.text.truncate(keep);
        let keep = u32::try_from(keep).unwrap_or(u32::MAX);
        while let Some(last) = self.runs.last_mut() {
            if last.to.start >= keep {
                self.runs.pop();
                continue;
            }
            if last.to.end > keep {
                if last.kind == RunKind::Verbatim {
                    last.from.end -= last.to.end - keep;
                }
                last.to.end = keep;
            }
            break;
        }
    }

    /// Where a span of the derived text comes from: the smallest single span of the old text that holds all
    /// of it. An empty span leads to an empty one.
    pub fn origin(&self, span: Span<To>) -> Span<From> {
        let (Some(first), Some(last)) = (self.run_at(span.start), self.run_before(span.end)) else {
            return Span::empty(self.runs.first().map_or(0, |run| run.from.start));
        };
        let start = match first.kind {
            RunKind::Verbatim => {
                first.from.start + span.start.clamp(first.to.start, first.to.end) - first.to.start
            }
            RunKind::Atomic => first.from.start,
        };
        if span.is_empty() {
            return Span::empty(start);
        }
        let end = match last.kind {
            RunKind::Verbatim => {
                last.from.start + (span.end.clamp(last.to.start, last.to.end) - last.to.start)
            }
            RunKind::Atomic => last.from.end,
        };
        Span::new(start, end)
    }

    /// The run that holds byte `at`; the last one where `at` is the end of the text.
    fn run_at(&self, at: u32) -> Option<&Run<To, From>> {
        let after = self.runs.partition_point(|run| run.to.start <= at);
        self.runs.get(after.saturating_sub(1))
    }

    /// The run that holds the byte before `at`; the first one where `at` is 0.
    fn run_before(&self, at: u32) -> Option<&Run<To, From>> {
        let after = self.runs.partition_point(|run| run.to.start < at);
        self.runs.get(after.saturating_sub(1))
    }

    /// The same text with every range of `cuts` (in order, not overlapping) replaced by `with`.
    #[must_use]
    pub fn replacing(&self, cuts: &[Span<To>], with: &str) -> Self {
        let mut out = Self::new();
        let mut at = 0;
        for cut in cuts {
            self.copy(Span::new(at, cut.start), &mut out);
            out.push_atomic(with, self.origin(*cut));
            at = cut.end;
        }
        self.copy(Span::new(at, self.span().end), &mut out);
        out
    }

    /// The part of the text in a span, which leads to where it led.
    #[must_use]
    pub fn part(&self, span: Span<To>) -> Self {
        let mut out = Self::new();
        self.copy(span, &mut out);
        out
    }

    fn copy(&self, span: Span<To>, out: &mut Self) {
        let from = self.runs.partition_point(|run| run.to.end <= span.start);
        for run in self.runs[from..].iter().take_while(|run| run.to.start < span.end) {
            let part = Span::<To>::new(run.to.start.max(span.start), run.to.end.min(span.end));
            let piece = part.slice(&self.text);
            match run.kind {
                RunKind::Verbatim => out.push_verbatim(piece, run.from.start + (part.start - run.to.start)),
                RunKind::Atomic => out.push_atomic(piece, run.from),
            }
        }
    }
}

impl<To, From> Default for Derived<To, From> {
    fn default() -> Self {
        Self::new()
    }
}
impl<To, From> Clone for Run<To, From> {
    fn clone(&self) -> Self {
        Self {
            to: self.to,
            from: self.from,
            kind: self.kind,
        }
    }
}
impl<To, From> Clone for Derived<To, From> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            runs: self.runs.clone(),
        }
    }
}
impl<To, From> std::fmt::Debug for Run<To, From> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}<-{:?} {:?}", self.to, self.from, self.kind)
    }
}
impl<To, From> std::fmt::Debug for Derived<To, From> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Derived")
            .field("text", &self.text)
            .field("runs", &self.runs)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Prose, Source};

    fn sample() -> Derived<Prose, Source> {
        let mut text = Derived::new();
        text.push_verbatim("cure", 2);
        text.push_atomic(" ", Span::new(8, 9));
        text.push_atomic("é", Span::new(9, 17));
        text.push_verbatim("czema", 17);
        text
    }

    #[test]
    fn a_span_over_several_runs_leads_to_their_hull() {
        assert_eq!(sample().origin(Span::new(2, 9)), Span::new(4, 19));
    }

    #[test]
    fn half_an_atomic_run_is_the_whole() {
        assert_eq!(sample().origin(Span::new(5, 7)), Span::new(9, 17));
    }

    #[test]
    fn an_empty_span_stays_empty() {
        assert_eq!(sample().origin(Span::new(3, 3)), Span::new(5, 5));
        assert_eq!(
            Derived::<Prose, Source>::new().origin(Span::new(0, 0)),
            Span::new(0, 0)
        );
    }

    #[test]
    fn adjoining_verbatim_pieces_are_one_run() {
        let mut text = Derived::<Prose, Source>::new();
        text.push_verbatim("ab", 0);
        text.push_verbatim("cd", 2);
        assert_eq!(text.runs().len(), 1);
    }

    #[test]
    fn a_cut_run_ends_where_its_text_does() {
        let ends = |keep: usize| {
            let mut text = sample();
            text.truncate(keep);
            let last = text.runs().last().unwrap();
            (text.text().to_owned(), last.to.end, last.from)
        };
        assert_eq!(ends(9), ("cure écz".to_owned(), 9, Span::new(17, 19)));
        assert_eq!(ends(7), ("cure é".to_owned(), 7, Span::new(9, 17)));
        // Half a character goes as a whole.
        assert_eq!(ends(6), ("cure ".to_owned(), 5, Span::new(8, 9)));
        assert_eq!(ends(3), ("cur".to_owned(), 3, Span::new(2, 5)));
    }

    #[test]
    fn replacing_keeps_the_rest_in_place() {
        let mut text = sample();
        text = text.replacing(&[Span::new(4, 7)], "\u{fffc}");
        assert_eq!(text.text(), "cure\u{fffc}czema");
        assert_eq!(text.origin(Span::new(4, 7)), Span::new(8, 17));
        assert_eq!(text.origin(Span::new(7, 12)), Span::new(17, 22));
    }

    #[test]
    fn trimming_shortens_the_last_run() {
        let mut text = Derived::<Prose, Source>::new();
        text.push_verbatim("ab  ", 4);
        text.trim_end();
        assert_eq!((text.text(), text.origin(text.span())), ("ab", Span::new(4, 6)));
        // A run that is all white space goes, and one that stands for a whole goes on standing for it.
        text.push_atomic(" ", Span::new(8, 13));
        text.trim_end();
        assert_eq!((text.text(), text.runs().len()), ("ab", 1));
        text.push_atomic("c ", Span::new(8, 13));
        text.trim_end();
        assert_eq!((text.text(), text.span()), ("abc", Span::new(0, 3)));
        assert_eq!(text.runs()[1].to, Span::new(2, 3));
        assert_eq!(text.origin(Span::new(2, 3)), Span::new(8, 13));
    }

    #[test]
    fn replacing_inside_a_run_leaves_both_of_its_ends_in_place() {
        let mut text = Derived::<Prose, Source>::new();
        text.push_verbatim("abcdef", 10);
        text.push_atomic("g", Span::new(20, 30));
        let text = text.replacing(&[Span::new(0, 1), Span::new(3, 4)], "-");
        assert_eq!(text.text(), "-bc-efg");
        let from = |start, end| text.origin(Span::new(start, end));
        assert_eq!(
            [from(0, 1), from(1, 3), from(3, 4)],
            [Span::new(10, 11), Span::new(11, 13), Span::new(13, 14)]
        );
        assert_eq!([from(4, 6), from(6, 7)], [Span::new(14, 16), Span::new(20, 30)]);
        assert_eq!(text.runs().len(), 5);
    }
}
