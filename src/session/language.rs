//! Owns the question whether copy is English. Rules for English copy say nothing of other copy, so silence there
//! must not pass for a verdict.

use crate::document::Document;

/// Fewer words tell too little.
const FEWEST: usize = 40;
/// Bytes of copy that are looked at.
const SAMPLE: usize = 4096;
/// No word of those that tell English is longer.
const LONGEST: usize = 4;
/// English has twice this share of such words, in percent.
const SHARE: usize = 12;

/// The language that the rules judge, as in BCP 47.
pub(super) const ENGLISH: &str = "en";

/// The language of the copy, if it is plainly not English.
pub(super) fn other_than_english(document: &Document) -> Option<&'static str> {
    let sample = sample(document);
    let (words, english) = count(&sample);
    if words < FEWEST {
        // Scripts without spaces between words.
        return foreign_script(&sample);
    }
    if english * 100 >= words * SHARE {
        return None;
    }
    guess(&sample)
}

/// How many words there are, and how many of them tell English.
fn count(sample: &str) -> (usize, usize) {
    let (mut words, mut english) = (0, 0);
    let mut add = |word: &[u8]| {
        words += usize::from(!word.is_empty());
        english += usize::from(is_english(word));
    };
    for part in sample
        .as_bytes()
        .split(|byte| matches!(byte, b'\t'..=b'\r' | b' '))
    {
        if part.is_ascii() {
            add(part);
        } else {
            // Other spaces may stand in it.
            let part = String::from_utf8_lossy(part);
            part.split_whitespace().for_each(|word| add(word.as_bytes()));
        }
    }
    (words, english)
}

/// Whether a word is frequent in English and a word of no other common language.
fn is_english(word: &[u8]) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"the"
            | b"and"
            | b"of"
            | b"to"
            | b"with"
            | b"your"
            | b"you"
            | b"for"
            | b"that"
            | b"this"
            | b"are"
            | b"our"
            | b"from"
            | b"is"
            | b"it"
            | b"can"
            | b"we"
            | b"have"
    )
}

fn guess(sample: &str) -> Option<&'static str> {
    let info = whatlang::detect(sample)?;
    let sure = info.is_reliable() && info.confidence() >= 0.9 && info.lang() != whatlang::Lang::Eng;
    sure.then(|| info.lang().eng_name())
}

fn foreign_script(sample: &str) -> Option<&'static str> {
    let far = |character: &char| matches!(*character, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    (sample.chars().filter(far).count() >= FEWEST)
        .then(|| guess(sample))
        .flatten()
}

fn sample(document: &Document) -> String {
    let mut out = String::new();
    for block in document.blocks.iter().filter(|block| block.kind.is_body()) {
        let text = block.prose.text();
        out.push_str(&text[..text.floor_char_boundary(SAMPLE)]);
        out.push('\n');
        if out.len() >= SAMPLE {
            break;
        }
    }
    out
}
