//! Owns making states of a trie: a set of nodes that the same words lead to becomes one state, so that a text follows
//! one state where it would follow many nodes (the subset construction of Rabin and Scott).
//!
//! Sets can be many more than nodes, and what leaves them many times what is in the trie. There is room for several times
//! as many edges; a set that comes after that is a fork, the states of its single nodes, which are followed side by side.

use super::trie::{Edges, NodeId, ROOT};
use super::{
    AFTER_ANY, ANY, Automaton, COMMA, DEAD, EndId, FORK, Head, NUMBER, STATE, State, StateId, UNKNOWN,
    WordId, is_fork, slot, spread, words,
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
    states: Vec<State>,
    edges: Vec<[u32; 2]>,
    lists: Vec<u32>,
    waiting: Vec<(StateId, Box<[NodeId]>)>,
    /// How many more nodes may stand in sets of several, counted with the edges that leave them.
    room: usize,
}

/// The nodes to which any word leads that has no edge of its own, or any number.
struct Others {
    nodes: Vec<NodeId>,
    cost: usize,
    state: StateId,
}

/// What leaves a set of nodes.
#[derive(Default)]
struct Leaving {
    words: Vec<(WordId, NodeId)>,
    number: Vec<NodeId>,
    any: Vec<NodeId>,
    comma: Vec<NodeId>,
}

/// How many nodes may stand in sets of several, counted with the edges that leave them.
pub(super) fn room(grown: &Grown) -> usize {
    grown.edges.count() * 32 + 1024
}

/// The automaton of a trie, with `room` for so many nodes and edges of sets of several.
pub(super) fn automaton(grown: Grown, room: usize) -> Automaton {
    let mut states = States {
        grown: &grown,
        known: FxHashMap::default(),
        states: vec![State::default()],
        edges: Vec::new(),
        lists: grown.lists.clone(),
        waiting: Vec::new(),
        room,
    };
    let first = Leaving::of(&grown.edges, &[ROOT]);
    let after_any = Leaving::of(&grown.edges, &first.any);
    let any_stays = !after_any.any.is_empty() || first.any.iter().any(|node| grown.end(*node).is_some());
    let any = states.state(first.any);
    let numbers = states.others(first.number);
    let none = states.others(Vec::new());
    let mut starts = vec![DEAD; (grown.first_word + grown.words.len()) as usize];
    for (word, nodes) in by_word(&first.words) {
        let others = if grown.numeric.contains(&word) {
            &numbers
        } else {
            &none
        };
        starts[word as usize] = states.joint(nodes.collect(), others);
    }
    for (word, _) in by_word(&after_any.words) {
        starts[word as usize] |= AFTER_ANY;
    }
    while let Some((state, nodes)) = states.waiting.pop() {
        states.expand(state, &nodes);
    }
    let States {
        states, edges, lists, ..
    } = states;
    let begins = grown.phrases.iter().map(|range| range.start);
    let end = grown.phrases.last().map_or(0, |range| range.end);
    Automaton {
        starts: starts.into_iter().collect(),
        states: states.into_iter().flat_map(<[u32; STATE]>::from).collect(),
        edges: edges.into_iter().flatten().collect(),
        lists: lists.into_iter().collect(),
        phrases: begins.chain([end]).collect(),
        head: Head {
            first_word: grown.first_word,
            numbers: grown.numbers,
            ends: grown.count,
            any,
            any_stays,
            number: numbers.state,
        },
        words: grown.words,
    }
}

impl Leaving {
    /// What leaves a set of nodes. What follows a comma that may stand there may follow without one.
    fn of(edges: &Edges, nodes: &[NodeId]) -> Self {
        let mut out = Self::default();
        nodes.iter().for_each(|node| out.add(edges.of(*node), true));
        let commas = out.comma.clone();
        commas.iter().for_each(|node| out.add(edges.of(*node), false));
        out.words.sort_unstable();
        out
    }

    fn add(&mut self, edges: &[(WordId, NodeId)], commas: bool) {
        for (word, to) in edges {
            match *word {
                COMMA if commas => self.comma.push(*to),
                COMMA => {}
                ANY => self.any.push(*to),
                NUMBER => self.number.push(*to),
                word => self.words.push((word, *to)),
            }
        }
    }
}

