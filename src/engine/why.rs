//! Owns telling why: what was read at a place, which rules speak there and which guards answer, and what a rule that is
//! silent lacks.

use super::claims::told::Told;
use super::compile::{Entry, Kind, Rule, Ruleset, Use};
use super::frame::{Frame, Room};
use super::judge::Case;
use super::scan::Hit;
use super::{Given, claims};
use crate::document::Document;
use crate::finding::{Finding, Page, Product};
use crate::text::{Source, Span};
use std::fmt;

/// A sentence as it was read.
#[derive(Debug)]
pub struct Read {
    /// Its place.
    pub span: Span<Source>,
    /// Its words.
    pub text: String,
    /// What kind of block it stands in.
    pub block: String,
    /// What it claims.
    pub claims: Vec<Told>,
    /// What rules say of it, each by itself; those that a guard silenced among them.
    pub said: Vec<Finding>,
    /// Rules that say nothing of it, with what they lack: the one that was asked for, or those of which all words stand
    /// there.
    pub silent: Vec<(String, Vec<Lack>)>,
}

/// What a rule lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It judges other products or pages than this one.
    Elsewhere(Product, Page),
    /// It judges other kinds of blocks.
    Block,
    /// Words that must stand near do not.
    Beside,
    /// Words that excuse it stand near.
    NotBeside,
    /// Its severity here is none.
    Severity,
    /// Words are missing: the label of each part that is, and those of the parts that stand there with their words.
    Words {
        /// Parts that nothing plays, each with the lexicons that could.
        missing: Vec<(String, Vec<u32>)>,
        /// Parts that stand there, with their words.
        there: Vec<(String, String)>,
    },
    /// All words stand there, and would meet if this were not.
    Apart(String),
    /// A claim was read, and this of it is none that the row judges.
    Claim(&'static str, String),
    /// A row above decides.
    Above(String),
    /// No claim was read: the effects that stand there, and the targets.
    NoClaim(Vec<String>, Vec<String>),
    /// The copy has so many words, and owes it from so many on.
    Short(u32, u32),
    /// A qualifier or the statement stands where it counts, or too few sentences ask for it.
    Met,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elsewhere(product, page) => {
                write!(
                    f,
                    "it does not judge such a page: product {product}, page {page}"
                )
            }
            Self::Block => f.write_str("it does not judge this kind of block"),
            Self::Beside => f.write_str("words that must stand near are missing"),
            Self::NotBeside => f.write_str("words that excuse it stand near"),
            Self::Severity => f.write_str("its severity for such a page is none"),
            Self::Words { missing, there } => {
                let missing: Vec<&str> = missing.iter().map(|(label, _)| label.as_str()).collect();
                write!(f, "no word {}", missing.join(", nor one that "))?;
                for (label, words) in there {
                    write!(f, "; \"{words}\" {label}")?;
                }
                Ok(())
            }
            Self::Apart(why) => write!(f, "its words stand there, {why}"),
            Self::Claim(part, is) => write!(f, "the {part} is none that it judges: {is}"),
            Self::Above(rule) => write!(f, "a row above it decides: {rule}"),
            Self::NoClaim(effects, targets) => {
                let list = |words: &[String]| match words {
                    [] => "none".to_owned(),
                    words => format!("\"{}\"", words.join("\", \"")),
                };
                write!(
                    f,
                    "no claim was read: effects {}; targets {}",
                    list(effects),
                    list(targets)
                )
            }
            Self::Short(words, least) => write!(
                f,
                "the copy has {words} words, and owes the statement from {least} on"
            ),
            Self::Met => f.write_str(
                "its words stand there, but a qualifier or the statement does too, or too few sentences ask for it",
            ),
        }
    }
}

impl Read {
    /// Why the rules that were asked for say nothing of it, a line each.
    pub(super) fn in_words(&self) -> Vec<String> {
        let silences = self.said.iter().filter_map(|finding| finding.silenced.as_ref());
        let guards =
            silences.map(|silence| format!("the guard `{}` speaks: {}", silence.guard, silence.because));
        let lacks = self.silent.iter().flat_map(|(_, lacks)| lacks);
        let lacks = guards.chain(lacks.map(ToString::to_string));
        lacks.map(|lack| format!("\"{}\": {lack}", self.text)).collect()
    }
}

impl Ruleset {
    /// What was read on a line, and why the rule of this full name is silent there; without a name, why those are of
    /// which all words stand there. Without a line every sentence is told.
    pub fn why(
        &self,
        document: &Document,
        given: &Given,
        line: Option<usize>,
        name: Option<&str>,
    ) -> Vec<Read> {
        let findings = self.unmerged(document, given);
        let case = self.case(document, given);
        let sentences = 0..case.scan.sentences.len() as u32;
        let on_line = sentences.filter(|at| case.stands_on(*at, line));
        on_line.map(|at| case.read(at, name, &findings)).collect()
    }
}

/// What takes one condition off a frame.
type Loosen<'f> = &'f dyn Fn(&mut Frame);

