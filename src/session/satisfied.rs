//! Owns duties that a page meets elsewhere: by a layout, as `satisfied` of caveat.yaml says, or by a file that the page
//! itself includes. What is said of a file is looked for in it.

use super::rules::Library;
use super::stated::{self, Kinds, Made, Wanted};
use super::{Job, Judgement, includes, own};
use crate::config::{By, ByPath, Satisfied, Settings};
use crate::data::shown;
use crate::document::Document;
use crate::engine::Ruleset;
use crate::finding::{Exception, ExceptionKind, Facts, Finding, Severity, Silence, Standing};
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
        let asked = if covers {
            by_layout(row, settings, findings)
        } else {
            Vec::new()
        };
        let of = |by: &&By| covers || by.path == job.path();
        if let Some(by) = row.value.by.as_ref().filter(of) {
            let made = |wanted: &Wanted| library.states(by, wanted, settings, rules);
            let gone = gone(row, &asked, made, rules);
            findings.extend(gone.iter().map(|wanted| not_stated(wanted, row, by, settings)));
        }
    }
    by_includes(job, document, facts, rules, library, findings);
}

/// Whether a duty is still asked for.
fn is_open(finding: &Finding) -> bool {
    finding.silenced.is_none() && finding.rule().category.is_duty() && finding.rule().name != own::NOT_STATED
}

/// Silences what a row speaks of; returns what it was asked for.
fn by_layout(row: &ByPath<Satisfied>, settings: &Settings, findings: &mut [Finding]) -> Vec<Wanted> {
    let mut asked = Vec::new();
    for finding in findings.iter_mut().filter(|finding| is_open(finding)) {
        if row.value.statements.contains(&finding.rule().category) {
            asked.extend(Wanted::by(finding));
            let because = super::judge::place(settings, row.line);
            finding.silenced = Some(Box::new(Silence::new("satisfied", because)));
        }
    }
    asked
}

/// The statements that the file of a row does not make: those that no page need ask for, and, where it makes any of a
/// market's law, those of these that a page was `asked` for.
fn gone(
    row: &ByPath<Satisfied>,
    asked: &[Wanted],
    made: impl Fn(&Wanted) -> Option<Made>,
    rules: &Ruleset,
) -> Vec<Wanted> {
    let told = row.value.statements.iter().copied();
    let told = told.filter(|category| rules.asks_for(*category)).map(Wanted::any);
    let mut gone: Vec<Wanted> = told.filter(|wanted| made(wanted).is_none()).collect();
    let of_law = asked.iter().filter(|wanted| wanted.rule.is_some());
    let open: Vec<Wanted> = of_law
        .filter(|wanted| !gone.contains(&Wanted::any(wanted.category)) && made(wanted).is_none())
        .cloned()
        .collect();
    gone.extend(open);
    gone
}

fn not_stated(wanted: &Wanted, row: &ByPath<Satisfied>, by: &By, settings: &Settings) -> Finding {
    let place = super::judge::place(settings, row.line);
    let statement = match &wanted.rule {
        Some(rule) => format!("the statement that `{rule}` asks for, as {place} counts on"),
        None => format!("the statement `{}` that {place} counts on", wanted.category),
    };
    let message = format!("this file does not make {statement}");
    let file = Arc::new(SourceFile::new(by.shown.as_str(), ""));
    let own = own::not_stated(wanted.category);
    let mut finding = own.finding(Severity::Warning, Some(file), Span::empty(0), message);
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
        let made = |wanted: &Wanted| {
            let mut included = included.iter();
            included.find_map(|path| library.made(path, wanted, &[kinds], &job.settings, rules))
        };
        let made: Option<Vec<Made>> = Wanted::by(finding).iter().map(made).collect();
        if let Some(Made { path, line }) = made.and_then(|made| made.into_iter().next()) {
            let name = shown(path.strip_prefix(&job.settings.root).unwrap_or(&path));
            finding.silenced = Some(Box::new(Silence::new("included", format!("{name}:{line}"))));
        }
    }
}

impl Library {
    /// Where a file makes a statement for pages of any kind.
    fn states(&self, by: &By, wanted: &Wanted, settings: &Settings, rules: &Ruleset) -> Option<Made> {
        let of = settings.file.as_ref().map(|file| file.name().to_owned());
        self.states.of((by.path.clone(), wanted.clone(), of), || {
            self.made(&by.path, wanted, &stated::every_kind(), settings, rules)
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
        .map(|category| library.states(by, &Wanted::any(*category), settings, &loaded.rules))
        .collect();
    match made.iter().flatten().next() {
        Some(Made { path, line }) if made.iter().all(Option::is_some) => {
            let name = shown(path.strip_prefix(&settings.root).unwrap_or(path));
            format!("verified: {name}:{line} makes the statement")
        }
        _ => format!("unverified: {} does not make every statement", by.shown),
    }
}
