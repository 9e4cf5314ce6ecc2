//! Owns making states of a trie: a set of nodes that the same words lead to becomes one state, so that a text follows
//! one state where it would follow many nodes (the subset construction of Rabin and Scott).
//!
//! Sets can be many more than nodes. There is room for several times as many states as there are edges; a set that
//! comes after that is a fork, the states of its single nodes, which are followed side by side.

use super::trie::{Edges, NodeId, ROOT};
use super::{
    ANY, Automaton, COMMA, DEAD, EndId, FORK, Head, NUMBER, STATE, StateId, UNKNOWN, WordId, slot, spread,
    words,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A trie that is grown.
pub(super) struct Grown {
    pub(super) words: words::Table,
    /// The number of the first of `words`.
    pub(super) first_word: WordId,
    pub(super) numbers: u32,
    pub(super) numeric: FxHashSet<WordId>,
    pub(super) edges: Edges,
    pub(super) ends: Vec<u32>,
    pub(super) count: EndId,
    pub(super) phrases: Vec<Range<u32>>,
    pub(super) lists: Vec<EndId>,
}

/// States on their way.
struct States<'g> {
    grown: &'g Grown,
    known: FxHashMap<Box<[NodeId]>, StateId>,
    rows: Vec<[u32; STATE]>,
    edges: Vec<[u32; 2]>,
    lists: Vec<u32>,
    waiting: Vec<(StateId, Box<[NodeId]>)>,
    /// How many more sets may become states.
    room: usize,
}

/// What leaves a set of nodes.
#[derive(Default)]
struct Leaving {
    words: Vec<(WordId, NodeId)>,
    number: Vec<NodeId>,
    any: Vec<NodeId>,
    comma: Vec<NodeId>,
}

/// How many sets of nodes may become states of a trie.
pub(super) fn room(grown: &Grown) -> usize {
    grown.edges.count() * 4 + 1024
}

/// The automaton of a trie, with `room` for so many sets of nodes.
pub(super) fn automaton(grown: Grown, room: usize) -> Automaton {
    let mut states = States {
        grown: &grown,
        known: FxHashMap::default(),
        rows: vec![[0; STATE]],
        edges: Vec::new(),
        lists: grown.lists.clone(),
        waiting: Vec::new(),
        room,
    };
    let mut first = Leaving::default();
    first.gather(&grown.edges, ROOT, &mut |_| ());
    let any = states.state(first.any);
    let number = states.state(first.number.clone());
    let mut starts = vec![DEAD; (grown.first_word + grown.words.len()) as usize];
    first.words.sort_unstable();
    for group in first.words.chunk_by(|(a, _), (b, _)| a == b) {
        let word = group[0].0;
        let numbers = if grown.numeric.contains(&word) {
            &first.number[..]
        } else {
            &[]
        };
        let nodes = group.iter().map(|(_, node)| *node).chain(numbers.iter().copied());
        starts[word as usize] = states.state(nodes.collect());
    }
    while let Some((state, nodes)) = states.waiting.pop() {
        states.expand(state, &nodes);
    }
    let States {
        rows, edges, lists, ..
    } = states;
    let begins = grown.phrases.iter().map(|range| range.start);
    let end = grown.phrases.last().map_or(0, |range| range.end);
    Automaton {
        starts: starts.into_iter().collect(),
        states: rows.into_iter().flatten().collect(),
        edges: edges.into_iter().flatten().collect(),
        lists: lists.into_iter().collect(),
        phrases: begins.chain([end]).collect(),
        head: Head {
            first_word: grown.first_word,
            numbers: grown.numbers,
            ends: grown.count,
            any,
            number,
        },
        words: grown.words,
    }
}

