//! Owns the automaton that finds every phrase in one pass over words, so that the cost of a scan does not depend on how
//! many phrases there are. It knows words, phrases and where they end; what a phrase means is the engine's.
//!
//! Phrases grow into a trie (`trie`), the trie becomes states that are followed one at a time (`states`), and these are
//! laid out as bytes (`table`): the build step leaves those of the embedded packs in the program, and nothing of them
//! is worked out when it starts.

mod homes;
mod ready;
mod states;
mod table;
#[cfg(test)]
mod tests;
mod trie;
mod words;

use table::{Parts, Table};

pub use homes::{HomeId, Homes};
pub use ready::{prepare, ready};
pub use table::Range as Ends;
pub use trie::Trie;

/// A word's number. Words that no phrase has are [`UNKNOWN`].
pub type WordId = u32;
/// A state's number.
pub type StateId = u32;
/// The number of a place where phrases end. Phrases that end in the same words, found in the same way, share it.
pub type EndId = u32;

/// A word in no phrase.
pub const UNKNOWN: WordId = 0;
/// The edge for any number.
const NUMBER: WordId = 1;
/// The edge for any one word.
const ANY: WordId = 2;
/// The edge for a comma that may stand here.
const COMMA: WordId = 3;
/// The first number of a word.
const FIRST_WORD: WordId = 4;

/// The state from which nothing goes on.
pub const DEAD: StateId = 0;

/// How a word is parted from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Space, hyphen, slash, quotation mark, or the stop of an abbreviation.
    Soft,
    /// A comma, over which a phrase goes on where it has one.
    Comma,
    /// A mark that always parts clauses: `;`, `:`, brackets, a dash, an arrow. No phrase goes on over it.
    Hard,
}

/// How a word looks to phrases: which it is (29 bits), what parts it from the one before it (2), and whether it is a
/// number or number word (the highest). A long text has many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(u32);

impl Seen {
    const NUMBER: u32 = 1 << 31;
    const HARD: u32 = 1 << 30;
    const COMMA: u32 = 1 << 29;

    /// A word as it stands in a text.
    pub const fn new(word: WordId, number: bool, gap: Gap) -> Self {
        let gap = match gap {
            Gap::Soft => 0,
            Gap::Comma => Self::COMMA,
            Gap::Hard => Self::HARD,
        };
        Self(word & (Self::COMMA - 1) | gap | if number { Self::NUMBER } else { 0 })
    }

    /// Which word.
    pub const fn word(self) -> WordId {
        self.0 & (Self::COMMA - 1)
    }

    /// Whether it is a number or number word.
    pub const fn is_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// What stands before it.
    pub const fn gap(self) -> Gap {
        match self.0 & (Self::HARD | Self::COMMA) {
            0 => Gap::Soft,
            Self::COMMA => Gap::Comma,
            _ => Gap::Hard,
        }
    }
}

/// The phrases of some packs, ready to be found.
#[derive(Debug, Default)]
pub struct Automaton {
    words: words::Table,
    /// For each word the state after it as a first word, with [`AFTER_ANY`] where it may follow any first word.
    starts: Table,
    states: Table,
    /// The edges of each state, to be looked up by word.
    edges: Table,
    /// Runs of numbers: where phrases end at a state, the states of a fork, where a phrase ends.
    lists: Table,
    /// For each phrase, in the order in which they were added, where its part of `lists` begins.
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

/// A state, in the order in which it is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Which words may have an edge, as bits by their [`spread`].
    filter: u32,
    /// Where its edges begin.
    edges: u32,
    /// The room for edges less one, a power of two less one.
    mask: u32,
    /// Where any number leads that has no edge of its own.
    number: StateId,
    /// Where any other word leads that has none.
    any: StateId,
    /// The state to go on from where a comma stands.
    comma: StateId,
    /// Its part of the lists: the ends of phrases, or the states of a fork.
    list: u32,
    count: u32,
}

/// Numbers in a state.
const STATE: usize = 8;
/// Added to the number of a state that is several others.
const FORK: StateId = 1 << 31;
/// Said with the state after a word.
const AFTER_ANY: u32 = 1 << 30;

/// Scatters the numbers of words over all bits.
const fn spread(word: WordId) -> u32 {
    word.wrapping_mul(0x9E37_79B1)
}

impl Automaton {
    /// The number of a folded word.
    pub fn word(&self, text: &str) -> WordId {
        self.words
            .get(text)
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
        let at = phrase as usize;
        self.lists.range(self.phrases.get(at), self.phrases.get(at + 1))
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
        (state != DEAD && state < FORK).then(|| self.row(state))
    }

    /// The number of the state to which `seen` leads from `here`.
    #[inline]
    pub fn step(&self, here: &State, seen: Seen) -> StateId {
        match seen.gap() {
            Gap::Soft => self.onward(here, seen),
            Gap::Comma if here.comma != DEAD => self.onward(&self.row(here.comma), seen),
            _ => DEAD,
        }
    }

    #[inline]
    fn onward(&self, here: &State, seen: Seen) -> StateId {
        let other = if seen.is_number() { here.number } else { here.any };
        self.edge(here, seen.word()).unwrap_or(other)
    }

    /// Adds the states that `state` is: none that is dead, several where it is a fork.
    pub fn enter(&self, state: StateId, out: &mut Vec<StateId>) {
        if is_fork(state) {
            // A fork may be made of forks, these of none.
            self.ends(&self.row(state - FORK))
                .for_each(|part| self.enter(part, out));
        } else if state != DEAD {
            out.push(state);
        }
    }

    /// Where phrases end at a state.
    #[inline]
    pub fn ends(&self, state: &State) -> Ends<'_> {
        self.lists.range(state.list, state.list + state.count)
    }

    #[inline]
    fn edge(&self, state: &State, word: WordId) -> Option<StateId> {
        let hash = spread(word);
        if state.filter >> (hash >> 27) & 1 == 0 {
            return None;
        }
        for step in 0..=state.mask {
            let place = state.edges + (slot(hash).wrapping_add(step) & state.mask);
            let [known, to] = self.edges.row(place as usize);
            // A free place; the word in no phrase has no edge either.
            if known == UNKNOWN {
                break;
            }
            if known == word {
                return Some(to);
            }
        }
        None
    }

    #[inline]
    fn row(&self, state: StateId) -> State {
        self.states.row(state as usize).into()
    }

    /// Adds what is laid out.
    fn write(&self, parts: &mut Parts<'_>) {
        self.words.write(parts);
        for table in [
            &self.starts,
            &self.states,
            &self.edges,
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
            lists: parts.next(),
            phrases: parts.next(),
            head: parts.next().into(),
        }
    }
}

impl From<[u32; STATE]> for State {
    fn from([filter, edges, mask, number, any, comma, list, count]: [u32; STATE]) -> Self {
        Self {
            filter,
            edges,
            mask,
            number,
            any,
            comma,
            list,
            count,
        }
    }
}

impl From<State> for [u32; STATE] {
    fn from(state: State) -> Self {
        let State {
            filter,
            edges,
            mask,
            number,
            any,
            comma,
            list,
            count,
        } = state;
        [filter, edges, mask, number, any, comma, list, count]
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

/// Where a word's edge is looked for first.
const fn slot(hash: u32) -> u32 {
    hash >> 12
}

/// Whether a state is several others.
pub const fn is_fork(state: StateId) -> bool {
    state >= FORK
}
