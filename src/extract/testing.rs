//! Owns what the tests of every format share: reading a literal, showing its blocks, and checking their places.

use super::{Keys, format_of};
use crate::document::Document;
use crate::source::SourceFile;
use crate::text::RunKind;
use std::sync::Arc;

/// The document of a text under a name.
pub(super) fn read(name: &str, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(name, text));
    let format = format_of(name).expect("a known format");
    (format.extract)(&file, &Keys::default()).document
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

mod places {
    use super::{check_places, read};
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "calm",
        " tea ",
        "\n",
        "\n\n",
        "\r\n",
        "  \n",
        "é",
        "你",
        "🙂",
        "&amp;",
        "&eacute;",
        "&#x1F600;",
        "&",
        "*",
        "**",
        "_",
        "`",
        "[",
        "](x)",
        "](x \"t\")",
        "![",
        "> ",
        "- ",
        "1. ",
        "# ",
        "| a | b |\n|---|---|\n| c | d |\n",
        "[^a]",
        "[^a]: ",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<div hidden>",
        "</div>",
        "<a href='#x'>",
        "</a>",
        "<sup>",
        "</sup>",
        "<img alt='a &mdash; b' title=c>",
        "<br>",
        "<ul><li>",
        "</ul>",
        "<table><tr><th>h<td>",
        "</table>",
        "<!-- ",
        "<!-- caveat-allow a: b -->",
        " -->",
        "<script>",
        "</script>",
        "text = 'It\\'s a calm tea.'",
        "<b x-text=\"'caf&eacute; au lait'\">",
        "<b data-caption='a &mdash; b'>",
        "<title>",
        "</title>",
        "<",
        ">",
        "\"",
        "'",
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "{",
        "}",
        "{/* caveat-x */}",
        "<% ",
        " %>",
        ":::",
        "---\n",
        "    ",
        "\t",
        "\u{a0}",
        "https://a.example/b.",
        "\u{378}",
        "\u{e000}",
        "\0",
        "<X y={z} />",
        "import a\n",
        "\\",
        ": ",
        "~~~\n",
    ];

    proptest! {
        #[test]
        fn lead_to_the_source(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
            let text = pieces.concat();
            for name in ["a.md", "a.mdx", "a.html", "a.txt", "a.tsx", "a.ts", "a.vue", "a.svelte", "a.astro"] {
                check_places(&read(name, &text));
            }
        }

        #[test]
        fn front_matter_leads_to_the_source(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            let text = format!("---\ntitle: \"a {}\"\n---\nb", pieces.concat());
            check_places(&read("a.md", &text));
            let text = format!("---\nbody: |\n  a {}\n---\nb", pieces.concat().replace('\n', "\n  "));
            check_places(&read("a.md", &text));
        }
    }
}
