//! Owns adding a claim to a register: the new text is the old one, byte for byte, and the entry at its end.

use super::{Claim, FILE, Register};
use crate::data::{Value, parse_yaml};
use crate::finding::Product;
use crate::source::SourceFile;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// A claim to be added.
#[derive(Clone, Debug)]
pub struct New {
    /// Its name; made of its first words where nobody gives one.
    pub id: Option<String>,
    /// The approved text.
    pub text: String,
    /// What it is approved for; `None` is everything.
    pub product: Option<Product>,
    /// Where it is approved.
    pub markets: Vec<String>,
    /// Paths from the folder of the register, and addresses.
    pub evidence: Vec<String>,
    /// Who approved it.
    pub approver: String,
    /// When.
    pub approved: Date,
    /// Until when.
    pub review_by: Date,
}

/// The text of a register with a claim added to it, and the claim's id.
///
/// # Errors
/// Why it cannot be added, in a sentence.
pub fn append(
    old: &Register,
    folder: &Path,
    markets: &[&str],
    new: &New,
) -> Result<(String, String), String> {
    let name = old.file.name();
    if !old.mistakes.is_empty() {
        return Err(format!("{name} has mistakes; `caveat claims check` shows them"));
    }
    let id = new.id.clone().unwrap_or_else(|| free_id(&new.text, &old.claims));
    let text = old.file.text();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = indent(text).ok_or_else(|| {
        format!("{name} holds no list that is written line by line; only to such a list can a claim be added")
    })?;
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(newline);
    }
    if indent.is_none() {
        out.push_str(&format!("claims:{newline}"));
    }
    let entry = entry(new, &id, &" ".repeat(indent.unwrap_or(2)));
    out.push_str(&entry.replace('\n', newline));
    proven(old, folder, markets, new, &id, out)
}

/// The new text, if it reads as the old claims and the new one.
fn proven(
    old: &Register,
    folder: &Path,
    markets: &[&str],
    new: &New,
    id: &str,
    out: String,
) -> Result<(String, String), String> {
    let file = Arc::new(SourceFile::new(old.file.name(), out.as_str()));
    let read = Register::read(file, folder, markets);
    if let Some(mistake) = read.mistakes.first() {
        let help = mistake
            .help
            .as_ref()
            .map(|help| format!("; {help}"))
            .unwrap_or_default();
        return Err(format!("the claim cannot be added: {}{help}", mistake.message));
    }
    let added = read
        .claims
        .split_last()
        .is_some_and(|(last, rest)| rest == old.claims && last.id == id && last.text() == new.text);
    if added {
        Ok((out, id.to_owned()))
    } else {
        Err(format!(
            "{} does not end in a list that a claim can be added to",
            old.file.name()
        ))
    }
}

/// How far the items of the list stand from the margin; `Some(None)` where there is no list yet, `None` where the list
/// is not written line by line.
fn indent(text: &str) -> Option<Option<usize>> {
    let root = parse_yaml(text, 0).ok()?;
    let list = match root.get("claims").map(|node| &node.value) {
        None if root.value == Value::Null || root.map().is_some_and(<[_]>::is_empty) => return Some(None),
        None => return None,
        Some(Value::Null) => return Some(Some(2)),
        Some(Value::List(items)) => items,
        Some(_) => return None,
    };
    let first = list.first()?.span.start as usize;
    let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let lead = text.get(line..first)?;
    let dash = lead.find('-')?;
    lead[..dash].trim().is_empty().then_some(Some(dash))
}

fn entry(new: &New, id: &str, indent: &str) -> String {
    let mut lines = vec![
        format!("- id: {}", quoted(id)),
        format!("  text: {}", quoted(&new.text)),
    ];
    lines.extend(new.product.map(|product| format!("  product: {product}")));
    if !new.markets.is_empty() {
        lines.push(format!("  markets: [{}]", new.markets.join(", ")));
    }
    if !new.evidence.is_empty() {
        lines.push("  evidence:".to_owned());
        let key = |place: &str| if is_address(place) { "url" } else { "file" };
        lines.extend(
            new.evidence
                .iter()
                .map(|place| format!("    - {}: {}", key(place), quoted(place))),
        );
    }
    lines.push(format!("  approver: {}", quoted(&new.approver)));
    lines.push(format!("  approved: {}", new.approved));
    lines.push(format!("  review-by: {}", new.review_by));
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

/// Whether evidence is an address rather than a path.
pub fn is_address(place: &str) -> bool {
    place.starts_with("https://") || place.starts_with("http://")
}

/// Text as YAML reads it whatever it holds; what needs no quotes has none.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./ ".contains(c))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// The first words of a text as a name that no claim has.
fn free_id(text: &str, claims: &[Claim]) -> String {
    let mut words = Vec::new();
    let folded = super::passage::comparable(text);
    crate::text::words(&folded, |_, _, word| {
        let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if !plain.is_empty() && words.len() < 4 {
            words.push(plain);
        }
    });
    let stem = if words.is_empty() {
        "claim".to_owned()
    } else {
        words.join("-")
    };
    let taken = |id: &str| claims.iter().any(|claim| claim.id == id);
    std::iter::once(stem.clone())
        .chain((2..).map(|number: u32| format!("{stem}-{number}")))
        .find(|id| !taken(id))
        .unwrap_or(stem)
}

/// What stands at the head of a register that is begun.
pub fn head() -> String {
    format!(
        "# {FILE}: claims that were approved, each with who approved it, until when, and on what evidence.\n"
    )
}
