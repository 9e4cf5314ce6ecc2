//! Owns what a sentence claims besides an approved wording in it: "cures insomnia" is no approval of "cures insomnia and
//! eczema". The sentence is judged again without one part of the approved claim after another.

use crate::document::{Block, Document};
use crate::engine::{Given, Ruleset};
use crate::finding::Finding;
use crate::register::{Passage, Sentence};
use crate::text::{Prose, Source, Span};
use std::sync::Arc;

/// So many parts of a claim are left out in turn.
const PARTS: usize = 4;
/// What stands for what is left out: no word.
const GONE: &str = "\u{fffc}";

/// A sentence with an approved wording in it.
pub(super) struct Rest<'a> {
    pub(super) rules: &'a Ruleset,
    pub(super) block: &'a Block,
    pub(super) passage: &'a Passage<'a>,
    pub(super) sentence: Sentence,
    /// Where the approved wording stands.
    pub(super) stand: Span<Source>,
}

impl Rest<'_> {
    /// Claims of the same kind as `approved` that reach beyond the approved wording.
    pub(super) fn claims(&self, approved: &Finding) -> Vec<Finding> {
        let sentence = self.passage.span(self.sentence);
        let Some(file) = approved.file.as_ref().filter(|_| self.goes_on(approved)) else {
            return Vec::new();
        };
        let mut parts: Vec<Span<Source>> = approved.labels.iter().map(|label| label.span).collect();
        parts.truncate(PARTS);
        parts.push(approved.span);
        let mut out = Vec::new();
        for part in parts {
            let part = self.passage.prose_of(sentence, part);
            let Some(part) = part.filter(|part| sentence.contains(*part)) else {
                continue;
            };
            let end = self.block.prose.span().end;
            let part = self.with_marks(part, sentence.end);
            let around = [Span::new(0, sentence.start), part, Span::new(sentence.end, end)];
            let document = Document {
                file: Arc::clone(file),
                blocks: vec![self.without(&around)],
                directives: Vec::new(),
                settings: None,
                address: None,
            };
            let given = Given {
                product: approved.product.as_deref().cloned(),
                page: approved.page.as_deref().cloned(),
                owes_from: u32::MAX,
                path: None,
            };
            let judged = self.rules.judge(&document, &given).findings;
            out.extend(
                judged
                    .into_iter()
                    .filter(|finding| self.counts(finding, approved)),
            );
        }
        for finding in &mut out {
            finding.folded.clone_from(&approved.folded);
        }
        out
    }

    /// Whether the sentence has words besides the approved wording.
    fn goes_on(&self, approved: &Finding) -> bool {
        let Some(file) = &approved.file else {
            return false;
        };
        let sentence = self.passage.whole(self.sentence);
        let before = file.slice(Span::new(sentence.start, self.stand.start));
        let after = file.slice(Span::new(self.stand.end, sentence.end));
        [before, after]
            .iter()
            .any(|part| part.contains(char::is_alphanumeric))
    }

    /// A part with the signs behind it: of a list, what follows closes up.
    fn with_marks(&self, part: Span<Prose>, end: u32) -> Span<Prose> {
        let behind = Span::<Prose>::new(part.end, end).slice(self.block.prose.text());
        let signs = behind.find(char::is_alphanumeric).unwrap_or(0);
        Span::new(part.start, part.end + signs as u32)
    }

    fn without(&self, cuts: &[Span<Prose>]) -> Block {
        Block {
            kind: self.block.kind.clone(),
            prose: self.block.prose.replacing(cuts, GONE),
            section: 0,
            quoted: self.block.quoted,
            lead_in: None,
            links: Vec::new(),
            key: None,
        }
    }

    fn counts(&self, finding: &Finding, approved: &Finding) -> bool {
        let labels = finding.labels.iter();
        let whole = labels.fold(finding.span, |whole, label| whole.hull(label.span));
        finding.silenced.is_none()
            && finding.rule().category == approved.rule().category
            && !self.stand.contains(whole)
    }
}
