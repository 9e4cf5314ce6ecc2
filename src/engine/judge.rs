//! Owns the order of judging: scan, context, candidates, guards, findings.

use super::checks::{self, Candidate, Matched, Near, Part};
use super::compile::{Kind, Rule, Ruleset};
use super::context::Context;
use super::frame::Match;
use super::guards::{self, Seen};
use super::merge::{self, Placed};
use super::presence::Presence;
use super::scan::Scan;
use super::{Given, Judged};
use crate::document::{Block, Document};
use crate::finding::{Finding, Label, Page, Severity, Silence};
use crate::policy::model::Guard;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A document on trial: everything that was read off it once.
struct Case<'r, 'd> {
    rules: &'r Ruleset,
    scan: Scan<'d>,
    presence: Presence,
    context: Context,
    matched: Matched,
    /// For each sentence whether it is a recognised statement or legal text.
    legal: Vec<bool>,
    /// For each rule that asks for qualifiers the sentences that hold one, in order.
    qualifiers: FxHashMap<u32, Vec<u32>>,
    /// For each block whether links are all that it says.
    links: Vec<bool>,
}

impl Ruleset {
    /// Judges one document.
    pub fn judge(&self, document: &Document, given: &Given) -> Judged {
        let case = self.case(document, given);
        Judged {
            findings: merge::merged(case.findings()),
            words: case.context.words,
        }
    }

    /// Every rule's own findings.
    pub(super) fn unmerged(&self, document: &Document, given: &Given) -> Vec<Finding> {
        let case = self.case(document, given);
        case.findings().map(|placed| placed.finding).collect()
    }

    fn case<'r, 'd>(&'r self, document: &'d Document, given: &Given) -> Case<'r, 'd> {
        let scan = self.scanner.scan(document);
        let presence = Presence::new(&scan);
        let context = Context::new(self, &scan, &presence, given);
        let matched = checks::matched(self, &scan, |rule| context.suits(&rule.applies));
        let legal = legal(self, &scan, &context, &matched);
        let qualifiers = checks::qualifiers(self, &matched);
        let links = document.blocks.iter().map(Block::is_link).collect();
        Case {
            rules: self,
            scan,
            presence,
            context,
            matched,
            legal,
            qualifiers,
            links,
        }
    }
}

fn legal(rules: &Ruleset, scan: &Scan<'_>, context: &Context, matched: &Matched) -> Vec<bool> {
    let mut legal = vec![context.page.kind == Page::Legal; scan.sentences.len()];
    for at in checks::statements(rules, matched) {
        legal[at as usize] = true;
    }
    legal
}

