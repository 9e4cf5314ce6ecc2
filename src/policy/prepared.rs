//! Owns what the build step works out of the embedded packs: their trees, and the steps of their phrases. Starting up
//! takes these up instead of reading half a megabyte of YAML. In the build step itself there is nothing yet, and the
//! packs are read from their texts.

use super::book::{Book, Note};
use super::lexicon::Form;
use super::model::Steps;
use super::{builtin, files::Home};
use crate::data::{Entry, Node, Value};
use crate::text::{Source, Span};
use std::borrow::Cow;
use std::sync::OnceLock;

mod write;

pub use write::{Prepared, prepare};

#[cfg(prepared)]
const NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));
#[cfg(prepared)]
const TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/packs.txt"));
#[cfg(not(prepared))]
const NUMBERS: &[u8] = &[];
#[cfg(not(prepared))]
const TEXTS: &str = "";

/// What a byte says of the node that follows.
mod tag {
    pub(super) const NULL: u8 = 0;
    pub(super) const NO: u8 = 1;
    pub(super) const YES: u8 = 2;
    pub(super) const NUMBER: u8 = 3;
    pub(super) const TEXT: u8 = 4;
    pub(super) const LIST: u8 = 5;
    pub(super) const MAP: u8 = 6;
}

/// The tree of a pack and what its book knows.
type Pack = (Node, Vec<Note>);

/// The embedded packs that were asked for. They live as long as the program: taking them apart again would cost as much
/// as reading them.
static PACKS: [OnceLock<Option<Pack>>; builtin::PACKS.len()] =
    [const { OnceLock::new() }; builtin::PACKS.len()];

/// The tree and the book of an embedded pack.
pub(super) fn pack(name: &str) -> Option<(&'static Node, Book)> {
    let number = builtin::PACKS.iter().position(|(known, _)| *known == name)?;
    let read = || {
        let mut cursor = Cursor::at(number)?;
        let root = cursor.node()?;
        Some((root, cursor.all(Cursor::note)?))
    };
    let (root, notes) = PACKS[number].get_or_init(read).as_ref()?;
    Some((root, Book::of(notes)))
}

/// A word file of the program, whose phrases were worked out when it was built; each is in it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordFile {
    number: u32,
    len: u32,
}

impl WordFile {
    /// Its number among the word files of the program.
    pub const fn number(self) -> u32 {
        self.number
    }

    /// How many phrases it has.
    pub const fn len(self) -> usize {
        self.len as usize
    }

    /// Whether it has none.
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The SHA-256 of its text.
    pub(super) fn sha256(self) -> &'static str {
        self.read().map_or("", |(sha256, _)| sha256)
    }

    /// The numbers of its phrases.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        let mut cursor = self.read().map(|(_, cursor)| cursor);
        std::iter::from_fn(move || cursor.as_mut()?.number()).take(self.len())
    }

    /// The SHA-256 of its text, and the reading that comes to the numbers of its phrases.
    fn read(self) -> Option<(&'static str, Cursor)> {
        let mut cursor = Cursor::at(builtin::PACKS.len() + self.number as usize)?;
        let _len = cursor.number()?;
        Some((cursor.text()?, cursor))
    }

    /// Its phrases.
    pub fn phrases(&self) -> impl Iterator<Item = Steps> + use<> {
        self.numbers().filter_map(steps)
    }
}

/// A word file that an embedded pack names.
pub(super) fn word_file(home: &Home, path: &str) -> Option<WordFile> {
    let Home::Embedded(_) = home else { return None };
    let number = builtin::number_of(path.trim_start_matches("./"))?;
    let len = Cursor::at(builtin::PACKS.len() + number)?.number()?;
    let number = number as u32;
    Some(WordFile { number, len })
}

/// The steps of a phrase by its number.
fn steps(number: u32) -> Option<Steps> {
    let start = |number: u32| word(word(0)? + number as usize);
    let text = TEXTS.get(start(number)?..start(number + 1)?)?;
    Some(Steps::prepared(number, text))
}

