//! Owns what the claims register says of a run: which findings it lets pass, and what it finds itself. What is no claim,
//! and what a document owes, it leaves alone.

mod pages;
mod reading;
mod rest;
mod tally;

use super::own;
use super::rules::Library;
use super::{Checked, Job, read};
use crate::config::{MARKETS, Settings};
use crate::document::Document;
use crate::engine::Ruleset;
use crate::finding::{Exception, ExceptionKind, Finding};
use crate::register::{Claim, Register};
use reading::Reading;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use pages::{Approved, OnPage, on_pages};
pub(super) use tally::tell;

/// The largest register that is read, in bytes.
const MOST: u64 = 4 << 20;

/// The registers of a run, each read once.
#[derive(Default)]
pub(super) struct Registers {
    read: Mutex<HashMap<PathBuf, Arc<OnceLock<Arc<Kept>>>>>,
}

/// A register with its claims as exceptions.
pub(super) struct Kept {
    register: Arc<Register>,
    exceptions: Vec<Arc<Exception>>,
    /// Its folder, without symbolic links.
    folder: PathBuf,
}

/// What one file has to do with its register.
pub(super) struct Met {
    kept: Arc<Kept>,
    markets: Vec<String>,
    /// Claims that stand in the copy, and how many findings each lets pass there.
    claims: Vec<(usize, usize)>,
}

/// A register and how often each of its claims let a finding pass.
#[derive(Clone, Debug)]
pub struct Used {
    /// The register.
    pub register: Arc<Register>,
    /// A number for each of its claims.
    pub claims: Vec<usize>,
}

/// The register of a file.
pub fn register(path: &Path) -> Register {
    let name = crate::data::shown(path);
    match read::bytes(path, MOST).and_then(|bytes| read::decode(bytes, MOST)) {
        Ok(text) => {
            let file = Arc::new(text.under(name));
            Register::read(file, path.parent().unwrap_or(Path::new("")), &MARKETS)
        }
        Err(why) => Register::broken(&name, why.to_string()),
    }
}

/// What is wrong with a register, as findings.
pub fn register_findings(register: &Register) -> Vec<Finding> {
    let file = &register.file;
    let mistakes = register.mistakes.iter();
    mistakes
        .map(|mistake| own::CLAIMS.mistake(Some(Arc::clone(file)), mistake))
        .collect()
}

impl Registers {
    fn of(&self, settings: &Settings) -> Option<Arc<Kept>> {
        let path = settings.claims.value.as_ref()?;
        let slot = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(read.entry(path.clone()).or_default())
        };
        let kept = slot.get_or_init(|| {
            let register = Arc::new(register(path));
            let real = crate::data::real(path).unwrap_or_else(|_| path.clone());
            Arc::new(Kept {
                exceptions: exceptions(&register),
                folder: real.parent().map(Path::to_owned).unwrap_or_default(),
                register,
            })
        });
        Some(Arc::clone(kept))
    }
}

fn exceptions(register: &Register) -> Vec<Arc<Exception>> {
    let exception = |claim: &Claim| {
        let notes = claim.evidence.iter();
        let notes = notes.map(|evidence| match &evidence.note {
            Some(note) => format!("{note} ({})", evidence.place()),
            None => evidence.place().to_owned(),
        });
        let notes: Vec<String> = notes.collect();
        let reason = if notes.is_empty() {
            format!("approved as claim `{}`", claim.id)
        } else {
            format!("approved as claim `{}`: {}", claim.id, notes.join("; "))
        };
        Arc::new(Exception {
            kind: ExceptionKind::Register,
            rule: String::new(),
            file: Arc::clone(&register.file),
            span: claim.span,
            covers: claim.text().to_owned(),
            reason,
            by: Some(claim.approver.clone()),
            since: Some(claim.approved.to_string()),
            until: Some(claim.review_by.to_string()),
            ticket: None,
        })
    };
    register.claims.iter().map(exception).collect()
}

/// Reads the register of a file and says what is wrong with it.
pub(super) fn open(job: &Job, library: &Library, out: &mut Checked) {
    if let Some(kept) = library.registers.of(&job.settings) {
        out.findings.extend(register_findings(&kept.register));
        out.met = Some(Met {
            kept,
            markets: Vec::new(),
            claims: Vec::new(),
        });
    }
}

/// Lets findings on approved claims pass, and says where claims stand that hold no longer or not here, and what is
/// nearly a claim.
pub(super) fn apply(
    library: &Library,
    rules: &Ruleset,
    markets: Vec<String>,
    document: &Document,
    out: &mut Checked,
) {
    let Some(met) = out.met.as_mut() else {
        return;
    };
    met.markets = markets;
    if met.kept.register.mistakes.is_empty() {
        let kept = Arc::clone(&met.kept);
        let mut reading = Reading::new(&kept, rules, library.as_of, met);
        reading.document(document, &mut out.findings);
        let found = reading.found;
        out.findings.extend(found);
    }
}
