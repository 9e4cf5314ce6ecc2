//! Whatever a draft holds, reading it ends soon, takes little, and says what is wrong.

use super::package::{MOST, document, draft, fixtures, parts, zipped};
use caveat::draft;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Far more than any of these takes, in a program that is not optimised and on a busy machine.
const SOON: Duration = Duration::from_secs(30);

fn why(bytes: &[u8]) -> String {
    draft::read(bytes, MOST).unwrap_err().to_string()
}

const TOP: (&str, &str) = (
    "_rels/.rels",
    "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
);

#[test]
fn a_zip_bomb_is_told_and_not_unpacked() {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    out.start_file(TOP.0, options).unwrap();
    out.write_all(TOP.1.as_bytes()).unwrap();
    out.start_file("word/document.xml", options).unwrap();
    let spaces = vec![b' '; 1 << 20];
    (0..200).for_each(|_| out.write_all(&spaces).unwrap());
    let bomb = out.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let start = Instant::now();
    assert!(
        why(&bomb).contains("unpacks to more than 64 MB"),
        "{}",
        why(&bomb)
    );
    assert!(start.elapsed() < SOON);
}

#[test]
fn parts_count_together() {
    let header = "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"
        .to_owned()
        + &" ".repeat(1 << 16);
    let names: Vec<String> = (0..40).map(|n| format!("word/header{n}.xml")).collect();
    let relations: String = (0..40)
        .map(|n| format!("<Relationship Id=\"h{n}\" Type=\"x/header\" Target=\"header{n}.xml\"/>"))
        .collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let references: String = (0..40)
        .map(|n| format!("<w:headerReference r:id=\"h{n}\"/>"))
        .collect();
    let mut more: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), header.as_str()))
        .collect();
    more.push(("word/_rels/document.xml.rels", &relations));
    let bytes = draft(&format!("<w:p/><w:sectPr>{references}</w:sectPr>"), &more);
    assert!(draft::read(&bytes, 4 << 20).is_ok());
    assert!(
        draft::read(&bytes, 1 << 20)
            .unwrap_err()
            .to_string()
            .contains("more than 1 MB")
    );
}

#[test]
fn entities_and_document_types_are_refused() {
    let bomb = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned()
        + &document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>");
    let file = document("<w:p/>").replace(
        "<w:document",
        "<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><w:document",
    );
    for xml in [&bomb, &file] {
        let told = why(&zipped(&[TOP, ("word/document.xml", xml)]));
        assert!(
            told.contains("`word/document.xml` in this draft declares a document type"),
            "{told}"
        );
    }
    let unknown = why(&draft("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", &[]));
    assert!(
        unknown.contains("names an entity that XML does not know"),
        "{unknown}"
    );
}

#[test]
fn what_is_no_draft_is_told_in_clear_words() {
    let broken = zipped(&[TOP, ("word/document.xml", "<w:document><w:body></w:p>")]);
    assert!(
        why(&broken).contains("`word/document.xml` in this draft is no XML"),
        "{}",
        why(&broken)
    );
    assert!(why(&broken).ends_with("open it in Word or LibreOffice and save it anew"));
    assert!(why(b"It cures gout.").contains("no Word draft"));
    assert!(why(b"").contains("no Word draft"));
    assert!(why(&zipped(&[("a.txt", "x")])).contains("package of another program"));
    assert!(why(&zipped(&[TOP])).contains("package of another program"));
    let sheet = zipped(&[
        TOP,
        (
            "word/document.xml",
            "<workbook xmlns=\"x\"><t>It cures gout.</t></workbook>",
        ),
    ]);
    assert!(why(&sheet).contains("package of another program"));
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 It cures gout.";
    assert!(why(old).contains("(.doc)"));
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    assert!(why(&[&old[..], &name].concat()).contains("protected by a password"));
    let half = &draft("<w:p/>", &[])[..200];
    assert!(why(half).contains("damaged"), "{}", why(half));
}

