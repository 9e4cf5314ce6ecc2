//! The embedded packs hold together: they load alone and by market, and every rule does what its examples say.

use caveat::config::MARKETS;
use caveat::data::{Node, parse_yaml};
use caveat::engine::{coverage, trial};
use caveat::policy::{self, PackRef, Policy, PolicyMistake, Request};
use std::fs;
use std::path::Path;

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

#[test]
fn every_source_that_carries_a_rule_was_read() {
    let policy = all();
    let unread = policy.rules.iter().flat_map(|rule| {
        let sources = rule.sources.iter().filter(|source| source.verified.is_none());
        sources.map(|source| format!("{}: {}", rule.full_name(), source.title))
    });
    let unread: Vec<String> = unread.collect();
    assert!(
        unread.is_empty(),
        "nobody compared these with their text:\n{}",
        unread.join("\n")
    );
}

/// Packs are read by people: a line fits a screen, a rule a page, and a phrase a glance.
#[test]
fn packs_are_short_enough_to_read() {
    const LINE: usize = 120;
    const RULE: usize = 40;
    // What customers tell of themselves takes as many frames as there are ways to tell it.
    const LONG: &str = "testimonial-result";
    const PHRASE: usize = 100;
    let mut wrong = Vec::new();
    for name in policy::names() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("policies/{name}.yaml"));
        let text = fs::read_to_string(path).unwrap();
        for (at, line) in text.lines().enumerate() {
            if line.chars().count() > LINE {
                wrong.push(format!("{name}.yaml:{}: more than {LINE} characters", at + 1));
            }
        }
        for (id, lines) in rules(&text) {
            let most = if id == LONG { 60 } else { RULE };
            if lines > most {
                wrong.push(format!("{name}/{id}: {lines} lines besides its examples"));
            }
        }
        let root = parse_yaml(&text, 0).unwrap();
        phrases(&root, &mut |phrase| {
            if phrase.chars().count() > PHRASE {
                wrong.push(format!("{name}.yaml: more than {PHRASE} characters: {phrase}"));
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules of a pack, each with how many lines it has besides its examples.
fn rules(text: &str) -> Vec<(&str, usize)> {
    let mut out: Vec<(&str, usize)> = Vec::new();
    let mut counts = false;
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("  - id: ") {
            out.push((id, 0));
            counts = true;
        } else if !line.starts_with("   ") {
            counts = false;
        } else if line.starts_with("    ") && !line.starts_with("     ") {
            counts = !line.starts_with("    examples:");
        }
        if let Some((_, lines)) = out.last_mut() {
            *lines += usize::from(counts);
        }
    }
    out
}

/// Every phrase of a pack, as it is written.
fn phrases(node: &Node, each: &mut dyn FnMut(&str)) {
    const LISTS: [&str; 6] = ["words", "phrases", "nouns", "verbs", "except", "patterns"];
    for item in node.list().unwrap_or_default() {
        phrases(item, each);
    }
    for entry in node.map().unwrap_or_default() {
        let listed = LISTS.contains(&entry.key.as_ref());
        let items = entry.node.list().unwrap_or_default();
        items
            .iter()
            .filter(|_| listed)
            .filter_map(Node::text)
            .for_each(&mut *each);
        phrases(&entry.node, each);
    }
}
