//! Pure geometry of text: spans, derived texts that remember where they came from, lines, folding and
//! sentences. The only place that does offset arithmetic; it knows no file, format or rule.

mod derived;
mod edit;
mod fold;
mod lines;
mod lookalike;
mod run;
mod sentence;
mod span;
mod spelled;
mod stored;
mod words;

pub use derived::{Derived, Run, RunKind};
pub use edit::{Change, Edit, edit, pieces};
pub use fold::{fold, fold_onto};
pub use lines::{LineIndex, Position, Stretch};
pub use run::spaced_run;
pub use sentence::{Abbreviations, LONGEST_SENTENCE, sentences};
pub use span::{Folded, Prose, Source, Span, Stored};
pub use stored::Offsets;
pub use words::{Word, each_word, words};
