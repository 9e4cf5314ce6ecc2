//! Front matter of any kind: YAML, TOML and JSON.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::front_matter(text));
