//! Owns laying out states. Many states have mostly the edges of another one: those of words that may follow any word, say.
//! What a state has alone stands with it, and for the rest it leads to the other.

use super::table::{Lists, Table};
use super::{
    ANY, ANYS, COMMA, COMMAS, DEAD, EndId, FORK, LEAF, NUMBER, NUMBERS, STATE, StateId, WordId, is_fork, key,
    place,
};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// A state on its way.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// What leaves it, by word.
    pub(super) edges: Vec<(WordId, StateId)>,
    /// The phrases that end at it.
    pub(super) ends: Vec<EndId>,
}

/// States as they stand in an automaton.
pub(super) struct Laid {
    pub(super) states: Table,
    pub(super) edges: Table,
    pub(super) pairs: Table,
    pub(super) lists: Lists,
    names: Vec<StateId>,
    forks: Vec<StateId>,
}

/// A state leads to another for no fewer edges.
const FEWEST: usize = 3;
/// As many states that have an edge are known by it.
const HOLDERS: usize = 32;
/// Bits for each edge: one of as many is set.
const BITS: usize = 6;
/// So many others at most are looked through for an edge.
const DEEPEST: u8 = 2;

impl Laid {
    /// Lays out states, the first of which is dead, and forks, which are made of earlier ones.
    pub(super) fn new(made: &[Made], forks: &[Vec<StateId>]) -> Self {
        let mut out = Self {
            states: Table::default(),
            edges: Table::default(),
            pairs: Table::default(),
            lists: Lists::default(),
            names: Vec::with_capacity(made.len()),
            forks: Vec::with_capacity(forks.len()),
        };
        let mut rows = 1;
        for state in made {
            let name = match (state.edges.is_empty(), out.lists.place(&state.ends)) {
                (true, 0) => DEAD,
                (true, list) => LEAF + list,
                _ => rows,
            };
            rows += u32::from(!state.edges.is_empty());
            out.names.push(name);
        }
        for parts in forks {
            let parts: Vec<StateId> = parts.iter().map(|part| out.name(*part)).collect();
            let name = FORK + out.lists.place(&parts);
            out.forks.push(name);
        }
        out.rows(made);
        out
    }

    /// What a state is known by once it is laid out.
    pub(super) fn name(&self, state: StateId) -> StateId {
        match is_fork(state) {
            true => self.forks[(state - FORK) as usize],
            false => self.names[state as usize],
        }
    }

    /// Lays out the rows of states and their edges.
    fn rows(&mut self, made: &[Made]) {
        let all: usize = made.iter().map(|state| state.edges.len()).sum();
        let mut pairs = vec![0; (all * BITS).div_ceil(32)];
        let (mut states, mut edges) = (vec![0; STATE], Vec::new());
        for (state, other) in made.iter().zip(others(made)) {
            if state.edges.is_empty() {
                continue;
            }
            let number = (states.len() / STATE) as u32;
            for (word, _) in &state.edges {
                let at = place(number, key(*word), pairs.len());
                pairs[at / 32] |= 1 << (at % 32);
            }
            let begin = edges.len() as u32 / 2;
            let mut own = state.edges.clone();
            own.retain(|edge| !other.is_some_and(|other| made[other].has(edge)));
            own.sort_unstable_by_key(|(word, _)| key(*word));
            edges.extend(own.iter().flat_map(|(word, to)| [key(*word), self.name(*to)]));
            let rest = other.map_or(DEAD, |other| self.names[other]);
            states.extend([begin, rest | state.besides(), self.lists.place(&state.ends)]);
        }
        states.extend([edges.len() as u32 / 2, 0, 0]);
        self.states = states.into_iter().collect();
        self.edges = edges.into_iter().collect();
        self.pairs = pairs.into_iter().collect();
    }
}

impl Made {
    /// What it has edges for besides words.
    fn besides(&self) -> u32 {
        let bit = |(word, _): &(WordId, StateId)| match *word {
            NUMBER => NUMBERS,
            ANY => ANYS,
            COMMA => COMMAS,
            _ => 0,
        };
        self.edges.iter().map(bit).fold(0, |all, bit| all | bit)
    }

    fn has(&self, edge: &(WordId, StateId)) -> bool {
        self.edges.binary_search(edge).is_ok()
    }

    /// Whether it has an edge for every word that `other` has one for.
    fn covers(&self, other: &Self) -> bool {
        let known = |(word, _): &(WordId, StateId)| {
            let found = self.edges.binary_search_by_key(word, |(word, _)| *word);
            found.is_ok()
        };
        other.edges.iter().all(known)
    }
}

/// For each state the one with which it shares most edges, if there is such a one that has no others.
fn others(made: &[Made]) -> Vec<Option<usize>> {
    let mut out = vec![None; made.len()];
    let mut depths = vec![0_u8; made.len()];
    let mut holders: FxHashMap<(WordId, StateId), Vec<usize>> = FxHashMap::default();
    let many = (0..made.len()).filter(|at| made[*at].edges.len() >= FEWEST);
    let mut order: Vec<usize> = many.collect();
    order.sort_by_key(|at| made[*at].edges.len());
    let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
    for at in order {
        let state = &made[at];
        shared.clear();
        let known = state.edges.iter().filter_map(|edge| holders.get(edge));
        known
            .flatten()
            .for_each(|other| *shared.entry(*other).or_default() += 1);
        let fits = |(other, count): &(&usize, &usize)| {
            **count >= FEWEST && depths[**other] < DEEPEST && state.covers(&made[**other])
        };
        let found = shared.iter().filter(fits);
        if let Some((other, _)) = found.max_by_key(|(other, count)| (**count, Reverse(**other))) {
            out[at] = Some(*other);
            depths[at] = depths[*other] + 1;
        }
        for edge in &state.edges {
            let holders = holders.entry(*edge).or_default();
            if holders.len() < HOLDERS {
                holders.push(at);
            }
        }
    }
    out
}
