//! What a draft says is found as in the same text in Markdown.

use super::package::{MOST, draft, fixtures};
use caveat::config::Settings;
use caveat::draft;
use caveat::extract::format_of;
use caveat::session::{self, Input, Job, Library, Outcome};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// Judges a file.
pub(super) fn judged(path: &Path) -> Outcome {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let job = Job {
        input: Input::Path(path.to_owned()),
        format: format_of(&name).unwrap(),
        shown: name,
        named: true,
        settings: Arc::new(Settings::defaults(PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/fixtures/word"
        )))),
    };
    session::run(
        &[job],
        &Library::new(jiff::civil::date(2026, 11, 23)),
        Some(1),
        &AtomicUsize::new(0),
    )
}

/// What is found: rule, severity, what silences it, and the letters that it stands on.
fn found(path: &Path) -> Vec<(String, String, Option<String>, String)> {
    let outcome = judged(path);
    assert!(
        outcome.unjudged.is_empty(),
        "{path:?} is not judged: {:?}",
        outcome.findings
    );
    let told = outcome.findings.iter().map(|judgement| {
        let finding = &judgement.finding;
        let words = finding.file.as_ref().map_or("", |file| file.slice(finding.span));
        (
            finding.rule().name.clone(),
            finding.severity().to_string(),
            finding.silenced.as_ref().map(|silence| silence.guard.clone()),
            words.chars().filter(|c| c.is_alphanumeric()).collect(),
        )
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

#[test]
fn every_draft_is_judged_as_its_text_in_markdown() {
    let mut wrong = Vec::new();
    for path in fixtures() {
        let (word, markdown) = (found(&path), found(&path.with_extension("md")));
        assert!(
            !word.is_empty() || !markdown.is_empty(),
            "{path:?} is a draft in which something is found"
        );
        if word != markdown {
            wrong.push(format!(
                "{}\n  word     {word:?}\n  markdown {markdown:?}",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_is_a_paragraph_and_places_say_which() {
    let body = "<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p/>\
        <w:p><w:r><w:lastRenderedPageBreak/><w:t>Three</w:t><w:br/><w:t>goes on</w:t><w:lastRenderedPageBreak/><w:t> here.</w:t></w:r></w:p>";
    let (text, draft) = draft::read(&draft(body, &[]), MOST).unwrap();
    assert_eq!(text, "One.\n\nThree\ngoes on here.\n");
    let place = |words: &str| draft.place(text.find(words).unwrap() as u32).unwrap().to_string();
    assert_eq!(place("One"), "paragraph 1, page 1");
    assert_eq!(place("goes"), "paragraph 3, page 2");
    assert_eq!(place("here"), "paragraph 3, page 3");
}

#[test]
fn a_file_that_says_nothing_of_pages_has_none() {
    let (_, draft) = draft::read(&draft("<w:p><w:r><w:t>One.</w:t></w:r></w:p>", &[]), MOST).unwrap();
    let place = draft.place(0).unwrap();
    assert_eq!(
        (place.part, place.paragraph, place.page),
        ("word/document.xml", 1, None)
    );
}

#[test]
fn names_of_elements_may_have_any_prefix() {
    let body = "<w:p><w:r><w:t>It cures gout.</w:t></w:r></w:p>";
    let document = super::package::document(body);
    for (from, to) in [("w:", "ns0:"), ("w:", "")] {
        let xml = document.replace("xmlns:w=", if to.is_empty() { "xmlns=" } else { "xmlns:ns0=" });
        let xml = xml
            .replace(&format!("<{from}"), &format!("<{to}"))
            .replace(&format!("</{from}"), &format!("</{to}"));
        let bytes = super::package::zipped(&[
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"/word/document.xml\"/></Relationships>",
            ),
            ("word/document.xml", &xml),
        ]);
        assert_eq!(draft::read(&bytes, MOST).unwrap().0, "It cures gout.\n", "{xml}");
    }
}

#[test]
fn a_draft_in_another_language_is_said_to_be_unchecked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kurz.docx");
    let run = |text: &str| {
        format!("<w:p><w:r><w:rPr><w:lang w:val=\"de-DE\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    std::fs::write(&path, draft(&run("Kapseln gegen Gicht"), &[])).unwrap();
    let outcome = judged(&path);
    let [(name, why)] = outcome.unchecked.as_slice() else {
        panic!("{:?}", outcome.unchecked);
    };
    assert_eq!((&**name, &*why.because), ("kurz.docx", "the copy is in German"));
    // What is plainly English is, whatever the draft is marked as.
    std::fs::write(
        &path,
        draft(
            &run("This supplement cures gout, and it is made of the best herbs."),
            &[],
        ),
    )
    .unwrap();
    let outcome = judged(&path);
    assert!(outcome.unchecked.is_empty() && !outcome.findings.is_empty());
}
