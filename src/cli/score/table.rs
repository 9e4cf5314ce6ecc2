//! Owns `caveat policy score --table`: what each row of a judgement and each rule meets in labelled copy, for who writes a
//! pack by law and checks it by counts.

use super::{Args, Format, Labelled, Measured};
use crate::cli::{Result, output, rules};
use crate::policy::model::{Check, Policy, Rule};
use crate::score::{self, Met};
use crate::session::claimed;
use crate::text::{Source, Span};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// A rule or row with what it meets.
type Line<'p> = (&'p Rule, Met);

pub(super) fn tell(args: &Args, documents: &[Labelled], measured: &Measured) -> Result<()> {
    let Some(policy) = rules::policy(&args.choice)? else {
        return Ok(());
    };
    let places = places(&policy, measured);
    let met = score::met(documents, |name| places.get(name).cloned().unwrap_or_default());
    let lines = lines(&policy, &met);
    let words = documents.iter().map(|document| document.words).sum();
    let text = match args.format {
        Format::Table => table(&lines, documents.len(), words),
        Format::Json => {
            serde_json::to_string_pretty(&machine(&lines, documents.len(), words)).unwrap_or_default() + "\n"
        }
    };
    output::stdout(text.as_bytes())
}

/// By document, who meets which place: a row the claims that it decides, be they guarded or let pass; a rule what it finds.
fn places(policy: &Policy, measured: &Measured) -> HashMap<String, Vec<(String, Span<Source>)>> {
    let mut out: HashMap<String, Vec<(String, Span<Source>)>> = HashMap::new();
    for job in &measured.jobs {
        let Some(name) = measured.names.get(&job.shown) else {
            continue;
        };
        let claims = claimed(job, &measured.library).map_or_else(Vec::new, |(_, claims)| claims);
        let rows = claims.into_iter().flat_map(|claim| {
            let span = claim.span;
            claim.rows.into_iter().map(move |(row, _)| (row, span))
        });
        out.entry(name.clone()).or_default().extend(rows);
    }
    let rules: Vec<String> = policy
        .rules
        .iter()
        .filter(|rule| !is_row(rule))
        .map(Rule::full_name)
        .collect();
    for (document, findings) in &measured.findings {
        let found = findings
            .iter()
            .map(|finding| (finding.rule().name.clone(), finding.span));
        let found = found.filter(|(name, _)| rules.contains(name));
        out.entry(document.clone()).or_default().extend(found);
    }
    out
}

fn is_row(rule: &Rule) -> bool {
    matches!(rule.check, Check::When(_))
}

/// The rows and rules of the policy, in its order. Duties are of documents and not of sentences.
fn lines<'p>(policy: &'p Policy, met: &BTreeMap<String, Met>) -> Vec<Line<'p>> {
    let rules = policy.rules.iter().filter(|rule| !rule.category.is_duty());
    rules
        .map(|rule| (rule, met.get(&rule.full_name()).copied().unwrap_or_default()))
        .collect()
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.name())
}

fn table(lines: &[Line<'_>], documents: usize, words: usize) -> String {
    let many = if documents == 1 { "" } else { "s" };
    let mut out = format!("{documents} document{many}, {words} words\n");
    for (title, rows) in [("row of a judgement", true), ("rule", false)] {
        out += &format!(
            "\n{title:<40} {:<8} {:>6} {:>6} {:>10}\n",
            "severity", "must", "may", "unlabelled"
        );
        for (rule, met) in lines.iter().filter(|(rule, _)| is_row(rule) == rows) {
            out += &format!(
                "{:<40} {:<8} {:>6} {:>6} {:>10}\n",
                rule.full_name(),
                severity(rule),
                met.must,
                met.may,
                met.unlabelled
            );
        }
    }
    out
}

fn machine(lines: &[Line<'_>], documents: usize, words: usize) -> Value {
    let list = |rows: bool| {
        let lines = lines.iter().filter(|(rule, _)| is_row(rule) == rows);
        let told = lines.map(|(rule, met)| {
            json!({
                "name": rule.full_name(), "severity": severity(rule),
                "must": met.must, "may": met.may, "unlabelled": met.unlabelled,
            })
        });
        told.collect::<Value>()
    };
    json!({"documents": documents, "words": words, "rows": list(true), "rules": list(false)})
}
