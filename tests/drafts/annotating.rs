//! Comments stand on the very words, and nothing else of a draft changes.

use super::package::{MOST, Seen, comments, draft, escaped, fixtures, part, parts};
use super::reading::judged;
use caveat::draft::{self, Note};
use caveat::report::margin;
use caveat::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The parts that may change; all others stay byte for byte.
const CHANGED: [&str; 4] = [
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
];

fn notes(findings: &[(Span<caveat::text::Source>, Vec<String>)]) -> Vec<Note> {
    findings
        .iter()
        .cloned()
        .map(|(span, lines)| Note { span, lines })
        .collect()
}

fn ours(bytes: &[u8]) -> Vec<Seen> {
    comments(bytes)
        .into_iter()
        .filter(|seen| seen.author == "caveat")
        .collect()
}

fn others(bytes: &[u8]) -> Vec<Seen> {
    comments(bytes)
        .into_iter()
        .filter(|seen| seen.author != "caveat")
        .collect()
}

/// What a reader of the draft reads.
fn text(bytes: &[u8]) -> String {
    draft::read(bytes, MOST).unwrap().0
}

#[test]
fn each_finding_of_a_draft_is_a_comment_on_its_words() {
    for path in fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let outcome = judged(&path);
        let findings: Vec<_> = outcome
            .findings
            .iter()
            .map(|judgement| &judgement.finding)
            .collect();
        let said: Vec<_> = findings
            .iter()
            .map(|finding| (finding.span, margin(finding)))
            .collect();
        let out = draft::annotate(&bytes, &notes(&said), MOST).unwrap();
        let seen = ours(&out);
        assert_eq!(seen.len(), findings.len(), "{path:?}");
        for (seen, finding) in seen.iter().zip(&findings) {
            let words = finding.file.as_ref().unwrap().slice(finding.span);
            let severity = seen.lines[0].split(':').next().unwrap().to_lowercase();
            assert_eq!(severity, finding.severity().name());
            if seen.words.as_deref() != Some(words) {
                // It stands beside them, and says which they are.
                let short: Vec<&str> = words.split_whitespace().collect();
                assert!(
                    seen.lines[1].starts_with("On “") && seen.lines[1].contains(&short.join(" ")),
                    "{path:?} {seen:?} {words:?}"
                );
            }
        }
        assert_eq!(text(&out), text(&bytes), "{path:?}");
        assert_eq!(others(&out), others(&bytes), "{path:?}");
        let before = parts(&bytes);
        for (name, bytes) in parts(&out) {
            let known = before.iter().find(|(known, _)| *known == name);
            assert!(
                known.is_some_and(|(_, known)| *known == bytes) || CHANGED.contains(&name.as_str()),
                "{path:?} {name}"
            );
        }
        // A second round changes nothing, and without findings they take their comments with them.
        assert!(
            draft::annotate(&out, &notes(&said), MOST).unwrap() == out,
            "{path:?}"
        );
        let gone = draft::annotate(&out, &[], MOST).unwrap();
        assert_eq!((ours(&gone).len(), others(&gone)), (0, others(&bytes)));
    }
}

#[test]
fn words_that_comments_may_not_stand_on_are_told() {
    let of = |name: &str| {
        let path = fixtures()
            .into_iter()
            .find(|path| path.file_stem().unwrap() == name)
            .unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let outcome = judged(&path);
        let said: Vec<_> = outcome
            .findings
            .iter()
            .map(|judgement| (judgement.finding.span, margin(&judgement.finding)))
            .collect();
        let out = draft::annotate(&bytes, &notes(&said), MOST).unwrap();
        ours(&out)
            .into_iter()
            .map(|seen| (seen.words, seen.lines[1].clone()))
            .filter(|(_, line)| line.starts_with("On "))
            .collect::<Vec<_>>()
    };
    let has = |told: &[(Option<String>, String)], word: &str, place: &str| {
        assert!(
            told.iter()
                .any(|(_, line)| line.contains(word) && line.contains(place)),
            "{told:?}"
        );
    };
    has(&of("footnotes"), "heart disease", "paragraph 2 of the footnotes");
    has(
        &of("around-the-page"),
        "prevents the flu",
        "paragraph 1 of a header",
    );
    has(&of("text-box"), "arthritis", "paragraph 3");
    has(&of("pictures"), "migraine", "paragraph 2");
    has(&of("properties"), "insomnia", "the file's properties");
}

#[test]
fn a_control_of_plain_text_is_commented_as_a_whole() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let control = |kind: &str, inner: &str| {
        format!("<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    let seen = |body: &str| {
        let bytes = draft(body, &[]);
        let at = text(&bytes).find("gout").unwrap();
        let note = Note {
            span: Span::of(at..at + 4),
            lines: vec!["Error: no.".into()],
        };
        let out = draft::annotate(&bytes, std::slice::from_ref(&note), MOST).unwrap();
        assert!(draft::annotate(&out, &[note], MOST).unwrap() == out);
        let seen = ours(&out).remove(0);
        (seen.words, seen.lines.get(1).cloned())
    };
    let told = || Some("On “gout” (paragraph 1).".to_owned());
    let inline = |kind: &str| format!("<w:p>{}{}</w:p>", run("It "), control(kind, &run("cures gout")));
    assert_eq!(seen(&inline("<w:text/>")), (Some("cures gout".into()), told()));
    assert_eq!(seen(&inline("<w:richText/>")), (Some("gout".into()), None));
    let around = |kind: &str| control(kind, &format!("<w:p>{}</w:p>", run("It cures gout")));
    assert_eq!(seen(&(around("<w:text/>") + "<w:p/>")), (None, told()));
    let behind = format!("<w:p>{}</w:p>{}", run("Read on."), around("<w:text/>"));
    let second = Some("On “gout” (paragraph 2).".to_owned());
    assert_eq!(seen(&behind), (Some("Read on.".into()), second));
    assert_eq!(seen(&around("<w:richText/>")), (Some("gout".into()), None));
}

