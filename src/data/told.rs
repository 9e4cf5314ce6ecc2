//! Owns how paths and the operating system's reasons are told, in messages and in files for machines.

use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// An operating system's reason in plain words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission is denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        _ => {
            let text = error.to_string();
            let plain = text.split(" (os error").next().unwrap_or(&text);
            let mut letters = plain.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

/// "a, b, c and 4 more": at most so many names, and how many there are besides.
pub fn some<T: AsRef<str>>(names: impl ExactSizeIterator<Item = T>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let told: Vec<T> = names.take(most).collect();
    let told: Vec<&str> = told.iter().map(AsRef::as_ref).collect();
    match more {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// The name that reports show for a path, and that files for machines hold: with forward slashes everywhere.
pub fn shown(path: &Path) -> String {
    forward(&path.to_string_lossy(), MAIN_SEPARATOR)
}

/// A path whose parts are parted by `separator`. Where that is the slash, a backslash is a letter like any other.
fn forward(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

/// The path without symbolic links and relative parts, in the form that people write: Windows has another one for
/// programs, which git and reports cannot use.
///
/// # Errors
/// If there is no such file or folder, or it cannot be reached.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    dunce::canonicalize(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn paths_have_forward_slashes_whatever_parts_them() {
        assert_eq!(forward(r"drafts\tea.md", '\\'), "drafts/tea.md");
        assert_eq!(forward(r"C:\site\drafts/tea.md", '\\'), "C:/site/drafts/tea.md");
        assert_eq!(forward(r"\\server\share\tea.md", '\\'), "//server/share/tea.md");
        // A name of one part, where a slash parts them.
        assert_eq!(forward(r"drafts/a\b.md", '/'), r"drafts/a\b.md");
        let parts: PathBuf = ["drafts", "shop", "tea.md"].iter().collect();
        assert_eq!(shown(&parts), "drafts/shop/tea.md");
    }

    #[test]
    fn reasons_are_plain() {
        assert_eq!(
            reason(&ErrorKind::PermissionDenied.into()),
            "permission is denied"
        );
        let looped = reason(&Error::from_raw_os_error(40));
        assert!(
            !looped.contains("os error") && looped.starts_with(char::is_lowercase),
            "{looped}"
        );
    }
}
