//! Owns what is told of a document: what is found in it, sentence by sentence, and then what it owes.

use super::Given;
use super::checks::{Candidate, Part, Tally};
use super::compile::Ruleset;
use super::judge::Case;
use super::merge::{Draft, Joined, joined};
use super::scan::Hit;
use crate::document::Document;
use crate::finding::{Finding, Label, Verdict};
use std::sync::Arc;

impl Ruleset {
    /// Every rule's own findings.
    pub(super) fn unmerged(&self, document: &Document, given: &Given) -> Vec<Finding> {
        let case = self.case(document, given);
        let told = |draft| {
            let silenced = case.silence(&draft);
            case.finding(Joined::new(draft, silenced), &mut None)
        };
        let mut tally = Tally::default();
        case.by_sentence(|joined| tally.take(&joined));
        case.drafts().chain(case.owed(&tally)).map(told).collect()
    }
}

/// The folded text of a sentence: one serves all that is found in it.
type Said = Option<(u32, Arc<str>)>;

impl<'r> Case<'r, '_> {
    /// What is found, joined sentence by sentence, the duties at last; nothing is told that another finding says.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let (mut out, mut tally) = (Vec::new(), Tally::default());
        let mut duties = self.by_sentence(|joined| {
            tally.take(&joined);
            self.tell(joined, &mut out);
        });
        duties.extend(self.owed(&tally));
        self.tell(self.joined(duties), &mut out);
        out
    }

    /// Hands over what is found, joined sentence by sentence; what is left are the duties.
    fn by_sentence(&self, mut take: impl FnMut(Vec<Joined<'r>>)) -> Vec<Draft<'r>> {
        let (mut here, mut duties) = (Vec::<Draft<'_>>::new(), Vec::new());
        for draft in self.drafts() {
            if draft.rule.info.category.is_duty() {
                duties.push(draft);
                continue;
            }
            let at = draft.candidate.sentence;
            if here.last().is_some_and(|last| last.candidate.sentence != at) {
                take(self.joined(std::mem::take(&mut here)));
            }
            here.push(draft);
        }
        take(self.joined(here));
        duties
    }

    fn joined(&self, drafts: Vec<Draft<'r>>) -> Vec<Joined<'r>> {
        joined(drafts, |draft| self.silence(draft))
    }

    fn tell(&self, joined: Vec<Joined<'r>>, out: &mut Vec<Finding>) {
        let mut said = None;
        out.extend(joined.into_iter().map(|joined| self.finding(joined, &mut said)));
    }

    /// What the document owes for what is found in it.
    fn owed(&self, tally: &Tally<'_>) -> Vec<Draft<'r>> {
        let owed = tally.duties(self.rules, &self.scan, &self.context, &self.matched);
        let applies = |candidate: &Candidate<'_>| {
            self.applies(&self.rules.rules[candidate.rule as usize], candidate.sentence)
        };
        let applying = owed.into_iter().filter(applies);
        applying.filter_map(|candidate| self.draft(candidate)).collect()
    }

    fn finding(&self, joined: Joined<'_>, said: &mut Said) -> Finding {
        let mut verdicts = Vec::with_capacity(joined.drafts.len());
        verdicts.extend(joined.drafts.iter().map(|draft| self.verdict(draft, said)));
        Finding {
            file: Some(Arc::clone(&self.scan.document.file)),
            verdicts,
            excepted: Vec::new(),
            product: Some(Arc::clone(&self.context.product)),
            page: Some(Arc::clone(&self.context.page)),
            silenced: joined.silenced.map(Box::new),
        }
    }

    fn verdict(&self, draft: &Draft<'_>, said: &mut Said) -> Verdict {
        let Candidate {
            sentence: at,
            labels,
            near,
            about,
            ..
        } = &draft.candidate;
        let info = &draft.rule.info;
        let mut verdict = Verdict::new(Arc::clone(info), draft.severity, draft.span);
        let labelled = labels.iter().filter(|part| !part.role.label.is_empty());
        verdict.labels = labelled.map(|part| self.label(part)).collect();
        if let Some(near) = near {
            verdict.say(near.message());
            verdict.advise(near.help.as_str());
        } else if info.message.contains('{') {
            verdict.say(self.message(&info.message, labels));
        }
        let about = about.unwrap_or(self.context.product.kind);
        let mut rows = draft.rule.instead_for.iter();
        if let Some((_, instead)) = rows.find(|(products, _)| products.contains(&about)) {
            verdict.offer(Arc::clone(instead));
        }
        let text = || self.scan.text_of(&self.scan.sentences[*at as usize]).into();
        verdict.folded = match said.take().filter(|(sentence, _)| sentence == at) {
            Some((_, text)) => text,
            None => text(),
        };
        *said = Some((*at, Arc::clone(&verdict.folded)));
        verdict
    }

    fn label(&self, part: &Part<'_>) -> Label {
        let sentence = &self.scan.sentences[part.sentence as usize];
        let hits = self.scan.hits_of(sentence).iter();
        let there = |hit: &&Hit| hit.first == part.first && hit.last() == part.last;
        let classes = hits.filter(there).map(Hit::lexicon);
        let mut labels = part.role.labels.iter();
        let own = labels.find(|(lexicon, _)| classes.clone().any(|class| class == *lexicon));
        Label {
            span: self.scan.source(sentence, part.first, part.last),
            text: Arc::clone(own.map_or(&part.role.label, |(_, label)| label)),
        }
    }

    /// The message with the words of each role in the place of its `{name}`.
    fn message(&self, message: &str, parts: &[Part<'_>]) -> String {
        parts.iter().fold(message.to_owned(), |message, part| {
            message.replace(
                &format!("{{{}}}", part.role.name),
                &self.words(part.sentence, part.first, part.last),
            )
        })
    }
}
