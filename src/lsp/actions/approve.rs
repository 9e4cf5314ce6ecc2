//! Owns offering an entry of the claims register for the sentence of a finding. Who approves it is left blank, and until it
//! is filled in the register is a mistake that lets nothing pass.

use super::{About, Target};
use crate::config::MARKETS;
use crate::finding::Origin;
use crate::lsp::edit::{Edit, Piece};
use crate::register::{self, New, Register, append};
use crate::session;
use crate::source::SourceFile;
use jiff::ToSpan;
use lsp_types::CodeAction;
use std::path::Path;
use std::sync::Arc;

/// What stands for who approves, until an entry is known to be sound.
const SOMEBODY: &str = "SOMEBODY";

pub(super) fn action(about: &About<'_>) -> Option<CodeAction> {
    if !about.finding.rule().category.is_claim() {
        return None;
    }
    let settings = &about.job.settings;
    settings.file.as_ref()?;
    let beside = settings.root.join(register::FILE);
    let path = settings.claims.value.as_deref().unwrap_or(&beside);
    let target = about.target(path);
    let creates = target.text.is_none();
    if creates && !about.asked.client.creates {
        return None;
    }
    let (old, pieces) = entry(about, path, &target)?;
    let edit = Edit {
        range: about.end(&old),
        uri: target.uri,
        version: target.version,
        pieces,
        creates,
    };
    let name = about.asked.judge.shown(path);
    Some(CodeAction {
        edit: Some(edit.of(about.asked.client)),
        ..about.action(format!("Add this sentence to {name}, for somebody to approve"))
    })
}

/// The text of the register, and what is added to its end.
fn entry(about: &About<'_>, path: &Path, target: &Target) -> Option<(String, Vec<Piece>)> {
    let judge = about.asked.judge;
    let old = target.text.clone().unwrap_or_default();
    let begun = if target.text.is_none() {
        register::head()
    } else {
        String::new()
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = judge.shown(path);
    let file = Arc::new(SourceFile::new(name, format!("{old}{begun}")));
    let known = about.finding.product.as_ref();
    let product = known
        .filter(|known| known.from != Origin::Inferred)
        .map(|known| known.kind);
    let approved = judge.library.as_of();
    let new = New {
        id: None,
        text: session::sentence(about.job, &judge.library, about.finding).ok()?,
        product,
        markets: about.job.settings.markets.value.clone(),
        evidence: Vec::new(),
        approver: SOMEBODY.to_owned(),
        approved,
        review_by: approved.checked_add(1.year()).ok()?,
    };
    let (text, _) = append(&Register::read(file, folder, &MARKETS), folder, &MARKETS, &new).ok()?;
    let added = text.strip_prefix(&old)?;
    let (before, after) = added.rsplit_once(SOMEBODY)?;
    let blank = Piece::Blank {
        hint: "name".to_owned(),
        plain: String::new(),
    };
    Some((old, vec![Piece::text(before), blank, Piece::text(after)]))
}
