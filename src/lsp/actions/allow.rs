//! Owns offering the comment by which somebody lets a rule pass. Where it may stand is tried, not guessed: a place is
//! offered only if caveat reads the comment there, as one on the copy of the finding, and the copy as before.

use super::About;
use crate::document::{Block, Document};
use crate::lsp::edit::Piece;
use crate::session::Job;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use lsp_types::CodeAction;
use std::sync::Arc;

type Marks = (&'static str, &'static str);

const MARKUP: Marks = ("<!-- ", " -->");
const EXPRESSION: Marks = ("{/* ", " */}");
const HASH: Marks = ("# ", "");
const SLASHES: Marks = ("// ", "");
/// What a comment is tried with.
const REASON: &str = "reason";

/// How comments of a format may be written. What is a comment in one part of a file is copy in another, and so is told apart.
fn marks(job: &Job) -> &'static [Marks] {
    let ends = |ending: &str| job.shown.ends_with(ending);
    match job.format.name {
        "markdown" if ends(".mdx") => &[EXPRESSION],
        "script" if [".vue", ".svelte", ".astro"].iter().any(|ending| ends(ending)) => &[SLASHES, MARKUP],
        "script" => &[SLASHES, EXPRESSION],
        "yaml" | "toml" | "gettext" => &[HASH],
        "json" => &[SLASHES],
        "csv" => &[],
        _ => &[MARKUP],
    }
}

/// A comment at a place, with what stands after it.
struct Comment {
    at: u32,
    verb: &'static str,
    marks: Marks,
    after: String,
}

pub(super) fn actions(about: &About<'_>) -> Vec<CodeAction> {
    let document = read(about, &about.asked.buffer.text);
    let within = |block: &&Block| {
        block
            .prose
            .origin(block.prose.span())
            .contains(about.finding.span)
    };
    let Some(block) = document.blocks.iter().rev().find(within) else {
        return Vec::new();
    };
    let start = block.prose.origin(block.prose.span()).start;
    let sound = |comment: &Comment| {
        let rule = &about.finding.rule().name;
        stands(about, comment, rule, &document)
    };
    let Some(comment) = candidates(about, &document, start).into_iter().find(sound) else {
        return Vec::new();
    };
    let verdicts = about.finding.verdicts.iter();
    verdicts
        .map(|verdict| {
            let rule = verdict.rule.name.as_str();
            let place = if comment.verb == "caveat-allow" {
                "here"
            } else {
                "in this file"
            };
            let pieces = vec![
                Piece::text(format!("{}{} {rule}: ", comment.marks.0, comment.verb)),
                Piece::Blank {
                    hint: String::new(),
                    plain: String::new(),
                },
                Piece::text(format!("{}{}", comment.marks.1, comment.after)),
            ];
            let title = format!("Let {rule} pass {place}, with a reason");
            about.edit(title, Span::empty(comment.at), pieces)
        })
        .collect()
}

/// Where a comment on the block that starts at a byte might stand: on a line of its own above it, before its first word, or
/// for the file at its beginning or above the first block that is no data.
fn candidates(about: &About<'_>, document: &Document, start: u32) -> Vec<Comment> {
    let newline = about.newline();
    let line_of = |at: u32| about.file.line(about.file.position(at).line);
    let line = line_of(start);
    let text = about.file.slice(line);
    let indent = &text[..text.len() - text.trim_start().len()];
    let body = document.blocks.iter().find(|block| block.key.is_none());
    let body = body.map(|block| line_of(block.prose.origin(block.prose.span()).start).start);
    let mut places = vec![
        (
            line.start + indent.len() as u32,
            "caveat-allow",
            format!("{newline}{indent}"),
        ),
        (start, "caveat-allow", String::new()),
        (0, "caveat-allow-file", newline.to_owned()),
    ];
    places.extend(body.map(|at| (at, "caveat-allow-file", newline.repeat(2))));
    let mut out = Vec::new();
    for (at, verb, after) in places {
        let ended = |marks: &&Marks| !(marks.1.is_empty() && after.is_empty());
        out.extend(marks(about.job).iter().filter(ended).map(|marks| Comment {
            at,
            verb,
            marks: *marks,
            after: after.clone(),
        }));
    }
    out
}

/// Whether caveat reads a comment at its place, and all else as before.
fn stands(about: &About<'_>, comment: &Comment, rule: &str, before: &Document) -> bool {
    let says = format!("{} {rule}: {REASON}", comment.verb);
    let (open, close) = comment.marks;
    let put = format!("{open}{says}{close}{}", comment.after);
    let mut text = about.asked.buffer.text.clone();
    text.insert_str(comment.at as usize, &put);
    let after = read(about, &text);
    let same =
        |(one, other): (&Block, &Block)| one.kind == other.kind && one.prose.text() == other.prose.text();
    let as_before =
        before.blocks.len() == after.blocks.len() && before.blocks.iter().zip(&after.blocks).all(same);
    let Some(directive) = after.directives.iter().find(|directive| directive.text == says) else {
        return false;
    };
    let moved = about.finding.span.start + put.len() as u32;
    let covered = after.blocks.get(directive.before as usize).is_some_and(|block| {
        let reach: Span<Source> = block.prose.origin(block.prose.span());
        reach.start <= moved && moved < reach.end
    });
    as_before && (covered || comment.verb != "caveat-allow")
}

fn read(about: &About<'_>, text: &str) -> Document {
    let file = Arc::new(SourceFile::new(about.job.shown.as_str(), text));
    let keys = about.job.settings.keys(about.job.path());
    (about.job.format.extract)(&file, &keys).document
}
