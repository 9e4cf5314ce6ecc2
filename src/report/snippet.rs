//! Owns showing a piece of a file with what is wrong marked in it, as a good compiler does.

use super::excerpt::{Excerpt, excerpt};
use super::{Look, plain};
use crate::finding::{Label, Severity};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use std::fmt::{self, Display};

/// Something to show on a piece of a file.
pub struct Snippet<'a> {
    /// What stands before the message: `error[us-ftc/cure]`.
    pub head: String,
    /// How bad it is, for the colour.
    pub severity: Severity,
    /// One sentence.
    pub message: &'a str,
    /// The file, if there is one.
    pub file: Option<&'a SourceFile>,
    /// The place.
    pub span: Span<Source>,
    /// Words on parts of the place.
    pub labels: &'a [Label],
    /// What to do; may have several lines.
    pub help: Option<String>,
}

/// Renders one snippet, with an empty line after it.
pub fn snippet(shown: &Snippet<'_>, look: &Look) -> String {
    let cut = shown
        .file
        .and_then(|file| excerpt(file, shown.span, shown.labels, look.width));
    let mut help = shown.help.clone().unwrap_or_default();
    for far in cut.iter().flat_map(|cut| &cut.far) {
        if !help.is_empty() {
            help.push('\n');
        }
        help.push_str(far);
    }
    let mut message = plain(shown.message).into_owned();
    if cut.is_none()
        && let Some(file) = shown.file
    {
        message = format!("{}: {message}", plain(file.name()));
    }
    let diagnostic = Shown {
        message,
        severity: shown.severity,
        cut,
        help,
    };
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = handler(&shown.head, look).render_report(&mut out, &diagnostic);
    unindent(&out)
}

/// miette indents its first line by two.
fn unindent(rendered: &str) -> String {
    let rendered = rendered.trim_start_matches('\n');
    let start = rendered.find(|character| character != ' ').unwrap_or(0);
    rendered[start..].to_owned()
}

fn handler(head: &str, look: &Look) -> GraphicalReportHandler {
    let mut characters = if look.unicode {
        ThemeCharacters::unicode()
    } else {
        ThemeCharacters::ascii()
    };
    characters.error = head.to_owned();
    characters.warning = head.to_owned();
    characters.advice = head.to_owned();
    let styles = if look.colour {
        ThemeStyles::ansi()
    } else {
        ThemeStyles::none()
    };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_links(false)
        .with_width(look.width)
        .with_break_words(false)
        // The excerpt holds just the lines to show.
        .with_context_lines(1000)
}

#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    cut: Option<Excerpt>,
    help: String,
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Shown {}
impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn Display>)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.cut.as_ref().map(|cut| cut as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = &self.cut.as_ref()?.marks;
        Some(Box::new(marks.iter().map(|mark| {
            LabeledSpan::new(mark.text.clone(), mark.range.start, mark.range.len())
        })))
    }
}