impl Case<'_, '_> {
    fn place(&self, at: u32) -> Option<Span<Source>> {
        let sentence = &self.scan.sentences[at as usize];
        let last = sentence.tokens.end.checked_sub(1)?;
        (sentence.tokens.start <= last).then(|| self.scan.source(sentence, sentence.tokens.start, last))
    }

    fn stands_on(&self, at: u32, line: Option<usize>) -> bool {
        let Some(place) = self.place(at) else {
            return false;
        };
        let file = &self.scan.document.file;
        let of = |at: u32| file.position(at).line;
        line.is_none_or(|line| (of(place.start)..=of(place.end)).contains(&line))
    }

    fn read(&self, at: u32, name: Option<&str>, findings: &[Finding]) -> Read {
        let sentence = &self.scan.sentences[at as usize];
        let place = self.place(at).unwrap_or(Span::empty(0));
        let here = |finding: &&Finding| place.start <= finding.span.start && finding.span.start < place.end;
        let asked = |finding: &&Finding| name.is_none_or(|name| finding.rule().name == name);
        let said: Vec<Finding> = findings.iter().filter(here).filter(asked).cloned().collect();
        let claims = self
            .spoken
            .claims
            .iter()
            .filter(|claim| claim.effect.sentence == at);
        let last = sentence.tokens.end - 1;
        Read {
            span: place,
            text: self.words(at, sentence.tokens.start, last),
            block: self.scan.block_of(sentence).kind.scope().to_owned(),
            claims: claims.map(|claim| self.told(claim)).collect(),
            silent: self.silent(at, name, &said),
            said,
        }
    }

    /// The rules that say nothing of a sentence, with what they lack.
    fn silent(&self, at: u32, name: Option<&str>, said: &[Finding]) -> Vec<(String, Vec<Lack>)> {
        let mut out = Vec::new();
        for (number, rule) in (0..).zip(&self.rules.rules) {
            let wanted = name.is_none_or(|name| name == rule.info.name);
            let speaks = said.iter().any(|finding| finding.rule().name == rule.info.name);
            if !wanted || speaks || matches!(rule.check, Kind::Statement { .. }) {
                continue;
            }
            let mut lacks = match &rule.check {
                // Very many are nearly told of every sentence.
                Kind::When(_) | Kind::Require { .. } if name.is_none() => continue,
                _ if name.is_none() && !self.context.suits(&rule.applies) => continue,
                Kind::When(_) => self.lacks_of_row(at, number),
                _ => self.lacks_of_frames(at, number, name.is_some()),
            };
            if name.is_none() && lacks.is_empty() {
                continue;
            }
            self.surroundings(at, rule, &mut lacks);
            if !lacks.is_empty() {
                out.push((rule.info.name.clone(), lacks));
            }
        }
        out
    }

    /// What speaks against a rule whatever the words.
    fn surroundings(&self, at: u32, rule: &Rule, lacks: &mut Vec<Lack>) {
        let holds = |near: &super::presence::Near| self.presence.holds(near, &self.scan, at);
        if let Kind::Require { min_words, .. } = rule.check
            && self.context.words < min_words
        {
            lacks.push(Lack::Short(self.context.words, min_words));
        }
        if !self.context.suits(&rule.applies) {
            let (product, page) = (self.context.product.kind, self.context.page.kind);
            lacks.push(Lack::Elsewhere(product, page));
        } else if rule.beside.as_ref().is_some_and(|near| !holds(near)) {
            lacks.push(Lack::Beside);
        } else if rule.not_beside.as_ref().is_some_and(holds) {
            lacks.push(Lack::NotBeside);
        } else if !self.applies(rule, at) {
            lacks.push(Lack::Block);
        } else if self.severity(rule, at).is_none() {
            lacks.push(Lack::Severity);
        }
    }

    /// What the frame that comes nearest lacks; where not all is told, only of frames all of whose words stand there.
    fn lacks_of_frames(&self, at: u32, number: u32, all: bool) -> Vec<Lack> {
        let hits = self.scan.hits_of(&self.scan.sentences[at as usize]);
        let entries = self.rules.entries.iter();
        let of_rule = |entry: &&Entry| entry.rule == number && entry.used == Use::Trigger;
        let tried = entries
            .filter(of_rule)
            .map(|entry| self.tried(at, &entry.frame, hits));
        let nearest = tried.min_by_key(|lack| match lack {
            Lack::Met => (0, 0),
            Lack::Words { missing, there } => (2 + missing.len(), usize::MAX - there.len()),
            _ => (1, 0),
        });
        nearest
            .filter(|lack| all || !matches!(lack, Lack::Words { .. }))
            .into_iter()
            .collect()
    }

