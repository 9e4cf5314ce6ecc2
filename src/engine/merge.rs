//! Owns joining what was found: one finding for each claim and category, with every market's verdict, worst first.

use super::checks::Candidate;
use super::compile::Rule;
use crate::finding::{Severity, Silence};
use crate::text::{Source, Span};
use std::cmp::Reverse;

/// A candidate that its rule speaks of.
pub(super) struct Draft<'r> {
    pub(super) candidate: Candidate<'r>,
    pub(super) rule: &'r Rule,
    pub(super) severity: Severity,
    pub(super) span: Span<Source>,
    /// Number of the clause in which it starts.
    pub(super) clause: u16,
}

/// Drafts that are one finding, worst first; never empty.
pub(super) struct Joined<'r> {
    pub(super) drafts: Vec<Draft<'r>>,
    pub(super) silenced: Option<Silence>,
}

impl<'r> Joined<'r> {
    /// A draft by itself.
    pub(super) fn new(draft: Draft<'r>, silenced: Option<Silence>) -> Self {
        let drafts = vec![draft];
        Self { drafts, silenced }
    }

    /// Whether it takes `draft` in: findings of one category that overlap or start in one clause are one. What stands
    /// in different clauses of a sentence are different claims. A duty of one category is told once a document.
    fn holds(&self, draft: &Draft<'_>) -> bool {
        let (first, category) = (&self.drafts[0], draft.rule.info.category);
        first.rule.info.category == category
            && (category.is_duty() || first.clause == draft.clause || first.span.overlaps(draft.span))
    }

    /// Whether it has a verdict of the draft's market.
    fn has_market(&self, draft: &Draft<'_>) -> bool {
        let mut markets = self.drafts.iter().map(|known| &known.rule.info.market);
        markets.any(|market| *market == draft.rule.info.market)
    }
}

/// Two series of drafts as one, in order of sentences; in one sentence those of the first come first.
pub(super) fn in_order<'r>(
    first: impl Iterator<Item = Draft<'r>>,
    second: impl Iterator<Item = Draft<'r>>,
) -> impl Iterator<Item = Draft<'r>> {
    let (mut first, mut second) = (first.peekable(), second.peekable());
    let at = |draft: &Draft<'_>| draft.candidate.sentence;
    std::iter::from_fn(move || match (first.peek(), second.peek()) {
        (Some(one), Some(other)) if at(other) < at(one) => second.next(),
        (None, _) => second.next(),
        _ => first.next(),
    })
}

/// Joins what was found in one sentence, or the duties of a document. The most severe stands, of equals the first in
/// the text and then in the policy, and it takes in one draft of each other market. A silenced draft is dropped where a
/// finding of its category speaks; `silence` is asked for no draft that is dropped whatever it says.
pub(super) fn joined<'r>(
    mut drafts: Vec<Draft<'r>>,
    silence: impl Fn(&Draft<'r>) -> Option<Silence>,
) -> Vec<Joined<'r>> {
    let labels = |draft: &Draft<'_>| {
        let parts = draft.candidate.labels.iter();
        parts.filter(|part| !part.role.label.is_empty()).count()
    };
    drafts.sort_by_key(|draft| (Reverse(draft.severity), draft.span, Reverse(labels(draft))));
    let mut out: Vec<Joined<'_>> = Vec::new();
    let mut silenced = Vec::new();
    for draft in drafts {
        let known = out.iter_mut().find(|known| known.holds(&draft));
        if known.as_ref().is_some_and(|known| known.has_market(&draft)) {
            continue;
        }
        match (known, silence(&draft)) {
            (Some(known), None) => known.drafts.push(draft),
            (None, None) => out.push(Joined::new(draft, None)),
            (None, Some(silence)) => silenced.push((draft, silence)),
            (Some(_), Some(_)) => {}
        }
    }
    for (draft, silence) in silenced {
        match out.iter_mut().find(|known| known.holds(&draft)) {
            None => out.push(Joined::new(draft, Some(silence))),
            Some(known) if known.silenced.is_some() && !known.has_market(&draft) => known.drafts.push(draft),
            Some(_) => {}
        }
    }
    out
}
