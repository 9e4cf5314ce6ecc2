//! Owns finding the phrases of a policy: an automaton for those of the embedded packs, which is part of the program, and
//! one for all others.

use super::meanings::{Listed, Mark, Meanings, Terminal};
use crate::automaton::{
    Automaton, DEAD, EndId, Ends, Gap, Homes, Seen, StateId, Trie, UNKNOWN, WordId, is_fork, ready,
};
use crate::policy::model::{Phrase, Steps, WordFile};
use crate::text::{Folded, LONGEST_SENTENCE, Span, Word};

/// All phrases of a policy.
#[derive(Debug)]
pub(super) struct Vocabulary {
    ready: Automaton,
    own: Automaton,
    /// What it means that phrases end; the ends of `ready` come first.
    meanings: Meanings,
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

    /// The same so many bytes further on.
    pub(super) const fn moved(self, bytes: u32) -> Self {
        Self {
            start: self.start.wrapping_add(bytes),
            ..self
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
    /// The tokens that part clauses by what they say.
    pub(super) parting: Vec<usize>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub(super) fn word<'t>(&self, word: impl Into<Word<'t>>) -> WordId {
        let word = word.into();
        match self.ready.word(word) {
            UNKNOWN => self.own.word(word),
            known => known,
        }
    }

    /// Whether a word is a number word.
    pub(super) fn is_numeral(&self, word: WordId) -> bool {
        self.own.is_numeral(word)
    }

    /// Calls `found` with the first token, the end (exclusive; indices of tokens), the number and the meaning of every phrase
    /// in a sentence, in order of first tokens.
    pub(super) fn phrases(
        &self,
        tokens: &[Token],
        trail: &mut Trail,
        mut found: impl FnMut(usize, usize, EndId, Terminal<'_>),
    ) {
        let own = self.own.count() > 0;
        for (at, token) in tokens.iter().enumerate() {
            let found = &mut |end, phrase, terminal: Terminal<'_>| found(at, end, phrase, terminal);
            let after = (tokens, at + 1);
            self.walk(&self.ready, 0, self.ready.start(token.seen), after, trail, found);
            // Few words follow a first one that may be any, and few texts have phrases of their own policy.
            let next = tokens.get(at + 1).map(|token| token.seen);
            let any = self.ready.start_any(next);
            if any != DEAD {
                self.aside(&self.ready, 0, any, after, trail, found);
            }
            if own {
                let base = self.ready.count();
                for state in [self.own.start(token.seen), self.own.start_any(next)] {
                    self.aside(&self.own, base, state, after, trail, found);
                }
            }
        }
    }

    /// Follows phrases from the state after their first word.
    #[inline(always)]
    fn walk(
        &self,
        automaton: &Automaton,
        base: EndId,
        mut state: StateId,
        (tokens, mut end): (&[Token], usize),
        trail: &mut Trail,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        while let Some(here) = automaton.inner(state) {
            let ends = automaton.ends(&here);
            if !ends.is_empty() {
                self.tell(base, ends, end, found);
            }
            let Some(next) = tokens.get(end) else { return };
            state = automaton.step(&here, next.seen);
            end += 1;
        }
        if is_fork(state) {
            self.follow(automaton, base, state, (tokens, end), trail, found);
        } else if let Some(leaf) = automaton.state(state) {
            self.tell(base, automaton.ends(&leaf), end, found);
        }
    }

    /// The same where it is seldom done.
    #[inline(never)]
    fn aside(
        &self,
        automaton: &Automaton,
        base: EndId,
        state: StateId,
        after: (&[Token], usize),
        trail: &mut Trail,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        self.walk(automaton, base, state, after, trail, found);
    }

    /// Goes on from a fork, several states side by side.
    #[inline(never)]
    fn follow(
        &self,
        automaton: &Automaton,
        base: EndId,
        fork: StateId,
        (tokens, mut end): (&[Token], usize),
        Trail { here, next, .. }: &mut Trail,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        here.clear();
        automaton.enter(fork, here);
        while !here.is_empty() {
            let seen = tokens.get(end).map(|token| token.seen);
            next.clear();
            for state in here.iter().filter_map(|state| automaton.state(*state)) {
                self.tell(base, automaton.ends(&state), end, found);
                let to = seen.map_or(DEAD, |seen| automaton.step(&state, seen));
                automaton.enter(to, next);
            }
            next.sort_unstable();
            next.dedup();
            std::mem::swap(here, next);
            end += 1;
        }
    }

    /// Tells of the phrases that end at a state.
    #[inline(never)]
    fn tell(
        &self,
        base: EndId,
        ends: Ends<'_>,
        end: usize,
        found: &mut impl FnMut(usize, EndId, Terminal<'_>),
    ) {
        for number in ends.map(|end| base + end) {
            if let Some(terminal) = self.meanings.of(number) {
                found(end, number, terminal);
            }
        }
    }
}

/// Phrases and what they are to a lexicon.
#[derive(Clone, Copy)]
pub(super) struct Marked<'p> {
    pub(super) mark: Mark,
    /// Phrases one by one.
    pub(super) listed: &'p [Phrase],
    /// A word file of the program.
    pub(super) file: Option<WordFile>,
}

impl Vocabulary {
    /// The vocabulary of phrases that come in the order of lexicons; `includers[l]` are the lexicons asked for of which
    /// `l` is a part.
    pub(super) fn new<'p>(
        numerals: &[&str],
        includers: &[Vec<Listed>],
        phrases: impl Iterator<Item = Marked<'p>>,
    ) -> Self {
        let (ready, homes) = ready_for(numerals);
        let base = ready.count();
        let mut trie = Trie::new(&ready, numerals.iter().copied());
        let (mut files, mut told, mut marks) = (Vec::new(), Vec::new(), Vec::new());
        for Marked { mark, listed, file } in phrases {
            let mut add = |steps: &Steps| match steps.number().filter(|_| base > 0) {
                Some(number) => told.extend(ready.ends_of(number).map(|end| (end, mark))),
                None => {
                    trie.add(steps);
                    marks.push(mark);
                }
            };
            listed.iter().for_each(|phrase| add(&phrase.steps));
            match file {
                Some(file) if base > 0 => files.push((file.number(), mark)),
                file => file
                    .iter()
                    .flat_map(WordFile::phrases)
                    .for_each(|steps| add(&steps)),
            }
        }
        let own = trie.automaton();
        for (number, mark) in (0..).zip(marks) {
            told.extend(own.ends_of(number).map(|end| (base + end, mark)));
        }
        let meanings = Meanings::new(homes, base + own.count(), includers, files, told);
        Self { ready, own, meanings }
    }
}

/// The automaton of the embedded packs. It takes certain words for numbers; where others are wanted it is of no use, and
/// every phrase is taken up in the run.
fn ready_for(numerals: &[&str]) -> (Automaton, Homes) {
    let (ready, homes) = ready();
    let known = numerals
        .iter()
        .filter(|word| ready.is_numeral(ready.word(**word)));
    if known.count() == numerals.len() && ready.numbers() as usize == numerals.len() {
        (ready, homes)
    } else {
        Default::default()
    }
}
