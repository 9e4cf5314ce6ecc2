//! Owns reading a file's bytes as text: how large it may be, what is binary, what is UTF-8.

use crate::config::show_size;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Binary files have a zero byte among this many first ones.
const HEAD: usize = 8192;
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

/// The text of a file of at most `max` bytes.
pub(super) fn read(path: &Path, max: u64) -> Result<String, Refused> {
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
    decode(bytes, max)
}

/// Bytes as text, if they are at most `max` and UTF-8.
pub(super) fn decode(bytes: Vec<u8>, max: u64) -> Result<String, Refused> {
    let max = max.min(MOST);
    if bytes.len() as u64 > max {
        return Err(Refused::TooLarge(max));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Refused::Broken("this file is UTF-16; caveat reads UTF-8".into()));
    }
    if bytes[..bytes.len().min(HEAD)].contains(&0) {
        return Err(Refused::Binary);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Refused::Broken(format!(
            "this file is not UTF-8 text: the byte at offset {at} is not"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_text_from_other_bytes() {
        assert_eq!(decode(b"\xef\xbb\xbfa".to_vec(), 10).as_deref(), Ok("\u{feff}a"));
        assert_eq!(decode(Vec::new(), 10).as_deref(), Ok(""));
        assert_eq!(decode(b"a\0".to_vec(), 10), Err(Refused::Binary));
        assert_eq!(decode(b"abc".to_vec(), 2), Err(Refused::TooLarge(2)));
        let message = |bytes: &[u8]| decode(bytes.to_vec(), 10).unwrap_err().to_string();
        assert_eq!(
            message(b"ab\xff"),
            "this file is not UTF-8 text: the byte at offset 2 is not"
        );
        assert!(message(b"\xff\xfea\0").contains("UTF-16"));
    }
}
