//! Owns the way of one file: read, extract, see what is known of it from outside, judge.

use super::own::{self, FRONT_MATTER, SETTINGS, UNREADABLE};
use super::read::{Refused, Text};
use super::rules::{Library, Loaded};
use super::{
    Checked, Input, Job, Memory, Unchecked, allow, claims, language, matter, read, rules, satisfied,
};
use crate::config::Settings;
use crate::data::shown;
use crate::document::Document;
use crate::engine::{self, Given, Judged, Ruleset};
use crate::finding::{Finding, Known, Origin, Page, Product, Severity};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use crate::walk::is_own;
use matter::Matter;
use std::path::Path;
use std::sync::Arc;

/// Why what caveat itself wrote or reads is passed over.
pub(super) const OWN: &str = "this is a report or policy of caveat";

/// Checks one file.
pub(super) fn check(job: &Job, library: &Library, memory: Option<&mut Memory>) -> Checked {
    let mut out = Checked::default();
    if !job.settings.mistakes.is_empty() {
        out.findings = own::mistakes(&job.settings);
        return out;
    }
    match text(job) {
        Ok(text) if !job.named && is_own(text.as_str()) => {
            out.passed_over = Some(OWN.to_owned());
        }
        Ok(text) => {
            let file = Arc::new(text.under(job.shown.clone()));
            judge(job, &file, library, memory, &mut out);
            if !library.whole_files {
                cut(&file, &mut out.findings);
            }
        }
        Err(Refused::Broken(why)) => out.findings.push(UNREADABLE.whole(&job.shown, why)),
        Err(refused) if job.named => out
            .findings
            .push(UNREADABLE.whole(&job.shown, refused.to_string())),
        Err(refused) => out.passed_over = Some(refused.to_string()),
    }
    out
}

pub(super) fn text(job: &Job) -> Result<Text, Refused> {
    let max = job.settings.max_file_size.value;
    match &job.input {
        Input::Path(path) => read::read(path, job.format, max),
        Input::Bytes { bytes, .. } => read::of(bytes.clone(), job.format, max),
    }
}

/// The folder that policies in front matter are relative to: as given, so that reports show it so.
pub(super) fn folder(job: &Job) -> &Path {
    let given = Path::new(&job.shown).parent().unwrap_or(Path::new(""));
    if given.as_os_str().is_empty() || given.is_dir() {
        given
    } else {
        job.path().parent().unwrap_or(given)
    }
}

/// Leaves the findings in a file the lines around them. The rest of its text is not needed again.
fn cut(file: &Arc<SourceFile>, findings: &mut [Finding]) {
    let in_file = |finding: &&mut Finding| {
        let of = finding.file.as_ref();
        of.is_some_and(|of| Arc::ptr_eq(of, file))
    };
    let mut found: Vec<&mut Finding> = findings.iter_mut().filter(in_file).collect();
    if found.is_empty() {
        return;
    }
    let verdicts = found.iter().flat_map(|finding| finding.every_verdict());
    let places = verdicts.flat_map(|verdict| verdict.places());
    let cut = Arc::new(file.around(places));
    for finding in &mut found {
        finding.file = Some(Arc::clone(&cut));
    }
}

