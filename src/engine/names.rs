//! Owns what the names of a file and of the folders above it say, as words of lexicons.

use super::scan::{Hit, Scanner};
use super::set::IdSet;

/// Folders further up tell of the machine and not of the page.
const FOLDERS: usize = 6;

/// The name of a file and those of the folders that hold it.
#[derive(Debug)]
pub(super) struct Names {
    file: Name,
    /// The innermost first.
    folders: Vec<Name>,
}

/// A name, read as words.
#[derive(Debug)]
pub(super) struct Name {
    words: String,
    tokens: u32,
    hits: Vec<Hit>,
}

impl Names {
    /// Reads a path, whose parts are divided by slashes.
    pub(super) fn new(path: &str, scanner: &Scanner) -> Self {
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
        let file = parts.next().unwrap_or_default();
        // What follows a dot is an ending, or several: `about.blade.php`.
        let file = file.trim_start_matches(['.', '_']);
        let file = file.split('.').next().unwrap_or_default();
        Self {
            file: Name::new(file, scanner),
            folders: parts
                .take(FOLDERS)
                .map(|folder| Name::new(folder, scanner))
                .collect(),
        }
    }

    pub(super) const fn file(&self) -> &Name {
        &self.file
    }

    /// The folder that holds the file.
    pub(super) fn folder(&self) -> Option<&Name> {
        self.folders.first()
    }

    /// The folders above the file, the innermost first.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Name> {
        self.folders.iter()
    }
}

impl Name {
    fn new(name: &str, scanner: &Scanner) -> Self {
        let words = apart(name);
        let (tokens, hits) = scanner.read(&words);
        Self { words, tokens, hits }
    }

    /// Its words.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// Whether such words stand in it.
    pub(super) fn has(&self, terms: &IdSet) -> bool {
        self.of(terms).next().is_some()
    }

    /// Whether it is nothing but such words.
    pub(super) fn is(&self, terms: &IdSet) -> bool {
        self.of(terms)
            .any(|hit| hit.first == 0 && hit.last() + 1 == self.tokens)
    }

    fn of(&self, terms: &IdSet) -> impl Iterator<Item = &Hit> {
        self.hits
            .iter()
            .filter(|hit| !hit.masked() && terms.has(hit.lexicon()))
    }
}

/// The words of a name: `AboutPage`, `about-page` and `about_page` are two each, and `FAQPage` too.
fn apart(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut letters = name.chars().peekable();
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            out.push(' ');
            last = ' ';
            continue;
        }
        let ends_capitals = letters.peek().is_some_and(|next| next.is_lowercase());
        let opens = letter.is_uppercase()
            && (last.is_lowercase() || last.is_numeric() || last.is_uppercase() && ends_capitals);
        if opens {
            out.push(' ');
        }
        out.push(letter);
        last = letter;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn names_fall_apart_into_words() {
        for (name, words) in [
            ("about-us", "about us"),
            ("AboutPage", "About Page"),
            ("FAQPage", "FAQ Page"),
            ("treatmentsData", "treatments Data"),
            ("2014-05-05-tea_time", "2014 05 05 tea time"),
            ("(main)", "main"),
            ("[slug]", "slug"),
            ("", ""),
        ] {
            assert_eq!(apart(name), words, "{name}");
        }
    }
}
