//! Owns compiling: a policy's lexicons become one vocabulary, its frames sets of lexicons, and an index says
//! which frames a word can begin.

use super::frame::{Frame, LexiconSet, Role};
use super::guards::Cues;
use super::presence::Near;
use super::scan::Scanner;
use super::vocabulary::Vocabulary;
use crate::finding::{Page, Product, RuleInfo, Severity};
use crate::policy::model::{self, Check, Guard, Lexicon, LexiconId, Place, Policy, Terms, Within};
use crate::text::Abbreviations;
use jiff::civil::Date;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A rule, compiled.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) info: Arc<RuleInfo>,
    pub(super) severity: Option<Severity>,
    pub(super) severity_for: Vec<SeverityRow>,
    pub(super) applies: model::Applies,
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
    Claim {
        patterns: Vec<Regex>,
        unless: LexiconSet,
    },
    /// A candidate unless a qualifier stands near.
    Qualify { within: Within },
    /// A duty.
    Require {
        at_least: u32,
        min_words: u32,
        exact: Vec<String>,
        place: Place,
    },
    /// A candidate if the arithmetic says so.
    Number(Box<super::checks::Quantity>),
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

/// A policy compiled for matching. Immutable; shared between threads.
#[derive(Debug)]
pub struct Ruleset {
    pub(super) scanner: Scanner,
    pub(super) rules: Vec<Rule>,
    pub(super) entries: Vec<Entry>,
    /// For each lexicon the entries whose rarest role it can play.
    pub(super) index: Vec<Vec<u32>>,
    /// Rules with patterns.
    pub(super) with_patterns: Vec<u32>,
    pub(super) guards: FxHashMap<Guard, Cues>,
    pub(super) products: Vec<Tells<Product>>,
    pub(super) pages: Vec<Tells<Page>>,
}

/// What tells a kind of product or page, compiled.
#[derive(Debug)]
pub(super) struct Tells<K> {
    pub(super) kind: K,
    pub(super) weak: LexiconSet,
    pub(super) strong: LexiconSet,
    pub(super) against: LexiconSet,
    pub(super) at_least: u32,
}

impl Ruleset {
    /// Compiles the rules of `policy` that are in force on `as_of`.
    pub fn new(policy: &Policy, as_of: Date) -> Self {
        let mut compiler = Compiler {
            lexicons: policy.lexicons.clone(),
        };
        let language = &policy.language;
        let clause_marks = compiler.words_of(language.clause_marks.clone());
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
        let pages = language.pages.iter().map(|cues| compiler.tells(cues)).collect();
        let mut rules = Vec::new();
        let mut entries = Vec::new();
        for rule in policy.rules.iter().filter(|rule| in_force(rule, as_of)) {
            compiler.rule(rule, &mut rules, &mut entries);
        }
        let (scanner, sizes) = compiler.scanner(language, clause_marks);
        let index = index(&entries, &sizes);
        let has_patterns =
            |rule: &Rule| matches!(&rule.check, Kind::Claim { patterns, .. } if !patterns.is_empty());
        let with_patterns = (0..rules.len() as u32)
            .filter(|at| has_patterns(&rules[*at as usize]))
            .collect();
        Self {
            scanner,
            rules,
            entries,
            index,
            with_patterns,
            guards,
            products,
            pages,
        }
    }
}

fn in_force(rule: &model::Rule, as_of: Date) -> bool {
    let speaks = rule.severity.is_some() || rule.severity_for.iter().any(|row| row.severity.is_some());
    speaks && rule.from.is_none_or(|from| from <= as_of) && rule.until.is_none_or(|until| as_of <= until)
}

/// Puts each entry under the lexicons of its rarest role, the one with the fewest phrases.
fn index(entries: &[Entry], sizes: &[usize]) -> Vec<Vec<u32>> {
    let mut index = vec![Vec::new(); sizes.len()];
    for (at, entry) in entries.iter().enumerate() {
        let size = |role: &&Role| role.terms.iter().map(|lexicon| sizes[lexicon]).sum::<usize>();
        if let Some(rarest) = entry.frame.roles.iter().min_by_key(size) {
            rarest
                .terms
                .iter()
                .for_each(|lexicon| index[lexicon].push(at as u32));
        }
    }
    index
}

