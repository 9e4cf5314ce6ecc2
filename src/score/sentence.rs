//! Owns the sentence that a place of a labelled source lies in. Labels are measured on the source as it stands, whatever
//! its format, so sentences are cut at marks of punctuation and of markup alike.

use crate::text::{Source, Span};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// What ends a sentence of a source: a full stop, a blank line, a new item, a cell's bar, a tag that opens or closes a
/// block.
static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?-u)[.!?]["')\]]*\s|\n\s*\n|\n\s*[-*+#>\d]|\||"#,
        r"</?(?:p|div|li|td|th|tr|h\d|br|dt|dd|option|button|section|title|blockquote)\b"
    ))
    .ok()
});

/// How far before a place the start of its sentence is looked for, in bytes.
const REACH: usize = 2000;

/// The sentence around byte `at` of `text`.
pub(super) fn around(text: &str, at: u32) -> Span<Source> {
    let bytes = text.as_bytes();
    let at = (at as usize).min(bytes.len());
    let from = at.saturating_sub(REACH);
    let Some(end) = END.as_ref() else {
        return Span::of(0..bytes.len());
    };
    let left = end
        .find_iter(&bytes[from..at])
        .last()
        .map_or(0, |mark| from + mark.end());
    let right = end
        .find(&bytes[at..])
        .map_or(bytes.len(), |mark| at + mark.start() + 1);
    Span::of(left..right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_punctuation_items_cells_and_tags() {
        for (text, word, sentence) in [
            ("One. Two cures. Three.", "cures", "Two cures."),
            ("One\n\nTwo cures\n\nThree", "cures", "Two cures\n"),
            ("- One\n- Two cures\n- Three", "cures", " Two cures\n"),
            ("| One | cures | Three |", "cures", " cures |"),
            ("<p>One</p><p>Two cures</p>", "cures", ">Two cures<"),
        ] {
            let at = text.find(word).unwrap() as u32;
            assert_eq!(around(text, at).slice(text), sentence, "{text}");
        }
    }
}
