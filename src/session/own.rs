//! Owns the findings that caveat makes itself: files that cannot be read, mistakes in settings and policies,
//! what is wrong with exceptions.

use crate::config::Settings;
use crate::data::Mistake;
use crate::finding::{Category, Finding, RuleInfo, Severity};
use crate::policy::PolicyMistake;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::sync::Arc;

/// A rule of caveat's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    name: &'static str,
    category: Category,
}

pub(super) const UNREADABLE: Own = own("caveat/unreadable", Category::Io);
pub(super) const NO_COPY: Own = own("caveat/no-copy", Category::Io);
pub(super) const UNREAD: Own = own("caveat/unread", Category::Io);
pub(super) const FRONT_MATTER: Own = own("caveat/front-matter", Category::Io);
pub(super) const INTERNAL: Own = own("caveat/internal", Category::Io);
pub(super) const SETTINGS: Own = own("caveat/settings", Category::Policy);
pub(super) const POLICY: Own = own("caveat/policy", Category::Policy);
pub(super) const DECISIONS: Own = own("caveat/decisions", Category::Policy);
pub(super) const BASELINE: Own = own("caveat/baseline", Category::Io);
pub(super) const OLD_BASELINE: Own = own("caveat/baseline-old", Category::Suppression);
/// The rule on statements that are gone from where `satisfied` says they are.
pub(super) const NOT_STATED: &str = "caveat/not-stated";
pub(super) const SUPPRESSION: Own = own("caveat/suppression", Category::Suppression);
pub(super) const EXPIRED: Own = own("caveat/suppression-expired", Category::Suppression);
pub(super) const UNUSED: Own = own("caveat/suppression-unused", Category::Suppression);
pub(super) const ENDS_SOON: Own = own("caveat/suppression-ends-soon", Category::Suppression);
/// Names that rules no longer have.
pub(super) const RENAMED: Own = own("caveat/renamed", Category::Suppression);
/// Mistakes in the claims register.
pub(super) const CLAIMS: Own = own("caveat/claims", Category::Policy);
pub(super) const CLAIM_DRIFT: Own = own("caveat/claim-drift", Category::Register);
pub(super) const CLAIM_EARLY: Own = own("caveat/claim-early", Category::Register);
pub(super) const CLAIM_ELSEWHERE: Own = own("caveat/claim-elsewhere", Category::Register);
pub(super) const CLAIM_EXPIRED: Own = own("caveat/claim-expired", Category::Register);
pub(super) const CLAIM_REVIEW: Own = own("caveat/claim-review", Category::Register);
pub(super) const CLAIM_UNUSED: Own = own("caveat/claim-unused", Category::Register);
pub(super) const CLAIM_WITHDRAWN: Own = own("caveat/claim-withdrawn", Category::Register);

/// The rule on a statement that is gone from where it is said to be, in the category of the duty.
pub(super) const fn not_stated(category: Category) -> Own {
    own(NOT_STATED, category)
}

const fn own(name: &'static str, category: Category) -> Own {
    Own { name, category }
}

impl Own {
    /// The full name.
    pub(super) const fn name(self) -> &'static str {
        self.name
    }

    /// A finding of this rule.
    pub(super) fn finding(
        self,
        severity: Severity,
        file: Option<Arc<SourceFile>>,
        span: Span<Source>,
        message: impl Into<String>,
    ) -> Finding {
        let rule = RuleInfo {
            name: self.name.to_owned(),
            was: Vec::new(),
            market: "every".to_owned(),
            category: self.category,
            message: capital(message.into()),
            help: String::new(),
            instead: Vec::new(),
            sources: Vec::new(),
        };
        let mut finding = Finding::new(Arc::new(rule), severity, file, span);
        finding.folded = finding.message().to_lowercase().into();
        finding
    }

    /// An error for a mistake in a file.
    pub(super) fn mistake(self, file: Option<Arc<SourceFile>>, mistake: &Mistake) -> Finding {
        self.told(Severity::Error, file, mistake)
    }

    /// A finding for a mistake in a file.
    pub(super) fn told(
        self,
        severity: Severity,
        file: Option<Arc<SourceFile>>,
        mistake: &Mistake,
    ) -> Finding {
        let mut finding = self.finding(severity, file, mistake.span, mistake.message.clone());
        if let Some(help) = &mistake.help {
            finding.advise(help);
        }
        finding
    }

    /// An error that concerns a whole file, which may not have been read.
    pub(super) fn whole(self, name: &str, message: impl Into<String>) -> Finding {
        let file = Arc::new(SourceFile::new(name, ""));
        self.finding(Severity::Error, Some(file), Span::empty(0), message)
    }
}

/// Whether a finding says that a comment, or an item of front matter, lets nothing pass.
pub fn is_unused(finding: &Finding) -> bool {
    finding.rule().name == UNUSED.name()
}

/// Messages begin like sentences, whoever wrote them.
fn capital(mut message: String) -> String {
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message
}

/// A mistake in a file of settings as a finding.
pub fn settings_finding(file: Option<Arc<SourceFile>>, mistake: &Mistake) -> Finding {
    SETTINGS.mistake(file, mistake)
}

/// A mistake in a file of decisions, or what they contradict, as a finding.
pub fn decisions_finding(file: &Arc<SourceFile>, mistake: &Mistake) -> Finding {
    DECISIONS.mistake(Some(Arc::clone(file)), mistake)
}

/// Whether a finding says that a sentence is nearly an approved claim.
pub fn is_drift(finding: &Finding) -> bool {
    finding.rule().name == CLAIM_DRIFT.name
}

/// The mistakes in a file of settings as findings.
pub(super) fn mistakes(settings: &Settings) -> Vec<Finding> {
    let found = settings.mistakes.iter();
    found
        .map(|mistake| SETTINGS.mistake(settings.file.clone(), mistake))
        .collect()
}

/// A mistake in a policy as a finding.
pub fn policy_finding(mistake: &PolicyMistake) -> Finding {
    POLICY.mistake(mistake.file.clone(), &mistake.mistake)
}

/// A file or folder that cannot be had as a finding.
pub fn unreadable(name: &str, message: &str) -> Finding {
    UNREADABLE.whole(name, message)
}

/// A folder in which no copy was found as a finding; the message says why.
pub fn no_copy(name: &str, message: &str) -> Finding {
    NO_COPY.whole(name, message)
}

/// A file whose copy was not judged as a finding, with the reason.
pub fn unjudged(name: &str, why: &str) -> Finding {
    UNREAD.whole(name, format!("the copy of this file is not checked: {why}"))
}

/// A file that nothing reads and that seems to hold copy as a finding: an error, though caveat has done its job.
pub fn unread(name: &str, words: Option<u64>) -> Finding {
    let about = words.map_or_else(String::new, |words| format!(" about {words} words of"));
    UNREAD.whole(
        name,
        format!("caveat does not read this file, and it seems to hold{about} copy"),
    )
}
