//! Word drafts: packages of any bytes, and packages around a body of any XML.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::draft(bytes));
