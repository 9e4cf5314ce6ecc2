//! Owns what the fuzzers have in common: what holds whatever the input.

#[path = "../../invariants/mod.rs"]
pub mod invariants;
