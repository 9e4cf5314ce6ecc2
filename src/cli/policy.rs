//! Owns `caveat policy`: checking policy files, trying the examples inside the rules, starting a policy.

mod why;
mod words;

pub(super) use why::place;

use super::choose::{self, Choice};
use super::output::{self, Color};
use super::rules::{self, mistakes};
use super::{Failure, Result, Status, note, score};
use crate::engine::coverage::{Bare, Part, bare};
use crate::engine::trial;
use crate::finding::{Finding, Severity};
use crate::policy::model::{Policy, Rule};
use crate::policy::{PackRef, Request, load};
use crate::report::{Look, Snippet, plain_lines, snippet};
use crate::session::{examples_of, policy_finding, untrue_examples};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Commands on policies.
#[derive(clap::Subcommand, Debug)]
pub(super) enum Command {
    /// Validate policy files: every mistake at once, each at its place
    Check {
        /// Policy files [default: the policies in force]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        choice: Choice,
    },
    /// Run the examples inside the rules
    Test {
        /// Policy files [default: the policies in force]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        choice: Choice,
        /// Name what no example exercises too
        #[arg(long)]
        coverage: bool,
    },
    /// Measure the rules in force on labelled copy: precision and recall by category and rule
    Score(Box<score::Args>),
    /// List the vocabularies and where each is used, or say which of them know some words
    Words(words::Args),
    /// Say how a line of copy was read, what rules say of it, and what one that is silent lacks
    Why(why::Args),
    /// Print a commented starting policy
    New {
        /// The name of the pack: lower case with hyphens
        name: String,
    },
}

pub(super) fn run(command: &Command) -> Result<Status> {
    match command {
        Command::Check { files, choice } if files.is_empty() => check_chosen(choice),
        Command::Check { files, .. } => check(files),
        Command::Test {
            files,
            choice,
            coverage,
        } => test(files, choice, *coverage),
        Command::Score(args) => score::run(args),
        Command::Words(args) => words::run(args),
        Command::Why(args) => why::run(args),
        Command::New { name } => new(name),
    }
}

fn check_chosen(choice: &Choice) -> Result<Status> {
    let Some(policy) = rules::policy(choice)? else {
        return Ok(Status::Trouble);
    };
    let untrue = untrue_examples(&policy, |_| true);
    if !untrue.is_empty() {
        return wrong(&untrue);
    }
    note(&format!(
        "{} packs with {} rules are sound, and their examples do what they say",
        policy.packs.len(),
        policy.rules.len()
    ));
    Ok(Status::Clean)
}

fn check(files: &[PathBuf]) -> Result<Status> {
    let mut findings: Vec<Finding> = Vec::new();
    for file in files {
        match refuse(file) {
            Some(why) => findings.push(crate::session::unreadable(&crate::walk::shown(file), why)),
            None => findings.extend(mistakes_in(file)),
        }
    }
    // Files that extend the same broken one meet its mistakes again.
    let mut seen = BTreeSet::new();
    findings.retain(|finding| {
        let name = finding.file.as_ref().map(|file| file.name().to_owned());
        seen.insert((name, finding.span, finding.message().to_owned()))
    });
    if !findings.is_empty() {
        return wrong(&findings);
    }
    let subject = if files.len() == 1 {
        "the policy is"
    } else {
        "the policies are"
    };
    note(&format!("{subject} sound, and the examples do what they say"));
    Ok(Status::Clean)
}

/// What is wrong with a policy file; where nothing is, its examples are tried.
fn mistakes_in(file: &Path) -> Vec<Finding> {
    match load(&request(&[], &[file.to_owned()])) {
        Ok(policy) => untrue_examples(&policy, |pack| !pack.embedded),
        Err(found) => found.iter().map(policy_finding).collect(),
    }
}

fn request(markets: &[String], files: &[PathBuf]) -> Request {
    Request {
        markets: markets.to_vec(),
        policies: files.iter().cloned().map(PackRef::File).collect(),
    }
}

fn wrong(findings: &[Finding]) -> Result<Status> {
    let text = choose::show_all(findings, &output::look(Color::Auto));
    output::stdout(text.as_bytes())?;
    note(&mistakes(findings.len()));
    Ok(Status::Trouble)
}

/// Why a path cannot be a policy file.
fn refuse(file: &Path) -> Option<&'static str> {
    match std::fs::metadata(file) {
        Ok(meta) if meta.is_dir() => Some("this is a folder; a policy is a file"),
        Ok(meta) if !meta.is_file() => Some("this is not a regular file"),
        Ok(_) => None,
        Err(_) => Some("there is no such file"),
    }
}