fn judge(
    job: &Job,
    file: &Arc<SourceFile>,
    library: &Library,
    mut memory: Option<&mut Memory>,
    out: &mut Checked,
) {
    out.sha256 = library.hashing.then(|| file.sha256());
    claims::open(job, library, out);
    let extracted = match &mut memory {
        Some(memory) => job.extract_again(file, &mut memory.copy),
        None => job.extract(file),
    };
    let data = job.format.is_data();
    let rule = if data { UNREADABLE } else { FRONT_MATTER };
    // nobody asked for this very file, and the rest of it is checked: no run fails for it
    let partly = !job.named;
    for mistake in &extracted.mistakes {
        let whole = Some(Arc::clone(file));
        if !data {
            let severity = if partly { Severity::Advice } else { Severity::Error };
            out.findings.push(rule.told(severity, whole, mistake));
        } else if extracted.document.blocks.is_empty() {
            out.passed_over = Some(mistake.message.clone());
        } else {
            let message = format!("{}; the copy around it may be unread", mistake.message);
            let severity = if partly {
                Severity::Advice
            } else {
                Severity::Warning
            };
            out.findings
                .push(rule.finding(severity, whole, mistake.span, message));
        }
    }
    for mistake in &extracted.tolerated {
        let file = Some(Arc::clone(file));
        out.findings
            .push(rule.finding(Severity::Advice, file, mistake.span, &*mistake.message));
    }
    let document = extracted.document;
    out.blank = document.blocks.is_empty();
    if out.blank && !crate::extract::is_aside(file.name()) && !crate::extract::is_stream(file.text()) {
        out.unseen = crate::walk::passed(file.text());
    }
    let matter = matter::read(&document, folder(job), &job.settings.root, &mut out.findings);
    // What a file of translations is made of is often too short to tell a language.
    let named = crate::extract::translation(file.name()).filter(|_| data && !out.blank);
    let other = named.map(language::Other::Page).or_else(|| {
        let known = memory.as_deref_mut().map(|memory| &mut memory.glances);
        language::other_than_english(&document, known)
    });
    if let Some(mistake) = extracted.mistakes.first().filter(|_| partly) {
        let line = file.position(mistake.span.start).line;
        let part = if data {
            "a part of it"
        } else {
            "a part of its front matter"
        };
        out.unchecked = Some(Unchecked {
            because: format!("{part} cannot be read (line {line})"),
            language: None,
        });
    }
    let foreign = matches!(other, Some(language::Other::Page(_)));
    out.unchecked = other.map(Unchecked::from).or(out.unchecked.take());
    let rules = library.rules(&job.settings, &matter.markets, &matter.policies);
    match rules.get() {
        Some(Ok(loaded)) => {
            let parts = foreign.then(|| language::english_parts(&document));
            let memory = memory.as_deref_mut();
            judge_by(loaded, job, &document, (&matter, parts), library, memory, out);
        }
        Some(Err(wrong)) => out.findings.extend(wrong.iter().cloned()),
        None => {}
    }
    if let Some(memory) = memory {
        memory.copy.keep(document);
    }
}

/// Judges a document by rules; of one in another language its English `parts`, which owe nothing.
fn judge_by(
    loaded: &Loaded,
    job: &Job,
    document: &Document,
    (matter, parts): (&Matter, Option<Vec<Span<Source>>>),
    library: &Library,
    memory: Option<&mut Memory>,
    out: &mut Checked,
) {
    out.findings.extend(loaded.advice.iter().cloned());
    let (judged, _) = with_matter(job, &loaded.rules, document, matter, &mut out.findings, memory);
    if let Some(parts) = parts {
        let holds = |at: u32| {
            let before = parts.partition_point(|part| part.start <= at);
            before > 0 && at < parts[before - 1].end
        };
        let claims = judged
            .findings
            .into_iter()
            .filter(|finding| !finding.rule().category.is_duty() && holds(finding.span.start));
        out.findings.extend(claims);
        allow::apply(document, loaded, library, out);
        return;
    }
    out.findings.extend(judged.findings);
    satisfied::apply(
        job,
        document,
        &judged.facts,
        &loaded.rules,
        library,
        &mut out.findings,
    );
    out.facts = Some(judged.facts);
    if out.met.is_some() {
        let markets = rules::request(&job.settings, &matter.markets, &[]).markets;
        claims::apply(library, &loaded.rules, markets, document, out);
    }
    allow::apply(document, loaded, library, out);
}

/// The kinds of product and page that a check judges a document by, for who asks how it was read.
pub(super) fn believed(job: &Job, rules: &Ruleset, document: &Document, matter: &Matter) -> Given {
    with_matter(job, rules, document, matter, &mut Vec::new(), None).1
}

