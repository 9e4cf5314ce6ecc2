//! Owns the finding: the one currency between what judges copy and what shows the verdict. Unreadable files and
//! policy mistakes are findings too. It does not know who made a finding or how it is rendered.

use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How bad a finding is; the order is from mild to severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What a strict reader may raise.
    Advice,
    /// What any reader must send back, and a qualifier or a companion statement repairs.
    Warning,
    /// What no qualifier repairs.
    Error,
}

impl Severity {
    /// All severities, mild to severe.
    pub const ALL: [Self; 3] = [Self::Advice, Self::Warning, Self::Error];

    /// The name in policies, options and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares an enum whose variants have fixed names in policies and reports.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in policies, options and reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl FromStr for $name {
            type Err = UnknownName;
            fn from_str(text: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or(UnknownName)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

/// A name that no value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

impl FromStr for Severity {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|value| value.name() == text)
            .ok_or(UnknownName)
    }
}
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

named! {
    /// What kind of thing a finding is about.
    Category {
        /// A disease treated, cured or prevented.
        Disease = "disease",
        /// A health or body result promised as a fact.
        Outcome = "outcome",
        /// A certain or permanent result.
        Guarantee = "guarantee",
        /// Absolute safety.
        Safety = "safety",
        /// Proof or approval with no source at hand.
        Proof = "proof",
        /// Medical superiority.
        Superlative = "superlative",
        /// A number or a time tied to a result.
        Quantified = "quantified",
        /// Nature as proof of safety or effect.
        Natural = "natural",
        /// A customer's health result told as typical.
        Testimonial = "testimonial",
        /// Talking people out of care.
        Discourage = "discourage",
        /// Pressure to buy a medical procedure.
        Pressure = "pressure",
        /// No statement that the page is information and no medical advice.
        MissingDisclaimer = "missing-disclaimer",
        /// No advice to ask a professional.
        MissingConsult = "missing-consult",
        /// No statement that results vary.
        MissingResultsVary = "missing-results-vary",
        /// No FDA statement (21 CFR 101.93).
        MissingFdaStatement = "missing-fda-statement",
        /// Another statement that a market's law asks for.
        MissingStatement = "missing-statement",
        /// Words that a policy forbids for reasons of its own.
        Terms = "terms",
        /// The claims register.
        Register = "register",
        /// A mistake in a policy file or in `caveat.yaml`.
        Policy = "policy",
        /// A suppression or baseline entry.
        Suppression = "suppression",
        /// A file that could not be read.
        Io = "io",
    }
}

impl Category {
    /// Whether it is a statement that a document owes.
    pub const fn is_duty(self) -> bool {
        matches!(
            self,
            Self::MissingDisclaimer
                | Self::MissingConsult
                | Self::MissingResultsVary
                | Self::MissingFdaStatement
                | Self::MissingStatement
        )
    }
}

named! {
    /// What a page sells.
    Product {
        /// Swallowed: vitamins, herbs, CBD.
        Supplement = "supplement",
        /// Food and drink.
        Food = "food",
        /// Put on the skin, hair or nails for looks.
        Cosmetic = "cosmetic",
        /// A medical or wellness device.
        Device = "device",
        /// A medicine sold over the counter.
        MedicineOtc = "medicine-otc",
        /// A medicine on prescription.
        MedicineRx = "medicine-rx",
        /// A licensed practice of any kind, telehealth included.
        Clinic = "clinic",
        /// A spa, yoga, reiki, a coach.
        Wellness = "wellness",
        /// None of these, or nothing tells.
        Other = "other",
    }
}

named! {
    /// What a page is for.
    Page {
        /// Reading matter.
        Article = "article",
        /// One product or a few.
        Product = "product",
        /// One treatment or service.
        Treatment = "treatment",
        /// Customers' words.
        Testimonial = "testimonial",
        /// A list of pages, products or services.
        Listing = "listing",
        /// Address and opening hours.
        Contact = "contact",
        /// People.
        Team = "team",
        /// A price list.
        Price = "price",
        /// Terms, privacy, disclaimers.
        Legal = "legal",
        /// A recipe.
        Recipe = "recipe",
        /// None of these, or nothing tells.
        Other = "other",
    }
}

