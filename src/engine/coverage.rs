//! Owns what the examples of a policy leave bare: frames that none of their rule's examples make, and lexicons of which
//! no example has a word. What nothing exercises may have never worked.
//!
//! Rules that owe the same thing on different pages list the same frames. Two frames are the same where their roles take
//! the same lexicons and meet in the same way; the engine finds them in the same places, so an example of one rule
//! exercises the frame in all of them.

use super::checks::matched;
use super::compile::{Entry, Ruleset, Shape, Use};
use super::trial;
use crate::policy::model::{Examples, Policy, Rule, Statement};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a frame of a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It makes the claim, asks for a qualifier, or creates the duty.
    Frame,
    /// It qualifies, or is the statement that is owed.
    Statement,
}

/// A frame that no example makes, neither in its own rule nor as the same frame of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BareFrame {
    /// The rule's full name.
    pub rule: String,
    /// What it is for.
    pub part: Part,
    /// Which of the rule's frames of this part, from 1.
    pub number: usize,
    /// Its roles.
    pub roles: Vec<String>,
}

/// What no example exercises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bare {
    /// Frames of rules that have examples, in the order of the policy.
    pub frames: Vec<BareFrame>,
    /// Names of lexicons, in the order of the policy.
    pub lexicons: Vec<String>,
}

/// What the examples of `policy` leave bare.
pub fn bare(policy: &Policy) -> Bare {
    let rules = trial::timeless(policy);
    let mut seen = Seen {
        entries: vec![false; rules.entries.len()],
        lexicons: vec![false; rules.index.len()],
    };
    let numbers: FxHashMap<&str, u32> = (0..)
        .zip(&rules.rules)
        .map(|(number, rule)| (rule.info.name.as_str(), number))
        .collect();
    let of_rules = policy.rules.iter().map(|rule| (name(rule), &rule.examples));
    let of_statements = policy
        .statements
        .iter()
        .map(|statement| (statement_name(statement), &statement.examples));
    let all: Vec<(String, &Examples)> = of_statements.chain(of_rules).collect();
    for (name, examples) in &all {
        seen.examples(&rules, examples, numbers.get(name.as_str()).copied());
    }
    let exampled = all.into_iter().filter(|(_, examples)| !examples.is_empty());
    let with_examples: Vec<String> = exampled.map(|(name, _)| name).collect();
    let mut frames = frames(&rules, &seen.entries);
    frames.retain(|frame| with_examples.contains(&frame.rule));
    let lexicons = policy
        .lexicons
        .iter()
        .zip(&seen.lexicons)
        .filter(|(_, seen)| !**seen);
    Bare {
        frames,
        lexicons: lexicons.map(|(lexicon, _)| lexicon.name.clone()).collect(),
    }
}

fn name(rule: &Rule) -> String {
    format!("{}/{}", rule.pack, rule.id)
}

fn statement_name(statement: &Statement) -> String {
    format!("{}/{}", statement.pack, statement.name)
}

/// What examples have exercised.
struct Seen {
    entries: Vec<bool>,
    lexicons: Vec<bool>,
}

impl Seen {
    fn examples(&mut self, rules: &Ruleset, examples: &Examples, number: Option<u32>) {
        for example in examples.flag.iter().chain(&examples.pass) {
            let Some(document) = trial::document(example) else {
                continue;
            };
            let scan = rules.scanner.scan(&document);
            for hit in &scan.hits {
                self.lexicons[hit.lexicon() as usize] = true;
            }
            let found = matched(rules, &scan, None, |_| true);
            let triggers = found.triggers.iter().map(|trigger| trigger.entry);
            for entry in triggers.chain(found.answers.iter().map(|(entry, _)| *entry)) {
                if Some(rules.entries[entry as usize].rule) == number {
                    self.entries[entry as usize] = true;
                }
            }
        }
    }
}

fn frames(rules: &Ruleset, seen: &[bool]) -> Vec<BareFrame> {
    let exercised: FxHashSet<Shape<'_>> = rules
        .entries
        .iter()
        .zip(seen)
        .filter(|(_, seen)| **seen)
        .map(|(entry, _)| entry.shape())
        .collect();
    let mut count: FxHashMap<(u32, bool), usize> = FxHashMap::default();
    let mut out = Vec::new();
    for entry in &rules.entries {
        let Entry { rule, used, frame } = entry;
        let number = count.entry((*rule, *used == Use::Answer)).or_default();
        *number += 1;
        if !exercised.contains(&entry.shape()) {
            out.push(BareFrame {
                rule: rules.rules[*rule as usize].info.name.clone(),
                part: if *used == Use::Answer {
                    Part::Statement
                } else {
                    Part::Frame
                },
                number: *number,
                roles: frame.roles.iter().map(|role| role.name.clone()).collect(),
            });
        }
    }
    out
}
