//! The embedded packs hold together: they load alone and by market, and every rule does what its examples say.

use caveat::config::MARKETS;
use caveat::engine::{coverage, trial};
use caveat::policy::{self, PackRef, Policy, PolicyMistake, Request};

fn load(markets: &[&str], packs: &[&str]) -> Policy {
    let request = Request {
        markets: markets.iter().map(|&market| market.to_owned()).collect(),
        policies: packs.iter().map(|&name| PackRef::Name(name.to_owned())).collect(),
    };
    policy::load(&request)
        .unwrap_or_else(|mistakes| panic!("{markets:?} {packs:?} do not load:\n{}", listed(&mistakes)))
}

fn listed(mistakes: &[PolicyMistake]) -> String {
    let line = |wrong: &PolicyMistake| match &wrong.file {
        Some(file) => {
            let at = file.position(wrong.mistake.span.start);
            format!("{}:{}: {}", file.name(), at.line, wrong.mistake.message)
        }
        None => wrong.mistake.message.clone(),
    };
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn all() -> Policy {
    load(&[], &policy::names())
}

#[test]
fn every_embedded_pack_loads_alone() {
    assert!(policy::names().len() >= 5, "the packs were not found");
    for name in policy::names() {
        load(&[], &[name]);
    }
}

#[test]
fn every_market_loads_and_us_has_rules_of_its_own() {
    for market in MARKETS {
        load(&[market], &[]);
    }
    load(&MARKETS, &[]);
    let us = load(&["us"], &[]);
    assert!(us.rules.iter().any(|rule| rule.pack.starts_with("us-")));
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let policy = all();
    assert!(policy.rules.len() > 20, "the rules were not found");
    let failures: Vec<String> = trial::run(&policy)
        .into_iter()
        .map(|failure| format!("{}: {}\n    {}", failure.rule, failure.message, failure.text))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_frame_and_lexicon_is_exercised_by_an_example() {
    let bare = coverage::bare(&all());
    let frames = bare.frames.iter().map(|frame| {
        let part = format!("{:?} {}", frame.part, frame.number).to_lowercase();
        format!("{}: {part} ({})", frame.rule, frame.roles.join(" + "))
    });
    let lexicons = bare.lexicons.iter().map(|name| format!("lexicon {name}"));
    let bare: Vec<String> = frames.chain(lexicons).collect();
    assert!(
        bare.is_empty(),
        "no example exercises these; give their rule one, or remove what nothing can make:\n{}",
        bare.join("\n")
    );
}

#[test]
fn every_rule_names_what_stands_behind_it() {
    let bare: Vec<String> = all()
        .rules
        .iter()
        .filter(|rule| rule.sources.is_empty())
        .map(|rule| format!("{}/{}", rule.pack, rule.id))
        .collect();
    assert!(bare.is_empty(), "rules without a source: {}", bare.join(", "));
}
