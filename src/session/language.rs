//! Owns the question which of the copy is English. Rules for English copy say nothing of other copy, so silence there
//! must not pass for a verdict, of a whole page or of a part of it.

mod declared;
mod glances;

use super::Unchecked;
use crate::document::{Block, Document};
use crate::text::{Source, Span};
use declared::{declared, named, says_english};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

pub(super) use glances::Glances;

/// The language that the rules judge, as in BCP 47.
pub(super) const ENGLISH: &str = "en";

/// Fewer words of another language tell too little.
const FEWEST: usize = 8;
/// So many words of no known language tell one, if nearly no word of them is English.
const MANY: usize = 40;
/// Bytes of a block that are looked at; in most they tell that it is English.
const GLANCE: usize = 160;
/// Bytes of a block that are looked at where that does not.
const SAMPLE: usize = 600;
/// No word of those that tell a language is longer.
const LONGEST: usize = 8;
/// English has twice this share of its words that tell it, in percent.
const SHARE: usize = 12;
/// Copy with more of them than this, in percent, is English all the same: a list of conditions has few small words.
const HARDLY: usize = 4;
/// Other languages have this share of theirs.
const OTHER_SHARE: usize = 15;
/// A page of which so much is in another language, in percent, is no English page.
const WHOLE: usize = 70;

/// Codes and names of other languages, and words that are frequent in them and no words of English.
const OTHERS: &[(&str, &str, &str)] = &[
    (
        "de",
        "German",
        " der und das ist nicht mit für sie wir ein eine auf den von zu ihre unsere wird bei \
         oder dir dich du ihr ihnen unser einen einem einer beim zum zur im dem auch sich sind haben kann nach aus wenn damit durch jeden jede ",
    ),
    (
        "es",
        "Spanish",
        " el los las de que con para por una del su en es la y nuestro nuestra como más tu sus \
         pero muy lo cada este esta todos ",
    ),
    (
        "fr",
        "French",
        " le la les des et est une pour dans avec votre vous nous du que sur de en qui notre \
         nos vos ce cette ou au aux pas sont chaque ",
    ),
    (
        "it",
        "Italian",
        " il di che per con una della sono gli nostro la del e un dei nella più tuo tua anche \
         ogni alla nostra dal questo questa ",
    ),
    (
        "pt",
        "Portuguese",
        " os de que com para uma não por seu do da em e o as nosso mais um na nos ao cada sem também nossa ",
    ),
    (
        "nl",
        "Dutch",
        " het een van en voor met niet zijn onze de op je wordt bij ook dat aan uit jouw deze \
         elke om kan naar nog ",
    ),
    (
        "pl",
        "Polish",
        " nie jest się dla oraz na w z jak przez jako lub które ",
    ),
    ("sv", "Swedish", " och att det är för på som med av inte en vi "),
    ("da", "Danish", " og det er til på som med af ikke en vi for "),
    ("tr", "Turkish", " ve bir bu için ile olarak çok daha "),
    ("vi", "Vietnamese", " và của là có cho không được các một "),
    ("tl", "Tagalog", " ang mga ng sa na ay para "),
];

/// Words of other languages that stand in English copy too: in names, as of brands and ingredients, in addresses, or as words
/// of English.
const OF_NAMES: &str = " de la le les des du di da del della dei el los las en et van von der den de y e o a na med for \
     do as com met per con ";

/// What is in another language than English.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Other {
    /// The page.
    Page(&'static str),
    /// A part of it: the language, its words, the words of the page, and the line it begins on.
    Part(&'static str, usize, usize, usize),
}

impl std::fmt::Display for Other {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(language) => write!(out, "the copy is in {language}"),
            Self::Part(language, words, of, line) => write!(
                out,
                "part of the copy, about {words} of {of} words from line {line} on, is in {language}"
            ),
        }
    }
}

impl From<Other> for Unchecked {
    fn from(other: Other) -> Self {
        let language = match other {
            Other::Page(language) => ("the copy", language),
            Other::Part(language, ..) => ("part of the copy", language),
        };
        Self {
            because: other.to_string(),
            language: Some(language),
        }
    }
}

