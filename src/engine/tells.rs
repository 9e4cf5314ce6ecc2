//! Owns compiling what packs know of documents as wholes: the cues of kinds, and the statements that copy may make.

use super::compile::{Entry, Kind, PageRow, Rule, Sign, Tells, Use};
use super::compiler::Compiler;
use crate::document::Scopes;
use crate::finding::{Category, RuleInfo};
use crate::policy::model;
use std::sync::Arc;

impl<'p> Compiler<'p> {
    pub(super) fn tells(&mut self, cues: &'p model::Cues) -> Tells {
        let tells = Tells {
            kind: cues.kind,
            weak: self.terms(&cues.weak),
            strong: self.terms(&cues.strong),
            against: self.terms(&cues.against),
            subjects: self.terms(&cues.subjects),
            at_least: cues.at_least,
        };
        [&tells.weak, &tells.strong, &tells.against, &tells.subjects]
            .into_iter()
            .for_each(|terms| self.counted.extend(terms));
        tells
    }

    pub(super) fn page_row(&mut self, row: &'p model::PageRow) -> PageRow {
        PageRow {
            page: row.page,
            when: row.when.iter().map(|sign| self.sign(sign)).collect(),
            blurbs: row.blurbs,
        }
    }

    fn sign(&mut self, sign: &'p model::Sign) -> Sign {
        let terms = self.terms(&sign.terms);
        if sign.of.is_counted() {
            self.counted.extend(&terms);
        }
        Sign {
            of: sign.of,
            terms,
            from: sign.from,
            up_to: sign.up_to,
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
            instead_for: Vec::new(),
            severity: None,
            severity_for: Vec::new(),
            applies: model::Applies::default(),
            blocks: Scopes::default(),
            not_blocks: Scopes::default(),
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
