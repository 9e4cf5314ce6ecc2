//! Owns building the automaton: a trie that grows phrase by phrase, then laid out for reading.

use super::words::{ANY, COMMA, FIRST_WORD, NUMBER, WordId, Words};
use super::{NONE, NodeId, ROOT, Terminal, Vocabulary};
use crate::policy::model::{Choices, LexiconId, Phrase, Word};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::ops::Range;

/// An edge of the growing trie.
struct Edge {
    from: NodeId,
    word: WordId,
    to: NodeId,
}

/// A growing trie.
pub(in crate::engine) struct Builder<'l> {
    words: Words,
    edges: Vec<Edge>,
    /// For each node and word the node that phrases share. Those at which the choices of a step meet are not among them:
    /// no other phrase passes through one, so nobody asks for it again.
    shared: FxHashMap<(NodeId, WordId), NodeId>,
    /// For each node which of `terminals` ends there; [`NONE`] where no phrase ends.
    ends: Vec<u32>,
    /// What ends at nodes, each combination once.
    terminals: Vec<Terminal>,
    /// The terminal that a terminal becomes when a lexicon's phrase ends there too.
    joined: FxHashMap<(u32, Mark), u32>,
    /// For each lexicon those that are asked for and of which it is a part.
    includers: &'l [Vec<LexiconId>],
    /// Room for the nodes where the steps of a phrase end.
    here: Vec<NodeId>,
}

/// That a phrase of a lexicon ends here, or an exception of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Mark {
    Entry(LexiconId),
    Except(LexiconId),
}

impl<'l> Builder<'l> {
    /// A trie with room for about `phrases`; `includers[l]` are the lexicons asked for of which `l` is a part.
    pub(in crate::engine) fn new(phrases: usize, includers: &'l [Vec<LexiconId>]) -> Self {
        let mut words = Words::default();
        words.reserve(phrases);
        Self {
            words,
            edges: Vec::with_capacity(phrases * 2),
            shared: FxHashMap::with_capacity_and_hasher(phrases, FxBuildHasher),
            ends: vec![NONE],
            terminals: Vec::new(),
            joined: FxHashMap::default(),
            includers,
            here: Vec::new(),
        }
    }

    /// The number of a folded word, given to it now if it has none.
    pub(in crate::engine) fn intern(&mut self, word: &str) -> WordId {
        self.words.intern(word)
    }

    /// Adds a phrase, and `mark` at every node where it ends.
    pub(in crate::engine) fn add(&mut self, phrase: &Phrase, mark: Mark) {
        let mut here = std::mem::take(&mut self.here);
        here.clear();
        here.push(ROOT);
        for step in phrase.steps.iter() {
            self.step(&mut here, step);
        }
        here.iter().for_each(|end| self.end(*end, mark));
        self.here = here;
    }

