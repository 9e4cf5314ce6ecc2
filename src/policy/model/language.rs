//! Owns what a validated language pack says: guards, cues of products and pages, abbreviations, numbers.

use super::{Claims, Phrase, Terms};
use crate::finding::{Page, Product, named};

named! {
    /// A kind of guard; they are asked in this order.
    Guard {
        /// The words mean something else here.
        OtherMeaning = "other-meaning",
        /// It is a disclaimer or legal text.
        Legal = "legal",
        /// It is asked as a question that does not sell.
        Question = "question",
        /// The claim is denied.
        Negated = "negated",
        /// It is told to warn of it.
        Warning = "warning",
        /// It is quoted as an example of wording.
        Quoted = "quoted",
        /// It is reported as another's claim.
        Attributed = "attributed",
        /// A source stands by it.
        Cited = "cited",
        /// A hedge limits it.
        Hedged = "hedged",
    }
}

/// What the language pack knows.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Words whose full stop does not end a sentence.
    pub abbreviations: Vec<String>,
    /// Words that part clauses: but, however, …
    pub clause_marks: Vec<Phrase>,
    /// Number words and their values.
    pub numbers: Vec<(String, f64)>,
    /// What each guard goes by.
    pub guards: Vec<(Guard, GuardCues)>,
    /// What tells a product.
    pub products: Vec<Cues<Product>>,
    /// What tells a page.
    pub pages: Vec<Cues<Page>>,
    /// How sentences are read into claims.
    pub claims: Claims,
}

/// What a guard goes by; each guard says which of these it reads.
#[derive(Clone, Debug, Default)]
pub struct GuardCues {
    /// Words that make a candidate harmless.
    pub cues: Terms,
    /// Words that look like cues and are none: a cue inside one does not count.
    pub traps: Terms,
    /// Words that end a cue's reach.
    pub stops: Terms,
    /// Words that join the members of a list, over whose commas a cue reaches.
    pub joins: Terms,
    /// How many words a cue reaches.
    pub reach: u32,
    /// Parts of an address, in lower case, that make a link no source.
    pub addresses: Vec<String>,
    /// Words in brackets, in lower case, that keep the place of a source.
    pub placeholders: Vec<String>,
}

/// What tells a kind of product or page.
#[derive(Clone, Debug)]
pub struct Cues<K> {
    /// The kind.
    pub kind: K,
    /// Words that speak for it a little.
    pub weak: Terms,
    /// Words that speak for it.
    pub strong: Terms,
    /// Words that speak against it.
    pub against: Terms,
    /// Words that a title or heading of such a document has.
    pub title: Terms,
    /// What such a document names again and again.
    pub subjects: Terms,
    /// What its shape says.
    pub shape: Vec<Sign>,
    /// Points needed.
    pub at_least: u32,
}

/// What a measure of the document counts for a kind.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What is measured.
    pub of: Measure,
    /// From which value on.
    pub from: u32,
    /// Points for it, below 0 against it.
    pub points: i32,
}

/// What can be measured of a document.
#[derive(Clone, Debug)]
pub enum Measure {
    /// Words of running text.
    RunningWords,
    /// Words for each heading.
    WordsAHeading,
    /// Headings.
    Headings,
    /// Headings that ask, of a hundred headings.
    AskingHeadings,
    /// Words in blocks that links fill, of a hundred words.
    LinkedWords,
    /// Headings with such words, of a hundred headings.
    HeadingsWith(Terms),
    /// Such words, of a thousand words.
    Saying(Terms),
    /// Such words in the title or one of the first two headings: 1 where there are any.
    Titled(Terms),
}
