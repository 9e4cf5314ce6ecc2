//! Owns the trie into which phrases grow.

use super::states::{self, Grown};
use super::words::Growing;
use super::{ANY, Automaton, COMMA, EndId, FIRST_WORD, NUMBER, UNKNOWN, WordId};
use crate::policy::model::{Choices, Steps, Word};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

pub(super) type NodeId = u32;
pub(super) const ROOT: NodeId = 0;
/// No such thing.
const NONE: u32 = u32::MAX;

/// A growing trie.
#[derive(Debug)]
pub struct Trie<'b> {
    /// An automaton whose words keep their numbers here.
    base: &'b Automaton,
    words: Growing,
    /// How many number words lead the words.
    numbers: u32,
    /// The words that are numbers or number words.
    numeric: FxHashSet<WordId>,
    edges: Vec<(NodeId, WordId, NodeId)>,
    /// For each node and word the node that phrases share. Those at which the choices of a step meet are not among them:
    /// no other phrase passes through one, so nobody asks for it again.
    shared: FxHashMap<(NodeId, WordId), NodeId>,
    /// For each node its number as an end; [`NONE`] where no phrase ends.
    ends: Vec<u32>,
    count: EndId,
    /// The ends of each phrase.
    phrases: Vec<Range<u32>>,
    lists: Vec<EndId>,
    /// Room for the nodes where the steps of a phrase end.
    here: Vec<NodeId>,
}

impl<'b> Trie<'b> {
    /// An empty trie whose words have the numbers that `base` gives them; new words come after these. `numerals` are the
    /// number words: those of `base`, or any where it has no words.
    pub fn new<'w>(base: &'b Automaton, numerals: impl IntoIterator<Item = &'w str>) -> Self {
        let mut trie = Self {
            base,
            words: Growing::default(),
            numbers: base.numbers(),
            numeric: FxHashSet::default(),
            edges: Vec::new(),
            shared: FxHashMap::default(),
            ends: vec![NONE],
            count: 0,
            phrases: Vec::new(),
            lists: Vec::new(),
            here: Vec::new(),
        };
        for text in numerals {
            let word = trie.word(text);
            trie.numbers = trie.numbers.max(word + 1 - FIRST_WORD);
        }
        trie
    }

    /// The number of a folded word, given to it now if it has none.
    fn word(&mut self, text: &str) -> WordId {
        let word = match self.base.word(text) {
            UNKNOWN => self.words.intern(text) + self.base.words(),
            known => known,
        };
        if word < self.numbers + FIRST_WORD || text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            self.numeric.insert(word);
        }
        word
    }

    /// Adds a phrase; returns its number.
    pub fn add(&mut self, steps: &Steps) -> u32 {
        let mut here = std::mem::take(&mut self.here);
        here.clear();
        here.push(ROOT);
        for step in steps.iter() {
            self.step(&mut here, step);
        }
        let before = self.lists.len() as u32;
        for node in &here {
            let end = &mut self.ends[*node as usize];
            if *end == NONE {
                *end = self.count;
                self.count += 1;
            }
            self.lists.push(*end);
        }
        self.here = here;
        self.phrases.push(before..self.lists.len() as u32);
        self.phrases.len() as u32 - 1
    }

    /// Adds a step after each of the nodes `here`, which become those where it ends. A step of one choice shares nodes
    /// with other phrases; the choices of any other meet in a node of their own, so that the trie grows with what is
    /// written and not with what it stands for.
    fn step(&mut self, here: &mut Vec<NodeId>, step: Choices<'_>) {
        if let ([from], Some(only)) = (here.as_mut_slice(), step.only()) {
            *from = self.path(*from, only, None);
            return;
        }
        let meet = self.node();
        let mut missing = false;
        for choice in step.iter() {
            missing |= choice.is_empty();
            for node in here.iter().filter(|_| !choice.is_empty()) {
                self.path(*node, choice, Some(meet));
            }
        }
        if !missing {
            here.clear();
        }
        here.push(meet);
    }

    /// Adds the edges of a choice after `from`, the last of them to `meet` if there is such a node.
    fn path(&mut self, from: NodeId, choice: &str, meet: Option<NodeId>) -> NodeId {
        let mut node = from;
        let mut words = Word::all(choice).peekable();
        while let Some(word) = words.next() {
            let word = match word {
                Word::Is(text) => self.word(text),
                Word::Number => NUMBER,
                Word::Any => ANY,
                // Nothing stands before a first word that a comma could follow.
                Word::Comma if node == ROOT => continue,
                Word::Comma => COMMA,
            };
            let last = words.peek().is_none();
            node = match meet.filter(|_| last) {
                // The choices of a step are no two alike, so this edge is not there yet.
                Some(meet) => self.edge(node, word, meet),
                None => self.shared(node, word),
            };
        }
        node
    }

    fn shared(&mut self, node: NodeId, word: WordId) -> NodeId {
        if let Some(known) = self.shared.get(&(node, word)) {
            return *known;
        }
        let next = self.node();
        self.shared.insert((node, word), next);
        self.edge(node, word, next)
    }

    fn edge(&mut self, from: NodeId, word: WordId, to: NodeId) -> NodeId {
        self.edges.push((from, word, to));
        to
    }

    fn node(&mut self) -> NodeId {
        self.ends.push(NONE);
        self.ends.len() as NodeId - 1
    }

    /// The automaton of all that was added.
    pub fn automaton(self) -> Automaton {
        let grown = self.grown();
        let room = states::room(&grown);
        states::automaton(grown, room)
    }

    pub(super) fn grown(self) -> Grown {
        let words = self.words.table();
        Grown {
            edges: Edges::new(&self.edges, self.ends.len()),
            ends: self.ends,
            count: self.count,
            phrases: self.phrases,
            lists: self.lists,
            numbers: self.numbers,
            numeric: self.numeric,
            first_word: self.base.words(),
            words,
        }
    }
}

/// The edges of each node.
pub(super) struct Edges {
    begins: Vec<u32>,
    edges: Vec<(WordId, NodeId)>,
}

impl Edges {
    fn new(all: &[(NodeId, WordId, NodeId)], nodes: usize) -> Self {
        let mut begins = vec![0; nodes + 1];
        for (from, ..) in all {
            begins[*from as usize + 1] += 1;
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut free = begins.clone();
        let mut edges = vec![(0, 0); all.len()];
        for (from, word, to) in all {
            let place = &mut free[*from as usize];
            edges[*place as usize] = (*word, *to);
            *place += 1;
        }
        Self { begins, edges }
    }

    pub(super) fn of(&self, node: NodeId) -> &[(WordId, NodeId)] {
        let at = node as usize;
        &self.edges[self.begins[at] as usize..self.begins[at + 1] as usize]
    }

    pub(super) fn count(&self) -> usize {
        self.edges.len()
    }
}

impl Grown {
    /// The number of a node as an end.
    pub(super) fn end(&self, node: NodeId) -> Option<EndId> {
        Some(self.ends[node as usize]).filter(|end| *end != NONE)
    }
}
