//! Tests of names that cannot be known, and of entries in their two readings.

use super::{Folder, words};
use crate::policy::{PackRef, Request, lexicon, load, model, names, suggest};
use crate::text::Span;

#[test]
fn what_could_not_be_read_makes_no_echo() {
    let over = "pack: over\nmarket: none\ntitle: T\nextends: [base.yaml]\noff: [base/c]\n\
        lexicons: {more: {include: [effects]}, effects: {verbs: [lose]}}\nrules:\n- {id: a, category: terms, \
        severity: error, message: M, help: H, sources: [act], guards: [other-meaning], \
        claim: {roles: {effect: [effects], condition: [conditions]}}, examples: {flag: [x], pass: [y]}}\n";
    for (base, expected) in [
        ("pack: base\ntitle: [\n", "This is not YAML"),
        ("", "Nothing stands here"),
        (
            "pack: base\nmarket: none\ntitle: T\nlexicon: {effects: {verbs: [x]}}",
            "The key `lexicon`",
        ),
        (
            "pack: base\nmarket: none\ntitle: T\nlexicons: [effects]",
            "`lexicons` is a list",
        ),
        (
            "pack: base\nmarket: none\ntitle: T\nextends: [nope]",
            "There is no pack `nope`",
        ),
        (
            "pack: base\nmarket: none\ntitle: T\nextends: [over.yaml]",
            "extends itself by way of this",
        ),
    ] {
        let folder = Folder::new(&[("over.yaml", over), ("base.yaml", base)]);
        let found = folder.load_alone(&["over.yaml"]).unwrap_err();
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{base}: {found:#?}"
        );
    }
    let folder = Folder::new(&[("over.yaml", over)]);
    let found = folder.load_alone(&["over.yaml"]).unwrap_err();
    assert!(
        found.len() == 1 && found[0].contains("There is no policy file"),
        "{found:#?}"
    );
    // Where everything could be read, what is missing is told.
    let folder = Folder::new(&[
        ("over.yaml", over),
        ("base.yaml", "pack: base\nmarket: none\ntitle: T\n"),
    ]);
    assert_eq!(folder.load_alone(&["over.yaml"]).unwrap_err().len(), 5);
}

#[test]
fn long_lists_of_names_are_cut() {
    let names: Vec<String> = (0..100).map(|n| format!("lexicon-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(
        suggest::suggest("lexicon-7", &names[..8]),
        "Did you mean `lexicon-7`, `lexicon-0` or `lexicon-1`?"
    );
    assert!(suggest::suggest("x", &names).ends_with("`lexicon-11` and 88 more."));
    assert_eq!(suggest::suggest("x", &[]), "There are none here.");
}

#[test]
fn plain_entries_are_read_as_patterns_are() {
    use lexicon::{Form, expand};
    let spelt = |text: &str, form| {
        words(&[model::Phrase {
            steps: expand(text, form).unwrap(),
            span: Span::empty(0),
        }])
    };
    for form in [Form::Verb, Form::Noun, Form::Phrase] {
        for text in ["heal", "Get rid of", "heart-attack  risk", "all-in one"] {
            // What may be missing makes a phrase a pattern; without it the rest is the same.
            let mut pattern = spelt(&format!("{text} [x]"), form);
            if form == Form::Noun {
                pattern = spelt(&format!("[x] {text}"), form);
            }
            let mut plain = spelt(text, form);
            pattern.retain(|text| !text.contains('x'));
            pattern.sort();
            plain.sort();
            assert_eq!(plain, pattern, "{text}");
        }
    }
}

#[test]
fn no_name_of_before_is_one_of_today() {
    let request = Request {
        markets: ["us", "uk", "eu", "au", "ca"].map(str::to_owned).to_vec(),
        policies: names()
            .iter()
            .map(|name| PackRef::Name((*name).to_owned()))
            .collect(),
    };
    let rules = load(&request).unwrap().rules;
    let now: Vec<String> = rules.iter().map(model::Rule::full_name).collect();
    let was: Vec<&String> = rules.iter().flat_map(|rule| &rule.was).collect();
    assert!(was.len() > 50);
    let still: Vec<_> = was.iter().filter(|name| now.contains(name)).collect();
    assert!(still.is_empty(), "{still:?}");
}
