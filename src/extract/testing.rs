//! Owns what the tests of every format share: reading a literal, showing its blocks, and checking their places.

use super::format_of;
use crate::document::Document;
use crate::source::SourceFile;
use crate::text::RunKind;
use std::sync::Arc;

/// The document of a text under a name.
pub(super) fn read(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    let format = format_of(name).expect("a known format");
    (format.extract)(&file).document
}

/// Every block as `scope: prose`.
pub(super) fn shown(name: &str, text: &str) -> Vec<String> {
    let document = read(name, text);
    check_places(&document);
    document
        .blocks
        .iter()
        .map(|block| format!("{}: {}", block.kind.scope(), block.prose.text()))
        .collect()
}

/// Fails unless every run leads to where its text stands, and links and lead-ins stay inside the document.
pub(super) fn check_places(document: &Document) {
    let source = document.file.text();
    for (n, block) in document.blocks.iter().enumerate() {
        let prose = block.prose.text();
        assert!(!prose.trim().is_empty());
        for run in block.prose.runs() {
            let slice = source
                .get(run.from.range())
                .unwrap_or_else(|| panic!("{:?} of {source:?}", run.from));
            assert!(prose.get(run.to.range()).is_some());
            if run.kind == RunKind::Verbatim {
                assert_eq!(run.to.slice(prose), slice, "{source:?}");
            }
        }
        for link in &block.links {
            assert!(prose.get(link.span.range()).is_some(), "{link:?} of {prose:?}");
        }
        assert!(block.lead_in.is_none_or(|lead| (lead as usize) < n), "{source:?}");
    }
    for directive in &document.directives {
        assert!(source.get(directive.span.range()).is_some());
        assert!(directive.before as usize <= document.blocks.len());
    }
}

#[test]
#[ignore]
fn dump() {
    for path in std::env::var("CAVEAT_DUMP")
        .unwrap_or_default()
        .split('\n')
        .filter(|p| !p.is_empty())
    {
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        let t = std::time::Instant::now();
        let doc = read(path, &text);
        let t = t.elapsed();
        check_places(&doc);
        println!("=== {path} {} bytes {t:?}", text.len());
        for (n, b) in doc.blocks.iter().enumerate() {
            println!(
                "{n} [{:?} s{}{}{}] {}{}",
                b.kind,
                b.section,
                if b.quoted { " Q" } else { "" },
                b.lead_in.map(|l| format!(" <-{l}")).unwrap_or_default(),
                b.prose.text(),
                if b.links.is_empty() {
                    String::new()
                } else {
                    format!(
                        "  LINKS {:?}",
                        b.links
                            .iter()
                            .map(|l| (l.span.slice(b.prose.text()).to_owned(), l.target.clone()))
                            .collect::<Vec<_>>()
                    )
                }
            );
        }
    }
}
