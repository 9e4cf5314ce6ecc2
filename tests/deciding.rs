//! Holds `caveat review` and `caveat decide` to their word: what passes is what was decided so, what changes is new again,
//! and nothing that two people said is lost. What a browser does with the page, `tests/ci/review.sh` tries.

use super::diff::Repository;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const HOUSE: &str = "\
pack: house
market: none
title: Words that our house does not use
rules:
  - id: no-grandiose
    category: superlative
    severity: warning
    message: The copy calls something grandiose.
    help: Say what it is.
    forbid: {words: [grandiose]}
    examples: {flag: [\"A grandiose box.\"], pass: [\"A large box.\"]}
";
const TEA: &str = "# Tea\n\nA grandiose box.\n\nA grandiose lid.\n\nA grandiose box.\n\nA grandiose cup.\n";
const JAR: &str = "<html lang=\"en\"><body><h1>Jar</h1><p>The <b>grandiose</b> jar.</p></body></html>\n";

fn made(name: &str) -> Repository {
    let files = [
        ("caveat.yaml", "policies: [house.yaml]\nmarkets: [us]\n"),
        ("house.yaml", HOUSE),
        ("drafts/tea.md", TEA),
        ("jar.html", JAR),
    ];
    Repository::new(&format!("deciding-{name}"), &files)
}

/// Runs a command on a fixed day: the exit status, what it prints, what it says.
fn run(made: &Repository, line: &str) -> (i32, String, String) {
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    let ran = made.caveat(&format!("{command} --as-of 2026-12-01 {rest}"));
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

/// What a check tells, all of it.
fn found(made: &Repository, options: &str) -> Vec<Value> {
    let (_, json, said) = run(made, &format!("check --format json --fail-on never {options}"));
    let json: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {said}"));
    json["findings"].as_array().unwrap().clone()
}

/// Where something is told: "drafts/tea.md:3".
fn places(made: &Repository) -> Vec<String> {
    let all = found(made, "");
    let place = |finding: &Value| format!("{}:{}", finding["path"].as_str().unwrap(), finding["line"]);
    all.iter().map(place).collect()
}

/// A file of decisions: each the place of a finding and what is decided there.
fn sheet(made: &Repository, by: &str, decisions: &[(&str, &str)]) -> String {
    let all = found(made, "--no-baseline");
    let mut text = String::from("# Decisions on findings of caveat.\nversion: 1\ndecisions:\n");
    for (place, decision) in decisions {
        let (path, line) = place.rsplit_once(':').unwrap();
        let line: u64 = line.parse().unwrap();
        let is = |finding: &&Value| finding["path"] == path && finding["line"] == line;
        let print = &all.iter().find(is).unwrap()["fingerprint"];
        text.push_str(&format!(
            "- finding: {print}\n  path: {path}\n  {decision}\n  by: {by}\n  day: 2026-11-30\n"
        ));
    }
    text
}

const ACCEPT: &str = "decision: accept\n  reason: Old labels.\n  until: 2027-06-30";
const CHANGE: &str = "decision: change\n  wording: A large | <b> cup.";
const ESCALATE: &str = "decision: escalate\n  to: Legal";
const FALSE_ALARM: &str = "decision: false-alarm\n  reason: It is a quotation.";

/// A repository in which the second of two boxes may stand, and the rest is decided otherwise.
fn decided(name: &str) -> Repository {
    let made = made(name);
    let all = [
        ("drafts/tea.md:7", ACCEPT),
        ("drafts/tea.md:5", ESCALATE),
        ("drafts/tea.md:9", CHANGE),
        ("jar.html:1", FALSE_ALARM),
    ];
    made.write("a.yaml", &sheet(&made, "Ann Lee", &all));
    let (status, out, said) = run(&made, "decide a.yaml");
    assert_eq!(
        (status, out.as_str()),
        (
            0,
            ".caveat-baseline.json: 1 to change, 1 accepted, 1 for others to decide, 1 false alarm\n\
             .caveat-labels.jsonl: 4 labels\n"
        ),
        "{said}"
    );
    made
}

#[test]
fn the_next_run_is_silent_exactly_where_was_decided_so() {
    let made = decided("silent");
    assert_eq!(
        places(&made),
        ["drafts/tea.md:3", "drafts/tea.md:5", "drafts/tea.md:9"]
    );
    let (status, ..) = run(&made, "check");
    assert_eq!(status, 1, "what is to change passes nowhere");
    // Taken up again, it is the same to the byte.
    let read = |file: &str| fs::read_to_string(made.0.join(file)).unwrap();
    let before = [".caveat-baseline.json", ".caveat-labels.jsonl"].map(read);
    assert_eq!(run(&made, "decide a.yaml").0, 0);
    assert_eq!(
        [".caveat-baseline.json", ".caveat-labels.jsonl"].map(read),
        before
    );
    // A baseline made anew records what is left, and forgets no decision.
    assert_eq!(
        made.caveat("baseline create --as-of 2026-12-01").status.code(),
        Some(0)
    );
    assert_eq!(places(&made), ["drafts/tea.md:5", "drafts/tea.md:9"]);
    assert_eq!(made.caveat("baseline prune").status.code(), Some(0));
    assert_eq!(places(&made), ["drafts/tea.md:5", "drafts/tea.md:9"]);
}

#[test]
fn copy_that_changed_is_new_and_copy_that_moved_is_not() {
    let made = decided("changed");
    made.write(
        "drafts/tea.md",
        &format!("New.\n\nA grandiose spoon.\n\n{TEA}").replace("cup", "mug"),
    );
    made.write("jar.html", &JAR.replace("jar.", "pot."));
    let told: BTreeSet<String> = places(&made).into_iter().collect();
    let expected = [
        "drafts/tea.md:13",
        "drafts/tea.md:3",
        "drafts/tea.md:7",
        "drafts/tea.md:9",
        "jar.html:1",
    ];
    assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    // The decision on the cup no longer speaks; the one on the lid does.
    let says = |finding: &&Value| finding.get("decision").is_some();
    let all = found(&made, "");
    assert_eq!(
        all.iter()
            .filter(says)
            .map(|finding| &finding["line"])
            .collect::<Vec<_>>(),
        [9]
    );
    let (status, _, said) = run(&made, "decide a.yaml");
    assert_eq!(status, 1);
    assert!(
        said.contains("a.yaml:19: drafts/tea.md no longer says so"),
        "{said}"
    );
}

#[test]
fn what_is_decided_is_told_wherever_it_is_read() {
    let made = decided("told");
    let json = found(&made, "--show-silenced");
    let cup = json.iter().find(|finding| finding["line"] == 9).unwrap();
    assert_eq!(cup["decision"]["wording"], "A large | <b> cup.");
    let passed = json.iter().filter(|finding| finding.get("silenced").is_some());
    let passed: Vec<_> = passed.map(|finding| &finding["silenced"]["exception"]).collect();
    assert_eq!(
        (&passed[0]["kind"], &passed[0]["until"]),
        (&"decision".into(), &"2027-06-30".into())
    );
    assert_eq!(passed[1]["reason"], "false alarm: It is a quotation.");

    let markdown = run(&made, "check --format markdown").1;
    let told = "* [drafts/tea.md:9](drafts/tea.md#L9) `grandiose` Decided by Ann Lee on 2026-11-30\\: change to “A \
                large \\| &lt;b&gt; cup.”";
    assert!(markdown.contains(told), "{markdown}");
    assert!(
        markdown.contains("for Legal to decide") && markdown.contains("2 decisions let 2 findings pass"),
        "{markdown}"
    );
    let github = run(&made, "check --format github").1;
    assert!(
        github.contains("%0ADecided by Ann Lee on 2026-11-30: for Legal to decide%0A"),
        "{github}"
    );
    let html = run(&made, "check --format html").1;
    assert!(
        html.contains(
            "<strong>Decided by Ann Lee on 2026-11-30: change to “A large | &lt;b&gt; cup.”</strong>"
        )
    );
    let ledger = made.caveat("exceptions --as-of 2026-12-01").stdout;
    let ledger = String::from_utf8(ledger).unwrap();
    assert_eq!(
        ledger.lines().filter(|line| line.contains("Ann Lee")).count(),
        2,
        "{ledger}"
    );
    assert!(ledger.contains("until 2027-06-30 (211 days left)"), "{ledger}");
}

#[test]
fn two_people_who_contradict_each_other_are_both_shown_and_nothing_is_written() {
    let made = made("conflict");
    made.write(
        "a.yaml",
        &sheet(
            &made,
            "Ann Lee",
            &[("drafts/tea.md:3", ACCEPT), ("drafts/tea.md:5", ACCEPT)],
        ),
    );
    made.write(
        "b.yaml",
        &sheet(
            &made,
            "Bo Ek",
            &[("drafts/tea.md:3", CHANGE), ("drafts/tea.md:5", ACCEPT)],
        ),
    );
    let (status, out, said) = run(&made, "decide a.yaml b.yaml");
    assert_eq!((status, out.as_str()), (2, ""));
    for part in [
        "[a.yaml:6:13]",
        "[b.yaml:6:13]",
        "Ann Lee decides on this finding in drafts/tea.md: accepted until",
        "Old labels.; but Bo Ek at b.yaml:6: change to",
        "nothing is written until this is set right",
    ] {
        let flat = said
            .split_whitespace()
            .filter(|word| *word != "|")
            .collect::<Vec<_>>()
            .join(" ");
        assert!(flat.contains(part), "{part}: {flat}");
    }
    let written = |file: &str| made.0.join(file).exists();
    assert!(!written(".caveat-baseline.json") && !written(".caveat-labels.jsonl"));

    // Told apart in time, they are no less two.
    assert_eq!(run(&made, "decide a.yaml").0, 0);
    let before = fs::read(made.0.join(".caveat-baseline.json")).unwrap();
    let (status, _, said) = run(&made, "decide b.yaml");
    assert_eq!(status, 2);
    assert!(
        said.contains("[.caveat-baseline.json:") && said.contains("[b.yaml:6:13]"),
        "{said}"
    );
    assert_eq!(fs::read(made.0.join(".caveat-baseline.json")).unwrap(), before);
    assert_eq!(run(&made, "decide b.yaml --replace").0, 0);
    assert_eq!(
        places(&made),
        [
            "drafts/tea.md:3",
            "drafts/tea.md:7",
            "drafts/tea.md:9",
            "jar.html:1"
        ]
    );
    // Who changes her own mind is asked nothing.
    made.write("b.yaml", &sheet(&made, "Bo Ek", &[("drafts/tea.md:3", ESCALATE)]));
    assert_eq!(run(&made, "decide b.yaml").0, 0);
    assert_eq!(found(&made, "")[0]["decision"]["to"], "Legal");
}

#[test]
fn what_may_stand_for_a_time_comes_back_after_it() {
    let made = decided("over");
    let on = |day: &str| {
        let ran = made.caveat(&format!(
            "check --format short --min-severity advice --as-of {day}"
        ));
        String::from_utf8(ran.stdout).unwrap()
    };
    assert!(!on("2027-05-30").contains("suppression"), "{}", on("2027-05-30"));
    assert!(on("2027-06-30").contains("advice: The decision that lets this pass ends on 2027-06-30"));
    let over = on("2027-07-01");
    assert!(
        over.contains(".caveat-baseline.json:")
            && over.contains("error: The decision that lets this pass ended on 2027-06-30")
    );
    assert!(
        over.contains("drafts/tea.md:7:3: warning") && !over.contains("jar.html:1"),
        "{over}"
    );
    // It is no old copy, and has an end of its own.
    assert_eq!(
        made.caveat("check --as-of 2027-05-30 --max-age 10 jar.html")
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn decisions_measure_the_rules() {
    let made = decided("labels");
    // A folder of this name holds something else.
    made.write("docs/readme.md", "Ours.\n");
    let score = || {
        let ran = made.caveat("policy score --labels .caveat-labels.jsonl --format json");
        let said = String::from_utf8(ran.stderr).unwrap();
        (
            serde_json::from_slice::<Value>(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {said}")),
            said,
        )
    };
    let (figures, said) = score();
    let rule = &figures["rules"]["house/no-grandiose"];
    // The box at line 3 is undecided: nobody says whether it is right.
    assert_eq!(
        (&rule["right"], &rule["loud"], &rule["wrong"]),
        (&1.into(), &2.into(), &1.into()),
        "{figures}"
    );
    assert_eq!((said.as_str(), &figures["all"]["recall"]), ("", &1.0.into()));
    made.write("drafts/tea.md", &TEA.replace("A grandiose cup", "A cup"));
    fs::remove_file(made.0.join("jar.html")).unwrap();
    let (figures, said) = score();
    assert_eq!(
        figures["all"]["must"], 1,
        "the words stand elsewhere in the page: {said}"
    );
    assert!(
        said.contains("jar.html: there is no such file or folder"),
        "{said}"
    );
}

#[test]
fn a_decision_that_cannot_be_taken_up_is_told_with_its_place() {
    let made = made("gone");
    let good = sheet(&made, "Ann Lee", &[("jar.html:1", ACCEPT)]);
    for (from, to, status, told) in [
        (
            "jar.html",
            "pot.html",
            1,
            "a.yaml:6: pot.html is not among the files",
        ),
        (
            "jar.html",
            "../../../../no/such/file",
            1,
            "../../../../no/such/file is not among the files",
        ),
        ("jar.html", "drafts", 1, "a.yaml:6: drafts is not among the files"),
        ("jar.html", "-", 2, "a.yaml:5:9"),
        ("until: 2027-06-30", "until: soon", 2, "a.yaml:8:10"),
        ("accept", "[accept]", 2, "a.yaml:6:13"),
        ("version: 1", "version: 2", 2, "a.yaml:2:10"),
        ("decisions:", "decisions: [", 2, "a.yaml:"),
    ] {
        made.write("a.yaml", &good.replacen(from, to, 1));
        let (code, out, said) = run(&made, "decide a.yaml");
        assert_eq!((code, out.as_str()), (status, ""), "{to}: {said}");
        assert!(said.contains(told), "{to}: {said}");
        assert!(!made.0.join(".caveat-baseline.json").exists(), "{to}");
    }
    assert_eq!(run(&made, "decide none.yaml").0, 2);
    fs::write(made.0.join("a.yaml"), b"\xff\xfe").unwrap();
    assert_eq!(run(&made, "decide a.yaml").0, 2);
    // What lets it pass is written in the page.
    let page = TEA.replace(
        "A grandiose box",
        "<!-- caveat-allow house/no-grandiose: ours -->\nA grandiose box",
    );
    made.write("a.yaml", &sheet(&made, "Ann Lee", &[("drafts/tea.md:5", ACCEPT)]));
    made.write(
        "drafts/tea.md",
        &page.replace(
            "A grandiose lid",
            "<!-- caveat-allow house/no-grandiose: ours -->\nA grandiose lid",
        ),
    );
    let (status, _, said) = run(&made, "decide a.yaml");
    assert_eq!(status, 1);
    assert!(
        said.contains("a.yaml:6: this passes already (drafts/tea.md:"),
        "{said}"
    );
}

#[test]
fn the_page_of_a_review_is_written_and_is_no_copy() {
    let made = made("page");
    let (status, out, said) = run(&made, "review");
    assert_eq!((status, out.as_str()), (0, ""), "{said}");
    assert!(
        said.ends_with("wrote caveat-review.html with 5 findings to decide on\n"),
        "{said}"
    );
    let page = fs::read_to_string(made.0.join("caveat-review.html")).unwrap();
    assert_eq!(page.matches("data-print=").count(), 5);
    assert!(
        page.contains("data-path=\"jar.html\"")
            && page.contains("<mark class=\"warning\" data-cell=\"0\">grandiose</mark>")
    );
    assert!(!page.contains("&lt;h1&gt;"), "the source of a page");
    made.write(
        "a.yaml",
        &sheet(
            &made,
            "Ann Lee",
            &[("jar.html:1", ACCEPT), ("drafts/tea.md:9", CHANGE)],
        ),
    );
    assert_eq!(run(&made, "decide a.yaml").0, 0);
    assert_eq!(run(&made, "review").0, 0);
    let page = fs::read_to_string(made.0.join("caveat-review.html")).unwrap();
    assert_eq!(
        page.matches("data-print=").count(),
        5,
        "what was decided may be decided anew"
    );
    assert!(
        page.contains("Decided by Ann Lee on 2026-11-30: change to")
            && page.contains("decision: Old labels., by Ann Lee")
    );
    // Neither the page nor the decisions are copy of the site.
    assert_eq!(places(&made).len(), 4);
    let empty = Repository::new("deciding-empty", &[("x.bin", "")]);
    assert_eq!(run(&empty, "review").0, 2, "a folder without copy");
}
