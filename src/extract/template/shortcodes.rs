//! Owns the shortcodes of WordPress: `[cta title="…"]` steers, and says something under the names of its attributes.

use super::Reader;
use super::code::{As, Kept};
use super::lexer::{Quote, Text};
use crate::extract::mask::Mask;
use std::ops::Range;

/// Nothing longer is taken for one.
const LONGEST: usize = 4096;

impl Reader<'_> {
    /// The shortcode that `range` begins with, or the end of one: returns where it ends.
    pub(super) fn bracket(&mut self, range: Range<usize>) -> Option<usize> {
        if self.script {
            return None;
        }
        let at = range.start;
        let (end, said) = parse(self.text, range)?;
        let kept = said.into_iter().map(|(name, inner)| Kept {
            parts: vec![(
                Text {
                    inner,
                    quote: Quote::Single,
                },
                false,
            )],
            path: name.to_owned(),
            as_what: As::Named,
        });
        self.keep(kept.collect());
        Some(self.hide(at..end, Mask::Tag))
    }
}

type Attributes<'a> = Vec<(&'a str, Range<usize>)>;

/// Where the shortcode ends that `range` begins with, and its attributes in quotes. What has none is one only by a name
/// that is no word.
fn parse(text: &str, range: Range<usize>) -> Option<(usize, Attributes<'_>)> {
    let most = text.floor_char_boundary(range.end.min(range.start.saturating_add(LONGEST)));
    let inner = text.get(range.start..most)?.strip_prefix('[')?;
    let closes = inner.starts_with('/');
    let named = inner.strip_prefix('/').unwrap_or(inner);
    let name = word(named)?;
    let mut rest = named.get(name.len()..)?;
    let mut said = Vec::new();
    loop {
        let bare = rest.trim_start();
        let apart = bare.len() < rest.len();
        rest = bare;
        let place = |rest: &str| most - rest.len();
        if let Some(after) = rest.strip_prefix("/]").or_else(|| rest.strip_prefix(']')) {
            let known = closes || !said.is_empty() || name.contains('_');
            return known.then(|| (place(after), said));
        }
        let key = word(rest).filter(|_| apart && !closes)?;
        let value = rest.get(key.len()..)?.strip_prefix('=')?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            let bare = value.find(|c: char| c.is_whitespace() || c == ']')?;
            rest = value.get(bare..)?;
            continue;
        };
        let value = value.get(1..)?;
        let len = value.find(quote)?;
        let start = place(value);
        said.push((key, start..start + len));
        rest = value.get(len + 1..)?;
    }
}

/// The name that a text begins with.
fn word(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .unwrap_or(text.len());
    let name = text.get(..end)?;
    name.starts_with(|c: char| c.is_ascii_lowercase()).then_some(name)
}
