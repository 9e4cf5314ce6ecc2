//! Tests of finding front matter and choosing its prose.

use super::fence::{self, Found, Language};
use crate::data::{Entry, Node, Value};
use crate::document::BlockKind;
use crate::extract::testing::read;
use crate::extract::{Keys, keys};
use crate::source::SourceFile;
use crate::text::Span;
use std::sync::Arc;

#[test]
fn the_fences() {
    let found = |text: &str| match fence::find(text, 0) {
        Found::Whole {
            language,
            content,
            body,
            ..
        } => Some((language, text[content].to_owned(), text[body..].to_owned())),
        _ => None,
    };
    let whole = |language, content: &str| Some((language, content.to_owned(), "x".to_owned()));
    assert_eq!(found("---\na: b\n---\nx"), whole(Language::Yaml, "a: b\n"));
    assert_eq!(
        found("---\r\na: b\r\n---\r\nx"),
        whole(Language::Yaml, "a: b\r\n")
    );
    assert_eq!(found("+++\na = 1\n+++\nx"), whole(Language::Toml, "a = 1\n"));
    assert_eq!(
        found("{\n\"a\": 1\n}\nx"),
        whole(Language::Json, "{\n\"a\": 1\n}\n")
    );
    assert_eq!(found("{{ a }}\nx"), None);
    assert_eq!(found("a\n---\nb"), None);
}

#[test]
fn front_matter_without_an_end_is_a_mistake_and_a_rule_is_none() {
    let extract = |text: &str| {
        let file = Arc::new(SourceFile::new("a.md", text));
        crate::extract::markdown::extract(&file, &Keys::default())
    };
    let broken = extract("---\ntitle: Tea\n\nCalm rest\n");
    assert_eq!(broken.mistakes.len(), 1);
    assert_eq!(broken.mistakes[0].span.range(), 0..3);
    assert!(!broken.document.blocks.is_empty());
    let rule = extract("---\n\nCalm rest for you\n");
    assert!(rule.mistakes.is_empty());
    assert_eq!(rule.document.blocks[0].prose.text(), "Calm rest for you");
}

#[test]
fn quoted_strings_need_no_indent_and_keep_their_places() {
    for (quote, escaped) in [('"', "\\\""), ('\'', "''")] {
        let text = format!(
            "---\ntitle: Tea\nsummary: {quote}Calm {escaped}rest<br>\n**each** night\n\nfor you{quote}\nsubtitle: Good night\n---\nBody\n"
        );
        let file = Arc::new(SourceFile::new("a.md", text.as_str()));
        let read = crate::extract::markdown::extract(&file, &Keys::default());
        assert!(read.mistakes.is_empty() && read.tolerated.is_empty(), "{quote}");
        let prose: Vec<&str> = read
            .document
            .blocks
            .iter()
            .map(|block| block.prose.text())
            .collect();
        assert!(
            prose.contains(&"Good night") && prose.contains(&"Body"),
            "{prose:?}"
        );
        let each = read
            .document
            .blocks
            .iter()
            .find(|block| block.prose.text().contains("each"))
            .unwrap();
        let at = each.prose.text().find("each").unwrap() as u32;
        assert_eq!(each.prose.origin(Span::new(at, at + 4)).slice(&text), "each");
    }
}

#[test]
fn what_costs_nothing_is_tolerated_and_what_is_lost_is_a_mistake() {
    let read = |text: &str| {
        let file = Arc::new(SourceFile::new("a.md", text));
        let read = crate::extract::markdown::extract(&file, &Keys::default());
        (read.mistakes.len(), read.tolerated.len())
    };
    assert_eq!(read("---\ntitle: One\ntitle: Two\n---\nBody\n"), (0, 1));
    assert_eq!(read("---\ntitle: One\nlist: [a\nmore: x\n---\nBody\n"), (1, 0));
    assert_eq!(read("---\ntitle: \"One\nsubtitle: Two\n---\nBody\n"), (1, 0));
}

#[test]
fn the_body_begins_after_it() {
    let document = read("a.md", "\u{feff}---\ndate: 2026-01-01\n---\nCalm");
    let last = document.blocks.last().expect("the body");
    assert_eq!(last.prose.text(), "Calm");
    assert_eq!(document.file.slice(last.prose.origin(last.prose.span())), "Calm");
}

