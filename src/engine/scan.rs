//! Owns reading a document once: words, clauses, sentences, and every hit of every lexicon.

use super::kept::Kept;
use super::meanings::Listed;
use super::memory::Run;
use super::set::IdSet;
use super::vocabulary::{Token, Trail, Vocabulary};
use crate::automaton::{Gap, Seen, WordId};
use crate::document::{Block, BlockKind, Document};
use crate::policy::model::LexiconId;
use crate::text::{Abbreviations, Derived, Folded, Prose, Source, Span, each_word, fold_onto, sentences};
use rustc_hash::FxHashMap;
use std::ops::{Deref, Range};

/// A phrase of a lexicon in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// What it is [`Listed`] in (23 bits), whether it stands inside an exception (1), and how many tokens follow the first one (8): a
    /// phrase has a few dozen words at most. Nearly every word of a long text is a hit.
    packed: u32,
    /// Which phrase, the same number for the same phrase.
    pub(super) phrase: u32,
    /// First token, an index into [`Scan::tokens`].
    pub(super) first: u32,
}

impl Hit {
    const MASKED: u32 = 1 << 8;

    const fn new(listed: Listed, phrase: u32, first: u32, last: u32) -> Self {
        Self {
            packed: listed.0 << 9 | (last - first) & 0xff,
            phrase,
            first,
        }
    }

    const fn listed(&self) -> Listed {
        Listed(self.packed >> 9)
    }

    /// The lexicon.
    pub(super) const fn lexicon(&self) -> u32 {
        self.listed().lexicon()
    }

    /// Whether the phrases of its lexicon are counted over a whole document, and it stands inside no exception.
    pub(super) const fn counts(&self) -> bool {
        self.listed().is(Listed::COUNTED) && !self.masked()
    }

    /// Whether its lexicon leads to frames.
    pub(super) const fn leads(&self) -> bool {
        self.listed().is(Listed::LEADS)
    }

    /// Last token.
    pub(super) const fn last(&self) -> u32 {
        self.first + (self.packed & 0xff)
    }

    /// Whether it stands inside an exception, where it means something else.
    pub(super) const fn masked(&self) -> bool {
        self.packed & Self::MASKED != 0
    }

    /// The same so many tokens further on.
    pub(super) const fn moved(self, tokens: u32) -> Self {
        Self {
            first: self.first.wrapping_add(tokens),
            ..self
        }
    }

    const fn mask(&mut self) {
        self.packed |= Self::MASKED;
    }
}

/// A sentence and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Index of its block.
    pub(super) block: u32,
    /// Its place in the folded text.
    pub(super) span: Span<Folded>,
    /// Its tokens.
    pub(super) tokens: Range<u32>,
    /// Its hits, by first token.
    pub(super) hits: Range<u32>,
    /// The marks that one of its hits has at least.
    pub(super) marks: u32,
}

impl Sentence {
    /// Whether one of its hits is marked so: a sentence without is passed over.
    pub(super) const fn has(&self, mark: u32) -> bool {
        self.marks & mark != 0
    }
}

/// A document, scanned.
#[derive(Debug)]
pub(super) struct Scan<'d> {
    pub(super) document: &'d Document,
    /// What was read off it.
    pub(super) read: Read,
    /// What of it was read off the document before, in order.
    pub(super) kept: Vec<Kept>,
}

/// What is read off a document.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The folded text of all blocks, one after the other; each leads back to the prose of its block.
    pub(super) folded: Derived<Folded, Prose>,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) hits: Vec<Hit>,
    /// The sentences of each block.
    pub(super) by_block: Vec<Range<u32>>,
    /// Where the folded text of each block ends.
    pub(super) ends: Vec<u32>,
}

impl Deref for Scan<'_> {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

/// What scanning needs to know.
#[derive(Debug)]
pub(super) struct Scanner {
    pub(super) vocabulary: Vocabulary,
    pub(super) abbreviations: Abbreviations,
    /// The lexicon of words that part clauses.
    pub(super) clause_marks: LexiconId,
    /// Number words and their values.
    pub(super) numbers: FxHashMap<WordId, f64>,
}

