//! Holds what writers are shown to its word: a claim once with all that is said of it, a page's kind once, what repeats
//! over a site once, and where a missing statement may stand; and one line a finding in `short`.

use super::diff::Repository;

fn out(made: &Repository, line: &str) -> String {
    String::from_utf8(made.caveat(line).stdout).unwrap()
}

const BULLETS: &str = "\
---
caveat: {product: supplement}
---

- Lowers high blood sugar by up to 37% in 30 days.

Our tea cures asthma.
";

#[test]
fn a_claim_is_told_once_with_the_strongest_reason_first() {
    let made = Repository::new("telling-claim", &[("a.md", BULLETS)]);
    let pretty = out(&made, "check");
    let heads: Vec<&str> = pretty
        .lines()
        .filter(|line| line.contains("]:") && !line.starts_with(' '))
        .collect();
    assert_eq!(heads.len(), 2, "{pretty}");
    assert!(
        heads[0].starts_with("error[us-effects/swallowed-disease]"),
        "{pretty}"
    );
    assert_eq!(
        pretty.matches("also warning[us-ftc/success-rate]").count(),
        1,
        "{pretty}"
    );
    assert!(pretty.contains("2 errors and 1 warning in 1 file."), "{pretty}");
    assert_eq!(out(&made, "check --format short").lines().count(), 3);
}

#[test]
fn what_a_page_was_taken_for_is_told_once_and_every_claim_by_its_sign() {
    let made = Repository::new("telling-page", &[("a.md", BULLETS), ("b.md", BULLETS)]);
    let pretty = out(&made, "check");
    assert_eq!(
        pretty.matches("read as: product supplement").count(),
        2,
        "{pretty}"
    );
    assert_eq!(pretty.matches("known as: ").count(), 4, "{pretty}");
}

#[test]
fn what_repeats_over_a_site_is_told_once() {
    let page = |n: usize| {
        format!("<p>Page {n} is about our jars.</p>\n<footer><p>The tea that cures asthma.</p></footer>\n")
    };
    let pages: Vec<(String, String)> = (1..=6).map(|n| (format!("p{n}.html"), page(n))).collect();
    let mut files: Vec<(&str, &str)> = pages
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    files.push(("other.md", "Our tea cures eczema.\n"));
    let made = Repository::new("telling-repeat", &files);
    for format in ["pretty", "markdown"] {
        let told = out(&made, &format!("check --format {format}")).replace('\\', "");
        let same = "the same words stand in 6 files: p1.html, p2.html, p3.html and 3 more";
        assert_eq!(told.matches(same).count(), 1, "{told}");
        assert!(!told.contains("p4.html") && told.contains("other.md"), "{told}");
        assert!(told.contains("7 errors in 7 files."), "{told}");
    }
    assert_eq!(out(&made, "check --format short").lines().count(), 7);
}

#[test]
fn a_missing_statement_is_told_with_where_it_may_stand() {
    let filler = "The clinic opens at nine and closes at five. ".repeat(40);
    let page = format!(
        "# Laser treatment of acne\n\nThis article tells how we treat acne with a laser at our clinic. Laser treatment of acne \
         scars takes an hour. Peels fade melasma. We also treat rosacea with the laser.\n\n{filler}\n"
    );
    let made = Repository::new("telling-missing", &[("acne.md", &page)]);
    let json: serde_json::Value = serde_json::from_str(&out(&made, "check --format json")).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let missing = findings
        .iter()
        .find(|finding| finding["category"].as_str().unwrap().starts_with("missing-"));
    let help = missing.unwrap()["help"].as_str().unwrap();
    assert!(
        help.contains("It may stand") || help.contains("It must stand"),
        "{help}"
    );
}

#[test]
fn a_page_is_shown_to_reviewers_as_its_readers_see_it() {
    let page = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Our tea</title><style>p { color: red }</style></head>\n<body>\n\
                <h1>Tea</h1>\n<p class=\"lead\">Our tea <em>cures</em>\nasthma &amp; more.</p>\n</body></html>\n";
    let script = "export default function Page() {\n  return <main><h1>Tea</h1><p>Our tea cures eczema.</p></main>;\n}\n";
    let made = Repository::new("telling-view", &[("a.html", page), ("pages/b.tsx", script)]);
    let html = out(&made, "check --format html");
    let copy = &html[html.find("<main id=\"pages\">").unwrap()..];
    for source in ["color: red", "&lt;p class", "export default", "&lt;main&gt;"] {
        assert!(!copy.contains(source), "{source}: {copy}");
    }
    assert!(
        copy.contains("Our tea <mark class=\"error\" data-cell=\"0\">cures asthma</mark>"),
        "{copy}"
    );
    assert!(
        copy.contains("<div class=\"l h1\" data-n=\"4\">Tea</div>"),
        "{copy}"
    );
    assert!(copy.contains("<q>cures</q> claims a cure"), "{copy}");
    // Machine formats name the place in the file.
    let short = out(&made, "check --format short");
    assert!(
        short.contains("a.html:5:29:") || short.contains("a.html:5:"),
        "{short}"
    );
}
