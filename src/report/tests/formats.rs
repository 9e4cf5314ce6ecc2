//! What each format says of a finding, and what a first run says once.

use super::*;
use crate::finding::ExceptionKind;
use serde_json::{Value, json};

fn json_of(name: &str, run: &Run) -> Value {
    serde_json::from_str(&rendered(name, run)).unwrap()
}

/// A finding of another category.
fn of(category: Category, severity: Severity, name: &str) -> Finding {
    let mut finding = sample(name, "It cures eczema.", 3..15);
    let mut rule = finding.rule().clone();
    rule.name = format!("us-x/{category}");
    rule.category = category;
    finding.verdicts[0].rule = Arc::new(rule);
    finding.verdicts[0].severity = severity;
    finding
}

fn excepted(kind: ExceptionKind) -> Finding {
    let mut finding = sample("c.md", "It cures eczema.", 3..15);
    finding.silenced = Some(Box::new(Silence {
        guard: "suppressed".into(),
        because: "approved".into(),
        exception: Some(Arc::new(testing::exception(
            kind,
            "us-x/cure",
            "b.md",
            "approved",
        ))),
    }));
    finding
}

#[test]
fn sarif_places_are_right_in_characters_and_bytes() {
    let run = run_of(vec![sample(
        "./my caf\u{e9}.md",
        "\u{e9}\u{e9}\n\u{e9} cures eczema.",
        8..20,
    )]);
    let log = json_of("sarif", &run);
    let result = &log["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"],
        json!({"uri": "my%20caf%C3%A9.md", "uriBaseId": "%SRCROOT%"})
    );
    assert_eq!(
        place["region"],
        json!({"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 15, "charOffset": 5, "charLength": 12,
            "byteOffset": 8, "byteLength": 12, "snippet": {"text": "cures eczema"}})
    );
    let related = &result["relatedLocations"][1];
    assert_eq!(related["message"]["text"], "names a disease");
    assert_eq!(related["physicalLocation"]["region"]["snippet"]["text"], "eczema");
    assert_eq!(
        result["partialFingerprints"]["caveat/v1"].as_str().unwrap().len(),
        32
    );
}

/// The types are made from the official schema: what they do not know, they lose, and what it asks for, they miss.
#[test]
fn sarif_is_as_the_schema_has_it() {
    let mut run = run_of(vec![
        sample("drafts/a b.md", "It cures eczema.", 3..15),
        of(Category::Io, Severity::Error, "gone.md"),
        of(Category::MissingDisclaimer, Severity::Advice, "c.md"),
    ]);
    run.excepted = vec![
        excepted(ExceptionKind::Comment),
        excepted(ExceptionKind::Register),
    ];
    let log = json_of("sarif", &run);
    let typed: serde_sarif::sarif::Sarif = serde_json::from_value(log.clone()).unwrap();
    assert_eq!(serde_json::to_value(typed).unwrap(), log);
}