impl Scanner {
    /// Reads `document` once.
    pub(super) fn scan<'d>(&self, document: &'d Document) -> Scan<'d> {
        self.scan_again(document, &[], &Read::default())
    }

    /// Reads of `document` what has changed: these `runs` of blocks stand as they stood when `past` was read.
    pub(super) fn scan_again<'d>(&self, document: &'d Document, runs: &[Run], past: &Read) -> Scan<'d> {
        // Words have some six bytes with the space after them, and many are hits of several lexicons.
        let bytes: usize = document.blocks.iter().map(|block| block.prose.text().len()).sum();
        let mut read = Read {
            folded: Derived::with_capacity(bytes),
            tokens: Vec::with_capacity(bytes / 4),
            sentences: Vec::new(),
            hits: Vec::with_capacity(bytes / 3),
            by_block: Vec::with_capacity(document.blocks.len()),
            ends: Vec::with_capacity(document.blocks.len()),
        };
        let mut trail = Trail::default();
        let mut kept = Vec::with_capacity(runs.len());
        let mut next = 0;
        let mut new = |blocks: Range<usize>, read: &mut Read| {
            for index in blocks {
                self.block(index as u32, &document.blocks[index], read, &mut trail);
            }
        };
        for run in runs {
            new(next..run.here.start, &mut read);
            kept.extend(read.keep(past, run));
            next = run.here.end;
        }
        new(next..document.blocks.len(), &mut read);
        Scan { document, read, kept }
    }

    /// Reads a text that belongs to no document: how many words it has, and its hits.
    pub(super) fn read(&self, text: &str) -> (u32, Vec<Hit>) {
        let mut folded = Derived::with_capacity(text.len());
        fold_onto(text, &mut folded);
        let mut tokens = Vec::new();
        let mut hits = Vec::new();
        self.tokens(folded.text(), folded.span(), &mut tokens);
        self.hits(&mut tokens, 0, &mut hits, &mut Trail::default());
        (tokens.len() as u32, hits)
    }

    fn block(&self, index: u32, block: &Block, scan: &mut Read, trail: &mut Trail) {
        let base = scan.folded.span().end;
        fold_onto(block.prose.text(), &mut scan.folded);
        let folded = scan.folded.text();
        let first_sentence = scan.sentences.len() as u32;
        for span in sentences(&folded[base as usize..], &self.abbreviations) {
            let span = Span::new(base + span.start, base + span.end);
            let tokens = scan.tokens.len() as u32;
            self.tokens(folded, span, &mut scan.tokens);
            let hits = scan.hits.len() as u32;
            let marks = self.hits(&mut scan.tokens, tokens, &mut scan.hits, trail);
            scan.sentences.push(Sentence {
                marks,
                block: index,
                span,
                tokens: tokens..scan.tokens.len() as u32,
                hits: hits..scan.hits.len() as u32,
            });
        }
        scan.by_block.push(first_sentence..scan.sentences.len() as u32);
        scan.ends.push(scan.folded.span().end);
    }

    fn tokens(&self, folded: &str, sentence: Span<Folded>, out: &mut Vec<Token>) {
        let text = sentence.slice(folded);
        let mut end = 0;
        each_word(text, |start, stop, word| {
            // One space parts most words.
            let spaced = start == end || (start == end + 1 && text.as_bytes()[end] == b' ');
            let gap = if spaced { Gap::Soft } else { gap(&text[end..start]) };
            let id = self.vocabulary.word(word);
            let number = word.bytes[0].is_ascii_digit() || self.vocabulary.is_numeral(id);
            let span = Span::new(sentence.start + start as u32, sentence.start + stop as u32);
            out.push(Token::new(span, Seen::new(id, number, gap)));
            end = stop;
        });
    }

    /// Finds the hits of a sentence, whose tokens are those from `from` on, and numbers its clauses; returns the marks that
    /// one of the hits has at least.
    fn hits(&self, tokens: &mut [Token], from: u32, hits: &mut Vec<Hit>, trail: &mut Trail) -> u32 {
        let tokens = &mut tokens[from as usize..];
        let first_hit = hits.len();
        let mut exceptions: Vec<(u32, u32, u32)> = Vec::new();
        let mut parting = std::mem::take(&mut trail.parting);
        let mut marks = 0;
        self.vocabulary
            .phrases(tokens, trail, |at, end, phrase, terminal| {
                let (first, last) = (from + at as u32, from + end as u32 - 1);
                for listed in terminal.lexicons() {
                    hits.push(Hit::new(listed, phrase, first, last));
                    marks |= listed.0;
                    if listed.lexicon() as usize == self.clause_marks {
                        parting.push(at);
                    }
                }
                for listed in terminal.except() {
                    exceptions.push((first, last, listed.lexicon()));
                }
            });
        let (mut clause, mut next) = (0, parting.iter().peekable());
        for (at, token) in tokens.iter_mut().enumerate() {
            let mut parts = token.gap() != Gap::Soft;
            while next.next_if(|parting| **parting == at).is_some() {
                parts = true;
            }
            clause += u16::from(parts && at > 0);
            token.clause = clause;
        }
        parting.clear();
        trail.parting = parting;
        for (first, last, lexicon) in exceptions {
            let inside =
                |hit: &&mut Hit| hit.lexicon() == lexicon && first <= hit.first && hit.last() <= last;
            let start = first_hit + hits[first_hit..].partition_point(|hit| hit.first < first);
            let reach = hits[start..].iter_mut().take_while(|hit| hit.first <= last);
            reach.filter(inside).for_each(Hit::mask);
        }
        marks & Listed::MARKS
    }
}

