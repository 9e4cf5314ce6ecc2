//! Owns working out what is prepared, and writing it down.

use super::super::book::{Book, Note};
use super::super::files::Home;
use super::super::model::Steps;
use super::super::{PackRef, PolicyMistake, Request, builtin, lexicon, load, overlay};
use super::tag;
use crate::data::{Entry, Node, Value};
use crate::source::sha256;
use crate::text::{Source, Span};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// What was worked out of the embedded packs. It is read with the text and nothing else, so both are kept together.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Where the parts begin, and everything in them but texts.
    pub numbers: Vec<u8>,
    /// The texts, one after the other.
    pub texts: String,
    /// The steps of phrases, each once, by number.
    pub phrases: Vec<Steps>,
    /// The numbers of the phrases of each word file, by the number of the file.
    pub files: Vec<Vec<u32>>,
    /// The number words of the language pack.
    pub numerals: Vec<String>,
    /// The mistakes of word files. These are told when the program is built, for their texts are no part of it.
    pub mistakes: Vec<String>,
}

/// Reads the embedded packs and works out what a run needs of them. A pack with a mistake is left out: it is read, and its
/// mistakes are told, when the program runs.
pub fn prepare() -> Prepared {
    let request = Request {
        policies: builtin::PACKS
            .iter()
            .map(|(name, _)| PackRef::Name((*name).to_owned()))
            .collect(),
        ..Request::default()
    };
    let (mut raws, mistakes) = load::gather(&request, true);
    raws.iter_mut().for_each(|raw| raw.book = Rc::new(Book::noting()));
    let (policy, mistakes) = overlay::joined(&raws, mistakes);
    let wrong = |raw: &load::Raw| {
        let mut files = mistakes.iter().filter_map(|mistake| mistake.file.as_ref());
        files.any(|file| Arc::ptr_eq(file, &raw.file))
    };
    let packs: Vec<Option<(Node, Vec<Note>)>> = builtin::PACKS
        .iter()
        .map(|(name, _)| {
            let at = raws.iter().position(|raw| raw.home == Home::Embedded(name))?;
            let raw = raws.swap_remove(at);
            (!raw.blind && !wrong(&raw)).then(|| (raw.root.into_owned(), raw.book.notes()))
        })
        .collect();
    let mut writer = Writer::default();
    for pack in packs {
        writer.part(pack.is_some());
        if let Some((root, notes)) = pack {
            writer.node(&root);
            writer.number(notes.len() as u32);
            notes.iter().for_each(|note| writer.note(note));
        }
    }
    for (name, text) in builtin::WORD_FILES.iter().zip(builtin::WORD_TEXTS) {
        let mut phrases = Vec::new();
        let mistakes = lexicon::words_of(name, text, Span::empty(0), &mut phrases);
        writer.part(mistakes.is_empty());
        writer.file(
            phrases.iter().map(|phrase| &phrase.steps),
            &sha256(text.as_bytes()),
        );
        let told = mistakes.iter().map(|PolicyMistake { mistake, .. }| {
            let line = text[..mistake.span.start as usize].matches('\n').count() + 1;
            format!("policies/{name}:{line}: {}", mistake.message)
        });
        writer.out.mistakes.extend(told);
    }
    let numbers = policy.language.numbers.into_iter();
    writer.finish(numbers.map(|(word, _)| word).collect())
}

/// A writing of what [`super::Cursor`] reads.
#[derive(Default)]
struct Writer {
    parts: Vec<Option<(usize, usize)>>,
    out: Prepared,
    place: u32,
    known: HashMap<Steps, u32>,
}

impl Writer {
    /// Begins the next part, or says that it is not there.
    fn part(&mut self, there: bool) {
        let here = (self.out.numbers.len(), self.out.texts.len());
        self.parts.push(there.then_some(here));
        self.place = 0;
    }

    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.out.numbers.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.out.numbers.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.out.texts.push_str(text);
    }

    fn start(&mut self, start: u32) {
        self.number(start.wrapping_sub(self.place));
        self.place = start;
    }

    fn span(&mut self, span: Span<Source>) {
        self.start(span.start);
        self.number(span.end.wrapping_sub(span.start));
    }

    fn head(&mut self, tag: u8, span: Span<Source>) {
        self.out.numbers.push(tag);
        self.span(span);
    }

    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Null => self.head(tag::NULL, node.span),
            Value::Bool(false) => self.head(tag::NO, node.span),
            Value::Bool(true) => self.head(tag::YES, node.span),
            Value::Number(text) => {
                self.head(tag::NUMBER, node.span);
                self.text(text);
            }
            Value::Text(text) => {
                self.head(tag::TEXT, node.span);
                self.text(text);
            }
            Value::List(items) => {
                self.head(tag::LIST, node.span);
                self.number(items.len() as u32);
                items.iter().for_each(|item| self.node(item));
            }
            Value::Map(entries) => {
                self.head(tag::MAP, node.span);
                self.number(entries.len() as u32);
                entries.iter().for_each(|entry| self.entry(entry));
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.text(&entry.key);
        self.span(entry.key_span);
        self.node(&entry.node);
    }

    fn note(&mut self, (start, form, steps): &Note) {
        self.start(*start);
        self.out.numbers.push(*form as u8);
        self.steps(steps);
    }

    fn steps(&mut self, steps: &Steps) {
        let number = self.numbered(steps);
        self.number(number);
    }

    /// The number of a phrase, given to it now if it has none.
    fn numbered(&mut self, steps: &Steps) -> u32 {
        let next = self.known.len() as u32;
        let number = *self.known.entry(steps.clone()).or_insert(next);
        if number == next {
            self.out.phrases.push(steps.clone());
        }
        number
    }

    /// The phrases of a word file, each once, and the hash of its text.
    fn file<'s>(&mut self, phrases: impl Iterator<Item = &'s Steps>, sha256: &str) {
        let mut numbers: Vec<u32> = phrases.map(|steps| self.numbered(steps)).collect();
        let mut seen = HashSet::new();
        numbers.retain(|number| seen.insert(*number));
        self.number(numbers.len() as u32);
        self.text(sha256);
        numbers.iter().for_each(|number| self.number(*number));
        self.out.files.push(numbers);
    }

    /// The parts; before them where the table of phrases stands, counted in words, and where each part begins; one that
    /// is not there begins where nothing is. The table says where the text of each phrase begins, and the last one ends.
    fn finish(mut self, numerals: Vec<String>) -> Prepared {
        let head = 1 + self.parts.len() * 2;
        let body = (head + self.out.phrases.len() + 1) * 4;
        let mut words = vec![head as u32];
        words.extend(self.parts.iter().flat_map(|part| match part {
            Some((numbers, texts)) => [(body + numbers) as u32, *texts as u32],
            None => [u32::MAX; 2],
        }));
        for steps in &self.out.phrases {
            words.push(self.out.texts.len() as u32);
            self.out.texts.push_str(steps.as_str());
        }
        words.push(self.out.texts.len() as u32);
        let mut numbers: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
        numbers.append(&mut self.out.numbers);
        Prepared {
            numbers,
            numerals,
            ..self.out
        }
    }
}
