//! Owns where a finding stands, as formats for machines say it: paths, addresses, lines and columns.

use crate::finding::Finding;
use crate::source::SourceFile;
use crate::source::draft::Place;
use crate::text::{Position, Source, Span, Stored};

/// Where a span begins and ends; the first place of all where there is no file.
pub(super) fn positions(file: Option<&SourceFile>, span: Span<Source>) -> (Position, Position) {
    let start = Position { line: 1, column: 1 };
    file.map_or((start, start), |file| {
        (file.position(span.start), file.position(span.end))
    })
}

/// The bytes of the file that a span was read from.
pub(super) fn stored(file: Option<&SourceFile>, span: Span<Source>) -> Span<Stored> {
    file.map_or(Span::new(span.start, span.end), |file| file.stored(span))
}

/// Where a finding stands in a Word draft.
pub(super) fn in_draft(finding: &Finding) -> Option<Place<'_>> {
    finding.file.as_deref()?.draft()?.place(finding.span.start)
}

/// The path of the finding's file as a repository knows it.
pub(super) fn path(finding: &Finding) -> Option<&str> {
    finding.file.as_deref().map(|file| bare(file.name()))
}

/// A path without `./` before it.
pub(super) fn bare(path: &str) -> &str {
    path.trim_start_matches("./")
}

/// Whether a path begins at the root of a file system.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || has_drive(path)
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic())
}

/// A path as an address: relative as it is, absolute with a scheme. Everything but letters, digits and `-._~/` is
/// encoded, so that it also stands safely in Markdown and in attributes.
pub(super) fn uri(path: &str) -> String {
    let path = bare(path);
    let mut out = String::with_capacity(path.len() + 8);
    if is_absolute(path) {
        out.push_str(if path.starts_with('/') {
            "file://"
        } else {
            "file:///"
        });
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into())
            }
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(DIGITS[usize::from(byte >> 4)].into());
                out.push(DIGITS[usize::from(byte & 15)].into());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_whatever_a_path_holds() {
        assert_eq!(uri("./drafts/my tea.md"), "drafts/my%20tea.md");
        assert_eq!(uri("a:b\n\"é.md"), "a%3Ab%0A%22%C3%A9.md");
        assert_eq!(uri("/srv/a(1).md"), "file:///srv/a%281%29.md");
        assert_eq!(uri("C:/a.md"), "file:///C%3A/a.md");
    }
}
