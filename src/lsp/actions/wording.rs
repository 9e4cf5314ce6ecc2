//! Owns offering the wordings that would pass: in the place of what is claimed, or as a statement that is owed.

use super::About;
use crate::lsp::edit::Piece;
use crate::text::Span;
use lsp_types::CodeAction;

/// Words of a wording that somebody has to fill in.
const BLANKS: [&str; 2] = ["…", "(link)"];

pub(super) fn actions(about: &About<'_>) -> Vec<CodeAction> {
    let wordings = about.finding.instead().iter().map(|wording| wording.trim());
    if about.finding.rule().category.is_duty() {
        return wordings.flat_map(|wording| statements(about, wording)).collect();
    }
    let replace = |wording: &str| {
        let title = format!("Replace by \"{wording}\"");
        about.edit(title, about.finding.span, pieces(wording))
    };
    wordings.map(replace).collect()
}

/// A statement as a paragraph of its own: the help says where it may stand.
fn statements(about: &About<'_>, wording: &str) -> Vec<CodeAction> {
    // Where paragraphs end in markup and data is for their authors to see.
    if !matches!(about.job.format.name, "markdown" | "text") {
        return Vec::new();
    }
    let (text, newline) = (about.asked.buffer.text.as_str(), about.newline());
    let line = about.file.position(about.finding.span.start).line;
    let above = (1..line)
        .rev()
        .find(|above| about.file.slice(about.file.line(*above)).trim().is_empty());
    let start = above.and_then(|above| about.file.lines().start(above + 1));
    let mut out = Vec::new();
    if let Some(start) = start {
        let mut put = pieces(wording);
        put.push(Piece::text(newline.repeat(2)));
        let title = format!("State above: \"{wording}\"");
        out.push(about.edit(title, Span::empty(start), put));
    }
    let gap = if text.ends_with('\n') { 1 } else { 2 };
    let mut put = vec![Piece::text(newline.repeat(gap))];
    put.extend(pieces(wording));
    put.push(Piece::text(newline));
    let title = format!("State at the end: \"{wording}\"");
    out.push(about.edit(title, Span::of(text.len()..text.len()), put));
    out
}

/// A wording with the words that have to be filled in as blanks.
fn pieces(wording: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = wording;
    let next = |rest: &str| {
        let found = BLANKS
            .iter()
            .filter_map(|blank| Some((rest.find(blank)?, *blank)));
        found.min()
    };
    while let Some((at, blank)) = next(rest) {
        if at > 0 {
            out.push(Piece::text(&rest[..at]));
        }
        out.push(Piece::Blank {
            hint: blank.to_owned(),
            plain: blank.to_owned(),
        });
        rest = &rest[at + blank.len()..];
    }
    if !rest.is_empty() {
        out.push(Piece::text(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_a_blank() {
        let blank = |text: &str| Piece::Blank {
            hint: text.to_owned(),
            plain: text.to_owned(),
        };
        assert_eq!(
            pieces("for … (link) and …"),
            [
                Piece::text("for "),
                blank("…"),
                Piece::text(" "),
                blank("(link)"),
                Piece::text(" and "),
                blank("…")
            ]
        );
        assert_eq!(pieces("it helps"), [Piece::text("it helps")]);
        assert_eq!(pieces(""), []);
    }
}
