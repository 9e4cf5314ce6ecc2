//! Owns trying rules on their own examples.

use super::{Given, Read, Ruleset, checks};
use crate::document::Document;
use crate::extract::{Keys, format_of};
use crate::finding::{Known, Origin, Page, Product};
use crate::policy::model::{Check, Example, Policy, Rule, Statement};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// An example that does not do what it says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The full name of the rule or statement.
    pub rule: String,
    /// The example.
    pub text: String,
    /// What happened instead.
    pub message: String,
    /// Why, as far as it can be told: sentence by sentence what the rule lacks, or which guard spoke.
    pub why: Vec<String>,
    /// The policy file.
    pub file: Arc<SourceFile>,
    /// The example's place in it.
    pub span: Span<Source>,
}

/// Runs every example of every statement and rule: it must make its own statement, or be flagged by its own rule; or
/// neither.
pub fn run(policy: &Policy) -> Vec<Failure> {
    let rules = timeless(policy);
    let of_statements = (0..).zip(&policy.statements);
    let of_statements = of_statements.flat_map(|(number, statement)| of_statement(&rules, statement, number));
    of_statements
        .chain(policy.rules.iter().flat_map(|rule| of_rule(&rules, rule)))
        .collect()
}

fn of_statement(rules: &Ruleset, statement: &Statement, number: u32) -> Vec<Failure> {
    let name = format!("{}/{}", statement.pack, statement.name);
    let tried = |example: &Example, wanted: bool| {
        let document = document(example)?;
        let scan = rules.scanner.scan(&document);
        let matched = checks::matched(rules, &scan, None, |_| false);
        let message = match checks::says(rules, &scan, &matched, number) {
            said if said == wanted => return None,
            true => "the statement is found in an example that does not make it",
            false => "the statement is not found in an example that makes it",
        };
        Some(Failure {
            rule: name.clone(),
            text: example.text.clone(),
            message: message.to_owned(),
            why: Vec::new(),
            file: Arc::clone(&statement.file),
            span: example.span,
        })
    };
    let says = statement
        .examples
        .flag
        .iter()
        .filter_map(|example| tried(example, true));
    let not = statement
        .examples
        .pass
        .iter()
        .filter_map(|example| tried(example, false));
    says.chain(not).collect()
}

/// The rules of a policy as if all were in force, whatever their dates, and all its lexicons.
pub(super) fn timeless(policy: &Policy) -> Ruleset {
    let mut timeless = Policy {
        rules: policy.rules.clone(),
        ..Policy::default()
    };
    timeless
        .rules
        .iter_mut()
        .for_each(|rule| (rule.from, rule.until) = (None, None));
    timeless.lexicons.clone_from(&policy.lexicons);
    timeless.statements.clone_from(&policy.statements);
    timeless.language.clone_from(&policy.language);
    Ruleset::with_all_lexicons(&timeless, Date::MIN)
}

/// An example as a document: Markdown.
pub(super) fn document(example: &Example) -> Option<Document> {
    let file = Arc::new(SourceFile::new("example.md", example.text.as_str()));
    Some((format_of("example.md")?.extract)(&file, &Keys::default()).document)
}

fn of_rule(rules: &Ruleset, rule: &Rule) -> Vec<Failure> {
    let name = format!("{}/{}", rule.pack, rule.id);
    let tried = |example: &Example, wanted: bool| {
        let spoke = speaks(rules, rule, &name, example);
        (spoke.is_some() != wanted).then(|| Failure {
            why: match spoke {
                None => lacks(rules, rule, &name, example),
                Some(_) => Vec::new(),
            },
            ..failure(rule, &name, example, spoke)
        })
    };
    let flag = rule
        .examples
        .flag
        .iter()
        .filter_map(|example| tried(example, true));
    flag.chain(
        rule.examples
            .pass
            .iter()
            .filter_map(|example| tried(example, false)),
    )
    .collect()
}

fn failure(rule: &Rule, name: &str, example: &Example, spoke: Option<String>) -> Failure {
    let message = match spoke {
        None => "the rule is silent on an example that it must flag".to_owned(),
        Some(words) => format!("the rule speaks to an example that it must pass, at \"{words}\""),
    };
    Failure {
        rule: name.to_owned(),
        text: example.text.clone(),
        message,
        why: Vec::new(),
        file: Arc::clone(&rule.file),
        span: example.span,
    }
}

/// Why the rule does not speak to the example.
fn lacks(rules: &Ruleset, rule: &Rule, name: &str, example: &Example) -> Vec<String> {
    let Some(document) = document(example) else {
        return Vec::new();
    };
    let read = rules.why(&document, &given(rule, example), None, Some(name));
    read.iter().flat_map(Read::in_words).collect()
}

/// The words at which the rule speaks to the example, if it does.
fn speaks(rules: &Ruleset, rule: &Rule, name: &str, example: &Example) -> Option<String> {
    let document = document(example)?;
    let findings = rules.unmerged(&document, &given(rule, example));
    let own = findings
        .iter()
        .find(|finding| finding.silenced.is_none() && finding.rule().name == name)?;
    Some(document.file.slice(own.span).to_owned())
}

/// As what an example is read.
fn given(rule: &Rule, example: &Example) -> Given {
    let standing = match &rule.check {
        Check::When(when) => when.standing.first().copied(),
        _ => None,
    };
    let first = || rule.applies.products.first().copied().or(standing);
    let product = example.product.or_else(first);
    let page = example.page.or_else(|| rule.applies.pages.first().copied());
    Given {
        product: Some(known(product.unwrap_or(Product::Other))),
        page: Some(known(page.unwrap_or(Page::Other))),
        ..Given::default()
    }
}

const fn known<K>(kind: K) -> Known<K> {
    Known {
        kind,
        from: Origin::CommandLine,
        because: String::new(),
    }
}
