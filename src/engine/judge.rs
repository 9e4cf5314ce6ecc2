//! Owns the order of judging: scan, context, candidates, guards, findings.

use super::checks::{self, Candidate, Matched, Near, Trigger};
use super::claims::told::Told;
use super::claims::{self, Spoken};
use super::compile::{Kind, Rule, Ruleset};
use super::context::Context;
use super::guards::{self, Seen};
use super::memory::{Memory, Outline, Past};
use super::merge::{Draft, in_order};
use super::presence::Presence;
use super::scan::Scan;
use super::{Given, Judged};
use crate::document::{Document, Scopes};
use crate::finding::{Category, Facts, Finding, Page, Severity, Silence, Statement};
use crate::policy::model::Guard;
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

/// A document on trial: everything that was read off it once.
pub(super) struct Case<'r, 'd> {
    pub(super) rules: &'r Ruleset,
    pub(super) scan: Scan<'d>,
    pub(super) presence: Presence,
    pub(super) context: Context,
    pub(super) matched: Matched,
    /// What the copy claims.
    pub(super) spoken: Spoken,
    /// For each sentence whether it is a recognised statement or legal text.
    legal: Vec<bool>,
    /// For each rule that asks for qualifiers the sentences that hold one, in order.
    qualifiers: FxHashMap<u32, Vec<u32>>,
    /// For each block the scopes that it is within, once a rule has asked.
    scopes: Vec<OnceCell<Scopes>>,
}

impl Ruleset {
    /// Judges one document.
    pub fn judge(&self, document: &Document, given: &Given) -> Judged {
        let case = self.case(document, given);
        let told = (case.findings(), case.facts());
        // What was read off a large document is larger than what is told of it, and not needed to put that in order.
        drop(case);
        in_place(told)
    }

    /// Judges a document as [`Self::judge`] does, and reads of it only what has changed since it was judged with this memory.
    ///
    /// ```
    /// use caveat::document::Document;
    /// use caveat::engine::{Given, Memory, Ruleset};
    /// use caveat::extract::{Keys, format_of};
    /// use caveat::policy::{Request, load};
    /// use caveat::source::SourceFile;
    /// use std::sync::Arc;
    ///
    /// let markets = vec!["us".to_owned()];
    /// let policy = load(&Request { markets, ..Request::default() }).map_err(|_| "the packs are unsound")?;
    /// let rules = Ruleset::new(&policy, jiff::civil::date(2026, 11, 23));
    /// let page = |text: &str| -> Option<Document> {
    ///     let file = Arc::new(SourceFile::new("tea.md", text));
    ///     Some((format_of("tea.md")?.extract)(&file, &Keys::default()).document)
    /// };
    /// let mut memory = Memory::default();
    /// for text in ["It tastes of mint.\n\nOur tea", "It tastes of mint.\n\nOur tea cures gout."] {
    ///     let document = page(text).ok_or("this is no copy")?;
    ///     let again = rules.judge_again(&document, &Given::default(), &mut memory);
    ///     let anew = rules.judge(&document, &Given::default());
    ///     assert_eq!(format!("{:?}", again.findings), format!("{:?}", anew.findings));
    /// }
    /// # Ok::<(), &str>(())
    /// ```
    pub fn judge_again(&self, document: &Document, given: &Given, memory: &mut Memory) -> Judged {
        let outline = Outline::new(document);
        let case = self.case_since(document, given, memory.of(self).map(|past| (past, &outline)));
        let told = (case.findings(), case.facts());
        memory.keep(case, outline);
        in_place(told)
    }

    /// What the document claims, with the rows that decide.
    pub fn claims(&self, document: &Document, given: &Given) -> Vec<Told> {
        let case = self.case(document, given);
        case.spoken.claims.iter().map(|claim| case.told(claim)).collect()
    }

    pub(super) fn case<'r, 'd>(&'r self, document: &'d Document, given: &Given) -> Case<'r, 'd> {
        self.case_since(document, given, None)
    }

