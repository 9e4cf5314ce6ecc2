//! Owns compiling: a policy's lexicons become one vocabulary, its frames sets of lexicons, and an index says
//! which frames a word can begin.

use super::checks::{FixedTexts, Pattern};
use super::claims::{Classes, Row};
use super::compiler::Compiler;
use super::frame::{Frame, Role};
use super::guards::Cues;
use super::presence::Near;
use super::scan::Scanner;
use super::set::IdSet;
use crate::document::Scopes;
use crate::finding::{Called, Category, Page, Product, RuleInfo, Severity, called};
use crate::policy::model::{self, Guard, Measure, Place, Policy, Within};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A rule, compiled.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) info: Arc<RuleInfo>,
    /// Wordings by kind of product.
    pub(super) instead_for: Vec<(Vec<Product>, Arc<[String]>)>,
    pub(super) severity: Option<Severity>,
    pub(super) severity_for: Vec<SeverityRow>,
    pub(super) applies: model::Applies,
    /// The kinds of blocks that it speaks of, all where there are none, and those that it does not speak of.
    pub(super) blocks: Scopes,
    pub(super) not_blocks: Scopes,
    pub(super) beside: Option<Near>,
    pub(super) not_beside: Option<Near>,
    pub(super) guards: Vec<Guard>,
    pub(super) check: Kind,
}

/// A row of `severity-for`.
#[derive(Debug)]
pub(super) struct SeverityRow {
    pub(super) products: Vec<Product>,
    pub(super) pages: Vec<Page>,
    pub(super) beside: Option<Near>,
    pub(super) severity: Option<Severity>,
}

/// What is left of a check when its frames are in the index.
#[derive(Debug)]
pub(super) enum Kind {
    /// `forbid` and `claim`: every match is a candidate. Patterns are searched besides.
    Claim { patterns: Vec<Pattern>, unless: IdSet },
    /// A candidate unless a qualifier stands near.
    Qualify { within: Within },
    /// A duty.
    Require {
        found: model::Found,
        at_least: u32,
        at_least_of_blurbs: u32,
        per_thousand: u32,
        min_words: u32,
        running_words: u32,
        /// Statements that meet it, which are rules too.
        statements: Vec<u32>,
        /// Numbers of fixed texts.
        exact: Vec<u32>,
        place: Place,
    },
    /// What copy may say, and the duties that it meets: never a candidate.
    Statement { meets: Vec<Category>, exact: Vec<u32> },
    /// A candidate if the arithmetic says so.
    Number(Box<super::checks::Quantity>),
    /// A row of its market's table.
    When(Box<Row>),
}

/// What a frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// A match is a candidate (`forbid`, `claim`, `number`), or asks for a qualifier, or creates a duty.
    Trigger,
    /// A match qualifies or satisfies.
    Answer,
}

/// A frame of a rule.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) rule: u32,
    pub(super) used: Use,
    pub(super) frame: Frame,
}

/// All that decides where a frame is found: its use, the lexicons of its roles, and how they meet.
pub(super) type Shape<'f> = (bool, Vec<&'f IdSet>, (bool, bool, u32), &'f IdSet);

impl Entry {
    pub(super) fn shape(&self) -> Shape<'_> {
        let frame = &self.frame;
        let roles = frame.roles.iter().map(|role| &role.terms).collect();
        let meet = (frame.ordered, frame.whole_sentence, frame.apart);
        (self.used == Use::Answer, roles, meet, &frame.unless)
    }
}

/// A policy compiled for matching. Immutable; shared between threads.
#[derive(Debug)]
pub struct Ruleset {
    /// Which it is of all that were compiled.
    pub(super) number: u64,
    pub(super) scanner: Scanner,
    pub(super) rules: Vec<Rule>,
    pub(super) entries: Vec<Entry>,
    /// Entries whose frames are found in the same places: rules that owe the same thing on different pages list the
    /// same frames, and each is looked for once.
    pub(super) alike: Vec<Vec<u32>>,
    /// For each lexicon which of `alike` have a frame whose rarest role it can play.
    pub(super) index: Vec<Vec<u32>>,
    /// The lexicons whose phrases are counted over a whole document.
    pub(super) counted: IdSet,
    /// The texts that rules ask for word for word.
    pub(super) fixed: FixedTexts,
    /// Rules with patterns.
    pub(super) with_patterns: Vec<u32>,
    pub(super) guards: FxHashMap<Guard, Cues>,
    pub(super) products: Vec<Tells>,
    pub(super) pages: Vec<PageRow>,
    /// What claims are read by; nothing where no row judges them.
    pub(super) classes: Classes,
    /// The judgement tables, one a market: rows in order.
    pub(super) tables: Vec<Vec<u32>>,
}

/// How many were compiled.
static NUMBERS: AtomicU64 = AtomicU64::new(0);

/// What tells a kind of product, compiled.
#[derive(Debug)]
pub(super) struct Tells {
    pub(super) kind: Product,
    pub(super) weak: IdSet,
    pub(super) strong: IdSet,
    pub(super) against: IdSet,
    pub(super) subjects: IdSet,
    pub(super) at_least: u32,
}

/// A row of the table of pages, compiled.
#[derive(Debug)]
pub(super) struct PageRow {
    pub(super) page: Page,
    pub(super) when: Vec<Sign>,
    pub(super) blurbs: bool,
}

