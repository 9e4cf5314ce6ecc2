//! The claims register: claims, evidence, dates, and where their wordings stand in copy.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::register(text));
