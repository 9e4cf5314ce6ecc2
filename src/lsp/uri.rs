//! Owns addresses of files: as editors write them, and as paths.

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::path::{Path, PathBuf};

const SCHEME: &str = "file://";
/// What stands in the path of an address as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path of a file's address; none where it is the address of something else, such as a text that was never saved.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_ref().strip_prefix(SCHEME)?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(rest).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    let path = without_slash(&path);
    path.starts_with('/').then(|| PathBuf::from(path)).or_else(|| {
        let drive = path.as_bytes().get(1) == Some(&b':');
        drive.then(|| PathBuf::from(path))
    })
}

/// `c:/tea.md` of `/c:/tea.md`, as Windows names a file.
fn without_slash(path: &str) -> &str {
    match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => &path[1..],
        _ => path,
    }
}

/// The address of a file.
pub(super) fn of(path: &Path) -> Uri {
    let shown = crate::data::shown(path);
    let slash = if shown.starts_with('/') { "" } else { "/" };
    format!("{SCHEME}{slash}{}", utf8_percent_encode(&shown, KEPT)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_again_in_its_address() {
        for file in ["/a/tea.md", "/a b/çay #1?.md", "/100%/x.md"] {
            assert_eq!(path(&of(Path::new(file))).as_deref(), Some(Path::new(file)));
        }
        let of = |text: &str| path(&Uri::from(text));
        assert_eq!(of("file:///c%3A/tea.md"), Some("c:/tea.md".into()));
        assert_eq!(of("file:///C:/tea.md"), Some("C:/tea.md".into()));
        for other in [
            "untitled:Untitled-1",
            "file:///a%00b",
            "file:///a%ff",
            "",
            "file://",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
