//! Tests of rules that stand in for those of extended packs.

use super::*;
use crate::policy::model::Rule;

#[test]
fn a_rule_says_what_it_replaces() {
    let over = |id: &str| {
        let rule = RULE.replace("id: a", id);
        format!(
            "pack: over\nmarket: none\ntitle: T\nextends: [base.yaml]\nrules:\n- {{{rule}, sources: [s], forbid: {{words: [w]}}}}\n"
        )
    };
    let folder = Folder::new(&[
        ("base.yaml", BASE),
        ("silent.yaml", &over("id: c")),
        ("other.yaml", &over("id: c, replaces: [base/b]")),
        ("said.yaml", &over("id: c, replaces: [base/c, base/b]")),
        ("misspelt.yaml", &over("id: d, replaces: [base/cc]")),
    ]);
    for name in ["silent.yaml", "other.yaml"] {
        let found = folder.load(&[name]).unwrap_err();
        let told = "`base/c`, which this pack extends, has the id `c` too (Add `replaces: [base/c]`";
        assert!(found.len() == 1 && found[0].contains(told), "{name}: {found:?}");
    }
    let found = folder.load(&["misspelt.yaml"]).unwrap_err();
    let told = "No extended pack has the rule `base/cc` (Did you mean `base/c`";
    assert!(found.len() == 1 && found[0].contains(told), "{found:?}");
    let policy = folder.load(&["said.yaml"]).unwrap();
    let own = policy
        .rules
        .iter()
        .filter(|rule| ["base", "over"].contains(&rule.pack.as_str()));
    let names: Vec<String> = own.map(Rule::full_name).collect();
    assert_eq!(names, ["base/a", "over/c"]);
}
