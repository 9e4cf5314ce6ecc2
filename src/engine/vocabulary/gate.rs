//! Owns the question whether a phrase can go on after its first word. For most words of a text the answer is no, and it
//! is found without a look at the automaton.

use super::words::{ANY, COMMA, FIRST_WORD, NUMBER, WordId};
use super::{Gap, NodeId, Token, Vocabulary};

/// What can follow first words.
#[derive(Debug)]
pub(in crate::engine) struct Gate {
    /// For each word whether something that is no word (a number, a comma, any word) can follow it.
    open: Vec<bool>,
    pairs: Pairs,
    any: Lead,
    number: Lead,
    comma: Lead,
    /// For each node which of 32 groups of words can follow it, as bits; all of them where something that is no word can.
    groups: Vec<u32>,
}

/// What phrases that begin with something that is no word go on with.
#[derive(Debug, Default)]
struct Lead {
    /// Whether there is a phrase of no more than that.
    ends: bool,
    /// Whether something that is no word can follow.
    open: bool,
    /// For each word whether it can follow, as bits.
    words: Vec<u64>,
}

/// Two words that begin phrases, as bits at places that may be shared: a pair whose bit is not set begins none.
#[derive(Debug)]
struct Pairs {
    bits: Vec<u64>,
    shift: u32,
}

impl Gate {
    pub(in crate::engine) fn new(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.starts.len() as WordId - 1;
        let mut gate = Self {
            open: vec![false; words as usize],
            pairs: Pairs::new(vocabulary.edges.len()),
            any: Lead::new(vocabulary, ANY),
            number: Lead::new(vocabulary, NUMBER),
            comma: Lead::new(vocabulary, COMMA),
            groups: (0..vocabulary.ends.len() as NodeId)
                .map(|node| groups(vocabulary, node))
                .collect(),
        };
        for word in FIRST_WORD..words {
            for (next, _) in nexts(vocabulary, word) {
                match *next < FIRST_WORD {
                    true => gate.open[word as usize] = true,
                    false => gate.pairs.add(word, *next),
                }
            }
        }
        gate
    }

    /// Whether a phrase that `word` starts may go on with `next`.
    pub(super) fn goes_on(&self, word: WordId, next: Option<&Token>) -> bool {
        let Some(next) = next.filter(|next| next.gap != Gap::Hard) else {
            return false;
        };
        self.open[word as usize] || (next.gap == Gap::Soft && self.pairs.may_have(word, next.word))
    }

    /// Whether a phrase that is at `node` may go on with `word`.
    pub(super) fn may_follow(&self, node: NodeId, word: WordId) -> bool {
        self.groups[node as usize] >> group(word) & 1 == 1
    }

    /// Whether a phrase may begin with any word, whatever it is, and `next`.
    pub(super) fn any(&self, next: Option<&Token>) -> bool {
        self.any.leads(next)
    }

    /// The same of a number.
    pub(super) fn number(&self, next: Option<&Token>) -> bool {
        self.number.leads(next)
    }

    /// Whether a phrase may begin with a comma and `token`.
    pub(super) fn comma(&self, token: &Token) -> bool {
        self.comma.open || self.comma.has(token.word)
    }
}

fn groups(vocabulary: &Vocabulary, node: NodeId) -> u32 {
    let edges = vocabulary.edges(node);
    match edges.iter().any(|(word, _)| *word < FIRST_WORD) {
        true => u32::MAX,
        false => edges
            .iter()
            .fold(0, |groups, (word, _)| groups | 1 << group(*word)),
    }
}

/// Neighbouring words are in different groups.
const fn group(word: WordId) -> u32 {
    word % 32
}

/// What leaves the nodes to which a first word leads.
fn nexts(vocabulary: &Vocabulary, word: WordId) -> impl Iterator<Item = &(WordId, NodeId)> {
    let joined = vocabulary.joined[word as usize];
    let all = vocabulary.firsts(word).iter().copied();
    let nodes = all.chain((joined != super::NONE).then_some(joined));
    nodes.flat_map(|node| vocabulary.edges(node))
}

impl Lead {
    fn new(vocabulary: &Vocabulary, word: WordId) -> Self {
        let mut lead = Self {
            ends: vocabulary
                .firsts(word)
                .iter()
                .any(|node| vocabulary.ends(*node).is_some()),
            ..Self::default()
        };
        for (next, _) in nexts(vocabulary, word) {
            if *next < FIRST_WORD {
                lead.open = true;
                continue;
            }
            let place = *next as usize / 64;
            if lead.words.len() <= place {
                lead.words.resize(place + 1, 0);
            }
            lead.words[place] |= 1 << (next % 64);
        }
        lead
    }

    fn has(&self, word: WordId) -> bool {
        let bits = self.words.get(word as usize / 64);
        bits.is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }

    fn leads(&self, next: Option<&Token>) -> bool {
        self.ends
            || next.is_some_and(|next| match next.gap {
                Gap::Soft => self.open || self.has(next.word),
                Gap::Comma => self.open,
                Gap::Hard => false,
            })
    }
}

impl Pairs {
    /// Room for so many pairs: few of the pairs that are not there share a place with one that is.
    fn new(count: usize) -> Self {
        let words = (count / 8).next_power_of_two().max(1);
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
