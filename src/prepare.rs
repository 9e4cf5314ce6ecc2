//! Owns the build step, a program of its own: it reads the packs of `policies/` with the very code that reads a user's,
//! and leaves what it worked out where the library takes it up.

#![allow(dead_code, unreachable_pub, unused_imports)] // Of these modules it needs the reading of packs and nothing else.
#![allow(clippy::print_stdout)] // So a build step speaks to cargo.

mod automaton;
mod data;
mod document;
mod finding;
mod policy;
mod source;
mod text;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // The packs are part of this program, so it is built anew when one of them changes.
    println!("cargo::rerun-if-changed=src/prepare.rs");
    println!("cargo::rustc-cfg=prepared");
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let prepared = policy::prepare();
    for mistake in &prepared.mistakes {
        println!("cargo::error={mistake}");
    }
    fs::write(folder.join("automaton.bin"), automaton::prepare(&prepared))?;
    fs::write(folder.join("packs.bin"), prepared.numbers)?;
    fs::write(folder.join("packs.txt"), prepared.texts)
}
