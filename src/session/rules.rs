//! Owns the policies of a run: loads each set of packs once, lays the severities of `caveat.yaml` over it, compiles it.

use super::claims::Registers;
use super::includes::Index;
use super::lasting::Edited;
use super::memo::Memo;
use super::recent::Recent;
use super::stated::{Made, Part, Wanted};
use super::{own, severities};
use crate::config::{From, Settings};
use crate::data::{Mistake, nearest};
use crate::engine::{Ruleset, trial};
use crate::finding::{Called, Finding, Softening};
use crate::policy::model::{Check, Examples, PackInfo, Place, Policy, Rule, Statement};
use crate::policy::{PackRef, Request, load};
use crate::source::SourceFile;
use crate::suppress::Named;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A compiled policy, or what is wrong with it.
pub(super) type Rules = Result<Loaded, Vec<Finding>>;

/// A compiled policy with what it was made from: to take that apart would cost more than to keep it.
pub(super) struct Loaded {
    pub(super) rules: Ruleset,
    pub(super) from: Policy,
    /// Rules that `caveat.yaml` sets a severity for, or switches off.
    set: Vec<String>,
    /// What is to be told of `caveat.yaml` where nothing in it is wrong.
    pub(super) advice: Vec<Finding>,
    /// Rules that `caveat.yaml` makes milder.
    pub(super) softened: Vec<Softening>,
    /// Every rule that may be named here, in force or not; made when one is named that is not.
    known: OnceLock<BTreeSet<String>>,
}

/// Where a compiled policy stands, or will.
pub(super) type Slot = Arc<OnceLock<Rules>>;

/// Packs and settings that make one policy: markets, packs, and the name of the settings file.
pub(super) type Key = (Vec<String>, Vec<String>, Option<String>);

/// Says in the help of rules that ask for a statement where it may stand.
fn tell_places(policy: &mut Policy) {
    for rule in &mut policy.rules {
        if let Check::Require(require) = &rule.check {
            rule.help = format!("{} {}", rule.help.trim(), in_words(require.place))
                .trim()
                .to_owned();
        }
    }
}

/// Where a statement may stand.
const fn in_words(place: Place) -> &'static str {
    match place {
        Place::Anywhere => "It may stand anywhere in the copy that readers see.",
        Place::BeforeFirst => "It must stand above the first sentence that asks for it.",
        Place::LastSection => "It must stand in the last section.",
        Place::Both => "It must stand above the first sentence that asks for it, and in the last section.",
    }
}

/// Sets of rules that are kept of texts that come one after another.
const SETS: usize = 16;

/// Every policy of a run.
pub struct Library {
    pub(super) as_of: Date,
    pub(super) loaded: Mutex<Recent<Key, Slot>>,
    /// What was compiled for the run before.
    pub(super) compiled: HashMap<Key, Slot>,
    /// What is remembered of files that are being written.
    pub(super) edited: Edited,
    /// The rules of every pack that ships, for who names one that is not in force.
    pub(super) everywhere: OnceLock<Vec<String>>,
    pub(super) registers: Registers,
    /// Files that make statements for pages, read once.
    pub(super) parts: Memo<PathBuf, Option<Arc<Part>>>,
    /// Which statements which files make, under which settings.
    pub(super) states: Memo<(PathBuf, Wanted, Option<String>), Option<Made>>,
    /// The files of each project by their names, for who includes one.
    pub(super) projects: Memo<PathBuf, Arc<Index>>,
    /// Folders that are checked whole, without symbolic links.
    pub walked: Vec<PathBuf>,
    /// Whether the bytes of files are hashed.
    pub hashing: bool,
    /// Whether findings keep the whole text of their file; otherwise they keep the lines around them.
    pub whole_files: bool,
}

impl Library {
    /// None yet; they will be compiled as of this day.
    pub fn new(as_of: Date) -> Self {
        Self {
            as_of,
            loaded: Mutex::new(Recent::new(usize::MAX)),
            compiled: HashMap::new(),
            edited: Edited::default(),
            everywhere: OnceLock::new(),
            registers: Registers::default(),
            parts: Memo::default(),
            states: Memo::default(),
            projects: Memo::default(),
            walked: Vec::new(),
            hashing: false,
            whole_files: false,
        }
    }

    /// None yet, for who judges one text after another for long: what front matter asks for makes a set of rules more, and
    /// no more than some are kept.
    pub fn lasting(as_of: Date) -> Self {
        Self {
            loaded: Mutex::new(Recent::new(SETS)),
            ..Self::new(as_of)
        }
    }

    /// The day that the run is judged for.
    pub const fn as_of(&self) -> Date {
        self.as_of
    }

