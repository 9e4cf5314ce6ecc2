//! Owns the evidence bundle of `caveat check --attest`: what was checked, by what, and with what outcome, in a form that
//! anybody can make again and compare byte for byte.
//!
//! It is JSON as RFC 8785 (JSON Canonicalization Scheme) writes it, with one line end behind it: UTF-8, keys in order,
//! no white space between values, no number but whole ones. Lists are in order of path, place and name. No time of day,
//! no machine, no number of threads is part of it. Its hash is the SHA-256 of all of its bytes.

mod command;
mod compare;

pub(super) use command::{Command, run};

use super::{Result, Status, note, output};
use crate::config::{Settings, show_size};
use crate::finding::{Exception, Finding, Softening, Standing, fingerprint};
use crate::policy::model::PackInfo;
use crate::register::Place;
use crate::session::{Job, Outcome, Used};
use crate::source::sha256;
use crate::text::Span;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What the bundle is made of.
pub(super) struct Told<'a> {
    pub(super) as_of: Date,
    /// Arguments by name, each with its values; those without a value were not given.
    pub(super) arguments: Vec<(&'static str, Vec<String>)>,
    pub(super) jobs: &'a [Job],
    pub(super) packs: &'a [PackInfo],
    pub(super) outcome: &'a Outcome,
    pub(super) ledger: &'a [Softening],
    pub(super) status: Status,
}

/// The bundle's text.
pub(super) fn document(told: &Told<'_>) -> String {
    let outcome = told.outcome;
    let given = told.arguments.iter().filter(|(_, values)| !values.is_empty());
    let arguments: BTreeMap<&str, &Vec<String>> = given.map(|(name, values)| (*name, values)).collect();
    let findings = outcome.findings.iter().map(|judgement| &judgement.finding);
    let findings =
        findings.filter(|finding| finding.silenced.as_ref().is_none_or(|by| by.exception.is_some()));
    let inputs = outcome.inputs.iter();
    let value = json!({
        "version": 1,
        "tool": {"name": "caveat", "version": env!("CARGO_PKG_VERSION")},
        "as_of": told.as_of.to_string(),
        "arguments": arguments,
        "settings": settings(told.jobs),
        "policies": told.packs.iter().map(policy).collect::<Vec<_>>(),
        "inputs": inputs.map(|(path, sha256)| json!({"path": path, "sha256": sha256})).collect::<Vec<_>>(),
        "unchecked": outcome.unchecked.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "registers": outcome.registers.iter().map(|used| register(used, told.jobs)).collect::<Vec<_>>(),
        "exceptions": outcome.exceptions.iter().filter(|standing| standing.used > 0).map(exception).collect::<Vec<_>>(),
        "softened": told.ledger.iter().map(softening).collect::<Vec<_>>(),
        "findings": findings.map(finding).collect::<Vec<_>>(),
        "status": told.status as u8,
    });
    let mut out = String::new();
    canonical(&value, &mut out);
    out.push('\n');
    out
}

/// Writes the bundle, and says its hash on standard error.
pub(super) fn write(file: &Path, text: &str, quiet: bool) -> Result<()> {
    output::to_file(file, |out| out.write_all(text.as_bytes()))?;
    if !quiet {
        note(&format!(
            "attested: sha256 {} {}",
            sha256(text.as_bytes()),
            crate::walk::shown(file)
        ));
    }
    Ok(())
}

/// Each set of settings that some file was checked under.
fn settings(jobs: &[Job]) -> Vec<Value> {
    let mut out: Vec<(Option<String>, String)> = Vec::new();
    let mut seen: Vec<&Arc<Settings>> = Vec::new();
    for job in jobs {
        // Neighbours share their settings, mostly.
        if seen.last().is_some_and(|last| Arc::ptr_eq(last, &job.settings)) {
            continue;
        }
        seen.push(&job.settings);
        let settings = &job.settings;
        let path = settings.file.as_ref().map(|file| file.name().to_owned());
        let mut text = String::new();
        canonical(
            &json!({
                "path": path,
                "sha256": settings.file.as_ref().map(|file| file.sha256()),
                "markets": settings.markets.value,
                "fail_on": settings.fail_on.value.map_or("never", |severity| severity.name()),
                "max_file_size": show_size(settings.max_file_size.value),
            }),
            &mut text,
        );
        out.push((path, text));
    }
    out.sort();
    out.dedup();
    out.iter()
        .filter_map(|(_, text)| serde_json::from_str(text).ok())
        .collect()
}

