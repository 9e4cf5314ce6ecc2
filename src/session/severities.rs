//! Owns laying the severities of `caveat.yaml` over a policy: which rules each row names, and what is to be told of its name.

use super::rules::{every_pack, names};
use super::{own, softer};
use crate::config::{Override, Settings};
use crate::data::{Mistake, nearest};
use crate::finding::{Called, Finding, Severity, Softening, called, renamed};
use crate::policy::model::Policy;
use crate::policy::{Request, load};
use crate::text::Span;

/// What became of the rows.
pub(super) struct Laid {
    /// The names they set a severity for, as written and as they are now.
    pub(super) set: Vec<String>,
    /// Rows that name rules by a name that these no longer have.
    pub(super) advice: Vec<Finding>,
    /// Rules that the rows make milder than their packs.
    pub(super) softened: Vec<Softening>,
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
        softened: softer::of_severities(policy, settings),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{PackRef, load_alone};
    use std::path::Path;

    /// What the rule that was called `old/disease` and the rows `said` come to.
    fn severity(said: &[(&str, Option<Severity>)]) -> Option<Option<Severity>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/policies/claims.yaml");
        let request = Request {
            markets: Vec::new(),
            policies: vec![PackRef::File(path)],
        };
        let mut policy = load_alone(&request).unwrap();
        let row = |(rule, severity): &(&str, Option<Severity>)| Override {
            rule: (*rule).to_owned(),
            severity: *severity,
            span: Span::empty(0),
            line: 1,
        };
        set(&mut policy, &said.iter().map(row).collect::<Vec<_>>());
        let rule = policy.rules.iter().find(|rule| rule.id == "disease");
        rule.map(|rule| rule.severity)
    }

    #[test]
    fn old_names_set_severities_and_the_new_one_goes_before_them() {
        let (off, advice) = (None, Some(Severity::Advice));
        let warning = Some(Severity::Warning);
        assert_eq!(severity(&[("old/disease", warning)]), Some(warning));
        assert_eq!(severity(&[("old/disease", off)]), None);
        let both = [("old/disease", warning), ("claims/disease", advice)];
        assert_eq!(severity(&both), Some(advice));
        // Of two old names the strictest holds: nothing passes that one of them would tell.
        assert_eq!(
            severity(&[("old/disease", off), ("old/ills", warning)]),
            Some(warning)
        );
        assert_eq!(severity(&[("old/other", off)]), Some(Some(Severity::Error)));
    }
}