/// A mapping of keys to the texts that stand in a source.
fn mapping(source: &str, entries: &[(&str, &str)]) -> Node {
    let place = |text: &str| {
        let at = source.find(text).expect("the text");
        Span::of(at..at + text.len())
    };
    let entries = entries.iter().map(|(key, text)| Entry {
        key: (*key).to_owned().into(),
        key_span: Span::empty(0),
        node: Node {
            span: place(text),
            value: Value::Text((*text).to_owned().into()),
        },
    });
    Node {
        span: Span::of(0..source.len()),
        value: Value::Map(entries.collect()),
    }
}

#[test]
fn strings_are_read_as_markdown_with_exact_places() {
    let source = "title: Calm *tea*\nslug: a-b\nbody: One <b>two</b> &amp; **three**<br><br>four\n";
    let root = mapping(
        source,
        &[
            ("title", "Calm *tea*"),
            ("slug", "a-b"),
            ("body", "One <b>two</b> &amp; **three**<br><br>four"),
        ],
    );
    let blocks = super::blocks(&root, source, &Keys::default());
    let seen: Vec<_> = blocks
        .iter()
        .map(|block| (block.kind.clone(), block.key.as_deref(), block.prose.text()))
        .collect();
    let body = Some("body");
    assert_eq!(
        seen,
        [
            (BlockKind::Title, Some("title"), "Calm tea"),
            (BlockKind::FrontMatter, body, "One two & three"),
            (BlockKind::FrontMatter, body, "four")
        ]
    );
    assert_eq!(
        blocks[1].prose.origin(Span::new(4, 15)).slice(source),
        "two</b> &amp; **three"
    );
}

#[test]
fn titles_and_descriptions() {
    assert_eq!(keys::in_front_matter("title"), BlockKind::Title);
    assert_eq!(keys::in_front_matter("seo.title"), BlockKind::Title);
    assert_eq!(keys::in_front_matter("meta_description"), BlockKind::Meta);
    assert_eq!(keys::in_front_matter("excerpt"), BlockKind::Meta);
    assert_eq!(keys::in_front_matter("faq.0.title"), BlockKind::FrontMatter);
}

#[test]
fn front_matter_is_the_page_of_a_file_that_holds_nothing_else() {
    let kinds = |text: &str| {
        let file = Arc::new(SourceFile::new("a.md", text));
        let blocks = crate::extract::markdown::extract(&file, &Keys::default())
            .document
            .blocks;
        let scopes = blocks.iter().map(|block| block.kind.scope());
        scopes.collect::<Vec<_>>()
    };
    let prose = "Warm stones rest on the back for an hour, and the muscles beside the spine let go bit by bit while \
        rain falls on the roof and the kettle sings next door.";
    let matter = format!("---\ntitle: Stones\nbutton: Book now\nlead: {prose}\n---\n");
    assert_eq!(kinds(&matter), ["title", "paragraph", "paragraph"]);
    assert_eq!(
        kinds(&format!("{matter}\nWith tea.\n")),
        ["title", "front-matter", "front-matter", "paragraph"]
    );
    // what is told at length is a part of the page
    let parts = format!("---\ntitle: Stones\nlead: {prose}\nend: {prose}\n---\nWith tea.\n");
    assert_eq!(kinds(&parts), ["title", "paragraph", "paragraph", "paragraph"]);
    // names and labels make no page
    let labels = "Book now\n".repeat(20);
    let list: String = labels.lines().map(|label| format!("  - {label}\n")).collect();
    assert!(!kinds(&format!("---\nlabels:\n{list}---\n")).contains(&"paragraph"));
}

#[test]
fn front_matter_that_a_template_writes_is_read_but_for_its_tags() {
    let text = "---\ntitle: \"{{ replace .Name \"-\" \" \" | title }} and calm\"\ndate: {{ .Date }}\n{{ if .Site.x }}\n\
                summary: {{ .Who }} can't do without tea{% if x %} at night{% endif %}\n{{ end }}\n---\nBody\n";
    let file = Arc::new(SourceFile::new("a.md", text));
    let read = crate::extract::markdown::extract(&file, &Keys::default());
    assert!(read.mistakes.is_empty() && read.tolerated.is_empty());
    let blocks = &read.document.blocks;
    let prose: Vec<&str> = blocks.iter().map(|block| block.prose.text()).collect();
    assert_eq!(
        prose,
        [
            "\u{fffc} and calm",
            "\u{fffc} can't do without tea at night",
            "Body"
        ]
    );
    crate::extract::testing::check_places(&read.document);
    let broken = "---\ntitle: {{ .Name }}\nsummary: [\n---\nBody\n";
    let file = Arc::new(SourceFile::new("a.md", broken));
    assert_eq!(
        crate::extract::markdown::extract(&file, &Keys::default())
            .mistakes
            .len(),
        1
    );
}
