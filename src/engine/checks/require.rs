//! Owns the check `require`: statements that a document owes.

use super::Candidate;
use super::claim::Matched;
use crate::engine::compile::{Kind, Ruleset, Use};
use crate::engine::context::Context;
use crate::engine::scan::Scan;
use crate::finding::Category;
use crate::policy::model::Place;
use crate::text::fold;

/// A candidate for each rule whose statement the document owes and does not carry, at the copy that creates the
/// duty. `applies` says whether a rule applies to a sentence at all.
pub(in crate::engine) fn duties(
    rules: &Ruleset,
    scan: &Scan<'_>,
    context: &Context,
    matched: &Matched,
    applies: impl Fn(u32, u32) -> bool,
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
        creating.retain(|(entry, at, _, masked)| of_rule(*entry) && !masked && applies(number, *at));
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
        let said: Vec<u32> = said.chain(exactly(exact, scan)).collect();
        if !stands(&said, *place, scan, *first) {
            let roles = &rules.entries[*entry as usize].frame.roles;
            out.push(Candidate::new(number, *first, found, roles, false));
        }
    }
    out
}

/// First sentences of body blocks that hold one of the texts, word for word after folding.
fn exactly<'a>(exact: &'a [String], scan: &'a Scan<'_>) -> impl Iterator<Item = u32> + 'a {
    let wanted: Vec<String> = exact.iter().map(|text| fold(text).text().to_owned()).collect();
    let holds = move |text: &str| wanted.iter().any(|exact| text.contains(exact.as_str()));
    let blocks = scan.document.blocks.iter().zip(&scan.folded).zip(&scan.by_block);
    let there = blocks.filter(move |((block, folded), _)| block.kind.is_body() && holds(folded.text()));
    there.filter_map(|(_, sentences)| sentences.clone().next())
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
