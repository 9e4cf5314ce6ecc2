//! Statements that stand elsewhere than in the copy that owes them: in a layout, as the settings say, or in a file that the
//! page includes.

use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

const STATEMENT: &str = "This page is for information only and is no substitute for medical advice. Ask your doctor before treatment.";

/// A page that owes a disclaimer and advice to ask a professional, with something at its end.
fn page(end: &str) -> String {
    let filler = "The clinic opens at nine and closes at five.\n\n".repeat(40);
    format!(
        "# Laser treatment of acne\n\nThis article tells how we treat acne with a laser at our clinic. Laser treatment of \
         acne scars takes an hour. Redness and swelling pass within a day. Peels fade melasma. \
         We also treat rosacea with the laser. Eczema is a reason to wait. Psoriasis is another. A laser \
         treatment is repeated each month.\n\n{filler}{end}\n"
    )
}

struct Site(TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(file, text)| site.write(file, text));
        site
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.0.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn run(&self, line: &str) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .current_dir(self.0.path())
            .args(line.split_whitespace())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// The rules and paths where a disclaimer or advice to ask a professional is missing.
    fn missing(&self, line: &str) -> Vec<(String, String)> {
        let (_, out, err) = self.run(&format!("check --format json --fail-on never {line}"));
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        let of = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| {
                matches!(
                    of(finding, "category").as_str(),
                    "missing-disclaimer" | "missing-consult"
                )
            })
            .map(|finding| (of(finding, "rule"), of(finding, "path")))
            .collect()
    }
}

const SETTINGS: &str = "satisfied:\n  - {paths: [content/], statements: [missing-disclaimer, missing-consult], by: layouts/foot.html}\n";

#[test]
fn what_a_layout_is_said_to_state_is_looked_for_in_it() {
    let site = Site::new(&[
        ("content/acne.md", &page("")),
        ("content/scars.md", &page("")),
        (
            "layouts/foot.html",
            &format!("<footer><p>{STATEMENT}</p></footer>"),
        ),
    ]);
    let owed = site.missing("");
    assert!(owed.iter().any(|(_, path)| path == "content/acne.md"), "{owed:?}");
    site.write("caveat.yaml", SETTINGS);
    assert_eq!(site.missing(""), []);

    site.write(
        "layouts/foot.html",
        "<footer><p>Open from nine to five.</p></footer>",
    );
    let gone = [
        ("caveat/not-stated".to_owned(), "layouts/foot.html".to_owned()),
        ("caveat/not-stated".to_owned(), "layouts/foot.html".to_owned()),
    ];
    assert_eq!(site.missing(""), gone);
    assert_eq!(site.missing("layouts/foot.html"), gone);
    assert_eq!(site.missing("content/acne.md"), gone);
    let (status, out, _) = site.run("check --format short");
    assert!(
        status == Some(1)
            && out.contains(
                "This file does not make the statement `missing-consult` that caveat.yaml:2 counts on"
            ),
        "{out}"
    );
}

#[test]
fn what_a_law_asks_for_is_looked_for_rule_by_rule() {
    let settings = "markets: [uk]\nproducts: [{paths: [content/], product: medicine-otc}]\npages: [{paths: [content/], page: product}]\n";
    let row = "satisfied:\n  - {paths: [content/], statements: [missing-statement], by: layouts/foot.html}\n";
    let site = Site::new(&[
        ("caveat.yaml", settings),
        (
            "content/tablets.md",
            "The tablets relieve headache and back pain. Sixteen tablets in a box, for adults and for children from ten years of \
             age. Each tablet holds 500 mg of paracetamol.\n",
        ),
        (
            "layouts/foot.html",
            "<footer><p>Always read the label.</p></footer>",
        ),
    ]);
    let told = || {
        let (_, out, err) = site.run("check --format short");
        let lines = out
            .lines()
            .filter(|line| line.contains("missing-") || line.contains("not-stated"));
        (lines.map(str::to_owned).collect::<Vec<_>>().join("\n"), err)
    };
    assert!(told().0.contains("[uk/missing-read-label]"), "{:?}", told());
    site.write("caveat.yaml", &format!("{settings}{row}"));
    assert_eq!(told().0, "", "{:?}", told());
    let (_, out, _) = site.run("exceptions");
    assert!(
        out.contains("verified: layouts/foot.html:1 makes the statement"),
        "{out}"
    );

    // none at all, and another one than the page owes
    for (foot, says) in [
        (
            "Open from nine to five.",
            "the statement `missing-statement` that caveat.yaml:5 counts on",
        ),
        (
            "Exclusively based upon longstanding use.",
            "the statement that `uk/missing-read-label` asks for, as caveat.yaml:5 counts on",
        ),
    ] {
        site.write("layouts/foot.html", &format!("<footer><p>{foot}</p></footer>"));
        let line =
            format!("layouts/foot.html:1:1: warning: This file does not make {says} [caveat/not-stated]");
        assert_eq!(told().0, line, "{:?}", told());
    }
}