    fn tried(&self, at: u32, frame: &Frame, hits: &[Hit]) -> Lack {
        let (mut missing, mut there) = (Vec::new(), Vec::new());
        for role in &frame.roles {
            let label = if role.label.is_empty() {
                "of those it looks for".to_owned()
            } else {
                role.label.to_string()
            };
            match role.players(hits, false).next() {
                Some(words) => there.push((label, self.words(at, words.first, words.last))),
                None => missing.push((label, role.terms.iter().map(|lexicon| lexicon as u32).collect())),
            }
        }
        if !missing.is_empty() {
            return Lack::Words { missing, there };
        }
        let meets = |frame: &Frame| {
            let mut room = Room::default();
            frame.find(&self.scan, hits, false, &mut room);
            !room.found.is_empty()
        };
        if meets(frame) {
            return Lack::Met;
        }
        let wide = |frame: &mut Frame| frame.apart = u32::MAX / 2;
        let across = |frame: &mut Frame| frame.whole_sentence = true;
        let far = format!("more than {} words apart", frame.apart);
        let loosened: [(String, Vec<Loosen<'_>>); 5] = [
            (far.clone(), vec![&wide]),
            ("in different clauses".to_owned(), vec![&across]),
            (
                "in another order".to_owned(),
                vec![&|frame: &mut Frame| frame.ordered = false],
            ),
            (
                "and others that excuse them".to_owned(),
                vec![&|frame: &mut Frame| frame.unless = Default::default()],
            ),
            (format!("in different clauses and {far}"), vec![&wide, &across]),
        ];
        let reason = loosened.into_iter().find(|(_, loosen)| {
            let mut looser = frame.clone();
            loosen.iter().for_each(|loosen| loosen(&mut looser));
            meets(&looser)
        });
        Lack::Apart(reason.map_or_else(|| "but do not meet".to_owned(), |(why, _)| why))
    }

    /// What a row of a judgement table lacks: of the claim that comes nearest.
    fn lacks_of_row(&self, at: u32, number: u32) -> Vec<Lack> {
        let here = self
            .spoken
            .claims
            .iter()
            .filter(|claim| claim.effect.sentence == at);
        let tried = here.map(|claim| self.lacks_of_claim(claim, number));
        tried
            .min_by_key(Vec::len)
            .unwrap_or_else(|| vec![self.no_claim(at)])
    }

    fn lacks_of_claim(&self, claim: &claims::Claim, number: u32) -> Vec<Lack> {
        let Kind::When(row) = &self.rules.rules[number as usize].check else {
            return Vec::new();
        };
        let class = |term: Option<claims::Term>| {
            let of = |term: claims::Term| {
                let words = self.words(term.sentence, term.words.first, term.words.last);
                format!("\"{words}\"")
            };
            term.map_or_else(|| "none".to_owned(), of)
        };
        let among = |set: &super::set::IdSet, term: Option<claims::Term>| {
            set.is_empty() || term.is_some_and(|term| set.has(term.class))
        };
        let subject = claim.subject.map(|(term, _)| term);
        let standing = claim.subject.map_or(self.context.product.kind, |(_, kind)| kind);
        let asked = [
            (
                "effect",
                among(&row.effect, Some(claim.effect)),
                class(Some(claim.effect)),
            ),
            ("target", among(&row.target, claim.target), class(claim.target)),
            ("subject", among(&row.subject, subject), class(subject)),
            (
                "kind of what is sold",
                row.standing.is_empty() || row.standing.contains(&standing),
                standing.name().to_owned(),
            ),
            (
                "shape",
                row.shape.is_empty() || row.shape.contains(&claim.shape),
                claim.shape.name().to_owned(),
            ),
            (
                "speaker",
                row.speaker.is_none_or(|speaker| speaker == claim.speaker),
                claim.speaker.name().to_owned(),
            ),
            (
                "mood",
                row.mood.is_none_or(|mood| mood == claim.mood),
                claim.mood.name().to_owned(),
            ),
        ];
        let lacks = asked.into_iter().filter(|(_, fits, _)| !fits);
        let mut lacks: Vec<Lack> = lacks.map(|(part, _, is)| Lack::Claim(part, is)).collect();
        if lacks.is_empty() && !row.fits(claim, self.context.product.kind, &self.scan) {
            lacks.push(Lack::Beside);
        }
        if lacks.is_empty() {
            let market = &self.rules.rules[number as usize].info.market;
            let rows = self.told(claim).rows.into_iter().map(|(row, _)| row);
            let of_market = |row: &String| {
                let mut rules = self.rules.rules.iter();
                rules.any(|rule| rule.info.name == *row && rule.info.market == *market)
            };
            let above = rows
                .filter(of_market)
                .find(|row| *row != self.rules.rules[number as usize].info.name);
            lacks.extend(above.map(Lack::Above));
        }
        lacks
    }

    fn no_claim(&self, at: u32) -> Lack {
        let (mut effects, mut targets) = (Vec::new(), Vec::new());
        for hit in self.scan.hits_of(&self.scan.sentences[at as usize]) {
            let of = match self.rules.classes.plays(hit.lexicon()) {
                Some(claims::Plays::Effect) => &mut effects,
                Some(claims::Plays::Target) => &mut targets,
                _ => continue,
            };
            let words = self.words(at, hit.first, hit.last());
            if !of.contains(&words) {
                of.push(words);
            }
        }
        Lack::NoClaim(effects, targets)
    }
}
