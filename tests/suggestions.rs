//! What is offered instead passes itself, for every kind of product that its rule speaks of where its examples are copy
//! for that kind, and suits it.

use caveat::config::MARKETS;
use caveat::engine::{Given, Ruleset};
use caveat::extract::{Keys, format_of};
use caveat::finding::{Finding, Known, Origin, Page, Product, Severity};
use caveat::policy::model::{Check, Example, Rule};
use caveat::policy::{self, Request};
use caveat::source::SourceFile;
use std::sync::Arc;

/// Words that tell what is sold, and the kinds that they suit.
const TELLING: &[(&[&str], &[Product])] = &[
    (
        &[
            "session",
            "in our practice",
            "physicians",
            "migraine;",
            "the procedure",
        ],
        &[
            Product::Clinic,
            Product::Wellness,
            Product::MedicineRx,
            Product::Other,
        ],
    ),
    (
        &["patients"],
        &[
            Product::Clinic,
            Product::MedicineRx,
            Product::MedicineOtc,
            Product::Other,
        ],
    ),
    (
        &["redness", "lines", "skin ", "volume"],
        &[
            Product::Cosmetic,
            Product::Clinic,
            Product::Wellness,
            Product::Device,
            Product::MedicineRx,
            Product::Other,
        ],
    ),
    (
        &[
            "oat",
            "balanced diet",
            "sleeplessness",
            "stomach",
            "vitamin c",
            "metabolism",
            "herb ",
        ],
        &[
            Product::Supplement,
            Product::Food,
            Product::Wellness,
            Product::Other,
            Product::MedicineOtc,
        ],
    ),
];

fn offered(rule: &Rule, kind: Product) -> &[String] {
    let own = rule.instead_for.iter().find(|row| row.products.contains(&kind));
    own.map_or(&rule.instead, |row| &row.instead)
}

fn findings(rules: &Ruleset, copy: &str, product: Product, page: Option<Page>) -> Vec<Finding> {
    fn known<K>(kind: K) -> Known<K> {
        Known {
            kind,
            from: Origin::CommandLine,
            because: String::new(),
        }
    }
    let file = Arc::new(SourceFile::new("a.md", copy));
    let document = (format_of("a.md").unwrap().extract)(&file, &Keys::default()).document;
    let given = Given {
        product: Some(known(product)),
        page: Some(known(page.unwrap_or(Page::Product))),
        ..Given::default()
    };
    let mut found = rules.judge(&document, &given).findings;
    found.retain(|finding| finding.silenced.is_none());
    found
}

/// Whether a rule asks for a kind of product, or for none.
fn asks_for(rule: &Rule, kind: Product) -> bool {
    let of_claim = match &rule.check {
        Check::When(when) => when.standing.is_empty() || when.standing.contains(&kind),
        _ => true,
    };
    of_claim && (rule.applies.products.is_empty() || rule.applies.products.contains(&kind))
}

/// Whether a rule speaks of an example of its own as copy for some kind of product, and offers what it has for that kind:
/// an example that names its product is about that one.
fn offers(rules: &Ruleset, rule: &Rule, example: &Example, kind: Product) -> bool {
    let found = findings(rules, &example.text, kind, example.page);
    let name = rule.full_name();
    found
        .iter()
        .any(|finding| finding.rule().name == name && finding.instead() == offered(rule, kind))
}

#[test]
fn what_is_offered_passes_and_suits_what_is_sold() {
    let mut wrong = Vec::new();
    for market in MARKETS {
        let request = Request {
            markets: vec![market.to_owned()],
            policies: Vec::new(),
        };
        let policy = policy::load(&request).unwrap_or_else(|wrong| panic!("{}", wrong[0].mistake.message));
        let rules = Ruleset::new(&policy, jiff::civil::date(2026, 11, 30));
        let claims = policy.rules.iter().filter(|rule| rule.category.is_claim());
        for (rule, kind) in claims.flat_map(|rule| Product::ALL.iter().map(move |kind| (rule, *kind))) {
            let wordings = offered(rule, kind);
            let mut examples = rule.examples.flag.iter();
            let meant = asks_for(rule, kind) && !wordings.is_empty();
            if !meant || !examples.any(|example| offers(&rules, rule, example, kind)) {
                continue;
            }
            let name = rule.full_name();
            for wording in wordings {
                let lower = format!(" {}", wording.to_lowercase());
                let mut telling = TELLING.iter();
                if telling.any(|(words, kinds)| {
                    !kinds.contains(&kind) && words.iter().any(|word| lower.contains(&format!(" {word}")))
                }) {
                    wrong.push(format!("{name} offers what is no {kind}: {wording}"));
                }
                let found = findings(&rules, wording, kind, None);
                let loud = |finding: &&Finding| {
                    finding.severity() >= Severity::Warning && finding.rule().category.is_claim()
                };
                if let Some(finding) = found.iter().find(loud) {
                    let by = &finding.rule().name;
                    wrong.push(format!(
                        "{market}: {name} offers for {kind} what {by} speaks of: {wording}"
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wordings:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
