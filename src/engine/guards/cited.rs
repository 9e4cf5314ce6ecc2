//! Owns the guard `cited`: a source stands in the sentence or in the one right after or before it: a footnote
//! mark, a link to another site whose address has none of the trap words (shop, cart), or words that name a
//! source.

use super::super::scan::{Scan, Sentence};
use super::{Cues, Seen};
use crate::document::Link;

pub(super) fn silences(cues: &Cues, seen: &Seen<'_, '_>) -> Option<String> {
    let scan = seen.scan;
    let block = scan.by_block[seen.sentence().block as usize].clone();
    let near = seen.at.saturating_sub(1).max(block.start)..(seen.at + 2).min(block.end);
    near.clone()
        .find_map(|at| linked(scan, &scan.sentences[at as usize]))
        .or_else(|| {
            near.clone().find_map(|at| {
                let there = Seen { at, ..*seen };
                there
                    .cues(&cues.cues, &cues.traps)
                    .next()
                    .map(|hit| there.words(hit))
            })
        })
}

/// The address of a source that the sentence links to.
fn linked(scan: &Scan<'_>, sentence: &Sentence) -> Option<String> {
    let place = scan.folded.origin(sentence.span);
    let links = &scan.block_of(sentence).links;
    let from = links.partition_point(|link| link.span.start < place.start);
    let inside = |link: &&Link| link.span.start <= place.end;
    let source = |link: &&Link| {
        let target = link.target.to_ascii_lowercase();
        target.starts_with("footnote:") || target.starts_with("http://") || target.starts_with("https://")
    };
    links[from..]
        .iter()
        .take_while(inside)
        .find(source)
        .map(|link| link.target.clone())
}
