//! Owns what is told of the words under the pointer: why they are a finding, what would pass, and what stands behind it.

use crate::finding::{Citation, Finding};
use crate::report::{is_web, plain, plain_lines};
use lsp_types::{Hover, MarkupContent, MarkupKind, Range};
use std::fmt::Write as _;

/// Text for a hover, in Markdown where the editor shows it.
pub(super) struct Words {
    markdown: bool,
    text: String,
}

impl Words {
    pub(super) const fn new(markdown: bool) -> Self {
        Self {
            markdown,
            text: String::new(),
        }
    }

    /// Text as it is, whatever signs are in it.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in plain_lines(text).chars() {
            if self.markdown && "\\`*_[]<>#|~&".contains(character) {
                self.text.push('\\');
            }
            self.text.push(character);
        }
        self
    }

    /// A name.
    pub(super) fn code(&mut self, name: &str) -> &mut Self {
        let name = plain(name).replace('`', "'");
        let _ = if self.markdown {
            write!(self.text, "`{name}`")
        } else {
            write!(self.text, "{name}")
        };
        self
    }

    fn strong(&mut self, text: &str) -> &mut Self {
        let mark = if self.markdown { "**" } else { "" };
        self.text.push_str(mark);
        self.text(text).text.push_str(mark);
        self
    }

    pub(super) fn paragraph(&mut self) -> &mut Self {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self
    }

    fn item(&mut self) -> &mut Self {
        self.text.push_str("\n- ");
        self
    }

    fn link(&mut self, source: &Citation) {
        self.text(&source.title);
        if let Some(url) = source.url.as_deref().filter(|url| is_web(url)) {
            let _ = if self.markdown {
                write!(self.text, " (<{url}>)")
            } else {
                write!(self.text, " ({url})")
            };
        }
    }

    /// The whole for what stands at `range`.
    pub(super) fn hover(self, range: Option<Range>) -> Hover {
        let kind = if self.markdown {
            MarkupKind::Markdown
        } else {
            MarkupKind::PlainText
        };
        let value = self.text;
        Hover {
            contents: MarkupContent { kind, value }.into(),
            range,
        }
    }
}

/// Tells of findings, one under the other.
pub(super) fn told(findings: &[&Finding], markdown: bool) -> Words {
    let mut words = Words::new(markdown);
    for finding in findings {
        tell(finding, &mut words);
    }
    words
}

fn tell(finding: &Finding, words: &mut Words) {
    words.paragraph().strong(finding.message()).text(" (");
    words.text(finding.severity().name()).text(", ");
    words.code(&finding.rule().name).text(")");
    let help = finding.help().trim();
    if !help.is_empty() {
        words.paragraph().text(help);
    }
    if !finding.instead().is_empty() {
        words.paragraph().text("What would pass:\n");
        for wording in finding.instead() {
            words.item().text(wording.trim());
        }
    }
    for verdict in finding.verdicts.iter().skip(1) {
        words.paragraph().text(&verdict.rule.market).text(": ");
        words.text(verdict.message()).text(" (");
        words.text(verdict.severity.name()).text(", ");
        words.code(&verdict.rule.name).text(")");
    }
    let mut sources: Vec<&Citation> = Vec::new();
    for source in finding.verdicts.iter().flat_map(|verdict| &verdict.rule.sources) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    if !sources.is_empty() {
        words.paragraph().text("Sources:\n");
        for source in sources {
            words.item().link(source);
        }
    }
    taken(finding, words);
}

/// How the page was read.
fn taken(finding: &Finding, words: &mut Words) {
    let product = finding
        .product
        .as_ref()
        .map(|known| ("product", known.kind.name(), known.from, &known.because));
    let page = finding
        .page
        .as_ref()
        .map(|known| ("page", known.kind.name(), known.from, &known.because));
    let known: Vec<String> = product
        .into_iter()
        .chain(page)
        .map(|(what, kind, from, because)| match because.as_str() {
            "" => format!("{what} {kind} ({from})"),
            because => format!("{what} {kind} ({from}: {because})"),
        })
        .collect();
    if !known.is_empty() {
        words.paragraph().text(&format!("Read as: {}", known.join("; ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_and_policies_are_text_and_no_markup() {
        let mut words = Words::new(true);
        words.text("a *b* [c](d) <i>").code("x`y");
        assert_eq!(words.text, "a \\*b\\* \\[c\\](d) \\<i\\>`x'y`");
        let mut words = Words::new(false);
        words.text("a *b*\u{202e}").code("x`y");
        assert_eq!(words.text, "a *b*<U+202E>x'y");
    }
}
