//! Owns `caveat claims add`: which sentence of the copy is meant, and adding it to the register.

use super::super::choose;
use super::super::policy::place;
use super::super::{Failure, Result, Status, inputs, note, output, progress};
use super::{Which, nowhere};
use crate::config::{MARKETS, Settings};
use crate::engine::Read;
use crate::finding::{Finding, Origin, Product, fingerprint};
use crate::register::{self, New, Register, append, is_address};
use crate::session::{self, Job, Library, Outcome, why};
use crate::source::SourceFile;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `caveat claims add`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct Add {
    /// The fingerprint of a finding, or its first eight signs, as reports show it; or a place: drafts/tea.md:14
    #[arg(value_name = "FINGERPRINT|FILE:LINE")]
    what: String,
    /// Files and folders to look for the fingerprint in
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// The claim's name [default: its first words]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Who approves it
    #[arg(long, value_name = "NAME")]
    approver: String,
    /// The last day on which it holds
    #[arg(long, value_name = "DATE", value_parser = choose::day)]
    review_by: Date,
    /// A file, by its path from here, or an address that stands behind it (may be repeated)
    #[arg(long, value_name = "FILE|URL")]
    evidence: Vec<String>,
    /// The product that it is approved for [default: the page's, where somebody says it; else every product]
    #[arg(long, value_name = "KIND", value_parser = product)]
    product: Option<Product>,
}

const EXAMPLES: &str = "\
Examples:
  caveat claims add drafts/tea.md:14 --approver \"A. Lee\" --review-by 2027-11-23
  caveat claims add 1bbbb921 drafts/ --approver \"A. Lee\" --review-by 2027-11-23 --evidence studies/sleep.pdf

The claim is approved for the markets in force (--market, or caveat.yaml), as of today. What the register holds already
stays as it is, byte for byte.";

fn product(written: &str) -> std::result::Result<Product, String> {
    let names: Vec<&str> = Product::ALL.iter().map(|kind| kind.name()).collect();
    let name = choose::one_of(written, "product", &names)?;
    name.parse().map_err(|_| "unknown product".to_owned())
}

/// The fewest signs of a fingerprint that name it.
const SIGNS: usize = 8;

/// A sentence to approve.
struct Sentence {
    text: String,
    /// What it is said to sell, by somebody and not by the copy.
    product: Option<Product>,
}

/// Adds a sentence to the register.
pub(in crate::cli) fn run(args: &Add) -> Result<Status> {
    let settings = args.which.settings()?;
    let path = target(&settings)?;
    let sentence = match place(&args.what) {
        Ok((file, line)) => at_place(args, &file, line)?,
        Err(_) => of_finding(args)?,
    };
    let folder = folder(&path);
    let old = if path.exists() {
        session::register(&path)
    } else {
        let file = SourceFile::new(crate::walk::shown(&path), register::head());
        Register::read(Arc::new(file), folder, &MARKETS)
    };
    let new = New {
        id: args.id.clone(),
        text: sentence.text,
        product: args.product.or(sentence.product),
        markets: settings.markets.value.clone(),
        evidence: evidence(&args.evidence, folder)?,
        approver: args.approver.clone(),
        approved: args.which.as_of(),
        review_by: args.review_by,
    };
    let (text, id) = append(&old, folder, &MARKETS, &new).map_err(Failure::said)?;
    // Where a link leads to the register, the link stays.
    let real = crate::walk::real(&path).unwrap_or_else(|_| path.clone());
    output::to_file(&real, |out| out.write_all(text.as_bytes()))?;
    note(&format!("added claim `{id}` to {}", crate::walk::shown(&path)));
    Ok(Status::Clean)
}

/// The files that paths stand for, judged.
fn judged(args: &Add, paths: &[PathBuf]) -> Result<(Vec<Job>, Library, Outcome)> {
    let mut finder = args.which.choice.finder(args.which.choice.overlay()?)?;
    let (_, jobs) = inputs::find(paths, &mut finder, true)?;
    let mut library = Library::new(args.which.as_of());
    library.whole_files = true;
    let outcome = progress::run(&jobs, &library, None, true);
    Ok((jobs, library, outcome))
}

/// The sentence of the finding with the fingerprint, or of those that share its first signs, where it is one.
fn of_finding(args: &Add) -> Result<Sentence> {
    let (jobs, library, outcome) = judged(args, &args.paths)?;
    let findings = outcome.findings.iter().map(|judgement| &judgement.finding);
    let named = findings.filter(|finding| {
        let known = args.what.len() >= SIGNS && finding.file.is_some();
        known && fingerprint(finding).starts_with(args.what.as_str())
    });
    let (claims, others): (Vec<&Finding>, Vec<&Finding>) =
        named.partition(|finding| finding.rule().category.is_claim());
    let Some(first) = claims.first() else {
        return Err(no_claim(&args.what, others.first().copied()));
    };
    // Those of one rule on one sentence differ in the last of their signs only.
    if claims.iter().any(|other| other.folded != first.folded) {
        return Err(Failure::said(format!(
            "several claims have a fingerprint that begins with {}; name more of its signs",
            args.what
        )));
    }
    sentence(first, &jobs, &library)
}

