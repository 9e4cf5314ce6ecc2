//! Owns what a document says of itself: how long it is, what it sells, what it is for, which statements it makes.

use super::{Category, Known, Page, Product};
use std::sync::Arc;

/// What was read off a document as a whole.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Words of visible copy.
    pub words: u32,
    /// What it sells first.
    pub product: Arc<Known<Product>>,
    /// What it sells besides.
    pub also: Vec<Product>,
    /// What it is for.
    pub page: Arc<Known<Page>>,
    /// The statements in it, in order of place; one that meets two duties stands here twice.
    pub statements: Vec<Statement>,
}

/// A statement that meets a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The line on which it begins, 1-based.
    pub line: usize,
    /// The category of the duty.
    pub category: Category,
}

/// A file that was judged, and how it was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The name that reports show.
    pub path: String,
    /// The language of its copy, as in BCP 47.
    pub language: &'static str,
    /// What it says of itself.
    pub facts: Facts,
}
