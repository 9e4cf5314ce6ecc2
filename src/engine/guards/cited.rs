//! Owns the guard `cited`: a source stands in the sentence or in the one right after or before it: a footnote
//! mark, a link to another site, or words that name a source. A link is no source whose address is a shop's, a
//! booking's or a social profile's, nor one that the claim itself fills; words are none beside a placeholder
//! ("(link)", "…"), which says that the source is still to come.

use super::super::scan::{Scan, Sentence};
use super::{Cues, Seen};
use crate::document::Link;

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let scan = seen.scan;
    let block = scan.by_block[seen.sentence().block as usize].clone();
    let near = seen.at.saturating_sub(1).max(block.start)..(seen.at + 2).min(block.end);
    let claim = |at: u32| at == seen.at;
    near.clone()
        .find_map(|at| linked(cues, scan, &scan.sentences[at as usize], claim(at)))
        .or_else(|| near.clone().find_map(|at| named(cues, &Seen { at, ..*seen })))
}

/// The words of the sentence that name a source, unless something keeps its place.
fn named(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let hit = seen.cues(&cues.cues, &cues.traps).next()?;
    let text = seen.scan.text_of(seen.sentence());
    (!unfinished(cues, text)).then(|| seen.words(hit))
}

/// Whether the text has three dots inside, or a placeholder in brackets.
fn unfinished(cues: &Cues, text: &str) -> bool {
    let mut bracketed = text
        .split(['(', '['])
        .skip(1)
        .filter_map(|rest| rest.split_once([')', ']']));
    let dots = |text: &str| text.contains('…') || text.contains("...");
    let keeps = |inside: &str| {
        let inside = inside.trim().to_lowercase();
        dots(&inside) || cues.placeholders.contains(&inside)
    };
    bracketed.any(|(inside, _)| keeps(inside))
}

/// The address of a source that the sentence links to.
fn linked(cues: &Cues, scan: &Scan<'_>, sentence: &Sentence, claim: bool) -> Option<String> {
    let place = scan.folded.origin(sentence.span);
    let prose = scan.block_of(sentence).prose.text();
    let links = &scan.block_of(sentence).links;
    let from = links.partition_point(|link| link.span.start < place.start);
    let inside = |link: &&Link| link.span.start <= place.end;
    let worded = |start: u32, end: u32| {
        let text = prose.get(start as usize..end as usize).unwrap_or_default();
        text.chars().any(char::is_alphanumeric)
    };
    let source = |link: &&Link| {
        let target = link.target.to_ascii_lowercase();
        let whole = || !worded(place.start, link.span.start) && !worded(link.span.end, place.end);
        let away = target.starts_with("http://") || target.starts_with("https://");
        target.starts_with("footnote:") || (away && !sells(cues, &target) && !(claim && whole()))
    };
    links[from..]
        .iter()
        .take_while(inside)
        .find(source)
        .map(|link| link.target.clone())
}

/// Whether the address has one of the parts that no source has, from one mark to another.
fn sells(cues: &Cues, target: &str) -> bool {
    let marked = |at: Option<char>| at.is_none_or(|mark| !mark.is_alphanumeric());
    cues.addresses.iter().any(|part| {
        target.match_indices(part.as_str()).any(|(at, _)| {
            marked(target[..at].chars().next_back()) && marked(target[at + part.len()..].chars().next())
        })
    })
}
