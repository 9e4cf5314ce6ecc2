//! All tests of the whole in one program, since each program is linked with the whole library once more. One file each;
//! `cargo test --test all fixtures` runs those of a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test fails by panicking.

mod adoption;
mod again;
mod baseline;
mod cli;
mod deciding;
mod diff;
mod docs;
mod drafts;
mod editor;
mod elsewhere;
mod embedded;
mod encodings;
mod evidence;
mod fixing;
mod fixtures;
mod guards;
mod hostile;
mod house;
mod integrations;
mod invariants;
mod judging;
mod litmus;
mod packs;
mod positions;
mod readme;
mod scaling;
mod softening;
mod staged;
mod statements;
mod suggestions;
mod suppressions;
mod surroundings;
mod telling;
mod unbreakable;
mod walking;
mod watching;