impl Leaving {
    /// Adds what leaves a node; where a comma may stand, what follows it may stand without one.
    fn gather(&mut self, edges: &Edges, node: NodeId, comma: &mut impl FnMut(NodeId)) {
        for (word, to) in edges.of(node) {
            match *word {
                COMMA => comma(*to),
                ANY => self.any.push(*to),
                NUMBER => self.number.push(*to),
                word => self.words.push((word, *to)),
            }
        }
    }
}

impl States<'_> {
    /// The state of a set of nodes.
    fn state(&mut self, mut nodes: Vec<NodeId>) -> StateId {
        nodes.sort_unstable();
        nodes.dedup();
        if nodes.is_empty() {
            return DEAD;
        }
        if let Some(known) = self.known.get(nodes.as_slice()) {
            return *known;
        }
        let many = nodes.len() > 1;
        if many && self.room == 0 {
            return self.fork(&nodes);
        }
        self.room -= usize::from(many);
        let state = self.rows.len() as StateId;
        let mut row = [0; STATE];
        row[6] = self.lists.len() as u32;
        self.lists
            .extend(nodes.iter().filter_map(|node| self.grown.end(*node)));
        row[7] = self.lists.len() as u32 - row[6];
        self.rows.push(row);
        let nodes: Box<[NodeId]> = nodes.into();
        self.known.insert(nodes.clone(), state);
        self.waiting.push((state, nodes));
        state
    }

    fn fork(&mut self, nodes: &[NodeId]) -> StateId {
        let states: Vec<StateId> = nodes.iter().map(|node| self.state(vec![*node])).collect();
        let state = self.rows.len() as StateId + FORK;
        self.rows
            .push([0, 0, 0, 0, 0, 0, self.lists.len() as u32, states.len() as u32]);
        self.lists.extend(states);
        self.known.insert(nodes.into(), state);
        state
    }

    /// Lays out what leaves a state.
    fn expand(&mut self, state: StateId, nodes: &[NodeId]) {
        let grown = self.grown;
        let mut leaving = Leaving::default();
        let mut commas = Vec::new();
        for node in nodes {
            leaving.gather(&grown.edges, *node, &mut |to| commas.push(to));
        }
        for node in &commas {
            leaving.gather(&grown.edges, *node, &mut |_| ());
        }
        leaving.comma = commas;
        let Leaving {
            mut words,
            mut number,
            any,
            comma,
        } = leaving;
        number.extend_from_slice(&any);
        words.sort_unstable();
        let mut edges = Vec::new();
        for group in words.chunk_by(|(a, _), (b, _)| a == b) {
            let word = group[0].0;
            let others = if grown.numeric.contains(&word) {
                &number
            } else {
                &any
            };
            let nodes = group.iter().map(|(_, node)| *node).chain(others.iter().copied());
            edges.push([word, self.state(nodes.collect())]);
        }
        let (filter, begin, mask) = self.lay(&edges);
        let others = [self.state(number), self.state(any), self.state(comma)];
        let row = &mut self.rows[state as usize];
        row[..3].copy_from_slice(&[filter, begin, mask]);
        row[3..6].copy_from_slice(&others);
    }

    /// Lays out edges so that each is found by its word: at the first free place from that on which the word names.
    fn lay(&mut self, edges: &[[u32; 2]]) -> (u32, u32, u32) {
        let room = match edges.len() {
            few @ 0..=2 => few.max(1),
            many => (many * 3 / 2).next_power_of_two(),
        };
        let begin = self.edges.len();
        let mask = room as u32 - 1;
        let mut filter = 0;
        if !edges.is_empty() {
            self.edges.resize(begin + room, [0; 2]);
        }
        for edge in edges {
            let hash = spread(edge[0]);
            filter |= 1 << (hash >> 27);
            let places = (0..room as u32).map(|step| begin + (slot(hash).wrapping_add(step) & mask) as usize);
            let free = places.into_iter().find(|place| self.edges[*place][0] == UNKNOWN);
            if let Some(place) = free {
                self.edges[place] = *edge;
            }
        }
        (filter, begin as u32, mask)
    }
}
