//! Owns duties that a page meets elsewhere: by a layout, as `satisfied` of caveat.yaml says, or by a file that the page
//! itself includes. What is said of a file is looked for in it.

use super::rules::Library;
use super::stated::{self, Kinds, Made};
use super::{Job, Judgement, includes, own};
use crate::config::{By, ByPath, Satisfied, Settings};
use crate::data::shown;
use crate::document::Document;
use crate::engine::Ruleset;
use crate::finding::{Category, Exception, ExceptionKind, Facts, Finding, Severity, Silence, Standing};
use crate::source::SourceFile;
use crate::text::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// Silences the duties of a page that it meets elsewhere, and tells of statements that are gone from where they are said
/// to be.
pub(super) fn apply(
    job: &Job,
    document: &Document,
    facts: &Facts,
    rules: &Ruleset,
    library: &Library,
    findings: &mut Vec<Finding>,
) {
    let settings = &job.settings;
    let path = settings.relative(job.path());
    for row in &settings.satisfied {
        let covers = row.paths.matches(path);
        if covers {
            by_layout(row, settings, findings);
        }
        let of = |by: &&By| covers || by.path == job.path();
        if let Some(by) = row.value.by.as_ref().filter(of) {
            let gone = gone(row, by, settings, rules, library);
            findings.extend(gone.map(|category| not_stated(category, row, by, settings)));
        }
    }
    by_includes(job, document, facts, rules, library, findings);
}

/// Whether a duty is still asked for.
fn is_open(finding: &Finding) -> bool {
    finding.silenced.is_none() && finding.rule().category.is_duty() && finding.rule().name != own::NOT_STATED
}

fn by_layout(row: &ByPath<Satisfied>, settings: &Settings, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| is_open(finding)) {
        if row.value.statements.contains(&finding.rule().category) {
            let because = super::judge::place(settings, row.line);
            finding.silenced = Some(Box::new(Silence::new("satisfied", because)));
        }
    }
}

/// The statements that the file of a row no longer makes. What a market's law asks for besides disclaimers is not
/// recognised by itself, so nothing is said of it.
fn gone<'a>(
    row: &'a ByPath<Satisfied>,
    by: &'a By,
    settings: &'a Settings,
    rules: &'a Ruleset,
    library: &'a Library,
) -> impl Iterator<Item = Category> {
    let told = row.value.statements.iter().copied();
    let told = told.filter(|category| *category != Category::MissingStatement);
    told.filter(|category| library.states(by, *category, settings, rules).is_none())
}

fn not_stated(category: Category, row: &ByPath<Satisfied>, by: &By, settings: &Settings) -> Finding {
    let place = super::judge::place(settings, row.line);
    let message = format!("this file does not make the statement `{category}` that {place} counts on");
    let file = Arc::new(SourceFile::new(by.shown.as_str(), ""));
    let mut finding =
        own::not_stated(category).finding(Severity::Warning, Some(file), Span::empty(0), message);
    finding
        .advise("Put the statement back, or take it out of `satisfied`, so that each page is asked for it.");
    finding
}

/// Silences what a file states that the page includes.
fn by_includes(
    job: &Job,
    document: &Document,
    facts: &Facts,
    rules: &Ruleset,
    library: &Library,
    findings: &mut [Finding],
) {
    if !findings.iter().any(is_open) {
        return;
    }
    let included = includes::of(document, job.path(), &job.settings, library);
    let kinds = Kinds {
        product: facts.product.kind,
        page: facts.page.kind,
    };
    for finding in findings.iter_mut().filter(|finding| is_open(finding)) {
        let category = finding.rule().category;
        let made = included
            .iter()
            .find_map(|path| library.made(path, category, &[kinds], &job.settings, rules));
        if let Some(Made { path, line }) = made {
            let name = shown(path.strip_prefix(&job.settings.root).unwrap_or(&path));
            finding.silenced = Some(Box::new(Silence::new("included", format!("{name}:{line}"))));
        }
    }
}

impl Library {
    /// Where a file makes the statement of a category for pages of any kind.
    fn states(&self, by: &By, category: Category, settings: &Settings, rules: &Ruleset) -> Option<Made> {
        let of = settings.file.as_ref().map(|file| file.name().to_owned());
        self.states.of((by.path.clone(), category, of), || {
            self.made(&by.path, category, &stated::every_kind(), settings, rules)
        })
    }
}

/// The rows of `satisfied` that hold for these jobs, with how many findings each silences.
pub(super) fn rows(jobs: &[Job], library: &Library, findings: &[Judgement]) -> Vec<Standing> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for settings in jobs.iter().map(|job| &*job.settings) {
        let Some(file) = settings
            .file
            .as_ref()
            .filter(|file| !settings.satisfied.is_empty() && seen.insert(file.name()))
        else {
            continue;
        };
        for row in &settings.satisfied {
            let place = super::judge::place(settings, row.line);
            let uses = |judgement: &&Judgement| {
                let silence = judgement.finding.silenced.as_deref();
                silence.is_some_and(|silence| silence.guard == "satisfied" && *silence.because == place)
            };
            let statements: Vec<&str> = row
                .value
                .statements
                .iter()
                .map(|category| category.name())
                .collect();
            let exception = Exception {
                kind: ExceptionKind::Settings,
                rule: statements.join(", "),
                file: Arc::clone(file),
                span: file.line(row.line),
                covers: row.paths.written().join(", "),
                reason: reason(row, settings, library),
                by: None,
                since: None,
                until: None,
                ticket: None,
            };
            out.push(Standing {
                exception: Arc::new(exception),
                used: findings.iter().filter(uses).count(),
            });
        }
    }
    out
}

/// Whether a row was verified, and how.
fn reason(row: &ByPath<Satisfied>, settings: &Settings, library: &Library) -> String {
    let Some(by) = &row.value.by else {
        return "unverified: no file is named that makes the statement".to_owned();
    };
    let slot = library.rules(settings, &[], &[]);
    let Some(Ok(loaded)) = slot.get() else {
        return "unverified: the policies are not sound".to_owned();
    };
    let made: Vec<Option<Made>> = row
        .value
        .statements
        .iter()
        .map(|category| library.states(by, *category, settings, &loaded.rules))
        .collect();
    match made.iter().flatten().next() {
        Some(Made { path, line }) if made.iter().all(Option::is_some) => {
            let name = shown(path.strip_prefix(&settings.root).unwrap_or(path));
            format!("verified: {name}:{line} makes the statement")
        }
        _ => format!("unverified: {} does not make every statement", by.shown),
    }
}
