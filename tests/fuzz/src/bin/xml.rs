//! XML files of any content.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::extraction("a.xml", text));
