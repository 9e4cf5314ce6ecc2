//! Comments and front matter that let findings pass, with anything in them.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::suppression(text));
