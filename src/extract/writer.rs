//! Owns writing one block's prose: white space becomes single spaces, entities their characters, and addresses
//! and masked template syntax a placeholder, each with its exact place.

use super::html::entity;
use super::mask::{self, Mask};
use crate::text::{Derived, Prose, Source, Span, spaced_run};
use std::ops::Range;

/// Stands for what is no copy but keeps its neighbours apart: code, addresses, values of templates.
pub(super) const PLACEHOLDER: &str = "\u{fffc}";

/// Prose in the making. Places are given in bytes of the text being read, which stands at `base` of the file.
pub(super) struct Writer {
    base: u32,
    prose: Derived<Prose, Source>,
}

impl Writer {
    /// Nothing written yet.
    pub(super) const fn new(base: u32) -> Self {
        Self {
            base,
            prose: Derived::new(),
        }
    }

    /// Whether nothing is written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.prose.text().is_empty()
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        self.prose.text()
    }

    /// How many bytes are written.
    pub(super) fn len(&self) -> u32 {
        self.prose.span().end
    }

    /// Takes what is written, without white space at its end, and starts anew.
    pub(super) fn take(&mut self) -> Derived<Prose, Source> {
        self.prose.trim_end();
        self.prose.take()
    }

    /// What is written, without white space at its end.
    pub(super) fn finish(mut self) -> Derived<Prose, Source> {
        self.prose.trim_end();
        self.prose
    }

    /// The span in the file of a range of the text being read.
    pub(super) fn place(&self, range: Range<usize>) -> Span<Source> {
        let span = Span::<Source>::of(range);
        Span::new(
            span.start.saturating_add(self.base),
            span.end.saturating_add(self.base),
        )
    }

    /// Writes text that stands literally at byte `at`.
    pub(super) fn plain(&mut self, text: &str, at: usize) {
        let careful = may_hold_more_than_words(text) && (holds_address(text) || mask::any(text));
        let mut done = 0;
        while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
            let run = regular(rest.as_bytes());
            if run == 0 {
                let white = white(rest.as_bytes()).max(1);
                self.space(at + done..at + done + white, rest.get(..white) == Some(" "));
                done += white;
                continue;
            }
            let piece = rest.get(..run).unwrap_or(rest);
            if careful {
                self.words(piece, at + done);
            } else {
                self.verbatim(piece, at + done);
            }
            done += piece.len();
        }
    }

    /// Writes HTML text that stands at byte `at`: as [`Self::plain`], with entities decoded.
    pub(super) fn markup(&mut self, raw: &str, at: usize) {
        let mut done = 0;
        while let Some(rest) = raw.get(done..).filter(|rest| !rest.is_empty()) {
            let plain = rest.find('&').unwrap_or(rest.len());
            self.plain(rest.get(..plain).unwrap_or_default(), at + done);
            done += plain;
            let Some(rest) = raw.get(done..).filter(|rest| !rest.is_empty()) else {
                break;
            };
            let len = entity::length(rest);
            match rest.get(..len).and_then(entity::decode) {
                Some(decoded) => self.atomic(&decoded, at + done..at + done + len),
                None => self.plain(rest.get(..len).unwrap_or_default(), at + done),
            }
            done += len.max(1);
        }
    }

    /// Writes text that stands for the whole of a range.
    pub(super) fn atomic(&mut self, text: &str, range: Range<usize>) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.space(range, false);
        } else {
            let place = self.place(range);
            self.prose.push_atomic(text, place);
        }
    }

    /// Writes one space for the white space at `range`, unless one is there already or nothing is. `single`
    /// says that the range is exactly one space.
    pub(super) fn space(&mut self, range: Range<usize>, single: bool) {
        if self.is_empty() || self.text().ends_with(' ') {
            return;
        }
        let place = self.place(range);
        if single {
            self.prose.push_verbatim(" ", place.start);
        } else {
            self.prose.push_atomic(" ", place);
        }
    }

    /// Writes a placeholder for what stands at `range`.
    pub(super) fn placeholder(&mut self, range: Range<usize>) {
        if !self.text().ends_with(PLACEHOLDER) {
            let place = self.place(range);
            self.prose.push_atomic(PLACEHOLDER, place);
        }
    }

    fn verbatim(&mut self, piece: &str, at: usize) {
        let start = self.place(at..at).start;
        self.prose.push_verbatim(piece, start);
    }

    /// Writes words that may hold addresses or masks.
    fn words(&mut self, piece: &str, at: usize) {
        let mut done = 0;
        for word in piece.split_inclusive(' ') {
            let bare = word.strip_suffix(' ').unwrap_or(word);
            self.word(bare, at + done);
            done += word.len();
            if bare.len() < word.len() {
                self.space(at + done - 1..at + done, true);
            }
        }
    }

    fn word(&mut self, word: &str, at: usize) {
        if mask::any(word) {
            for (kind, range) in mask::segments(word) {
                let piece = word.get(range.clone()).unwrap_or_default();
                let place = at + range.start..at + range.end;
                match kind {
                    None => self.address_or_word(piece, place.start),
                    Some(Mask::Value) => self.placeholder(place),
                    Some(Mask::Space) => self.space(place, false),
                    Some(Mask::Tag) => {}
                }
            }
        } else {
            self.address_or_word(word, at);
        }
    }

    fn address_or_word(&mut self, word: &str, at: usize) {
        let Some((start, end)) = address(word) else {
            return self.verbatim(word, at);
        };
        self.verbatim(word.get(..start).unwrap_or_default(), at);
        self.placeholder(at + start..at + end);
        self.verbatim(word.get(end..).unwrap_or_default(), at + end);
    }
}

