//! Owns which words may stand where the cursor is in one of caveat's own files. The readers of these files are asked: a
//! word that none of them knows is put there, and what they say would be right is offered.

use super::judge::Judge;
use super::settings::{self, Kind};
use crate::config::{self, MARKETS};
use crate::data::{self, Mistake};
use crate::policy::{self, PackRef, Request, load};
use crate::register;
use crate::text::{Source, Span};
use std::path::Path;

/// A word that is no name of anything.
const PROBE: &str = "zz-no-such-name-zz";

/// The word around a byte.
pub(super) fn word(text: &str, at: usize) -> Span<Source> {
    let part = |character: &char| character.is_alphanumeric() || matches!(character, '-' | '_' | '/' | '.');
    let width = |characters: usize, character: char| characters + character.len_utf8();
    let (before, after) = text.split_at(text.floor_char_boundary(at));
    let before: usize = before.chars().rev().take_while(part).fold(0, width);
    let after: usize = after.chars().take_while(part).fold(0, width);
    let at = text.floor_char_boundary(at);
    Span::of(at - before..at + after)
}

/// The names that may stand in the place of the word around a byte, and where that word stands.
pub(super) fn names(
    kind: Kind,
    path: &Path,
    text: &str,
    at: usize,
    judge: &Judge,
) -> (Span<Source>, Vec<String>) {
    let word = word(text, at);
    let ways = [PROBE.to_owned(), format!("{PROBE}: off"), format!("{PROBE}: []")];
    let found = ways.iter().find_map(|way| {
        let mut tried = text.to_owned();
        tried.replace_range(word.range(), way);
        asked(kind, path, &tried, word.start, judge)
    });
    (word, found.unwrap_or_default())
}

/// What a reader would have in the place of the probe that begins at a byte.
fn asked(kind: Kind, path: &Path, text: &str, at: u32, judge: &Judge) -> Option<Vec<String>> {
    let probe = Span::<Source>::new(at, at + PROBE.len() as u32);
    let about = |mistake: &Mistake| mistake.span.overlaps(probe) && !mistake.names.is_empty();
    let mistakes = settings::mistakes(kind, path, text, judge);
    if let Some(mistake) = mistakes.into_iter().find(about) {
        return Some(mistake.names);
    }
    if kind != Kind::Settings {
        return None;
    }
    // Which rules and packs there are is asked when all of the settings are read.
    let settings = judge.finder.given(path, text);
    if settings.severities.iter().any(|row| row.rule == PROBE) {
        return Some(rules());
    }
    let named = |pack: &PackRef| matches!(pack, PackRef::Name(name) if name == PROBE);
    let asks = settings.policies.iter().any(|said| named(&said.value));
    asks.then(|| crate::policy::names().into_iter().map(str::to_owned).collect())
}

/// Every pack that ships.
pub(super) fn every_pack() -> Request {
    let names = crate::policy::names().into_iter();
    Request {
        markets: MARKETS.map(str::to_owned).to_vec(),
        policies: names.map(|name| PackRef::Name(name.to_owned())).collect(),
    }
}

/// The full names of all rules.
fn rules() -> Vec<String> {
    let all = load(&every_pack()).unwrap_or_default();
    all.rules.iter().map(|rule| rule.full_name()).collect()
}

/// What is known of a name in a file of this kind.
pub(super) fn about(kind: Kind, name: &str) -> Option<&'static str> {
    match kind {
        Kind::Settings => data::about(config::KEYS, name),
        Kind::Policy => data::about(policy::KEYS, name),
        Kind::Register => data::about(register::KEYS, name),
        Kind::Copy => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_a_name_is_made_of() {
        let text = "a: [us-ftc/x, \u{e9}y]";
        let at = |at| word(text, at).slice(text);
        assert_eq!(at(4), "us-ftc/x");
        assert_eq!(at(8), "us-ftc/x");
        assert_eq!(at(12), "us-ftc/x");
        assert_eq!(at(13), "");
        assert_eq!(at(15), "\u{e9}y");
        assert_eq!(at(0), "a");
        assert_eq!(at(text.len()), "");
    }
}
