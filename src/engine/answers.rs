//! Owns what a document says that others owe: a layout makes statements for the pages around which it stands.

use super::Given;
use super::checks::{self, Said};
use super::compile::{Kind, Rule, Ruleset};
use crate::document::Document;
use crate::finding::Category;
use crate::policy::model::Within;

/// A statement that a document makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The category of the duty that it meets.
    pub category: Category,
    /// The full name of the rule that asks for it; none for those of the language, which meet every rule of their
    /// category.
    pub rule: Option<String>,
    /// The line on which it begins, 1-based.
    pub line: usize,
}

impl Ruleset {
    /// The statements in a document that meet duties, whether or not it owes them. What a market's law asks for besides
    /// disclaimers is told rule by rule.
    pub fn answers(&self, document: &Document, given: &Given) -> Vec<Answer> {
        let case = self.case(document, given);
        let answer = |category, rule, at| Answer {
            category,
            rule,
            line: case.line(at),
        };
        let stated = checks::stated(self, &case.scan, &case.matched).into_iter();
        let stated = stated.map(|(category, at)| answer(category, None, at));
        let said = Said::new(self, &case.scan, &case.matched);
        let of_law = self.rules.iter().zip(0..).filter(|(rule, _)| is_of_law(rule));
        let of_law = of_law.filter_map(|(rule, number)| {
            let name = rule.info.name.clone();
            Some(answer(rule.info.category, Some(name), said.first(number)?))
        });
        stated.chain(of_law).collect()
    }

    /// Whether any rule asks for a statement of this category.
    pub fn asks_for(&self, category: Category) -> bool {
        self.rules.iter().any(|rule| rule.info.category == category)
    }
}

/// Whether a rule asks for a statement that stands in no list of the language, anywhere in the document.
fn is_of_law(rule: &Rule) -> bool {
    let anywhere = match rule.check {
        Kind::Qualify { within } => within == Within::Document,
        Kind::Require { .. } => true,
        _ => false,
    };
    anywhere && rule.info.category == Category::MissingStatement
}
