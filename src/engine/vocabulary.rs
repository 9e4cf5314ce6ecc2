//! Owns what the phrases of a policy mean: an automaton for those of the embedded packs, which is part of the program,
//! one for all others, and for each place where phrases end the lexicons that they are entries of.

use crate::automaton::{
    Automaton, DEAD, EndId, Gap, Seen, State, StateId, Trie, UNKNOWN, WordId, is_fork, ready,
};
use crate::policy::model::{LexiconId, Phrase};
use crate::text::{Folded, LONGEST_SENTENCE, Span};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// No such thing.
const NONE: u32 = u32::MAX;

/// What it means that a phrase ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal<'v> {
    /// Lexicons of which the phrase is an entry (includers among them).
    pub(super) lexicons: &'v [u32],
    /// Lexicons whose entries mean something else inside the phrase.
    pub(super) except: &'v [u32],
}

/// All phrases of a policy.
#[derive(Debug)]
pub(super) struct Vocabulary {
    ready: Automaton,
    own: Automaton,
    /// For each end where its part of `terminals` begins, [`NONE`] for one that nobody asks for; those of `ready` come
    /// first.
    ends: Vec<u32>,
    /// How many lexicons there are, how many exceptions, and these. They stand together, for nearly every word of a text
    /// leads here.
    terminals: Vec<u32>,
}

/// A word in a text. A long text has many of them, so that each is kept small.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte of the folded text.
    pub(super) start: u32,
    /// Which word it is, and what parts it from the one before.
    pub(super) seen: Seen,
    /// Its length in bytes.
    len: u16,
    /// Which clause of its sentence it stands in.
    pub(super) clause: u16,
}

/// No word is longer than a sentence, nor has one more clauses than bytes.
const _: () = assert!(LONGEST_SENTENCE <= u16::MAX as usize);

impl Token {
    /// The word at a place of the folded text, in the first clause.
    pub(super) fn new(span: Span<Folded>, seen: Seen) -> Self {
        Self {
            start: span.start,
            seen,
            len: u16::try_from(span.len()).unwrap_or(u16::MAX),
            clause: 0,
        }
    }

    /// One past its last byte.
    pub(super) const fn end(&self) -> u32 {
        self.start + self.len as u32
    }

    /// Which word.
    pub(super) const fn word(&self) -> WordId {
        self.seen.word()
    }

    /// What stands before it.
    pub(super) const fn gap(&self) -> Gap {
        self.seen.gap()
    }
}

/// Room for following phrases, kept so that no word asks for memory.
#[derive(Debug, Default)]
pub(super) struct Trail {
    here: Vec<StateId>,
    next: Vec<StateId>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub(super) fn word(&self, text: &str) -> WordId {
        match self.ready.word(text) {
            UNKNOWN => self.own.word(text),
            known => known,
        }
    }

    /// Whether a word is a number word.
    pub(super) fn is_numeral(&self, word: WordId) -> bool {
        self.own.is_numeral(word)
    }

    /// Calls `found` with the end (exclusive, index of a token), the number and the meaning of every phrase that starts
    /// at token `at`.
    pub(super) fn phrases_at(
        &self,
        tokens: &[Token],
        at: usize,
        trail: &mut Trail,
        mut found: impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        self.phrases_of(&self.ready, 0, tokens, at, trail, &mut found);
        if self.own.count() > 0 {
            self.phrases_of(&self.own, self.ready.count(), tokens, at, trail, &mut found);
        }
    }

    /// The same for the phrases of one automaton, whose ends are numbered from `base` on.
    fn phrases_of(
        &self,
        automaton: &Automaton,
        base: EndId,
        tokens: &[Token],
        at: usize,
        trail: &mut Trail,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        let Some(first) = tokens.get(at) else { return };
        let next = |end: usize| tokens.get(end).map(|token| token.seen);
        let starts = [automaton.start(first.seen), automaton.start_any(next(at + 1))];
        for start in starts {
            let (mut state, mut end) = (start, at + 1);
            while let Some(here) = automaton.state(state) {
                self.tell(automaton, base, here, end, found);
                state = next(end).map_or(DEAD, |next| automaton.step(here, next));
                end += 1;
            }
            if is_fork(state) {
                self.follow(automaton, base, state, (tokens, end), trail, found);
            }
        }
    }

    /// Goes on from a fork, several states side by side.
    fn follow(
        &self,
        automaton: &Automaton,
        base: EndId,
        fork: StateId,
        (tokens, mut end): (&[Token], usize),
        Trail { here, next }: &mut Trail,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        here.clear();
        automaton.enter(fork, here);
        while !here.is_empty() {
            let seen = tokens.get(end).map(|token| token.seen);
            next.clear();
            for state in here.iter().filter_map(|state| automaton.state(*state)) {
                self.tell(automaton, base, state, end, found);
                let to = seen.map_or(DEAD, |seen| automaton.step(state, seen));
                automaton.enter(to, next);
            }
            next.sort_unstable();
            next.dedup();
            std::mem::swap(here, next);
            end += 1;
        }
    }

