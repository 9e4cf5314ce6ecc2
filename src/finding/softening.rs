//! Owns the softening: a setting, a policy, an option or a file's own word that makes a run milder than its packs. What
//! lets single findings pass is an exception; both stand in one ledger.

use super::kinds::named;

named! {
    /// How a run is made milder.
    SofteningKind {
        /// A rule that the settings switch off.
        RuleOff = "rule-off",
        /// A rule that the settings make milder.
        RuleLowered = "rule-lowered",
        /// A rule of another pack that a policy of the repository switches off.
        PolicyOff = "policy-off",
        /// A rule of another pack that a policy of the repository replaces.
        PolicyReplaces = "policy-replaces",
        /// The severity from which the run fails.
        FailOn = "fail-on",
        /// Copy that is not checked because somebody says so.
        Ignored = "ignored",
        /// Files that owe nothing because somebody says so.
        Partials = "partials",
        /// What a page is said to be or to sell.
        Taken = "taken",
        /// Strings that are said to be no copy.
        NotCopy = "not-copy",
        /// Files that are passed over.
        PassedOver = "passed-over",
        /// Files whose language is not read.
        OtherLanguage = "other-language",
        /// An option of the command line.
        Argument = "argument",
    }
}

impl SofteningKind {
    /// What stands before those of a kind: "Rules off".
    pub const fn heading(self) -> &'static str {
        match self {
            Self::RuleOff => "Rules off",
            Self::RuleLowered => "Rules lowered",
            Self::PolicyOff => "Rules that a policy switches off",
            Self::PolicyReplaces => "Rules that a policy replaces",
            Self::FailOn => "Fails from",
            Self::Ignored => "Ignored",
            Self::Partials => "Taken for parts of pages",
            Self::Taken => "Taken as somebody says",
            Self::NotCopy => "Keys taken for no copy",
            Self::PassedOver => "Passed over",
            Self::OtherLanguage => "In other languages",
            Self::Argument => "Options",
        }
    }
}

/// What makes a run milder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Softening {
    /// In which way.
    pub kind: SofteningKind,
    /// The file and line that say so; none for the command line and for what caveat does by itself.
    pub place: Option<(String, usize)>,
    /// What: a rule, a key, an option.
    pub what: String,
    /// The files that it covers, for people.
    pub covers: String,
    /// How, for people: "off; its pack says error".
    pub reason: String,
}

impl Softening {
    /// The shortest telling of it below its heading.
    pub fn brief(&self) -> String {
        use SofteningKind::{Argument, FailOn, Ignored, OtherLanguage, Partials, PassedOver, Taken};
        match self.kind {
            Ignored | Partials | PassedOver | OtherLanguage => self.covers.clone(),
            Taken => format!("{} ({})", self.covers, self.reason),
            Argument | FailOn => self.what.clone(),
            _ => format!("{} ({})", self.what, self.reason),
        }
    }

    /// "caveat.yaml:7"; "command line" for an option, "-" for what nobody says.
    pub fn says(&self) -> String {
        match &self.place {
            Some((file, line)) => format!("{file}:{line}"),
            None if self.kind == SofteningKind::Argument => "command line".to_owned(),
            None => "-".to_owned(),
        }
    }
}
