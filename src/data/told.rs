//! Owns how paths and the operating system's reasons are told in messages.

use std::path::Path;

/// An operating system's reason in plain words.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission is denied".into(),
        std::io::ErrorKind::IsADirectory => "it is a folder".into(),
        std::io::ErrorKind::StorageFull => "the disk is full".into(),
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

/// The name that reports show for a path.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

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
