//! Every reporter over findings of every kind.

mod formats;
mod hostile;

use super::*;
use crate::finding::{
    Category, Citation, Facts, Known, Label, Origin, Page, Product, RuleInfo, Silence, Statement, testing,
};
use crate::source::SourceFile;
use crate::text::Span;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A finding of a made-up rule at `range` of `text`.
pub(super) fn sample(name: &str, text: &str, range: Range<usize>) -> Finding {
    let rule = RuleInfo {
        market: "us".into(),
        message: "The copy says that the product cures a disease".into(),
        help: "Only a medicine may say so.".into(),
        instead: vec!["soothes dry skin".into()],
        sources: vec![Citation {
            title: "21 CFR 101.93(g)".into(),
            url: Some("https://example.org/law".into()),
            verified: None,
        }],
        ..testing::rule("us-x/cure", Category::Disease)
    };
    let mut finding = testing::found(rule, name, text, range.clone());
    finding.labels = Box::new([
        Label {
            span: Span::of(range.start..range.start + 5),
            text: "claims an effect".into(),
        },
        Label {
            span: Span::of(range.end.saturating_sub(6)..range.end),
            text: "names a disease".into(),
        },
    ]);
    finding.product = Some(Arc::new(Known {
        kind: Product::Supplement,
        from: Origin::Inferred,
        because: "capsules".into(),
    }));
    finding.folded = "cures eczema.".into();
    finding
}

fn taken() -> Taken {
    Taken {
        path: "a.md".into(),
        language: "en",
        facts: Facts {
            words: 4,
            product: Arc::new(Known {
                kind: Product::Supplement,
                from: Origin::Inferred,
                because: "capsules".into(),
            }),
            also: vec![Product::Food],
            page: Arc::new(Known {
                kind: Page::Product,
                from: Origin::Config,
                because: "caveat.yaml:3".into(),
            }),
            statements: vec![Statement {
                line: 3,
                category: Category::MissingDisclaimer,
            }],
        },
    }
}

fn run_of(findings: Vec<Finding>) -> Run {
    let mut summary = Summary {
        files: 1,
        words: 4,
        ..Summary::default()
    };
    for finding in &findings {
        summary.count(finding, finding.severity());
    }
    Run {
        as_of: "2026-11-23".into(),
        findings: findings
            .into_iter()
            .map(|finding| Told {
                shown: finding.severity() > Severity::Advice,
                left_out: false,
                finding,
            })
            .collect(),
        summary,
        folders: BTreeMap::from([(String::new(), 1)]),
        excepted: Vec::new(),
        exceptions: Vec::new(),
        files: vec![taken()],
        passed_over: Vec::new(),
        unread: Vec::new(),
        unchecked: vec![Unchecked {
            path: "de.md".into(),
            because: "the copy is in German".into(),
        }],
        ledger: Ledger::default(),
        views: HashMap::new(),
        look: Look::PLAIN,
        quiet: false,
    }
}

