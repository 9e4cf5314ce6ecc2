//! Owns the check `require`: statements that a document owes.

use super::Candidate;
use super::claim::{Matched, Trigger};
use super::fixed::Reading;
use super::near::{Near, nearest};
use crate::document::BlockKind;
use crate::engine::compile::{Kind, Ruleset};
use crate::engine::context::Context;
use crate::engine::scan::Scan;
use crate::finding::Category;
use crate::policy::model::Place;
use std::cell::{LazyCell, OnceCell};
use std::collections::BTreeMap;

/// A candidate for each rule whose statement the document owes and does not carry, at the copy that creates the
/// duty. `creates` says whether a match of a rule creates one at all.
pub(in crate::engine) fn duties<'r>(
    rules: &'r Ruleset,
    scan: &Scan<'_>,
    context: &Context,
    matched: &Matched,
    creates: impl Fn(u32, &Trigger) -> bool,
) -> Vec<Candidate<'r>> {
    let mut creating = BTreeMap::<u32, Creating<'_>>::new();
    for trigger in matched.triggers.iter().filter(|trigger| !trigger.masked) {
        let number = rules.entries[trigger.entry as usize].rule;
        let Some(enough) = enough(&rules.rules[number as usize].check, context) else {
            continue;
        };
        let known = creating.get(&number);
        let counted = |known: &Creating<'_>| known.sentences >= enough || known.last == trigger.sentence;
        if known.is_some_and(counted) || !creates(number, trigger) {
            continue;
        }
        let known = creating.entry(number).or_insert(Creating {
            first: trigger,
            sentences: 0,
            last: 0,
        });
        known.sentences += 1;
        known.last = trigger.sentence;
    }
    let said = Said::new(rules, scan, matched);
    let owed = |(number, creating): (u32, Creating<'_>)| {
        if creating.sentences < enough(&rules.rules[number as usize].check, context)? {
            return None;
        }
        let trigger = creating.first;
        let roles = &rules.entries[trigger.entry as usize].frame.roles;
        let parts = || matched.parts(trigger, roles);
        said.owed(number, trigger.sentence, || {
            Candidate::new(number, trigger, parts())
        })
    };
    creating.into_iter().filter_map(owed).collect()
}

/// How much of what creates a duty there must be in such a document; none where it is too short to owe anything.
pub(super) fn enough(check: &Kind, context: &Context) -> Option<u32> {
    let Kind::Require {
        at_least,
        at_least_of_blurbs,
        per_thousand,
        min_words,
        running_words,
        ..
    } = check
    else {
        return None;
    };
    let short = context.partial || context.words < *min_words || context.told < *running_words;
    let enough = if context.blurbs {
        *at_least_of_blurbs
    } else {
        *at_least
    };
    let of_length = (u64::from(*per_thousand) * u64::from(context.told)).div_ceil(1000);
    (!short).then_some(enough.max(u32::try_from(of_length).unwrap_or(u32::MAX)).max(1))
}

/// The copy that creates a duty, as far as it has to be looked at.
struct Creating<'t> {
    first: &'t Trigger,
    /// In how many sentences it stands.
    sentences: u32,
    /// The last of them.
    last: u32,
}

/// Where the body of a document says what rules ask for, read off it once for all of them.
pub(in crate::engine) struct Said<'r, 'c, 'd> {
    rules: &'r Ruleset,
    scan: &'c Scan<'d>,
    /// Rules with the sentences of the body that hold their statement, by rule.
    answers: Vec<(u32, u32)>,
    /// What it holds of fixed texts, once that is asked.
    reading: OnceCell<Reading>,
}

impl<'r, 'c, 'd> Said<'r, 'c, 'd> {
    pub(in crate::engine) fn new(rules: &'r Ruleset, scan: &'c Scan<'d>, matched: &Matched) -> Self {
        let answers = matched
            .answers
            .iter()
            .filter(|(entry, at)| can_state(rules, scan, *entry, *at));
        let answers = answers.map(|(entry, at)| (rules.entries[*entry as usize].rule, *at));
        let mut answers: Vec<(u32, u32)> = answers.collect();
        answers.sort_by_key(|(rule, _)| *rule);
        Self {
            rules,
            scan,
            answers,
            reading: OnceCell::new(),
        }
    }

