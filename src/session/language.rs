//! Owns the question whether copy is English. Rules for English copy say nothing of other copy, so silence there
//! must not pass for a verdict.

use crate::document::Document;

/// Fewer words tell too little.
const FEWEST: usize = 40;
/// Bytes of copy that are looked at.
const SAMPLE: usize = 4096;
/// Words that are frequent in English and words of no other common language.
const ENGLISH: [&str; 18] = [
    "the", "and", "of", "to", "with", "your", "you", "for", "that", "this", "are", "our", "from", "is", "it",
    "can", "we", "have",
];
/// None of them is longer.
const LONGEST: usize = 4;
/// English has twice this share of such words, in percent.
const SHARE: usize = 12;

/// The language of the copy, if it is plainly not English.
pub(super) fn other_than_english(document: &Document) -> Option<&'static str> {
    let sample = sample(document);
    let words: Vec<&str> = sample.split_whitespace().collect();
    if words.len() < FEWEST {
        // Scripts without spaces between words.
        return foreign_script(&sample);
    }
    let english = words
        .iter()
        .filter(|word| word.len() <= LONGEST && ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)))
        .count();
    if english * 100 >= words.len() * SHARE {
        return None;
    }
    guess(&sample)
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
