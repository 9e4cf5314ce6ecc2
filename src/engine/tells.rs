//! Owns compiling what packs know of documents as wholes: the cues of kinds, and the statements that copy may make.

use super::compile::{Entry, Kind, Rule, Sign, Tells, Use};
use super::compiler::Compiler;
use super::set::IdSet;
use crate::finding::{Category, RuleInfo};
use crate::policy::model::{self, Measure};
use std::sync::Arc;

impl<'p> Compiler<'p> {
    pub(super) fn tells<K: Copy>(&mut self, cues: &'p model::Cues<K>) -> Tells<K> {
        let tells = Tells {
            kind: cues.kind,
            weak: self.terms(&cues.weak),
            strong: self.terms(&cues.strong),
            against: self.terms(&cues.against),
            title: self.terms(&cues.title),
            subjects: self.terms(&cues.subjects),
            shape: cues.shape.iter().map(|row| self.sign(row)).collect(),
            at_least: cues.at_least,
        };
        let counted = [
            &tells.weak,
            &tells.strong,
            &tells.against,
            &tells.title,
            &tells.subjects,
        ];
        let rows = tells.shape.iter().map(|row| &row.terms);
        counted
            .into_iter()
            .chain(rows)
            .for_each(|terms| self.counted.extend(terms));
        tells
    }

    fn sign(&mut self, row: &'p model::Sign) -> Sign {
        let terms = match &row.of {
            Measure::HeadingsWith(terms) | Measure::Saying(terms) | Measure::Titled(terms) => {
                self.terms(terms)
            }
            _ => IdSet::default(),
        };
        Sign {
            of: row.of.clone(),
            terms,
            from: row.from,
            points: row.points,
        }
    }

    /// Statements come before rules: those are numbered as the policy numbers them.
    pub(super) fn statement(
        &mut self,
        statement: &'p model::Statement,
        rules: &mut Vec<Rule>,
        entries: &mut Vec<Entry>,
    ) {
        let number = rules.len() as u32;
        entries.extend(statement.said.iter().map(|frame| Entry {
            rule: number,
            used: Use::Answer,
            frame: self.frame(frame),
        }));
        let info = RuleInfo {
            name: format!("{}/{}", statement.pack, statement.name),
            was: Vec::new(),
            market: String::new(),
            category: statement
                .meets
                .first()
                .copied()
                .unwrap_or(Category::MissingStatement),
            message: String::new(),
            help: String::new(),
            instead: Vec::new(),
            sources: Vec::new(),
        };
        rules.push(Rule {
            info: Arc::new(info),
            severity: None,
            severity_for: Vec::new(),
            applies: model::Applies::default(),
            beside: None,
            not_beside: None,
            guards: Vec::new(),
            check: Kind::Statement {
                meets: statement.meets.clone(),
                exact: statement.exact.iter().map(|text| self.fixed(text)).collect(),
            },
        });
    }
}
