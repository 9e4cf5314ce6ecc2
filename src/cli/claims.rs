//! Owns `caveat claims`: checking the claims register against the copy, listing it, adding to it.

use super::choose::{self, Choice, Listing};
use super::output::{self, Color};
use super::reports::{self, Reports};
use super::rules::mistakes;
use super::{Failure, Result, Status, check, inputs, note, progress, today};
use crate::config::{Finder, MARKETS, Overlay, Settings};
use crate::extract::format_of;
use crate::finding::{Category, Finding, Origin, Product, fingerprint};
use crate::register::{self, New, Passage, Register, append, is_address};
use crate::report::Ledger;
use crate::session::{self, Library, Outcome};
use crate::source::SourceFile;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod list;

/// Commands on the claims register.
#[derive(clap::Subcommand, Debug)]
pub(super) enum Command {
    /// Validate the register and say which claims the copy uses wrongly or not at all
    Check(Box<Check>),
    /// List the claims of the register
    List {
        #[command(flatten)]
        which: Which,
        /// How to list them
        #[arg(long, value_name = "NAME", default_value = "table")]
        format: Listing,
    },
    /// Approve a finding: add its sentence to the register
    Add(Box<Add>),
}

/// Which register, on which day.
#[derive(clap::Args, Debug)]
pub(super) struct Which {
    #[command(flatten)]
    choice: Choice,

    /// The register [default: claims.yaml beside caveat.yaml, or what it names]
    #[arg(long, value_name = "FILE", help_heading = "Settings")]
    claims: Option<PathBuf>,

    /// Judge as of this day [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = choose::day, help_heading = "Rules")]
    as_of: Option<Date>,
}

/// Arguments of `caveat claims check`.
#[derive(clap::Args, Debug)]
pub(super) struct Check {
    /// Files and folders whose copy may use the claims
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    reports: Reports,
}

/// Arguments of `caveat claims add`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Add {
    /// The fingerprint of the finding, as the json format has it
    fingerprint: String,
    /// Files and folders to look for it in
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
Example:
  caveat claims add 1bbbb92165a8596b588d42a9425399e6 drafts/ \\
    --approver \"A. Lee\" --review-by 2027-11-23 --evidence studies/sleep.pdf

The claim is approved for the markets in force (--market, or caveat.yaml), as of today. What the register holds already
stays as it is, byte for byte.";

fn product(written: &str) -> std::result::Result<Product, String> {
    let names: Vec<&str> = Product::ALL.iter().map(|kind| kind.name()).collect();
    let name = choose::one_of(written, "product", &names)?;
    name.parse().map_err(|_| "unknown product".to_owned())
}

pub(super) fn run(command: &Command) -> Result<Status> {
    match command {
        Command::Check(args) => checked(args),
        Command::List { which, format } => list(which, *format),
        Command::Add(args) => add(args),
    }
}

impl Which {
    fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(today::today)
    }

    fn overlay(&self) -> Result<Overlay> {
        Ok(Overlay {
            claims: self.claims.clone(),
            ..self.choice.overlay()?
        })
    }

    /// What holds in the working folder.
    fn settings(&self) -> Result<Arc<Settings>> {
        let mut finder = self.choice.finder(self.overlay()?)?;
        Ok(finder.of_folder(&choose::here()?))
    }

    /// The register of the working folder; where it or the settings are broken, that is shown and there is none.
    fn register(&self) -> Result<Option<Register>> {
        let settings = self.settings()?;
        if !settings.mistakes.is_empty() {
            let found = settings.mistakes.iter();
            let found = found.map(|mistake| session::settings_finding(settings.file.clone(), mistake));
            return refuse(&found.collect::<Vec<_>>());
        }
        let path = settings.claims.value.as_ref().ok_or_else(nowhere)?;
        let register = session::register(path);
        if register.mistakes.is_empty() {
            Ok(Some(register))
        } else {
            refuse(&session::register_findings(&register))
        }
    }
}

fn nowhere() -> Failure {
    Failure::said("there is no claims register: claims.yaml stands beside caveat.yaml, or --claims names it")
}

fn refuse(findings: &[Finding]) -> Result<Option<Register>> {
    let text = choose::show_all(findings, &output::look(Color::Auto));
    output::stdout(text.as_bytes())?;
    note(&mistakes(findings.len()));
    Ok(None)
}