/// What of the copy is plainly not English; how blocks begin that are known need not be counted again.
pub(super) fn other_than_english(document: &Document, mut known: Option<&mut Glances>) -> Option<Other> {
    if let Some(known) = &mut known {
        known.trim(document.blocks.len());
    }
    let (mut all, mut english, mut rest) = (0, 0, String::new());
    let mut others: Vec<(&'static str, usize, &Block)> = Vec::new();
    for block in document.blocks.iter().filter(|block| block.kind.is_body()) {
        let text = block.prose.text();
        let glance = &text[..text.floor_char_boundary(GLANCE)];
        let (words, of_english) = match &mut known {
            Some(known) => known.count(glance),
            None => count(glance),
        };
        if of_english * 100 >= words * SHARE && of_english > 0 {
            let longer = text.len().div_ceil(glance.len().max(1));
            (all, english) = (all + words * longer, english + of_english * longer);
            continue;
        }
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let whole = sample.len() == glance.len();
        let (spaced, of_english) = if whole { (words, of_english) } else { count(sample) };
        // Some scripts put no spaces between words.
        let words = spaced.max(letters(sample) / 4);
        // What is longer than the sample goes on as it begins.
        let longer = text.len().div_ceil(sample.len().max(1));
        (all, english) = (all + words * longer, english + of_english * longer);
        if of_english * 100 >= words * SHARE && of_english > 0 {
            continue;
        }
        match language(sample, words) {
            Some(language) => {
                let words = words * longer;
                match others.iter_mut().find(|(other, ..)| *other == language) {
                    Some((_, known, _)) => *known += words,
                    None => others.push((language, words, block)),
                }
            }
            None if rest.len() < SAMPLE * 8 => rest.push_str(sample),
            None => {}
        }
        rest.push('\n');
    }
    let most = others.into_iter().max_by_key(|(_, words, _)| *words);
    let most = most.filter(|(_, words, _)| *words >= FEWEST);
    match most {
        Some((language, words, _)) if words * 100 >= all * WHOLE => Some(Other::Page(language)),
        Some((language, words, block)) => {
            let start = block.prose.origin(block.prose.span()).start;
            let line = document.file.position(start).line;
            Some(Other::Part(language, words, all.max(words), line))
        }
        None if english * 100 >= all * SHARE && english > 0 => None,
        None if all >= MANY && english * 100 < all * HARDLY && !says_english(document) => {
            guess(&rest).map(Other::Page)
        }
        None => declared(document)
            .and_then(named)
            .filter(|_| all > 0 && english == 0)
            .map(Other::Page),
    }
}

/// The English parts of a page in another language, in order and apart from one another.
pub(super) fn english_parts(document: &Document) -> Vec<Span<Source>> {
    let english = document.blocks.iter().filter(|block| {
        let (words, english) = count(block.prose.text());
        english > 0 && english * 100 >= words * SHARE
    });
    let mut parts: Vec<Span<Source>> = english
        .map(|block| block.prose.origin(block.prose.span()))
        .collect();
    parts.sort_unstable();
    // A title or an alternative text may stand within the text of another block.
    parts.dedup_by(|next, last| {
        let within = next.start <= last.end;
        if within {
            last.end = last.end.max(next.end);
        }
        within
    });
    parts
}

/// How many words there are, and how many of them tell English.
fn count(text: &str) -> (usize, usize) {
    let (mut words, mut english) = (0, 0);
    let mut add = |word: u64| {
        words += usize::from(word != 0);
        english += usize::from(is_english(word));
    };
    if text.is_ascii() {
        let mut word = 0;
        for byte in text.bytes() {
            match LETTERS[usize::from(byte)] {
                0 => add(std::mem::take(&mut word)),
                letter => word = word << 8 | u64::from(letter),
            }
        }
        add(word);
    } else {
        let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')));
        parts.for_each(|word| add(packed(word.as_bytes())));
    }
    (words, english)
}

/// The bytes that words are made of, in small letters; 0 for all others.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < letters.len() {
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() || letter == b'\'' {
            letters[byte] = letter.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// The last eight bytes of a word, in small letters: all of a word that tells a language.
const fn packed(word: &[u8]) -> u64 {
    let (mut out, mut at) = (0, 0);
    while at < word.len() {
        out = out << 8 | word[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    out
}

/// Words that are frequent in English and words of no other common language.
const ENGLISH_WORDS: [&str; 18] = [
    "the", "and", "of", "to", "with", "your", "you", "for", "that", "this", "are", "our", "from", "is", "it",
    "can", "we", "have",
];

/// The same, packed, each in the place that it names: no two of them name the same.
const TELLING: [u32; PLACES] = {
    let mut out = [0; PLACES];
    let mut at = 0;
    while at < ENGLISH_WORDS.len() {
        let word = packed(ENGLISH_WORDS[at].as_bytes()) as u32;
        assert!(out[place(word)] == 0);
        out[place(word)] = word;
        at += 1;
    }
    out
};

const PLACES: usize = 64;
/// Found by trying: with it every word has a place of its own.
const MULTIPLIER: u32 = 0xA6CE_CC1B;

/// The place in [`TELLING`] that a packed word names.
const fn place(word: u32) -> usize {
    (word.wrapping_mul(MULTIPLIER) >> 26) as usize
}

/// Whether a packed word is one of these.
fn is_english(word: u64) -> bool {
    u32::try_from(word).is_ok_and(|word| word != 0 && TELLING[place(word)] == word)
}

/// The words that tell other languages, packed, each with the languages that have it, a bit for each.
static LISTS: LazyLock<FxHashMap<u64, u16>> = LazyLock::new(|| {
    let mut lists = FxHashMap::default();
    let all = OTHERS.iter().map(|(.., list)| *list).chain([OF_NAMES]);
    for (at, list) in (0..).zip(all) {
        for word in list.split(' ') {
            *lists.entry(packed(word.as_bytes())).or_default() |= 1 << at;
        }
    }
    lists
});

/// The languages that have a word.
fn told_by(word: &str) -> Option<(u64, u16)> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = packed(word.as_bytes());
    LISTS.get(&word).map(|languages| (word, *languages))
}

/// The other language that a text without English is plainly in.
fn language(text: &str, words: usize) -> Option<&'static str> {
    if letters(text) >= FEWEST * 2 {
        return whatlang::detect(text).map(|info| info.lang().eng_name());
    }
    if words < FEWEST {
        return None;
    }
    let told = text.split(|c: char| !c.is_alphanumeric()).filter_map(told_by);
    let mut told: Vec<(u64, u16)> = told.collect();
    told.sort_unstable();
    let mut best = None;
    for (at, (_, name, _)) in OTHERS.iter().enumerate() {
        let of = told.iter().filter(|(_, languages)| languages >> at & 1 == 1);
        let count = of.clone().count();
        let mut told: Vec<_> = of
            .filter(|(_, languages)| languages >> OTHERS.len() == 0)
            .collect();
        told.dedup();
        let enough = told.len() >= 2 && count * 100 >= words * OTHER_SHARE;
        if enough && best.is_none_or(|(_, most)| count > most) {
            best = Some((*name, count));
        }
    }
    best.map(|(name, _)| name)
}

/// Letters of scripts in which no English is written.
fn letters(text: &str) -> usize {
    if text.is_ascii() {
        return 0;
    }
    let far = |c: &char| {
        *c >= '\u{370}'
            && c.is_alphabetic()
            && !matches!(*c, '\u{1e00}'..='\u{2bff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff00}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
    };
    text.chars().filter(far).count()
}

fn guess(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    let different: FxHashSet<&str> = words.filter(|word| word.len() > 2).collect();
    // A table of hours or of prices says little of its language.
    if different.len() < MANY / 2 {
        return None;
    }
    let info = whatlang::detect(text)?;
    let sure = info.is_reliable() && info.confidence() >= 0.9 && info.lang() != whatlang::Lang::Eng;
    let name = info.lang().eng_name();
    (sure && has_words_of(name, text)).then_some(name)
}

/// Whether two different small words of a language stand in a text; of a language whose words are not known here nothing
/// can be said against it.
fn has_words_of(name: &str, text: &str) -> bool {
    let Some(at) = OTHERS.iter().position(|(_, other, _)| *other == name) else {
        return true;
    };
    let told = text.split(|c: char| !c.is_alphanumeric()).filter_map(told_by);
    let telling = |(_, languages): &(u64, u16)| languages >> at & 1 == 1 && languages >> OTHERS.len() == 0;
    let mut words: Vec<u64> = told.filter(telling).map(|(word, _)| word).collect();
    words.sort_unstable();
    words.dedup();
    words.len() >= 2
}

#[cfg(test)]
mod tests;
