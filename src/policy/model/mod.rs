//! Owns what a validated policy says. Everything here has passed the loader; nothing here matches text.

mod claims;
mod language;
mod lexicon;
mod phrase;

use crate::finding::{Category, Citation, Page, Product, Severity};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

pub use claims::{Claims, Mood, Shape, Speaker, When};
pub use language::{Cues, Guard, GuardCues, Language, Measure, PageRow, Sign};
pub use lexicon::{Lexicon, WordFile, Words};
pub use phrase::{Choices, Phrase, Steps, Word};

/// The packs in force for a run, in order of dependence (a pack stands after those it extends), with overlays
/// applied: rules that a later pack replaces or switches off are gone, lexicons are joined.
#[derive(Debug, Default)]
pub struct Policy {
    /// Every pack that was loaded, for listing.
    pub packs: Vec<PackInfo>,
    /// Every lexicon; rules and other lexicons refer to it by index ([`LexiconId`]).
    pub lexicons: Vec<Lexicon>,
    /// Every statement that copy may make; rules refer to it by index ([`StatementId`]).
    pub statements: Vec<Statement>,
    /// Every rule in force, in order of pack and file.
    pub rules: Vec<Rule>,
    /// The language pack's knowledge: guards, page and product cues, abbreviations, number words.
    pub language: Language,
}

/// Index into [`Policy::lexicons`].
pub type LexiconId = usize;

/// Index into [`Policy::statements`].
pub type StatementId = usize;

/// A pack's head.
#[derive(Clone, Debug)]
pub struct PackInfo {
    /// Its name.
    pub name: String,
    /// `us`, `uk`, `eu`, `au`, `ca`; `every` (belongs to every market) or `none` (must be named).
    pub market: String,
    /// One line on what it covers.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The file it came from; embedded packs have the name `policies/NAME.yaml`.
    pub file: Arc<SourceFile>,
    /// The word files that it names, with their SHA-256, in order of their names.
    pub word_files: Vec<(String, Cow<'static, str>)>,
    /// Whether it is part of the program.
    pub embedded: bool,
    /// Rules of packs that it extends which it switches off, by full name, each with where it says so.
    pub off: Vec<(String, Span<Source>)>,
    /// Those in whose place it has a rule of its own.
    pub replaces: Vec<(String, Span<Source>)>,
}

/// Lexicons and words that do one job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Vocabularies.
    pub lexicons: Vec<LexiconId>,
    /// Words of its own.
    pub phrases: Vec<Phrase>,
}

impl Terms {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lexicons.is_empty() && self.phrases.is_empty()
    }
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id within the pack.
    pub id: String,
    /// The full names it had before.
    pub was: Vec<String>,
    /// The full names of the rules of extended packs that it stands in for, with their places.
    pub replaces: Vec<(String, Span<Source>)>,
    /// The pack's name.
    pub pack: String,
    /// The pack's market.
    pub market: String,
    /// The kind of finding.
    pub category: Category,
    /// Its severity; `None`: silent where no row of `severity_for` applies.
    pub severity: Option<Severity>,
    /// The first row that applies to the page decides instead of `severity`.
    pub severity_for: Vec<SeverityFor>,
    /// One sentence: what is wrong.
    pub message: String,
    /// Why, and what to do.
    pub help: String,
    /// Wordings that would pass.
    pub instead: Vec<String>,
    /// The first row for what the claim is about stands in the place of `instead`.
    pub instead_for: Vec<InsteadFor>,
    /// What stands behind it.
    pub sources: Vec<Citation>,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Where it applies.
    pub applies: Applies,
    /// What makes a candidate harmless.
    pub guards: Vec<Guard>,
    /// What it looks for.
    pub check: Check,
    /// Its examples.
    pub examples: Examples,
    /// The file it stands in, and its id there.
    pub file: Arc<SourceFile>,
    /// The place of its id.
    pub span: Span<Source>,
}

impl Rule {
    /// `pack/rule`.
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.pack, self.id)
    }
}

/// A row of `severity-for`.
#[derive(Clone, Debug, Default)]
pub struct SeverityFor {
    /// Applies to these products; empty: to all.
    pub products: Vec<Product>,
    /// Applies to these pages; empty: to all.
    pub pages: Vec<Page>,
    /// Applies where one of these words stands near; see [`Beside`].
    pub beside: Option<Beside>,
    /// The severity; `None` switches the rule off there.
    pub severity: Option<Severity>,
}

/// A row of `instead-for`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsteadFor {
    /// The kinds of product that it is for: of what the claim names, else of what the page sells.
    pub products: Vec<Product>,
    /// Wordings that would pass.
    pub instead: Vec<String>,
}

/// Where a rule applies.
#[derive(Clone, Debug, Default)]
pub struct Applies {
    /// Only to these products; empty: to all.
    pub products: Vec<Product>,
    /// Not to these.
    pub not_products: Vec<Product>,
    /// Only to these pages; empty: to all.
    pub pages: Vec<Page>,
    /// Not to these.
    pub not_pages: Vec<Page>,
    /// Only to blocks of these scopes (names of [`crate::document::SCOPES`]); empty: to all.
    pub blocks: Vec<String>,
    /// Not to these.
    pub not_blocks: Vec<String>,
    /// Only where one of these words stands near.
    pub beside: Option<Beside>,
    /// Not where one of these words stands near.
    pub not_beside: Option<Beside>,
}

/// A condition on the surroundings.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The words.
    pub terms: Terms,
    /// How near.
    pub within: Within,
    /// How many distinct entries at least.
    pub at_least: u32,
}