/// Checks the copy of some paths.
fn outcome(paths: &[PathBuf], which: &Which, finder: &mut Finder, quiet: bool) -> Result<Outcome> {
    let (walked, jobs) = inputs::find(paths, finder, true)?;
    let mut library = Library::new(which.as_of());
    // Whoever asks for the register wants to hear of all of it.
    library.walked = vec![PathBuf::new()];
    let mut outcome = progress::run(&jobs, &library, None, quiet);
    check::add_problems(&walked, &mut outcome);
    Ok(outcome)
}

fn checked(args: &Check) -> Result<Status> {
    let targets = args.reports.targets()?;
    let Some(register) = args.which.register()? else {
        return Ok(Status::Trouble);
    };
    let mut overlay = args.which.overlay()?;
    overlay.fail_on = args.reports.fail_on();
    // Advice is what this command is asked for.
    overlay.min_severity = args
        .reports
        .min_severity
        .or(Some(crate::finding::Severity::Advice));
    let mut finder = args.which.choice.finder(overlay)?;
    let mut outcome = outcome(&args.paths, &args.which, &mut finder, args.reports.quiet)?;
    outcome.findings.retain(|judgement| {
        let finding = &judgement.finding;
        finding.rule().category == Category::Register || session::is_trouble(finding)
    });
    if !args.reports.quiet {
        let count = register.claims.len();
        let claims = if count == 1 {
            "1 claim".to_owned()
        } else {
            format!("{count} claims")
        };
        note(&format!("{claims} in {}", register.file.name()));
    }
    let status = reports::status(&outcome.findings);
    reports::write(
        &targets,
        &mut args.reports.run(
            args.which.as_of(),
            outcome,
            Vec::new(),
            Vec::new(),
            Ledger::default(),
        ),
    )?;
    Ok(status)
}

fn list(which: &Which, format: Listing) -> Result<Status> {
    let Some(register) = which.register()? else {
        return Ok(Status::Trouble);
    };
    let as_of = which.as_of();
    output::to_stdout(|out| match format {
        Listing::Table => list::table(&register, as_of, out),
        Listing::Json => list::json(&register, as_of, out),
        Listing::Markdown => list::markdown(&register, as_of, out),
    })?;
    Ok(Status::Clean)
}

fn add(args: &Add) -> Result<Status> {
    let settings = args.which.settings()?;
    let path = target(&settings)?;
    let mut finder = args.which.choice.finder(args.which.choice.overlay()?)?;
    let outcome = outcome(&args.paths, &args.which, &mut finder, true)?;
    let found = outcome.findings.iter().map(|judgement| &judgement.finding);
    let found = found.filter(|finding| finding.file.is_some() && finding.rule().category.is_claim());
    let Some(finding) = found
        .into_iter()
        .find(|finding| fingerprint(finding) == args.fingerprint)
    else {
        return Err(Failure::said(format!(
            "no claim in this copy has the fingerprint {}; `caveat check --format json` has them",
            args.fingerprint
        )));
    };
    let Some(text) = finding
        .file
        .as_ref()
        .and_then(|file| sentence(file, finding, &mut finder))
    else {
        return Err(Failure::said(
            "the sentence of this finding cannot be told from its neighbours",
        ));
    };
    let folder = folder(&path);
    let old = if path.exists() {
        session::register(&path)
    } else {
        let file = SourceFile::new(crate::walk::shown(&path), register::head());
        Register::read(Arc::new(file), folder, &MARKETS)
    };
    let told = finding
        .product
        .as_ref()
        .filter(|known| known.from != Origin::Inferred);
    let new = New {
        id: args.id.clone(),
        text,
        product: args.product.or(told.map(|known| known.kind)),
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

/// The register to add to, which may not be there yet.
fn target(settings: &Settings) -> Result<PathBuf> {
    if let Some(path) = &settings.claims.value {
        return Ok(path.clone());
    }
    if settings.file.is_none() {
        return Err(nowhere());
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

/// The sentence of a finding, as it stands in the copy.
fn sentence(file: &Arc<SourceFile>, finding: &Finding, finder: &mut Finder) -> Option<String> {
    let format = format_of(file.name())?;
    let path = crate::walk::real(Path::new(file.name())).ok()?;
    let keys = finder.of_folder(folder(&path)).keys(&path);
    let document = (format.extract)(file, &keys).document;
    document.blocks.iter().find_map(|block| {
        let passage = Passage::new(block);
        let sentence = passage.sentence(&finding.folded, finding.span, &mut 0)?;
        Some(passage.prose(sentence))
    })
}
