//! What holds whatever the input, on input thrown together: the fuzzers of `tests/fuzz` hold the same on arbitrary
//! bytes. Every input that ever broke something stands in `tests/fuzz/found`.

use crate::invariants;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::fs;
use std::path::Path;

/// `PROPTEST_CASES` asks for more.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default().cases;
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        cases: if asked == 256 { cases } else { asked },
        ..ProptestConfig::default()
    }
}

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// The fuzzers for which a draft is a seed, by the ending of its name.
const BY_ENDING: &[(&str, &str)] = &[
    ("markdown", "md"),
    ("mdx", "mdx"),
    ("html", "html njk"),
    ("plain", "txt"),
    ("script", "tsx vue svelte astro"),
    ("template", "php liquid"),
    ("json", "json"),
    ("yaml", "yaml"),
    ("toml", "toml"),
    ("csv", "csv"),
    ("xml", "xml"),
    ("gettext", "po"),
];

/// What each fuzzer begins with: its own seeds, and the drafts that are of its format.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let drafts = fs::read_dir(Path::new(HERE).join("fixtures/drafts")).unwrap();
    let drafts = drafts.filter_map(|entry| {
        let draft = entry.unwrap().path();
        let ending = draft.extension()?.to_str()?;
        let of = |row: &&(&str, &str)| row.1.split(' ').any(|known| known == ending);
        let (fuzzer, _) = BY_ENDING.iter().find(of)?;
        Some(((*fuzzer).to_owned(), fs::read(&draft).unwrap()))
    });
    inputs("seeds").into_iter().chain(drafts).collect()
}

/// Each input of a folder with the fuzzer that it is for.
fn inputs(folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(HERE).join("tests/fuzz").join(folder);
    let mut out = Vec::new();
    for of in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        if of.is_dir() {
            let fuzzer = of.file_name().unwrap().to_str().unwrap().to_owned();
            let files = fs::read_dir(&of).unwrap().map(|entry| entry.unwrap().path());
            out.extend(files.map(|file| (fuzzer.clone(), fs::read(file).unwrap())));
        }
    }
    out
}

#[test]
fn what_once_broke_something_does_so_no_more() {
    for (fuzzer, bytes) in inputs("found").into_iter().chain(seeds()) {
        invariants::of(&fuzzer, &bytes);
    }
}

#[test]
fn every_fuzzer_has_seeds_and_a_promise() {
    let seeds = seeds();
    let bins = Path::new(HERE).join("tests/fuzz/src/bin");
    for file in fs::read_dir(bins).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            seeds.iter().any(|(fuzzer, _)| fuzzer == name),
            "{name} has no seeds"
        );
    }
}

/// Pieces that mean something to some reader.
const PIECES: &[&str] = &[
    "cures gout",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "é",
    "\u{301}",
    "🍵",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{feff}",
    "\0",
    "---\n",
    "+++\n",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "<!--",
    "-->",
    "caveat-allow us-ftc/a: b",
    "<p>",
    "</p>",
    "<b ",
    "&amp;",
    "&#x110000;",
    "{{",
    "}}",
    "{%",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "> ",
    "- ",
    "1. ",
    "# ",
    "|",
    "|-|\n",
    "[^1]",
    ": ",
    "- a",
    "'",
    "\"",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "&a ",
    "*a",
    "!!str ",
    "|\n  ",
    ">-\n  ",
    "a = ",
    "[[a]]\n",
    "\"\"\"",
    "caveat: ",
    "policies: ",
    "import a\n",
    "pack: a\n",
    "market: none\n",
    "title: T\n",
    "rules:\n",
    "- id: a\n",
    "  forbid: {words: [gout]}\n",
    "#",
    "_ ",
    "(a|b)",
    "[s]",
    "9",
    "1e999",
];

/// A seed with pieces thrown in, bytes taken out, and one cut.
fn spoilt() -> impl Strategy<Value = (String, Vec<u8>)> {
    let throw = prop::collection::vec((any::<prop::sample::Index>(), select(PIECES)), 0..12);
    let take = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
    (select(seeds()), throw, take, any::<prop::sample::Index>()).prop_map(
        |((name, mut bytes), throw, take, cut)| {
            for (at, piece) in throw {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, piece.bytes());
            }
            for at in take.into_iter() {
                if !bytes.is_empty() {
                    bytes.remove(at.index(bytes.len()));
                }
            }
            if cut.index(4) == 0 {
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            (name, bytes)
        },
    )
}

/// Pieces alone.
fn thrown() -> impl Strategy<Value = (String, Vec<u8>)> {
    let names: Vec<String> = seeds().into_iter().map(|(name, _)| name).collect();
    let pieces = prop::collection::vec(select(PIECES), 0..40);
    (select(names), pieces).prop_map(|(name, pieces)| (name, pieces.concat().into_bytes()))
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn seeds_may_be_spoilt_in_any_way((fuzzer, bytes) in spoilt()) {
        invariants::of(&fuzzer, &bytes);
    }

    #[test]
    fn pieces_may_be_thrown_together_in_any_way((fuzzer, bytes) in thrown()) {
        invariants::of(&fuzzer, &bytes);
    }
}
