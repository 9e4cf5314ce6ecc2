//! Owns telling claims as they were read, for policy authors and tests.

use super::Claim;
use crate::engine::judge::Case;
use crate::policy::model::Guard;
use crate::text::{Source, Span};

/// A claim as it was read, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// All its words in one sentence.
    pub span: Span<Source>,
    /// Its parts: name, class and words, as `("effect", "relieve", "eases")`.
    pub parts: Vec<(&'static str, String, String)>,
    /// The rows that decide, with their severity: the full name of each.
    pub rows: Vec<(String, String)>,
}

impl Case<'_, '_> {
    /// The claim with the rows that decide.
    pub(in crate::engine) fn told(&self, claim: &Claim) -> Told {
        let name = |class: u32| {
            self.rules
                .classes
                .role(class)
                .map_or("", |role| &role.name)
                .to_owned()
        };
        let words = |term: super::Term| self.words(term.sentence, term.words.first, term.words.last);
        let mut parts = vec![("effect", name(claim.effect.class), words(claim.effect))];
        parts.extend(claim.target.map(|term| ("target", name(term.class), words(term))));
        parts.extend(
            claim
                .subject
                .map(|(term, _)| ("subject", name(term.class), words(term))),
        );
        let standing = claim.subject.map_or(self.context.product.kind, |(_, kind)| kind);
        parts.extend([
            ("standing", standing.name().to_owned(), String::new()),
            ("shape", claim.shape.name().to_owned(), String::new()),
            ("speaker", claim.speaker.name().to_owned(), String::new()),
            ("mood", claim.mood.name().to_owned(), String::new()),
            ("page", self.context.page.kind.name().to_owned(), String::new()),
            (
                "product",
                self.context.product.kind.name().to_owned(),
                String::new(),
            ),
        ]);
        if claim
            .subject
            .is_some_and(|(term, _)| term.sentence != claim.effect.sentence)
        {
            parts.push(("carried", "yes".to_owned(), String::new()));
        }
        let candidate = claim.candidate(0, &self.rules.classes);
        let silences = self.silences(&candidate, Guard::ALL.iter().copied());
        parts.extend(silences.map(|silence| ("guard", silence.guard.clone(), silence.because.clone())));
        let sentence = &self.scan.sentences[candidate.sentence as usize];
        let row = |number: u32| {
            let rule = &self.rules.rules[number as usize];
            let severity = self.severity(rule, candidate.sentence);
            let severity = severity.map_or("silent", |severity| severity.name());
            (rule.info.name.clone(), severity.to_owned())
        };
        Told {
            span: self.scan.source(sentence, candidate.first, candidate.last),
            parts,
            rows: self.rows(claim).map(row).collect(),
        }
    }
}
