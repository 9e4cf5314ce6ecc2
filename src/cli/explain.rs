//! Owns `caveat explain`: everything a rule says of itself.

mod looks;

use super::choose::Choice;
use super::{Failure, Result, Status, note, output, rules};
use crate::config::MARKETS;
use crate::data::nearest;
use crate::finding::{Called, called, renamed};
use crate::policy::model::{Example, Lexicon, Policy, Rule};
use std::fmt::{Display, Write as _};

/// Arguments of `caveat explain`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The rule, as pack/rule
    rule: String,

    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let name = in_force(args)?.unwrap_or_else(|| args.rule.clone());
    let mut choice = args.choice.clone();
    if choice.market.is_empty() {
        // A rule can be asked for whatever market is in force here.
        choice.market = MARKETS.map(str::to_owned).to_vec();
    }
    let Some(policy) = rules::policy(&choice)? else {
        return Ok(Status::Trouble);
    };
    let rules = find(&policy, &name)?.into_iter();
    let told: Vec<String> = rules.map(|rule| explain(rule, &policy.lexicons)).collect();
    output::stdout(crate::report::plain_lines(&told.join("\n")).as_bytes())?;
    Ok(Status::Clean)
}

/// The full name of the one rule in force here that has this id; none where the name has its pack, or several rules of
/// this id are in force.
fn in_force(args: &Args) -> Result<Option<String>> {
    if args.rule.contains('/') {
        return Ok(None);
    }
    let policy = rules::policy(&args.choice)?;
    let rules = policy.iter().flat_map(|policy| &policy.rules);
    let mut same = rules.filter(|rule| rule.id == args.rule).map(Rule::full_name);
    Ok(same.next().filter(|_| same.next().is_none()))
}

/// The rule of this name, or every rule that had it.
fn find<'a>(policy: &'a Policy, name: &str) -> Result<Vec<&'a Rule>> {
    let names = policy
        .rules
        .iter()
        .map(|rule| (rule.full_name(), rule.was.as_slice()));
    let now = match called(names, name) {
        Called::Now => vec![name.to_owned()],
        Called::Was(now) => {
            note(&renamed(name, &now));
            now
        }
        Called::Nothing => return Err(unknown(policy, name)),
    };
    let named = |rule: &&Rule| now.contains(&rule.full_name());
    Ok(policy.rules.iter().filter(named).collect())
}

/// The fewest signs of a fingerprint that reports show.
const SIGNS: usize = 8;