/// How near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// The same clause: no clause mark between.
    Clause,
    /// The same sentence.
    Sentence,
    /// The same block, or the one directly before or after.
    Adjacent,
    /// The same block.
    Paragraph,
    /// The same section.
    Section,
    /// The same document.
    Document,
}

/// What a rule looks for.
#[derive(Clone, Debug)]
pub enum Check {
    /// Words not to be used.
    Forbid(Forbid),
    /// Roles that meet: any one of the frames.
    Claim(Vec<Frame>),
    /// A trigger that needs a qualifier near it.
    Qualify(Qualify),
    /// A statement that a document owes.
    Require(Require),
    /// Quantities with arithmetic.
    Number(Number),
    /// Claims of a kind: a row of a judgement table.
    When(Box<When>),
}

/// Words not to be used.
#[derive(Clone, Debug, Default)]
pub struct Forbid {
    /// Words and lexicons.
    pub terms: Terms,
    /// Regular expressions over folded sentences, with where each stands in the policy file.
    pub patterns: Vec<(String, Span<Source>)>,
    /// Words that make a hit harmless in the same clause.
    pub unless: Terms,
}

/// Roles that meet.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The roles, in the order of the file. At least one.
    pub roles: Vec<Role>,
    /// Whether they must meet in this order.
    pub ordered: bool,
    /// [`Within::Clause`] or [`Within::Sentence`].
    pub within: Within,
    /// At most this many words between one role and the next.
    pub apart: u32,
    /// Words that make the frame harmless when they stand in the same reach.
    pub unless: Terms,
}

/// A part in a frame.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What its words do, for the label.
    pub label: String,
    /// What those of each of its lexicons do, where there are several and the role has no label of its own.
    pub labels: Vec<(LexiconId, String)>,
    /// The words that can play it.
    pub terms: Terms,
}

/// A trigger that needs a qualifier.
#[derive(Clone, Debug)]
pub struct Qualify {
    /// The trigger: any one of the frames.
    pub when: Vec<Frame>,
    /// The qualifier: any one of the frames.
    pub needs: Vec<Frame>,
    /// How near the qualifier must stand: sentence, adjacent, paragraph or section.
    pub within: Within,
}

/// A statement by name, and what counts as saying it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its name.
    pub name: String,
    /// The name of the pack that names it first.
    pub pack: String,
    /// The duties that it meets.
    pub meets: Vec<Category>,
    /// Sentences that say it: any one of the frames.
    pub said: Vec<Frame>,
    /// Texts that say it word for word after folding.
    pub exact: Vec<String>,
    /// Sentences that say it (`flag`), and that do not (`pass`).
    pub examples: Examples,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// The place of its name.
    pub span: Span<Source>,
}

/// A statement that a document owes.
#[derive(Clone, Debug)]
pub struct Require {
    /// What creates the duty; a finding is shown at the first of these. Any one of the frames.
    pub when: Vec<Frame>,
    /// What found claims create it instead.
    pub found: Found,
    /// How many sentences that create it there must be, or how much such findings must come to.
    pub at_least: u32,
    /// How many on a page of blurbs.
    pub at_least_of_blurbs: u32,
    /// How many for each thousand words of running text, where that is more.
    pub per_thousand: u32,
    /// How many words of copy the document must have at least.
    pub min_words: u32,
    /// How many words of running text.
    pub running_words: u32,
    /// Statements that satisfy it: any one.
    pub statements: Vec<StatementId>,
    /// Sentences that satisfy it besides: any one of the frames.
    pub statement: Vec<Frame>,
    /// Texts of which one must stand, word for word after folding; empty: `statement` alone decides.
    pub exact: Vec<String>,
    /// Where it must stand.
    pub place: Place,
}

/// Categories of findings of a rule's market that create a duty.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Errors and warnings of these come to two each.
    pub loud: Vec<Category>,
    /// Advice of these comes to one each.
    pub advised: Vec<Category>,
}

impl Found {
    /// Whether there are any.
    pub const fn is_empty(&self) -> bool {
        self.loud.is_empty() && self.advised.is_empty()
    }
}

/// Where a statement must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere in the body.
    Anywhere,
    /// Before the first sentence that creates the duty.
    BeforeFirst,
    /// In the last section.
    LastSection,
    /// Both of these.
    Both,
}

/// Quantities with arithmetic.
#[derive(Clone, Debug)]
pub struct Number {
    /// Words that must stand in the same sentence.
    pub with: Terms,
    /// Units of the amount, each with its factor to the unit that `over` and `rate` count in.
    pub amount: Vec<(Phrase, f64)>,
    /// Units of the period, likewise.
    pub period: Vec<(Phrase, f64)>,
    /// Reported when the amount is more than this.
    pub over: Option<f64>,
    /// Reported when the amount is at most this.
    pub at_most: Option<f64>,
    /// Reported when amount ÷ period is at least this.
    pub rate: Option<f64>,
    /// … and the period at least this long.
    pub for_at_least: Option<f64>,
    /// Words that make a hit harmless in the same sentence.
    pub unless: Terms,
}

/// A rule's examples: text, and the product or page it is to be read as, with its place.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// The rule must speak to each.
    pub flag: Vec<Example>,
    /// The rule must be silent on each.
    pub pass: Vec<Example>,
}

impl Examples {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.flag.is_empty() && self.pass.is_empty()
    }
}

/// An example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Markdown.
    pub text: String,
    /// Read as copy for this product; `None`: for the first product that the rule applies to.
    pub product: Option<Product>,
    /// Read as such a page; `None`: for the first page that the rule applies to.
    pub page: Option<Page>,
    /// Its place in the policy file.
    pub span: Span<Source>,
}
