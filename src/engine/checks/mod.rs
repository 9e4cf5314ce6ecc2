//! Owns the checks: what a match of a rule's frames means, one file per kind of check.

mod claim;
mod fixed;
mod found;
mod near;
mod number;
mod pattern;
mod qualify;
mod require;

pub(super) use claim::{Matched, Trigger, lead_ins, matched, of_sentences};
pub(super) use fixed::FixedTexts;
pub(super) use found::Tally;
pub(super) use near::Near;
pub(super) use number::Quantity;
pub(super) use pattern::{Pattern, patterns};
pub(super) use qualify::{qualified, qualifiers};
pub(super) use require::{Said, disclaimers, duties, says, stated};

use super::frame::{Role, Words};
use crate::finding::Product;

/// Something that may become a finding.
#[derive(Debug)]
pub(super) struct Candidate<'r> {
    /// Index of the rule.
    pub(super) rule: u32,
    /// Index of the sentence.
    pub(super) sentence: u32,
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// What is labelled: first and last token, and the label.
    pub(super) labels: Vec<Part<'r>>,
    /// Whether a word of it means something else here.
    pub(super) masked: bool,
    /// Set where a statement that the document owes is nearly right.
    pub(super) near: Option<Near>,
    /// The kind of product that it names, where it does.
    pub(super) about: Option<Product>,
}

/// A labelled part of a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'r> {
    /// The sentence it stands in.
    pub(super) sentence: u32,
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// The role that it plays.
    pub(super) role: &'r Role,
}

impl<'r> Part<'r> {
    pub(super) fn new(sentence: u32, words: Words, role: &'r Role) -> Self {
        Self {
            sentence,
            first: words.first,
            last: words.last,
            role,
        }
    }
}

impl<'r> Candidate<'r> {
    /// The candidate that a trigger is by itself.
    pub(super) fn new(rule: u32, trigger: &Trigger, labels: Vec<Part<'r>>) -> Self {
        Self {
            rule,
            sentence: trigger.sentence,
            first: trigger.found.first,
            last: trigger.found.last,
            labels,
            masked: trigger.masked,
            near: None,
            about: None,
        }
    }
}
