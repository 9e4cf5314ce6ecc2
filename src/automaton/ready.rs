//! Owns the automaton of the embedded packs. The build step makes it; in the build step itself it is empty.

use super::table::Parts;
use super::{Automaton, Homes, Trie};
use crate::policy::Prepared;

#[cfg(prepared)]
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/automaton.bin"));
#[cfg(not(prepared))]
const BYTES: &[u8] = &[];

/// The automaton of the phrases of the embedded packs, by the numbers that they were prepared with, and the word files
/// that they stand in.
pub fn ready() -> (Automaton, Homes) {
    let mut parts = Parts::read(BYTES);
    (Automaton::read(&mut parts), Homes::read(&mut parts))
}

/// Makes what [`ready`] reads.
pub fn prepare(prepared: &Prepared) -> Vec<u8> {
    let nothing = Automaton::default();
    let mut trie = Trie::new(&nothing, prepared.numerals.iter().map(String::as_str));
    for steps in &prepared.phrases {
        trie.add(steps);
    }
    let automaton = trie.automaton();
    let mut parts = Parts::default();
    automaton.write(&mut parts);
    Homes::new(&automaton, &prepared.files).write(&mut parts);
    parts.bytes()
}