/// What the characters between two words say.
fn gap(between: &str) -> Gap {
    let mut out = Gap::Soft;
    for (at, c) in between.char_indices() {
        let this = match c {
            ',' => Gap::Comma,
            ';' | ':' | '(' | ')' | '[' | ']' | '|' | '•' | '·' | '→' | '!' | '?' => Gap::Hard,
            '-' if between[..at].ends_with(' ') || between[at + 1..].starts_with('-') => Gap::Hard,
            _ => Gap::Soft,
        };
        out = out.max(this);
    }
    out
}

/// A block of fewer words is a heading, a label or a card, whatever it is marked as.
const RUNNING: u32 = 12;

impl Scan<'_> {
    /// The sentences of a block.
    pub(super) fn sentences_of(&self, block: usize) -> &[Sentence] {
        let of = &self.by_block[block];
        &self.sentences[of.start as usize..of.end as usize]
    }

    /// How many words a block has.
    pub(super) fn words_of(&self, block: usize) -> u32 {
        self.sentences_of(block)
            .iter()
            .map(|sentence| sentence.tokens.len() as u32)
            .sum()
    }

    /// Whether a block tells something in full sentences, as far as its length shows.
    pub(super) fn is_running(&self, block: u32) -> bool {
        let kind = &self.document.blocks[block as usize].kind;
        kind.is_body()
            && !matches!(kind, BlockKind::Heading(_) | BlockKind::Button)
            && self.words_of(block as usize) >= RUNNING
    }

    /// The first few distinct words of lexicons, in the order of the document.
    pub(super) fn first_of(&self, terms: &IdSet) -> String {
        let mut words: Vec<String> = Vec::new();
        for sentence in &self.sentences {
            for hit in self.hits_of(sentence).iter().filter(|hit| !hit.masked()) {
                if !terms.has(hit.lexicon()) {
                    continue;
                }
                let word = self.words(sentence, hit.first, hit.last()).to_lowercase();
                if !words.contains(&word) {
                    words.push(word);
                }
                if words.len() == 3 {
                    return words.join(", ");
                }
            }
        }
        words.join(", ")
    }

    /// The hits of a sentence.
    pub(super) fn hits_of(&self, sentence: &Sentence) -> &[Hit] {
        &self.hits[sentence.hits.start as usize..sentence.hits.end as usize]
    }

    /// The hits of some sentences whose phrases are counted over the whole document.
    pub(super) fn counted<'s>(&'s self, sentences: &'s [Sentence]) -> impl Iterator<Item = &'s Hit> {
        let there = sentences.iter().filter(|sentence| sentence.has(Listed::COUNTED));
        there
            .flat_map(|sentence| self.hits_of(sentence))
            .filter(|hit| hit.counts())
    }

    /// The block of a sentence.
    pub(super) fn block_of(&self, sentence: &Sentence) -> &Block {
        &self.document.blocks[sentence.block as usize]
    }

    /// The folded text of a sentence.
    pub(super) fn text_of(&self, sentence: &Sentence) -> &str {
        sentence.span.slice(self.folded.text())
    }

    /// The folded text of the sentences of a block, which are all that it says.
    pub(super) fn text_of_all(&self, sentences: &Range<u32>) -> &str {
        let there = &self.sentences[sentences.start as usize..sentences.end as usize];
        let ends = there.first().zip(there.last());
        ends.map_or("", |(first, last)| {
            first.span.hull(last.span).slice(self.folded.text())
        })
    }

    /// The folded text of a token.
    pub(super) fn word(&self, token: u32) -> &str {
        let token = self.tokens[token as usize];
        Span::<Folded>::new(token.start, token.end()).slice(self.folded.text())
    }

    /// The clause of a token, numbered within its sentence.
    pub(super) fn clause(&self, token: u32) -> u16 {
        self.tokens[token as usize].clause
    }

    /// Where tokens `first` to `last` of one sentence stand in the prose of its block.
    fn prose(&self, first: u32, last: u32) -> Span<Prose> {
        let (first, last) = (self.tokens[first as usize], self.tokens[last as usize]);
        self.folded.origin(Span::new(first.start, last.end()))
    }

    /// Where tokens `first` to `last` of `sentence` stand in the file.
    pub(super) fn source(&self, sentence: &Sentence, first: u32, last: u32) -> Span<Source> {
        self.block_of(sentence).prose.origin(self.prose(first, last))
    }

    /// The words of tokens `first` to `last` of `sentence` as they stand in the prose.
    pub(super) fn words(&self, sentence: &Sentence, first: u32, last: u32) -> &str {
        self.prose(first, last)
            .slice(self.block_of(sentence).prose.text())
    }
}