fn policy(pack: &PackInfo) -> Value {
    let words = pack.word_files.iter();
    json!({
        "name": pack.name,
        "version": pack.version,
        "path": pack.file.name(),
        "embedded": pack.embedded,
        "sha256": pack.file.sha256(),
        "word_files": words.map(|(path, sha256)| json!({"path": path, "sha256": sha256})).collect::<Vec<_>>(),
    })
}

/// A register with the claims that let findings pass, and the hashes of the files behind these.
fn register(used: &Used, jobs: &[Job]) -> Value {
    let register = &used.register;
    let folder = jobs.iter().filter_map(|job| job.settings.claims.value.as_deref());
    let folder = folder
        .filter(|path| crate::walk::shown(path) == register.file.name())
        .find_map(Path::parent)
        .unwrap_or(Path::new(""));
    let evidence = |place: &Place| match place {
        Place::Url(url) => json!({"url": url}),
        Place::File(file) => {
            let hash = std::fs::read(folder.join(file)).ok().map(|bytes| sha256(&bytes));
            json!({"file": file, "sha256": hash})
        }
    };
    let claims = register
        .claims
        .iter()
        .zip(&used.claims)
        .filter(|(_, used)| **used > 0);
    let claims = claims.map(|(claim, used)| {
        json!({
            "id": claim.id,
            "text": claim.text(),
            "approver": claim.approver,
            "approved": claim.approved.to_string(),
            "review_by": claim.review_by.to_string(),
            "evidence": claim.evidence.iter().map(|told| evidence(&told.at)).collect::<Vec<_>>(),
            "used": used,
        })
    });
    json!({"path": register.file.name(), "sha256": register.file.sha256(), "claims": claims.collect::<Vec<_>>()})
}

fn exception(standing: &Standing) -> Value {
    let exception = &standing.exception;
    let bytes = exception.file.stored(exception.span);
    json!({
        "kind": exception.kind.name(),
        "rule": exception.rule,
        "path": exception.file.name(),
        "start": bytes.start,
        "end": bytes.end,
        "covers": exception.covers,
        "reason": exception.reason,
        "by": exception.by,
        "since": exception.since,
        "until": exception.until,
        "ticket": exception.ticket,
        "used": standing.used,
    })
}

/// What made the run milder than its packs, besides exceptions.
fn softening(row: &Softening) -> Value {
    let (path, line) = row.place.as_ref().map(|(path, line)| (path, line)).unzip();
    json!({
        "kind": row.kind.name(),
        "what": row.what,
        "covers": row.covers,
        "reason": row.reason,
        "path": path,
        "line": line,
    })
}

/// A finding in brief; what lets it pass is named by its place.
fn finding(finding: &Finding) -> Value {
    let by = |exception: &Exception| json!({"kind": exception.kind.name(), "path": exception.file.name(), "start": exception.file.stored(exception.span).start});
    let silenced = finding
        .silenced
        .as_ref()
        .and_then(|silence| silence.exception.as_deref());
    let verdicts = finding.verdicts.iter();
    let unread = Span::new(finding.span.start, finding.span.end);
    let bytes = finding
        .file
        .as_ref()
        .map_or(unread, |file| file.stored(finding.span));
    json!({
        "path": finding.file.as_ref().map(|file| file.name()),
        "rule": finding.rule().name,
        "severity": finding.severity().name(),
        "line": finding.file.as_ref().map(|file| file.position(finding.span.start).line),
        "excerpt": finding.file.as_ref().map(|file| file.slice(finding.span)),
        "start": bytes.start,
        "end": bytes.end,
        "fingerprint": fingerprint(finding),
        "verdicts": verdicts.map(|verdict| &verdict.rule.name).collect::<Vec<_>>(),
        "silenced": silenced.map(by),
    })
}

/// A value as RFC 8785 writes it. Keys are ASCII here, and there are whole numbers only.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                canonical(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_one_form() {
        let value = json!({"b": [1, null, true, "é\n\u{1f}/\""], "a": {"z": {}, "y": []}});
        let mut out = String::new();
        canonical(&value, &mut out);
        assert_eq!(
            out,
            "{\"a\":{\"y\":[],\"z\":{}},\"b\":[1,null,true,\"é\\n\\u001f/\\\"\"]}"
        );
    }
}
