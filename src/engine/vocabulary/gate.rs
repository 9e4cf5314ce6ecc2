//! Owns the question whether a phrase can go on after its first word. For most words of a text the answer is no, and it
//! is found without a look at the automaton.

use super::words::{ANY, COMMA, FIRST_WORD, NUMBER, WordId};
use super::{Gap, NodeId, Token, Vocabulary};

/// What can follow first words.
#[derive(Debug)]
pub(in crate::engine) struct Gate {
    pairs: Pairs,
    any: Lead,
    number: Lead,
    comma: Lead,
    /// For each word what besides a word can follow it; for each node what can follow it.
    after_words: Vec<Follow>,
    after_nodes: Vec<Follow>,
}

/// What phrases that begin with something that is no word go on with.
#[derive(Debug, Default)]
struct Lead {
    /// Where such phrases are after it, whether one ends there, and what can follow.
    starts: Vec<(NodeId, bool, Follow)>,
    /// What besides a word can follow at any of them.
    follow: Follow,
    /// For each word whether it can follow, as bits.
    words: Vec<u64>,
}

/// What can follow, with a comma or without one, as bits: one for any word, one for a number, and one for each group of
/// words.
#[derive(Clone, Copy, Debug, Default)]
struct Follow(u32);

/// So many groups of words: neighbouring words are in different ones.
const GROUPS: u32 = 30;
const A_NUMBER: u32 = 1 << 30;
const ANYTHING: u32 = 1 << 31;

/// Two words that begin phrases, as bits at places that may be shared: a pair whose bit is not set begins none.
#[derive(Debug)]
struct Pairs {
    bits: Vec<u64>,
    shift: u32,
}

impl Follow {
    fn add(&mut self, word: WordId) {
        self.0 |= match word {
            ANY => ANYTHING,
            NUMBER => A_NUMBER,
            word => 1 << (word % GROUPS),
        };
    }

    fn may_be(self, token: &Token) -> bool {
        let number = if token.number { A_NUMBER } else { 0 };
        self.0 & (ANYTHING | number) != 0 || self.may_be_word(token.word)
    }

    const fn may_be_word(self, word: WordId) -> bool {
        self.0 >> (word % GROUPS) & 1 == 1
    }
}

impl Gate {
    pub(in crate::engine) fn new(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.starts.len() - 1;
        let mut gate = Self {
            pairs: Pairs::new(vocabulary.edges.len()),
            any: Lead::new(vocabulary, ANY),
            number: Lead::new(vocabulary, NUMBER),
            comma: Lead::new(vocabulary, COMMA),
            after_words: vec![Follow::default(); words],
            after_nodes: vec![Follow::default(); vocabulary.ends.len()],
        };
        for word in FIRST_WORD..words as WordId {
            nexts(vocabulary, word, |next| match next < FIRST_WORD {
                true => gate.after_words[word as usize].add(next),
                false => gate.pairs.add(word, next),
            });
        }
        for (node, follow) in gate.after_nodes.iter_mut().enumerate() {
            after(vocabulary, node as NodeId, |next| follow.add(next));
        }
        gate
    }

    /// Whether a phrase that `word` starts may go on with `next`.
    pub(super) fn goes_on(&self, word: WordId, next: Option<&Token>) -> bool {
        let may = |next: &Token| {
            self.pairs.may_have(word, next.word) || self.after_words[word as usize].may_be(next)
        };
        next.is_some_and(|next| next.gap != Gap::Hard && may(next))
    }

    /// Whether a phrase that is at `node` may go on with `token`.
    pub(super) fn may_follow(&self, node: NodeId, token: &Token) -> bool {
        self.after_nodes[node as usize].may_be(token)
    }

    /// Whether that may be for the word itself.
    pub(super) fn may_name(&self, node: NodeId, word: WordId) -> bool {
        self.after_nodes[node as usize].may_be_word(word)
    }

