//! Holds evidence and the register to their word: a tree is verified against what was written of it, two pieces of
//! evidence are compared in a reviewer's words, and claims are approved from a place and listed by page.

use super::diff::Repository;
use std::fs;

const CLAIM: &str = "Our capsules cure diabetes.\n";
const REGISTER: &str = "\
claims:
  - id: calm
    text: Our tea cures insomnia.
    evidence: [{url: \"https://example.org/study\", note: A trial}]
    approver: A. Lee
    approved: 2026-01-01
    review-by: 2027-01-01
  - id: hours
    text: Our shop opens at nine.
    approver: A. Lee
    approved: 2025-01-01
    review-by: 2027-01-01
    withdrawn: 2026-02-01
    reason: It opens at ten.
";

fn made(name: &str) -> Repository {
    let files = [
        ("caveat.yaml", "markets: [us]\n"),
        ("claims.yaml", REGISTER),
        ("a.md", CLAIM),
        ("b.md", "Our tea cures insomnia. It comes in a jar.\n"),
    ];
    Repository::new(name, &files)
}

/// Runs a command: the exit status, what it prints, what it says.
fn run(made: &Repository, line: &str) -> (i32, String, String) {
    let ran = made.caveat(line);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn a_tree_is_verified_against_its_evidence() {
    let made = made("evidence-verify");
    let options = "--market us,uk --fail-on error --policy platforms --no-baseline --as-of 2026-06-01";
    run(
        &made,
        &format!("check --quiet {options} --attest evidence.json ."),
    );
    let (status, told, said) = run(&made, "attest verify evidence.json");
    assert_eq!((status, told.as_str()), (0, ""), "{said}");
    assert!(
        said.contains("verified: the tree says what evidence.json says"),
        "{said}"
    );

    made.write("b.md", "It comes in a jar.\n");
    made.write("c.md", "Our tea cures asthma.\n");
    let (status, told, said) = run(&made, "attest verify evidence.json");
    assert_eq!(status, 1);
    assert!(said.contains("no longer says"), "{said}");
    for line in [
        "  b.md: changed",
        "  c.md: new",
        "  new: c.md:1 “cures asthma” (",
        "  calm: lets nothing pass any more",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("a.md"), "{told}");
}

#[test]
fn what_was_changed_or_is_no_evidence_is_told_as_such() {
    let made = made("evidence-changed");
    run(&made, "check --quiet --attest evidence.json");
    let text = fs::read_to_string(made.0.join("evidence.json")).unwrap();
    made.write("evidence.json", &text.replace("\"status\":1", "\"status\": 1"));
    let (status, _, said) = run(&made, "attest verify evidence.json");
    assert!(status == 1 && said.contains("it was changed since"), "{said}");
    for (line, why) in [
        ("attest verify a.md", "is no evidence"),
        ("attest verify none.json", "cannot be read"),
    ] {
        let (status, _, said) = run(&made, line);
        assert!(status == 2 && said.contains(why), "{said}");
    }
}

#[test]
fn two_releases_are_compared_in_words() {
    let made = made("evidence-diff");
    run(&made, "check --quiet --as-of 2026-06-01 --attest one.json");
    assert_eq!(run(&made, "attest diff one.json one.json").0, 0);
    made.write(
        "a.md",
        &format!("<!-- caveat-allow us-effects/swallowed-disease by=Ann: agreed -->\n{CLAIM}"),
    );
    made.write(
        "caveat.yaml",
        "markets: [us]\nseverities: {us-ftc/puffery: \"off\"}\n",
    );
    run(&made, "check --quiet --as-of 2026-07-01 --attest two.json");
    let (status, told, _) = run(&made, "attest diff one.json two.json");
    assert_eq!(status, 1);
    for line in [
        "judged as of: 2026-06-01, then 2026-07-01",
        "was error, is let pass (comment): a.md:2 “cure diabetes” (us-effects/swallowed-disease)",
        "new: us-effects/swallowed-disease (comment, a.md, by Ann): agreed",
        "new: caveat.yaml: us-ftc/puffery for every file: off",
        "fails, then passes",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn claims_are_listed_by_page_with_what_stands_behind_them() {
    let made = made("evidence-matrix");
    made.write("d.md", "=1+1 is how our tea cures asthma.\n");
    let (status, csv, said) = run(&made, "claims matrix --as-of 2026-06-01");
    assert_eq!(status, 0, "{said}");
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(
        rows[1],
        "a.md,1,cure diabetes,,not approved,,,,,us-effects/swallowed-disease,error"
    );
    assert_eq!(
        rows[2],
        "b.md,1,Our tea cures insomnia,calm,approved,A trial (https://example.org/study),A. Lee,2026-01-01,2027-01-01,\
         us-effects/swallowed-disease,error"
    );
    let (_, html, _) = run(&made, "claims matrix --format html --as-of 2027-06-01 b.md");
    assert!(html.contains("<td>calm</td><td>expired</td>"), "{html}");
    // What it writes is no copy of the site.
    made.write("matrix.csv", &csv);
    let (_, found, _) = run(&made, "check --format short --as-of 2026-06-01");
    assert!(!found.contains("matrix.csv"), "{found}");
}

#[test]
fn a_claim_is_approved_from_its_place_or_the_beginning_of_its_fingerprint() {
    let made = made("evidence-add");
    let approve = |what: &str| {
        run(
            &made,
            &format!("claims add {what} --approver A.Lee --review-by 2027-01-01 --as-of 2026-06-01"),
        )
    };
    made.write(
        "e.md",
        "Hello.\n\nOur serum is clinically proven.\n\nIt is blue. Our tea cures asthma!\n",
    );
    for (place, text) in [
        ("e.md:3", "text: \"Our serum is clinically proven.\""),
        ("e.md:5", "text: \"Our tea cures asthma!\""),
        ("e.md:1", "text: \"Hello.\""),
    ] {
        let (status, _, said) = approve(place);
        assert_eq!(status, 0, "{place}: {said}");
        let register = fs::read_to_string(made.0.join("claims.yaml")).unwrap();
        assert!(
            register
                .replace("text: Hello.", "text: \"Hello.\"")
                .contains(text)
                || register.contains(&text.replace('"', "")),
            "{register}"
        );
    }
    let (_, json, _) = run(&made, "check --format json a.md");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let print = json["findings"][0]["fingerprint"].as_str().unwrap();
    let (_, html, _) = run(&made, "check --format html a.md");
    let (_, markdown, _) = run(&made, "check --format markdown a.md");
    assert!(html.contains(&print[..8]) && markdown.contains(&print[..8]));
    let (status, _, said) = approve(&format!("{} a.md", &print[..8]));
    assert_eq!(status, 0, "{said}");
    let (_, found, _) = run(&made, "check --format short --as-of 2026-06-01 a.md e.md");
    assert_eq!(found, "");
    for (what, why) in [
        ("e.md:2", "holds no copy"),
        ("none.md:2", "is no file of copy"),
        ("0123", "has the fingerprint 0123"),
    ] {
        let (status, _, said) = approve(what);
        assert!(status == 2 && said.contains(why), "{what}: {said}");
    }
}

#[test]
fn what_is_nearly_an_approved_claim_is_proposed_as_a_variation() {
    let made = made("evidence-near");
    made.write("g.md", "Our night capsules cure stubborn eczema for good.\n");
    made.write(
        "h.html",
        "<p>Hello.</p>\n<p>Our night capsules <b>cure</b> eczema for good!</p>\n",
    );
    let line = "claims add g.md:1 --approver A.Lee --review-by 2027-01-01 --as-of 2026-06-01";
    let (status, told, said) = run(&made, line);
    let variations = "    variations:\n      - \"Our night capsules cure eczema for good!\" # h.html:2\n";
    assert_eq!((status, told.as_str()), (0, variations), "{said}");
    let register = fs::read_to_string(made.0.join("claims.yaml")).unwrap();
    let text = register.lines().find(|line| line.contains("stubborn")).unwrap();
    fs::write(
        made.0.join("claims.yaml"),
        register.replace(text, &format!("{text}\n{variations}")),
    )
    .unwrap();
    let (_, found, _) = run(&made, "check --format short --as-of 2026-06-01 g.md h.html");
    assert_eq!(found, "", "as it is printed it is approved");
}

#[test]
fn a_withdrawn_or_expired_text_is_found_where_no_rule_speaks() {
    let made = made("evidence-withdrawn");
    made.write("f.md", "Come and see us. Our shop opens at nine.\n");
    let found = |day: &str| run(&made, &format!("check --format short --as-of {day} f.md")).1;
    assert_eq!(found("2026-01-15"), "");
    let told = found("2026-06-01");
    assert!(
        told.starts_with(
            "f.md:1:18: error: The copy uses claim `hours`, which is withdrawn since 2026-02-01"
        ),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
    made.write("b.md", "Our tea cures insomnia.\n");
    let told = run(&made, "check --format short --as-of 2027-06-01 b.md").1;
    assert_eq!(told.matches("whose approval ended").count(), 1, "{told}");
}
