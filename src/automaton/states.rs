//! Owns making states of a trie: a set of nodes that the same words lead to becomes one state, so that a text follows
//! one state where it would follow many nodes (the subset construction of Rabin and Scott).
//!
//! Sets can be many more than nodes, and what leaves them many times what is in the trie. There is room for several times
//! as many edges; a set that comes after that is a fork, the states of its single nodes, which are followed side by side.

use super::laid::{Laid, Made};
use super::trie::{Edges, NodeId, ROOT};
use super::{
    AFTER_ANY, ANY, Automaton, COMMA, DEAD, EndId, FORK, Head, NUMBER, StateId, WordId, is_fork, words,
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
    made: Vec<Made>,
    /// The states of each fork.
    forks: Vec<Vec<StateId>>,
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
        made: vec![Made::default()],
        forks: Vec::new(),
        waiting: Vec::new(),
        room,
    };
    let first = Leaving::of(&grown.edges, &[ROOT]);
    let after_any = Leaving::of(&grown.edges, &first.any);
    let any_stays = !after_any.any.is_empty() || first.any.iter().any(|node| grown.end(*node).is_some());
    let any = states.state(first.any);
    let numbers = states.others(first.number);
    let none = states.others(Vec::new());
    let mut begins = Vec::new();
    for (word, nodes) in by_word(&first.words) {
        let others = if grown.numeric.contains(&word) {
            &numbers
        } else {
            &none
        };
        begins.push((word, states.joint(nodes.collect(), others)));
    }
    while let Some((state, nodes)) = states.waiting.pop() {
        states.expand(state, &nodes);
    }
    let mut laid = Laid::new(&states.made, &states.forks);
    let place = |phrase: &Range<u32>| {
        laid.lists
            .place(&grown.lists[phrase.start as usize..phrase.end as usize])
    };
    let phrases = grown.phrases.iter().map(place).collect();
    let mut starts = vec![DEAD; (grown.first_word + grown.words.len()) as usize];
    for (word, state) in begins {
        starts[word as usize] = laid.name(state);
    }
    for (word, _) in by_word(&after_any.words) {
        starts[word as usize] |= AFTER_ANY;
    }
    Automaton {
        starts: starts.into_iter().collect(),
        phrases,
        head: Head {
            first_word: grown.first_word,
            numbers: grown.numbers,
            ends: grown.count,
            any: laid.name(any),
            any_stays,
            number: laid.name(numbers.state),
        },
        words: grown.words,
        states: laid.states,
        edges: laid.edges,
        pairs: laid.pairs,
        lists: laid.lists.table(),
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
        let id = self.made.len() as StateId;
        self.made.push(Made {
            ends,
            edges: Vec::new(),
        });
        let nodes: Box<[NodeId]> = nodes.into();
        self.known.insert(nodes.clone(), id);
        self.waiting.push((id, nodes));
        id
    }

    /// A state that is several others.
    fn fork(&mut self, parts: &[StateId]) -> StateId {
        self.forks.push(parts.to_vec());
        self.forks.len() as StateId - 1 + FORK
    }

    /// Makes what leaves a state.
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
        // A fork could not be gone on from; what leaves these nodes was counted with the state.
        let comma = self.whole(set(comma));
        let other = if number.state == any.state {
            DEAD
        } else {
            number.state
        };
        let besides = [(ANY, any.state), (NUMBER, other), (COMMA, comma)];
        let mut edges: Vec<_> = besides.into_iter().filter(|(_, to)| *to != DEAD).collect();
        for (word, nodes) in by_word(&words) {
            let others = if grown.numeric.contains(&word) {
                &number
            } else {
                &any
            };
            edges.push((word, self.joint(nodes.collect(), others)));
        }
        self.made[id as usize].edges = edges;
    }
}