#[test]
fn every_statement_can_be_looked_for_in_a_layout() {
    for (statement, says) in [
        (
            "missing-disclaimer",
            "This page is for information only and is no substitute for medical advice.",
        ),
        ("missing-consult", "Ask your doctor before treatment."),
        ("missing-results-vary", "Individual results may vary."),
        (
            "missing-fda-statement",
            "These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, \
             treat, cure, or prevent any disease.",
        ),
        (
            "missing-statement",
            "If you think you have a medical emergency, call 911 or go to the nearest emergency room.",
        ),
    ] {
        let row =
            format!("satisfied:\n  - {{paths: [content/], statements: [{statement}], by: foot.html}}\n");
        let site = Site::new(&[
            ("caveat.yaml", &*row),
            ("content/tea.md", "Our tea is calm.\n"),
            ("foot.html", says),
        ]);
        let (status, out, err) = site.run("check --format short");
        assert_eq!((status, &*out), (Some(0), ""), "{statement}: {out}{err}");
        site.write("foot.html", "Open from nine to five.");
        let (_, out, _) = site.run("check --format short");
        assert!(
            out.contains(&format!("This file does not make the statement `{statement}`")),
            "{out}"
        );
    }
}

#[test]
fn a_layout_may_include_what_makes_the_statement() {
    let site = Site::new(&[
        ("caveat.yaml", SETTINGS),
        ("content/acne.md", &page("")),
        (
            "layouts/foot.html",
            "<footer>{{ partial \"notice.html\" . }}</footer>",
        ),
        (
            "layouts/partials/notice.html",
            &format!("{{{{ partial \"foot.html\" . }}}}<p>{STATEMENT}</p>"),
        ),
    ]);
    assert_eq!(site.missing(""), []);
}

#[test]
fn a_layout_that_is_not_there_is_a_mistake() {
    let site = Site::new(&[("caveat.yaml", SETTINGS), ("content/acne.md", "Tea.\n")]);
    let (status, out, _) = site.run("check --format short");
    assert!(
        status == Some(2) && out.contains("caveat.yaml:2:80: error: There is no file `layouts/foot.html`"),
        "{out}"
    );
}

#[test]
fn rows_without_a_file_are_listed_as_unverified() {
    let site = Site::new(&[
        (
            "caveat.yaml",
            "satisfied:\n  - {paths: [content/], statements: [missing-consult], by: layouts/foot.html}\n  - {paths: \
             [content/], statements: [missing-disclaimer]}\n",
        ),
        ("content/acne.md", &page("")),
        ("layouts/foot.html", &format!("<p>{STATEMENT}</p>")),
    ]);
    assert_eq!(site.missing(""), []);
    let (status, out, err) = site.run("exceptions");
    assert_eq!(status, Some(0), "{out}{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[1].contains("caveat.yaml:2")
            && lines[1].contains("verified: layouts/foot.html:1 makes the statement"),
        "{out}"
    );
    assert!(
        lines[2].contains("caveat.yaml:3")
            && lines[2].contains("unverified: no file is named that makes the statement"),
        "{out}"
    );
}

#[test]
fn what_a_page_includes_is_followed() {
    for (end, file, text) in [
        (
            "{% include disclaimer.html %}",
            "_includes/disclaimer.html",
            "<p>STATEMENT</p>",
        ),
        (
            "{{< disclaimer >}}",
            "layouts/shortcodes/disclaimer.html",
            "<p>STATEMENT</p>",
        ),
        (
            "<MedicalDisclaimer />",
            "src/components/MedicalDisclaimer.tsx",
            "export default () => <p>STATEMENT</p>",
        ),
        (
            "{% render 'notice' %}",
            "snippets/notice.liquid",
            "<p>STATEMENT</p>",
        ),
    ] {
        let site = Site::new(&[
            (".git/HEAD", ""),
            ("content/acne.md", &page(end)),
            (file, &text.replace("STATEMENT", STATEMENT)),
        ]);
        assert_eq!(site.missing("content"), [], "{end}");
        let (_, out, _) = site.run("check content --format short --show-silenced");
        assert!(out.contains(&format!("silenced by included ({file}:1)")), "{out}");
        site.write(file, "<p>Open from nine to five.</p>");
        assert_ne!(site.missing("content"), [], "{end}");
        site.write(file, &text.replace("STATEMENT", STATEMENT));
        site.write("content/acne.md", &page(&format!("<!-- {end} -->")));
        assert_ne!(site.missing("content"), [], "{end}");
    }
}

#[test]
fn a_component_owes_what_documents_owe_where_it_is_one() {
    let long = page("").replace("\n\n", "</p><p>").replace("# ", "");
    let short = long.replace("The clinic opens at nine and closes at five.</p><p>", "");
    let component = |text: &str| format!("export default () => <main><p>{text}</p></main>\n");
    for (file, text, owes) in [
        ("src/components/Hero.tsx", &long, true),
        ("src/components/Hero.tsx", &short, false),
        ("src/pages/acne.tsx", &long, true),
    ] {
        let site = Site::new(&[(file, &component(text))]);
        assert_eq!(
            !site.missing("").is_empty(),
            owes,
            "{file} of {} bytes",
            text.len()
        );
    }
    let parts = Site::new(&[
        ("caveat.yaml", "partials: [src/components/]\n"),
        ("src/components/Hero.tsx", &component(&long)),
    ]);
    assert_eq!(parts.missing(""), []);
}
