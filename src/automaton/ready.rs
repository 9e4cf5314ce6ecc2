//! Owns the automaton of the embedded packs. The build step makes it; in the build step itself it is empty.

use super::{Automaton, Trie};
use crate::policy::Prepared;

#[cfg(prepared)]
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/automaton.bin"));
#[cfg(not(prepared))]
const BYTES: &[u8] = &[];

/// The automaton of the phrases of the embedded packs, by the numbers that they were prepared with.
pub fn ready() -> Automaton {
    Automaton::read(BYTES)
}

/// Makes what [`ready`] reads.
pub fn prepare(prepared: &Prepared) -> Vec<u8> {
    let nothing = Automaton::default();
    let mut trie = Trie::new(&nothing, prepared.numerals.iter().map(String::as_str));
    for steps in &prepared.phrases {
        trie.add(steps);
    }
    trie.automaton().bytes()
}
