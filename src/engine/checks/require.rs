//! Owns the check `require`: statements that a document owes.

use super::Candidate;
use super::claim::Matched;
use super::near::{Near, nearest};
use crate::engine::compile::{Kind, Ruleset, Use};
use crate::engine::context::Context;
use crate::engine::frame::Match;
use crate::engine::scan::Scan;
use crate::finding::Category;
use crate::policy::model::Place;
use crate::text::fold;
use std::ops::Range;

/// A candidate for each rule whose statement the document owes and does not carry, at the copy that creates the
/// duty. `creates` says whether a match of a rule in a sentence creates one at all.
pub(in crate::engine) fn duties(
    rules: &Ruleset,
    scan: &Scan<'_>,
    context: &Context,
    matched: &Matched,
    creates: impl Fn(u32, u32, &Match) -> bool,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    if context.partial {
        return out;
    }
    for (number, rule) in rules.rules.iter().enumerate() {
        let Kind::Require {
            at_least,
            min_words,
            exact,
            place,
        } = &rule.check
        else {
            continue;
        };
        if context.words < *min_words {
            continue;
        }
        let number = number as u32;
        let of_rule = |entry: u32| rules.entries[entry as usize].rule == number;
        let mut creating: Vec<&(u32, u32, _, bool)> = matched.triggers.iter().collect();
        creating
            .retain(|(entry, at, found, masked)| of_rule(*entry) && !masked && creates(number, *at, found));
        creating.dedup_by_key(|(_, at, ..)| *at);
        let Some((entry, first, found, _)) = creating.first() else {
            continue;
        };
        if (creating.len() as u32) < *at_least {
            continue;
        }
        let body = |at: u32| scan.block_of(&scan.sentences[at as usize]).kind.is_body();
        let said = matched
            .answers
            .iter()
            .filter(|(entry, at)| of_rule(*entry) && body(*at))
            .map(|(_, at)| *at);
        let word_for_word = exactly(exact, scan);
        let said: Vec<u32> = said.chain(word_for_word.iter().copied()).collect();
        let stands = stands(&said, *place, scan, *first);
        if word_for_word.is_empty()
            && let Some(near) = nearest(exact, scan)
        {
            if !near.is_right() {
                out.push(nearly(number, near.enough(stands), scan));
            }
            continue;
        }
        if !stands {
            let roles = &rules.entries[*entry as usize].frame.roles;
            out.push(Candidate::new(number, *first, found, roles, false));
        }
    }
    out
}

/// The candidate for a text that is nearly right, at the sentence that differs.
fn nearly(rule: u32, near: Near, scan: &Scan<'_>) -> Candidate {
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

/// First sentences of body blocks that hold one of the texts, word for word after folding. The sentences of a text
/// may stand in blocks of their own; the stop after the last may be missing.
fn exactly(exact: &[String], scan: &Scan<'_>) -> Vec<u32> {
    let blocks = scan.document.blocks.iter().zip(&scan.folded).zip(&scan.by_block);
    let bodies: Vec<(&str, &Range<u32>)> = blocks
        .filter(|((block, _), _)| block.kind.is_body())
        .map(|((_, folded), sentences)| (folded.text(), sentences))
        .collect();
    let holding = |part: &str| -> Vec<u32> {
        let there = bodies.iter().filter(|(text, _)| holds(text, part));
        there
            .filter_map(|(_, sentences)| (*sentences).clone().next())
            .collect()
    };
    let places = |text: &String| {
        let text = fold(text);
        let whole = text.text().trim_end_matches('.');
        let there = holding(whole);
        let parts = || {
            whole
                .split(". ")
                .map(|part| holding(part).last().copied())
                .collect::<Option<Vec<u32>>>()
        };
        match there.is_empty() {
            true => parts()
                .into_iter()
                .flat_map(|parts| parts.into_iter().max())
                .collect(),
            false => there,
        }
    };
    exact.iter().flat_map(places).collect()
}

/// Whether `text` holds `part`, and the sentence does not go on after it ("any disease or ailment").
fn holds(text: &str, part: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let rest = &text[at + part.len()..];
        let next = rest.trim_start().chars().next();
        !rest.starts_with([',', '-', '/']) && !next.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(part).any(ends)
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

/// The sentences that satisfy some rule's statement: recognised disclaimers. What a market's law asks for besides
/// (risks, approvals) is copy like any other, and masks nothing.
pub(in crate::engine) fn statements(rules: &Ruleset, matched: &Matched) -> Vec<u32> {
    let is_statement = |entry: u32| {
        let entry = &rules.entries[entry as usize];
        let rule = &rules.rules[entry.rule as usize];
        let disclaims = rule.info.category != Category::MissingStatement;
        entry.used == Use::Answer && disclaims && matches!(rule.check, Kind::Require { .. })
    };
    matched
        .answers
        .iter()
        .filter(|(entry, _)| is_statement(*entry))
        .map(|(_, at)| *at)
        .collect()
}
