//! Scripts and components of any kind.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for name in ["a.tsx", "a.ts", "a.vue", "a.svelte", "a.astro"] {
        invariants::extraction(name, text);
    }
});
