//! What holds whatever the input, on input thrown together: the fuzzers of `tests/fuzz` hold the same on arbitrary
//! bytes. Every input that ever broke something stands in `tests/fuzz/found`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test fails by panicking.

mod invariants;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::fs;
use std::path::Path;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        cases: cases.max(ProptestConfig::default().cases / 256 * cases),
        ..ProptestConfig::default()
    }
}
