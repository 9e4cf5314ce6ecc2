//! Word drafts: judged as the same text in Markdown is, answered in the margin on the very words, and read in bounded time
//! and memory whatever they hold.
//!
//! `fixtures/word` holds each draft beside its text in Markdown. Most were written by hand after what Word, Google Docs and
//! Pages write (runs cut by revisions and spelling, tracked changes, boxes with their fallback); those named
//! `libreoffice-…` were written by LibreOffice 7.4.

mod annotating;
mod command;
mod hostile;
mod package;
mod reading;