/// The law, code or guidance behind a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The statute or code with its section, as a lawyer would cite it.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The day (`YYYY-MM-DD`) on which somebody compared the rule with it; `None`: nobody has yet.
    pub verified: Option<String>,
}

/// What a report says of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// `pack/rule`.
    pub name: String,
    /// The market whose law it is: `us`, `uk`, …; `every` and `none` for packs of no market.
    pub market: String,
    /// The kind of finding it makes.
    pub category: Category,
    /// One sentence: what is wrong.
    pub message: String,
    /// Why, and what to do.
    pub help: String,
    /// Wordings that would pass.
    pub instead: Vec<String>,
    /// What stands behind it.
    pub sources: Vec<Citation>,
}

/// A part of the source that makes the finding, with a word on its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the file.
    pub span: Span<Source>,
    /// What these words do: "names a disease".
    pub text: String,
}

/// What one market's rule says of the same words.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The rule.
    pub rule: Arc<RuleInfo>,
    /// Its severity here.
    pub severity: Severity,
}

/// A product or page kind and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<K> {
    /// The kind.
    pub kind: K,
    /// Where it is known from.
    pub from: Origin,
    /// The words or the place that say so; may be empty.
    pub because: String,
}

named! {
    /// Where a setting comes from.
    Origin {
        /// Inferred from the copy.
        Inferred = "inferred",
        /// The document's front matter.
        FrontMatter = "front-matter",
        /// `caveat.yaml`.
        Config = "config",
        /// The command line.
        CommandLine = "command-line",
    }
}

/// What a guard found when it silenced a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The guard's name: `negated`, `hedged`, …
    pub guard: String,
    /// The words that say so.
    pub because: String,
}

/// One thing to tell the writer.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file it stands in; `None` for what concerns no file.
    pub file: Option<Arc<SourceFile>>,
    /// The smallest text that makes the claim, in bytes of the file.
    pub span: Span<Source>,
    /// One sentence: what is wrong.
    pub message: String,
    /// What to do, where it differs from the rule's own help.
    pub help: Option<String>,
    /// The words that make it, each with its role.
    pub labels: Vec<Label>,
    /// Verdicts, worst first; never empty.
    pub verdicts: Vec<Verdict>,
    /// The sentence in folded form, for the fingerprint.
    pub folded: String,
    /// What the page sells.
    pub product: Option<Known<Product>>,
    /// What the page is for.
    pub page: Option<Known<Page>>,
    /// Set on candidates that a guard silenced; they are shown on request and never count.
    pub silenced: Option<Silence>,
    /// Which of several findings of the same rule on the same folded sentence in this file it is, 0-based.
    pub ordinal: u32,
}

impl Finding {
    /// The worst verdict's rule.
    ///
    /// # Panics
    /// Never for findings made through [`Finding::new`]: a finding has a verdict.
    pub fn rule(&self) -> &RuleInfo {
        &self.verdicts[0].rule
    }

    /// The worst verdict's severity.
    pub fn severity(&self) -> Severity {
        self.verdicts[0].severity
    }

    /// A finding of one rule, with no labels, product or page yet.
    pub fn new(
        rule: Arc<RuleInfo>,
        severity: Severity,
        file: Option<Arc<SourceFile>>,
        span: Span<Source>,
    ) -> Self {
        Self {
            file,
            span,
            message: rule.message.clone(),
            help: None,
            labels: Vec::new(),
            verdicts: vec![Verdict { rule, severity }],
            folded: String::new(),
            product: None,
            page: None,
            silenced: None,
            ordinal: 0,
        }
    }
}
