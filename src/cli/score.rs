//! Owns `caveat policy score`: measuring the rules in force on labelled copy.

use super::choose::Choice;
use super::{Failure, Result, Status, inputs, note, output, today};
use crate::finding::{Category, Finding};
use crate::report;
use crate::score::{self, Figures, LabelMistake, Labelled, Tally};
use crate::session::{self, Job, Library};
use crate::walk::{reason, shown};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;

mod table;

/// Arguments of `caveat policy score`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = FORMAT)]
pub(super) struct Args {
    /// Labels of claims, one JSON object a line
    #[arg(long, value_name = "FILE")]
    labels: PathBuf,

    /// Labels of whole documents, one JSON object a line [default: documents.jsonl beside the labels, if there]
    #[arg(long, value_name = "FILE")]
    documents: Option<PathBuf>,

    /// The folder that the labels' documents stand in [default: docs beside the labels, else that folder]
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,

    /// How the figures are printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// Name every miss and every false alarm too
    #[arg(long)]
    show: bool,

    /// Print instead what each row of a judgement and each rule meets: sentences labelled must, may, and unlabelled ones
    #[arg(long, conflicts_with = "show")]
    table: bool,

    #[command(flatten)]
    choice: Choice,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

const FORMAT: &str = "\
A label of a claim says where it stands, of what category it is, and how strongly a reader minds (must or may):
  {\"doc\": \"tea.md\", \"line\": 3, \"quote\": \"cures eczema\", \"category\": \"disease\", \"strength\": \"must\"}
`quote` is the exact text on that line or after it; `start` and `end` in bytes do instead. A label of a document says
what it owes and what it has; null is undecided, and only documents named there are measured:
  {\"doc\": \"tea.md\", \"owes_disclaimer\": true, \"has_disclaimer\": false, \"owes_consult\": true, \"has_consult\": false,
   \"owes_results_vary\": false, \"has_results_vary\": false, \"supplement\": true, \"has_fda_statement\": false}

recall     share of must labels on which an error or a warning stands
precision  of the sentences given an error or a warning, those with a must label; those with may only are left out";

pub(super) fn run(args: &Args) -> Result<Status> {
    let folder = args.labels.parent().unwrap_or(Path::new(""));
    let docs = args.docs.clone().unwrap_or_else(|| {
        let docs = folder.join("docs");
        if docs.is_dir() { docs } else { folder.to_owned() }
    });
    let documents = labelled(args, folder, &docs)?;
    let measured = measured(args, &documents, &docs)?;
    if args.table {
        table::tell(args, &documents, &measured)?;
        return Ok(Status::Clean);
    }
    let of = |name: &str| {
        measured
            .findings
            .get(name)
            .map(|found| found.iter().collect())
            .unwrap_or_default()
    };
    let figures = score::measure(&documents, of);
    let text = match args.format {
        Format::Table => table(
            &figures,
            &silent(args, &figures)?,
            args.show.then_some(documents.as_slice()),
        ),
        Format::Json => serde_json::to_string_pretty(&machine(&figures)).unwrap_or_default() + "\n",
    };
    output::stdout(text.as_bytes())?;
    Ok(Status::Clean)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Failure::said(format!("{}: {}", shown(path), reason(&error))))
}

/// The labelled documents with their sources.
fn labelled(args: &Args, folder: &Path, docs: &Path) -> Result<Vec<Labelled>> {
    let labels = read(&args.labels)?;
    if labels.trim().is_empty() {
        // Figures of nothing would look like perfect ones.
        return Err(Failure::said(format!(
            "{}: there are no labels",
            shown(&args.labels)
        )));
    }
    let beside = folder.join("documents.jsonl");
    let file = args
        .documents
        .clone()
        .or_else(|| beside.is_file().then_some(beside));
    let (text, file) = match file {
        Some(file) => (read(&file)?, file),
        None => (labels.clone(), args.labels.clone()),
    };
    let mut documents = score::documents(&text).map_err(|wrong| refused(&file, &wrong))?;
    // Labels of claims name a document once each.
    let mut seen = std::collections::HashSet::new();
    documents.retain(|document| seen.insert(document.name.clone()));
    for document in &mut documents {
        document.text = read(&docs.join(&document.name))?;
        if document.words == 0 {
            document.words = document.text.split_whitespace().count();
        }
    }
    score::sentences(&labels, &mut documents).map_err(|wrong| refused(&args.labels, &wrong))?;
    Ok(documents)
}

fn refused(file: &Path, wrong: &[LabelMistake]) -> Failure {
    let name = shown(file);
    let lines: Vec<String> = wrong
        .iter()
        .map(|mistake| format!("{name}:{}: {}", mistake.line, mistake.message))
        .collect();
    Failure::said(lines.join("\n"))
}

/// What was read of the labelled documents.
struct Measured {
    jobs: Vec<Job>,
    library: Library,
    /// The documents' names by the names that reports show.
    names: HashMap<String, String>,
    /// The findings that speak, by document.
    findings: HashMap<String, Vec<Finding>>,
}

fn measured(args: &Args, documents: &[Labelled], docs: &Path) -> Result<Measured> {
    let paths: Vec<PathBuf> = documents
        .iter()
        .map(|document| docs.join(&document.name))
        .collect();
    let mut finder = args.choice.finder(args.choice.overlay()?)?;
    let (walked, jobs) = inputs::find(&paths, &mut finder, false)?;
    for (name, why) in &walked.problems {
        note(&format!("{name}: {why}"));
    }
    let library = Library::new(today::today());
    let outcome = session::run(&jobs, &library, None, &AtomicUsize::new(0));
    let names: HashMap<String, String> = documents
        .iter()
        .map(|document| (shown(&docs.join(&document.name)), document.name.clone()))
        .collect();
    let mut out: HashMap<String, Vec<Finding>> = HashMap::new();
    for judgement in outcome.findings {
        let finding = judgement.finding;
        if session::is_trouble(&finding) {
            let name = finding.file.as_deref().map_or("", |file| file.name());
            let said = format!("{name}: {}", finding.message());
            // What could be read of a page is measured all the same; without its policy nothing is.
            if finding.rule().category == Category::Policy {
                return Err(Failure::said(said));
            }
            note(&said);
        }
        let name = finding.file.as_deref().and_then(|file| names.get(file.name()));
        if let Some(name) = name.filter(|_| finding.silenced.is_none()) {
            out.entry(name.clone()).or_default().push(finding);
        }
    }
    Ok(Measured {
        jobs,
        library,
        names,
        findings: out,
    })
}

/// Rules in force for claims and duties that said nothing at all.
fn silent(args: &Args, figures: &Figures) -> Result<Vec<String>> {
    let Some(policy) = super::rules::policy(&args.choice)? else {
        return Ok(Vec::new());
    };
    let names = policy
        .rules
        .iter()
        .filter(|rule| rule.severity.is_some() && !rule.category.is_duty());
    let names = names
        .map(crate::policy::model::Rule::full_name)
        .filter(|name| !figures.rules.contains_key(name));
    Ok(names.collect())
}

fn per_10k(count: usize, words: usize) -> f64 {
    1e4 * count as f64 / words.max(1) as f64
}

fn table(figures: &Figures, silent: &[String], show: Option<&[Labelled]>) -> String {
    let all = &figures.all;
    let mut out = format!(
        "{} document{}, {} words, {} must labels, {} may labels\n\n",
        figures.documents,
        if figures.documents == 1 { "" } else { "s" },
        figures.words,
        all.must,
        figures.may
    );
    out += &format!(
        "{:<24} {:>9} {:>9} {:>7}   found   right  wrong\n",
        "", "precision", "recall", "f1"
    );
    out += &row("all claims", all);
    for (category, tally) in &figures.categories {
        out += &row(category.name(), tally);
    }
    let share = |part: usize| part as f64 / figures.may.max(1) as f64;
    out += &format!(
        "\nmay labels given an error or warning {:.3}, given anything {:.3}\nfalse alarms per 10,000 words {:.2}, pieces \
         of advice on nothing {:.2}\n",
        share(figures.may_loud),
        share(figures.may_advised),
        per_10k(all.wrong, figures.words),
        per_10k(figures.advice_wrong, figures.words)
    );
    if !figures.duties.is_empty() {
        out += &format!(
            "\n{:<24} {:>7} {:>7} {:>7}\n",
            "missing statements", "right", "wrong", "missed"
        );
    }
    for (category, duty) in &figures.duties {
        out += &format!(
            "{:<24} {:>7} {:>7} {:>7}\n",
            category.name(),
            duty.right,
            duty.wrong,
            duty.missed
        );
    }
    out += &format!(
        "\n{:<40} {:>6} {:>6} {:>6}   advice: {:>5} {:>6}\n",
        "rule", "right", "loud", "wrong", "on", "wrong"
    );
    for (rule, tally) in &figures.rules {
        out += &format!(
            "{rule:<40} {:>6} {:>6} {:>6}           {:>5} {:>6}\n",
            tally.right, tally.loud, tally.wrong, tally.advised, tally.advised_wrong
        );
    }
    if !silent.is_empty() {
        out += &format!("\nsaid nothing: {}\n", silent.join(", "));
    }
    if let Some(documents) = show {
        out += &named(figures, documents);
    }
    out
}

fn row(name: &str, tally: &Tally) -> String {
    format!(
        "{name:<24} {:>9.3} {:>9.3} {:>7.3}   {:>7} {:>5} {:>6}\n",
        tally.precision(),
        tally.recall(),
        tally.f1(),
        format!("{}/{}", tally.found, tally.must),
        tally.right,
        tally.wrong
    )
}

/// Every miss and every false alarm with its words.
fn named(figures: &Figures, documents: &[Labelled]) -> String {
    let texts: HashMap<&str, &str> = documents
        .iter()
        .map(|document| (document.name.as_str(), document.text.as_str()))
        .collect();
    let words = |document: &str, span: crate::text::Span<crate::text::Source>| {
        let text = texts.get(document).copied().unwrap_or_default();
        let line = text[..span.start as usize].matches('\n').count() + 1;
        let words = span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{document}:{line}: {}\n", report::plain(&words))
    };
    let missed = figures
        .missed
        .iter()
        .map(|(document, span, category)| format!("missed {category}  {}", words(document, *span)));
    let wrong = figures
        .false_alarms
        .iter()
        .map(|(document, span, rule)| format!("wrong {rule}  {}", words(document, *span)));
    std::iter::once("\n".to_owned())
        .chain(missed)
        .chain(wrong)
        .collect()
}

fn machine(figures: &Figures) -> Value {
    let tally = |tally: &Tally| {
        json!({
            "found": tally.found, "must": tally.must, "right": tally.right, "wrong": tally.wrong,
            "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1(),
        })
    };
    let categories: Map<String, Value> = figures
        .categories
        .iter()
        .map(|(category, row)| (category.name().to_owned(), tally(row)))
        .collect();
    let duties: Map<String, Value> = figures
        .duties
        .iter()
        .map(|(category, duty)| {
            let row = json!({"right": duty.right, "wrong": duty.wrong, "missed": duty.missed});
            (category.name().to_owned(), row)
        })
        .collect();
    let rules: Map<String, Value> = figures
        .rules
        .iter()
        .map(|(rule, row)| {
            let row = json!({
                "right": row.right, "loud": row.loud, "wrong": row.wrong,
                "advised": row.advised, "advised_wrong": row.advised_wrong,
            });
            (rule.clone(), row)
        })
        .collect();
    json!({
        "documents": figures.documents, "words": figures.words, "all": tally(&figures.all),
        "may": {"labels": figures.may, "loud": figures.may_loud, "advised": figures.may_advised},
        "advice_wrong": figures.advice_wrong,
        "categories": categories, "missing": duties, "rules": rules,
    })
}