#[test]
fn only_marks_are_added_to_a_body() {
    let body = "<w:p w:rsidR=\"1\"><w:r w:rsidR=\"2\"><w:rPr><w:i/></w:rPr><w:t>It cures gout &amp; more.</w:t></w:r></w:p>";
    let bytes = draft(body, &[]);
    let at = text(&bytes).find("gout").unwrap();
    let span = Span::of(at..at + "gout & more".len());
    let out = draft::annotate(
        &bytes,
        &[Note {
            span,
            lines: vec!["Error: no.".into()],
        }],
        MOST,
    )
    .unwrap();
    let open = "<w:r w:rsidR=\"2\"><w:rPr><w:i/></w:rPr>";
    let expected = format!(
        "<w:p w:rsidR=\"1\">{open}<w:t xml:space=\"preserve\">It cures </w:t></w:r><w:commentRangeStart w:id=\"1\"/>\
         {open}<w:t xml:space=\"preserve\">gout &amp; more</w:t></w:r><w:commentRangeEnd w:id=\"1\"/>\
         <w:r><w:commentReference w:id=\"1\"/></w:r>{open}<w:t xml:space=\"preserve\">.</w:t></w:r></w:p>"
    );
    assert_eq!(
        part(&out, "word/document.xml"),
        super::package::document(&expected)
    );
    assert!(part(&out, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&out, "word/_rels/document.xml.rels").contains("relationships/comments"));
}

/// Pieces that runs are made of: text, and elements that stand for a character.
fn run() -> impl Strategy<Value = String> {
    let text = select(
        &[
            "cure",
            "gout",
            " ",
            "  a ",
            "caf\u{e9}",
            "\u{201c}tea\u{201d}",
            "it\u{2019}s",
            "&",
            "<b>",
            "\u{1f375}",
            ".",
            "s",
        ][..],
    );
    let child = prop_oneof![
        8 => vec(text, 0..4).prop_map(|words| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(&words.concat()))),
        1 => Just("<w:tab/>".to_owned()),
        1 => Just("<w:br/>".to_owned()),
        1 => Just("<w:t/>".to_owned()),
        1 => Just("<w:lastRenderedPageBreak/>".to_owned()),
        1 => Just("<w:softHyphen/>".to_owned()),
    ];
    let props = select(
        &[
            "",
            "<w:rPr><w:b/></w:rPr>",
            "<w:rPr><w:lang w:val=\"en-US\"/></w:rPr>",
        ][..],
    );
    (props, vec(child, 0..4)).prop_map(|(props, children)| format!("<w:r>{props}{}</w:r>", children.concat()))
}

fn paragraph() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        10 => run(),
        1 => run().prop_map(|run| format!("<w:ins w:id=\"7\" w:author=\"B\">{run}</w:ins>")),
        1 => Just("<w:del w:id=\"8\" w:author=\"B\"><w:r><w:delText>gone</w:delText></w:r></w:del>".to_owned()),
        1 => run().prop_map(|run| format!("<w:hyperlink w:anchor=\"x\">{run}</w:hyperlink>")),
        1 => Just("<w:bookmarkStart w:id=\"3\" w:name=\"x\"/>".to_owned()),
        1 => run().prop_map(|run| format!("<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>")),
    ];
    vec(piece, 0..8).prop_map(|pieces| format!("<w:p>{}</w:p>", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// However Word has cut the runs, a comment's range is exactly the words, and a second round changes nothing.
    #[test]
    fn a_comment_stands_on_exactly_the_words(
        paragraphs in vec(paragraph(), 1..5),
        places in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        let bytes = draft(&paragraphs.concat(), &[]);
        let (text, draft) = draft::read(&bytes, MOST).unwrap();
        // Words of one paragraph, cut anywhere between two characters; of lines that say nothing no finding speaks.
        let spans: Vec<Span<caveat::text::Source>> = places.iter().filter_map(|(first, second)| {
            let paragraph = draft.paragraphs.get(first.index(draft.paragraphs.len().max(1)))?;
            let words = paragraph.span.slice(&text);
            let borders: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
            let from = first.index(borders.len() - 1);
            let to = from + 1 + second.index(borders.len() - 1 - from);
            let start = paragraph.span.start as usize;
            Some(Span::of(start + borders[from]..start + borders[to]))
        }).collect();
        let said: Vec<Note> = spans.iter().map(|span| Note { span: *span, lines: vec!["Error: <no> & no.".into()] }).collect();
        let out = draft::annotate(&bytes, &said, MOST).unwrap();
        let seen = ours(&out);
        prop_assert_eq!(seen.len(), spans.len());
        for (seen, span) in seen.iter().zip(&spans) {
            prop_assert_eq!(seen.words.as_deref(), Some(span.slice(&text)));
            prop_assert_eq!(&seen.lines, &["Error: <no> & no."]);
        }
        let again = draft::read(&out, MOST).unwrap();
        prop_assert_eq!(&again.0, &text);
        prop_assert!(draft::annotate(&out, &said, MOST).unwrap() == out);
        // Fewer findings leave fewer comments, on the same words.
        let few = &said[..said.len().min(1)];
        let fewer = draft::annotate(&out, few, MOST).unwrap();
        prop_assert_eq!(ours(&fewer), ours(&draft::annotate(&bytes, few, MOST).unwrap()));
    }
}
