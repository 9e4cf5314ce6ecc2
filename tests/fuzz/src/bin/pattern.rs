//! Phrases of the pattern language.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::phrase(text));
