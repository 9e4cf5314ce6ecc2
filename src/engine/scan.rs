//! Owns reading a document once: words, clauses, sentences, and every hit of every lexicon.

use super::vocabulary::{Gap, Token, Trail, Vocabulary};
use crate::automaton::WordId;
use crate::document::{Block, Document};
use crate::policy::model::LexiconId;
use crate::text::{Abbreviations, Derived, Folded, Prose, Source, Span, fold, sentences, words};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A phrase of a lexicon in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The lexicon.
    pub(super) lexicon: u32,
    /// Which phrase, the same number for the same phrase.
    pub(super) phrase: u32,
    /// First token, an index into [`Scan::tokens`].
    pub(super) first: u32,
    /// How many tokens follow the first one; a phrase has a few dozen words at most.
    more: u16,
    /// Whether it stands inside an exception, where it means something else.
    pub(super) masked: bool,
}

impl Hit {
    /// Last token.
    pub(super) fn last(&self) -> u32 {
        self.first + u32::from(self.more)
    }
}

/// A sentence and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Index of its block.
    pub(super) block: u32,
    /// Its place in the folded block.
    pub(super) span: Span<Folded>,
    /// Its tokens.
    pub(super) tokens: Range<u32>,
    /// Its hits, by first token.
    pub(super) hits: Range<u32>,
}

/// A document, scanned.
#[derive(Debug)]
pub(super) struct Scan<'d> {
    pub(super) document: &'d Document,
    /// The folded text of each block.
    pub(super) folded: Vec<Derived<Folded, Prose>>,
    pub(super) tokens: Vec<Token>,
    /// The clause of each token, numbered within the document.
    pub(super) clauses: Vec<u32>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) hits: Vec<Hit>,
    /// The sentences of each block.
    pub(super) by_block: Vec<Range<u32>>,
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
        // Words have some six bytes with the space after them, and most of them are hits.
        let bytes: usize = document.blocks.iter().map(|block| block.prose.text().len()).sum();
        let mut scan = Scan {
            document,
            folded: Vec::with_capacity(document.blocks.len()),
            tokens: Vec::with_capacity(bytes / 5),
            clauses: Vec::with_capacity(bytes / 5),
            sentences: Vec::new(),
            hits: Vec::with_capacity(bytes / 5),
            by_block: Vec::with_capacity(document.blocks.len()),
        };
        let mut trail = Trail::default();
        for (index, block) in document.blocks.iter().enumerate() {
            self.block(index as u32, block, &mut scan, &mut trail);
        }
        scan
    }

    fn block(&self, index: u32, block: &Block, scan: &mut Scan<'_>, trail: &mut Trail) {
        let folded = fold(block.prose.text());
        let first_sentence = scan.sentences.len() as u32;
        for span in sentences(folded.text(), &self.abbreviations) {
            let tokens = scan.tokens.len() as u32;
            self.tokens(folded.text(), span, &mut scan.tokens);
            let hits = scan.hits.len() as u32;
            let clause = scan.clauses.last().map_or(0, |last| last + 1);
            self.hits(tokens as usize, clause, scan, trail);
            scan.sentences.push(Sentence {
                block: index,
                span,
                tokens: tokens..scan.tokens.len() as u32,
                hits: hits..scan.hits.len() as u32,
            });
        }
        scan.folded.push(folded);
        scan.by_block.push(first_sentence..scan.sentences.len() as u32);
    }

    fn tokens(&self, folded: &str, sentence: Span<Folded>, out: &mut Vec<Token>) {
        let base = sentence.start as usize;
        let text = sentence.slice(folded);
        let mut end = 0;
        words(text, |start, stop, word| {
            let gap = gap(&text[end..start]);
            let id = self.vocabulary.word(word);
            let number = word.as_bytes()[0].is_ascii_digit() || self.vocabulary.is_numeral(id);
            out.push(Token {
                start: (base + start) as u32,
                end: (base + stop) as u32,
                word: id,
                number,
                gap,
            });
            end = stop;
        });
    }

    /// Finds the hits of the tokens from `from` on, and numbers their clauses from `clause` on.
    fn hits(&self, from: usize, mut clause: u32, scan: &mut Scan<'_>, trail: &mut Trail) {
        let tokens = &scan.tokens[from..];
        let first_hit = scan.hits.len();
        let mut exceptions: Vec<(u32, u32, u32)> = Vec::new();
        for at in 0..tokens.len() {
            let mut marks = at > 0 && tokens[at].gap != Gap::Soft;
            let first = (from + at) as u32;
            self.vocabulary
                .phrases_at(tokens, at, trail, |end, phrase, terminal| {
                    let last = (from + end - 1) as u32;
                    for lexicon in terminal.lexicons {
                        let lexicon = *lexicon;
                        marks |= lexicon as usize == self.clause_marks;
                        scan.hits.push(Hit {
                            lexicon,
                            phrase,
                            first,
                            more: (last - first) as u16,
                            masked: false,
                        });
                    }
                    exceptions.extend(terminal.except.iter().map(|lexicon| (first, last, *lexicon)));
                });
            clause += u32::from(marks && at > 0);
            scan.clauses.push(clause);
        }
        for (first, last, lexicon) in exceptions {
            let inside = |hit: &&mut Hit| hit.lexicon == lexicon && first <= hit.first && hit.last() <= last;
            let start = first_hit + scan.hits[first_hit..].partition_point(|hit| hit.first < first);
            let reach = scan.hits[start..].iter_mut().take_while(|hit| hit.first <= last);
            reach.filter(inside).for_each(|hit| hit.masked = true);
        }
    }
}

/// What the characters between two words say.
fn gap(between: &str) -> Gap {
    if matches!(between, " " | "") {
        return Gap::Soft;
    }
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

impl Scan<'_> {
    /// The hits of a sentence.
    pub(super) fn hits_of(&self, sentence: &Sentence) -> &[Hit] {
        &self.hits[sentence.hits.start as usize..sentence.hits.end as usize]
    }

    /// The block of a sentence.
    pub(super) fn block_of(&self, sentence: &Sentence) -> &Block {
        &self.document.blocks[sentence.block as usize]
    }

    /// The folded text of a sentence.
    pub(super) fn text_of(&self, sentence: &Sentence) -> &str {
        sentence.span.slice(self.folded[sentence.block as usize].text())
    }

    /// Where tokens `first` to `last` of `sentence` stand in the prose.
    pub(super) fn prose(&self, sentence: &Sentence, first: u32, last: u32) -> Span<Prose> {
        let folded = &self.folded[sentence.block as usize];
        let (first, last) = (self.tokens[first as usize], self.tokens[last as usize]);
        folded.origin(Span::new(first.start, last.end))
    }

    /// Where tokens `first` to `last` of `sentence` stand in the file.
    pub(super) fn source(&self, sentence: &Sentence, first: u32, last: u32) -> Span<Source> {
        self.block_of(sentence)
            .prose
            .origin(self.prose(sentence, first, last))
    }

    /// The words of tokens `first` to `last` of `sentence` as they stand in the prose.
    pub(super) fn words(&self, sentence: &Sentence, first: u32, last: u32) -> &str {
        self.prose(sentence, first, last)
            .slice(self.block_of(sentence).prose.text())
    }
}
