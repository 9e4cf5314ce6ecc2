//! Every reporter over copy, paths and findings that mean harm; what it writes is read back by a reader of its format.

use super::*;
use crate::finding::{Decision, DecisionKind, Exception, ExceptionKind, Standing};
use serde_json::Value;

const COPY: &str = "# <script>alert(1)</script> | `cures` ${{ x }} ::error::no\n\
    It \u{202e}cures\u{202c} eczema\0 \x1b[31mnow\x07 &amp; <b onclick=\"x()\">more</b> ]]> --> @team #1 www.x.test\r\n\
    \u{85}\u{feff}caf\u{e9} \u{1f469}\u{200d}\u{1f52c} javascript:alert(2) %0A ://\u{fffe}\u{ffff}\n";
const PATHS: [&str; 6] = [
    "drafts/my tea, hot.md",
    "a\n::warning::b.md",
    "it's \"<i>\" & (1).md",
    "\u{fffd}\u{202e}dm.md",
    "/srv/x:y.md",
    "../up.md",
];

fn exception(name: &str, kind: ExceptionKind) -> Arc<Exception> {
    Arc::new(Exception {
        file: Arc::new(SourceFile::new(name, COPY)),
        span: Span::of(2..10),
        covers: "the next <block>".into(),
        by: Some("A & B".into()),
        since: Some("2026-01-01".into()),
        until: Some("2027-01-01".into()),
        ticket: Some("javascript:1".into()),
        ..testing::exception(kind, "us-x/cure", name, "legal said so </td> \u{1b}")
    })
}

fn decision() -> Decision {
    Decision {
        kind: DecisionKind::Change,
        by: COPY.into(),
        day: jiff::civil::date(2026, 11, 30),
        reason: Some(COPY.into()),
        wording: Some(COPY.into()),
        to: None,
        until: None,
    }
}

/// Findings of every kind, at every path.
fn hostile() -> Run {
    let start = COPY.find("cures\u{202c}").unwrap();
    let mut findings = Vec::new();
    let mut nowhere = sample("x", "", 0..0);
    nowhere.file = None;
    nowhere.labels = Box::default();
    findings.push(nowhere);
    for path in PATHS {
        for range in [
            0..26,
            start..start + 15,
            start..start + 15,
            COPY.len()..COPY.len(),
        ] {
            let mut finding = sample(path, COPY, range);
            finding.say(COPY);
            finding.advise(COPY);
            let name = finding.rule().name.clone();
            finding.decide(&name, &Arc::new(decision()));
            findings.push(finding);
        }
        for (category, severity) in [
            (Category::MissingDisclaimer, Severity::Warning),
            (Category::Io, Severity::Advice),
        ] {
            let mut finding = sample(path, COPY, 3..9);
            let mut rule = finding.rule().clone();
            rule.name = format!("us-x/{category}");
            rule.category = category;
            rule.help = String::new();
            rule.instead = vec![COPY.into()];
            rule.sources[0].title = COPY.into();
            rule.sources[0].url = Some("javascript:alert(3)".into());
            finding.verdicts[0].rule = Arc::new(rule);
            finding.verdicts[0].severity = severity;
            findings.push(finding);
        }
    }
    let mut run = run_of(findings);
    for kind in ExceptionKind::ALL {
        let mut finding = sample(PATHS[0], COPY, 2..10);
        finding.silenced = Some(Box::new(Silence {
            guard: "suppressed".into(),
            because: COPY.into(),
            exception: Some(exception(PATHS[1], *kind)),
        }));
        run.exceptions.push(Standing {
            exception: exception(PATHS[1], *kind),
            used: 1,
        });
        run.excepted.push(finding);
    }
    run.unchecked.push(Unchecked {
        path: PATHS[1].into(),
        because: COPY.into(),
    });
    run
}

/// Reads an output as its format is read, and counts the findings in it, where it can be told.
fn read(name: &str, text: &str) -> Option<usize> {
    let json = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let length = |value: &Value| Some(value.as_array().unwrap().len());
    match name {
        "json" => length(&json(text)["findings"]),
        "jsonl" => Some(
            text.lines()
                .map(json)
                .filter(|line| line.get("rule").is_some())
                .count(),
        ),
        "sarif" => {
            let log = json(text);
            let run = &log["runs"][0];
            let open = |result: &&Value| result.get("suppressions").is_none();
            let results = run["results"].as_array().unwrap().iter().filter(open).count();
            let notices = run["invocations"][0]["toolExecutionNotifications"]
                .as_array()
                .unwrap();
            Some(
                results
                    + notices
                        .iter()
                        .filter(|notice| notice.get("descriptor").is_some())
                        .count(),
            )
        }
        "gitlab" => length(&json(text)),
        "rdjson" => length(&json(text)["diagnostics"]),
        "junit" | "checkstyle" => {
            let tag = if name == "junit" { "testcase" } else { "error" };
            let read = roxmltree::Document::parse(text).unwrap();
            Some(read.descendants().filter(|node| node.has_tag_name(tag)).count())
        }
        "github" => Some(text.lines().filter(|line| is_command(line)).count()),
        "short" => Some(text.lines().count()),
        "html" => Some(text.matches("<article ").count()),
        _ => None,
    }
}

