//! Owns what a margin comment on a draft says: the message with how bad it is, why, what would pass, and the law.

use super::words;
use crate::finding::Finding;

/// The paragraphs of a comment on a finding.
pub fn margin(finding: &Finding) -> Vec<String> {
    let severity = words::sentence(finding.severity().name());
    let mut lines = vec![format!("{severity}: {}", finding.message())];
    lines.extend(words::advice(finding));
    let others = finding.verdicts.iter().skip(1);
    lines.extend(others.map(|other| {
        format!(
            "Also {} in {}: {}",
            other.severity, other.rule.market, other.rule.name
        )
    }));
    lines.push(format!("Rule: {}", finding.rule().name));
    lines
}