    /// What is read off a document, as far as it is not known from its past.
    fn case_since<'r, 'd>(
        &'r self,
        document: &'d Document,
        given: &Given,
        past: Option<(&Past, &Outline)>,
    ) -> Case<'r, 'd> {
        let scan = match past {
            Some((past, outline)) => {
                self.scanner
                    .scan_again(document, &outline.runs(&past.outline), &past.read)
            }
            None => self.scanner.scan(document),
        };
        let past = past.map(|(past, _)| past);
        let presence = Presence::new(&scan);
        let context = Context::new(self, &scan, &presence, given);
        let matched = checks::matched(self, &scan, past.map(|past| &past.matched), |rule| {
            context.suits(&rule.applies)
        });
        let legal = legal(self, &scan, &context, &matched);
        let qualifiers = checks::qualifiers(self, &matched);
        let spoken = match self.classes.is_empty() {
            true => Spoken::default(),
            false => claims::read(&self.classes, &scan, past.map(|past| &past.spoken)),
        };
        Case {
            rules: self,
            scan,
            presence,
            context,
            matched,
            spoken,
            legal,
            qualifiers,
            scopes: vec![OnceCell::new(); document.blocks.len()],
        }
    }
}

/// What was told of a document, in order of place.
fn in_place((mut findings, facts): (Vec<Finding>, Facts)) -> Judged {
    findings.shrink_to_fit();
    findings.sort_by(|a, b| (a.span, &a.rule().name).cmp(&(b.span, &b.rule().name)));
    Judged { findings, facts }
}

fn legal(rules: &Ruleset, scan: &Scan<'_>, context: &Context, matched: &Matched) -> Vec<bool> {
    let mut legal = vec![context.page.kind == Page::Legal; scan.sentences.len()];
    for at in checks::disclaimers(rules, matched) {
        legal[at as usize] = true;
    }
    legal
}

impl Case<'_, '_> {
    /// What the document says of itself.
    fn facts(&self) -> Facts {
        let statement = |(category, at): (Category, u32)| Statement {
            line: self.line(at),
            category,
        };
        let stated = checks::stated(self.rules, &self.scan, &self.matched);
        let mut statements: Vec<Statement> = stated.into_iter().map(statement).collect();
        statements.sort_unstable();
        statements.dedup();
        statements.shrink_to_fit();
        Facts {
            words: self.context.words,
            product: Arc::clone(&self.context.product),
            also: self.context.also.clone(),
            page: Arc::clone(&self.context.page),
            statements,
        }
    }

    /// The line on which a sentence begins.
    pub(super) fn line(&self, at: u32) -> usize {
        let sentence = &self.scan.sentences[at as usize];
        let start = sentence.tokens.start;
        let place = self.scan.source(sentence, start, start).start;
        self.scan.document.file.position(place).line
    }
}