    /// Compiles the policy of `settings`, unless that is done.
    ///
    /// # Errors
    /// What is wrong with the settings or the policy.
    pub fn ready(&self, settings: &Settings) -> Result<(), Vec<Finding>> {
        if !settings.mistakes.is_empty() {
            return Err(own::mistakes(settings));
        }
        match self.rules(settings, &[], &[]).get() {
            Some(Err(wrong)) => Err(wrong.clone()),
            _ => Ok(()),
        }
    }

    /// Whether a rule that there is does not judge under these settings.
    pub fn is_dormant(&self, settings: &Settings, rule: &str) -> bool {
        match self.rules(settings, &[], &[]).get() {
            Some(Ok(loaded)) => self.named(loaded, rule) == Named::Elsewhere,
            _ => true,
        }
    }

    /// What is known of a rule's full name where `loaded` judges.
    pub(super) fn named(&self, loaded: &Loaded, rule: &str) -> Named {
        match loaded.rules.called(rule) {
            Called::Now => return Named::InForce,
            Called::Was(now) => return Named::Was(now),
            Called::Nothing => {}
        }
        let everywhere = self.everywhere.get_or_init(|| {
            let all = load(&every_pack(&[])).unwrap_or_default();
            all.rules.iter().flat_map(names).collect()
        });
        let known = loaded.known.get_or_init(|| {
            let here = loaded.from.rules.iter().flat_map(names);
            let set = loaded.set.iter().chain(everywhere).cloned();
            here.chain(set).collect()
        });
        if known.contains(rule) {
            return Named::Elsewhere;
        }
        // Whoever leaves out the pack means the rule that judges here.
        let bare = loaded.from.rules.iter().find(|known| known.id == rule);
        let near = || nearest(rule, known.iter().map(String::as_str)).map(str::to_owned);
        Named::Unknown(bare.map(Rule::full_name).or_else(near))
    }

    /// The policy for `settings` with what a file's front matter adds.
    pub(super) fn rules(&self, settings: &Settings, markets: &[String], packs: &[PackRef]) -> Slot {
        let request = request(settings, markets, packs);
        let names = request.policies.iter().map(|pack| format!("{pack:?}")).collect();
        let file = settings.file.as_ref().map(|file| file.name().to_owned());
        let slot = {
            let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (request.markets.clone(), names, file);
            let known = self.compiled.get(&key).cloned();
            loaded.of(key, || known.unwrap_or_default())
        };
        slot.get_or_init(|| self.compile(&request, settings));
        slot
    }

    fn compile(&self, request: &Request, settings: &Settings) -> Rules {
        let mut policy = named(settings).and_then(|()| policy(request))?;
        let failed = untrue_examples(&policy, |pack| !pack.embedded);
        if !failed.is_empty() {
            return Err(failed);
        }
        let laid = severities::lay(&mut policy, request, settings)?;
        tell_places(&mut policy);
        Ok(Loaded {
            rules: Ruleset::new(&policy, self.as_of),
            from: policy,
            set: laid.set,
            advice: laid.advice,
            softened: laid.softened,
            known: OnceLock::new(),
        })
    }
}

/// What the policy of `settings` asks for, with what is added to it.
pub(super) fn request(settings: &Settings, markets: &[String], packs: &[PackRef]) -> Request {
    let mut request = Request::default();
    for market in settings.markets.value.iter().chain(markets) {
        if !request.markets.contains(market) {
            request.markets.push(market.clone());
        }
    }
    // The order of markets means nothing; one order for all loads each set once.
    request.markets.sort();
    for pack in settings.policies.iter().map(|said| &said.value).chain(packs) {
        if !request.policies.contains(pack) {
            request.policies.push(pack.clone());
        }
    }
    request
}

