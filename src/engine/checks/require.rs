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
use std::cell::LazyCell;
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
    if context.partial {
        return Vec::new();
    }
    let mut creating = BTreeMap::<u32, Creating<'_>>::new();
    for trigger in matched.triggers.iter().filter(|trigger| !trigger.masked) {
        let number = rules.entries[trigger.entry as usize].rule;
        let Kind::Require {
            at_least,
            min_words,
            running_words,
            ..
        } = &rules.rules[number as usize].check
        else {
            continue;
        };
        let enough = (*at_least).max(1);
        let known = creating.get(&number);
        let counted = |known: &Creating<'_>| known.sentences >= enough || known.last == trigger.sentence;
        let short = context.words < *min_words || context.told < *running_words;
        if short || known.is_some_and(counted) || !creates(number, trigger) {
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
    let answers = matched
        .answers
        .iter()
        .filter(|(entry, at)| can_state(rules, scan, *entry, *at));
    let answers = answers.map(|(entry, at)| (rules.entries[*entry as usize].rule, *at));
    let mut answers: Vec<(u32, u32)> = answers.collect();
    answers.sort_by_key(|(rule, _)| *rule);
    let owed = Owed {
        rules,
        scan,
        matched,
        answers,
        reading: LazyCell::new(|| rules.fixed.read(scan)),
    };
    creating
        .iter()
        .filter_map(|(rule, creating)| owed.of(*rule, creating))
        .collect()
}

/// The copy that creates a duty, as far as it has to be looked at.
struct Creating<'t> {
    first: &'t Trigger,
    /// In how many sentences it stands.
    sentences: u32,
    /// The last of them.
    last: u32,
}

/// What decides on the duties of a document, read off it once for all of them.
struct Owed<'r, 'c, 'd, F> {
    rules: &'r Ruleset,
    scan: &'c Scan<'d>,
    matched: &'c Matched,
    /// Rules with the sentences of the body that hold their statement, by rule.
    answers: Vec<(u32, u32)>,
    reading: LazyCell<Reading, F>,
}

impl<'r, F: FnOnce() -> Reading> Owed<'r, '_, '_, F> {
    /// The candidate of the rule with this number, if any.
    fn of(&self, number: u32, creating: &Creating<'_>) -> Option<Candidate<'r>> {
        let Kind::Require {
            at_least,
            statements,
            exact,
            place,
            ..
        } = &self.rules.rules[number as usize].check
        else {
            return None;
        };
        if creating.sentences < *at_least {
            return None;
        }
        let (scan, trigger) = (self.scan, creating.first);
        let fixed = &self.rules.fixed;
        let exactly = |text: &u32| self.reading.exactly(fixed.get(*text), scan);
        let texts =
            statements
                .iter()
                .flat_map(|statement| match &self.rules.rules[*statement as usize].check {
                    Kind::Statement { exact, .. } => exact.as_slice(),
                    _ => &[],
                });
        let exact: Vec<u32> = exact.iter().chain(texts).copied().collect();
        let word_for_word: Vec<u32> = exact.iter().flat_map(exactly).collect();
        let named = statements.iter().flat_map(|statement| self.answers(*statement));
        let said = self.answers(number).chain(named);
        let said: Vec<u32> = said.chain(word_for_word.iter().copied()).collect();
        let stands = stands(&said, *place, scan, trigger.sentence);
        if !exact.is_empty()
            && word_for_word.is_empty()
            && let Some(near) = nearest(&exact, fixed, &self.reading, scan)
        {
            return (!near.is_right()).then(|| nearly(number, near.enough(stands), scan));
        }
        let roles = &self.rules.entries[trigger.entry as usize].frame.roles;
        (!stands).then(|| Candidate::new(number, trigger, self.matched.parts(trigger, roles)))
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
