//! Owns which encoding a file's bytes are in: by their byte order mark, by what they declare, by what they look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// A declaration stands among this many first bytes.
const HEAD: usize = 1024;

/// The encoding whose byte order mark opens the bytes, where that is not UTF-8.
pub(super) fn marked(bytes: &[u8]) -> Option<&'static Encoding> {
    let found = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    // four bytes a character: nothing writes pages so
    let wide = bytes.starts_with(&[0xff, 0xfe, 0, 0]);
    found.filter(|found| !wide && (*found == UTF_16LE || *found == UTF_16BE))
}

/// The encoding of bytes that are not UTF-8, or not only.
pub(super) fn told(bytes: &[u8]) -> &'static Encoding {
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if is_mostly_utf8(bytes) => UTF_8,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Deny)
        }
    }
}

/// Whether bytes that are UTF-8 too declare the one encoding whose letters are written in ASCII.
pub(super) fn is_escaped(bytes: &[u8]) -> bool {
    memchr::memchr(0x1b, bytes).is_some() && declared(bytes) == Some(ISO_2022_JP)
}

/// The encoding that a page, a style sheet or an XML file declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let mut places = memmem::find_iter(&head, key);
        places.find_map(|at| label(head.get(at + key.len()..)?))
    })
}

/// The encoding of the label that follows `charset` or `encoding`.
fn label(rest: &[u8]) -> Option<&'static Encoding> {
    let space = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    let start = rest
        .iter()
        .position(|byte| !space(byte))
        .filter(|start| *start > 0)?;
    let rest = rest.get(start..)?;
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b':'))
        .unwrap_or(rest.len());
    let found = Encoding::for_label(rest.get(..end)?)?;
    // a page that can be read so far is not in UTF-16, whatever it declares
    let unlikely = [REPLACEMENT, UTF_16LE, UTF_16BE].contains(&found);
    (!unlikely).then_some(found)
}

/// Whether more letters are well formed in UTF-8 than bytes are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    letters > broken
}
