//! Owns the automaton that finds every phrase in one pass over words, so that the cost of a scan does not depend on how
//! many phrases there are. It knows words, phrases and where they end; what a phrase means is the engine's.
//!
//! Phrases grow into a trie (`trie`), the trie becomes states that are followed one at a time (`states`), and these are
//! laid out (`laid`) as bytes (`table`): the build step leaves those of the embedded packs in the program, and nothing of
//! them is worked out when it starts.

mod homes;
mod laid;
mod ready;
mod seen;
mod states;
mod table;
#[cfg(test)]
mod tests;
mod trie;
mod words;

use crate::text::Word;
use table::{Parts, Table};

pub use homes::{HomeId, Homes};
pub use ready::{prepare, ready};
pub use seen::{Gap, Seen};
pub use table::List as Ends;
pub use trie::Trie;

/// A word's number. Words that no phrase has are [`UNKNOWN`].
pub type WordId = u32;
/// A state's number.
pub type StateId = u32;
/// The number of a place where phrases end. Phrases that end in the same words, found in the same way, share it.
pub type EndId = u32;

/// A word in no phrase.
pub const UNKNOWN: WordId = 0;
/// The edge for any one word.
const ANY: WordId = 1;
/// The edge for any number.
const NUMBER: WordId = 2;
/// The edge for a comma that may stand here.
const COMMA: WordId = 3;
/// The first number of a word.
const FIRST_WORD: WordId = 4;

/// The state from which nothing goes on.
pub const DEAD: StateId = 0;

/// The phrases of some packs, ready to be found.
#[derive(Debug, Default)]
pub struct Automaton {
    words: words::Table,
    /// For each word the state after it as a first word, with [`AFTER_ANY`] where it may follow any first word.
    starts: Table,
    /// The rows of states: see [`State`]. One more says where the edges of the last one end.
    states: Table,
    /// The edges of each state, by their [`key`].
    edges: Table,
    /// Which states may have edges for which keys, as bits by [`place`]: most words do not go on where they stand.
    pairs: Table,
    /// Lists of numbers: where phrases end at a state, the states of a fork, where a phrase ends.
    lists: Table,
    /// For each phrase, in the order in which they were added, its list.
    phrases: Table,
    head: Head,
}

/// What else there is to know of an automaton.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    /// The number of the first of its words.
    first_word: WordId,
    /// How many number words lead the words.
    numbers: u32,
    /// How many ends there are.
    ends: u32,
    /// The state after any first word.
    any: StateId,
    /// Whether phrases that any first word begins may end there or go on with any word.
    any_stays: bool,
    /// The state after a first word that is a number and begins no phrase by itself.
    number: StateId,
}

/// A state as it is followed.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Its row.
    number: u32,
    /// Where its own edges begin and end.
    edges: u32,
    end: u32,
    /// The state that has the rest of its edges, and which of [`NUMBERS`], [`ANYS`] and [`COMMAS`] it has any for.
    rest: u32,
    /// The list of the phrases that end here.
    list: u32,
}

/// Numbers in the row of a state: all but where its edges end, for those of the next one begin there.
const STATE: usize = 3;
/// Added to the place of a list: a state where phrases end and which nothing leaves.
const LEAF: StateId = 1 << 29;
/// Added to the place of a list: a state that is several others.
const FORK: StateId = 1 << 30;
/// Said with the state after a word.
const AFTER_ANY: u32 = 1 << 31;
/// Said of a state which any number leaves otherwise than any word.
const NUMBERS: u32 = 1 << 31;
/// Said of a state which any word leaves.
const ANYS: u32 = 1 << 30;
/// Said of a state that goes on over a comma.
const COMMAS: u32 = 1 << 29;

/// What edges are found by: the numbers of words scattered over all bits; what is no word comes before them.
const fn key(word: WordId) -> u32 {
    if word < FIRST_WORD {
        word
    } else {
        word.wrapping_mul(0x9E37_79B1)
    }
}

