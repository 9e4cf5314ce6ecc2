//! Owns finding wordings in copy: all of them in one pass, and the one that a sentence is nearly.

use super::drift::{self, Drift, MOST, Word};
use super::passage::{Passage, stands_alone};
use super::{Claim, Register};
use crate::text::{Source, Span};
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

/// So many wordings, those with the most words in common, are compared with a sentence.
const TRIED: usize = 16;

/// Where a claim stands in copy, word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Index of the claim.
    pub claim: usize,
    /// Where, in the file.
    pub span: Span<Source>,
}

/// The wording that a sentence is nearly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Index of the claim.
    pub claim: usize,
    /// Index of the wording.
    pub wording: usize,
    /// How the sentence differs.
    pub drift: Drift,
}

/// Everything that finds wordings.
#[derive(Debug)]
pub(super) struct Index {
    /// `None` where the wordings are more than an automaton can hold: then none is found.
    automaton: Option<AhoCorasick>,
    /// For each text of the automaton the claims that have it.
    claims: Vec<Vec<usize>>,
    /// Every wording: its claim, its number there, its words.
    wordings: Vec<(usize, usize, Vec<Word>)>,
    /// For each word the wordings that a sentence without it, and without other rare ones, cannot be alike.
    rare: FxHashMap<String, Vec<u32>>,
}

impl Index {
    fn new(claims: &[Claim]) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        let mut owners: Vec<Vec<usize>> = Vec::new();
        let mut known = FxHashMap::<&str, usize>::default();
        let mut wordings = Vec::new();
        for (claim, told) in claims.iter().enumerate() {
            for (number, wording) in told.wordings.iter().enumerate() {
                let at = *known.entry(&wording.folded).or_insert_with(|| {
                    texts.push(&wording.folded);
                    owners.push(Vec::new());
                    texts.len() - 1
                });
                owners[at].push(claim);
                wordings.push((claim, number, drift::cut(&wording.folded)));
            }
        }
        Self {
            automaton: AhoCorasick::new(&texts).ok(),
            claims: owners,
            rare: rare(&wordings),
            wordings,
        }
    }
}

/// A sentence and a wording that are alike share one of the wording's rarest words: those beyond the seven in thirteen
/// that they have in common at least.
fn rare(wordings: &[(usize, usize, Vec<Word>)]) -> FxHashMap<String, Vec<u32>> {
    let mut frequency = FxHashMap::<&str, usize>::default();
    for (_, _, words) in wordings {
        for word in words {
            *frequency.entry(&word.text).or_default() += 1;
        }
    }
    let mut out = FxHashMap::<String, Vec<u32>>::default();
    for (at, (_, _, words)) in wordings
        .iter()
        .enumerate()
        .filter(|(_, (_, _, words))| words.len() <= MOST)
    {
        let mut sorted: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        sorted.sort_unstable_by_key(|word| (frequency.get(word), *word));
        sorted.truncate(words.len() + 1 - (7 * words.len()).div_ceil(13));
        sorted.dedup();
        for word in sorted {
            out.entry(word.to_owned()).or_default().push(at as u32);
        }
    }
    out
}

impl Register {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.claims))
    }

    /// Where claims stand in a passage, word for word, in the order in which they end.
    pub fn stands(&self, passage: &Passage<'_>) -> Vec<Stand> {
        let index = self.index();
        let plain = passage.plain();
        let Some(automaton) = &index.automaton else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for found in automaton.find_overlapping_iter(plain.text()) {
            let span = Span::of(found.range());
            if stands_alone(plain.text(), span) {
                let span = passage.source(span);
                let claims = &index.claims[found.pattern().as_usize()];
                out.extend(claims.iter().map(|claim| Stand { claim: *claim, span }));
            }
        }
        out
    }

    /// The wording, of the claims that are `meant`, that a folded sentence is nearly.
    pub fn near(&self, sentence: &str, meant: impl Fn(&Claim) -> bool) -> Option<Near> {
        let index = self.index();
        let words = drift::cut(sentence);
        if words.len() > MOST {
            return None;
        }
        let mut distinct: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut shared = FxHashMap::<u32, usize>::default();
        for word in distinct {
            for wording in index.rare.get(word).into_iter().flatten() {
                *shared.entry(*wording).or_default() += 1;
            }
        }
        let mut tried: Vec<(u32, usize)> = shared.into_iter().collect();
        tried.retain(|(at, _)| {
            let (claim, _, approved) = &index.wordings[*at as usize];
            let most = words.len().min(approved.len());
            drift::alike(most, words.len(), approved.len()) && meant(&self.claims[*claim])
        });
        tried.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        tried.truncate(TRIED);
        let mut best: Option<(usize, usize, Near)> = None;
        for (at, _) in tried {
            let (claim, wording, approved) = &index.wordings[at as usize];
            let (common, drift) = drift::compare(&words, approved);
            let total = words.len() + approved.len();
            let better = best
                .as_ref()
                .is_none_or(|(most, of, _)| common * of > most * total);
            if drift::alike(common, words.len(), approved.len()) && better {
                let near = Near {
                    claim: *claim,
                    wording: *wording,
                    drift,
                };
                best = Some((common, total, near));
            }
        }
        best.map(|(_, _, near)| near)
    }
}
