//! Owns the exception: that somebody lets a finding pass, why, and until when. Comments, front matter, the baseline and
//! the claims register all write them, and reviewers read them as one list.

use super::{Decision, ExceptionKind, Finding, Silence, Verdict};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::sync::Arc;

/// A finding that is let pass.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Where it is written.
    pub kind: ExceptionKind,
    /// The full name of the rule that it lets pass; empty for a claim of the register, which any claim rule lets pass.
    pub rule: String,
    /// The file that it is written in.
    pub file: Arc<SourceFile>,
    /// Where in that file.
    pub span: Span<Source>,
    /// What it covers, for people: "the next block", "lines 10 to 24", "the file", a path, a claim's text.
    pub covers: String,
    /// Why.
    pub reason: String,
    /// Who lets it pass.
    pub by: Option<String>,
    /// Since which day (`YYYY-MM-DD`).
    pub since: Option<String>,
    /// The last day (`YYYY-MM-DD`) on which it holds.
    pub until: Option<String>,
    /// The ticket that tells more.
    pub ticket: Option<String>,
}

/// An exception and how much it is used.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The exception.
    pub exception: Arc<Exception>,
    /// How many findings it lets pass.
    pub used: usize,
}

/// A verdict that somebody lets pass while others of the finding stand.
#[derive(Clone, Debug)]
pub struct Excepted {
    /// What one market's rule says.
    pub verdict: Verdict,
    /// What lets it pass.
    pub exception: Arc<Exception>,
}

impl Silence {
    /// Silence by an exception.
    pub fn by(exception: &Arc<Exception>) -> Self {
        let guard = match exception.kind {
            ExceptionKind::Comment | ExceptionKind::FrontMatter => "suppressed",
            ExceptionKind::Baseline => "baseline",
            ExceptionKind::Decision => "decided",
            ExceptionKind::Register => "register",
            ExceptionKind::Settings => "satisfied",
        };
        Self {
            guard: guard.to_owned(),
            because: exception.reason.clone(),
            exception: Some(Arc::clone(exception)),
        }
    }
}

impl Finding {
    /// Tells what a reviewer decided on the verdict of one rule, which stands all the same.
    pub fn decide(&mut self, rule: &str, decision: &Arc<Decision>) {
        if let Some(verdict) = self.verdicts.iter_mut().find(|verdict| verdict.rule.name == rule) {
            verdict.words.get_or_insert_default().decision = Some(Arc::clone(decision));
        }
    }

    /// Lets the verdict of one rule pass, and no other. The finding then says what the worst verdict left says, with its
    /// words and place; where none is left it is silent.
    pub fn except(&mut self, rule: &str, exception: &Arc<Exception>) {
        let Some(at) = self.verdicts.iter().position(|verdict| verdict.rule.name == rule) else {
            return;
        };
        if self.verdicts.len() == 1 {
            self.silenced = Some(Box::new(Silence::by(exception)));
            return;
        }
        let verdict = self.verdicts.remove(at);
        self.excepted.push(Excepted {
            verdict,
            exception: Arc::clone(exception),
        });
    }

    /// The exceptions that let any of its verdicts pass.
    pub fn exceptions(&self) -> impl Iterator<Item = &Arc<Exception>> {
        self.passed().map(|(_, exception)| exception)
    }

    /// The verdicts that exceptions let pass, each with its own.
    pub fn passed(&self) -> impl Iterator<Item = (&Verdict, &Arc<Exception>)> {
        let whole = self
            .silenced
            .iter()
            .filter_map(|silence| silence.exception.as_ref());
        let whole = whole.filter_map(|exception| Some((self.verdicts.first()?, exception)));
        let parts = self.excepted.iter();
        whole.chain(parts.map(|excepted| (&excepted.verdict, &excepted.exception)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, Severity, testing};

    fn finding(rule: &str, severity: Severity, at: u32) -> Finding {
        testing::finding(rule, Category::Disease, severity, Span::empty(at))
    }

    fn joined() -> Finding {
        let mut all = finding("us/a", Severity::Error, 1);
        for other in [
            finding("uk/b", Severity::Warning, 2),
            finding("eu/c", Severity::Advice, 3),
        ] {
            all.verdicts.extend(other.verdicts);
        }
        all
    }

    fn exception(kind: ExceptionKind) -> Arc<Exception> {
        Arc::new(testing::exception(kind, "us/a", "a.md", "agreed"))
    }

    #[test]
    fn one_verdict_passes_and_the_next_speaks_for_itself() {
        let allowed = exception(ExceptionKind::Comment);
        let mut left = joined();
        left.except("us/a", &allowed);
        assert_eq!(left.rule().name, "uk/b");
        assert_eq!((left.message(), left.span.start), ("uk/b speaks", 2));
        assert_eq!(left.severity(), Severity::Warning);
        assert!(left.silenced.is_none());
        let names = |finding: &Finding| -> Vec<String> {
            let names = finding.verdicts.iter().map(|verdict| verdict.rule.name.clone());
            names.collect()
        };
        assert_eq!(names(&left), ["uk/b", "eu/c"]);
        assert_eq!(left.exceptions().count(), 1);

        let mut milder = joined();
        milder.except("uk/b", &allowed);
        assert_eq!(names(&milder), ["us/a", "eu/c"]);
        assert_eq!(milder.span.start, 1);
        milder.except("us/none", &allowed);
        assert_eq!(names(&milder), ["us/a", "eu/c"]);
    }

    #[test]
    fn a_finding_is_silent_when_no_verdict_is_left() {
        for order in [["us/a", "uk/b", "eu/c"], ["eu/c", "uk/b", "us/a"]] {
            let mut all = joined();
            for (count, rule) in order.into_iter().enumerate() {
                assert!(all.silenced.is_none());
                assert_eq!(all.exceptions().count(), count);
                all.except(rule, &exception(ExceptionKind::Baseline));
            }
            let silence = all.silenced.as_ref().map(|silence| silence.guard.as_str());
            assert_eq!(silence, Some("baseline"));
            assert_eq!(all.rule().name, order[2]);
            assert_eq!(all.exceptions().count(), 3);
        }
    }
}