impl<'r> Case<'r, '_> {
    /// The findings in order of sentences, each made when it is asked for: a page of claims has many candidates, and
    /// few of them are kept.
    fn findings(&self) -> impl Iterator<Item = Placed> {
        let mut said: Option<(u32, Arc<str>)> = None;
        self.candidates().filter_map(move |candidate| {
            let mut finding = self.finding(&candidate)?;
            let at = candidate.sentence;
            // One text of the sentence serves all that is found in it.
            if said.as_ref().is_none_or(|(sentence, _)| *sentence != at) {
                let sentence = &self.scan.sentences[at as usize];
                said = Some((at, self.scan.text_of(sentence).into()));
            }
            if let Some((_, text)) = &said {
                finding.folded = Arc::clone(text);
            }
            Some(Placed {
                sentence: at,
                clause: self.scan.clauses[candidate.first as usize],
                finding,
            })
        })
    }

    /// The candidates in order of sentences; in one sentence those of frames come first.
    fn candidates(&self) -> impl Iterator<Item = Candidate<'r>> {
        let of_frames = self
            .matched
            .triggers
            .iter()
            .filter_map(|(entry, at, found, masked)| {
                let entry = &self.rules.entries[*entry as usize];
                let roles = &entry.frame.roles;
                self.speaks(entry.rule, *at)
                    .then(|| Candidate::new(entry.rule, *at, found, roles, *masked))
            });
        let mut others = self.other_candidates();
        others.sort_by_key(|candidate| candidate.sentence);
        let (mut of_frames, mut others) = (of_frames.peekable(), others.into_iter().peekable());
        std::iter::from_fn(move || match (of_frames.peek(), others.peek()) {
            (Some(frame), Some(other)) if other.sentence < frame.sentence => others.next(),
            (None, _) => others.next(),
            _ => of_frames.next(),
        })
    }

    /// The candidates that no frame makes by itself.
    fn other_candidates(&self) -> Vec<Candidate<'r>> {
        let mut out = checks::patterns(self.rules, &self.scan);
        out.extend(checks::lead_ins(self.rules, &self.scan, &self.matched));
        let creates = |rule: u32, at: u32, found: &Match| {
            self.applies(&self.rules.rules[rule as usize], at) && !self.denied(at, found)
        };
        out.extend(checks::duties(
            self.rules,
            &self.scan,
            &self.context,
            &self.matched,
            creates,
        ));
        out
    }

    /// Whether the words are denied where they stand: copy that says what a product does not do owes nothing for it.
    fn denied(&self, at: u32, found: &Match) -> bool {
        let seen = Seen {
            scan: &self.scan,
            at,
            first: found.first,
            last: found.last,
            parts: &[],
            legal: false,
        };
        let cues = self.rules.guards.get(&Guard::Negated);
        cues.is_some_and(|cues| guards::silences(Guard::Negated, cues, &seen).is_some())
    }

    /// Whether a match is a candidate by itself: not for duties, nor for triggers with a qualifier near, nor for
    /// numbers that break no limit.
    fn speaks(&self, rule: u32, at: u32) -> bool {
        match &self.rules.rules[rule as usize].check {
            Kind::Claim { .. } => true,
            Kind::Require { .. } => false,
            Kind::Number(quantity) => quantity
                .breach(&self.rules.scanner, &self.scan, &self.scan.sentences[at as usize])
                .is_some(),
            Kind::Qualify { within } => {
                let answers = self.qualifiers.get(&rule).map_or(&[][..], Vec::as_slice);
                !checks::qualified(&self.scan, answers, at, *within)
            }
        }
    }

    fn applies(&self, rule: &Rule, at: u32) -> bool {
        let applies = &rule.applies;
        let sentence = &self.scan.sentences[at as usize];
        let (block, link) = (self.scan.block_of(sentence), self.links[sentence.block as usize]);
        let linked = |scope: &str| link && (scope == "link" || (scope == "source" && block.leads_away()));
        let within = |scope: &String| block.has_scope(scope) || linked(scope);
        let scoped = |scopes: &[String]| scopes.iter().any(within);
        self.context.suits(applies)
            && (applies.blocks.is_empty() || scoped(&applies.blocks))
            && !scoped(&applies.not_blocks)
            && rule
                .beside
                .as_ref()
                .is_none_or(|near| self.presence.holds(near, &self.scan, at))
            && !rule
                .not_beside
                .as_ref()
                .is_some_and(|near| self.presence.holds(near, &self.scan, at))
    }

    fn severity(&self, rule: &Rule, at: u32) -> Option<Severity> {
        let row = rule.severity_for.iter().find(|row| {
            (row.products.is_empty() || row.products.contains(&self.context.product.kind))
                && (row.pages.is_empty() || row.pages.contains(&self.context.page.kind))
                && row
                    .beside
                    .as_ref()
                    .is_none_or(|near| self.presence.holds(near, &self.scan, at))
        });
        row.map_or(rule.severity, |row| row.severity)
    }

    fn silence(&self, rule: &Rule, candidate: &Candidate<'_>) -> Option<Silence> {
        if candidate.masked {
            let because = self.words(candidate.sentence, candidate.first, candidate.last);
            return Some(Silence::new(Guard::OtherMeaning.name(), because));
        }
        let Candidate {
            sentence: at,
            first,
            last,
            ..
        } = *candidate;
        let seen = Seen {
            scan: &self.scan,
            at,
            first,
            last,
            parts: &candidate.labels,
            legal: self.legal[at as usize],
        };
        rule.guards.iter().find_map(|guard| {
            let cues = self.rules.guards.get(guard)?;
            let because = guards::silences(*guard, cues, &seen)?;
            Some(Silence::new(guard.name(), because))
        })
    }

    fn finding(&self, candidate: &Candidate<'_>) -> Option<Finding> {
        let rule = &self.rules.rules[candidate.rule as usize];
        if !self.applies(rule, candidate.sentence) {
            return None;
        }
        let severity = self.severity(rule, candidate.sentence)?;
        let severity = match &candidate.near {
            Some(Near { enough: true, .. }) => severity.min(Severity::Advice),
            _ => severity,
        };
        let sentence = &self.scan.sentences[candidate.sentence as usize];
        let (mut first, mut last) = (candidate.first, candidate.last);
        if let Kind::Number(quantity) = &rule.check {
            let breach = quantity.breach(&self.rules.scanner, &self.scan, sentence)?;
            (first, last) = (first.min(breach.0), last.max(breach.1));
        }
        let span = self.scan.source(sentence, first, last);
        let file = Some(Arc::clone(&self.scan.document.file));
        let mut finding = Finding::new(Arc::clone(&rule.info), severity, file, span);
        finding.labels = candidate
            .labels
            .iter()
            .filter(|part| !part.role.label.is_empty())
            .map(|part| self.label(part))
            .collect();
        if let Some(near) = &candidate.near {
            finding.say(near.message());
            finding.advise(near.help.as_str());
        } else if rule.info.message.contains('{') {
            finding.say(self.message(&rule.info.message, &candidate.labels));
        }
        finding.product = Some(Arc::clone(&self.context.product));
        finding.page = Some(Arc::clone(&self.context.page));
        finding.silenced = self.silence(rule, candidate).map(Box::new);
        Some(finding)
    }

    fn label(&self, part: &Part<'_>) -> Label {
        let sentence = &self.scan.sentences[part.sentence as usize];
        Label {
            span: self.scan.source(sentence, part.first, part.last),
            text: Arc::clone(&part.role.label),
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

    fn words(&self, at: u32, first: u32, last: u32) -> String {
        let words = self.scan.words(&self.scan.sentences[at as usize], first, last);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
