//! Packages for the tests: made of parts, and taken apart again.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const MOST: u64 = 64 << 20;

const TOP: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// The drafts of `fixtures/word`.
pub(super) fn fixtures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/word");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut drafts: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|ending| ending != "md"))
        .collect();
    drafts.sort();
    assert!(drafts.len() >= 20);
    drafts
}

/// A zip of these parts.
pub(super) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        out.start_file(*name, options).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The XML of a body.
pub(super) fn document(body: &str) -> String {
    format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
}

/// A draft with this body and these other parts.
pub(super) fn draft(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut parts = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TOP),
        ("word/document.xml", &document),
    ];
    parts.extend(more);
    zipped(&parts)
}

/// The parts of a package, in order.
pub(super) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let of = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len())
        .map(of)
        .collect()
}

/// A part of a package as text.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name} is not there")).1).unwrap()
}

/// A comment as a reader of the draft sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) author: String,
    /// Its paragraphs.
    pub(super) lines: Vec<String>,
    /// The words that it stands on; none where it has a place and no words.
    pub(super) words: Option<String>,
}

/// The comments of a draft, with the words between their marks.
pub(super) fn comments(bytes: &[u8]) -> Vec<Seen> {
    let names: Vec<String> = parts(bytes).into_iter().map(|(name, _)| name).collect();
    if !names.iter().any(|name| name == "word/comments.xml") {
        return Vec::new();
    }
    let (body, comments) = (part(bytes, "word/document.xml"), part(bytes, "word/comments.xml"));
    let body = roxmltree::Document::parse(&body).unwrap();
    let comments = roxmltree::Document::parse(&comments).unwrap();
    let own = |node: roxmltree::Node<'_, '_>, name: &str| node.has_tag_name((WORD, name));
    let all = comments
        .root_element()
        .children()
        .filter(|node| own(*node, "comment"));
    all.map(|comment| {
        let id = comment.attribute((WORD, "id")).unwrap();
        let lines = comment
            .descendants()
            .filter(|node| own(*node, "p"))
            .map(said)
            .collect();
        Seen {
            author: comment.attribute((WORD, "author")).unwrap().to_owned(),
            lines,
            words: words(&body, id),
        }
    })
    .collect()
}

/// What a reader sees of an element.
fn said(node: roxmltree::Node<'_, '_>) -> String {
    let mut out = String::new();
    node.descendants().for_each(|node| say(node, &mut out));
    out
}

fn say(node: roxmltree::Node<'_, '_>, out: &mut String) {
    let gone = node.ancestors().any(|above| {
        let name = above.tag_name().name();
        above.tag_name().namespace() == Some(WORD) && matches!(name, "del" | "moveFrom" | "txbxContent")
    });
    let text = node.is_text()
        && node
            .parent()
            .is_some_and(|parent| parent.has_tag_name((WORD, "t")));
    match node.tag_name().name() {
        _ if gone => {}
        _ if text => out.push_str(node.text().unwrap_or_default()),
        "tab"
            if node
                .parent_element()
                .is_some_and(|parent| parent.has_tag_name((WORD, "r"))) =>
        {
            out.push('\t')
        }
        "br" => out.push('\n'),
        "noBreakHyphen" => out.push('\u{2011}'),
        "softHyphen" => out.push('\u{ad}'),
        _ => {}
    }
}

/// The words between the marks of a comment.
fn words(body: &roxmltree::Document<'_>, id: &str) -> Option<String> {
    let mut out = None::<String>;
    for node in body.descendants() {
        let mark = |name| node.has_tag_name((WORD, name)) && node.attribute((WORD, "id")) == Some(id);
        if mark("commentRangeStart") {
            out = Some(String::new());
        } else if mark("commentRangeEnd") {
            return out;
        } else if let Some(out) = &mut out {
            if node.has_tag_name((WORD, "p")) {
                out.push('\n');
            }
            say(node, out);
        }
    }
    assert!(out.is_none(), "a comment that begins and does not end");
    None
}

/// Escapes text for XML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            'é' => write!(out, "&#{};", u32::from(c)).unwrap(),
            c => out.push(c),
        }
    }
    out
}
