//! Owns which strings of data are copy, and what each is, by its key and its shape: the one table for front matter,
//! objects in scripts, attributes of components, JSON, YAML, TOML, columns of CSV and elements of XML.

mod shape;
mod table;

#[cfg(test)]
mod tests;

use crate::document::BlockKind;
use table::{Is, QUOTED, UNSEEN};

/// What a project says of keys, beyond the table. A key covers what stands below it too; `hero.lead` is `lead` right
/// below `hero`. Capitals, and what joins words, make no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    copy: Vec<Vec<String>>,
    other: Vec<Vec<String>>,
    /// Whether all that a file keeps it keeps to show it.
    texts: bool,
}

impl Keys {
    /// Nothing beyond the table.
    pub(super) const fn none() -> Self {
        Self {
            copy: Vec::new(),
            other: Vec::new(),
            texts: false,
        }
    }

    /// Keys of copy, and keys of what is none.
    pub fn new(copy: &[String], other: &[String]) -> Self {
        let read = |key: &String| names(key).map(table::joined).collect();
        Self {
            copy: copy.iter().map(read).collect(),
            other: other.iter().map(read).collect(),
            texts: false,
        }
    }

    /// What the string under a dotted key (`faq.2.answer`) is, or nothing where it is no copy. What is under a key of
    /// copy needs a word; what is under a key that nobody knows must read as prose.
    pub(super) fn judge(&self, path: &str, text: &str) -> Option<BlockKind> {
        if !shape::has_letters(text) {
            return None;
        }
        let leaf = names(path).next_back().unwrap_or_default();
        let row = table::row(leaf);
        let listed = path
            .rsplit('.')
            .next()
            .is_some_and(|key| !key.is_empty() && is_number(key));
        let copy = match self.told(path) {
            Some(told) => told,
            None if is_unseen(path) => match row {
                Some(Is::About) => shape::is_text(text),
                None | Some(Is::Other | Is::Name) => false,
                Some(_) => is_sorting(path) && shape::is_prose(text, listed),
            },
            None => match row {
                // `textNextToImage`
                Some(Is::Other) => !table::is_whole(leaf) && shape::is_running(text),
                Some(Is::Name) => shape::is_name(text),
                Some(_) => shape::is_text(text),
                None => !leaf.starts_with('_') && shape::is_prose(text, listed),
            },
        };
        copy.then(|| kind(path, row, listed))
    }

    /// Whether the table or the project says anything of the key that a dotted one ends with.
    pub(super) fn knows(&self, path: &str) -> bool {
        let leaf = names(path).next_back().unwrap_or_default();
        table::row(leaf).is_some() || self.told(path).is_some()
    }

    /// Whether what stands under a key is shown wherever it stands.
    pub(super) fn shows(&self, key: &str) -> bool {
        let by_table = || table::row(key).is_some_and(|row| !matches!(row, Is::Other | Is::Name));
        self.told(key).unwrap_or_else(by_table)
    }

    /// The same for a file of texts.
    pub(super) fn of_texts(&self) -> Self {
        Self {
            texts: true,
            ..self.clone()
        }
    }

    /// Whether a string under a dotted key is one of those that a program keeps to show them.
    pub(super) fn is_among_texts(&self, path: &str) -> bool {
        self.texts || names(path).any(|key| table::TEXTS.contains(&&*table::joined(key)))
    }

    /// What the project says of a key: the word on the innermost key counts, and `not-copy-keys` where both name it.
    pub(super) fn told(&self, path: &str) -> Option<bool> {
        if self.copy.is_empty() && self.other.is_empty() {
            return None;
        }
        let path: Vec<String> = names(path).map(table::joined).collect();
        let depth = |keys: &[Vec<String>]| keys.iter().filter_map(|key| innermost(key, &path)).max();
        match (depth(&self.copy), depth(&self.other)) {
            (None, None) => None,
            (copy, other) => Some(copy > other),
        }
    }
}

/// Whether a string speaks for someone else: it stands under a key such as `testimonials`.
pub(super) fn is_quoted(path: &str) -> bool {
    names(path).any(|key| QUOTED.contains(&*table::joined(key)))
}

/// Whether the key is one for the name of a thing, which is a heading where the thing is described beside it.
pub(super) fn is_name(key: &str) -> bool {
    table::row(key) == Some(Is::Name)
}

/// Whether the key is one for what is said of a thing.
pub(super) fn is_description(key: &str) -> bool {
    matches!(table::row(key), Some(Is::Text | Is::About))
}

/// What the block of a string of front matter is.
pub(super) fn in_front_matter(path: &str) -> BlockKind {
    match own(path).as_str() {
        "title" => BlockKind::Title,
        "description" | "summary" | "excerpt" => BlockKind::Meta,
        _ => BlockKind::FrontMatter,
    }
}

/// What the block of a string of data is.
fn kind(path: &str, row: Option<Is>, listed: bool) -> BlockKind {
    let of_page = names(path)
        .rev()
        .skip(1)
        .any(|key| table::OF_PAGE.contains(&&*table::joined(key)));
    match row {
        Some(Is::Heading) if of_page => BlockKind::Title,
        Some(Is::About) if of_page => BlockKind::Meta,
        Some(Is::Title) => BlockKind::Title,
        Some(Is::Meta) => BlockKind::Meta,
        Some(Is::Alt) => BlockKind::Alt,
        Some(Is::Tooltip) => BlockKind::Tooltip,
        Some(Is::Button) => BlockKind::Button,
        Some(Is::Caption) => BlockKind::Caption,
        Some(Is::Text | Is::About) => BlockKind::Paragraph,
        _ if listed => BlockKind::ListItem,
        Some(Is::Heading) => heading(path),
        _ => BlockKind::Paragraph,
    }
}

/// A heading of this key: the deeper the key, the lower.
pub(super) fn heading(path: &str) -> BlockKind {
    let depth = u8::try_from(names(path).count());
    BlockKind::Heading(depth.map_or(6, |depth| depth.clamp(1, 6)))
}

/// A key without what only says that it is about the page as a whole: `seo.title`, `og_title`.
fn own(path: &str) -> String {
    let lower = path.to_ascii_lowercase().replace(['_', '-'], "");
    let of_page = table::OF_PAGE
        .iter()
        .find_map(|branch| lower.strip_prefix(branch));
    of_page.map_or_else(|| lower.clone(), |rest| rest.trim_start_matches('.').to_owned())
}

/// Whether nothing but what is said about a thing, and whole sentences, is copy there.
fn is_unseen(path: &str) -> bool {
    names(path).any(|key| UNSEEN.contains(&*table::joined(key)))
}

/// Whether all that hides the strings there is that they sort the page.
fn is_sorting(path: &str) -> bool {
    let mut unseen = names(path)
        .map(table::joined)
        .filter(|key| UNSEEN.contains(&**key));
    unseen.all(|key| table::SORTING.contains(&&*key))
}

/// The keys of a path that are names; numbers of lists are none.
fn names(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('.').filter(|key| !is_number(key))
}

fn is_number(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit())
}

/// How deep in a path the last place ends where a key stands.
fn innermost(key: &[String], path: &[String]) -> Option<usize> {
    let len = key.len().max(1);
    path.windows(len)
        .rposition(|window| window == key)
        .map(|at| at + len)
}
