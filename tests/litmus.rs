//! Judges the litmus sentences of `tests/litmus.md`, one by one: each row says what is sold on which page in which
//! market, and which verdict a careful reviewer gives.

use caveat::engine::{Given, Ruleset};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Finding, Known, Origin, Severity};
use caveat::policy::{self, PackRef, Request};
use caveat::source::SourceFile;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

const TABLE: &str = include_str!("litmus.md");

struct Row<'t> {
    copy: String,
    product: &'t str,
    page: &'t str,
    market: &'t str,
    verdict: &'t str,
}

/// The rows of the tables: copy, product, page, market, verdict; `-` is left to inference, and `¶` parts paragraphs.
fn rows() -> Vec<Row<'static>> {
    let cells = |line: &'static str| -> Option<Vec<&'static str>> {
        let cells: Vec<&str> = line
            .strip_prefix('|')?
            .strip_suffix('|')?
            .split('|')
            .map(str::trim)
            .collect();
        (cells.len() == 5 && cells[0] != "copy" && !cells[0].starts_with("---")).then_some(cells)
    };
    let row = |cells: Vec<&'static str>| Row {
        copy: cells[0].replace('¶', "\n\n"),
        product: cells[1],
        page: cells[2],
        market: cells[3],
        verdict: cells[4],
    };
    TABLE.lines().filter_map(cells).map(row).collect()
}

fn rules(market: &str) -> Ruleset {
    let (markets, policies) = match market {
        "platforms" => (Vec::new(), vec![PackRef::Name(market.to_owned())]),
        _ => (vec![market.to_owned()], Vec::new()),
    };
    let policy = policy::load(&Request { markets, policies }).expect("the embedded packs load");
    Ruleset::new(&policy, jiff::civil::date(2026, 11, 23))
}

fn said<K: FromStr>(name: &str) -> Option<Known<K>> {
    let known = |kind| Known {
        kind,
        from: Origin::CommandLine,
        because: String::new(),
    };
    (name != "-").then(|| known(name.parse().ok().expect("a known product or page")))
}

/// The worst verdict on the row's copy, as the table words it; of several as bad, the one that the table names.
fn verdict(rules: &Ruleset, row: &Row<'_>) -> (String, Vec<Finding>) {
    let file = Arc::new(SourceFile::new("litmus.md", row.copy.as_str()));
    let document = (format_of("litmus.md").unwrap().extract)(&file, &Keys::default()).document;
    let given = Given {
        product: said(row.product),
        page: said(row.page),
        ..Given::default()
    };
    let findings = rules.judge(&document, &given).findings;
    // "advice" asks for advice to be there; otherwise advice is as good as silence.
    let least = if row.verdict.starts_with("advice") {
        Severity::Advice
    } else {
        Severity::Warning
    };
    let loud = |finding: &&Finding| finding.silenced.is_none() && finding.severity() >= least;
    let worst = findings.iter().filter(loud).map(Finding::severity).max();
    let as_bad = findings
        .iter()
        .filter(loud)
        .filter(|finding| Some(finding.severity()) == worst);
    let mut told: Vec<String> = as_bad
        .map(|finding| format!("{} {}", finding.severity(), finding.rule().category))
        .collect();
    told.sort_by_key(|told| told != row.verdict);
    (
        told.into_iter().next().unwrap_or_else(|| "silent".to_owned()),
        findings,
    )
}

#[test]
fn every_litmus_sentence_gets_its_verdict() {
    let rows = rows();
    assert!(rows.len() > 100, "the table was not read");
    let mut by_market = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let rules = by_market.entry(row.market).or_insert_with(|| rules(row.market));
        let (told, findings) = verdict(rules, row);
        if told != row.verdict {
            let why = |finding: &Finding| {
                let silenced = finding.silenced.as_ref().map(|silence| &silence.guard);
                format!(
                    "\n      {} {} {silenced:?}",
                    finding.severity(),
                    finding.rule().name
                )
            };
            let why: String = findings.iter().map(why).collect();
            let Row {
                copy,
                product,
                market,
                verdict,
                ..
            } = row;
            wrong.push(format!(
                "{copy}\n    ({product}, {market}) expected {verdict}, got {told}{why}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} rows:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}