#[test]
fn a_million_runs_end_soon() {
    let start = Instant::now();
    let runs = "<w:r><w:t>a</w:t></w:r>".repeat(1_000_000);
    let (text, _) = draft::read(&draft(&format!("<w:p>{runs}</w:p>"), &[]), MOST).unwrap();
    assert_eq!(text.len(), 1_000_001);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn depth_ends_soon() {
    let start = Instant::now();
    for (open, close) in [
        ("<w:p>", "</w:p>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        (
            "<w:p><w:r><w:pict><w:txbxContent>",
            "</w:txbxContent></w:pict></w:r></w:p>",
        ),
        ("<w:ins>", "</w:ins>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:hyperlink w:anchor=\"a\">", "</w:hyperlink>"),
    ] {
        let deep = open.repeat(100_000) + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + &close.repeat(100_000);
        assert!(draft::read(&draft(&deep, &[]), MOST).is_ok(), "{open}");
    }
    let fields = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(100_000);
    assert!(draft::read(&draft(&format!("<w:p>{fields}</w:p>"), &[]), MOST).is_ok());
    let marks = "<w:hyperlink w:anchor=\"a\"><w:r><w:rPr><w:b/></w:rPr><w:t>x </w:t></w:r></w:hyperlink>"
        .repeat(50_000);
    assert!(draft::read(&draft(&format!("<w:p>{marks}</w:p>"), &[]), MOST).is_ok());
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn styles_in_a_circle_end() {
    let relations =
        "<Relationships><Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
    let styles = "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
        <w:style w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style><w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style></w:styles>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let bytes = draft(
        body,
        &[
            ("word/_rels/document.xml.rels", relations),
            ("word/styles.xml", styles),
        ],
    );
    assert_eq!(draft::read(&bytes, MOST).unwrap().0, "x\n");
}

#[test]
fn what_lies_outside_of_the_package_is_not_read() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), "<w:hdr>It cures gout.</w:hdr>").unwrap();
    let address = outside.path().display();
    let relations = format!(
        "<Relationships><Relationship Id=\"h\" Type=\"x/header\" Target=\"file://{address}\" TargetMode=\"External\"/>\
         <Relationship Id=\"f\" Type=\"x/footnotes\" Target=\"http://127.0.0.1:9/notes.xml\" TargetMode=\"External\"/>\
         <Relationship Id=\"s\" Type=\"x/styles\" Target=\"../../../..{address}\"/></Relationships>"
    );
    let body = "<w:p><w:r><w:t>x</w:t></w:r></w:p><w:sectPr><w:headerReference w:id=\"h\"/></w:sectPr>";
    let bytes = draft(body, &[("word/_rels/document.xml.rels", &relations)]);
    assert_eq!(draft::read(&bytes, MOST).unwrap().0, "x\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Spoilt bytes, in the zip and in its parts, are read or refused, and annotated or refused.
    #[test]
    fn spoilt_drafts_do_no_harm(which in any::<prop::sample::Index>(), spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), inside in any::<bool>()) {
        let paths = fixtures();
        let bytes = std::fs::read(&paths[which.index(paths.len())]).unwrap();
        let mut spoilt = bytes.clone();
        if inside {
            let mut known = parts(&bytes);
            for (spot, byte) in &spots {
                let count = known.len();
                let part = &mut known[usize::from(*byte) % count].1;
                let at = spot.index(part.len());
                part[at] = *byte & 0x7f;
            }
            let texts: Vec<(String, String)> = known.into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect();
            spoilt = zipped(&texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
        } else {
            for (spot, byte) in &spots {
                let at = spot.index(spoilt.len());
                spoilt[at] = *byte;
            }
        }
        if let Ok((text, _)) = draft::read(&spoilt, MOST) {
            let end = text.len().min(9);
            let span = caveat::text::Span::of(0..text.floor_char_boundary(end));
            let _ = draft::annotate(&spoilt, &[draft::Note { span, lines: vec!["Error: x".into()] }], MOST);
        }
    }
}