    /// The nodes at which phrases are after any first word, whatever it is, that end there or may go on with `next`.
    pub(super) fn any(&self, next: Option<&Token>) -> impl Iterator<Item = NodeId> {
        self.any.nodes(next)
    }

    /// The same after a number.
    pub(super) fn number(&self, next: Option<&Token>) -> impl Iterator<Item = NodeId> {
        self.number.nodes(next)
    }

    /// The nodes after a comma from which phrases may go on with `token`.
    pub(super) fn comma(&self, token: &Token) -> impl Iterator<Item = NodeId> {
        let none = !self.comma.may_lead(token);
        let starts = if none { &[][..] } else { &self.comma.starts };
        let may = |(_, _, follow): &&(NodeId, bool, Follow)| follow.may_be(token);
        starts.iter().filter(may).map(|(node, ..)| *node)
    }
}

/// Calls `found` with all that can follow the first word `word`.
fn nexts(vocabulary: &Vocabulary, word: WordId, mut found: impl FnMut(WordId)) {
    let joined = vocabulary.joined[word as usize];
    let own = vocabulary.firsts(word).iter().copied();
    for node in own.chain((joined != super::NONE).then_some(joined)) {
        after(vocabulary, node, &mut found);
    }
}

/// Calls `found` with all that can follow at a node, with or without a comma.
fn after(vocabulary: &Vocabulary, node: NodeId, mut found: impl FnMut(WordId)) {
    for (next, to) in vocabulary.edges(node) {
        if *next == COMMA {
            vocabulary.edges(*to).iter().for_each(|(next, _)| found(*next));
        } else {
            found(*next);
        }
    }
}

impl Lead {
    fn new(vocabulary: &Vocabulary, word: WordId) -> Self {
        let mut lead = Self::default();
        for node in vocabulary.firsts(word) {
            let mut follow = Follow::default();
            after(vocabulary, *node, |next| follow.add(next));
            lead.starts
                .push((*node, vocabulary.ends(*node).is_some(), follow));
        }
        nexts(vocabulary, word, |next| {
            if next < FIRST_WORD {
                return lead.follow.add(next);
            }
            let place = next as usize / 64;
            if lead.words.len() <= place {
                lead.words.resize(place + 1, 0);
            }
            lead.words[place] |= 1 << (next % 64);
        });
        lead
    }

    /// Whether a phrase may go on with `token`.
    fn may_lead(&self, token: &Token) -> bool {
        let bits = self.words.get(token.word as usize / 64);
        self.follow.may_be(token) || bits.is_some_and(|bits| bits >> (token.word % 64) & 1 == 1)
    }

    fn nodes(&self, next: Option<&Token>) -> impl Iterator<Item = NodeId> {
        let next = next.filter(|next| next.gap != Gap::Hard);
        let stays = move |(_, ends, follow): &&(NodeId, bool, Follow)| {
            *ends || next.is_some_and(|next| follow.may_be(next))
        };
        self.starts.iter().filter(stays).map(|(node, ..)| *node)
    }
}

impl Pairs {
    /// Room for about so many pairs, or half of them: most that are not there then share no place with one that is.
    fn new(count: usize) -> Self {
        let words = (count / 32).next_power_of_two();
        Self {
            bits: vec![0; words],
            shift: 64 - (words * 64).trailing_zeros(),
        }
    }

    fn place(&self, first: WordId, second: WordId) -> (usize, u32) {
        let pair = u64::from(first) << 32 | u64::from(second);
        let at = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        (at as usize / 64, at as u32 % 64)
    }

    fn add(&mut self, first: WordId, second: WordId) {
        let (word, bit) = self.place(first, second);
        self.bits[word] |= 1 << bit;
    }

    fn may_have(&self, first: WordId, second: WordId) -> bool {
        let (word, bit) = self.place(first, second);
        self.bits[word] >> bit & 1 == 1
    }
}
