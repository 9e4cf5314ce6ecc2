//! Owns the checks: what a match of a rule's frames means, one file per kind of check.

mod claim;
mod near;
mod number;
mod qualify;
mod require;

pub(super) use claim::{Matched, lead_ins, matched, patterns};
pub(super) use near::Near;
pub(super) use number::Quantity;
pub(super) use qualify::{qualified, qualifiers};
pub(super) use require::{duties, statements};

use super::frame::Match;
use std::sync::Arc;

/// Something that may become a finding.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Index of the rule.
    pub(super) rule: u32,
    /// Index of the sentence.
    pub(super) sentence: u32,
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// What is labelled: first and last token, and the label.
    pub(super) labels: Vec<Part>,
    /// Whether a word of it means something else here.
    pub(super) masked: bool,
    /// Set where a statement that the document owes is nearly right.
    pub(super) near: Option<Near>,
}

/// A labelled part of a candidate.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The sentence it stands in.
    pub(super) sentence: u32,
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// The role's name, for placeholders in the message.
    pub(super) role: String,
    /// What the words do.
    pub(super) label: Arc<str>,
}

impl Candidate {
    pub(super) fn new(
        rule: u32,
        sentence: u32,
        found: &Match,
        roles: &[super::frame::Role],
        masked: bool,
    ) -> Self {
        let labels = found.hits.iter().zip(roles).map(|(hit, role)| Part {
            sentence,
            first: hit.first,
            last: hit.last,
            role: role.name.clone(),
            label: Arc::clone(&role.label),
        });
        let labels = labels.collect();
        Self {
            rule,
            sentence,
            first: found.first,
            last: found.last,
            labels,
            masked,
            near: None,
        }
    }
}
