//! Whole runs: any policy, file names and bytes.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::check_bytes(bytes));
