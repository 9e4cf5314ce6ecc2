//! Owns leading prose that was read from a decoded string back through the string to the file.

use crate::text::{Derived, Prose, RunKind, Source, Span};

/// `prose`, whose places count bytes of `aligned`'s text from `lead` on, with places in the file.
pub(super) fn through(
    prose: &Derived<Prose, Source>,
    lead: usize,
    aligned: &Derived<Prose, Source>,
) -> Derived<Prose, Source> {
    let lead = u32::try_from(lead).unwrap_or(u32::MAX);
    let mut out = Derived::new();
    for run in prose.runs() {
        let inner = Span::<Prose>::new(
            run.from.start.saturating_add(lead),
            run.from.end.saturating_add(lead),
        );
        match run.kind {
            RunKind::Atomic => out.push_atomic(run.to.slice(prose.text()), aligned.origin(inner)),
            RunKind::Verbatim => copy(aligned, inner, &mut out),
        }
    }
    out
}

/// Copies a span of the decoded text, run by run.
fn copy(aligned: &Derived<Prose, Source>, span: Span<Prose>, out: &mut Derived<Prose, Source>) {
    let from = aligned.runs().partition_point(|run| run.to.end <= span.start);
    let runs = aligned.runs().get(from..).unwrap_or_default();
    for run in runs.iter().take_while(|run| run.to.start < span.end) {
        let part = Span::<Prose>::new(run.to.start.max(span.start), run.to.end.min(span.end));
        let piece = part.slice(aligned.text());
        match run.kind {
            RunKind::Verbatim => out.push_verbatim(piece, run.from.start + (part.start - run.to.start)),
            RunKind::Atomic => out.push_atomic(piece, run.from),
        }
    }
}
