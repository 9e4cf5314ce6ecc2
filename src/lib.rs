//! caveat reads health, wellness, aesthetics, supplement and skincare copy against policy files and says what a
//! careful reviewer would send back, with exact places.
//!
//! Data flows one way: bytes become a [`document::Document`] in [`extract`], policies become a
//! [`policy::Policy`] and then an [`engine::Ruleset`], the engine turns documents into [`finding::Finding`]s, and
//! [`report`] shows them. A module imports only from those named before it:
//! [`text`], [`source`], [`data`], [`draft`] and [`finding`], [`document`], [`extract`], [`policy`], [`suppress`], [`baseline`],
//! [`register`] and [`decisions`], [`automaton`], [`engine`], [`walk`] and [`git`], [`config`], [`session`], [`report`] and
//! [`score`], [`lsp`], [`cli`].
//!
//! The build step, `prepare.rs`, is a program of the lower modules: it reads the embedded packs ahead of time
//! and leaves their automaton in the program.

pub mod automaton;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod data;
pub mod decisions;
pub mod document;
pub mod draft;
pub mod engine;
pub mod extract;
pub mod finding;
pub mod git;
pub mod lsp;
pub mod policy;
pub mod register;
pub mod report;
pub mod score;
pub mod session;
pub mod source;
pub mod suppress;
pub mod text;
pub mod walk;