impl Automaton {
    /// The number of a folded word.
    pub fn word<'t>(&self, word: impl Into<Word<'t>>) -> WordId {
        self.words
            .get(word.into())
            .map_or(UNKNOWN, |index| index + self.head.first_word)
    }

    /// How many of the words, the first ones, are number words.
    pub fn numbers(&self) -> u32 {
        self.head.numbers
    }

    /// Whether a word is one of these.
    pub fn is_numeral(&self, word: WordId) -> bool {
        word >= FIRST_WORD && word < FIRST_WORD + self.numbers()
    }

    /// One past the highest number of a word.
    fn words(&self) -> WordId {
        self.words.len() + self.head.first_word.max(FIRST_WORD)
    }

    /// How many ends there are.
    pub fn count(&self) -> u32 {
        self.head.ends
    }

    /// Where a phrase ends, by its number.
    pub fn ends_of(&self, phrase: u32) -> impl Iterator<Item = EndId> {
        self.lists.list(self.phrases.get(phrase as usize))
    }

    /// The state after the first word `seen`, if it is one that begins phrases by itself or as a number.
    pub fn start(&self, seen: Seen) -> StateId {
        match self.starts.get(seen.word() as usize) & !AFTER_ANY {
            DEAD if seen.is_number() => self.head.number,
            own => own,
        }
    }

    /// The state after a first word, whatever it is, if phrases that any word begins may end there or go on with `next`.
    pub fn start_any(&self, next: Option<Seen>) -> StateId {
        let begins = |next: Seen| self.starts.get(next.word() as usize) & AFTER_ANY != 0;
        let follows = |next: &Seen| next.gap() != Gap::Hard && (next.is_number() || begins(*next));
        let stays = self.head.any_stays || next.as_ref().is_some_and(follows);
        if stays { self.head.any } else { DEAD }
    }

    /// The state with this number, if it is alive and no fork.
    #[inline]
    pub fn state(&self, state: StateId) -> Option<State> {
        match state {
            DEAD | FORK.. => None,
            LEAF.. => Some(State {
                list: state - LEAF,
                ..State::default()
            }),
            _ => Some(self.row(state)),
        }
    }

    /// The same, if phrases go on from it.
    #[inline(always)]
    pub fn inner(&self, state: StateId) -> Option<State> {
        (state != DEAD && state < LEAF).then(|| self.row(state))
    }

    /// The number of the state to which `seen` leads from `here`.
    #[inline(always)]
    pub fn step(&self, here: &State, seen: Seen) -> StateId {
        if seen.is_soft() {
            return self.onward(here, seen);
        }
        if seen.gap() == Gap::Hard || here.rest & COMMAS == 0 {
            return DEAD;
        }
        self.over_comma(here, seen)
    }

    #[inline(never)]
    fn over_comma(&self, here: &State, seen: Seen) -> StateId {
        let over = self.state(self.edge(here, COMMA));
        over.map_or(DEAD, |over| self.onward(&over, seen))
    }

    #[inline(always)]
    fn onward(&self, here: &State, seen: Seen) -> StateId {
        let own = self.edge(here, seen.word());
        if own != DEAD || here.rest & (NUMBERS | ANYS) == 0 {
            return own;
        }
        // What a state is marked to have it has.
        if seen.is_number() && here.rest & NUMBERS != 0 {
            self.search(*here, key(NUMBER))
        } else if here.rest & ANYS != 0 {
            self.search(*here, key(ANY))
        } else {
            DEAD
        }
    }

    /// Adds the states that `state` is: none that is dead, several where it is a fork.
    pub fn enter(&self, state: StateId, out: &mut Vec<StateId>) {
        if is_fork(state) {
            // A fork may be made of forks, these of none.
            self.lists
                .list(state - FORK)
                .for_each(|part| self.enter(part, out));
        } else if state != DEAD {
            out.push(state);
        }
    }

    /// Where phrases end at a state.
    #[inline]
    pub fn ends(&self, state: &State) -> Ends<'_> {
        self.lists.list(state.list)
    }

    /// The number of the state to which an edge for `word` leads, [`DEAD`] where there is none.
    #[inline(always)]
    fn edge(&self, state: &State, word: WordId) -> StateId {
        let key = key(word);
        let at = place(state.number, key, self.pairs.len());
        if self.pairs.get(at / 32) >> (at % 32) & 1 == 0 {
            return DEAD;
        }
        self.search(*state, key)
    }

    fn search(&self, mut state: State, key: u32) -> StateId {
        loop {
            let to = self.own_edge(&state, key);
            let rest = state.rest & !(NUMBERS | ANYS | COMMAS);
            if to != DEAD || rest == DEAD {
                return to;
            }
            state = self.row(rest);
        }
    }

    /// The same of the edges that stand with the state. They stand in order of their keys, which are spread evenly: where
    /// one stands is nearly known.
    #[inline]
    fn own_edge(&self, state: &State, key: u32) -> StateId {
        let count = u64::from(state.end.saturating_sub(state.edges));
        if count == 0 {
            return DEAD;
        }
        let mut at = state.edges + ((u64::from(key) * count) >> 32) as u32;
        let [mut known, mut to] = self.edges.row(at as usize);
        if known < key {
            while known < key && at + 1 < state.end {
                at += 1;
                [known, to] = self.edges.row(at as usize);
            }
        } else {
            while known > key && at > state.edges {
                at -= 1;
                [known, to] = self.edges.row(at as usize);
            }
        }
        if known == key { to } else { DEAD }
    }

    #[inline(always)]
    fn row(&self, state: StateId) -> State {
        let [edges, rest, list, end] = self.states.chunk(state as usize * STATE);
        State {
            number: state,
            edges,
            end,
            rest,
            list,
        }
    }

    /// Adds what is laid out.
    fn write(&self, parts: &mut Parts<'_>) {
        self.words.write(parts);
        for table in [
            &self.starts,
            &self.states,
            &self.edges,
            &self.pairs,
            &self.lists,
            &self.phrases,
            &self.head.into(),
        ] {
            parts.add(table);
        }
    }

    /// What [`Self::write`] added; empty if it is none such.
    fn read(parts: &mut Parts<'static>) -> Self {
        Self {
            words: words::Table::read(parts),
            starts: parts.next(),
            states: parts.next(),
            edges: parts.next(),
            pairs: parts.next(),
            lists: parts.next(),
            phrases: parts.next(),
            head: parts.next().into(),
        }
    }
}

impl From<Head> for Table {
    fn from(head: Head) -> Self {
        let stays = u32::from(head.any_stays);
        [
            head.first_word,
            head.numbers,
            head.ends,
            head.any,
            stays,
            head.number,
        ]
        .into_iter()
        .collect()
    }
}

impl From<Table> for Head {
    fn from(table: Table) -> Self {
        let [first_word, numbers, ends, any, stays, number] = table.row(0);
        Self {
            first_word,
            numbers,
            ends,
            any,
            any_stays: stays != 0,
            number,
        }
    }
}

/// The bit that stands for a state and a key among those of `words` numbers.
const fn place(state: u32, key: u32, words: usize) -> usize {
    let mixed = (key ^ state.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0xC2B2_AE35);
    ((mixed as u64 * (words as u64 * 32)) >> 32) as usize
}

/// Whether a state is several others.
pub const fn is_fork(state: StateId) -> bool {
    state >= FORK
}
