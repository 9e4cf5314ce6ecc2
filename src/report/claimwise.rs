//! Owns telling a claim once: what several rules say of the same words stands below the strongest of them, and so does a
//! statement that the page owes for them.

use super::grouped::is_owed;
use crate::finding::Finding;
use crate::source::SourceFile;
use crate::text::{Source, Span};

/// A claim of the copy with all that is found of it.
pub(super) struct Claim<'a> {
    /// The worst of them; of several the first.
    pub(super) first: &'a Finding,
    /// The others, in order of place.
    pub(super) others: Vec<&'a Finding>,
    /// All that they cover.
    reach: Span<Source>,
}

/// Puts findings together whose words overlap in one sentence, in order of place.
pub(super) fn by_claim<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Claim<'a>> {
    let mut out: Vec<Claim<'a>> = Vec::new();
    for finding in findings {
        let here = |claim: &&mut Claim<'_>| is_same_sentence(claim.first, finding);
        let known = out.iter_mut().rev().take_while(here);
        match known.into_iter().find(|claim| claim.takes(finding)) {
            Some(claim) => claim.add(finding),
            None => out.push(Claim::of(finding)),
        }
    }
    out
}

impl<'a> Claim<'a> {
    /// A claim of which one thing is found.
    pub(super) fn of(finding: &'a Finding) -> Self {
        Self {
            first: finding,
            others: Vec::new(),
            reach: finding.span,
        }
    }

    fn add(&mut self, finding: &'a Finding) {
        self.reach = self.reach.hull(finding.span);
        let rank = |finding: &Finding| (is_claim(finding), finding.severity());
        if rank(finding) > rank(self.first) {
            self.others.insert(0, self.first);
            self.first = finding;
        } else {
            self.others.push(finding);
        }
    }

    fn takes(&self, finding: &Finding) -> bool {
        let (this, that) = (is_claim(self.first), is_claim(finding));
        self.reach.overlaps(finding.span)
            && (this || is_owed(self.first))
            && (that || is_owed(finding))
            && (this || that)
            && is_same_sentence(self.first, finding)
    }
}

fn is_claim(finding: &Finding) -> bool {
    finding.silenced.is_none() && finding.rule().category.is_claim()
}

fn is_same_sentence(one: &Finding, other: &Finding) -> bool {
    file(one) == file(other) && one.folded == other.folded
}

fn file(finding: &Finding) -> Option<&str> {
    finding.file.as_deref().map(SourceFile::name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Category, Severity, testing};

    #[test]
    fn the_worst_speaks_for_all_that_overlap_in_one_sentence() {
        let finding = |rule: &str, severity, from, to, sentence: &str| {
            let mut finding = testing::finding(rule, Category::Disease, severity, Span::new(from, to));
            finding.folded = sentence.into();
            finding
        };
        let found = [
            finding("x/mild", Severity::Warning, 0, 9, "one"),
            finding("x/worst", Severity::Error, 4, 12, "one"),
            finding("x/third", Severity::Warning, 11, 15, "one"),
            finding("x/apart", Severity::Error, 20, 25, "one"),
            finding("x/other", Severity::Error, 24, 30, "two"),
        ];
        let told: Vec<Vec<&str>> = by_claim(&found)
            .iter()
            .map(|claim| {
                let all = std::iter::once(&claim.first).chain(&claim.others);
                all.map(|finding| finding.rule().name.as_str()).collect()
            })
            .collect();
        assert_eq!(
            told,
            [
                vec!["x/worst", "x/mild", "x/third"],
                vec!["x/apart"],
                vec!["x/other"]
            ]
        );
    }
}