/// Policies that `caveat.yaml` names and that are not there are mistakes of `caveat.yaml`.
fn named(settings: &Settings) -> Result<(), Vec<Finding>> {
    let Some(file) = &settings.file else {
        return Ok(());
    };
    let mut wrong = Vec::new();
    for said in &settings.policies {
        if let (From::File(line), Some(mistake)) = (said.from, missing(&said.value, &settings.root)) {
            let span = named_at(file, line, &said.value);
            wrong.push(own::SETTINGS.mistake(Some(Arc::clone(file)), &Mistake { span, ..mistake }));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// What is wrong with a name or path of a policy that is not there; `folder` is where its path begins.
pub(super) fn missing(pack: &PackRef, folder: &Path) -> Option<Mistake> {
    let wrong = |message: String| Some(Mistake::new(Span::empty(0), message));
    match pack {
        PackRef::Name(name) if !crate::policy::names().contains(&name.as_str()) => {
            let names = crate::policy::names();
            let help = match nearest(name, names.iter().copied()) {
                Some(near) => format!("`{near}` is the nearest name"),
                None => format!(
                    "there are: {}; a file has a slash or ends in .yaml",
                    names.join(", ")
                ),
            };
            wrong(format!("there is no policy `{name}`")).map(|mistake| mistake.help(help))
        }
        PackRef::File(path) if !path.exists() => {
            let path: PathBuf = path.components().collect();
            let path = path.strip_prefix(folder).unwrap_or(&path);
            wrong(format!("there is no policy file `{}`", crate::walk::shown(path)))
                .map(|mistake| mistake.help("the path counts from the folder of this file"))
        }
        _ => None,
    }
}

/// Where a line names a policy; the whole line where it writes the name in some other way.
fn named_at(file: &SourceFile, line: usize, pack: &PackRef) -> Span<Source> {
    let whole = file.line(line);
    let (start, text) = (whole.start, file.slice(whole));
    let name = match pack {
        PackRef::Name(name) => name.clone(),
        PackRef::File(path) => path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
    };
    let text_start = text.len() - text.trim_start().len();
    let found = text.find(&name).map(|at| at..at + name.len());
    let found = found.unwrap_or(text_start..text.trim_end().len().max(text_start));
    Span::new(start + found.start as u32, start + found.end as u32)
}

/// Examples of the packs that `of` wants which do not do what they say, as mistakes of the policy.
pub fn untrue_examples(policy: &Policy, of: impl Fn(&PackInfo) -> bool) -> Vec<Finding> {
    let packs: Vec<&str> = policy
        .packs
        .iter()
        .filter(|pack| of(pack))
        .map(|pack| pack.name.as_str())
        .collect();
    if packs.is_empty() {
        return Vec::new();
    }
    let failed = trial::run(&examples_of(policy, &packs));
    failed.iter().map(untrue).collect()
}

/// The policy with the examples of these packs alone. Statements that other rules require are still recognised.
pub fn examples_of(policy: &Policy, packs: &[&str]) -> Policy {
    let mut rules = Vec::new();
    for rule in &policy.rules {
        if packs.contains(&rule.pack.as_str()) {
            rules.push(rule.clone());
        } else if matches!(rule.check, Check::Require(_)) {
            rules.push(Rule {
                examples: Examples::default(),
                ..rule.clone()
            });
        }
    }
    let statement = |statement: &Statement| Statement {
        examples: if packs.contains(&statement.pack.as_str()) {
            statement.examples.clone()
        } else {
            Examples::default()
        },
        ..statement.clone()
    };
    let statements = policy.statements.iter().map(statement).collect();
    Policy {
        packs: Vec::new(),
        lexicons: policy.lexicons.clone(),
        statements,
        rules,
        language: policy.language.clone(),
    }
}

fn untrue(failure: &trial::Failure) -> Finding {
    let message = format!("{}: {}", failure.rule, failure.message);
    let mut help = failure.why.clone();
    help.push("Change the example or the rule; `caveat policy test` runs the examples.".to_owned());
    let mut finding = own::POLICY.mistake(
        Some(Arc::clone(&failure.file)),
        &Mistake::new(failure.span, message).help(help.join("\n")),
    );
    // It begins with the name of the rule, which has no capital.
    finding.say(format!("{}: {}", failure.rule, failure.message));
    finding
}

fn policy(request: &Request) -> Result<Policy, Vec<Finding>> {
    load(request).map_err(|mistakes| mistakes.iter().map(own::policy_finding).collect())
}

/// The policy of `settings`, for listing.
///
/// # Errors
/// What is wrong with the packs or with the severities set.
pub fn policy_of(settings: &Settings) -> Result<Policy, Vec<Finding>> {
    let request = request(settings, &[], &[]);
    let mut policy = named(settings).and_then(|()| policy(&request))?;
    severities::lay(&mut policy, &request, settings)?;
    Ok(policy)
}

/// The full name that a rule has, and those it had.
pub(super) fn names(rule: &Rule) -> impl Iterator<Item = String> {
    std::iter::once(rule.full_name()).chain(rule.was.iter().cloned())
}

/// Every pack that ships, and these.
pub(super) fn every_pack(besides: &[PackRef]) -> Request {
    let embedded = crate::policy::names()
        .into_iter()
        .map(|name| PackRef::Name(name.to_owned()));
    Request {
        markets: crate::config::MARKETS.map(str::to_owned).to_vec(),
        policies: besides.iter().cloned().chain(embedded).collect(),
    }
}
