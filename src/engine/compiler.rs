//! Owns turning a policy's terms, frames and rules into sets of lexicons.

use super::checks::Pattern;
use super::claims::{Classes, Row};
use super::compile::{Entry, Kind, Rule, SeverityRow, Use};
use super::frame::{Frame, Role};
use super::guards::Cues;
use super::meanings::{Listed, Mark, includers};
use super::presence::Near;
use super::scan::Scanner;
use super::set::IdSet;
use super::vocabulary::{Marked, Vocabulary};
use crate::document::scopes;
use crate::finding::{Product, RuleInfo};
use crate::policy::model::{self, Check, Guard, Lexicon, LexiconId, Phrase, Steps, Terms, Within};
use crate::text::Abbreviations;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Gathers lexicons: the policy's, and one without a name for each list of words that a policy names in place.
pub(super) struct Compiler<'p> {
    /// The policy's own lexicons.
    named: &'p [Lexicon],
    /// The phrases of those without a name; they are numbered after the named ones.
    extra: Vec<&'p [Phrase]>,
    /// The nameless lexicons by their phrases.
    nameless: FxHashMap<Vec<&'p Steps>, LexiconId>,
    /// The lexicons that something in force asks for.
    asked: IdSet,
    /// The lexicons whose phrases something in force counts over a whole document.
    pub(super) counted: IdSet,
    /// The texts that rules ask for word for word.
    pub(super) fixed: Vec<&'p str>,
}

impl<'p> Compiler<'p> {
    pub(super) fn new(named: &'p [Lexicon]) -> Self {
        Self {
            named,
            extra: Vec::new(),
            nameless: FxHashMap::default(),
            asked: IdSet::default(),
            counted: IdSet::default(),
            fixed: Vec::new(),
        }
    }

    /// Asks for every named lexicon, whatever rules say.
    pub(super) fn ask_for_all(&mut self) {
        (0..self.named.len()).for_each(|lexicon| self.asked.insert(lexicon));
    }

    /// A lexicon without a name for words that a policy names in place.
    pub(super) fn words_of(&mut self, phrases: &'p [Phrase]) -> LexiconId {
        let words = phrases.iter().map(|phrase| &phrase.steps).collect();
        let next = self.named.len() + self.extra.len();
        let known = *self.nameless.entry(words).or_insert(next);
        if known == next {
            self.extra.push(phrases);
            self.asked.insert(known);
        }
        known
    }

    pub(super) fn terms(&mut self, terms: &'p Terms) -> IdSet {
        let mut out = IdSet::default();
        for lexicon in &terms.lexicons {
            self.asked.insert(*lexicon);
            out.insert(*lexicon);
        }
        if !terms.phrases.is_empty() {
            out.insert(self.words_of(&terms.phrases));
        }
        out
    }

    pub(super) fn cues(&mut self, cues: &'p model::GuardCues) -> Cues {
        Cues {
            cues: self.terms(&cues.cues),
            traps: self.terms(&cues.traps),
            stops: self.terms(&cues.stops),
            joins: self.terms(&cues.joins),
            reach: cues.reach,
            addresses: cues.addresses.clone(),
            placeholders: cues.placeholders.clone(),
            openers: self.terms(&cues.openers),
        }
    }

    /// The number of a text that is asked for word for word.
    pub(super) fn fixed(&mut self, text: &'p str) -> u32 {
        let known = self.fixed.iter().position(|known| *known == text);
        let number = known.unwrap_or(self.fixed.len());
        if known.is_none() {
            self.fixed.push(text);
        }
        number as u32
    }

    fn near(&mut self, beside: Option<&'p model::Beside>) -> Option<Near> {
        let beside = beside?;
        let terms = self.terms(&beside.terms);
        if beside.within == Within::Document {
            self.counted.extend(&terms);
        }
        Some(Near {
            terms,
            within: beside.within,
            at_least: beside.at_least,
        })
    }

    pub(super) fn frame(&mut self, frame: &'p model::Frame) -> Frame {
        let roles = frame.roles.iter();
        let roles = roles
            .map(|role| Role::new(role, self.terms(&role.terms)))
            .collect();
        Frame {
            roles,
            ordered: frame.ordered,
            whole_sentence: frame.within > Within::Clause,
            apart: frame.apart,
            unless: self.terms(&frame.unless),
        }
    }

