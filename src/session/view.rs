//! Owns showing a page as its readers see it, for reports that show its copy.

use super::judge::text;
use super::{Job, Outcome};
use crate::document::{Block, BlockKind};
use crate::finding::{Piece, View};
use crate::source::draft::{Cell, Draft, Paragraph, Shape};
use crate::source::{Encoded, SourceFile};
use crate::text::{Offsets, RunKind, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Formats whose files read as they are written.
const READABLE: [&str; 2] = ["markdown", "text"];

/// The views of the pages that something is found on and that are written in markup, by the name that reports show.
pub fn views(jobs: &[Job], outcome: &Outcome) -> HashMap<String, View> {
    let findings = outcome.findings.iter().map(|judgement| &judgement.finding);
    let files = findings.filter_map(|finding| finding.file.as_deref());
    let found: HashSet<&str> = files.map(SourceFile::name).collect();
    let jobs = jobs.iter().filter(|job| found.contains(job.shown.as_str()));
    let marked = jobs.filter(|job| !(job.format.is_draft() || READABLE.contains(&job.format.name)));
    marked
        .filter_map(|job| Some((job.shown.clone(), view(job)?)))
        .collect()
}

fn view(job: &Job) -> Option<View> {
    let file = Arc::new(text(job).ok()?.under(job.shown.clone()));
    let document = job.extract(&file).document;
    if document.blocks.is_empty() {
        return None;
    }
    let (mut seen, mut pieces, mut paragraphs) = (String::new(), Vec::new(), Vec::new());
    for block in &document.blocks {
        let base = seen.len() as u32;
        let on_one_line = block.prose.text().replace(['\n', '\r'], " ");
        seen.push_str(&on_one_line);
        let runs = block.prose.runs().iter();
        pieces.extend(runs.map(|run| Piece {
            from: run.from,
            to: Span::new(base + run.to.start, base + run.to.end),
            verbatim: run.kind == RunKind::Verbatim,
        }));
        let start = block.prose.runs().first().map_or(0, |run| run.from.start);
        let number = file.position(start).line as u32;
        paragraphs.push(paragraph(block, Span::new(base, seen.len() as u32), number));
        seen.push('\n');
    }
    let encoded = Encoded {
        offsets: Offsets::default(),
        draft: Some(Draft {
            paragraphs,
            parts: Vec::new(),
            language: None,
        }),
        sha256: String::new(),
    };
    let seen = SourceFile::decoded(job.shown.as_str(), seen, encoded);
    Some(View::new(Arc::new(seen), pieces))
}

/// A block as a paragraph, which has the number of its line in the file.
fn paragraph(block: &Block, span: Span<crate::text::Source>, number: u32) -> Paragraph {
    let (mut cell, mut shape) = (None, Shape::Text);
    match &block.kind {
        BlockKind::Heading(level) => shape = Shape::Heading(*level),
        BlockKind::ListItem => shape = Shape::Item(0),
        BlockKind::TableCell { header } => {
            cell = Some(Cell {
                table: 0,
                column: 0,
                header: *header,
            });
        }
        BlockKind::Caption => shape = Shape::Caption,
        BlockKind::Footnote(label) => shape = Shape::Note(label.as_str().into()),
        BlockKind::Alt | BlockKind::Tooltip => shape = Shape::Alt,
        BlockKind::Title => shape = Shape::Title,
        BlockKind::Meta | BlockKind::FrontMatter => shape = Shape::Description,
        BlockKind::Paragraph | BlockKind::Button => {}
    }
    Paragraph {
        span,
        shape,
        quoted: block.quoted,
        cell,
        marks: Vec::new(),
        part: 0,
        number,
        page: 0,
    }
}
