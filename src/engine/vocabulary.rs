//! Owns the one automaton that finds every phrase of every lexicon in a single pass over words: a trie over
//! word numbers, so that the cost of a scan does not depend on how many phrases there are.

use crate::policy::model::{Lexicon, LexiconId, Phrase, Word};
use rustc_hash::{FxHashMap, FxHashSet};

/// A word's number. Words that no phrase has are [`UNKNOWN`].
pub(super) type WordId = u32;

/// A word in no phrase.
pub(super) const UNKNOWN: WordId = 0;
/// The edge for any number.
const NUMBER: WordId = 1;
/// The edge for any one word.
const ANY: WordId = 2;
/// The edge for a comma that may stand here.
const COMMA: WordId = 3;
const FIRST_WORD: WordId = 4;

type NodeId = u32;
const ROOT: NodeId = 0;

/// What ends at a node of the trie.
#[derive(Clone, Debug, Default)]
pub(super) struct Terminal {
    /// Lexicons of which the phrase is an entry (includers among them).
    pub(super) lexicons: Vec<LexiconId>,
    /// Lexicons whose entries mean something else inside the phrase.
    pub(super) except: Vec<LexiconId>,
}

/// All phrases of a policy.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: FxHashMap<Box<str>, WordId>,
    edges: FxHashMap<(NodeId, WordId), NodeId>,
    terminals: Vec<Option<Box<Terminal>>>,
    wild_nodes: FxHashSet<NodeId>,
}

/// How a word is parted from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Space, hyphen, slash, quotation mark, or the stop of an abbreviation.
    Soft,
    /// A comma.
    Comma,
    /// A mark that always parts clauses: `;`, `:`, brackets, a dash, an arrow.
    Hard,
}

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte of the folded block.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// Which word.
    pub(super) word: WordId,
    /// Whether it is a number or number word.
    pub(super) number: bool,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Vocabulary {
    /// Builds the automaton for `lexicons`; `includers[l]` are the lexicons of which `l` is a part, itself among
    /// them.
    pub(super) fn new(lexicons: &[Lexicon], includers: &[Vec<LexiconId>]) -> Self {
        let mut built = Self {
            terminals: vec![None],
            ..Self::default()
        };
        for (lexicon, part_of) in lexicons.iter().zip(includers) {
            for phrase in &lexicon.phrases {
                merge(&mut built.terminal(phrase).lexicons, part_of);
            }
            for phrase in &lexicon.except {
                merge(&mut built.terminal(phrase).except, part_of);
            }
        }
        built
    }

    fn terminal(&mut self, phrase: &Phrase) -> &mut Terminal {
        let mut node = ROOT;
        for word in &phrase.words {
            let word = match word {
                Word::Is(text) if text == "," => COMMA,
                Word::Is(text) => self.intern(text),
                Word::Number => NUMBER,
                Word::Any => ANY,
            };
            if word < FIRST_WORD {
                self.wild_nodes.insert(node);
            }
            let next = self.terminals.len() as NodeId;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.terminals.push(None);
            }
        }
        self.terminals[node as usize].get_or_insert_default()
    }

    /// The number of a folded word, given to it now if it has none.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = self.words.len() as WordId + FIRST_WORD;
        self.words.insert(word.into(), id);
        id
    }

    /// The number of a folded word.
    pub(super) fn word(&self, text: &str) -> WordId {
        self.words.get(text).copied().unwrap_or(UNKNOWN)
    }

    /// Calls `found` with the end (exclusive, index of a token) and the node of every phrase that starts at
    /// token `at`.
    pub(super) fn phrases_at(
        &self,
        tokens: &[Token],
        at: usize,
        mut found: impl FnMut(usize, NodeId, &Terminal),
    ) {
        let Some(first) = tokens.get(at) else { return };
        let mut here = Vec::new();
        self.step(
            ROOT,
            Token {
                gap: Gap::Soft,
                ..*first
            },
            &mut here,
        );
        let mut next = Vec::new();
        let mut end = at + 1;
        while !here.is_empty() {
            for node in &here {
                if let Some(terminal) = &self.terminals[*node as usize] {
                    found(end, *node, terminal);
                }
            }
            let Some(token) = tokens.get(end) else { return };
            next.clear();
            for node in &here {
                self.step(*node, *token, &mut next);
            }
            std::mem::swap(&mut here, &mut next);
            end += 1;
        }
    }

    fn step(&self, node: NodeId, token: Token, out: &mut Vec<NodeId>) {
        if token.gap == Gap::Soft {
            self.follow(node, token, out);
        }
        if token.gap != Gap::Hard
            && self.wild_nodes.contains(&node)
            && let Some(after_comma) = self.edges.get(&(node, COMMA))
        {
            self.follow(*after_comma, token, out);
        }
    }

    fn follow(&self, node: NodeId, token: Token, out: &mut Vec<NodeId>) {
        if token.word != UNKNOWN
            && let Some(next) = self.edges.get(&(node, token.word))
        {
            out.push(*next);
        }
        if self.wild_nodes.contains(&node) {
            if token.number
                && let Some(next) = self.edges.get(&(node, NUMBER))
            {
                out.push(*next);
            }
            if let Some(next) = self.edges.get(&(node, ANY)) {
                out.push(*next);
            }
        }
    }
}

fn merge(into: &mut Vec<LexiconId>, more: &[LexiconId]) {
    for id in more {
        if !into.contains(id) {
            into.push(*id);
        }
    }
}
