//! Owns a named, immutable text with its line index. It does not know where the text came from.

pub mod draft;

use crate::text::{LineIndex, Offsets, Position, Source, Span, Stored, Stretch};
use draft::Draft;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// A file's text under the name that reports show. What was found in it may keep the lines around it and no more; every
/// place has the same line and column as in the whole.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: Arc<str>,
    /// The parts of a cut file, in order; none of a whole one.
    parts: Vec<Part>,
    /// Made when first asked for: most files have nothing to point at.
    lines: OnceLock<LineIndex>,
    blank: OnceLock<bool>,
    encoded: Option<Arc<Encoded>>,
}

/// What is known of the bytes of a file that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// Where the characters of its text stand in its bytes; in a draft, whose bytes are a package, in its text.
    pub offsets: Offsets,
    /// What is known of its text where it is a Word draft.
    pub draft: Option<Draft>,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// A part of a text that was kept.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it starts in the file, in bytes and in characters.
    from: u32,
    characters: u32,
    /// Where it starts in what was kept.
    at: u32,
}

impl SourceFile {
    /// A text of at most 4 GiB under `name`.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            parts: Vec::new(),
            lines: OnceLock::new(),
            blank: OnceLock::new(),
            encoded: None,
        }
    }

    /// A text that was decoded from bytes in another encoding than UTF-8.
    pub fn decoded(name: impl Into<String>, text: impl Into<Arc<str>>, encoded: Encoded) -> Self {
        Self {
            encoded: Some(Arc::new(encoded)),
            ..Self::new(name, text)
        }
    }

    /// The same file with no text but the lines that these places touch, and a line on either side of each.
    pub fn around(&self, places: impl Iterator<Item = Span<Source>>) -> Self {
        let lines = self.lines();
        let start = |line: usize| lines.start(line).unwrap_or(self.text.len() as u32);
        let mut kept: Vec<(u32, u32)> = places
            .map(|place| (lines.line(place.start), lines.line(place.end)))
            .map(|(first, last)| (start(first.saturating_sub(1).max(1)), start(last + 2)))
            .collect();
        kept.sort_unstable();
        kept.dedup_by(|next, last| {
            let meets = next.0 <= last.1;
            last.1 = if meets { last.1.max(next.1) } else { last.1 };
            meets
        });
        let mut text = String::with_capacity(kept.iter().map(|(from, to)| (to - from) as usize).sum());
        let (mut parts, mut read, mut characters) = (Vec::with_capacity(kept.len()), 0, 0);
        for (from, to) in kept {
            characters += Span::<Source>::new(read, from).slice(&self.text).chars().count() as u32;
            read = from;
            parts.push(Part {
                from,
                characters,
                at: text.len() as u32,
            });
            text.push_str(Span::<Source>::new(from, to).slice(&self.text));
        }
        Self {
            name: self.name.clone(),
            text: text.into(),
            parts,
            lines: lines.clone().into(),
            blank: self.is_blank().into(),
            encoded: self.encoded.clone(),
        }
    }

    /// Whether there is nothing but white space in it.
    pub fn is_blank(&self) -> bool {
        *self.blank.get_or_init(|| self.text.trim_start().is_empty())
    }

    /// The name as given on the command line or found by walking, with forward slashes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text; of a cut file what was kept of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The slice at `span`; empty where the span lies outside, or in no part that was kept.
    pub fn slice(&self, span: Span<Source>) -> &str {
        self.stretch(span.start).get(span.start, span.end).unwrap_or("")
    }

    /// Line and column of a byte offset.
    pub fn position(&self, at: u32) -> Position {
        self.lines().position(self.stretch(at), at)
    }

    /// Where the bytes stand in the file that a span of the text was read from.
    pub fn stored(&self, span: Span<Source>) -> Span<Stored> {
        match &self.encoded {
            Some(encoded) => encoded.offsets.stored(span),
            None => Span::new(span.start, span.end),
        }
    }

    /// What is known of its text where it is a Word draft.
    pub fn draft(&self) -> Option<&Draft> {
        self.encoded.as_ref()?.draft.as_ref()
    }

    /// The hash by which the file's bytes are known again.
    pub fn sha256(&self) -> String {
        match &self.encoded {
            Some(encoded) => encoded.sha256.clone(),
            None => sha256(self.text.as_bytes()),
        }
    }

    /// How many characters stand before a byte offset.
    pub fn characters(&self, at: u32) -> u32 {
        self.lines().characters(self.stretch(at), at)
    }

    /// The nearest border of a character at or before a byte offset.
    pub fn floor(&self, at: u32) -> u32 {
        self.stretch(at).floor(at)
    }

    /// The span of 1-based `line` without its end.
    pub fn line(&self, line: usize) -> Span<Source> {
        let start = self.lines().start(line).unwrap_or(0);
        let part = self.stretch(start);
        let rest = (start - part.from) as usize..;
        let text = part.text.get(rest).unwrap_or("");
        let end = self
            .lines()
            .start(line + 1)
            .map_or(text.len(), |next| (next - start) as usize);
        let text = text.get(..end).unwrap_or("");
        Span::new(start, start + text.trim_end_matches(['\r', '\n']).len() as u32)
    }

    /// The line starts.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The part in which a byte stands, if it stands in any.
    fn stretch(&self, at: u32) -> Stretch<'_> {
        let after = self.parts.partition_point(|part| part.from <= at);
        let index = after.saturating_sub(1);
        let end = self
            .parts
            .get(index + 1)
            .map_or(self.text.len(), |next| next.at as usize);
        let part = self.parts.get(index);
        let start = part.map_or(0, |part| part.at as usize);
        Stretch {
            text: self.text.get(start..end).unwrap_or(""),
            from: part.map_or(0, |part| part.from),
            characters: part.map_or(0, |part| part.characters),
        }
    }
}

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_file_says_of_what_is_kept_what_the_whole_says() {
        let long = "é x\n".repeat(3_000) + &"ö ".repeat(5_000);
        for text in ["", "a", "a\r\n\r\nb\rc\n\n\nd é\r\re\n\u{feff}f\n", &long] {
            let whole = SourceFile::new("a.md", text);
            let step = text.len() / 40 + 1;
            for start in (0..=text.len()).step_by(step) {
                let places = [Span::of(start..(start + step).min(text.len())), Span::empty(0)];
                let cut = whole.around(places.into_iter());
                for place in places {
                    assert_eq!(cut.slice(place), whole.slice(place), "{start} of {text:?}");
                    for at in [place.start, place.end] {
                        assert_eq!(cut.position(at), whole.position(at), "{at} of {text:?}");
                        assert_eq!(cut.characters(at), whole.characters(at));
                        assert_eq!(cut.floor(at), whole.floor(at));
                        let line = whole.position(at).line;
                        for line in [
                            line.saturating_sub(1).max(1),
                            line,
                            (line + 1).min(whole.lines().count()),
                        ] {
                            let span = whole.line(line);
                            assert_eq!((cut.line(line), cut.slice(span)), (span, whole.slice(span)));
                        }
                    }
                }
                assert_eq!((cut.is_blank(), cut.lines()), (whole.is_blank(), whole.lines()));
            }
        }
    }
}