fn test(files: &[PathBuf], choice: &Choice, coverage: bool) -> Result<Status> {
    let Some(policy) = tested(files, choice)? else {
        return Ok(Status::Trouble);
    };
    let look = output::look(Color::Auto);
    let failures = trial::run(&policy);
    let mut text = String::new();
    for failure in &failures {
        text.push_str(&told(failure, &look));
    }
    if coverage {
        let others = if files.is_empty() { Vec::new() } else { shipped() };
        text.push_str(&uncovered(&policy, &others));
    }
    output::stdout(text.as_bytes())?;
    note(&tally(&policy, failures.len()));
    Ok(if failures.is_empty() {
        Status::Clean
    } else {
        Status::Findings
    })
}

/// "12 examples of 3 rules do what they say", "1 of 12 examples does not do what it says".
fn tally(policy: &Policy, failed: usize) -> String {
    let of = |rule: &Rule| rule.examples.flag.len() + rule.examples.pass.len();
    let examples: usize = policy.rules.iter().map(of).sum();
    let rules = policy.rules.iter().filter(|rule| of(rule) > 0).count();
    let many = |count: usize| if count == 1 { "" } else { "s" };
    match failed {
        0 if examples == 1 => "1 example of 1 rule does what it says".to_owned(),
        0 => format!(
            "{examples} examples of {rules} rule{} do what they say",
            many(rules)
        ),
        1 => format!(
            "1 of {examples} example{} does not do what it says",
            many(examples)
        ),
        _ => format!("{failed} of {examples} examples do not do what they say"),
    }
}

/// The policy whose examples are run: those of the files alone, or of the one in force.
fn tested(files: &[PathBuf], choice: &Choice) -> Result<Option<Policy>> {
    if files.is_empty() {
        return rules::policy(choice);
    }
    for file in files {
        if let Some(why) = refuse(file) {
            return Err(Failure::said(format!("{}: {why}", crate::walk::shown(file))));
        }
    }
    match load(&request(&choice.market, files)) {
        Ok(policy) => {
            let own = policy.packs.iter().filter(|pack| !pack.embedded);
            let own: Vec<&str> = own.map(|pack| pack.name.as_str()).collect();
            Ok(Some(examples_of(&policy, &own)))
        }
        Err(wrong) => {
            let findings: Vec<Finding> = wrong.iter().map(policy_finding).collect();
            let text = choose::show_all(&findings, &output::look_stderr(Color::Auto));
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
            note(&mistakes(findings.len()));
            Ok(None)
        }
    }
}

fn told(failure: &trial::Failure, look: &Look) -> String {
    let shown = Snippet {
        head: format!("failed[{}]:", failure.rule),
        severity: Severity::Error,
        message: &failure.message,
        file: Some(&failure.file),
        span: failure.span,
        labels: &[],
        help: (!failure.why.is_empty()).then(|| plain_lines(&failure.why.join("\n"))),
    };
    snippet(&shown, look) + "\n"
}

/// The names of the lexicons that are part of the program; a file's examples need not exercise them.
fn shipped() -> Vec<String> {
    let packs = crate::policy::names()
        .into_iter()
        .map(|name| PackRef::Name(name.to_owned()));
    let all = load(&Request {
        markets: Vec::new(),
        policies: packs.collect(),
    });
    all.unwrap_or_default()
        .lexicons
        .into_iter()
        .map(|lexicon| lexicon.name)
        .collect()
}

/// What no example exercises, a line each; lexicons of the names `others` are not told.
fn uncovered(policy: &Policy, others: &[String]) -> String {
    let Bare { frames, mut lexicons } = bare(policy);
    lexicons.retain(|name| !others.contains(name));
    let frames = frames.iter().map(|frame| {
        let what = match frame.part {
            Part::Frame => "frame",
            Part::Statement => "statement",
        };
        let words = frame.roles.join(" + ");
        format!(
            "{}: no example makes {what} {} ({words})\n",
            frame.rule, frame.number
        )
    });
    let lexicons = lexicons
        .iter()
        .map(|name| format!("lexicon {name}: no example has a word of it\n"));
    frames.chain(lexicons).collect()
}

fn new(name: &str) -> Result<Status> {
    let sound = name.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    if !sound || !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Err(Failure::said(format!(
            "`{name}` is no name for a pack: use lower case with hyphens"
        )));
    }
    if crate::policy::names().contains(&name) {
        return Err(Failure::said(format!("there is a pack `{name}` already")));
    }
    output::stdout(STARTER.replace("NAME", name).as_bytes())?;
    Ok(Status::Clean)
}

const STARTER: &str = include_str!("starter.yaml");