/// Why nothing is approved by a fingerprint that no claim has; `other` is a finding that has it.
fn no_claim(what: &str, other: Option<&Finding>) -> Failure {
    let Some(other) = other else {
        return Failure::said(format!(
            "no claim in this copy has the fingerprint {what}; reports show them, and a place does too: drafts/tea.md:14"
        ));
    };
    let (rule, name) = (other.rule(), other.file.as_deref().map_or("", SourceFile::name));
    if rule.category.is_duty() {
        return Failure::said(format!(
            "{what} is a missing statement, not a claim ({}, {name}); nothing can be approved until the copy makes it",
            rule.name
        ));
    }
    Failure::said(format!("{what} is no claim ({}, {name})", rule.name))
}

/// The sentence that a finding stands in.
fn sentence(finding: &Finding, jobs: &[Job], library: &Library) -> Result<Sentence> {
    let file = finding.file.as_deref().map(SourceFile::name);
    let job = jobs.iter().find(|job| Some(job.shown.as_str()) == file);
    let line = finding
        .file
        .as_ref()
        .map_or(1, |file| file.position(finding.span.start).line);
    let job = job.ok_or_else(|| Failure::said("the file of this finding is gone"))?;
    let told = why(job, library, line, None).map_err(Failure::said)?;
    let read = told.read.iter().find(|read| read.span.contains(finding.span));
    let read = read.ok_or_else(|| Failure::said("the sentence of this finding cannot be told"))?;
    Ok(Sentence {
        text: closed(&told.file, read),
        product: said(finding),
    })
}

/// The sentence that a line has: the one that a rule finds a claim in, where there are others.
fn at_place(args: &Add, file: &Path, line: usize) -> Result<Sentence> {
    let (jobs, library, _) = judged(args, &[file.to_owned()])?;
    let name = crate::walk::shown(file);
    let job = jobs.first().filter(|_| jobs.len() == 1);
    let job = job.ok_or_else(|| Failure::said(format!("{name}: this is no file of copy")))?;
    let told = why(job, &library, line, None).map_err(|why| Failure::said(format!("{name}: {why}")))?;
    let is_claim = |finding: &&Finding| finding.silenced.is_none() && finding.rule().category.is_claim();
    let claims = told
        .read
        .iter()
        .filter(|read| read.said.iter().any(|finding| is_claim(&finding)));
    let claims: Vec<&Read> = claims.collect();
    let all: Vec<&Read> = told.read.iter().collect();
    let read = match (claims.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => one,
        ([], []) => {
            return Err(Failure::said(format!("{name}:{line} holds no copy that is read")));
        }
        ([], several) | (several, _) => {
            let words: Vec<String> = several.iter().map(|read| format!("\"{}\"", read.text)).collect();
            return Err(Failure::said(format!(
                "{name}:{line} holds several sentences ({}); the fingerprint of a finding names one",
                words.join(", ")
            )));
        }
    };
    Ok(Sentence {
        text: closed(&told.file, read),
        product: read.said.iter().find(is_claim).and_then(said),
    })
}

/// A sentence with the mark that ends it.
fn closed(file: &SourceFile, read: &Read) -> String {
    let after = file.text().get(read.span.end as usize..).unwrap_or_default();
    let mark = after
        .chars()
        .next()
        .filter(|mark| matches!(mark, '.' | '!' | '?'));
    let mut text = read.text.clone();
    text.extend(mark);
    text
}

/// What a page is said to sell.
fn said(finding: &Finding) -> Option<Product> {
    let known = finding.product.as_ref();
    known
        .filter(|known| known.from != Origin::Inferred)
        .map(|known| known.kind)
}

/// The register to add to, which may not be there yet.
fn target(settings: &Settings) -> Result<PathBuf> {
    if let Some(path) = &settings.claims.value {
        return Ok(path.clone());
    }
    if settings.file.is_none() {
        return Err(nowhere(settings));
    }
    let path = settings.root.join(register::FILE);
    Ok(path.strip_prefix(choose::here()?).unwrap_or(&path).to_owned())
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Evidence as the register names it: files by their path from its folder.
fn evidence(given: &[String], folder: &Path) -> Result<Vec<String>> {
    let wanted = |place: &Path| crate::walk::real(place).ok();
    let base = wanted(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    });
    let named = given.iter().map(|place| {
        if is_address(place) {
            return Ok(place.clone());
        }
        let Some(real) = wanted(Path::new(place)) else {
            return Err(Failure::said(format!("there is no evidence file {place}")));
        };
        let inside = base.as_ref().and_then(|base| real.strip_prefix(base).ok());
        inside
            .map(crate::walk::shown)
            .ok_or_else(|| Failure::said(format!("{place} is not below the folder of the register")))
    });
    named.collect()
}
