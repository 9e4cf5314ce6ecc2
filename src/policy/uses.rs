//! Owns where vocabularies are used: by which rules, in which others, and by the language.

use super::model::{
    Applies, Check, Cues, Frame, GuardCues, Language, LexiconId, Policy, Rule, Statement, Terms,
};
use std::collections::BTreeSet;

/// Who uses a vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// The full names of rules and statements, in order of the policy.
    pub rules: Vec<String>,
    /// The names of vocabularies that take it in.
    pub words: Vec<String>,
    /// Whether guards, cues or the reading of claims go by it.
    pub language: bool,
}

/// Who uses each vocabulary of a policy, in its order. What is taken in by another is used by that alone.
pub fn uses(policy: &Policy) -> Vec<Used> {
    let mut out = vec![Used::default(); policy.lexicons.len()];
    for lexicon in &policy.lexicons {
        for id in &lexicon.include {
            out[*id].words.push(lexicon.name.clone());
        }
    }
    for statement in &policy.statements {
        let name = format!("{}/{}", statement.pack, statement.name);
        of_statement(statement)
            .into_iter()
            .for_each(|id| out[id].rules.push(name.clone()));
    }
    for rule in &policy.rules {
        let name = rule.full_name();
        of_rule(rule)
            .into_iter()
            .for_each(|id| out[id].rules.push(name.clone()));
    }
    of_language(&policy.language)
        .into_iter()
        .for_each(|id| out[id].language = true);
    out
}

type Ids = BTreeSet<LexiconId>;

fn add(terms: &Terms, out: &mut Ids) {
    out.extend(&terms.lexicons);
}

fn frames(frames: &[Frame], out: &mut Ids) {
    for frame in frames {
        frame.roles.iter().for_each(|role| add(&role.terms, out));
        add(&frame.unless, out);
    }
}

fn of_statement(statement: &Statement) -> Ids {
    let mut out = Ids::new();
    frames(&statement.said, &mut out);
    out
}

fn of_rule(rule: &Rule) -> Ids {
    let mut out = Ids::new();
    let Applies {
        beside, not_beside, ..
    } = &rule.applies;
    let rows = rule.severity_for.iter().filter_map(|row| row.beside.as_ref());
    for near in rows.chain(beside).chain(not_beside) {
        add(&near.terms, &mut out);
    }
    match &rule.check {
        Check::Forbid(forbid) => {
            add(&forbid.terms, &mut out);
            add(&forbid.unless, &mut out);
        }
        Check::Claim(all) => frames(all, &mut out),
        Check::Qualify(qualify) => {
            frames(&qualify.when, &mut out);
            frames(&qualify.needs, &mut out);
        }
        Check::Require(require) => {
            frames(&require.when, &mut out);
            frames(&require.statement, &mut out);
        }
        Check::Number(number) => {
            add(&number.with, &mut out);
            add(&number.unless, &mut out);
        }
        Check::When(when) => {
            for terms in [
                &when.effect,
                &when.target,
                &when.subject,
                &when.with,
                &when.without,
            ] {
                add(terms, &mut out);
            }
        }
    }
    out
}

fn of_language(language: &Language) -> Ids {
    let mut out = Ids::new();
    for (_, cues) in &language.guards {
        let GuardCues {
            cues,
            traps,
            stops,
            joins,
            ..
        } = cues;
        for terms in [cues, traps, stops, joins] {
            add(terms, &mut out);
        }
    }
    language.products.iter().for_each(|cues| of_cues(cues, &mut out));
    let signs = language.pages.iter().flat_map(|row| &row.when);
    signs.for_each(|sign| add(&sign.terms, &mut out));
    let claims = &language.claims;
    out.extend(claims.lexicons());
    for terms in [
        &claims.prepositions,
        &claims.determiners,
        &claims.be,
        &claims.joins,
        &claims.breaks,
        &claims.voids,
        &claims.chains,
        &claims.instructing,
        &claims.first_person,
    ] {
        add(terms, &mut out);
    }
    out
}

fn of_cues(cues: &Cues, out: &mut Ids) {
    for terms in [&cues.weak, &cues.strong, &cues.against, &cues.subjects] {
        add(terms, out);
    }
}