    fn terminal(&self, at: u32) -> Terminal<'_> {
        let rest = &self.terminals[at as usize..];
        let (lexicons, except) = (rest[0] as usize, rest[1] as usize);
        let (lexicons, rest) = rest[2..].split_at(lexicons);
        Terminal {
            lexicons,
            except: &rest[..except],
        }
    }

    /// Tells of the phrases that end at a state.
    #[inline]
    fn tell(
        &self,
        automaton: &Automaton,
        base: EndId,
        state: State,
        end: usize,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        for number in automaton.ends(state).map(|end| base + end) {
            let at = self.ends[number as usize];
            if at != NONE {
                found(end, number, self.terminal(at));
            }
        }
    }
}

/// That a phrase is an entry of a lexicon, or an exception of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Entry(LexiconId),
    Except(LexiconId),
}

impl Vocabulary {
    /// The vocabulary of `phrases`; `includers[l]` are the lexicons asked for of which `l` is a part.
    pub(super) fn new<'p>(
        numerals: &[&str],
        includers: &[Vec<LexiconId>],
        phrases: impl Iterator<Item = (&'p Phrase, Mark)>,
    ) -> Self {
        let ready = ready_for(numerals);
        let mut trie = Trie::new(&ready, numerals.iter().copied());
        let mut meanings = Meanings {
            ends: vec![NONE; ready.count() as usize],
            terminals: Vec::new(),
            joined: FxHashMap::default(),
            includers,
        };
        let mut marks = Vec::new();
        for (phrase, mark) in phrases {
            match phrase.steps.number().filter(|_| ready.count() > 0) {
                Some(number) => ready.ends_of(number).for_each(|end| meanings.add(end, mark)),
                None => {
                    trie.add(&phrase.steps);
                    marks.push(mark);
                }
            }
        }
        let own = trie.automaton();
        let base = ready.count();
        meanings.ends.resize((base + own.count()) as usize, NONE);
        for (number, mark) in (0..).zip(marks) {
            own.ends_of(number).for_each(|end| meanings.add(base + end, mark));
        }
        let (ends, terminals) = meanings.laid_out();
        Self {
            ready,
            own,
            ends,
            terminals,
        }
    }
}

/// The automaton of the embedded packs. It takes certain words for numbers; where others are wanted it is of no use, and
/// every phrase is taken up in the run.
fn ready_for(numerals: &[&str]) -> Automaton {
    let ready = ready();
    let known = numerals.iter().filter(|word| ready.is_numeral(ready.word(word)));
    if known.count() == numerals.len() && ready.numbers() as usize == numerals.len() {
        ready
    } else {
        Automaton::default()
    }
}

/// What ends come to mean.
struct Meanings<'l> {
    ends: Vec<u32>,
    /// What ends mean, each combination once: lexicons and exceptions.
    terminals: Vec<(Vec<u32>, Vec<u32>)>,
    /// The terminal that a terminal becomes when a lexicon's phrase ends there too.
    joined: FxHashMap<(u32, Mark), u32>,
    includers: &'l [Vec<LexiconId>],
}

impl Meanings<'_> {
    fn add(&mut self, end: EndId, mark: Mark) {
        let known = self.ends[end as usize];
        let next = self.terminals.len() as u32;
        self.ends[end as usize] = match self.joined.entry((known, mark)) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let mut terminal = self.terminals.get(known as usize).cloned().unwrap_or_default();
                match mark {
                    Mark::Entry(lexicon) => merge(&mut terminal.0, &self.includers[lexicon]),
                    Mark::Except(lexicon) => merge(&mut terminal.1, &self.includers[lexicon]),
                }
                self.terminals.push(terminal);
                *entry.insert(next)
            }
        };
    }

    /// Where the terminal of each end begins, and the terminals, as [`Vocabulary`] keeps them.
    fn laid_out(mut self) -> (Vec<u32>, Vec<u32>) {
        let (mut begins, mut out) = (Vec::new(), Vec::new());
        for (lexicons, except) in self.terminals {
            begins.push(out.len() as u32);
            out.extend([lexicons.len() as u32, except.len() as u32]);
            out.extend(lexicons);
            out.extend(except);
        }
        for end in &mut self.ends {
            *end = begins.get(*end as usize).copied().unwrap_or(NONE);
        }
        (self.ends, out)
    }
}

fn merge(into: &mut Vec<u32>, more: &[LexiconId]) {
    for id in more.iter().map(|id| *id as u32) {
        if !into.contains(&id) {
            into.push(id);
        }
    }
}