/// How many leading bytes are words with single spaces between them.
fn regular(bytes: &[u8]) -> usize {
    let run = spaced_run(bytes, |byte| byte > b' ' || !is_white(byte));
    run - usize::from(run > 0 && bytes[run - 1] == b' ')
}

/// How many leading bytes are white space.
fn white(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_white(**byte)).count()
}

const fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Whether an address or a mask may stand in `text`: no plain words have what either has. The whole text is looked
/// at without a way out, which is a few wide instructions.
fn may_hold_more_than_words(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |any, (byte, next)| {
        any | (*byte >= 0x80) | (*byte == b'/') | ((*byte == b'w') & (*next == b'w'))
    })
}

/// Whether a web address may stand in `text`.
fn holds_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    (text.contains('/') && text.contains("://")) || memchr::memmem::find(bytes, b"www.").is_some()
}

/// Where a web address stands in a word, without the punctuation that follows it.
fn address(word: &str) -> Option<(usize, usize)> {
    let start = ["http://", "https://", "www."]
        .iter()
        .filter_map(|lead| word.find(lead))
        .min()?;
    let end = word
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', ']', '>', '*'])
        .len();
    (start < end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn written(pieces: &[&str]) -> Derived<Prose, Source> {
        let mut writer = Writer::new(7);
        let mut at = 0;
        for piece in pieces {
            writer.plain(piece, at);
            at += piece.len();
        }
        writer.finish()
    }

    proptest! {
        #[test]
        fn text_is_written_at_once_as_it_is_in_pieces(
            pieces in vec(prop::sample::select(&[
                "tea", "a cup of tea with milk and a word that is longer", " ", "\t", "\r\n", "é", "\u{b}", "\u{a0}",
            ][..]), 0..40),
        ) {
            let whole = pieces.concat();
            let (at_once, in_pieces) = (written(&[&whole]), written(&pieces));
            prop_assert_eq!(at_once.text(), in_pieces.text());
            for (at, c) in at_once.text().char_indices().filter(|(_, c)| *c != ' ') {
                let span = Span::of(at..at + c.len_utf8());
                prop_assert_eq!(at_once.origin(span), in_pieces.origin(span));
            }
        }
    }

    #[test]
    fn addresses_and_masks_are_seen_among_words() {
        let text = |text| written(&[text]).text().to_owned();
        assert_eq!(
            text("see www.tea.example/x, or http://a.b"),
            "see \u{fffc}, or \u{fffc}"
        );
        assert_eq!(text("and/or w ww. wow"), "and/or w ww. wow");
        assert_eq!(text("the \u{378}\u{378} tea"), "the \u{fffc} tea");
        assert_eq!(text("a\u{530}b"), "a b");
    }

    #[test]
    fn a_writer_begins_anew_when_its_text_is_taken() {
        let mut writer = Writer::new(0);
        writer.plain("tea ", 0);
        assert_eq!(writer.take().text(), "tea");
        assert!(writer.is_empty());
        writer.plain("milk", 9);
        let milk = writer.take();
        assert_eq!(
            (milk.text(), milk.origin(milk.span())),
            ("milk", Span::new(9, 13))
        );
    }
}
