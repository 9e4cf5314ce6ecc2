//! Pages in encodings other than UTF-8: what is found in them is what is found in UTF-8, and every place leads to the
//! bytes of the file as it stands.

use caveat::config::Settings;
use caveat::extract::format_of;
use caveat::finding::Finding;
use caveat::session::{self, Input, Job, Library};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

const PAGE: &str = "<html><head>META<title>Caf\u{e9} des Herbes</title>
<meta name=description content=\"The tea that cures asthma\u{2014}na\u{ef}vely\"></head>
<body><h1>\u{201c}D\u{e9}j\u{e0} calme\u{201d} tea, 9\u{a0}\u{20ac}</h1>
<p>Our capsules cure arthritis\u{2026} that\u{2019}s it. A bottle holds sixty dietary supplement capsules. Add to cart.</p>
<p>It helps\u{2014}and heals eczema, says Zo\u{eb}. Our clinic is open from nine to five, and there is tea for everyone.</p>
</body></html>
";

/// The page in an encoding, with what says so: a byte order mark or a declaration.
fn written(encoding: &'static Encoding) -> Vec<u8> {
    let declared = PAGE.replace("META", "<meta charset=windows-1252>");
    let plain = PAGE.replace("META", "<meta charset=utf-8>      ");
    let units = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = format!("\u{feff}{plain}");
        marked.encode_utf16().flat_map(to).collect()
    };
    match encoding {
        encoding if encoding == UTF_16LE => units(u16::to_le_bytes),
        encoding if encoding == UTF_16BE => units(u16::to_be_bytes),
        encoding if encoding == WINDOWS_1252 => encoding.encode(&declared).0.into_owned(),
        _ => plain.into_bytes(),
    }
}

fn found(bytes: &[u8]) -> Vec<Finding> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let job = Job {
        input: Input::Bytes {
            bytes: bytes.to_vec(),
            path: root.join("page.html"),
        },
        shown: "page.html".to_owned(),
        named: true,
        format: format_of("page.html").unwrap(),
        settings: Arc::new(Settings::defaults(root)),
    };
    let library = Library::new(jiff::civil::date(2026, 11, 23));
    let outcome = session::run(&[job], &library, Some(1), &AtomicUsize::new(0));
    outcome
        .findings
        .into_iter()
        .map(|judgement| judgement.finding)
        .collect()
}

#[test]
fn the_same_page_has_the_same_findings_in_every_encoding() {
    let said = |finding: &Finding| {
        let file = finding.file.as_ref().unwrap();
        let at = file.position(finding.span.start).line;
        (
            finding.rule().name.clone(),
            at,
            file.slice(finding.span).to_owned(),
        )
    };
    let expected: Vec<_> = found(&written(UTF_8)).iter().map(said).collect();
    assert!(expected.len() > 3, "{expected:?}");
    for encoding in [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252] {
        let bytes = written(encoding);
        let found = found(&bytes);
        assert_eq!(
            found.iter().map(said).collect::<Vec<_>>(),
            expected,
            "{}",
            encoding.name()
        );
        for finding in &found {
            let file = finding.file.as_ref().unwrap();
            let labels = finding.labels.iter().map(|label| label.span);
            for span in labels.chain([finding.span]) {
                let stored = &bytes[file.stored(span).range()];
                let (slice, _) = encoding.decode_without_bom_handling(stored);
                assert_eq!(slice, file.slice(span), "{}", encoding.name());
            }
        }
    }
}