    fn end(&mut self, node: NodeId, mark: Mark) {
        let known = self.ends[node as usize];
        let next = self.terminals.len() as u32;
        self.ends[node as usize] = match self.joined.entry((known, mark)) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let mut terminal = self.terminals.get(known as usize).cloned().unwrap_or_default();
                match mark {
                    Mark::Entry(lexicon) => merge(&mut terminal.lexicons, &self.includers[lexicon]),
                    Mark::Except(lexicon) => merge(&mut terminal.except, &self.includers[lexicon]),
                }
                self.terminals.push(terminal);
                *entry.insert(next)
            }
        };
    }

    /// Adds a step after each of the nodes `here`, which become those where it ends. A step of one choice shares nodes
    /// with other phrases; the choices of any other meet in a node of their own, so that the automaton grows with what
    /// is written and not with what it stands for.
    fn step(&mut self, here: &mut Vec<NodeId>, step: Choices<'_>) {
        if let ([from], Some(only)) = (here.as_mut_slice(), step.only()) {
            *from = self.path(*from, only, None);
            return;
        }
        let meet = self.node();
        let mut missing = false;
        for choice in step.iter() {
            missing |= choice.is_empty();
            for node in here.iter().filter(|_| !choice.is_empty()) {
                self.path(*node, choice, Some(meet));
            }
        }
        if !missing {
            here.clear();
        }
        here.push(meet);
    }

    /// Adds the edges of a choice after `from`, the last of them to `meet` if there is such a node.
    fn path(&mut self, from: NodeId, choice: &str, meet: Option<NodeId>) -> NodeId {
        let mut node = from;
        let mut words = Word::all(choice).peekable();
        while let Some(word) = words.next() {
            let word = match word {
                Word::Is(text) => self.words.intern(text),
                Word::Number => NUMBER,
                Word::Any => ANY,
                Word::Comma => COMMA,
            };
            let last = words.peek().is_none();
            node = match meet.filter(|_| last) {
                // The choices of a step are no two alike, so this edge is not there yet.
                Some(meet) => self.edge(node, word, meet),
                None => self.shared(node, word),
            };
        }
        node
    }

    fn shared(&mut self, node: NodeId, word: WordId) -> NodeId {
        if let Some(known) = self.shared.get(&(node, word)) {
            return *known;
        }
        let next = self.node();
        self.shared.insert((node, word), next);
        self.edge(node, word, next)
    }

    fn edge(&mut self, from: NodeId, word: WordId, to: NodeId) -> NodeId {
        self.edges.push(Edge { from, word, to });
        to
    }

    fn node(&mut self) -> NodeId {
        self.ends.push(NONE);
        self.ends.len() as NodeId - 1
    }

    /// The automaton, laid out so that what leaves a node stands together.
    pub(in crate::engine) fn finish(mut self) -> Vocabulary {
        let count = self.words.count();
        let (first, rest): (Vec<&Edge>, Vec<&Edge>) =
            self.edges.iter().rev().partition(|edge| edge.from == ROOT);
        let (mut starts, firsts) = laid_out(&first, count, |edge| edge.word);
        let (mut nodes, mut edges) = laid_out(&rest, self.ends.len(), |edge| edge.from);
        let mut firsts: Vec<NodeId> = firsts.into_iter().map(|(_, to)| to).collect();
        let joined = join_firsts(&starts, &firsts, &mut nodes, &mut edges);
        self.ends.resize(nodes.len() - 1, NONE);
        // Nodes that are followed together are looked at by themselves only for the phrases that end there.
        let ends = &self.ends;
        let mut kept = Vec::with_capacity(firsts.len());
        for word in 0..count {
            let all = &firsts[starts[word] as usize..starts[word + 1] as usize];
            let stays = |node: &&NodeId| joined[word] == NONE || ends[**node as usize] != NONE;
            starts[word] = kept.len() as u32;
            kept.extend(all.iter().filter(stays));
        }
        starts[count] = kept.len() as u32;
        firsts = kept;
        for range in nodes.windows(2) {
            // Stable, so that of several edges of one word the last one is followed first.
            edges[range[0] as usize..range[1] as usize].sort_by_key(|(word, _)| *word);
        }
        Vocabulary {
            words: self.words,
            starts,
            firsts,
            joined,
            nodes,
            edges,
            ends: self.ends,
            terminals: self.terminals,
        }
    }
}

/// Words that begin fewer phrases than this are followed one phrase at a time.
const MANY: usize = 6;

/// Words such as *it* begin hundreds of phrases: for each word that begins many a node is added with all edges of the
/// nodes that it leads to, so that these are followed as one. Never more edges are added than there are.
fn join_firsts(
    starts: &[u32],
    firsts: &[NodeId],
    nodes: &mut Vec<u32>,
    edges: &mut Vec<(WordId, NodeId)>,
) -> Vec<u32> {
    let of = |word: usize| &firsts[starts[word] as usize..starts[word + 1] as usize];
    let mut joined = vec![NONE; starts.len() - 1];
    let mut many: Vec<usize> = (FIRST_WORD as usize..joined.len())
        .filter(|word| of(*word).len() >= MANY)
        .collect();
    many.sort_by_key(|word| Reverse(of(*word).len()));
    let most = edges.len() * 2;
    for word in many {
        let ranges = of(word)
            .iter()
            .map(|node| nodes[*node as usize] as usize..nodes[*node as usize + 1] as usize);
        let ranges: Vec<Range<usize>> = ranges.collect();
        if edges.len() + ranges.iter().map(Range::len).sum::<usize>() > most {
            break;
        }
        joined[word] = nodes.len() as NodeId - 1;
        ranges
            .into_iter()
            .for_each(|range| edges.extend_from_within(range));
        nodes.push(edges.len() as u32);
    }
    joined
}

/// The words and targets of `edges`, those of one key together, and where each key's begin.
fn laid_out(edges: &[&Edge], keys: usize, key: impl Fn(&Edge) -> u32) -> (Vec<u32>, Vec<(WordId, NodeId)>) {
    let mut begins = vec![0; keys + 1];
    for edge in edges {
        begins[key(edge) as usize + 1] += 1;
    }
    for at in 1..begins.len() {
        begins[at] += begins[at - 1];
    }
    let mut free = begins.clone();
    let mut out = vec![(0, 0); edges.len()];
    for edge in edges {
        let place = &mut free[key(edge) as usize];
        out[*place as usize] = (edge.word, edge.to);
        *place += 1;
    }
    (begins, out)
}

fn merge(into: &mut Vec<u32>, more: &[LexiconId]) {
    for id in more.iter().map(|id| *id as u32) {
        if !into.contains(&id) {
            into.push(id);
        }
    }
}
