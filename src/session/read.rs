//! Owns reading a file's bytes as text: how large it may be, what is binary, and decoding what is not UTF-8.

use super::{decode, encoding};
use crate::config::show_size;
use crate::draft;
use crate::extract::Format;
use crate::source::{Encoded, SourceFile, sha256};
use crate::text::Offsets;
use encoding_rs::Encoding;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Binary files have a zero byte among this many first ones.
const HEAD: usize = 8192;
/// What is read of a draft may unpack to so many times the size of the largest file.
const UNPACKED: u64 = 4;
/// Spans count in 32 bits.
const MOST: u64 = u32::MAX as u64 - 1;

/// Why a file is not read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// Passed over when found by walking.
    #[error("this file is binary")]
    Binary,
    /// Passed over when found by walking.
    #[error("this file is larger than {}; `--max-file-size` allows more", show_size(*.0))]
    TooLarge(u64),
    /// Never passed over.
    #[error("{0}")]
    Broken(String),
}

/// What a file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    text: String,
    /// What is known of its bytes where they are not UTF-8.
    encoded: Option<Encoded>,
}

impl Text {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The file under the name that reports show.
    pub(super) fn under(self, name: impl Into<String>) -> SourceFile {
        match self.encoded {
            Some(encoded) => SourceFile::decoded(name, self.text, encoded),
            None => SourceFile::new(name, self.text),
        }
    }
}

/// The text of a file of a format and of at most `max` bytes.
pub(super) fn read(path: &Path, format: &Format, max: u64) -> Result<Text, Refused> {
    of(bytes(path, max)?, format, max)
}

/// The text of bytes of a format, if they are at most `max`.
pub(super) fn of(bytes: Vec<u8>, format: &Format, max: u64) -> Result<Text, Refused> {
    if !format.is_draft() {
        return decode(bytes, max);
    }
    if bytes.len() as u64 > max {
        return Err(Refused::TooLarge(max));
    }
    draft(&bytes, max)
}

/// The bytes of a file of at most `max` bytes.
pub(super) fn bytes(path: &Path, max: u64) -> Result<Vec<u8>, Refused> {
    let max = max.min(MOST);
    let broken = |error: &std::io::Error| {
        Refused::Broken(format!(
            "this file cannot be read: {}",
            crate::walk::reason(error)
        ))
    };
    // Between the walk and now a pipe may have taken the file's place, and opening it would wait for ever.
    let meta = std::fs::metadata(path).map_err(|error| broken(&error))?;
    if !meta.is_file() {
        return Err(Refused::Broken("this is not a regular file".into()));
    }
    if meta.len() > max {
        return Err(Refused::TooLarge(max));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
    let file = File::open(path).map_err(|error| broken(&error))?;
    // A file may grow while it is read.
    file.take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| broken(&error))?;
    if bytes.len() as u64 > max {
        return Err(Refused::TooLarge(max));
    }
    Ok(bytes)
}

