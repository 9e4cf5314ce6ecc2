//! Tests of choices: phrases that name them mean what they would mean with the words written out.

use super::{Folder, words};
use crate::policy::Policy;
use crate::policy::model::Check;

const HEAD: &str = "pack: p\nmarket: none\ntitle: T\n";

fn rule(phrases: &str) -> String {
    format!(
        "rules:\n- {{id: a, category: terms, severity: error, message: M, help: H, forbid: {{words: [{phrases}]}}, \
         examples: {{flag: [x], pass: [y]}}}}\n"
    )
}

fn forbidden(policy: &Policy) -> Vec<String> {
    let Check::Forbid(forbid) = &policy.rules[0].check else {
        panic!("the rule forbids words");
    };
    words(&forbid.terms.phrases)
}

fn policy(choices: &str, phrases: &str) -> Result<Vec<String>, Vec<String>> {
    let pack = format!("{HEAD}{choices}\n{}", rule(phrases));
    let policy = Folder::new(&[("p.yaml", &pack)]).load_alone(&["p.yaml"])?;
    Ok(forbidden(&policy))
}

#[test]
fn named_choices_mean_the_words_written_out() {
    for (short, long) in [
        ("\"my {care} cup\"", "\"my (tea[s]|coffee) cup\""),
        ("\"my [{care}]\"", "\"my [tea[s]|coffee]\""),
        ("\"{care} or {care}\"", "\"(tea[s]|coffee) or (tea[s]|coffee)\""),
        ("\"(warm|{care}) milk\"", "\"(warm|tea[s]|coffee) milk\""),
    ] {
        let named = policy("choices: {care: [\"tea[s]\", coffee]}", short).unwrap();
        assert_eq!(named, policy("", long).unwrap(), "{short}");
    }
}

#[test]
fn a_pack_may_name_the_choices_of_those_that_it_extends() {
    let base = "pack: base\nmarket: none\ntitle: T\nchoices: {cup: [mug, beaker]}\n";
    let over = format!("{HEAD}extends: [base.yaml]\n{}", rule("\"{cup} of tea\""));
    let files = [("base.yaml", base), ("p.yaml", &over)];
    let policy = Folder::new(&files).load_alone(&["p.yaml"]).unwrap();
    assert_eq!(forbidden(&policy), ["beaker of tea", "mug of tea"]);
    let again = format!(
        "{HEAD}extends: [base.yaml]\nchoices: {{cup: [bowl]}}\n{}",
        rule("\"{cup}\"")
    );
    let files = [("base.yaml", base), ("p.yaml", &again)];
    let found = Folder::new(&files).load_alone(&["p.yaml"]).unwrap_err();
    assert_eq!(
        found,
        ["5: cup: The choices `cup` stand in a pack that this one extends (Give these another name.)"]
    );
}

#[test]
fn mistakes_stand_at_the_name_or_the_choice() {
    let found = |choices: &str, phrases: &str| policy(choices, phrases).unwrap_err();
    assert_eq!(
        found("choices: {cup: [mug, beaker]}", "\"{cup} of {cip}\""),
        ["6: cip: There are no choices `cip` (Did you mean `cup`?)"]
    );
    assert_eq!(
        found("", "\"{cup}\""),
        ["6: cup: There are no choices `cup` (There are none here.)"]
    );
    assert_eq!(
        found("choices: {cup: [mug, \"be*ker\"]}", "\"{cup}\"")[0],
        "4: *: `*` has no meaning in a phrase (For endings write them out, as in `treat[s|ed|ing]`; `_` is any one word.)"
    );
    assert_eq!(
        found("choices: {cup: [mug]}", "tea"),
        ["4: cup: No phrase names the choices `cup` (Name them in a phrase, in braces, or remove them.)"]
    );
    assert_eq!(
        found("choices: {cup: []}", "\"{cup} of tea\""),
        ["4: cup: The choices `cup` name nothing (Write a list of words.)"]
    );
    assert!(found("", "\"{cup of tea\"")[0].contains("`{` has no meaning in a phrase"));
}
