//! Owns `caveat rules --format markdown`: the rules in force as a guide for who writes or reviews copy.

use crate::finding::Citation;
use crate::policy::model::{Check, Example, PackInfo, Policy, Rule};
use crate::report::plain;
use std::io::{self, Write};

/// So many examples of a kind are shown; `caveat explain` has all.
const SHOWN: usize = 3;

const LEAD: &str = "\
# What copy should not say

Of each pack in force: what is minded, why, what would pass, and the law behind it. An **error** is sent back whatever \
stands around it, a **warning** wants another wording or a source, and **advice** is what a strict reader may raise. \
Where a table judges, the first row that fits a claim decides, and a row that is **off** lets it pass.
";

pub(super) fn write(policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(LEAD.as_bytes())?;
    for pack in &policy.packs {
        let rules = policy.rules.iter().filter(|rule| rule.pack == pack.name);
        let (rows, rules): (Vec<&Rule>, Vec<&Rule>) =
            rules.partition(|rule| matches!(rule.check, Check::When(_)));
        if rows.is_empty() && rules.is_empty() {
            continue;
        }
        writeln!(out, "\n## {}\n\n{}", text(&pack.title), scope(pack))?;
        part(out, "What things are said to do", &rows)?;
        part(out, "What else is minded", &rules)?;
    }
    Ok(())
}

/// Where the pack is in force.
fn scope(pack: &PackInfo) -> String {
    let name = &pack.name;
    match pack.market.as_str() {
        "none" => format!("The pack `{name}`, where it is named."),
        "every" => format!("The pack `{name}`, in every market."),
        market => format!("The pack `{name}`, in the market `{market}`."),
    }
}

fn part(out: &mut dyn Write, title: &str, rules: &[&Rule]) -> io::Result<()> {
    if !rules.is_empty() {
        writeln!(out, "\n### {title}")?;
    }
    rules.iter().try_for_each(|rule| entry(rule, out))
}

fn entry(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let severity = super::severity(rule);
    writeln!(
        out,
        "\n**{}** *{severity}, {}* `{}`\n",
        text(&rule.message),
        rule.category,
        rule.full_name()
    )?;
    writeln!(out, "{}\n", text(&rule.help))?;
    list(out, "Sent back", shown(&rule.examples.flag))?;
    list(out, "Passes", shown(&rule.examples.pass))?;
    list(out, "Instead", rule.instead.iter().map(|words| text(words)))?;
    for row in &rule.instead_for {
        let kinds: Vec<&str> = row.products.iter().map(|kind| kind.name()).collect();
        let lead = format!("Instead, of {}", kinds.join(", "));
        list(out, &lead, row.instead.iter().map(|words| text(words)))?;
    }
    list(out, "Law", rule.sources.iter().map(cited))
}

/// A line of the entry, where there is something to say.
fn list(out: &mut dyn Write, lead: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "- {lead}: {}", items.join(" · "))
}

/// The examples of one line, as they stand.
fn shown(examples: &[Example]) -> impl Iterator<Item = String> {
    let lines = examples.iter().map(|example| example.text.trim());
    let short = lines.filter(|line| !line.contains('\n') && line.chars().count() <= 140);
    short.take(SHOWN).map(|line| format!("*{}*", text(line)))
}

fn cited(source: &Citation) -> String {
    let title = match &source.url {
        Some(url) => format!("[{}](<{url}>)", text(&source.title)),
        None => text(&source.title),
    };
    match &source.verified {
        Some(day) => format!("{title}, read {day}"),
        None => title,
    }
}

/// Text of a policy in Markdown: it formats nothing, and reads well unrendered.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in plain(words).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
