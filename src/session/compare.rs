//! Owns comparing two runs: what a change adds, by findings and never by lines, so that a deleted disclaimer is seen
//! however far it stood from the claim that needs it.

use super::{Judgement, Outcome, is_trouble};
use crate::finding::{Finding, Severity};
use std::collections::HashMap;

/// How two runs differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Findings that only the later run has, or has as worse.
    pub new: usize,
    /// Findings that only the earlier run has.
    pub gone: usize,
    /// Findings that both have.
    pub same: usize,
}

/// What makes a finding the same one in both runs: file, rule and sentence; a missing statement has no sentence.
type Key = (String, String, String);

fn key(finding: &Finding, path: &dyn Fn(&str) -> String) -> Key {
    let rule = finding.rule();
    let sentence = if rule.category.is_duty() {
        ""
    } else {
        &finding.folded
    };
    let file = finding.file.as_deref().map_or("", |file| file.name());
    (path(file), rule.name.clone(), sentence.to_owned())
}

/// Leaves in `now` what the run `before` does not have: a finding whose sentence had none of its rule, or fewer, or
/// a milder one. The paths that reports show become paths that both runs share by `path_now` and `path_before`. What
/// kept caveat from its job stays, and so do silenced candidates.
pub fn keep_new(
    now: &mut Outcome,
    path_now: &dyn Fn(&str) -> String,
    before: &Outcome,
    path_before: &dyn Fn(&str) -> String,
) -> Compared {
    let mut known: HashMap<Key, Vec<Severity>> = HashMap::new();
    let speaks =
        |judgement: &&Judgement| judgement.finding.silenced.is_none() && !is_trouble(&judgement.finding);
    for Judgement { finding, .. } in before.findings.iter().filter(speaks) {
        known
            .entry(key(finding, path_before))
            .or_default()
            .push(finding.severity());
    }
    let mut compared = Compared::default();
    now.findings.retain(|judgement| {
        if !speaks(&judgement) {
            return true;
        }
        let severity = judgement.finding.severity();
        let there = known.get_mut(&key(&judgement.finding, path_now));
        let stands = there.is_some_and(|there| took(there, severity));
        if stands {
            compared.same += 1;
        } else {
            compared.new += 1;
        }
        !stands
    });
    compared.gone = known.values().map(Vec::len).sum();
    compared
}

/// Takes out the counterpart of a finding, and says whether it was as bad already.
fn took(there: &mut Vec<Severity>, severity: Severity) -> bool {
    let as_bad = there.iter().position(|known| *known >= severity);
    if as_bad.is_none() && there.is_empty() {
        return false;
    }
    there.swap_remove(as_bad.unwrap_or(0));
    as_bad.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::finding::{Category, RuleInfo, Silence};
    use crate::source::SourceFile;
    use crate::text::Span;
    use std::path::PathBuf;
    use std::sync::Arc;

    fn judgement(file: &str, rule: &str, severity: Severity, sentence: &str) -> Judgement {
        let category = if rule.contains("missing") {
            Category::MissingDisclaimer
        } else {
            Category::Disease
        };
        let rule = RuleInfo {
            name: rule.into(),
            was: Vec::new(),
            market: "us".into(),
            category,
            message: String::new(),
            help: String::new(),
            instead: Vec::new(),
            sources: Vec::new(),
        };
        let file = Some(Arc::new(SourceFile::new(file, "")));
        let mut finding = Finding::new(Arc::new(rule), severity, file, Span::empty(0));
        finding.folded = sentence.into();
        Judgement::new(finding, &Settings::defaults(PathBuf::new()))
    }

    fn compared(now: Vec<Judgement>, before: Vec<Judgement>) -> (Vec<String>, Compared) {
        let outcome = |findings| Outcome {
            findings,
            ..Outcome::default()
        };
        let (mut now, before) = (outcome(now), outcome(before));
        let same = |path: &str| path.to_owned();
        let moved = |path: &str| path.replace("old", "new");
        let counts = keep_new(&mut now, &same, &before, &moved);
        let left = now
            .findings
            .iter()
            .map(|judgement| judgement.finding.folded.to_string());
        (left.collect(), counts)
    }

    #[test]
    fn what_is_new_stays_and_what_stood_goes() {
        let said = |sentence| judgement("a.md", "p/cure", Severity::Error, sentence);
        let (left, counts) = compared(
            vec![said("one"), said("two"), said("two")],
            vec![said("two"), said("three")],
        );
        assert_eq!(left, ["one", "two"]);
        assert_eq!(
            counts,
            Compared {
                new: 2,
                gone: 1,
                same: 1
            }
        );
    }

    #[test]
    fn a_finding_that_got_worse_is_new_and_one_that_got_milder_is_not() {
        let said = |severity| judgement("a.md", "p/cure", severity, "one");
        assert_eq!(
            compared(vec![said(Severity::Error)], vec![said(Severity::Advice)]).1,
            Compared {
                new: 1,
                gone: 0,
                same: 0
            }
        );
        assert!(
            compared(vec![said(Severity::Advice)], vec![said(Severity::Error)])
                .0
                .is_empty()
        );
    }

    #[test]
    fn a_missing_statement_is_known_by_its_file_whatever_copy_it_is_shown_at() {
        let missing = |file, at| judgement(file, "p/missing-disclaimer", Severity::Warning, at);
        let (left, _) = compared(vec![missing("new.md", "there")], vec![missing("old.md", "here")]);
        assert!(left.is_empty());
        let (left, _) = compared(vec![missing("b.md", "there")], vec![missing("old.md", "here")]);
        assert_eq!(left, ["there"]);
    }

    #[test]
    fn what_was_silenced_before_does_not_count_as_known() {
        let mut quiet = judgement("a.md", "p/cure", Severity::Error, "one");
        quiet.finding.silenced = Some(Box::new(Silence::new("suppressed", "a reason")));
        let (left, _) = compared(
            vec![judgement("a.md", "p/cure", Severity::Error, "one")],
            vec![quiet],
        );
        assert_eq!(left, ["one"]);
    }
}
