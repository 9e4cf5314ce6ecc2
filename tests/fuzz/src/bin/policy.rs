//! Policy files of any bytes.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::policy(bytes));