#[test]
fn sarif_tells_rules_exceptions_and_how_the_run_went() {
    let mut run = run_of(vec![
        of(Category::Io, Severity::Error, "gone.md"),
        of(Category::Outcome, Severity::Advice, "a.md"),
        of(Category::Outcome, Severity::Warning, "b.md"),
    ]);
    run.excepted = ExceptionKind::ALL.iter().map(|kind| excepted(*kind)).collect();
    let log = json_of("sarif", &run);
    let told = &log["runs"][0];
    let rules = told["tool"]["driver"]["rules"].as_array().unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["us-x/cure", "us-x/outcome"]);
    assert_eq!(rules[1]["defaultConfiguration"]["level"], "warning");
    assert_eq!(rules[1]["helpUri"], "https://example.org/law");
    assert_eq!(
        rules[1]["help"]["markdown"],
        "Only a medicine may say so.\n\n* Instead: soothes dry skin\n* Source: [21 CFR 101.93\\(g\\)](<https://example.org/law>)"
    );
    for result in told["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let target = &rules[index]["relationships"][0]["target"];
        let taxon = &told["taxonomies"][0]["taxa"][target["index"].as_u64().unwrap() as usize];
        assert_eq!(taxon["id"], target["id"]);
    }
    let suppressions: Vec<&str> = told["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|result| result["suppressions"][0]["kind"].as_str())
        .collect();
    assert_eq!(
        suppressions,
        ["inSource", "inSource", "external", "external", "external"]
    );
    let invocation = &told["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notices = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notices.len(), 2);
    assert_eq!(notices[0]["descriptor"], json!({"id": "us-x/io", "index": 0}));
    assert_eq!(notices[1]["level"], "note");
}

#[test]
fn github_escapes_what_commands_are_made_of() {
    let mut finding = sample("50%, a:b.md", "It cures eczema.", 3..15);
    finding.say("100%: one,\ntwo");
    let text = rendered("github", &run_of(vec![finding]));
    assert_eq!(
        text,
        "::error file=50%25%2C a%3Ab.md,line=1,endLine=1,col=4,endColumn=16,title=us-x/cure::100%25: one,%0Atwo\
         %0AOnly a medicine may say so.%0AInstead: soothes dry skin%0ASource: 21 CFR 101.93(g)\n"
    );
    assert_eq!(rendered("github", &run_of(Vec::new())), "");
}

#[test]
fn github_annotates_what_people_are_shown() {
    let mut run = run_of(vec![
        of(Category::Outcome, Severity::Advice, "a.md"),
        of(Category::Outcome, Severity::Warning, "b.md"),
    ]);
    run.findings[0].shown = false;
    let text = rendered("github", &run);
    assert!(
        text.starts_with("::warning file=b.md,") && text.lines().count() == 1,
        "{text}"
    );
    run.findings[0].shown = true;
    assert!(rendered("github", &run).starts_with("::notice file=a.md,"));
}

#[test]
fn gitlab_tells_every_violation_from_every_other() {
    let found = [
        of(Category::MissingDisclaimer, Severity::Warning, "a.md"),
        of(Category::MissingDisclaimer, Severity::Warning, "b.md"),
        sample("a.md", "It cures eczema.", 3..15),
        sample("a.md", "It cures eczema.", 3..15),
    ];
    let report = json_of("gitlab", &run_of(found.to_vec()));
    let fingerprints: HashSet<&str> = report
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| violation["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(fingerprints.len(), 4);
    assert_eq!(report[2]["severity"], "critical");
    assert_eq!(report[2]["check_name"], "us-x/cure");
    assert_eq!(
        report[2]["location"],
        json!({"path": "a.md", "lines": {"begin": 1, "end": 1}})
    );
    assert_eq!(json_of("gitlab", &run_of(Vec::new())), json!([]));
}

#[test]
fn junit_counts_failures_errors_and_advice() {
    let run = run_of(vec![
        of(Category::Io, Severity::Error, "a.md"),
        of(Category::Outcome, Severity::Advice, "a.md"),
        of(Category::Outcome, Severity::Warning, "b.md"),
    ]);
    let text = rendered("junit", &run);
    assert!(
        text.contains("<testsuites name=\"caveat\" tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"1\">")
    );
    assert!(text.contains("<testsuite name=\"a.md\" tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"1\">"));
    assert!(
        text.contains("<testcase name=\"us-x/outcome at 1:4\" classname=\"b.md\" file=\"b.md\" line=\"1\">")
    );
    let nothing = rendered("junit", &run_of(Vec::new()));
    assert!(nothing.contains("tests=\"1\" failures=\"0\""), "{nothing}");
}

#[test]
fn checkstyle_has_an_element_a_file() {
    let found = [("a.md", 3), ("a.md", 3), ("b.md", 3)];
    let found = found.map(|(name, at)| sample(name, "It cures eczema.", at..at + 12));
    let text = rendered("checkstyle", &run_of(found.to_vec()));
    assert_eq!(text.matches("<file name=").count(), 2, "{text}");
    assert!(text.contains("<error line=\"1\" column=\"4\" severity=\"error\" message=\"The copy says"));
    assert!(text.contains("source=\"caveat.us-x/cure\"/>"));
}

#[test]
fn rdjson_counts_columns_in_bytes() {
    let run = run_of(vec![sample("a.md", "\u{e9} cures eczema.", 3..15)]);
    let diagnostic = &json_of("rdjson", &run)["diagnostics"][0];
    assert_eq!(
        diagnostic["location"]["range"],
        json!({"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 16}})
    );
    assert_eq!(
        diagnostic["code"],
        json!({"value": "us-x/cure", "url": "https://example.org/law"})
    );
    assert_eq!(diagnostic["related_locations"][0]["message"], "claims an effect");
}

#[test]
fn markdown_stays_short() {
    let found = (0..3_000).map(|n| {
        let mut found = sample(&format!("{n}.md"), "It `cures` eczema.", 3..17);
        found.folded = format!("it cures eczema {n}.").into();
        found
    });
    let mut run = run_of(found.collect());
    run.excepted.push(excepted(ExceptionKind::Comment));
    let text = rendered("markdown", &run);
    assert!(text.len() < 6_000, "{}", text.len());
    for part in [
        "3000 errors in 1 file.",
        "| us-x/cure | 3000 | 0 | 0 | 3000 |",
        "* **error** [0.md:1](0.md#L1) The copy says that the product cures a disease `` `cures` eczema `` (`us-x/cure`, ",
        "\nand 2980 more\n",
        "An exception lets 1 finding pass.",
        "Not checked: de.md (the copy is in German).",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn what_many_files_repeat_is_told_once_however_much_it_is() {
    let found = (0..3_000).map(|n| {
        let mut found = sample(&format!("{:04}.md", n / 100), "It cures eczema.", 3..15);
        found.folded = format!("it cures eczema {}.", n % 100).into();
        found
    });
    let run = run_of(found.collect());
    let markdown = rendered("markdown", &run);
    assert!(markdown.len() < 8_000, "{}", markdown.len());
    assert!(markdown.contains("\nand 80 more that repeat\n"), "{markdown}");
    let same = "the same words stand in 30 files: 0000.md, 0001.md, 0002.md and 27 more";
    assert_eq!(markdown.replace('\\', "").matches(same).count(), 20, "{markdown}");
    let pretty = rendered("pretty", &run);
    assert_eq!(pretty.matches("error[us-x/cure]").count(), 100);
}

#[test]
fn html_marks_the_copy_and_tells_exceptions() {
    let mut run = run_of(vec![sample("a.md", "Tea & tonic.\nIt cures eczema.\n", 16..28)]);
    run.excepted.push(excepted(ExceptionKind::Comment));
    let text = rendered("html", &run);
    for part in [
        "<div class=\"l\" data-n=\"1\">Tea &amp; tonic.</div>",
        "It <mark class=\"error\" data-cell=\"0\">cures eczema</mark><a class=\"r\" href=\"#f1\" aria-label=\"finding 1\">1</a>.",
        "1 error in 1 file. An exception lets 1 more pass.",
        "data-status=\"let-pass\"",
        "<p>comment: approved</p>",
        "<a href=\"https://example.org/law\" rel=\"noreferrer\">21 CFR 101.93(g)</a>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(text, rendered("html", &run));
}

/// A run in which these files miss a disclaimer, of so many checked in each folder.
fn missing(files: &[&str], folders: &[(&str, usize)]) -> Run {
    let found = files
        .iter()
        .map(|name| of(Category::MissingDisclaimer, Severity::Warning, name));
    let mut run = run_of(found.collect());
    run.folders = folders
        .iter()
        .map(|(folder, count)| ((*folder).to_owned(), *count))
        .collect();
    run
}

#[test]
fn what_a_folder_misses_is_told_once() {
    let files = [
        "blog/1/a.md",
        "blog/1/b.md",
        "blog/1/c.md",
        "blog/2/a.md",
        "blog/2/b.md",
        "shop/a.md",
    ];
    let folders = [("blog/1", 4), ("blog/2", 2), ("shop", 9)];
    let run = missing(&files, &folders);
    let text = rendered("pretty", &run);
    assert_eq!(
        text.matches("warning[us-x/missing-disclaimer]").count(),
        2,
        "{text}"
    );
    assert!(text.contains("In 5 of 6 files in blog/: The copy"), "{text}");
    assert!(
        text.contains("files: blog/1/a.md, blog/1/b.md, blog/1/c.md and 2 more"),
        "{text}"
    );
    assert!(
        text.contains("satisfied:\n          - {paths: [blog/], statements: [missing-disclaimer]}"),
        "{text}"
    );
    assert!(rendered("markdown", &run).contains("  - {paths: [blog/], statements: [missing-disclaimer]}"));
    assert_eq!(json_of("json", &run)["findings"].as_array().unwrap().len(), 6);
    assert_eq!(rendered("short", &run).lines().count(), 6);
}

#[test]
fn the_line_of_settings_is_never_wrapped() {
    let folder =
        "content/our-treatments and what they are for/the long-winded folder of all the laser-treatments";
    let files: Vec<String> = (0..5).map(|n| format!("{folder}/{n}.md")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let text = rendered("pretty", &missing(&files, &[(folder, 5)]));
    let row = format!("\n          - {{paths: [\"{folder}/\"], statements: [missing-disclaimer]}}\n");
    assert!(text.contains(&row), "{text}");
}

#[test]
fn few_files_or_few_of_many_are_told_one_by_one() {
    let files = ["blog/a.md", "blog/b.md", "blog/c.md", "blog/d.md", "blog/e.md"];
    for (files, folders) in [(&files[..4], [("blog", 4)]), (&files[..], [("blog", 10)])] {
        let text = rendered("pretty", &missing(files, &folders));
        assert!(!text.contains("satisfied:"), "{text}");
    }
}

#[test]
fn settings_name_any_folder() {
    let names = |folder: &str| {
        let files: Vec<String> = (0..5).map(|n| format!("{folder}{n}.md")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let text = rendered("pretty", &missing(&files, &[(folder.trim_end_matches('/'), 5)]));
        let paths = text.split("paths: [").nth(1).unwrap();
        paths.split("], statements").next().unwrap().to_owned()
    };
    assert_eq!(names(""), "\"*\"");
    assert_eq!(names("./blog/"), "blog/");
    assert_eq!(names("/srv/site/blog/"), "blog/");
    assert_eq!(names("../blog/"), "blog/");
    assert_eq!(names("my [old] blog/"), r#""my \\[old\\] blog/""#);
}

#[test]
fn a_long_report_ends_with_the_rules_that_made_it() {
    let mut found = vec![sample("a.md", "It cures eczema.", 3..15); 15];
    found.extend(vec![of(Category::Outcome, Severity::Warning, "a.md"); 5]);
    let text = rendered("pretty", &run_of(found));
    assert!(
        text.contains("Most often: us-x/cure (15) and us-x/outcome (5).\n"),
        "{text}"
    );
}
