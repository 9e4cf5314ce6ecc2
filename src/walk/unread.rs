//! Owns how much copy files seem to hold that nothing reads: a guess from their first bytes, so that what goes unread is
//! known.

use super::{Found, is_own};
use rayon::prelude::*;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file of a kind that nothing reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The name that reports show.
    pub path: String,
    /// Its kind: the ending of its name, lower case and without the dot; its whole name, where it has none.
    pub kind: String,
    /// Words of running text that its first bytes seem to hold; none where that cannot be told from bytes.
    pub words: Option<u64>,
}

/// Bytes of a file that are looked at.
const MOST: u64 = 256 << 10;
/// So many words in a row are running text.
const ROW: u64 = 6;
/// So many words of running text seem to be copy.
const COPY: u64 = 20;
/// So many, where most of a file is no copy.
const MUCH: u64 = 50;

/// Kinds that people write copy in and no program reads as text.
const DOCUMENTS: &str = "pdf doc odt rtf pages ppt pptx odp key epub indd idml";
/// Kinds that hold no copy: pictures, fonts, sound, archives, styles, what only machines read.
const OTHERS: &str = "png jpg jpeg gif webp avif ico bmp tif tiff heic psd ai sketch fig woff woff2 ttf otf eot mp3 mp4 m4a m4v \
    webm mov avi ogg wav flac zip gz bz2 xz tar 7z rar jar wasm exe dll so dylib class pyc o db sqlite css \
    scss sass less styl map lock sh bash zsh ps1 bat graphql gql proto ini cfg conf env tf gradle cmake pem crt log \
    error_log codekit codekit3 patch diff Dockerfile Makefile Gemfile Rakefile Procfile go.mod LICENSE COPYING COPYRIGHT \
    README CNAME";
/// Programs and dumps of databases: what stands in quotes or in markup may be copy.
const PROGRAMS: &str = "py rb rs go c h cc cpp hpp java kt swift cs m pl lua sql";
/// What comments of programs begin with.
const COMMENTS: [&str; 8] = ["//", "/*", "*", "#", "--", ";", "{{/*", "{{- /*"];

impl Unread {
    /// A file that seems to hold so many words of copy.
    pub fn new(shown: &str, words: u64) -> Self {
        Self {
            path: shown.to_owned(),
            kind: kind(Path::new(shown)),
            words: Some(words),
        }
    }

    /// Whether the file seems to hold copy.
    pub fn seems_copy(&self) -> bool {
        self.words.is_none_or(|words| words >= COPY)
    }
}

/// What the files seem to hold, in the same order.
pub fn estimate(files: &[Found]) -> Vec<Unread> {
    let one = |file: &Found| Unread {
        path: file.shown.clone(),
        kind: kind(&file.path),
        words: words(&file.path),
    };
    files.par_iter().map(one).collect()
}

fn kind(path: &Path) -> String {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.unwrap_or_else(|| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    })
}

fn words(path: &Path) -> Option<u64> {
    let kind = kind(path);
    let is_of = |kinds: &str| kinds.split(' ').any(|other| other == kind);
    if is_of(DOCUMENTS) {
        return None;
    }
    let mut bytes = Vec::new();
    if !is_of(OTHERS)
        && let Ok(file) = File::open(path)
    {
        // What cannot be read to its end counts as far as it was read.
        let _ = file.take(MOST).read_to_end(&mut bytes);
    }
    if bytes.contains(&0) {
        return Some(0);
    }
    let text = String::from_utf8_lossy(&bytes);
    // A font shows its letters in rows of them.
    if is_own(&text) || text.contains("<glyph ") {
        return Some(0);
    }
    let lines = outside(&text);
    Some(if is_of(PROGRAMS) {
        much(lines.filter(|line| holds_string(line))).unwrap_or(0)
    } else {
        lines.map(running).sum()
    })
}

/// Words of running text in a file that was read and of which nothing is copy by its form; none where they are few.
pub fn passed(text: &str) -> Option<u64> {
    much(outside(text))
}

/// The lines that do not go on with a comment of programs.
fn outside(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let goes_on = inside;
        if let Some(end) = line.rfind("*/").filter(|_| inside) {
            inside = line[end..].contains("/*");
        } else if !inside && line.trim_start_matches([' ', '\t', '{', '-']).starts_with("/*") {
            inside = !line.contains("*/");
        }
        !goes_on
    })
}