/// Judges with what settings and front matter say of the product; and what of it was believed.
fn with_matter(
    job: &Job,
    rules: &Ruleset,
    document: &Document,
    matter: &Matter,
    findings: &mut Vec<Finding>,
    memory: Option<&mut Memory>,
) -> (Judged, Given) {
    let (mut plain, further) = memory.map(|Memory { given, told, .. }| (given, told)).unzip();
    let judge = |given: &Given, memory: Option<&mut engine::Memory>| match memory {
        Some(memory) => rules.judge_again(document, given, memory),
        None => rules.judge(document, given),
    };
    let mut as_given = |given: &Given| judge(given, plain.as_deref_mut());
    let given = not_legal(given(job, matter), job, document, findings, &mut as_given);
    let Some((product, span)) = matter.product.filter(|_| given.product.is_none()) else {
        return (as_given(&given), given);
    };
    let told = Given {
        product: Some(Known {
            kind: product,
            from: Origin::FrontMatter,
            because: String::new(),
        }),
        ..given.clone()
    };
    if job.settings.trust_front_matter.value {
        return (judge(&told, further), told);
    }
    // A draft may not talk its way to a milder verdict: its word counts where the copy does not contradict it.
    let without = as_given(&given);
    match inferred(&without) {
        None | Some(Product::Other) => (judge(&told, further), told),
        Some(kind) if kind == product => (without, given),
        Some(kind) => {
            findings.push(ignored(document, span, product.name(), kind.name()));
            (without, given)
        }
    }
}

/// A draft may not say of itself that it is legal text, which nothing is asked of, where its copy makes claims.
fn not_legal(
    given: Given,
    job: &Job,
    document: &Document,
    findings: &mut Vec<Finding>,
    judge: &mut impl FnMut(&Given) -> Judged,
) -> Given {
    let says_legal = |page: &Known<Page>| page.kind == Page::Legal && page.from == Origin::FrontMatter;
    if job.settings.trust_front_matter.value || !given.page.as_ref().is_some_and(says_legal) {
        return given;
    }
    let without = Given {
        page: None,
        ..given.clone()
    };
    let judged = judge(&without);
    let loud = |finding: &Finding| finding.silenced.is_none() && finding.severity() > Severity::Advice;
    let read = judged.facts.page.kind;
    if read == Page::Legal || !judged.findings.iter().any(loud) {
        return given;
    }
    let span = document
        .settings
        .as_ref()
        .map_or(Span::empty(0), |node| node.span);
    findings.push(ignored(document, span, Page::Legal.name(), read.name()));
    without
}

fn inferred(judged: &Judged) -> Option<Product> {
    (!judged.findings.is_empty()).then(|| judged.facts.product.kind)
}

fn ignored(document: &Document, span: Span<Source>, said: &str, read: &str) -> Finding {
    let file = Some(Arc::clone(&document.file));
    let message = format!("the front matter says `{said}`, but the copy reads as `{read}` and is judged so");
    let mut finding = SETTINGS.finding(Severity::Advice, file, span, message);
    finding.advise("`trust-front-matter: true` in caveat.yaml lets front matter decide");
    finding
}

/// What the command line and `caveat.yaml` say of a file, and the page that its front matter names.
fn given(job: &Job, matter: &Matter) -> Given {
    let settings = &job.settings;
    let path = settings.relative(job.path());
    let product = settings
        .product
        .map(|kind| (kind, Origin::CommandLine, String::new()))
        .or_else(|| {
            let row = Settings::row(&settings.products, path)?;
            Some((row.value, Origin::Config, place(settings, row.line)))
        });
    let page: Option<(Page, Origin, String)> = settings
        .page
        .map(|kind| (kind, Origin::CommandLine, String::new()))
        .or_else(|| {
            let row = Settings::row(&settings.pages, path)?;
            Some((row.value, Origin::Config, place(settings, row.line)))
        })
        .or_else(|| Some((matter.page?, Origin::FrontMatter, String::new())));
    Given {
        product: product.map(|(kind, from, because)| Known { kind, from, because }),
        page: page.map(|(kind, from, because)| Known { kind, from, because }),
        owes_from: settings.owes_from(path),
        path: told_by(path),
    }
}

/// The path whose names tell a page: from the folder of its settings or repository, so that it says the same from wherever
/// caveat is run; none where no folder stands between, as a file outside of both has only the name that it was given by.
fn told_by(path: &Path) -> Option<String> {
    let inside = path.parent().is_some_and(|folder| folder != Path::new(""));
    inside.then(|| shown(path))
}

/// "caveat.yaml:3": a line of the settings.
pub(super) fn place(settings: &Settings, line: usize) -> String {
    let file = settings
        .file
        .as_ref()
        .map_or(crate::config::FILE, |file| file.name());
    format!("{file}:{line}")
}
