//! Owns the words on a finding that several formats share.

use super::Summary;
use super::place::in_draft;
use crate::finding::{Category, Exception, Finding, RuleInfo, Severity, fingerprint};

/// The version that machine formats name.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a reviewer decided on a finding that stands: "Decided by Ann Lee on 2026-11-30: change to …".
pub(super) fn decision(finding: &Finding) -> Option<String> {
    let decision = finding.decision()?;
    Some(format!(
        "Decided by {} on {}: {}",
        decision.by,
        decision.day,
        decision.told()
    ))
}

/// What a reviewer decided, help, wordings that would pass and sources, a line each.
pub(super) fn advice(finding: &Finding) -> Vec<String> {
    let rule = finding.rule();
    let mut lines: Vec<String> = decision(finding).into_iter().collect();
    lines.extend(Some(finding.help().trim().to_owned()).filter(|help| !help.is_empty()));
    lines.extend(
        finding
            .instead()
            .iter()
            .map(|words| format!("Instead: {}", words.trim())),
    );
    lines.extend(
        rule.sources
            .iter()
            .map(|source| format!("Source: {}", source.title)),
    );
    lines
}

/// The message and, below it, all advice, and where in a draft it stands.
pub(super) fn full(finding: &Finding) -> String {
    let mut text = finding.message().to_owned();
    let place = in_draft(finding).map(|place| format!("Stands in: {place}"));
    for line in advice(finding).into_iter().chain(place) {
        text.push('\n');
        text.push_str(&line);
    }
    text
}

/// Whether it tells of caveat's own work (a file, a policy, the settings) rather than of the copy.
pub(super) fn is_notice(finding: &Finding) -> bool {
    matches!(finding.rule().category, Category::Io | Category::Policy)
}

/// The address of a rule's first source that has one on the web.
pub fn address(rule: &RuleInfo) -> Option<&str> {
    let sources = rule.sources.iter();
    sources
        .filter_map(|source| source.url.as_deref())
        .find(|url| is_web(url))
}

/// Whether an address may become a link.
pub fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

/// The exception that lets a finding pass.
pub(super) fn exception(finding: &Finding) -> Option<&Exception> {
    finding.silenced.as_ref()?.exception.as_deref()
}

/// The first signs of a finding's fingerprint: enough to name it by.
pub(super) fn sign(finding: &Finding) -> String {
    let mut print = fingerprint(finding);
    print.truncate(8);
    print
}

/// The text with a capital at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// "a, b and c".
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// "3 errors, 2 warnings and 4 pieces of advice in 12 files."
pub(super) fn counted(summary: &Summary) -> String {
    let counts = [
        (summary.errors, Severity::Error),
        (summary.warnings, Severity::Warning),
        (summary.advice, Severity::Advice),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(number, severity)| count(number, severity))
        .collect();
    let files = match summary.files {
        0 => "; no file was checked".to_owned(),
        1 => " in 1 file".to_owned(),
        count => format!(" in {count} files"),
    };
    let found = if parts.is_empty() {
        "Nothing found".to_owned()
    } else {
        listed(&parts)
    };
    format!("{found}{files}.")
}

/// "1 error", "2 errors".
fn count(count: usize, severity: Severity) -> String {
    let what = match (severity, count) {
        (Severity::Error, 1) => "error",
        (Severity::Error, _) => "errors",
        (Severity::Warning, 1) => "warning",
        (Severity::Warning, _) => "warnings",
        (Severity::Advice, 1) => "piece of advice",
        (Severity::Advice, _) => "pieces of advice",
    };
    format!("{count} {what}")
}