fn much<'l>(lines: impl Iterator<Item = &'l str>) -> Option<u64> {
    Some(lines.map(running).sum()).filter(|words| *words >= MUCH)
}

/// Whether a string or markup stands in a line of a program.
fn holds_string(line: &str) -> bool {
    let quote = |at: usize| at == 0 || !line.as_bytes()[at - 1].is_ascii_alphanumeric();
    line.contains(['"', '<']) || line.match_indices('\'').any(|(at, _)| quote(at))
}

/// Words of running text in a line, outside of the tags of templates.
fn running(line: &str) -> u64 {
    let line = line.trim_start();
    if COMMENTS.iter().any(|mark| line.starts_with(mark)) {
        return 0;
    }
    let mut parts = line.split("{%");
    let first = parts.next().map_or(0, in_markup);
    first
        + parts
            .filter_map(|part| part.split_once("%}"))
            .map(|(_, after)| in_markup(after))
            .sum::<u64>()
}

fn in_markup(line: &str) -> u64 {
    let (mut all, mut row) = (0, 0);
    for part in line
        .split(['<', '>'])
        .enumerate()
        .filter(|(at, _)| at % 2 == 0 || !line.contains('<'))
    {
        for word in part.1.split_whitespace().map(Some).chain([None]) {
            match word {
                Some(word) if is_word(word) => row += 1,
                _ => {
                    all += if row >= ROW { row } else { 0 };
                    row = 0;
                }
            }
        }
    }
    all
}

/// Whether it is a word of prose, with the marks of a sentence around it.
fn is_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let marks = word.len() - bare.len();
    let letter = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-');
    !bare.is_empty() && marks <= 4 && bare.chars().count() <= 30 && bare.chars().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_over_many_lines_are_none() {
        let text = "/*\n  You may use this file as you like.\n*/\nOur quiet tea comes in a box\n/* so */\nand more\n";
        let lines: Vec<&str> = outside(text).collect();
        assert_eq!(
            lines,
            ["/*", "Our quiet tea comes in a box", "/* so */", "and more"]
        );
    }

    #[test]
    fn running_text_is_told_from_code() {
        for (line, words) in [
            ("Our quiet tea comes in a box of twenty.", 9),
            ("  p Our quiet tea comes in a box, and it's warm.", 11),
            ("<p class=\"lead\">Our quiet tea comes in a box</p>", 7),
            ("\"intro\": \"Our quiet tea comes in a box\",", 8),
            ("// This line tells programmers what the code does", 0),
            (
                "{% assign all = \"one two three four five six\" %}Our quiet tea comes in a box",
                7,
            ),
            ("let x = compute(a, b) + offset * 2;", 0),
            ("one two three", 0),
            ("", 0),
        ] {
            assert_eq!(running(line), words, "{line}");
        }
    }

    #[test]
    fn kinds_say_where_bytes_cannot() {
        let folder = tempfile::tempdir().unwrap();
        let told = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let shown = name.to_owned();
            let unread = estimate(&[Found {
                path,
                shown,
                named: false,
            }])
            .remove(0);
            (unread.kind.clone(), unread.words, unread.seems_copy())
        };
        let prose = "Our quiet tea comes in a box of twenty.\n".repeat(3);
        assert_eq!(told("a.PUG", &prose), ("pug".into(), Some(27), true));
        assert_eq!(told("a.pug", "p Tea."), ("pug".into(), Some(0), false));
        assert_eq!(told("b.pdf", ""), ("pdf".into(), None, true));
        assert_eq!(told("c.css", &prose), ("css".into(), Some(0), false));
        assert_eq!(
            told("d.bin", &format!("\0{prose}")),
            ("bin".into(), Some(0), false)
        );
        assert_eq!(told("Notes", &prose), ("Notes".into(), Some(27), true));
        let program = |text: &str| told("e.sql", &text.repeat(6)).1;
        assert_eq!(
            program("(1, 'Our quiet tea comes in a box of twenty.'),\n"),
            Some(48 + 6)
        );
        assert_eq!(program("create our quiet tea and box of twenty\n"), Some(0));
    }
}
