//! Owns the one automaton that finds every phrase of every lexicon in a single pass over words: a trie over
//! word numbers, so that the cost of a scan does not depend on how many phrases there are.

mod build;
mod gate;
mod words;

use words::{ANY, COMMA, FIRST_WORD, NUMBER, Words};

pub(super) use build::{Builder, Mark};
pub(super) use gate::Gate;
pub(super) use words::{UNKNOWN, WordId};

/// So many nodes are looked through for one; more of them are sorted.
const MANY: usize = 64;

type NodeId = u32;
const ROOT: NodeId = 0;
/// No such thing.
const NONE: u32 = u32::MAX;

/// What ends at a node of the trie.
#[derive(Clone, Debug, Default)]
pub(super) struct Terminal {
    /// Lexicons of which the phrase is an entry (includers among them).
    pub(super) lexicons: Vec<u32>,
    /// Lexicons whose entries mean something else inside the phrase.
    pub(super) except: Vec<u32>,
}

/// All phrases of a policy.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: Words,
    /// For each word where its part of `firsts` begins.
    starts: Vec<u32>,
    /// Where phrases are after their first word.
    firsts: Vec<NodeId>,
    /// For each word the node that has all edges of those in its part of `firsts`, if there are many; else [`NONE`].
    joined: Vec<NodeId>,
    /// For each node where its part of `edges` begins.
    nodes: Vec<u32>,
    /// Words and where they lead, by word within a node.
    edges: Vec<(WordId, NodeId)>,
    /// For each node which of `terminals` ends there; [`NONE`] where no phrase ends.
    ends: Vec<u32>,
    terminals: Vec<Terminal>,
}

/// How a word is parted from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Space, hyphen, slash, quotation mark, or the stop of an abbreviation.
    Soft,
    /// A comma.
    Comma,
    /// A mark that always parts clauses: `;`, `:`, brackets, a dash, an arrow.
    Hard,
}

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte of the folded block.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// Which word.
    pub(super) word: WordId,
    /// Whether it is a number or number word.
    pub(super) number: bool,
    /// What stands before it.
    pub(super) gap: Gap,
}

/// Room for following phrases, kept so that no word asks for memory.
#[derive(Debug, Default)]
pub(super) struct Trail {
    here: Vec<NodeId>,
    next: Vec<NodeId>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub(super) fn word(&self, text: &str) -> WordId {
        self.words.get(text)
    }

    /// Calls `found` with the end (exclusive, index of a token) and the node of every phrase that starts at
    /// token `at`.
    pub(super) fn phrases_at(
        &self,
        gate: &Gate,
        tokens: &[Token],
        at: usize,
        trail: &mut Trail,
        mut found: impl FnMut(usize, NodeId, &Terminal),
    ) {
        let Trail { here, next } = trail;
        here.clear();
        let Some(first) = tokens.get(at) else { return };
        let mut end = at + 1;
        self.start(gate, *first, tokens.get(end), here, |node, terminal| {
            found(end, node, terminal);
        });
        while !here.is_empty() {
            let Some(token) = tokens.get(end) else { return };
            next.clear();
            for node in here.iter().filter(|node| gate.may_follow(**node, token)) {
                self.step(gate, *node, *token, next);
            }
            if next.len() > MANY {
                next.sort_unstable();
                next.dedup();
            }
            std::mem::swap(here, next);
            end += 1;
            for node in here.iter() {
                if let Some(terminal) = self.ends(*node) {
                    found(end, *node, terminal);
                }
            }
        }
    }

    /// Tells of the phrases of the one word `first`, and adds to `out` the nodes from which phrases that begin with it
    /// may go on with `next`.
    fn start(
        &self,
        gate: &Gate,
        first: Token,
        next: Option<&Token>,
        out: &mut Vec<NodeId>,
        mut found: impl FnMut(NodeId, &Terminal),
    ) {
        let own = self.firsts(first.word);
        out.extend_from_slice(own);
        if first.number {
            add(gate.number(next), out);
        }
        add(gate.any(next), out);
        for after in gate.comma(&first) {
            let mut more = Vec::new();
            self.follow(after, first, &mut more);
            add(more.into_iter(), out);
        }
        for node in out.iter() {
            if let Some(terminal) = self.ends(*node) {
                found(*node, terminal);
            }
        }
        let joined = self.joined[first.word as usize];
        let goes_on = gate.goes_on(first.word, next);
        if joined != NONE || !goes_on {
            if !own.is_empty() {
                out.drain(..own.len());
            }
            out.extend((joined != NONE && goes_on).then_some(joined));
        }
    }

    /// What ends at a node.
    fn ends(&self, node: NodeId) -> Option<&Terminal> {
        self.terminals.get(self.ends[node as usize] as usize)
    }

    fn firsts(&self, word: WordId) -> &[NodeId] {
        let word = word as usize;
        &self.firsts[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    fn edges(&self, node: NodeId) -> &[(WordId, NodeId)] {
        let node = node as usize;
        &self.edges[self.nodes[node] as usize..self.nodes[node + 1] as usize]
    }

    fn step(&self, gate: &Gate, node: NodeId, token: Token, out: &mut Vec<NodeId>) {
        if token.gap == Gap::Hard {
            return;
        }
        let edges = self.edges(node);
        if token.gap == Gap::Soft {
            if gate.may_name(node, token.word) {
                push(targets(edges, token.word), out);
            }
            follow_wild(edges, token, out);
        }
        for (_, after) in wild(edges).filter(|(word, _)| *word == COMMA) {
            self.follow(*after, token, out);
        }
    }

    fn follow(&self, node: NodeId, token: Token, out: &mut Vec<NodeId>) {
        let edges = self.edges(node);
        push(targets(edges, token.word), out);
        follow_wild(edges, token, out);
    }
}

/// Adds the nodes to which `token` leads as a number or as any word.
fn follow_wild(edges: &[(WordId, NodeId)], token: Token, out: &mut Vec<NodeId>) {
    let fits = |word: WordId| word == ANY || (word == NUMBER && token.number);
    let edges = wild(edges).filter(|(word, _)| fits(*word));
    push(edges.map(|(_, to)| *to), out);
}

/// The edges that are no word: these stand first.
fn wild(edges: &[(WordId, NodeId)]) -> impl Iterator<Item = &(WordId, NodeId)> {
    edges.iter().take_while(|(word, _)| *word < FIRST_WORD)
}

/// So few edges are looked through one by one.
const FEW: usize = 8;

/// The nodes to which `word` leads.
fn targets(edges: &[(WordId, NodeId)], word: WordId) -> impl Iterator<Item = NodeId> {
    let from = if edges.len() <= FEW {
        edges.iter().position(|(known, _)| *known >= word)
    } else {
        Some(edges.partition_point(|(known, _)| *known < word))
    };
    let same = move |(known, _): &&(WordId, NodeId)| *known == word;
    edges[from.unwrap_or(edges.len())..]
        .iter()
        .take_while(same)
        .map(|(_, to)| *to)
}

fn add(nodes: impl Iterator<Item = NodeId>, out: &mut Vec<NodeId>) {
    for node in nodes {
        if !out.contains(&node) {
            out.push(node);
        }
    }
}

/// As [`add`]; where there are many nodes, those that stand there twice are dropped when all are there.
fn push(nodes: impl Iterator<Item = NodeId>, out: &mut Vec<NodeId>) {
    for node in nodes {
        if out.len() > MANY || !out.contains(&node) {
            out.push(node);
        }
    }
}