/// Whether a line is one whole workflow command.
fn is_command(line: &str) -> bool {
    let Some((head, _)) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")) else {
        panic!("no command: {line:?}");
    };
    let (command, properties) = head.split_once(' ').unwrap();
    assert!(["error", "warning", "notice"].contains(&command), "{line:?}");
    properties.split(',').all(|property| {
        let known = ["file", "line", "endLine", "col", "endColumn", "title"];
        let name = property.split('=').next().unwrap();
        assert!(known.contains(&name), "{line:?}");
        true
    })
}

#[test]
fn every_reporter_writes_hostile_copy_safely() {
    let run = hostile();
    for reporter in REPORTERS {
        let text = rendered(reporter.name, &run);
        for steering in ['\0', '\x07', '\x1b', '\u{202e}', '\u{85}'] {
            let data =
                reporter.name.starts_with("json") || ["sarif", "gitlab", "rdjson"].contains(&reporter.name);
            let written = text.contains(steering);
            // JSON escapes what is below a space; readers of it show the rest as they like.
            assert!(
                !written || (data && steering > ' '),
                "{}: {steering:?}",
                reporter.name
            );
        }
        let found = read(reporter.name, &text);
        let expected = match reporter.name {
            "short" | "github" => run.findings.iter().filter(|told| told.shown).count(),
            "html" => run.findings.len() + run.excepted.len(),
            _ => run.findings.len(),
        };
        assert_eq!(found.unwrap_or(expected), expected, "{}", reporter.name);
    }
}

#[test]
fn nothing_of_the_copy_is_markup_in_html() {
    let mut page = Vec::new();
    (REVIEW.render)(&hostile(), &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    for (text, scripts) in [(rendered("html", &hostile()), 1), (page, 2)] {
        assert_eq!(text.matches("<script").count(), scripts);
        assert_eq!(text.matches("</script").count(), scripts);
        for markup in ["<b onclick", "<i>", "href=\"javascript", "</td> ", "=\"it's \"<"] {
            assert!(!text.contains(markup), "{markup}");
        }
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
}

#[test]
fn a_reviewer_decides_on_the_copy_and_not_on_what_caveat_says_of_itself() {
    let run = hostile();
    let mut page = Vec::new();
    (REVIEW.render)(&run, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let of_copy = run
        .findings
        .iter()
        .filter(|told| is_decidable(&told.finding))
        .count();
    let passed = run
        .excepted
        .iter()
        .filter(|finding| is_decidable(finding))
        .count();
    // What the baseline and earlier decisions let pass is decided here too; comments and the register are written elsewhere.
    assert_eq!((of_copy, passed), (PATHS.len() * 5, 2));
    assert_eq!(page.matches(" data-print=\"").count(), of_copy + passed);
    assert_eq!(
        page.matches(" data-decision=\"none\"").count(),
        run.findings.len() + run.excepted.len() - of_copy - passed
    );
    assert_eq!(page.matches(" data-path=\"").count(), PATHS.len());
    assert!(page.contains("data-path=\"it's &quot;&lt;i&gt;&quot; &amp; (1).md\""));
}

#[test]
fn nothing_of_the_copy_is_markup_in_markdown() {
    let text = rendered("markdown", &hostile());
    let parsed = pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all());
    for event in parsed {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let path = dest_url.split('#').next().unwrap();
                assert!(path.ends_with(".md"), "{dest_url}");
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
            _ => {}
        }
    }
}

#[test]
fn a_hundred_thousand_findings_take_bounded_time() {
    let text = "It cures eczema and more of it.\n".repeat(1_000);
    let first = sample("drafts/a.md", &text, 3..15);
    let mut other = sample("drafts/b.md", &text, 3..15);
    other.file.clone_from(&first.file);
    let many: Vec<Finding> = (0..100_000)
        .map(|n| {
            let mut finding = first.clone();
            // They overlap, a hundred at a time and more.
            let at = n % 30_000;
            finding.span = Span::of(at..at + 200);
            finding.labels = first.labels.iter().take(n % 2).cloned().collect();
            finding.ordinal = n as u32;
            finding
        })
        .collect();
    let mut run = run_of(many);
    run.findings.sort_by_key(|told| told.finding.span);
    for reporter in REPORTERS {
        let start = Instant::now();
        let text = rendered(reporter.name, &run);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{}: {took:?}", reporter.name);
        if reporter.name == "markdown" {
            assert!(text.len() < 20_000, "{}", text.len());
        }
    }
}
