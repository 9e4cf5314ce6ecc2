//! What a baseline knows of rules that are called otherwise now.

use super::*;

/// Files that say what others said, under rules that were called `us/a` before.
fn renamed(rules: &[&str], sentence: &str) -> Vec<Finding> {
    let called = |name: &&str| {
        let mut finding = finding(name, sentence);
        Arc::make_mut(&mut finding.rule).was = vec!["us/older".into(), "us/a".into()];
        finding
    };
    rules.iter().map(called).collect()
}

#[test]
fn an_old_name_stands_for_each_rule_that_had_it() {
    // In the file it was in, and in one under a new name.
    for path in ["a.md", "b.md"] {
        let old = baseline(&[("a.md", &["one."])]);
        let mut findings = renamed(&["us/x", "us/y"], "one.");
        let fresh: Vec<Entry> = findings
            .iter()
            .flat_map(|finding| entries(finding, path, Severity::Warning, TODAY))
            .collect();
        let mut checked = [Checked {
            path: path.into(),
            findings: findings.iter_mut().collect(),
        }];
        let said = know(&old, DAY, &mut checked);
        assert!(findings.iter().all(|finding| finding.silenced.is_some()));
        let said: Vec<Known> = said.into_iter().map(|(_, known)| known).collect();
        assert_eq!(said, [met(path)]);
        // Written anew it has the new names, and the day on which the copy was first met.
        let anew = renew(&old, &said, fresh, |_| false);
        let anew: Vec<_> = anew
            .iter()
            .map(|entry| (entry.rule.as_str(), entry.recorded))
            .collect();
        assert_eq!(anew, [("us/x", DAY), ("us/y", DAY)]);
    }
    // A name that no rule had is nobody's.
    let other = baseline(&[("a.md", &["two."])]);
    let mut findings = renamed(&["us/x"], "one.");
    let mut checked = [Checked {
        path: "a.md".into(),
        findings: findings.iter_mut().collect(),
    }];
    assert_eq!(know(&other, DAY, &mut checked)[0].1, Known::Gone);
    assert!(findings[0].silenced.is_none());
}
