//! Owns what is open at a place of a script: its brackets, templates, tags and elements, each with what it needs to know
//! until it ends.

use super::literal::Literal;
use crate::data::Node;
use std::ops::Range;

/// What the arguments of a call are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// No call: brackets around an expression.
    None,
    /// A string among them is shown where the call stands: `t("…")`.
    Shown,
    /// The call shows a string among them by itself: `alert("…")`.
    Shows,
    /// They are about the page: `useHead({…})`.
    Page,
    /// The call gives them a key: `setTitle("…")`.
    Named,
    /// No string among them is copy by itself; one under a key may be.
    Other,
    /// Nothing in them is copy: `new Error("…")`.
    Silent,
}

/// What is open.
#[derive(Debug)]
pub(super) enum What<'a> {
    /// Statements in braces, the body of a class, the file itself.
    Block,
    Object,
    Array,
    /// The brackets of `a["b"]`.
    Index,
    Group(Call),
    /// `${…}` in a template.
    Hole,
    /// Braces in markup: `child` between tags, else the value of an attribute.
    Braces {
        child: bool,
    },
    Tag(Box<Tag<'a>>),
    Children(Element<'a>),
}

/// A tag whose attributes are being read.
#[derive(Debug, Default)]
pub(super) struct Tag<'a> {
    /// Its name as written; empty for a fragment.
    pub(super) name: &'a str,
    /// Names of attributes with the places of their quoted values.
    pub(super) attributes: Vec<(&'a str, Range<usize>)>,
    /// Whether an expression says that the element is hidden.
    pub(super) hidden: bool,
    /// Where a link leads, if an expression says so.
    pub(super) leads: bool,
}

impl Tag<'_> {
    /// Whether it is an element of HTML rather than a component.
    pub(super) fn is_native(&self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_lowercase()) && !self.name.contains(['.', ':', '-'])
    }
}

/// An element whose contents are being read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Element<'a> {
    /// Its name as written.
    pub(super) name: &'a str,
    /// The element of HTML that it is read as; empty where it leaves no trace.
    pub(super) read_as: &'a str,
    /// Whether what stands in it is running text, which no component breaks.
    pub(super) phrasing: bool,
}

/// Something open.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) what: What<'a>,
    /// Where it begins.
    pub(super) start: usize,
    /// How much of the path led here.
    pub(super) outer: usize,
    /// How much of the path holds for all of it.
    pub(super) path: usize,
    /// From where on the path counts: the keys outside a function say nothing of what stands in it.
    pub(super) root: usize,
    /// The number of the item being read, for an array.
    pub(super) index: u32,
    /// Whether an entry or a statement begins here.
    pub(super) fresh: bool,
    /// Whether the name of the value being read is known.
    pub(super) named: bool,
    /// Whether that name is one for readers, or one of translations: `"Best for"`, `"hero.lead"`.
    pub(super) spoken: bool,
    /// Whether nothing in it is copy.
    pub(super) silent: bool,
    /// Whether nothing up to the end of the statement is copy.
    pub(super) silent_statement: bool,
    /// The string being read.
    pub(super) literal: Option<Box<Literal>>,
    /// The copy in it so far, with its keys.
    pub(super) values: Vec<(String, Node)>,
    /// How many pieces of the script, and how many tags, came before it.
    pub(super) before: (usize, usize),
}

impl Frame<'_> {
    /// Whether nothing here is copy.
    pub(super) const fn is_silent(&self) -> bool {
        self.silent || self.silent_statement
    }
}
