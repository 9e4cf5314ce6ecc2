//! Owns laying the severities of `caveat.yaml` over a policy: which rules each row names, and what is to be told of its name.

use super::own;
use super::rules::{every_pack, names};
use crate::config::{Override, Settings};
use crate::data::{Mistake, nearest};
use crate::finding::{Called, Finding, Severity, called, renamed};
use crate::policy::model::Policy;
use crate::policy::{Request, load};
use crate::text::Span;

/// What became of the rows.
pub(super) struct Laid {
    /// The names they set a severity for, as written and as they are now.
    pub(super) set: Vec<String>,
    /// Rows that name rules by a name that these no longer have.
    pub(super) advice: Vec<Finding>,
}

/// Sets severities.
///
/// # Errors
/// Rows that name no rule of any market.
pub(super) fn lay(policy: &mut Policy, request: &Request, settings: &Settings) -> Result<Laid, Vec<Finding>> {
    let rows = &settings.severities;
    let mut laid = Laid {
        set: rows.iter().map(|row| row.rule.clone()).collect(),
        advice: Vec::new(),
    };
    let mut unknown = Vec::new();
    for row in rows {
        let rules = policy
            .rules
            .iter()
            .map(|rule| (rule.full_name(), rule.was.as_slice()));
        match called(rules, &row.rule) {
            Called::Now => {}
            Called::Nothing => unknown.push(row),
            Called::Was(now) => {
                let mistake = Mistake::new(Span::new(row.span.start, row.span.end), renamed(&row.rule, &now));
                let mistake = mistake.help("the old name still holds; name the new one");
                let file = settings.file.clone();
                laid.advice
                    .push(own::RENAMED.told(Severity::Advice, file, &mistake));
                laid.set.extend(now);
            }
        }
    }
    set(policy, rows);
    let wrong = mistakes(&unknown, policy, request, settings);
    if wrong.is_empty() { Ok(laid) } else { Err(wrong) }
}

/// Sets the severity of every rule that a row names. A row with the name it has goes before rows with names it had, and
/// of these the strictest holds.
fn set(policy: &mut Policy, rows: &[Override]) {
    if rows.is_empty() {
        return;
    }
    policy.rules.retain_mut(|rule| {
        let name = rule.full_name();
        let row = rows.iter().find(|row| row.rule == name).or_else(|| {
            let old = rows.iter().filter(|row| rule.was.contains(&row.rule));
            old.max_by_key(|row| row.severity)
        });
        let Some(row) = row else {
            return true;
        };
        let Some(severity) = row.severity else {
            return false;
        };
        // Where the rule is silent it stays so.
        rule.severity = rule.severity.map(|_| severity);
        for place in &mut rule.severity_for {
            place.severity = place.severity.map(|_| severity);
        }
        true
    });
}

/// A row that names a rule of a market not in force today is no mistake; one that names no rule at all is.
fn mistakes(unknown: &[&Override], policy: &Policy, request: &Request, settings: &Settings) -> Vec<Finding> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let all = load(&every_pack(&request.policies)).unwrap_or_default();
    let known: Vec<String> = policy.rules.iter().chain(&all.rules).flat_map(names).collect();
    let unknown = unknown.iter().filter(|row| !known.contains(&row.rule));
    unknown
        .map(|row| {
            let mistake = Mistake::new(
                Span::new(row.span.start, row.span.end),
                format!("unknown rule `{}`", row.rule),
            );
            let help = match nearest(&row.rule, known.iter().map(String::as_str)) {
                Some(name) => format!("`{name}` is the nearest name"),
                None => "`caveat rules` lists them".to_owned(),
            };
            own::SETTINGS.mistake(settings.file.clone(), &mistake.help(help))
        })
        .collect()
}
