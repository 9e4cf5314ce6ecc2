//! Owns what a line break within a paragraph means: whether the sentence goes on in the next line, or another begins.

use crate::document::Link;
use crate::text::{Derived, Prose, Source, Span};

/// A line of the open block, up to a break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Where it ends, in bytes of the block's prose.
    pub(super) end: u32,
    /// Whether it has words that are not bold.
    pub(super) has_plain: bool,
    /// Whether an empty line follows.
    pub(super) last: bool,
}

/// The most words of a line of a list that is written with line breaks.
const SHORT: usize = 3;

/// The fewest words of a line that is running prose, whatever the next begins with.
const LONG: usize = 8;

/// What becomes a block.
pub(super) struct Part {
    pub(super) prose: Derived<Prose, Source>,
    pub(super) links: Vec<Link>,
    pub(super) has_plain: bool,
}

/// Cuts a block at the line breaks that end a sentence.
pub(super) fn cut(block: Part, mut lines: Vec<Line>) -> Vec<Part> {
    let end = block.prose.span().end;
    lines.retain(|line| line.end < end);
    if lines.is_empty() {
        return vec![block];
    }
    let Part {
        prose,
        mut links,
        has_plain,
    } = block;
    links.sort_by_key(|link| link.span);
    let mut out = Vec::new();
    let (mut start, mut plain, mut link) = (0, false, 0);
    let on = continued(prose.text(), &lines, has_plain);
    let last = Line {
        end,
        has_plain,
        last: true,
    };
    for (line, on) in lines.into_iter().zip(on).chain([(last, false)]) {
        plain |= line.has_plain;
        if on {
            continue;
        }
        let span = Span::new(start, line.end);
        let mut part = prose.part(span);
        part.trim_end();
        out.push(Part {
            prose: part,
            links: within(&links, &mut link, span, end),
            has_plain: std::mem::take(&mut plain),
        });
        start = line.end;
    }
    out
}

/// The links in a part of a text of `length` bytes; those before `from` end before it.
fn within(links: &[Link], from: &mut usize, part: Span<Prose>, length: u32) -> Vec<Link> {
    let mut out = Vec::new();
    for link in links.get(*from..).unwrap_or_default() {
        let (start, end) = (link.span.start, link.span.end);
        if start >= part.end && !(start == length && part.end == length) {
            break;
        }
        if end > part.start || start >= part.start {
            out.push(Link {
                span: Span::new(start.max(part.start) - part.start, end.min(part.end) - part.start),
                target: link.target.clone(),
            });
        }
    }
    while links.get(*from).is_some_and(|link| link.span.end < part.end) {
        *from += 1;
    }
    out
}

/// Where each of `lines` goes on: `true` for one whose sentence the next finishes. `text` is the prose of all of them
/// and of the one after the last.
fn continued(text: &str, lines: &[Line], plain_to_the_end: bool) -> Vec<bool> {
    let mut starts = vec![0];
    starts.extend(lines.iter().map(|line| line.end as usize));
    let words: Vec<&str> = starts
        .iter()
        .enumerate()
        .map(|(n, start)| {
            let end = starts.get(n + 1).copied().unwrap_or(text.len());
            text.get(*start..end).unwrap_or_default().trim()
        })
        .collect();
    let is_list = reads_as_list(&words);
    let mut out = Vec::with_capacity(lines.len());
    for (n, pair) in words.windows(2).enumerate() {
        let (Some(line), [before, after]) = (lines.get(n), pair) else {
            break;
        };
        let plain_after = lines.get(n + 1).map_or(plain_to_the_end, |next| next.has_plain);
        let alike = line.has_plain == plain_after;
        out.push(!line.last && alike && !is_list && goes_on(before, after));
    }
    out
}

/// Whether every line is a few words without a stop or comma, and begins with a small letter or none does: a list, or
/// an address.
fn reads_as_list(words: &[&str]) -> bool {
    let first_is_small = words.first().is_some_and(|line| starts_small(line));
    words.iter().all(|line| {
        line.split_whitespace().take(SHORT + 1).count() <= SHORT
            && !line.contains([',', '.', '!', '?', ';'])
            && starts_small(line) == first_is_small
    })
}

fn goes_on(before: &str, after: &str) -> bool {
    let end = before.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if end.is_empty() || end.ends_with(['.', '!', '?', '…']) {
        return false;
    }
    if starts_small(after) {
        return true;
    }
    let long = before.split_whitespace().take(LONG).count() == LONG;
    let lower = end.chars().next_back().is_some_and(char::is_lowercase);
    let stops = after.contains(['.', '!', '?']);
    end.ends_with(',') && stops || long && lower && stops
}

fn starts_small(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text with a `/` for every break, joined where a sentence goes on.
    fn joined(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut prose = String::new();
        for (n, line) in text.split('/').enumerate() {
            if n > 0 {
                lines.push(Line {
                    end: prose.len() as u32,
                    has_plain: true,
                    last: false,
                });
                prose.push(' ');
            }
            prose.push_str(line);
        }
        let on = continued(&prose, &lines, true);
        let mut out: Vec<String> = Vec::new();
        for (n, line) in text.split('/').enumerate() {
            match out.last_mut() {
                Some(last) if on[n - 1] => *last = format!("{last} {line}"),
                _ => out.push(line.to_owned()),
            }
        }
        out
    }

    #[test]
    fn a_sentence_goes_on_over_a_break() {
        for text in [
            "It is not intended to diagnose,/treat, cure, or prevent any disease.",
            "Our supplement cures/asthma.",
            "These drops do not/cure",
            "Soft hands/in a week",
            "not intended to diagnose, treat, cure,/Prevent any disease.",
            "We have helped more than two thousand people at/Quiet Lane since 1999.",
        ] {
            assert_eq!(joined(text), [text.replace('/', " ")]);
        }
    }

    #[test]
    fn lists_addresses_and_sentences_begin_anew() {
        for text in [
            "eczema/asthma/hay fever",
            "Quiet Lane Clinic/12 Quiet Lane/Springfield",
            "It helps you rest./it is warm.",
            "Calm tea for the whole night/Free of anything else",
            "Open daily/Monday to Friday, 9 to 5",
        ] {
            assert_eq!(joined(text), text.split('/').collect::<Vec<_>>());
        }
    }
}