    /// The candidate of the rule with this number for copy at `at` that creates its duty, unless its statement stands.
    pub(super) fn owed(
        &self,
        number: u32,
        at: u32,
        candidate: impl FnOnce() -> Candidate<'r>,
    ) -> Option<Candidate<'r>> {
        let Self { rules, scan, .. } = self;
        let Kind::Require { place, .. } = &rules.rules[number as usize].check else {
            return None;
        };
        let exact = self.exact(number);
        let word_for_word = self.word_for_word(&exact);
        let mut said = self.freely(number);
        said.extend(&word_for_word);
        let stands = stands(&said, *place, scan, at);
        if !exact.is_empty()
            && word_for_word.is_empty()
            && let Some(near) = nearest(&exact, &rules.fixed, self.reading(), scan)
        {
            return (!near.is_right()).then(|| nearly(number, near.enough(stands), scan));
        }
        (!stands).then(candidate)
    }

    /// The first sentence that says what the duty with this number asks for.
    pub(in crate::engine) fn first(&self, number: u32) -> Option<u32> {
        let word_for_word = self.word_for_word(&self.exact(number));
        self.freely(number).into_iter().chain(word_for_word).min()
    }

    fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| self.rules.fixed.read(self.scan))
    }

    /// The statements that meet a duty.
    fn statements(&self, number: u32) -> &'r [u32] {
        match &self.rules.rules[number as usize].check {
            Kind::Require { statements, .. } => statements,
            _ => &[],
        }
    }

    /// The texts that a duty or a statement has in fixed words.
    fn texts(&self, number: u32) -> &'r [u32] {
        match &self.rules.rules[number as usize].check {
            Kind::Require { exact, .. } | Kind::Statement { exact, .. } => exact,
            _ => &[],
        }
    }

    /// The texts of which one word for word meets a duty.
    fn exact(&self, number: u32) -> Vec<u32> {
        let of = |statement: &u32| self.texts(*statement);
        let texts = self.statements(number).iter().flat_map(of);
        self.texts(number).iter().chain(texts).copied().collect()
    }

    fn word_for_word(&self, exact: &[u32]) -> Vec<u32> {
        let exactly = |text: &u32| self.reading().exactly(self.rules.fixed.get(*text), self.scan);
        exact.iter().flat_map(exactly).collect()
    }

    /// The sentences that meet a duty in words of their own.
    fn freely(&self, number: u32) -> Vec<u32> {
        let named = self.statements(number).iter();
        let named = named.flat_map(|statement| self.answers(*statement));
        self.answers(number).chain(named).collect()
    }

    fn answers(&self, rule: u32) -> impl Iterator<Item = u32> {
        let from = self.answers.partition_point(|(other, _)| *other < rule);
        let of_rule = move |(other, _): &&(u32, u32)| *other == rule;
        self.answers[from..].iter().take_while(of_rule).map(|(_, at)| *at)
    }
}

/// The candidate for a text that is nearly right, at the sentence that differs.
fn nearly(rule: u32, near: Near, scan: &Scan<'_>) -> Candidate<'static> {
    let tokens = scan.sentences[near.sentence as usize].tokens.clone();
    Candidate {
        rule,
        sentence: near.sentence,
        first: tokens.start,
        last: tokens.end.saturating_sub(1).max(tokens.start),
        labels: Vec::new(),
        masked: false,
        near: Some(near),
        about: None,
    }
}

/// Whether one of the statements stands where it must.
fn stands(said: &[u32], place: Place, scan: &Scan<'_>, first: u32) -> bool {
    let section = |at: u32| scan.block_of(&scan.sentences[at as usize]).section;
    let last_section = scan.document.blocks.last().map_or(0, |block| block.section);
    let before = || said.iter().any(|at| *at <= first);
    let at_end = || said.iter().any(|at| section(*at) == last_section);
    match place {
        Place::Anywhere => !said.is_empty(),
        Place::BeforeFirst => before(),
        Place::LastSection => at_end(),
        Place::Both => before() && at_end(),
    }
}

/// The duties that an answer meets: those of the statement, or that of the rule that asks for it.
fn met(rules: &Ruleset, entry: u32) -> &[Category] {
    let rule = &rules.rules[rules.entries[entry as usize].rule as usize];
    match &rule.check {
        Kind::Statement { meets, .. } => meets.as_slice(),
        Kind::Require { .. } => std::slice::from_ref(&rule.info.category),
        _ => &[],
    }
}

/// The sentences that are recognised disclaimers. What a market's law asks for besides (risks, approvals) is copy like
/// any other, and masks nothing.
pub(in crate::engine) fn disclaimers<'m>(
    rules: &'m Ruleset,
    matched: &'m Matched,
) -> impl Iterator<Item = u32> + 'm {
    let disclaims = |duty: &Category| *duty != Category::MissingStatement;
    let answers = matched.answers.iter();
    answers
        .filter(move |(entry, _)| met(rules, *entry).iter().any(disclaims))
        .map(|(_, at)| *at)
}

/// The duties that sentences of the body meet, whether or not the document owes them.
pub(in crate::engine) fn stated(rules: &Ruleset, scan: &Scan<'_>, matched: &Matched) -> Vec<(Category, u32)> {
    let mut out = Vec::new();
    for (entry, at) in &matched.answers {
        if can_state(rules, scan, *entry, *at) {
            out.extend(met(rules, *entry).iter().map(|duty| (*duty, *at)));
        }
    }
    out.retain(|(duty, _)| *duty != Category::MissingStatement);
    out
}

/// Whether the body of a document says the statement with this number.
pub(in crate::engine) fn says(rules: &Ruleset, scan: &Scan<'_>, matched: &Matched, statement: u32) -> bool {
    let is = |entry: u32| rules.entries[entry as usize].rule == statement;
    let mut answers = matched.answers.iter();
    if answers.any(|(entry, at)| is(*entry) && can_state(rules, scan, *entry, *at)) {
        return true;
    }
    let Kind::Statement { exact, .. } = &rules.rules[statement as usize].check else {
        return false;
    };
    let reading = LazyCell::new(|| rules.fixed.read(scan));
    exact
        .iter()
        .any(|text| !reading.exactly(rules.fixed.get(*text), scan).is_empty())
}

/// Whether a sentence may answer: a reader sees it, and if it is to be a named statement it stands in the text. Headings
/// may ask what the text denies, and links and buttons call.
fn can_state(rules: &Ruleset, scan: &Scan<'_>, entry: u32, at: u32) -> bool {
    let block = scan.block_of(&scan.sentences[at as usize]);
    let rule = &rules.rules[rules.entries[entry as usize].rule as usize];
    let named = matches!(rule.check, Kind::Statement { .. });
    let calls = || matches!(block.kind, BlockKind::Heading(_) | BlockKind::Button) || block.is_link();
    block.kind.is_body() && !(named && calls())
}
