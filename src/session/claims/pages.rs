//! Owns the claims of pages: each approved wording that stands in the copy and each claim that rules find, with what the
//! register says of it.

use super::Kept;
use crate::document::Document;
use crate::finding::{ExceptionKind, Finding, Severity};
use crate::register::{Claim, Force, Passage, Register};
use crate::session::judge::text;
use crate::session::rules::Library;
use crate::session::{Job, Outcome};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// A claim on a page.
#[derive(Clone, Debug)]
pub struct OnPage {
    /// The page, as reports show it.
    pub path: String,
    /// Where the words begin.
    pub line: usize,
    /// The words.
    pub words: String,
    /// What the register says of them.
    pub approved: Option<Approved>,
    /// The rule that speaks of them, and how severely it does or would.
    pub rule: Option<(String, Severity)>,
    /// What lets it pass, where that is no approval: "baseline".
    pub passes: Option<&'static str>,
    place: Span<Source>,
}

/// A claim of a register.
#[derive(Clone, Debug)]
pub struct Approved {
    /// The claim.
    pub claim: Claim,
    /// Whether it holds.
    pub force: Force,
}

/// The claims of every page that was judged, page by page and in order of place.
pub fn on_pages(jobs: &[Job], library: &Library, outcome: &Outcome) -> Vec<OnPage> {
    let mut found: HashMap<&str, Vec<&Finding>> = HashMap::new();
    let findings = outcome.findings.iter().map(|judgement| &judgement.finding);
    for finding in findings.filter(|finding| is_claim(finding)) {
        if let Some(file) = &finding.file {
            found.entry(file.name()).or_default().push(finding);
        }
    }
    let mut out = Vec::new();
    for job in jobs {
        let found = found.remove(job.shown.as_str()).unwrap_or_default();
        let register = library.registers.of(&job.settings);
        out.extend(of_page(job, library, register.as_deref(), &found));
    }
    out.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
    out
}

/// Whether a finding is a claim of the copy that no guard makes harmless.
fn is_claim(finding: &Finding) -> bool {
    let harmless = finding
        .silenced
        .as_ref()
        .is_some_and(|silence| silence.exception.is_none());
    finding.rule().category.is_claim() && !harmless
}

fn of_page(job: &Job, library: &Library, kept: Option<&Kept>, found: &[&Finding]) -> Vec<OnPage> {
    let mut out = kept.map_or_else(Vec::new, |kept| approved(job, library, &kept.register));
    for finding in found {
        let rule = (finding.rule().name.clone(), finding.severity());
        let over = out.iter_mut().filter(|row| row.place.contains(finding.span));
        if let Some(row) = over.min_by_key(|row| row.place.len()) {
            // The worst of what rules say of an approved wording stands for all.
            let worse = row.rule.as_ref().is_none_or(|(_, known)| *known < rule.1);
            if worse {
                row.rule = Some(rule);
            }
            continue;
        }
        let Some(file) = &finding.file else { continue };
        let passes = finding.silenced.as_ref().and_then(|silence| {
            let kind = silence.exception.as_ref()?.kind;
            (kind != ExceptionKind::Register).then(|| kind.name())
        });
        out.push(OnPage {
            path: job.shown.clone(),
            line: file.position(finding.span.start).line,
            words: one_line(file.slice(finding.span)),
            approved: None,
            rule: Some(rule),
            passes,
            place: finding.span,
        });
    }
    out
}

/// Where wordings of the register stand on a page.
fn approved(job: &Job, library: &Library, register: &Register) -> Vec<OnPage> {
    let Ok(text) = text(job) else {
        return Vec::new();
    };
    if register.claims.is_empty() || !register.mistakes.is_empty() {
        return Vec::new();
    }
    let file: Arc<SourceFile> = Arc::new(text.under(job.shown.clone()));
    let document: Document = job.extract(&file).document;
    let mut out = Vec::new();
    for block in &document.blocks {
        for stand in register.stands(&Passage::new(block)) {
            let claim = &register.claims[stand.claim];
            out.push(OnPage {
                path: job.shown.clone(),
                line: file.position(stand.span.start).line,
                words: one_line(file.slice(stand.span)),
                approved: Some(Approved {
                    claim: claim.clone(),
                    force: claim.force(library.as_of),
                }),
                rule: None,
                passes: None,
                place: stand.span,
            });
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