impl<'r> Case<'r, '_> {
    /// What rules speak of, in order of sentences; in one sentence what frames make comes first.
    pub(super) fn drafts(&self) -> impl Iterator<Item = Draft<'r>> {
        let of_frames = self.matched.triggers.iter().filter_map(|trigger| {
            let entry = &self.rules.entries[trigger.entry as usize];
            let rule = &self.rules.rules[entry.rule as usize];
            if !(self.speaks(entry.rule, trigger.sentence) && self.applies(rule, trigger.sentence)) {
                return None;
            }
            let parts = self.matched.parts(trigger, &entry.frame.roles);
            self.draft(Candidate::new(entry.rule, trigger, parts))
        });
        let mut others = self.others();
        others.sort_by_key(|draft| draft.candidate.sentence);
        let judged = self.judged().filter_map(|candidate| self.draft(candidate));
        in_order(in_order(of_frames, others.into_iter()), judged)
    }

    /// What neither a frame makes by itself nor a table.
    fn others(&self) -> Vec<Draft<'r>> {
        let meant = |rule: &Rule| self.context.suits(&rule.applies);
        let mut out = checks::patterns(self.rules, &self.scan, meant);
        out.extend(checks::lead_ins(self.rules, &self.scan, &self.matched, meant));
        // Many rules ask for a statement where the same words stand.
        let denied = RefCell::new(FxHashMap::default());
        let creates = |rule: u32, trigger: &Trigger| {
            let asked = (trigger.found.first, trigger.found.last);
            self.applies(&self.rules.rules[rule as usize], trigger.sentence)
                && !*denied
                    .borrow_mut()
                    .entry(asked)
                    .or_insert_with(|| self.denied(trigger))
        };
        out.extend(checks::duties(
            self.rules,
            &self.scan,
            &self.context,
            &self.matched,
            creates,
        ));
        let applies = |candidate: &Candidate<'_>| {
            self.applies(&self.rules.rules[candidate.rule as usize], candidate.sentence)
        };
        let applying = out.into_iter().filter(applies);
        applying.filter_map(|candidate| self.draft(candidate)).collect()
    }

    /// The draft of a candidate whose rule applies.
    pub(super) fn draft(&self, candidate: Candidate<'r>) -> Option<Draft<'r>> {
        let rule = &self.rules.rules[candidate.rule as usize];
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
        Some(Draft {
            rule,
            severity,
            span: self.scan.source(sentence, first, last),
            clause: self.scan.clause(candidate.first),
            candidate,
        })
    }

    /// Whether the words are denied where they stand, or somebody else's, or wording to avoid: copy that says what a product
    /// does not do owes nothing for it.
    fn denied(&self, trigger: &Trigger) -> bool {
        let seen = Seen {
            scan: &self.scan,
            at: trigger.sentence,
            present: &self.presence.in_sentence(&self.scan, trigger.sentence),
            first: trigger.found.first,
            last: trigger.found.last,
            parts: &[],
            legal: false,
        };
        let denies = |guard: &Guard| {
            let cues = self.rules.guards.get(guard);
            cues.is_some_and(|cues| guards::silences(*guard, cues, &seen).is_some())
        };
        [Guard::Negated, Guard::Attributed, Guard::Warning, Guard::Quoted]
            .iter()
            .any(denies)
    }

    /// Whether a match is a candidate by itself: not for duties, nor for triggers with a qualifier near, nor for
    /// numbers that break no limit.
    fn speaks(&self, rule: u32, at: u32) -> bool {
        match &self.rules.rules[rule as usize].check {
            Kind::Claim { .. } => true,
            Kind::Require { .. } | Kind::Statement { .. } | Kind::When(_) => false,
            Kind::Number(quantity) => quantity
                .breach(&self.rules.scanner, &self.scan, &self.scan.sentences[at as usize])
                .is_some(),
            Kind::Qualify { within } => {
                let answers = self.qualifiers.get(&rule).map_or(&[][..], Vec::as_slice);
                !checks::qualified(&self.scan, answers, at, *within)
            }
        }
    }

    pub(super) fn applies(&self, rule: &Rule, at: u32) -> bool {
        let applies = &rule.applies;
        let sentence = &self.scan.sentences[at as usize];
        let block = sentence.block as usize;
        let of_block = || self.scan.document.blocks[block].scopes(self.scan.is_running(sentence.block));
        let within = |scopes: Scopes| scopes & self.scopes[block].get_or_init(of_block) != 0;
        self.context.suits(applies)
            && (rule.blocks == 0 || within(rule.blocks))
            && (rule.not_blocks == 0 || !within(rule.not_blocks))
            && rule
                .beside
                .as_ref()
                .is_none_or(|near| self.presence.holds(near, &self.scan, at))
            && !rule
                .not_beside
                .as_ref()
                .is_some_and(|near| self.presence.holds(near, &self.scan, at))
    }

    pub(super) fn severity(&self, rule: &Rule, at: u32) -> Option<Severity> {
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

    pub(super) fn silence(&self, draft: &Draft<'_>) -> Option<Silence> {
        let Candidate {
            sentence: at,
            first,
            last,
            ..
        } = draft.candidate;
        if draft.candidate.masked {
            return Some(Silence::new(
                Guard::OtherMeaning.name(),
                self.words(at, first, last),
            ));
        }
        let guards = draft.rule.guards.iter();
        self.silences(&draft.candidate, guards.copied()).next()
    }

    /// Which of some guards make a candidate harmless, and by which words.
    pub(super) fn silences(
        &self,
        candidate: &Candidate<'_>,
        guards: impl Iterator<Item = Guard>,
    ) -> impl Iterator<Item = Silence> {
        let at = candidate.sentence;
        let present = self.presence.in_sentence(&self.scan, at);
        guards.filter_map(move |guard| {
            let seen = Seen {
                scan: &self.scan,
                at,
                present: &present,
                first: candidate.first,
                last: candidate.last,
                parts: &candidate.labels,
                legal: self.legal[at as usize],
            };
            let cues = self.rules.guards.get(&guard)?;
            let because = guards::silences(guard, cues, &seen)?;
            Some(Silence::new(guard.name(), because))
        })
    }

    pub(super) fn words(&self, at: u32, first: u32, last: u32) -> String {
        let words = self.scan.words(&self.scan.sentences[at as usize], first, last);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
