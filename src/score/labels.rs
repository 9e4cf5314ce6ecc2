//! Owns reading labels: one JSON object a line. [`sentences`] says what a label of copy holds, [`documents`] what a
//! label of a whole document does.

use crate::finding::Category;
use crate::text::{Source, Span};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How strongly a reader minds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A reader has looked, and there is nothing to raise.
    None,
    /// A strict reader may raise it.
    May,
    /// Nearly every reader sends it back.
    Must,
}

/// A claim that a reader marked.
#[derive(Clone, Debug)]
pub struct Label {
    /// The smallest text that makes the claim.
    pub span: Span<Source>,
    /// The kind of claim.
    pub category: Category,
    /// How strongly the reader minds.
    pub strength: Strength,
}

/// A statement that a document owes or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// `missing-disclaimer` and the like.
    pub category: Category,
    /// Whether the document owes it.
    pub owes: bool,
    /// Whether it carries it.
    pub has: bool,
}

/// A document that a reader has read, whole or in part.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// Its path, relative to the folder of documents, as the labels name it.
    pub name: String,
    /// Its source.
    pub text: String,
    /// Words, as the labels say or as white space parts them.
    pub words: usize,
    /// The claims in it.
    pub labels: Vec<Label>,
    /// What it owes; undecided ones are left out.
    pub duties: Vec<Duty>,
    /// Whether a reader has read parts of it only: what no label speaks of is undecided.
    pub partly: bool,
}

/// A line of a file of labels that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// The two keys of each duty in a label of a document.
pub(super) const DUTIES: [(Category, &str, &str); 4] = [
    (Category::MissingDisclaimer, "owes_disclaimer", "has_disclaimer"),
    (Category::MissingConsult, "owes_consult", "has_consult"),
    (
        Category::MissingResultsVary,
        "owes_results_vary",
        "has_results_vary",
    ),
    (Category::MissingFdaStatement, "supplement", "has_fda_statement"),
];

#[derive(Deserialize)]
struct Row {
    doc: String,
    line: Option<usize>,
    quote: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    category: Option<String>,
    strength: Option<Strength>,
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim().is_empty())
}

/// Reads labels of documents: `doc` (a path), and where known `words` and, for each duty, whether the document owes
/// the statement and has it (`owes_disclaimer`, `has_disclaimer`, `owes_consult`, `has_consult`, `owes_results_vary`,
/// `has_results_vary`, `supplement`, `has_fda_statement`: true, false or null). One that was read in parts only says
/// `partly`; what no label of it speaks of is not measured. Other keys are passed over. Several labels of one document
/// count together.
///
/// # Errors
/// Every line that cannot be read.
pub fn documents(text: &str) -> Result<Vec<Labelled>, Vec<LabelMistake>> {
    let mut out: Vec<Labelled> = Vec::new();
    let mut known = BTreeMap::<String, usize>::new();
    let mut wrong = Vec::new();
    for (line, row) in lines(text) {
        let row: Value = match serde_json::from_str(row) {
            Ok(row) => row,
            Err(error) => {
                wrong.push(LabelMistake {
                    line,
                    message: error.to_string(),
                });
                continue;
            }
        };
        let Some(name) = row["doc"].as_str() else {
            let message = "`doc`, the path of the document, is missing".to_owned();
            wrong.push(LabelMistake { line, message });
            continue;
        };
        let duties = DUTIES.into_iter().filter_map(|(category, owes, has)| {
            let (owes, has) = (row[owes].as_bool()?, row[has].as_bool()?);
            Some(Duty { category, owes, has })
        });
        let at = *known.entry(name.to_owned()).or_insert_with(|| {
            out.push(Labelled {
                name: name.to_owned(),
                text: String::new(),
                words: 0,
                labels: Vec::new(),
                duties: Vec::new(),
                partly: false,
            });
            out.len() - 1
        });
        let document = &mut out[at];
        document.words = document.words.max(row["words"].as_u64().unwrap_or(0) as usize);
        document.duties.extend(duties);
        document.partly |= row["partly"].as_bool().unwrap_or(false);
    }
    if wrong.is_empty() { Ok(out) } else { Err(wrong) }
}

