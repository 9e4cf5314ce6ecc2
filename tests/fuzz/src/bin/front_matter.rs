//! Front matter of any kind: YAML, TOML and JSON.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for (open, close) in [("---\\n", "\\n---\\n"), ("+++\\n", "\\n+++\\n"), ("{\\n", "\\n}\\n")] {
        invariants::extraction("a.md", &format!("{open}{text}{close}Tea.\\n"));
    }
});