struct Compiler {
    lexicons: Vec<Lexicon>,
}

impl Compiler {
    /// A lexicon without a name for words that a policy names in place.
    fn words_of(&mut self, phrases: Vec<model::Phrase>) -> LexiconId {
        let same = |lexicon: &Lexicon| lexicon.name.is_empty() && lexicon.phrases == phrases;
        if let Some(at) = self.lexicons.iter().rposition(same) {
            return at;
        }
        let (name, label, except, include) = (String::new(), None, Vec::new(), Vec::new());
        self.lexicons.push(Lexicon {
            name,
            label,
            phrases,
            except,
            include,
        });
        self.lexicons.len() - 1
    }

    fn terms(&mut self, terms: &Terms) -> LexiconSet {
        let mut out = LexiconSet::default();
        terms.lexicons.iter().for_each(|lexicon| out.insert(*lexicon));
        if !terms.phrases.is_empty() {
            out.insert(self.words_of(terms.phrases.clone()));
        }
        out
    }

    fn cues(&mut self, cues: &model::GuardCues) -> Cues {
        Cues {
            cues: self.terms(&cues.cues),
            traps: self.terms(&cues.traps),
            stops: self.terms(&cues.stops),
            reach: cues.reach,
        }
    }

    fn tells<K: Copy>(&mut self, cues: &model::Cues<K>) -> Tells<K> {
        Tells {
            kind: cues.kind,
            weak: self.terms(&cues.weak),
            strong: self.terms(&cues.strong),
            against: self.terms(&cues.against),
            at_least: cues.at_least,
        }
    }

    fn near(&mut self, beside: Option<&model::Beside>) -> Option<Near> {
        let beside = beside?;
        Some(Near {
            terms: self.terms(&beside.terms),
            within: beside.within,
            at_least: beside.at_least,
        })
    }

    fn frame(&mut self, frame: &model::Frame) -> Frame {
        let roles = frame.roles.iter().map(|role| Role {
            name: role.name.clone(),
            label: role.label.clone(),
            terms: self.terms(&role.terms),
        });
        let roles = roles.collect();
        Frame {
            roles,
            ordered: frame.ordered,
            whole_sentence: frame.within > Within::Clause,
            apart: frame.apart,
            unless: self.terms(&frame.unless),
        }
    }

    fn rule(&mut self, rule: &model::Rule, rules: &mut Vec<Rule>, entries: &mut Vec<Entry>) {
        let number = rules.len() as u32;
        let mut add = |compiler: &mut Self, frames: &[model::Frame], used| {
            let frames = frames.iter().map(|frame| Entry {
                rule: number,
                used,
                frame: compiler.frame(frame),
            });
            entries.extend(frames);
        };
        let check = match &rule.check {
            Check::Claim(frames) => {
                add(self, frames, Use::Trigger);
                Kind::Claim {
                    patterns: Vec::new(),
                    unless: LexiconSet::default(),
                }
            }
            Check::Forbid(forbid) => {
                if !forbid.terms.is_empty() {
                    add(self, &[one_role(&forbid.terms, &forbid.unless)], Use::Trigger);
                }
                let patterns = forbid
                    .patterns
                    .iter()
                    .filter_map(|(pattern, _)| compile_pattern(pattern));
                Kind::Claim {
                    patterns: patterns.collect(),
                    unless: self.terms(&forbid.unless),
                }
            }
            Check::Qualify(qualify) => {
                add(self, &qualify.when, Use::Trigger);
                add(self, &qualify.needs, Use::Answer);
                Kind::Qualify {
                    within: qualify.within,
                }
            }
            Check::Require(require) => {
                add(self, &require.when, Use::Trigger);
                add(self, &require.statement, Use::Answer);
                Kind::Require {
                    at_least: require.at_least,
                    min_words: require.min_words,
                    exact: require.exact.clone(),
                    place: require.place,
                }
            }
            Check::Number(number) => {
                add(self, &[one_role(&number.with, &number.unless)], Use::Trigger);
                let mut units = |units: &[(model::Phrase, f64)]| {
                    let unit = |(phrase, factor): &(model::Phrase, f64)| {
                        (self.words_of(vec![phrase.clone()]), *factor)
                    };
                    units.iter().map(unit).collect()
                };
                let (amount, period) = (units(&number.amount), units(&number.period));
                Kind::Number(Box::new(super::checks::Quantity::new(number, amount, period)))
            }
        };
        let severity_for = rule.severity_for.iter().map(|row| SeverityRow {
            products: row.products.clone(),
            pages: row.pages.clone(),
            beside: self.near(row.beside.as_ref()),
            severity: row.severity,
        });
        let severity_for = severity_for.collect();
        rules.push(Rule {
            info: Arc::new(info(rule)),
            severity: rule.severity,
            severity_for,
            beside: self.near(rule.applies.beside.as_ref()),
            not_beside: self.near(rule.applies.not_beside.as_ref()),
            applies: rule.applies.clone(),
            guards: Guard::ALL
                .into_iter()
                .filter(|guard| rule.guards.contains(guard))
                .collect(),
            check,
        });
    }

