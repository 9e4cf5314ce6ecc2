//! Owns counting what each row and rule meets: sentences that carry a label, and sentences that carry none.

use super::{Labelled, Strength, sentence, strongest};
use crate::text::{Source, Span};
use std::collections::BTreeMap;

/// The sentences that a row or a rule meets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Those with a label `must`.
    pub must: usize,
    /// Those with labels `may` only.
    pub may: usize,
    /// Those with none.
    pub unlabelled: usize,
}

/// Counts by name what `of` gives for each document: who meets which place. A sentence that one meets at several places
/// counts once, by the strongest label there.
pub fn met(
    documents: &[Labelled],
    of: impl Fn(&str) -> Vec<(String, Span<Source>)>,
) -> BTreeMap<String, Met> {
    let mut out: BTreeMap<String, Met> = BTreeMap::new();
    for document in documents {
        let mut seen: BTreeMap<(String, Span<Source>), Option<Strength>> = BTreeMap::new();
        for (name, span) in of(&document.name) {
            let sentence = sentence::around(&document.text, span.start);
            let here = Span::new(span.start, span.end.min(sentence.end));
            let strength = strongest(document, here, sentence);
            if strength.is_none() && document.partly {
                continue;
            }
            let known = seen.entry((name, sentence)).or_default();
            *known = strength.max(*known);
        }
        for ((name, _), strength) in seen {
            let met = out.entry(name).or_default();
            match strength {
                Some(Strength::Must) => met.must += 1,
                Some(Strength::May) => met.may += 1,
                Some(Strength::None) | None => met.unlabelled += 1,
            }
        }
    }
    out
}
