//! Owns suppressions: the comments and front matter by which somebody lets a finding pass. What is not written exactly
//! as it must be is a problem at its place, and lets nothing pass.
//!
//! It knows no policy and makes no finding: who asks says which rules there are, and turns problems into findings.

mod comment;
mod matter;
mod reach;
mod regions;

use crate::data::Mistake;
use crate::document::Document;
use crate::finding::{Exception, ExceptionKind, Finding, Standing, renamed};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

pub use matter::ALLOW;

/// A suppression that ends within so many days is told of.
const SOON: i32 = 30;

/// What is known of a rule's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The rule judges this file.
    InForce,
    /// Rules that judge this file had the name; the names that they have now.
    Was(Vec<String>),
    /// There is such a rule, and it does not judge this file now: another market's, one switched off or not yet in force.
    Elsewhere,
    /// There is no such rule; perhaps one with a name that is near.
    Unknown(Option<String>),
}

/// What is wrong with a suppression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is not written as it must be.
    Mistaken,
    /// Its last day is over.
    Expired,
    /// It lets nothing pass.
    Unused,
    /// Its last day is near.
    EndsSoon,
    /// It names rules by a name that they no longer have.
    Renamed,
}

/// A problem with a suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub kind: Kind,
    /// Where, what is wrong, and what would be right.
    pub mistake: Mistake,
}

/// A suppression that is written as it must be.
#[derive(Debug)]
struct Item {
    exception: Arc<Exception>,
    /// The bytes in which findings must start; none where it lets nothing pass.
    reach: Option<Span<Source>>,
    /// Whether it can be told to be unused.
    judged: bool,
    /// In how many days it ends, where that is soon.
    ends_in: Option<i32>,
}

/// What a suppression says, wherever it is written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Written {
    rule: String,
    reason: String,
    until: Option<Date>,
    by: Option<String>,
    ticket: Option<String>,
}

/// The suppressions of one document.
#[derive(Debug, Default)]
pub struct Suppressions {
    items: Vec<Item>,
    problems: Vec<Problem>,
}

/// Whether there is anything for [`Suppressions::read`] to read.
pub fn any(document: &Document) -> bool {
    !document.directives.is_empty() || matter::allow(document).is_some()
}

impl Suppressions {
    /// Reads the suppressions of a document as of a day; `named` says what is known of a rule.
    pub fn read(document: &Document, as_of: Date, named: &dyn Fn(&str) -> Named) -> Self {
        let mut reader = Reader {
            file: &document.file,
            as_of,
            named,
            out: Self::default(),
        };
        matter::read(document, &mut reader);
        regions::read(document, &mut reader);
        reader.out
    }

    /// Lets pass what they cover.
    pub fn apply(&self, findings: &mut [Finding]) {
        reach::apply(&self.items, findings);
    }

    /// How much each is used by the findings of the document, and what is wrong with them.
    pub fn close(self, findings: &[Finding]) -> (Vec<Standing>, Vec<Problem>) {
        let mut used = HashMap::<*const Exception, usize>::new();
        for exception in findings.iter().flat_map(Finding::exceptions) {
            *used.entry(Arc::as_ptr(exception)).or_default() += 1;
        }
        let mut problems = self.problems;
        let mut standings = Vec::with_capacity(self.items.len());
        for item in self.items {
            let used = used.get(&Arc::as_ptr(&item.exception)).copied().unwrap_or(0);
            if used == 0 && item.judged {
                problems.push(unused(&item));
            } else if let Some(days) = item.ends_in.filter(|_| used > 0) {
                problems.push(ends_soon(&item, days));
            }
            standings.push(Standing {
                exception: item.exception,
                used,
            });
        }
        (standings, problems)
    }
}

fn unused(item: &Item) -> Problem {
    let message = format!("no finding of `{}` is here to let pass", item.exception.rule);
    Problem {
        kind: Kind::Unused,
        mistake: Mistake::new(item.exception.span, message)
            .help(format!("take it out; it covers {}", item.exception.covers)),
    }
}

fn ends_soon(item: &Item, days: i32) -> Problem {
    let until = item.exception.until.as_deref().unwrap_or_default();
    let when = match days {
        0 => "today is its last day".to_owned(),
        1 => "it ends tomorrow".to_owned(),
        days => format!("that is in {days} days"),
    };
    Problem {
        kind: Kind::EndsSoon,
        mistake: Mistake::new(
            item.exception.span,
            format!("this suppression ends on {until}; {when}"),
        )
        .help("set the copy right, or agree on a later day"),
    }
}

/// What reading needs on every way.
struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    as_of: Date,
    named: &'a dyn Fn(&str) -> Named,
    out: Suppressions,
}

impl Reader<'_> {
    fn wrong(&mut self, mistake: Mistake) {
        self.out.problems.push(Problem {
            kind: Kind::Mistaken,
            mistake,
        });
    }

    /// Whether the rule may be named; what is wrong with the name is told at `span`.
    fn names(&mut self, rule: &str, span: Span<Source>) -> bool {
        let mistake = if rule.contains('*') || ["all", "any"].contains(&rule) {
            Mistake::new(span, format!("`{rule}` is no rule, and there is no blanket form"))
                .help("name the one rule that may be let pass")
        } else if rule.starts_with("caveat/") {
            Mistake::new(span, format!("`{rule}` cannot be let pass"))
                .help("it is about caveat's own work; set right what it says")
        } else {
            let near = match (self.named)(rule) {
                Named::InForce | Named::Elsewhere => return true,
                Named::Was(now) => {
                    self.renamed(rule, &now, span);
                    return true;
                }
                Named::Unknown(near) => near,
            };
            let help = match near {
                Some(name) => format!("`{name}` is the nearest name"),
                None => "a rule is written as PACK/RULE; `caveat rules` lists them".to_owned(),
            };
            Mistake::new(span, format!("there is no rule `{rule}`")).help(help)
        };
        self.wrong(mistake);
        false
    }

    fn renamed(&mut self, rule: &str, now: &[String], span: Span<Source>) {
        self.out.problems.push(Problem {
            kind: Kind::Renamed,
            mistake: Mistake::new(span, renamed(rule, now))
                .help("the old name still holds; name the new one"),
        });
    }

    /// Adds a suppression that stands at `span` and reaches over `reach`.
    fn add(
        &mut self,
        kind: ExceptionKind,
        written: Written,
        span: Span<Source>,
        reach: Option<Span<Source>>,
        covers: String,
    ) {
        let expired = written.until.filter(|until| *until < self.as_of);
        if let Some(until) = expired {
            self.out.problems.push(Problem {
                kind: Kind::Expired,
                mistake: Mistake::new(span, format!("this suppression ended on {until}"))
                    .help("set the copy right, or agree on a later day"),
            });
        }
        let in_force = matches!((self.named)(&written.rule), Named::InForce | Named::Was(_));
        let live = expired.is_none() && in_force;
        let days = written.until.map(|until| days_between(self.as_of, until));
        self.out.items.push(Item {
            ends_in: days.filter(|days| (0..=SOON).contains(days)),
            reach: reach.filter(|_| live),
            judged: live,
            exception: Arc::new(Exception {
                kind,
                rule: written.rule,
                file: Arc::clone(self.file),
                span,
                covers,
                reason: written.reason,
                by: written.by,
                since: None,
                until: written.until.map(|until| until.to_string()),
                ticket: written.ticket,
            }),
        });
    }
}

/// How many days `to` lies after `from`.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
