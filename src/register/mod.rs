//! Owns the claims register: what somebody has approved, on what evidence, for where and until when; and where its
//! wordings stand in copy. It makes no finding and knows no day but those it is given.

mod append;
mod drift;
mod fields;
mod index;
mod keys;
mod passage;
mod read;
#[cfg(test)]
mod tests;

use crate::data::Mistake;
use crate::finding::Product;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use append::{New, append, head, is_address};
pub use drift::Drift;
pub use index::{Near, Stand};
pub use keys::KEYS;
pub use passage::{Passage, Sentence};

/// The name of the file.
pub const FILE: &str = "claims.yaml";

/// A register that was read.
#[derive(Debug)]
pub struct Register {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its claims, in the order of the file; those with mistakes are not among them.
    pub claims: Vec<Claim>,
    /// What is wrong in it. A register with mistakes lets nothing pass.
    pub mistakes: Vec<Mistake>,
    /// Made when the first claim is met in copy.
    index: OnceLock<index::Index>,
}

/// An approved claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its name, which no other has.
    pub id: String,
    /// The approved text, then its variations.
    pub wordings: Vec<Wording>,
    /// The products that it is approved for; all where none is named.
    pub products: Vec<Product>,
    /// The markets that it is approved for; all where none is named.
    pub markets: Vec<String>,
    /// What stands behind it.
    pub evidence: Vec<Evidence>,
    /// Who approved it.
    pub approver: String,
    /// The first day on which it holds.
    pub approved: Date,
    /// The last day on which it holds.
    pub review_by: Date,
    /// That it holds no longer.
    pub withdrawn: Option<Withdrawn>,
    /// Its name in the file.
    pub span: Span<Source>,
}

/// A wording of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// As it is written.
    pub text: String,
    /// As copy is compared with it.
    pub folded: String,
    /// Where it stands.
    pub span: Span<Source>,
}

/// A document behind a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where it is.
    pub at: Place,
    /// What it shows.
    pub note: Option<String>,
}

/// Where evidence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file, by its path from the folder of the register.
    File(String),
    /// An address.
    Url(String),
}

/// That a claim is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// From which day on; `None`: from the beginning.
    pub on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Whether a claim holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// It holds.
    Holds,
    /// It is approved from a later day on.
    NotYet,
    /// Its review is overdue.
    Expired,
    /// It is withdrawn.
    Withdrawn,
}

impl Register {
    /// Reads a register. Evidence is looked for from `folder`; `markets` are those that there are.
    pub fn read(file: Arc<SourceFile>, folder: &Path, markets: &[&str]) -> Self {
        let (claims, mistakes) = read::read(&file, folder, markets);
        Self {
            file,
            claims,
            mistakes,
            index: OnceLock::new(),
        }
    }

    /// A register that cannot be read, for this reason.
    pub fn broken(name: &str, message: impl Into<String>) -> Self {
        Self {
            file: Arc::new(SourceFile::new(name, "")),
            claims: Vec::new(),
            mistakes: vec![Mistake::new(Span::empty(0), message)],
            index: OnceLock::new(),
        }
    }

    /// The line of a claim.
    pub fn line(&self, claim: &Claim) -> usize {
        self.file.position(claim.span.start).line
    }
}

impl Claim {
    /// The approved text.
    pub fn text(&self) -> &str {
        self.wordings.first().map_or("", |wording| &wording.text)
    }

    /// Whether it holds on a day.
    pub fn force(&self, day: Date) -> Force {
        let withdrawn = self.withdrawn.as_ref();
        if withdrawn.is_some_and(|withdrawn| withdrawn.on.is_none_or(|on| on <= day)) {
            Force::Withdrawn
        } else if self.review_by < day {
            Force::Expired
        } else if self.approved > day {
            Force::NotYet
        } else {
            Force::Holds
        }
    }

    /// Whether it is approved for a market.
    pub fn covers_market(&self, market: &str) -> bool {
        self.markets.is_empty() || self.markets.iter().any(|known| known == market)
    }

    /// Whether it is approved for a product.
    pub fn covers_product(&self, product: Product) -> bool {
        self.products.is_empty() || self.products.contains(&product)
    }
}

impl Force {
    /// The name in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "approved",
            Self::NotYet => "not yet approved",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Evidence {
    /// The path or the address.
    pub fn place(&self) -> &str {
        match &self.at {
            Place::File(place) | Place::Url(place) => place,
        }
    }
}