    /// The scanner over all lexicons gathered, and how many phrases each has with what it includes.
    fn scanner(self, language: &model::Language, clause_marks: LexiconId) -> (Scanner, Vec<usize>) {
        let includers = includers(&self.lexicons);
        let mut sizes = vec![0; self.lexicons.len()];
        for (lexicon, part_of) in self.lexicons.iter().zip(&includers) {
            part_of.iter().for_each(|of| sizes[*of] += lexicon.phrases.len());
        }
        let mut vocabulary = Vocabulary::new(&self.lexicons, &includers);
        let numbers = language
            .numbers
            .iter()
            .map(|(word, value)| (vocabulary.intern(word), *value))
            .collect();
        let abbreviations = Abbreviations::new(&language.abbreviations);
        (
            Scanner {
                vocabulary,
                abbreviations,
                clause_marks,
                numbers,
            },
            sizes,
        )
    }
}

fn info(rule: &model::Rule) -> RuleInfo {
    RuleInfo {
        name: format!("{}/{}", rule.pack, rule.id),
        market: rule.market.clone(),
        category: rule.category,
        message: rule.message.clone(),
        help: rule.help.clone(),
        instead: rule.instead.clone(),
        sources: rule.sources.clone(),
    }
}

/// Patterns are over folded text, where classes need no Unicode; the loader has shown that they compile.
fn compile_pattern(pattern: &str) -> Option<Regex> {
    regex::RegexBuilder::new(&format!("(?-u:){pattern}"))
        .size_limit(1 << 20)
        .build()
        .ok()
}

fn one_role(terms: &Terms, unless: &Terms) -> model::Frame {
    let role = model::Role {
        name: "words".into(),
        label: String::new(),
        terms: terms.clone(),
    };
    model::Frame {
        roles: vec![role],
        ordered: false,
        within: Within::Clause,
        apart: 0,
        unless: unless.clone(),
    }
}

/// For each lexicon all lexicons of which it is a part, itself among them. Inclusion has no cycles: the loader
/// refuses them.
fn includers(lexicons: &[Lexicon]) -> Vec<Vec<LexiconId>> {
    let mut direct = vec![Vec::new(); lexicons.len()];
    for (at, lexicon) in lexicons.iter().enumerate() {
        lexicon.include.iter().for_each(|part| direct[*part].push(at));
    }
    let all = |start: LexiconId| {
        let mut out = vec![start];
        let mut at = 0;
        while let Some(lexicon) = out.get(at).copied() {
            let new: Vec<_> = direct[lexicon]
                .iter()
                .filter(|of| !out.contains(of))
                .copied()
                .collect();
            out.extend(new);
            at += 1;
        }
        out
    };
    (0..lexicons.len()).map(all).collect()
}
