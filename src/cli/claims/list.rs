//! Owns how the claims of a register are listed.

use crate::register::{Claim, Evidence, Place, Register};
use crate::report::plain;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};

pub(super) fn table(register: &Register, as_of: Date, out: &mut dyn Write) -> io::Result<()> {
    let width = register
        .claims
        .iter()
        .map(|claim| claim.id.chars().count())
        .max()
        .unwrap_or(0);
    for claim in &register.claims {
        let state = claim.force(as_of).name();
        let (id, until) = (&claim.id, claim.review_by);
        writeln!(
            out,
            "{id:width$}  {state:16}  until {until}  {}",
            plain(claim.text())
        )?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    text: &'a str,
    variations: Vec<&'a str>,
    state: &'static str,
    product: Vec<&'static str>,
    markets: &'a [String],
    evidence: Vec<Behind<'a>>,
    approver: &'a str,
    approved: String,
    review_by: String,
    withdrawn: Option<Gone<'a>>,
    line: usize,
}

#[derive(Serialize)]
struct Behind<'a> {
    file: Option<&'a str>,
    url: Option<&'a str>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Gone<'a> {
    on: Option<String>,
    reason: &'a str,
}

pub(super) fn json(register: &Register, as_of: Date, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row<'_>> = register
        .claims
        .iter()
        .map(|claim| row(register, claim, as_of))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    out.write_all(b"\n")
}

fn row<'a>(register: &'a Register, claim: &'a Claim, as_of: Date) -> Row<'a> {
    let variations = claim.wordings.iter().skip(1);
    Row {
        id: &claim.id,
        text: claim.text(),
        variations: variations.map(|wording| wording.text.as_str()).collect(),
        state: claim.force(as_of).name(),
        product: claim.products.iter().map(|kind| kind.name()).collect(),
        markets: &claim.markets,
        evidence: claim.evidence.iter().map(behind).collect(),
        approver: &claim.approver,
        approved: claim.approved.to_string(),
        review_by: claim.review_by.to_string(),
        withdrawn: claim.withdrawn.as_ref().map(|withdrawn| Gone {
            on: withdrawn.on.map(|day| day.to_string()),
            reason: &withdrawn.reason,
        }),
        line: register.line(claim),
    }
}

fn behind(evidence: &Evidence) -> Behind<'_> {
    let (file, url) = match &evidence.at {
        Place::File(path) => (Some(path.as_str()), None),
        Place::Url(address) => (None, Some(address.as_str())),
    };
    Behind {
        file,
        url,
        note: evidence.note.as_deref(),
    }
}

pub(super) fn markdown(register: &Register, as_of: Date, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "| claim | text | state | markets | product | evidence | approver | approved | review by |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- | --- | --- |")?;
    for claim in &register.claims {
        let products: Vec<&str> = claim.products.iter().map(|kind| kind.name()).collect();
        let evidence: Vec<&str> = claim.evidence.iter().map(Evidence::place).collect();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            cell(&claim.id),
            cell(claim.text()),
            claim.force(as_of).name(),
            or_all(&claim.markets.join(", ")),
            or_all(&products.join(", ")),
            cell(&evidence.join("; ")),
            cell(&claim.approver),
            claim.approved,
            claim.review_by,
        )?;
    }
    Ok(())
}

fn or_all(text: &str) -> &str {
    if text.is_empty() { "all" } else { text }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