/// Bytes as text, if they are at most `max`.
pub(super) fn decode(bytes: Vec<u8>, max: u64) -> Result<Text, Refused> {
    let max = max.min(MOST);
    if bytes.len() as u64 > max {
        return Err(Refused::TooLarge(max));
    }
    if let Some(encoding) = encoding::marked(&bytes) {
        return decoded(&bytes, encoding);
    }
    let head = bytes.get(..HEAD).unwrap_or(&bytes);
    if head.contains(&0) {
        return Err(Refused::Binary);
    }
    match String::from_utf8(bytes) {
        Ok(text) if encoding::is_escaped(text.as_bytes()) => {
            decoded(text.as_bytes(), encoding_rs::ISO_2022_JP)
        }
        Ok(text) => Ok(Text { text, encoded: None }),
        Err(error) => {
            let bytes = error.into_bytes();
            if is_noise(bytes.get(..HEAD).unwrap_or(&bytes)) {
                return Err(Refused::Binary);
            }
            decoded(&bytes, encoding::told(&bytes))
        }
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<Text, Refused> {
    let (text, offsets) = decode::decode(bytes, encoding);
    if text.len() as u64 > MOST {
        return Err(Refused::TooLarge(MOST));
    }
    let sha256 = sha256(bytes);
    Ok(Text {
        text,
        encoded: Some(Encoded {
            offsets,
            draft: None,
            sha256,
        }),
    })
}

/// How many bytes a draft may unpack to.
pub(super) fn unpacked(max: u64) -> u64 {
    max.saturating_mul(UNPACKED).min(MOST)
}

/// A Word draft as text.
fn draft(bytes: &[u8], max: u64) -> Result<Text, Refused> {
    let (text, draft) =
        draft::read(bytes, unpacked(max)).map_err(|broken| Refused::Broken(broken.to_string()))?;
    Ok(Text {
        text,
        encoded: Some(Encoded {
            offsets: Offsets::default(),
            draft: Some(draft),
            sha256: sha256(bytes),
        }),
    })
}

/// Whether more than one byte in fifty is one that no text has.
fn is_noise(head: &[u8]) -> bool {
    let odd =
        |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1a' | b'\x1b');
    head.iter().filter(odd).count() * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn text(bytes: &[u8]) -> Result<String, Refused> {
        decode(bytes.to_vec(), 10_000).map(|text| text.text)
    }

    #[test]
    fn tells_text_from_other_bytes() {
        assert_eq!(text(b"\xef\xbb\xbfa").as_deref(), Ok("\u{feff}a"));
        assert_eq!(text(b"").as_deref(), Ok(""));
        assert_eq!(text(b"a\0"), Err(Refused::Binary));
        assert_eq!(text(b"\xff\xfe\0\0a\0\0\0"), Err(Refused::Binary));
        assert_eq!(text(b"\x01\x02 \xff"), Err(Refused::Binary));
        assert_eq!(decode(b"abc".to_vec(), 2), Err(Refused::TooLarge(2)));
    }

    #[test]
    fn the_mark_counts_before_the_declaration_and_that_before_the_look() {
        let french: &[u8] = b"<p>Un caf\xe9 au lait, \x93d\xe9j\xe0\x94 pr\xeat</p>";
        let said = "<p>Un caf\u{e9} au lait, \u{201c}d\u{e9}j\u{e0}\u{201d} pr\u{ea}t</p>";
        assert_eq!(text(french).as_deref(), Ok(said));
        for (declaration, c) in [
            (&b"<meta charset=\"windows-1251\">"[..], "\u{439}"),
            (
                b"<META http-equiv=content-type content='text/html; charset = ISO-8859-1'>",
                "\u{e9}",
            ),
            (b"<?xml version=\"1.0\" encoding='ISO-8859-7'?>", "\u{3b9}"),
            (b"@charset \"koi8-r\";", "\u{418}"),
            (b"<meta charset=unheard-of>", "\u{e9}"),
            (b"<meta charset=utf-16>", "\u{e9}"),
        ] {
            let bytes = [declaration, b" caf\xe9 au lait"].concat();
            let said = format!("caf{c} au lait");
            assert!(text(&bytes).unwrap().ends_with(&said), "{said}");
        }
        // what is UTF-8 but for a slip is UTF-8, and so is what declares otherwise
        let slip = "<meta charset=windows-1252>caf\u{e9} \u{201c}tea\u{201d}".as_bytes();
        assert!(text(slip).unwrap().ends_with("caf\u{e9} \u{201c}tea\u{201d}"));
        assert_eq!(
            text(
                "d\u{e9}j\u{e0} \u{201c}tea\u{201d} caf"
                    .as_bytes()
                    .iter()
                    .chain(b"\xe9 au")
                    .copied()
                    .collect::<Vec<u8>>()
                    .as_slice()
            )
            .as_deref(),
            Ok("d\u{e9}j\u{e0} \u{201c}tea\u{201d} caf\u{fffd} au")
        );
        let marked = decode(b"\xfe\xff\0t\0e\0a".to_vec(), 100).unwrap().under("a.md");
        assert_eq!(marked.text(), "\u{feff}tea");
        let stored = marked.stored(Span::new(3, 6));
        assert_eq!((stored.start, stored.end), (2, 8));
        let japanese = b"<meta charset=iso-2022-jp>\x1b$BCc\x1b(B tea";
        assert!(text(japanese).unwrap().ends_with("\u{8336} tea"));
    }
}