/// Whether a name is the fingerprint of a finding, or its first signs.
fn is_fingerprint(name: &str) -> bool {
    name.len() >= SIGNS && name.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

fn unknown(policy: &Policy, name: &str) -> Failure {
    if is_fingerprint(name) {
        return Failure::said(format!(
            "{name} is the fingerprint of a finding, not a rule; the rule stands in brackets at the head of the finding; \
             `caveat policy why FILE:LINE` says what rules say of its line, and `caveat claims add {name}` approves its \
             sentence"
        ));
    }
    let names: Vec<String> = policy.rules.iter().map(Rule::full_name).collect();
    let same: Vec<String> = policy
        .rules
        .iter()
        .filter(|rule| rule.id == name)
        .map(Rule::full_name)
        .collect();
    if !same.is_empty() {
        return Failure::said(format!("`{name}` needs its pack: there is {}", same.join(", ")));
    }
    // Whoever leaves out the pack means the id.
    let near = nearest(name, names.iter().map(String::as_str)).or_else(|| {
        let id = nearest(name, policy.rules.iter().map(|rule| rule.id.as_str()))?;
        let rule = policy.rules.iter().position(|rule| rule.id == id)?;
        names.get(rule).map(String::as_str)
    });
    let pack = name.split_once('/').map_or("", |(pack, _)| pack);
    let near = match near {
        Some(near) => format!("`{near}` is the nearest name"),
        None if pack.is_empty() || policy.packs.iter().any(|known| known.name == pack) => {
            "`caveat rules` lists them".to_owned()
        }
        None => format!("a file that holds the pack `{pack}` is named with --policy"),
    };
    Failure::said(format!("there is no rule `{name}`; {near}"))
}

fn explain(rule: &Rule, lexicons: &[Lexicon]) -> String {
    let mut out = String::new();
    line(&mut out, "", &rule.full_name());
    line(&mut out, "", &rule.message);
    out.push('\n');
    if !rule.help.is_empty() {
        let _ = writeln!(out, "{}\n", rule.help.trim());
    }
    line(&mut out, "category", rule.category.name());
    line(&mut out, "market", &rule.market);
    line(&mut out, "was", &rule.was.join(", "));
    looks::told(&rule.check, lexicons, &mut out);
    severities(rule, lexicons, &mut out);
    applies(rule, lexicons, &mut out);
    let guards: Vec<&str> = rule.guards.iter().map(|guard| guard.name()).collect();
    line(&mut out, "harmless when", &guards.join(", "));
    if let Some(from) = rule.from {
        line(&mut out, "in force from", &from.to_string());
    }
    if let Some(until) = rule.until {
        line(&mut out, "in force until", &until.to_string());
    }
    list(&mut out, "Instead", rule.instead.iter().map(String::as_str));
    for row in &rule.instead_for {
        let kinds: Vec<&str> = row.products.iter().map(|kind| kind.name()).collect();
        let head = format!("Instead, of {}", kinds.join(", "));
        list(&mut out, &head, row.instead.iter().map(String::as_str));
    }
    let sources: Vec<String> = rule.sources.iter().map(cited).collect();
    list(&mut out, "Sources", sources.iter().map(String::as_str));
    examples(&mut out, "Flagged", &rule.examples.flag);
    examples(&mut out, "Passed", &rule.examples.pass);
    out
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = match (key, value) {
        (_, "") => Ok(()),
        ("", value) => writeln!(out, "{value}"),
        (key, value) => writeln!(out, "{:16}{value}", format!("{key}:")),
    };
}

fn severities(rule: &Rule, lexicons: &[Lexicon], out: &mut String) {
    let name =
        |severity: Option<crate::finding::Severity>| severity.map_or("off", |severity| severity.name());
    line(out, "severity", name(rule.severity));
    for row in &rule.severity_for {
        let mut on = Vec::new();
        on.extend((!row.products.is_empty()).then(|| format!("products {}", names(&row.products))));
        on.extend((!row.pages.is_empty()).then(|| format!("pages {}", names(&row.pages))));
        on.extend(
            row.beside
                .as_ref()
                .map(|beside| format!("beside {}", looks::beside(Some(beside), lexicons))),
        );
        let on = if on.is_empty() {
            "all else".to_owned()
        } else {
            on.join(", ")
        };
        line(out, "", &format!("{:16}{} on {on}", "", name(row.severity)));
    }
}

fn applies(rule: &Rule, lexicons: &[Lexicon], out: &mut String) {
    let applies = &rule.applies;
    line(out, "products", &names(&applies.products));
    line(out, "not products", &names(&applies.not_products));
    line(out, "pages", &names(&applies.pages));
    line(out, "not pages", &names(&applies.not_pages));
    line(out, "blocks", &names(&applies.blocks));
    line(out, "not blocks", &names(&applies.not_blocks));
    line(
        out,
        "only beside",
        &looks::beside(applies.beside.as_ref(), lexicons),
    );
    line(
        out,
        "not beside",
        &looks::beside(applies.not_beside.as_ref(), lexicons),
    );
}

fn names(items: &[impl Display]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

fn cited(source: &crate::finding::Citation) -> String {
    let verified = match &source.verified {
        Some(day) => format!("verified {day}"),
        None => "not verified yet".to_owned(),
    };
    let url = source.url.as_deref().map(|url| format!("\n  {url}"));
    format!("{} ({verified}){}", source.title, url.unwrap_or_default())
}

fn list<'a>(out: &mut String, title: &str, items: impl Iterator<Item = &'a str>) {
    let items: Vec<&str> = items.collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}:");
    for item in items {
        let _ = writeln!(out, "  {}", item.trim().replace('\n', "\n  "));
    }
}

fn examples(out: &mut String, title: &str, examples: &[Example]) {
    list(out, title, examples.iter().map(|example| example.text.as_str()));
}
