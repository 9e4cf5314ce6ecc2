//! Owns telling a menu: links side by side, each an entry of its own and no part of a sentence.

use super::has_words;
use super::lines::Part;
use crate::document::Link;
use crate::text::Span;

/// Fewer links side by side may be one sentence: "Our tea" and "eases the mind".
pub(super) const FEWEST: usize = 3;

/// An entry of a menu has no more words.
const WORDS: usize = 6;

/// Cuts a menu at its links; anything else stays whole.
pub(super) fn cut(mut part: Part) -> Vec<Part> {
    part.links.sort_by_key(|link| link.span);
    if !is_menu(&part) {
        return vec![part];
    }
    let entry = |link: Link| Part {
        prose: part.prose.part(link.span),
        links: vec![Link {
            span: Span::new(0, link.span.len()),
            target: link.target,
        }],
        has_plain: part.has_plain,
    };
    part.links.into_iter().map(entry).collect()
}

/// Whether all words stand in links, and these are short, many, and begin as names do.
fn is_menu(part: &Part) -> bool {
    let text = part.prose.text();
    let mut end = 0;
    let is_entry = |link: &Link| {
        let between = text.get(end as usize..link.span.start as usize);
        end = link.span.end;
        let words = text.get(link.span.start as usize..link.span.end as usize);
        between.is_some_and(|between| !has_words(between))
            && words.is_some_and(|words| {
                has_words(words)
                    && !words.starts_with(char::is_lowercase)
                    && !words.ends_with(['.', '!', '?', ','])
                    && words.split_whitespace().take(WORDS + 1).count() <= WORDS
            })
    };
    part.links.len() >= FEWEST
        && part.links.iter().all(is_entry)
        && text.get(end as usize..).is_some_and(|rest| !has_words(rest))
}
