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
    pub products: Vec<Cues>,
    /// What tells a page, in order: the first row that fits says it.
    pub pages: Vec<PageRow>,
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
    /// Words that, alone before a colon or over a list, call what follows an example of wording.
    pub openers: Terms,
}

/// What tells a kind of product.
#[derive(Clone, Debug)]
pub struct Cues {
    /// The kind.
    pub kind: Product,
    /// Words that speak for it a little.
    pub weak: Terms,
    /// Words that speak for it.
    pub strong: Terms,
    /// Words that speak against it.
    pub against: Terms,
    /// What such a document names again and again.
    pub subjects: Terms,
    /// Points needed.
    pub at_least: u32,
}

/// A row of the table of pages.
#[derive(Clone, Debug)]
pub struct PageRow {
    /// The kind.
    pub page: Page,
    /// What holds of such a page, all of it.
    pub when: Vec<Sign>,
    /// Whether it is a page of blurbs, a sentence or two on each of many things.
    pub blurbs: bool,
}

/// A measure of a document and how much of it there is.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What is measured.
    pub of: Measure,
    /// The words that are measured, if any are.
    pub terms: Terms,
    /// From which value on.
    pub from: u32,
    /// Up to which value.
    pub up_to: u32,
}

named! {
    /// What can be measured of a document. Those of names and titles are 1 where it is so.
    Measure {
        /// The name of the file, without its endings, is nothing but such words.
        File = "file",
        /// It has such words.
        FileWith = "file-with",
        /// The name of the folder that holds the file is nothing but such words.
        Folder = "folder",
        /// It has such words.
        FolderWith = "folder-with",
        /// How many folders above the file have such names.
        Folders = "folders",
        /// How many such words the title and the first headings have.
        Titled = "titled",
        /// One of them is nothing but such words, up to its first mark.
        Entitled = "entitled",
        /// Words of running text.
        RunningWords = "running-words",
        /// Words of a paragraph of it.
        WordsAParagraph = "words-a-paragraph",
        /// Such words, of a thousand words.
        Saying = "saying",
        /// How many different ones of such words stand in it.
        Different = "different",
    }
}

impl Measure {
    /// Whether it is one of words.
    pub const fn has_terms(self) -> bool {
        !matches!(self, Self::RunningWords | Self::WordsAParagraph)
    }

    /// Whether it counts such words in the copy.
    pub const fn is_counted(self) -> bool {
        matches!(
            self,
            Self::Titled | Self::Entitled | Self::Saying | Self::Different
        )
    }
}