/// The nodes to which each word leads.
fn by_word(edges: &[(WordId, NodeId)]) -> impl Iterator<Item = (WordId, impl Iterator<Item = NodeId>)> {
    let groups = edges.chunk_by(|(a, _), (b, _)| a == b);
    groups.map(|group| (group[0].0, group.iter().map(|(_, node)| *node)))
}

/// A set: in order, each once.
fn set(mut nodes: Vec<NodeId>) -> Vec<NodeId> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

impl States<'_> {
    /// The state of a set of nodes, a fork if there is no room for it.
    fn state(&mut self, nodes: Vec<NodeId>) -> StateId {
        let nodes = set(nodes);
        if let Some(known) = self.known.get(nodes.as_slice()) {
            return *known;
        }
        if nodes.len() > 1 {
            let cost = self.cost(&nodes);
            if cost > self.room {
                let parts: Vec<StateId> = nodes.iter().map(|node| self.state(vec![*node])).collect();
                let fork = self.fork(&parts);
                self.known.insert(nodes.into(), fork);
                return fork;
            }
            self.room -= cost;
        }
        self.whole(nodes)
    }

    fn others(&mut self, nodes: Vec<NodeId>) -> Others {
        let nodes = set(nodes);
        Others {
            cost: self.cost(&nodes),
            state: self.state(nodes.clone()),
            nodes,
        }
    }

    /// The state of `nodes` and `others` together. Many words share the same others: where there is no room the two are
    /// a fork, so that nothing is written once for each word.
    fn joint(&mut self, mut nodes: Vec<NodeId>, others: &Others) -> StateId {
        if others.nodes.is_empty() || others.cost + self.cost(&nodes) <= self.room {
            nodes.extend_from_slice(&others.nodes);
            return self.state(nodes);
        }
        let own = self.state(nodes);
        self.fork(&[own, others.state])
    }

    /// How many nodes there are and how many edges leave them.
    fn cost(&self, nodes: &[NodeId]) -> usize {
        let edges = nodes.iter().flat_map(|node| self.grown.edges.of(*node));
        let after = |(word, to): &(WordId, NodeId)| match *word {
            COMMA => 1 + self.grown.edges.of(*to).len(),
            _ => 1,
        };
        nodes.len() + edges.map(after).sum::<usize>()
    }

    /// The state of a set of nodes, whether there is room or not.
    fn whole(&mut self, nodes: Vec<NodeId>) -> StateId {
        if nodes.is_empty() {
            return DEAD;
        }
        if let Some(known) = self.known.get(nodes.as_slice()).filter(|known| !is_fork(**known)) {
            return *known;
        }
        let ends = nodes.iter().filter_map(|node| self.grown.end(*node)).collect();
        let id = self.add(ends);
        let nodes: Box<[NodeId]> = nodes.into();
        self.known.insert(nodes.clone(), id);
        self.waiting.push((id, nodes));
        id
    }

    /// A state that is several others.
    fn fork(&mut self, parts: &[StateId]) -> StateId {
        self.add(parts.to_vec()) + FORK
    }

    /// Adds a state with a list, which nothing leaves yet.
    fn add(&mut self, list: Vec<u32>) -> StateId {
        self.states.push(State {
            list: self.lists.len() as u32,
            count: list.len() as u32,
            ..State::default()
        });
        self.lists.extend(list);
        self.states.len() as StateId - 1
    }

    /// Lays out what leaves a state.
    fn expand(&mut self, id: StateId, nodes: &[NodeId]) {
        let grown = self.grown;
        let Leaving {
            words,
            mut number,
            any,
            comma,
        } = Leaving::of(&grown.edges, nodes);
        number.extend_from_slice(&any);
        let (number, any) = (self.others(number), self.others(any));
        let mut edges = Vec::new();
        for (word, nodes) in by_word(&words) {
            let others = if grown.numeric.contains(&word) {
                &number
            } else {
                &any
            };
            edges.push([word, self.joint(nodes.collect(), others)]);
        }
        let (filter, begin, mask) = self.lay(&edges);
        // A fork could not be gone on from; what leaves these nodes was counted with the state.
        let comma = self.whole(set(comma));
        let state = &mut self.states[id as usize];
        (state.filter, state.edges, state.mask) = (filter, begin, mask);
        (state.number, state.any, state.comma) = (number.state, any.state, comma);
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
