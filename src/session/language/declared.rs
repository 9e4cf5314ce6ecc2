//! Owns the language that a page says it is in.

use super::{ENGLISH, OTHERS};
use crate::document::Document;

/// The language that an HTML page or a Word draft says it is in: what stands behind `lang=` in its `<html>`.
pub(super) fn declared(document: &Document) -> Option<&str> {
    if let Some(draft) = document.file.draft() {
        return draft.language.as_deref();
    }
    let text = document.file.text();
    let start = memchr::memchr_iter(b'<', text.as_bytes()).find(|at| {
        text.get(*at..*at + 5)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("<html"))
    })?;
    let tag = text[start..].split('>').next()?;
    let value = tag.split("lang=").nth(1)?;
    Some(value.trim_start_matches(['"', '\'']))
}

/// Whether a page says that it is English: a menu of names may read as any language.
pub(super) fn says_english(document: &Document) -> bool {
    declared(document).is_some_and(|language| code(language).eq_ignore_ascii_case(ENGLISH))
}

fn code(language: &str) -> &str {
    let mut parts = language.split(|c: char| !c.is_ascii_alphanumeric());
    parts.next().unwrap_or_default()
}

/// The name of a language, by its code with what may follow it.
pub(super) fn named(language: &str) -> Option<&'static str> {
    let code = code(language);
    let known = OTHERS.iter().find(|(other, ..)| other.eq_ignore_ascii_case(code));
    known.map(|(_, name, _)| *name)
}
