//! Owns what the claims register says of a run: which findings it lets pass, and what it finds itself. What is no claim,
//! and what a document owes, it leaves alone.

use super::own::{self, Own};
use super::rules::Library;
use super::{Checked, Job, Judgement, read};
use crate::config::{MARKETS, Settings};
use crate::document::{Block, Document};
use crate::finding::{
    Exception, ExceptionKind, Finding, Known, Label, Origin, Product, Severity, Silence, Standing, Verdict,
};
use crate::register::{Claim, Force, Passage, Register, Stand};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The largest register that is read, in bytes.
const MOST: u64 = 4 << 20;
/// So many days ahead it is said that a review is due.
const AHEAD: i64 = 30;

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
    match read::read(path, MOST) {
        Ok(text) => {
            let file = Arc::new(SourceFile::new(name, text));
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
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
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
pub(super) fn apply(library: &Library, markets: Vec<String>, document: &Document, out: &mut Checked) {
    let Some(mut met) = out.met.take() else {
        return;
    };
    met.markets = markets;
    if met.kept.register.mistakes.is_empty() {
        let kept = Arc::clone(&met.kept);
        let mut reading = Reading {
            register: &kept.register,
            exceptions: &kept.exceptions,
            as_of: library.as_of,
            met: &mut met,
            said: HashSet::new(),
            found: Vec::new(),
        };
        reading.document(document, &mut out.findings);
        let found = reading.found;
        out.findings.extend(found);
    }
    out.met = Some(met);
}

/// A document on its way past the register.
struct Reading<'a> {
    register: &'a Register,
    exceptions: &'a [Arc<Exception>],
    as_of: Date,
    met: &'a mut Met,
    /// What was said, by rule, claim and place: several findings may lie in one claim.
    said: HashSet<(&'static str, usize, Span<Source>)>,
    found: Vec<Finding>,
}

impl Reading<'_> {
    fn document(&mut self, document: &Document, findings: &mut [Finding]) {
        let mut claims: Vec<usize> = (0..findings.len())
            .filter(|at| findings[*at].silenced.is_none() && findings[*at].rule().category.is_claim())
            .collect();
        claims.sort_by_key(|at| findings[*at].span);
        if claims.is_empty() {
            return;
        }
        for block in &document.blocks {
            let mut here: Vec<usize> = Vec::new();
            for run in block.prose.runs() {
                let from = claims.partition_point(|at| findings[*at].span.start < run.from.start);
                let within = claims[from..].iter();
                here.extend(within.take_while(|at| findings[**at].span.start < run.from.end));
            }
            here.dedup();
            if !here.is_empty() {
                self.block(block, &here, findings);
            }
        }
    }

    fn block(&mut self, block: &Block, here: &[usize], findings: &mut [Finding]) {
        let passage = Passage::new(block);
        let mut stands = self.register.stands(&passage);
        stands.sort_by_key(|stand| stand.span);
        let longest = stands.iter().map(|stand| stand.span.len()).max().unwrap_or(0);
        let mut from = 0;
        for at in here {
            let finding = &mut findings[*at];
            if finding.silenced.is_some() {
                continue;
            }
            let place = whole(finding);
            let first = stands.partition_point(|stand| stand.span.start + longest < place.start);
            let near = stands[first..]
                .iter()
                .take_while(|stand| stand.span.start <= place.start);
            let over: Vec<Stand> = near.filter(|stand| stand.span.contains(place)).copied().collect();
            if over.is_empty() {
                self.drift(&passage, finding, &mut from);
            } else {
                self.approved(&over, finding);
            }
        }
    }

    /// What the claims that stand over a finding say of it.
    fn approved(&mut self, over: &[Stand], finding: &mut Finding) {
        let mut left = finding.verdicts.clone();
        let mut by: Option<usize> = None;
        let mut wrong = Vec::new();
        for stand in over {
            let claim = &self.register.claims[stand.claim];
            match self.refused(claim, finding) {
                None => {
                    left.retain(|verdict| !passes(claim, verdict, &self.met.markets));
                    self.met.claims.push((stand.claim, 1));
                    by = by.or(Some(stand.claim));
                }
                Some(refused) => {
                    self.met.claims.push((stand.claim, 0));
                    wrong.push((*stand, refused));
                }
            }
        }
        match by {
            // One that holds is enough.
            Some(claim) if left.is_empty() => finding.silenced = Some(self.silence(claim)),
            Some(_) => keep(finding, left),
            None => {
                for (stand, (rule, message, help)) in wrong {
                    let mut told = rule.finding(Severity::Error, finding.file.clone(), stand.span, message);
                    told.help = Some(help);
                    self.say(rule, stand.claim, told, finding);
                }
            }
        }
    }

    fn silence(&self, claim: usize) -> Silence {
        let told = &self.register.claims[claim];
        let place = format!("{}:{}", self.register.file.name(), self.register.line(told));
        Silence {
            guard: ExceptionKind::Register.name().to_owned(),
            because: format!("claim `{}`, {place}", told.id),
            exception: self.exceptions.get(claim).cloned(),
        }
    }

    /// Why a claim lets a finding not pass: the rule, the message and the help.
    fn refused(&self, claim: &Claim, finding: &Finding) -> Option<(Own, String, String)> {
        let id = &claim.id;
        let place = format!("{}:{}", self.register.file.name(), self.register.line(claim));
        match claim.force(self.as_of) {
            Force::Withdrawn => {
                let withdrawn = claim.withdrawn.as_ref();
                let why = withdrawn.map_or("", |withdrawn| withdrawn.reason.as_str());
                let on = withdrawn.and_then(|withdrawn| withdrawn.on);
                let on = on.map(|on| format!(" since {on}")).unwrap_or_default();
                return Some((
                    own::CLAIM_WITHDRAWN,
                    format!("the copy uses claim `{id}`, which is withdrawn{on}"),
                    format!("Take it out of the copy. Why it is withdrawn ({place}): {why}"),
                ));
            }
            Force::Expired => {
                return Some((
                    own::CLAIM_EXPIRED,
                    format!(
                        "the copy uses claim `{id}`, whose approval ended on {}",
                        claim.review_by
                    ),
                    format!(
                        "Have it reviewed and set a new `review-by` in {place}, or take it out of the copy."
                    ),
                ));
            }
            Force::NotYet => {
                return Some((
                    own::CLAIM_EARLY,
                    format!(
                        "the copy uses claim `{id}`, which is approved only from {} on",
                        claim.approved
                    ),
                    format!("{place} says from when on."),
                ));
            }
            Force::Holds => {}
        }
        if let Some(product) = &finding.product
            && !suits(claim, product)
        {
            let names: Vec<&str> = claim.products.iter().map(|kind| kind.name()).collect();
            return Some((
                own::CLAIM_ELSEWHERE,
                format!(
                    "the copy uses claim `{id}`, which is not approved for the product `{}`",
                    product.kind
                ),
                format!(
                    "{place} approves it for {}. Where the page is read wrongly, caveat.yaml can say its product.",
                    names.join(", ")
                ),
            ));
        }
        let covered = |verdict: &Verdict| passes(claim, verdict, &self.met.markets);
        if !finding.verdicts.iter().any(covered) {
            let mut markets: Vec<&str> = self.met.markets.iter().map(String::as_str).collect();
            markets.retain(|market| !claim.covers_market(market));
            return Some((
                own::CLAIM_ELSEWHERE,
                format!(
                    "the copy uses claim `{id}`, which is not approved for {}",
                    markets.join(", ")
                ),
                format!("{place} approves it for {}.", claim.markets.join(", ")),
            ));
        }
        None
    }

    /// Says how a sentence differs from the approved wording that it nearly is.
    fn drift(&mut self, passage: &Passage<'_>, finding: &Finding, from: &mut usize) {
        let meant = |claim: &Claim| {
            claim.force(self.as_of) == Force::Holds
                && finding
                    .product
                    .as_ref()
                    .is_none_or(|product| suits(claim, product))
                && finding
                    .verdicts
                    .iter()
                    .any(|verdict| passes(claim, verdict, &self.met.markets))
        };
        let Some(near) = self.register.near(&finding.folded, meant) else {
            return;
        };
        let Some(sentence) = passage.sentence(&finding.folded, finding.span, from) else {
            return;
        };
        let claim = &self.register.claims[near.claim];
        self.met.claims.push((near.claim, 0));
        let message = format!("the sentence is nearly the approved claim `{}`", claim.id);
        let file = finding.file.clone();
        let mut told = own::CLAIM_DRIFT.finding(Severity::Warning, file, passage.whole(sentence), message);
        let place = format!("{}:{}", self.register.file.name(), self.register.line(claim));
        told.help = Some(format!(
            "approved ({place}): {}; {}. Use the approved wording, or have this one approved as a variation.",
            claim.wordings[near.wording].text,
            near.drift.told()
        ));
        let added = near.drift.adds.iter();
        told.labels = added
            .map(|(part, _)| Label {
                span: passage.part(sentence, *part),
                text: "is not in the approved text".to_owned(),
            })
            .collect();
        self.say(own::CLAIM_DRIFT, near.claim, told, finding);
    }

    fn say(&mut self, rule: Own, claim: usize, mut told: Finding, beside: &Finding) {
        if self.said.insert((rule.name(), claim, told.span)) {
            told.folded.clone_from(&beside.folded);
            told.product.clone_from(&beside.product);
            told.page.clone_from(&beside.page);
            self.found.push(told);
        }
    }
}

/// Everything that a finding rests on: what makes it may stand outside of its span.
fn whole(finding: &Finding) -> Span<Source> {
    let labels = finding.labels.iter();
    labels.fold(finding.span, |whole, label| whole.hull(label.span))
}

/// Whether a claim may be made of a product. Where nothing tells the product, nothing speaks against it.
fn suits(claim: &Claim, product: &Known<Product>) -> bool {
    let untold = product.kind == Product::Other && product.from == Origin::Inferred;
    untold || claim.covers_product(product.kind)
}

/// Whether a claim lets a verdict pass. Rules of no one market speak for all that are in force.
fn passes(claim: &Claim, verdict: &Verdict, markets: &[String]) -> bool {
    let market = verdict.rule.market.as_str();
    if MARKETS.contains(&market) {
        claim.covers_market(market)
    } else {
        markets.iter().all(|market| claim.covers_market(market))
    }
}

/// Leaves a finding with some of its verdicts. The message is that of the worst.
fn keep(finding: &mut Finding, verdicts: Vec<Verdict>) {
    if let Some(worst) = verdicts.first() {
        if worst.rule.name != finding.rule().name {
            // The words for the roles in braces are not known any more; their names read well enough.
            finding.message = worst.rule.message.replace(['{', '}'], "");
        }
        finding.verdicts = verdicts;
    }
}

/// What the registers of a run come to: their own findings, their claims as exceptions, how often each was used.
pub(super) fn tell(
    jobs: &[Job],
    checked: &mut [Checked],
    library: &Library,
) -> (Vec<Judgement>, Vec<Standing>, Vec<Used>) {
    let (mut findings, mut standings, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let mut tallies: Vec<Tally<'_>> = Vec::new();
    for (job, checked) in jobs.iter().zip(checked) {
        if let Some(met) = checked
            .met
            .take()
            .filter(|met| met.kept.register.mistakes.is_empty())
        {
            let known = tallies
                .iter()
                .position(|tally| Arc::ptr_eq(&tally.kept, &met.kept));
            let at = known.unwrap_or_else(|| {
                tallies.push(Tally::new(&met.kept, &job.settings));
                tallies.len() - 1
            });
            tallies[at].add(met);
        }
    }
    tallies.sort_by(|a, b| a.kept.register.file.name().cmp(b.kept.register.file.name()));
    for tally in tallies {
        let register = &tally.kept.register;
        let whole = library
            .walked
            .iter()
            .any(|folder| tally.kept.folder.starts_with(folder));
        for at in 0..register.claims.len() {
            let found = tally.told(at, whole, library.as_of);
            findings.extend(found.map(|finding| Judgement::new(finding, tally.settings)));
        }
        let held = register
            .claims
            .iter()
            .zip(&tally.kept.exceptions)
            .zip(&tally.used);
        let held = held.filter(|((claim, _), _)| claim.force(library.as_of) != Force::Withdrawn);
        standings.extend(held.map(|((_, exception), used)| Standing {
            exception: Arc::clone(exception),
            used: *used,
        }));
        used.push(Used {
            register: Arc::clone(register),
            claims: tally.used,
        });
    }
    (findings, standings, used)
}

/// What all files have to do with one register.
struct Tally<'a> {
    kept: Arc<Kept>,
    settings: &'a Settings,
    markets: HashSet<String>,
    /// Findings that each claim lets pass.
    used: Vec<usize>,
    /// Claims that stand in copy, or nearly.
    met: HashSet<usize>,
}

impl<'a> Tally<'a> {
    fn new(kept: &Arc<Kept>, settings: &'a Settings) -> Self {
        Self {
            kept: Arc::clone(kept),
            settings,
            markets: HashSet::new(),
            used: vec![0; kept.register.claims.len()],
            met: HashSet::new(),
        }
    }

    fn add(&mut self, met: Met) {
        for (claim, used) in met.claims {
            self.used[claim] += used;
            self.met.insert(claim);
        }
        self.markets.extend(met.markets);
    }

    /// What is to be said of a claim at its place in the register; `whole`: all copy below the register was checked.
    fn told(&self, at: usize, whole: bool, as_of: Date) -> Option<Finding> {
        let claim = &self.kept.register.claims[at];
        let soon = as_of.checked_add(AHEAD.days()).unwrap_or(as_of);
        let idle = whole && !self.met.contains(&at);
        let here = claim.markets.is_empty() || self.markets.iter().any(|market| claim.covers_market(market));
        let (id, until) = (&claim.id, claim.review_by);
        let (rule, message, help) = match claim.force(as_of) {
            Force::Expired if idle => (
                own::CLAIM_REVIEW,
                format!("the approval of claim `{id}` ended on {until}"),
                "Have it reviewed and set a new `review-by`, or take it out of the register: no copy uses it.",
            ),
            Force::Holds if claim.review_by <= soon && (whole || self.met.contains(&at)) => (
                own::CLAIM_REVIEW,
                format!("the approval of claim `{id}` ends on {until}"),
                "Have it reviewed and set a new `review-by`; from the next day on its use is an error.",
            ),
            Force::Holds if idle && here => (
                own::CLAIM_UNUSED,
                format!("no copy needs claim `{id}`"),
                "No finding is let pass by it: the copy has it no longer, in other words, or no rule minds it.",
            ),
            _ => return None,
        };
        let file = Some(Arc::clone(&self.kept.register.file));
        let mut finding = rule.finding(Severity::Advice, file, claim.span, message);
        finding.help = Some(help.to_owned());
        Some(finding)
    }
}