/// How much of a measure there is to be, compiled.
#[derive(Debug)]
pub(super) struct Sign {
    pub(super) of: Measure,
    /// The words that are measured, if any are.
    pub(super) terms: IdSet,
    pub(super) from: u32,
    pub(super) up_to: u32,
}

impl Ruleset {
    /// Compiles the rules of `policy` that are in force on `as_of`, and the lexicons that they ask for.
    pub fn new(policy: &Policy, as_of: Date) -> Self {
        Self::compiled(policy, as_of, Compiler::new(&policy.lexicons))
    }

    /// As [`Self::new`], and looks for the words of every lexicon.
    pub(super) fn with_all_lexicons(policy: &Policy, as_of: Date) -> Self {
        let mut compiler = Compiler::new(&policy.lexicons);
        compiler.ask_for_all();
        Self::compiled(policy, as_of, compiler)
    }

    fn compiled<'p>(policy: &'p Policy, as_of: Date, mut compiler: Compiler<'p>) -> Self {
        let language = &policy.language;
        let clause_marks = compiler.words_of(&language.clause_marks);
        let guards = language
            .guards
            .iter()
            .map(|(guard, cues)| (*guard, compiler.cues(cues)))
            .collect();
        let products = language
            .products
            .iter()
            .map(|cues| compiler.tells(cues))
            .collect();
        let pages = language.pages.iter().map(|row| compiler.page_row(row)).collect();
        let mut rules = Vec::new();
        let mut entries = Vec::new();
        let judges = |rule: &&model::Rule| matches!(rule.check, model::Check::When(_));
        for statement in &policy.statements {
            compiler.statement(statement, &mut rules, &mut entries);
        }
        for rule in policy.rules.iter().filter(|rule| in_force(rule, as_of)) {
            compiler.rule(rule, &mut rules, &mut entries);
        }
        let tables = tables(&rules);
        let classes = match policy.rules.iter().any(|rule| judges(&rule)) {
            true => compiler.classes(&language.claims),
            false => Classes::default(),
        };
        let fixed = std::mem::take(&mut compiler.fixed);
        let counted = std::mem::take(&mut compiler.counted);
        let alike = alike(&entries);
        let index = |sizes: &[usize]| index(&entries, &alike, sizes);
        let (scanner, index) = compiler.scanner(language, clause_marks, &counted, &classes, index);
        let fixed = FixedTexts::new(&fixed, &scanner.vocabulary);
        let has_patterns =
            |rule: &Rule| matches!(&rule.check, Kind::Claim { patterns, .. } if !patterns.is_empty());
        let with_patterns = (0..rules.len() as u32)
            .filter(|at| has_patterns(&rules[*at as usize]))
            .collect();
        Self {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            scanner,
            rules,
            entries,
            alike,
            index,
            counted,
            fixed,
            with_patterns,
            guards,
            products,
            pages,
            classes,
            tables,
        }
    }
}

impl Ruleset {
    /// What a full name is to the rules that judge.
    pub fn called(&self, name: &str) -> Called {
        let judges = |rule: &&Rule| !matches!(rule.check, Kind::Statement { .. });
        let rules = self.rules.iter().filter(judges);
        let names = rules.map(|rule| (&rule.info.name, rule.info.was.as_slice()));
        called(names, name)
    }
}

/// The rows of each market, in order of policy.
fn tables(rules: &[Rule]) -> Vec<Vec<u32>> {
    let mut tables: Vec<(&str, Vec<u32>)> = Vec::new();
    for (number, rule) in (0..).zip(rules) {
        if !matches!(rule.check, Kind::When(_)) {
            continue;
        }
        let market = rule.info.market.as_str();
        match tables.iter_mut().find(|(known, _)| *known == market) {
            Some((_, rows)) => rows.push(number),
            None => tables.push((market, vec![number])),
        }
    }
    tables.into_iter().map(|(_, rows)| rows).collect()
}

/// Whether a rule says anything on a day. A row that is off keeps its claims from the rows below it.
fn in_force(rule: &model::Rule, as_of: Date) -> bool {
    let speaks = rule.severity.is_some()
        || rule.severity_for.iter().any(|row| row.severity.is_some())
        || matches!(rule.check, model::Check::When(_));
    speaks && rule.from.is_none_or(|from| from <= as_of) && rule.until.is_none_or(|until| as_of <= until)
}

/// The entries of each shape, in order.
fn alike(entries: &[Entry]) -> Vec<Vec<u32>> {
    let mut known: FxHashMap<Shape<'_>, usize> = FxHashMap::default();
    let mut alike: Vec<Vec<u32>> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let place = *known.entry(entry.shape()).or_insert(alike.len());
        if place == alike.len() {
            alike.push(Vec::new());
        }
        alike[place].push(at as u32);
    }
    alike
}

/// Puts entries under the lexicons of their rarest role, the one with the fewest phrases.
fn index(entries: &[Entry], alike: &[Vec<u32>], sizes: &[usize]) -> Vec<Vec<u32>> {
    let mut index = vec![Vec::new(); sizes.len()];
    for (at, same) in alike.iter().enumerate() {
        let size = |role: &&Role| role.terms.iter().map(|lexicon| sizes[lexicon]).sum::<usize>();
        let frame = same.first().map(|entry| &entries[*entry as usize].frame);
        if let Some(rarest) = frame.and_then(|frame| frame.roles.iter().min_by_key(size)) {
            rarest
                .terms
                .iter()
                .for_each(|lexicon| index[lexicon].push(at as u32));
        }
    }
    index
}
