//! Owns the names that policies, options and reports share: markets, severities, categories, kinds of products and
//! pages, and where a setting or an exception comes from.

use std::fmt;
use std::str::FromStr;

/// Markets that there are packs for.
pub const MARKETS: [&str; 5] = ["us", "uk", "eu", "au", "ca"];

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
            /// Every value with its name, in order of declaration.
            pub const NAMED: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),+];
            /// The name in policies, options and reports.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
            /// Every name, in order of declaration.
            pub fn names() -> Vec<&'static str> {
                Self::ALL.iter().map(|value| value.name()).collect()
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::finding::UnknownName;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or($crate::finding::UnknownName)
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use named;

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
    /// Whether it is something that the copy claims, and so may be approved.
    pub const fn is_claim(self) -> bool {
        matches!(
            self,
            Self::Disease
                | Self::Outcome
                | Self::Guarantee
                | Self::Safety
                | Self::Proof
                | Self::Superlative
                | Self::Quantified
                | Self::Natural
                | Self::Testimonial
                | Self::Discourage
                | Self::Pressure
        )
    }

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

    /// The statements that a document may owe.
    pub fn duties() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|category| category.is_duty())
    }

    /// Whether it speaks of the copy. What caveat says of its own work nobody lets pass.
    pub const fn is_of_copy(self) -> bool {
        !matches!(self, Self::Register | Self::Policy | Self::Suppression | Self::Io)
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

named! {
    /// Where an exception is written.
    ExceptionKind {
        /// In a comment of the page.
        Comment = "comment",
        /// In the page's front matter.
        FrontMatter = "front-matter",
        /// In the baseline.
        Baseline = "baseline",
        /// In the baseline, as a reviewer's decision.
        Decision = "decision",
        /// In the claims register.
        Register = "register",
        /// In the settings: a statement that a layout makes.
        Settings = "settings",
    }
}
