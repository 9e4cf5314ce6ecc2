//! Pages of template languages of any kind.

#![no_main]

use caveat_fuzz::invariants;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for name in ["a.php", "a.blade.php", "a.liquid", "a.hbs", "a.erb"] {
        invariants::extraction(name, text);
    }
});