fn rendered(name: &str, run: &Run) -> String {
    let mut out = Vec::new();
    (reporter(name).unwrap().render)(run, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn pretty_shows_place_labels_help_and_sources() {
    let run = run_of(vec![sample("a.md", "# Tea\n\nIt cures eczema.\n", 10..22)]);
    insta::assert_snapshot!(rendered("pretty", &run), @r###"
error[us-x/cure]: The copy says that the product cures a disease
   ,-[a.md:3:4]
 3 | It cures eczema.
   :    ^^|^^ ^^^|^^
   :      |      `-- names a disease
   :      `-- claims an effect
   `----
  help: Only a medicine may say so.
        instead: soothes dry skin
        source: 21 CFR 101.93(g)
        read as: product supplement (inferred: capsules)
        known as: cdf134ff

1 error in 1 file.
`caveat explain us-x/cure` tells more.
"###);
}

#[test]
fn pretty_repeats_neither_help_nor_sources() {
    let found = [("a.md", 3), ("a.md", 3), ("b.md", 3)];
    let found = found.map(|(name, at)| sample(name, "It cures eczema.", at..at + 12));
    let text = rendered("pretty", &run_of(found.to_vec()));
    assert_eq!(text.matches("source: ").count(), 1, "{text}");
    assert_eq!(text.matches("Only a medicine may say so.").count(), 2, "{text}");
}

#[test]
fn lines_are_cut_to_the_screen() {
    let copy = format!("{}It cures eczema.{}", "word ".repeat(90), " word".repeat(90));
    let mut run = run_of(vec![sample("a.md", &copy, 453..465)]);
    for width in [40, 60, 100, 160] {
        run.look.width = width;
        let text = rendered("pretty", &run);
        let lines = text.lines().filter(|line| line.starts_with(" 1 |"));
        let wide: Vec<usize> = lines.map(|line| line.chars().count()).collect();
        assert!(wide.len() == 1 && wide[0] <= width, "{text}");
        assert!(text.contains("cures eczema."), "{text}");
    }
}

#[test]
fn pretty_says_when_nothing_is_found() {
    assert_eq!(
        rendered("pretty", &run_of(Vec::new())),
        "Nothing found in 1 file.\n"
    );
    let mut quiet = run_of(Vec::new());
    quiet.quiet = true;
    assert_eq!(rendered("pretty", &quiet), "");
}

#[test]
fn short_is_one_line_even_of_hostile_copy() {
    let mut finding = sample("a\x1b\n.md", "It cures eczema.", 3..15);
    finding.say("bad\r\n\x1b[2Jthing");
    finding.silenced = Some(Box::new(Silence::new("negated", "does not")));
    let text = rendered("short", &run_of(vec![finding]));
    assert_eq!(
        text,
        "a␛ .md:1:4: silenced by negated (does not): bad  ␛[2Jthing [us-x/cure]\n"
    );
}

#[test]
fn json_keeps_the_contract() {
    let run = run_of(vec![sample("a.md", "It cures eczema.", 3..15)]);
    insta::assert_snapshot!(rendered("json", &run).replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r###"
{
  "version": 1,
  "tool": {
    "name": "caveat",
    "version": "VERSION"
  },
  "as_of": "2026-11-23",
  "summary": {
    "files": 1,
    "words": 4,
    "errors": 1,
    "warnings": 0,
    "advice": 0,
    "silenced": 0
  },
  "findings": [
    {
      "rule": "us-x/cure",
      "category": "disease",
      "severity": "error",
      "path": "a.md",
      "start": 3,
      "end": 15,
      "line": 1,
      "column": 4,
      "end_line": 1,
      "end_column": 16,
      "excerpt": "cures eczema",
      "message": "The copy says that the product cures a disease",
      "help": "Only a medicine may say so.",
      "instead": [
        "soothes dry skin"
      ],
      "labels": [
        {
          "start": 3,
          "end": 8,
          "text": "claims an effect"
        },
        {
          "start": 9,
          "end": 15,
          "text": "names a disease"
        }
      ],
      "product": {
        "kind": "supplement",
        "from": "inferred",
        "because": "capsules"
      },
      "page": null,
      "verdicts": [
        {
          "market": "us",
          "rule": "us-x/cure",
          "severity": "error",
          "sources": [
            {
              "title": "21 CFR 101.93(g)",
              "url": "https://example.org/law",
              "verified": null
            }
          ]
        }
      ],
      "fingerprint": "cdf134ffdcde37f17d9d203f0f6152d9"
    }
  ],
  "files": [
    {
      "path": "a.md",
      "words": 4,
      "language": "en",
      "product": {
        "kind": "supplement",
        "from": "inferred",
        "because": "capsules",
        "also": [
          "food"
        ]
      },
      "page": {
        "kind": "product",
        "from": "config",
        "because": "caveat.yaml:3"
      },
      "statements": [
        {
          "category": "missing-disclaimer",
          "line": 3
        }
      ]
    }
  ],
  "unchecked": [
    {
      "path": "de.md",
      "because": "the copy is in German"
    }
  ],
  "passed_over": [],
  "unread": {
    "files": 0,
    "words": 0,
    "kinds": [],
    "copy": []
  }
}
"###);
}

#[test]
fn jsonl_ends_with_the_summary() {
    let run = run_of(vec![sample("a.md", "It cures eczema.", 3..15)]);
    let text = rendered("jsonl", &run);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["excerpt"], "cures eczema");
    assert_eq!(lines[1]["summary"]["errors"], 1);
}

#[test]
fn every_reporter_bears_every_place() {
    let texts = [
        "",
        "\n",
        "a",
        "\u{feff}é\r\nb\x1b[31m\u{202e}",
        "日本語\tx\n\n",
        "\r\r\r",
    ];
    for reporter in REPORTERS {
        for text in texts {
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 1 {
                    let out = rendered(reporter.name, &run_of(vec![sample("a.md", text, start..end)]));
                    assert!(!out.contains('\x1b'));
                }
            }
        }
    }
    let mut nowhere = sample("a.md", "x", 0..1);
    nowhere.file = None;
    for reporter in REPORTERS {
        assert!(!rendered(reporter.name, &run_of(vec![nowhere.clone()])).is_empty());
    }
}

#[test]
fn a_thousand_findings_in_a_large_file_are_quick() {
    let text = "It cures eczema and more of it. ".repeat(33_000);
    for text in [text.clone(), text.replace(". ", ".\n")] {
        let first = sample("a.md", &text, 3..15);
        let findings = (0..1000)
            .map(|n| {
                let mut finding = first.clone();
                let at = n * 32 * 33 + 3;
                finding.span = Span::of(at..at + 12);
                finding.labels = Box::default();
                finding
            })
            .collect();
        let run = run_of(findings);
        let start = Instant::now();
        rendered("pretty", &run);
        rendered("json", &run);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