    /// What claims are read by.
    pub(super) fn classes(&mut self, claims: &'p model::Claims) -> Classes {
        let mut roles = Vec::new();
        for lexicon in claims.lexicons() {
            roles.resize_with(self.named.len().max(roles.len()), || None);
            let Some(named) = self.named.get(lexicon) else {
                continue;
            };
            let label: Arc<str> = named.label.as_deref().unwrap_or_default().into();
            roles[lexicon] = Some(Role {
                name: named.name.clone(),
                label,
                ..Role::default()
            });
        }
        let mut by_product = |all: &'p [(Product, Terms)]| {
            let each = all.iter();
            each.map(|(kind, terms)| (*kind, self.terms(terms))).collect()
        };
        let mut classes = Classes {
            subjects: by_product(&claims.subjects),
            people: by_product(&claims.people),
            acts: self.terms(&claims.acts),
            helping: self.terms(&claims.helping),
            holding: self.terms(&claims.holding),
            nouns: self.terms(&claims.nouns),
            prepositions: self.terms(&claims.prepositions),
            happens: self.terms(&claims.happens),
            absence: self.terms(&claims.absence),
            absence_after: self.terms(&claims.absence_after),
            suits: self.terms(&claims.suits),
            suits_after: self.terms(&claims.suits_after),
            alone: self.terms(&claims.alone),
            targets: self.terms(&claims.targets),
            determiners: self.terms(&claims.determiners),
            instructing: self.terms(&claims.instructing),
            be: self.terms(&claims.be),
            joins: self.terms(&claims.joins),
            breaks: self.terms(&claims.breaks),
            voids: self.terms(&claims.voids),
            chains: self.terms(&claims.chains),
            chained: self.terms(&claims.chained),
            first_person: self.terms(&claims.first_person),
            roles,
            ..Classes::default()
        };
        classes.settle(self.named.len() + self.extra.len());
        classes
    }

    /// A row. Claims name the smallest classes, so a lexicon stands for all that it includes and is not looked for itself.
    fn row(&mut self, when: &'p model::When) -> Row {
        let classes = |terms: &Terms| {
            let mut all = IdSet::default();
            let named = terms.lexicons.iter();
            named
                .flat_map(|lexicon| parts(self.named, *lexicon))
                .for_each(|part| all.insert(part));
            all
        };
        Row {
            effect: classes(&when.effect),
            target: classes(&when.target),
            subject: classes(&when.subject),
            standing: when.standing.clone(),
            shape: when.shape.clone(),
            speaker: when.speaker,
            mood: when.mood,
            with: self.terms(&when.with),
            without: self.terms(&when.without),
        }
    }

    /// A frame that any of some words makes.
    fn one_role(&mut self, terms: &'p Terms, unless: &'p Terms) -> Frame {
        let role = Role {
            name: "words".into(),
            terms: self.terms(terms),
            ..Role::default()
        };
        Frame {
            roles: vec![role],
            ordered: false,
            whole_sentence: false,
            apart: 0,
            unless: self.terms(unless),
        }
    }

    pub(super) fn rule(&mut self, rule: &'p model::Rule, rules: &mut Vec<Rule>, entries: &mut Vec<Entry>) {
        let number = rules.len() as u32;
        let mut entry = |frame, used| {
            entries.push(Entry {
                rule: number,
                used,
                frame,
            });
        };
        let mut add = |compiler: &mut Self, frames: &'p [model::Frame], used| {
            frames.iter().for_each(|frame| entry(compiler.frame(frame), used));
        };
        let check = match &rule.check {
            Check::Claim(frames) => {
                add(self, frames, Use::Trigger);
                Kind::Claim {
                    patterns: Vec::new(),
                    unless: IdSet::default(),
                }
            }
            Check::Forbid(forbid) => {
                if !forbid.terms.is_empty() {
                    entry(self.one_role(&forbid.terms, &forbid.unless), Use::Trigger);
                }
                let patterns = forbid.patterns.iter();
                Kind::Claim {
                    patterns: patterns.map(|(text, _)| Pattern::new(text)).collect(),
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
                    found: require.found.clone(),
                    at_least: require.at_least,
                    at_least_of_blurbs: require.at_least_of_blurbs,
                    per_thousand: require.per_thousand,
                    min_words: require.min_words,
                    running_words: require.running_words,
                    statements: require.statements.iter().map(|at| *at as u32).collect(),
                    exact: require.exact.iter().map(|text| self.fixed(text)).collect(),
                    place: require.place,
                }
            }
            Check::When(when) => Kind::When(Box::new(self.row(when))),
            Check::Number(number) => {
                entry(self.one_role(&number.with, &number.unless), Use::Trigger);
                let mut units = |units: &'p [(Phrase, f64)]| {
                    let unit = |(phrase, factor): &'p (Phrase, f64)| {
                        (self.words_of(std::slice::from_ref(phrase)), *factor)
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
            instead_for: rule
                .instead_for
                .iter()
                .map(|row| (row.products.clone(), row.instead.as_slice().into()))
                .collect(),
            severity: rule.severity,
            severity_for,
            beside: self.near(rule.applies.beside.as_ref()),
            not_beside: self.near(rule.applies.not_beside.as_ref()),
            blocks: scopes(rule.applies.blocks.iter().map(String::as_str)),
            not_blocks: scopes(rule.applies.not_blocks.iter().map(String::as_str)),
            applies: rule.applies.clone(),
            guards: Guard::ALL
                .iter()
                .copied()
                .filter(|guard| rule.guards.contains(guard))
                .collect(),
            check,
        });
    }

    /// The scanner over all lexicons asked for, and the `index` that comes of how many phrases each has with what it
    /// includes. Words that no rule in force asks for are not looked for.
    pub(super) fn scanner(
        self,
        language: &model::Language,
        clause_marks: LexiconId,
        counted: &IdSet,
        classes: &Classes,
        index: impl FnOnce(&[usize]) -> Vec<Vec<u32>>,
    ) -> (Scanner, Vec<Vec<u32>>) {
        let count = self.named.len() + self.extra.len();
        let listed = |of: LexiconId| {
            let lexicon = of as u32;
            let asked = self.asked.has(lexicon);
            asked.then(|| Listed::new(of, counted.has(lexicon), classes.begins(lexicon)))
        };
        let mut includers = includers(self.named, count, listed);
        let lens = self.named.iter().map(|lexicon| lexicon.phrases.len());
        let lens = lens.chain(self.extra.iter().map(|phrases| phrases.len()));
        let mut sizes = vec![0; count];
        for (len, part_of) in lens.zip(&includers) {
            part_of.iter().for_each(|of| sizes[of.lexicon() as usize] += len);
        }
        let index = index(&sizes);
        let leads = |of: &&mut Listed| !index[of.lexicon() as usize].is_empty();
        let leading = includers.iter_mut().flatten().filter(leads);
        leading.for_each(|of| *of = of.leading());
        let marked = |lexicon: LexiconId, except: bool| {
            let mark = Mark { lexicon, except };
            let words = self.named.get(lexicon);
            let words = words.map(|named| if except { &named.except } else { &named.phrases });
            let extra = || self.extra.get(lexicon - self.named.len()).filter(|_| !except);
            Marked {
                mark,
                listed: words.map_or_else(|| extra().map_or(&[][..], |extra| extra), |words| &words.listed),
                file: words.and_then(|words| words.file),
            }
        };
        let looked_for = (0..count).filter(|at| !includers[*at].is_empty());
        let marked = looked_for.flat_map(|at| [marked(at, false), marked(at, true)]);
        let numerals: Vec<&str> = language.numbers.iter().map(|(word, _)| word.as_str()).collect();
        let vocabulary = Vocabulary::new(&numerals, &includers, marked);
        let numbers = language
            .numbers
            .iter()
            .map(|(word, value)| (vocabulary.word(word.as_str()), *value))
            .collect();
        let abbreviations = Abbreviations::new(&language.abbreviations);
        (
            Scanner {
                vocabulary,
                abbreviations,
                clause_marks,
                numbers,
            },
            index,
        )
    }
}

fn info(rule: &model::Rule) -> RuleInfo {
    RuleInfo {
        name: rule.full_name(),
        was: rule.was.clone(),
        market: rule.market.clone(),
        category: rule.category,
        message: rule.message.clone(),
        help: rule.help.clone(),
        instead: rule.instead.clone(),
        sources: rule.sources.clone(),
    }
}

/// A lexicon and all that it includes.
fn parts(lexicons: &[Lexicon], of: LexiconId) -> Vec<LexiconId> {
    let mut out = vec![of];
    let mut at = 0;
    while let Some(lexicon) = out.get(at).and_then(|part| lexicons.get(*part)) {
        out.extend(&lexicon.include);
        at += 1;
    }
    out
}
