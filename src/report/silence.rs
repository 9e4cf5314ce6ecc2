//! Owns how formats for people tell why a finding is silent: the guard and its words, or who lets it pass.

use super::plain;
use crate::finding::{Exception, ExceptionKind, Silence};

/// "silenced by negated (not)", "let pass by Ann until 2026-12-31 (drafts/tea.md:3: approved claim)".
pub(super) fn told(silence: &Silence) -> String {
    match &silence.exception {
        None => format!("silenced by {} ({})", silence.guard, plain(&silence.because)),
        Some(exception) => let_pass(exception),
    }
}

/// Who lets it pass, until or since when, where that is written, and why.
pub(super) fn let_pass(exception: &Exception) -> String {
    let mut out = format!("let pass by {}", by(exception));
    if let Some(since) = &exception.since {
        out.push_str(&format!(" since {}", plain(since)));
    }
    if let Some(until) = &exception.until {
        out.push_str(&format!(" until {}", plain(until)));
    }
    let line = exception.file.position(exception.span.start).line;
    out.push_str(&format!(
        " ({}:{line}: {})",
        plain(exception.file.name()),
        plain(&exception.reason)
    ));
    out
}

fn by(exception: &Exception) -> String {
    if let Some(name) = &exception.by {
        return plain(name).into_owned();
    }
    let kind = match exception.kind {
        ExceptionKind::Comment => "a comment",
        ExceptionKind::FrontMatter => "front matter",
        ExceptionKind::Baseline => "the baseline",
        ExceptionKind::Decision => "a reviewer",
        ExceptionKind::Register => "the claims register",
        ExceptionKind::Settings => "the settings",
    };
    kind.to_owned()
}
