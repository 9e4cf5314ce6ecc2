//! Owns what tells the papers of a repository, as a guide to its set-up or a plan of work, from pages: what they hold,
//! never their names. A page may be called `SERVICES.md`, and a paper anything.

use super::site::is_in;
use crate::finding::Taken;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes of a file that are looked at.
const MOST: u64 = 64 << 10;
/// Fewer marks tell nothing.
const FEWEST: usize = 4;
/// A paper has a mark in so many words at the least.
const WORDS: usize = 60;
/// Endings of documents that papers are written in.
const DOCUMENTS: &[&str] = &[".md", ".markdown", ".txt"];
/// Endings of files of programs and their settings.
const ENDINGS: &[&str] = &[
    ".astro", ".css", ".env", ".html", ".js", ".json", ".jsx", ".md", ".mjs", ".php", ".py", ".scss", ".sh",
    ".sql", ".toml", ".ts", ".tsx", ".vue", ".xml", ".yaml", ".yml",
];
/// What commands begin with.
const COMMANDS: &[&str] = &[
    "npm ",
    "npx ",
    "pnpm ",
    "yarn ",
    "git ",
    "bundle ",
    "docker ",
    "composer ",
    "hugo ",
    "cd ",
    "$ ",
];
/// What items of lists of work begin with.
const WORK: &[&str] = &["- [ ]", "- [x]", "* [ ]", "* [x]"];

/// The papers among these files of `root`: folders that hold no other copy, with a slash at the end, and files.
pub(super) fn papers(root: &Path, taken: &[&Taken]) -> Vec<String> {
    let (mut papers, mut pages): (Vec<&str>, Vec<&str>) = taken
        .iter()
        .filter(|file| file.facts.words > 0)
        .map(|file| file.path.as_str())
        .partition(|path| is_paper_at(root, path));
    papers.retain(|path| Path::new(path).is_relative());
    pages.retain(|path| path.contains('/'));
    // One paper tells nothing of the folder that it lies in.
    let holds_some = |folder: &str| papers.iter().filter(|paper| is_in(paper, folder)).count() > 1;
    let holds_none = |folder: &&str| !pages.iter().any(|page| is_in(page, folder)) && holds_some(folder);
    let outer = |path: &str| {
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        folders.clone().find(holds_none).unwrap_or(path).to_owned()
    };
    papers
        .iter()
        .map(|path| outer(path))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn is_paper_at(root: &Path, path: &str) -> bool {
    let mut bytes = Vec::new();
    let is_document = DOCUMENTS
        .iter()
        .any(|ending| path.to_lowercase().ends_with(ending));
    let mut read = || File::open(root.join(path)).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    is_document && read().is_ok() && is_paper(&String::from_utf8_lossy(&bytes))
}

/// Whether code, commands, paths, colours and lists of work make so much of a text that no reader of the site is meant.
/// What has front matter is a page.
fn is_paper(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("+++") {
        return false;
    }
    let marks: usize = text.lines().map(marks).sum();
    marks >= FEWEST && marks * WORDS >= text.split_whitespace().count()
}

fn marks(line: &str) -> usize {
    let line = line.trim_start();
    let begins = |with: &[&str]| usize::from(with.iter().any(|lead| line.starts_with(lead)));
    let code = line.matches('`').count() / 2;
    code + begins(COMMANDS) + begins(WORK) + line.split_whitespace().filter(|word| is_technical(word)).count()
}

/// Whether a word is the path of a program's file, or a colour. Where links lead tells nothing.
fn is_technical(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '/' | '.'));
    let word = word.trim_end_matches('.');
    let colour = |digits: &str| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let path =
        !word.contains("://") && !word.contains("](") && ENDINGS.iter().any(|ending| word.ends_with(ending));
    path || word.strip_prefix('#').is_some_and(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_told_by_what_they_hold() {
        for (text, is) in [
            (
                "# Set up\n\nRun this:\n\n```sh\nnpm install\nnpm run dev\n```\n\nThen edit `src/app/page.tsx`.\n",
                true,
            ),
            (
                "# Plan\n\n- [ ] Hero in #1A2B3C\n- [x] Menu in `Header.astro`\n- [ ] Footer.astro\n",
                true,
            ),
            (
                "---\ntitle: Tea\n---\n```sh\nnpm install\nnpm run dev\n```\n`a` `b`\n",
                false,
            ),
            (
                "# Services\n\nOur clinic treats acne with [laser](laser.md), [peels](peels.md), [needling](needling.md) and \
                 [creams](creams.md). See https://clinic.example/index.html for prices.\n",
                false,
            ),
            (
                "# COVID-19\n\nWe clean every room. Ask for `Ann` at the desk.\n",
                false,
            ),
        ] {
            assert_eq!(is_paper(text), is, "{text}");
        }
    }

    #[test]
    fn a_long_page_may_name_a_few_files() {
        let page = format!(
            "Send `a` and `b` and `c` and `d`.\n{}",
            "Our tea calms. ".repeat(100)
        );
        assert!(!is_paper(&page));
    }
}
