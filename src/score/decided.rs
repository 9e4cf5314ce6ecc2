//! Owns the labels that a team's decisions make: copy that is to change is minded, copy that may stand or is asked about
//! may be, and at a false alarm there is nothing to mind.

use super::labels::DUTIES;
use crate::finding::{Decision, DecisionKind, Finding, fingerprint};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The name of the file.
pub const FILE: &str = ".caveat-labels.jsonl";

/// What a label of this file is known by: its document and the finding's fingerprint.
pub type Key = (String, String);

#[derive(Serialize)]
struct Line<'a> {
    doc: &'a str,
    finding: &'a str,
    rule: &'a str,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    /// Of such a document nothing is known but what its labels say.
    partly: bool,
    #[serde(flatten)]
    says: Map<String, Value>,
}

/// The label of a decided finding, under its key; none where nothing measures such a finding.
pub fn decided(finding: &Finding, decision: &Decision, doc: &str) -> (Key, Option<String>) {
    let print = fingerprint(finding);
    let says = if finding.rule().category.is_duty() {
        duty(finding, decision)
    } else {
        claim(finding, decision)
    };
    let line = says.map(|says| Line {
        doc,
        finding: &print,
        rule: &finding.rule().name,
        by: &decision.by,
        why: decision.reason.as_deref(),
        partly: true,
        says,
    });
    let line = line.and_then(|line| serde_json::to_string(&line).ok());
    ((doc.to_owned(), print), line)
}

fn claim(finding: &Finding, decision: &Decision) -> Option<Map<String, Value>> {
    let category = finding.rule().category;
    let file = finding.file.as_deref().filter(|_| category.is_claim())?;
    let quote = file.slice(finding.span).trim();
    if quote.is_empty() || file.draft().is_some() {
        return None;
    }
    let strength = match decision.kind {
        DecisionKind::Change => "must",
        DecisionKind::Accept | DecisionKind::Escalate => "may",
        DecisionKind::FalseAlarm => "none",
    };
    let line = file.position(finding.span.start).line;
    let rows = [
        ("line", line.into()),
        ("quote", quote.into()),
        ("category", category.name().into()),
    ];
    let rows = rows.into_iter().chain([("strength", strength.into())]);
    Some(
        rows.map(|(key, value): (&str, Value)| (key.to_owned(), value))
            .collect(),
    )
}

/// A statement that the document is said to owe, or not to owe. What may stand or is asked about is undecided.
fn duty(finding: &Finding, decision: &Decision) -> Option<Map<String, Value>> {
    let category = finding.rule().category;
    let (_, owes, has) = DUTIES.into_iter().find(|(known, ..)| *known == category)?;
    let is_owed = match decision.kind {
        DecisionKind::Change => true,
        DecisionKind::FalseAlarm => false,
        DecisionKind::Accept | DecisionKind::Escalate => return None,
    };
    let says = [(owes, is_owed), (has, false)];
    Some(
        says.map(|(key, value)| (key.to_owned(), value.into()))
            .into_iter()
            .collect(),
    )
}

/// The text of a file of labels with these in it, in the place of those under the same keys. Other lines stay as they are.
pub fn merged(old: &str, mut fresh: BTreeMap<Key, Option<String>>) -> String {
    let mut lines = Vec::new();
    for line in old.lines() {
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let key = text("doc").zip(text("finding"));
        match key.and_then(|key| fresh.remove(&key)) {
            Some(new) => lines.extend(new),
            None => lines.push(line.to_owned()),
        }
    }
    lines.extend(fresh.into_values().flatten());
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_takes_the_place_of_its_own_and_of_no_other() {
        let key = |print: &str| ("a.md".to_owned(), print.to_owned());
        let old = "{\"doc\":\"a.md\",\"finding\":\"1\",\"was\":1}\nby hand\n{\"doc\":\"a.md\",\"finding\":\"2\"}\n{\"doc\":\"a.md\",\"finding\":\"3\"}\n";
        let fresh = [
            (key("1"), Some("one".to_owned())),
            (key("2"), None),
            (key("4"), Some("four".to_owned())),
        ];
        let text = merged(old, fresh.into());
        assert_eq!(text, "one\nby hand\n{\"doc\":\"a.md\",\"finding\":\"3\"}\nfour\n");
        assert_eq!(merged(&text, BTreeMap::new()), text);
    }
}