/// One of the words, of four bytes each, that say where things begin.
fn word(at: usize) -> Option<usize> {
    let bytes = NUMBERS.get(at * 4..at * 4 + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
}

/// A reading of what was prepared. Numbers are written seven bits a byte, the lowest first; the highest bit says that
/// more follow. Of a text its length is written; the text itself follows the last one. Places count from the last one.
struct Cursor {
    numbers: std::slice::Iter<'static, u8>,
    texts: &'static str,
    place: u32,
}

impl Cursor {
    /// At a part: the packs come first, then the word files. Two words say where each begins.
    fn at(part: usize) -> Option<Self> {
        Some(Self {
            numbers: NUMBERS.get(word(part * 2 + 1)?..)?.iter(),
            texts: TEXTS.get(word(part * 2 + 2)?..)?,
            place: 0,
        })
    }

    fn byte(&mut self) -> Option<u8> {
        self.numbers.next().copied()
    }

    fn number(&mut self) -> Option<u32> {
        let (mut out, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            out |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(out);
            }
            shift += 7;
        }
    }

    fn text(&mut self) -> Option<&'static str> {
        let len = self.number()? as usize;
        let (text, rest) = self.texts.split_at_checked(len)?;
        self.texts = rest;
        Some(text)
    }

    fn start(&mut self) -> Option<u32> {
        self.place = self.place.wrapping_add(self.number()?);
        Some(self.place)
    }

    fn span(&mut self) -> Option<Span<Source>> {
        let start = self.start()?;
        Some(Span::new(start, start.wrapping_add(self.number()?)))
    }

    fn node(&mut self) -> Option<Node> {
        let tag = self.byte()?;
        let span = self.span()?;
        let value = match tag {
            tag::NO => Value::Bool(false),
            tag::YES => Value::Bool(true),
            tag::NUMBER => Value::Number(self.text()?.into()),
            tag::TEXT => Value::Text(self.text()?.into()),
            tag::LIST => Value::List(self.all(Self::node)?),
            tag::MAP => Value::Map(self.all(Self::entry)?),
            _ => Value::Null,
        };
        Some(Node { span, value })
    }

    /// A list of what `one` reads, its length first.
    fn all<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        let mut out = Vec::with_capacity(count as usize);
        for _ in 0..count {
            out.push(one(self)?);
        }
        Some(out)
    }

    fn entry(&mut self) -> Option<Entry> {
        let key = Cow::Borrowed(self.text()?);
        let key_span = self.span()?;
        let node = self.node()?;
        Some(Entry { key, key_span, node })
    }

    fn note(&mut self) -> Option<Note> {
        let start = self.start()?;
        let form = match self.byte()? {
            0 => Form::Verb,
            1 => Form::Noun,
            _ => Form::Phrase,
        };
        Some((start, form, steps(self.number()?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_yaml;
    use crate::policy::lexicon;

    #[test]
    fn every_pack_is_prepared_as_its_text_says() {
        for (name, text) in builtin::PACKS {
            let (root, _) = pack(name).unwrap();
            assert_eq!(Ok(root.clone()), parse_yaml(text, 0), "{name}");
        }
        let prepared = prepare();
        assert_eq!(prepared.numbers, NUMBERS);
        assert_eq!(prepared.texts, TEXTS);
        assert_eq!(prepared.mistakes, Vec::<String>::new());
    }

    #[test]
    fn every_word_file_is_prepared_as_its_text_says() {
        for (path, text) in builtin::WORD_FILES.iter().zip(builtin::WORD_TEXTS) {
            let mut phrases = Vec::new();
            assert!(lexicon::words_of(path, text, Span::empty(0), &mut phrases).is_empty());
            let mut seen = std::collections::HashSet::new();
            phrases.retain(|phrase| seen.insert(phrase.steps.clone()));
            let steps: Vec<Steps> = phrases.into_iter().map(|phrase| phrase.steps).collect();
            let file = word_file(&Home::Embedded("english"), path).unwrap();
            assert_eq!(file.phrases().collect::<Vec<_>>(), steps, "{path}");
            assert_eq!((file.len(), file.is_empty()), (steps.len(), steps.is_empty()));
            assert_eq!(file.sha256(), crate::source::sha256(text.as_bytes()));
            assert_eq!(word_file(&Home::File(path.into()), path), None);
        }
    }

    #[test]
    fn what_is_cut_off_is_not_there() {
        let whole = Cursor::at(0).unwrap();
        let numbers = whole.numbers.as_slice();
        for len in [0, 1, 2, 7, 100] {
            let mut cursor = Cursor {
                numbers: numbers[..len].iter(),
                texts: whole.texts,
                place: 0,
            };
            assert_eq!(cursor.node(), None);
        }
    }
}
