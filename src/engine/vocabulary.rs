//! Owns the one automaton that finds every phrase of every lexicon in a single pass over words: a trie over
//! word numbers, so that the cost of a scan does not depend on how many phrases there are.

use crate::policy::model::{Lexicon, LexiconId, Phrase, Step, Word};
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
/// The end of a list of targets.
const NONE: u32 = u32::MAX;
/// About how many edges a phrase adds; only a hint for the first allocation.
const EDGES_EACH: usize = 6;

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
    /// For a node and a word the head of a list of targets in `lists`.
    edges: FxHashMap<(NodeId, WordId), u32>,
    /// Targets, each with the index of the next; [`NONE`] ends a list.
    lists: Vec<(NodeId, u32)>,
    /// Nodes at which the choices of a step meet; no other phrase passes through them.
    meets: FxHashSet<NodeId>,
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
    pub(super) fn new(lexicons: &[&Lexicon], includers: &[Vec<LexiconId>]) -> Self {
        let phrases: usize = lexicons
            .iter()
            .map(|lexicon| lexicon.phrases.len() + lexicon.except.len())
            .sum();
        let mut built = Self {
            terminals: vec![None],
            ..Self::default()
        };
        built.words.reserve(phrases);
        built.edges.reserve(phrases * EDGES_EACH);
        built.lists.reserve(phrases * EDGES_EACH);
        built.terminals.reserve(phrases * 2);
        for (lexicon, part_of) in lexicons.iter().zip(includers) {
            for phrase in &lexicon.phrases {
                built.add(phrase, |terminal| merge(&mut terminal.lexicons, part_of));
            }
            for phrase in &lexicon.except {
                built.add(phrase, |terminal| merge(&mut terminal.except, part_of));
            }
        }
        built
    }

    /// Adds the steps of `phrase` and does `mark` at every node where it ends.
    fn add(&mut self, phrase: &Phrase, mark: impl Fn(&mut Terminal)) {
        let mut here = vec![ROOT];
        for step in &phrase.steps {
            here = self.step_edges(&here, step);
        }
        for end in here {
            mark(self.terminals[end as usize].get_or_insert_default());
        }
    }

    /// Adds a step after each of the nodes `from`; returns where it ends. A step of one choice shares nodes with
    /// other phrases; the choices of any other meet in a node of their own, so that the automaton grows with what
    /// is written and not with what it stands for.
    fn step_edges(&mut self, from: &[NodeId], step: &Step) -> Vec<NodeId> {
        if let ([from], [only]) = (from, step.as_slice()) {
            return vec![self.path(*from, only, None)];
        }
        let meet = self.node();
        for choice in step.iter().filter(|choice| !choice.is_empty()) {
            for node in from {
                self.path(*node, choice, Some(meet));
            }
        }
        let missing = step.iter().any(Vec::is_empty).then_some(from);
        missing.into_iter().flatten().copied().chain([meet]).collect()
    }

    /// Adds the edges of `words` after `from`, the last of them to `meet` if there is such a node.
    fn path(&mut self, from: NodeId, words: &[Word], meet: Option<NodeId>) -> NodeId {
        let mut node = from;
        for (at, word) in words.iter().enumerate() {
            let word = match word {
                Word::Is(text) if text == "," => COMMA,
                Word::Is(text) => self.intern(text),
                Word::Number => NUMBER,
                Word::Any => ANY,
            };
            if word < FIRST_WORD {
                self.wild_nodes.insert(node);
            }
            let last = at + 1 == words.len();
            node = match meet.filter(|_| last) {
                Some(meet) => self.edge(node, word, meet),
                None => self.shared(node, word),
            };
        }
        node
    }

    /// The first node that `word` leads to and that no phrase has to itself.
    fn shared(&mut self, node: NodeId, word: WordId) -> NodeId {
        let known = self
            .targets(node, word)
            .find(|target| !self.meets.contains(target));
        known.unwrap_or_else(|| {
            let next = self.new_node();
            self.edge(node, word, next)
        })
    }

    fn edge(&mut self, from: NodeId, word: WordId, to: NodeId) -> NodeId {
        if !self.targets(from, word).any(|target| target == to) {
            let next = self.edges.get(&(from, word)).copied().unwrap_or(NONE);
            self.edges.insert((from, word), self.lists.len() as u32);
            self.lists.push((to, next));
        }
        to
    }

    /// The nodes to which `word` leads.
    fn targets(&self, node: NodeId, word: WordId) -> impl Iterator<Item = NodeId> {
        let mut at = self.edges.get(&(node, word)).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let (target, next) = self.lists.get(at as usize)?;
            at = *next;
            Some(*target)
        })
    }

    fn new_node(&mut self) -> NodeId {
        self.terminals.push(None);
        self.terminals.len() as NodeId - 1
    }

    /// A node at which the choices of one step meet.
    fn node(&mut self) -> NodeId {
        let node = self.new_node();
        self.meets.insert(node);
        node
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
        if token.gap != Gap::Hard && self.wild_nodes.contains(&node) {
            self.targets(node, COMMA)
                .for_each(|after| self.follow(after, token, out));
        }
    }

    fn follow(&self, node: NodeId, token: Token, out: &mut Vec<NodeId>) {
        let mut go = |word: WordId| {
            for target in self.targets(node, word) {
                if !out.contains(&target) {
                    out.push(target);
                }
            }
        };
        if token.word != UNKNOWN {
            go(token.word);
        }
        if self.wild_nodes.contains(&node) {
            if token.number {
                go(NUMBER);
            }
            go(ANY);
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