/// Reads labels of copy into the documents they name: `doc`, `category` (of a claim), `strength` (`must`, `may`, or `none`
/// where there is nothing to raise), and the place: `line` (from 1) and `quote` (the text as it stands there; white space is
/// free), or `start` and `end` (bytes). Labels of documents that are not among those given are passed over, and so are those that say what a document
/// owes. Returns how many no longer stand in documents that were read in parts: such a document lives on.
///
/// # Errors
/// Every line that cannot be read, whose category is none of a claim, or whose quote does not stand in its document.
pub fn sentences(text: &str, documents: &mut [Labelled]) -> Result<usize, Vec<LabelMistake>> {
    let by_name: BTreeMap<String, usize> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| (document.name.clone(), at))
        .collect();
    let mut wrong = Vec::new();
    let mut gone = 0;
    for (line, row) in lines(text) {
        match label(row, documents, &by_name) {
            Ok(Said::Label(at, label)) => documents[at].labels.push(label),
            Ok(Said::Gone) => gone += 1,
            Ok(Said::Nothing) => {}
            Err(message) => wrong.push(LabelMistake { line, message }),
        }
    }
    if wrong.is_empty() { Ok(gone) } else { Err(wrong) }
}

/// What a line says of the documents.
enum Said {
    /// A label of the document with this number.
    Label(usize, Label),
    /// A label of copy that is gone.
    Gone,
    Nothing,
}

fn label(row: &str, documents: &[Labelled], by_name: &BTreeMap<String, usize>) -> Result<Said, String> {
    let value: Value = serde_json::from_str(row).map_err(|error| error.to_string())?;
    let row: Row = serde_json::from_str(row).map_err(|error| error.to_string())?;
    let Some(at) = by_name.get(&row.doc).copied() else {
        return Ok(Said::Nothing);
    };
    let Some(category) = row.category else {
        let owes = |(_, owes, _): &(Category, &str, &str)| !value[owes].is_null();
        let of_document = DUTIES.iter().any(owes);
        return if of_document {
            Ok(Said::Nothing)
        } else {
            Err("`category` is missing".to_owned())
        };
    };
    let claim = category
        .parse()
        .ok()
        .filter(|category| super::is_claim(*category));
    let category = claim.ok_or_else(|| format!("`{category}` is no category of a claim"))?;
    let strength = row.strength.ok_or("`strength` is missing: must, may or none")?;
    let text = &documents[at].text;
    let span = match (&row.quote, row.start, row.end) {
        (Some(quote), ..) => match locate(text, row.line.unwrap_or(1), quote) {
            Some(span) => span,
            None if documents[at].partly => return Ok(Said::Gone),
            None => return Err(format!("the quote does not stand in {}", row.doc)),
        },
        (None, Some(start), Some(end)) if start <= end && end as usize <= text.len() => Span::new(start, end),
        _ => return Err("`quote` with `line`, or `start` and `end`, are missing or out of place".to_owned()),
    };
    let label = Label {
        span,
        category,
        strength,
    };
    Ok(Said::Label(at, label))
}

/// Where `quote` stands: on or after the line, else shortly before it, else anywhere.
fn locate(text: &str, line: usize, quote: &str) -> Option<Span<Source>> {
    let words: Vec<String> = quote.split_whitespace().map(regex::escape).collect();
    let pattern = Regex::new(&words.join(r"\s+"))
        .ok()
        .filter(|_| !words.is_empty())?;
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let start = |line: usize| starts[line.min(starts.len() - 1)];
    let origins = [start(line.saturating_sub(1)), start(line.saturating_sub(3)), 0];
    let found = origins
        .into_iter()
        .find_map(|origin| pattern.find_at(text, origin))?;
    Some(Span::of(found.range()))
}
