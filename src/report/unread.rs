//! Owns how reports tell of the files that nothing reads: how many of which kinds, and how much copy they seem to hold.

use crate::walk::Unread;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Kinds and files that people are told of.
const TOLD: usize = 5;

/// What was not read, as machine formats write it.
#[derive(Serialize)]
pub(super) struct Counted<'a> {
    files: usize,
    words: u64,
    kinds: Vec<Kind<'a>>,
    copy: Vec<Copy<'a>>,
}

#[derive(Serialize)]
struct Kind<'a> {
    kind: &'a str,
    files: usize,
    words: u64,
}

/// A file that seems to hold copy.
#[derive(Serialize)]
struct Copy<'a> {
    path: &'a str,
    words: Option<u64>,
}

impl<'a> Counted<'a> {
    pub(super) fn new(unread: &'a [Unread]) -> Self {
        let copy = unread.iter().filter(|file| file.seems_copy());
        Self {
            files: unread.len(),
            words: unread.iter().filter_map(|file| file.words).sum(),
            kinds: kinds(unread),
            copy: copy
                .map(|file| Copy {
                    path: &file.path,
                    words: file.words,
                })
                .collect(),
        }
    }
}

/// The kinds, those with the most words and files first.
fn kinds(unread: &[Unread]) -> Vec<Kind<'_>> {
    let mut by: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for file in unread {
        let (files, words) = by.entry(&file.kind).or_default();
        *files += 1;
        *words += file.words.unwrap_or(0);
    }
    let mut kinds: Vec<Kind<'_>> = by
        .into_iter()
        .map(|(kind, (files, words))| Kind { kind, files, words })
        .collect();
    kinds.sort_by_key(|kind| Reverse((kind.words, kind.files)));
    kinds
}

/// What people are told of files that nothing reads, a sentence a line; none where there are none.
pub fn in_words(unread: &[Unread]) -> Vec<String> {
    let kinds = kinds(unread);
    let some: Vec<String> = kinds
        .iter()
        .take(TOLD)
        .map(|kind| format!("{} {}", kind.files, kind.kind))
        .collect();
    let more = if kinds.len() > TOLD { ", \u{2026}" } else { "" };
    let some = some.join(", ") + more;
    let mut lines = match unread.len() {
        0 => return Vec::new(),
        1 => vec![format!(
            "1 file that caveat does not read was passed over ({some})"
        )],
        count => vec![format!(
            "{count} files that caveat does not read were passed over ({some})"
        )],
    };
    let mut copy: Vec<&Unread> = unread.iter().filter(|file| file.seems_copy()).collect();
    copy.sort_by_key(|file| Reverse(file.words));
    let names: Vec<String> = copy
        .iter()
        .take(TOLD)
        .map(|file| match file.words {
            Some(words) => format!("{} (about {words} words)", file.path),
            None => file.path.clone(),
        })
        .collect();
    if !names.is_empty() {
        let more = match copy.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!(
            "not read, and seeming to hold copy: {}{more}",
            names.join(", ")
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, words: Option<u64>) -> Unread {
        Unread {
            path: path.to_owned(),
            kind: path.rsplit('.').next().unwrap_or_default().to_owned(),
            words,
        }
    }

    #[test]
    fn the_most_copy_comes_first() {
        let unread = [
            file("a.css", Some(0)),
            file("b.pug", Some(30)),
            file("c.pdf", None),
            file("d.pug", Some(90)),
        ];
        assert_eq!(
            in_words(&unread),
            [
                "4 files that caveat does not read were passed over (2 pug, 1 css, 1 pdf)",
                "not read, and seeming to hold copy: d.pug (about 90 words), b.pug (about 30 words), c.pdf"
            ]
        );
        assert_eq!(in_words(&unread[..1]).len(), 1);
        assert!(in_words(&[]).is_empty());
    }

    #[test]
    fn machines_are_told_of_each_file_that_seems_to_hold_copy() {
        let unread = [
            file("a.css", Some(0)),
            file("b.pug", Some(30)),
            file("c.pdf", None),
        ];
        let told = serde_json::to_value(Counted::new(&unread)).unwrap();
        assert_eq!(
            told,
            serde_json::json!({
                "files": 3, "words": 30,
                "kinds": [
                    {"kind": "pug", "files": 1, "words": 30},
                    {"kind": "css", "files": 1, "words": 0},
                    {"kind": "pdf", "files": 1, "words": 0},
                ],
                "copy": [{"path": "b.pug", "words": 30}, {"path": "c.pdf", "words": null}],
            })
        );
    }
}
