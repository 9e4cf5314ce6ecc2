//! Owns the phrase pattern language: what an author writes becomes the steps that it stands for.

use super::model::{Step, Word};
use crate::text::{Folded, Span, fold, words};
use std::ops::Range;

/// A step may have at most this many choices.
const MOST: usize = 512;
/// How deep groups may nest.
const DEPTH: usize = 16;
/// Characters that are words of their own; `#`, `_` and `,` have a meaning in patterns.
const SYMBOLS: &str = "%$£€+★#_,";

/// What is wrong with a phrase, and where in its text.
#[derive(Debug)]
pub(super) struct BadPhrase {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// The steps that `text` stands for: one for each part of it between spaces that has choices, and one for the plain
/// words between two of these.
pub(super) fn parse(text: &str) -> Result<Vec<Step>, BadPhrase> {
    let folded = fold(text);
    let mut steps = Vec::<Step>::new();
    // Whether the last step is one of plain words, to which more of them belong.
    let mut plain = false;
    for part in parts(folded.text()) {
        let mut parser = Parser {
            text: &folded.text()[..part.end],
            at: part.start,
            depth: 0,
        };
        let text = &folded.text()[part.clone()];
        let bad = |(at, message, help)| BadPhrase {
            at: folded.origin(Span::<Folded>::of(at)).range(),
            message,
            help,
        };
        if !text.contains(['(', ')', '[', ']', '|']) {
            parser.plain().map_err(bad)?;
            match steps.last_mut().and_then(|last| last.first_mut()) {
                Some(words) if plain => cut_into(text, words),
                _ => steps.push(vec![cut(text)]),
            }
            plain = true;
            continue;
        }
        let mut step: Step = match parser.one_group().map_err(bad)? {
            Some(step) => step,
            None => {
                let choices = parser.whole().map_err(bad)?;
                choices.iter().map(|choice| cut(choice)).collect()
            }
        };
        step.sort_unstable();
        step.dedup();
        plain = false;
        steps.push(step);
    }
    steps.retain(|step| step.iter().any(|choice| !choice.is_empty()));
    if !steps.iter().flatten().flatten().any(|word| !is_comma(word)) {
        return Err(BadPhrase {
            at: 0..text.len(),
            message: "This phrase has no word".to_owned(),
            help: "Write at least one word.",
        });
    }
    if steps.iter().all(|step| step.iter().any(Vec::is_empty)) {
        return Err(BadPhrase {
            at: 0..text.len(),
            message: "Everything in this phrase may be missing".to_owned(),
            help: "Take one part out of its brackets.",
        });
    }
    Ok(steps)
}

/// The parts of a pattern between spaces that stand in no group.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                out.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(start..text.len());
    out.retain(|part| !part.is_empty());
    out
}

fn is_comma(word: &Word) -> bool {
    matches!(word, Word::Is(text) if text == ",")
}

/// The words of folded text as the scanner cuts them, with `#`, `_` and `,` as words of their own.
pub(super) fn cut(folded: &str) -> Vec<Word> {
    if folded.is_empty() {
        return Vec::new();
    }
    // Most choices are one word, and there are many thousands of them.
    let mut out = Vec::with_capacity(1);
    cut_into(folded, &mut out);
    out
}

fn cut_into(folded: &str, out: &mut Vec<Word>) {
    let mut marked = 0;
    words(folded, |start, end, word| {
        marks(&folded[marked..start], out);
        out.push(Word::Is(word.to_owned()));
        marked = end;
    });
    marks(&folded[marked..], out);
}

/// Adds the marks that stand between two words.
fn marks(between: &str, out: &mut Vec<Word>) {
    out.extend(between.bytes().filter_map(|byte| match byte {
        b'#' => Some(Word::Number),
        b'_' => Some(Word::Any),
        b',' => Some(Word::Is(",".to_owned())),
        _ => None,
    }));
}

type Wrong = (Range<usize>, String, &'static str);

/// Reads folded text; groups and options become the texts that they stand for.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Vec<String>, Wrong> {
        let texts = self.branch()?;
        match self.peek() {
            None => Ok(texts),
            Some('|') => Err((
                self.at..self.at + 1,
                "A `|` stands outside of `( )` and `[ ]`".to_owned(),
                "Put the choices in parentheses, as in `(freed|free) from`.",
            )),
            Some(c) => Err((
                self.at..self.at + c.len_utf8(),
                format!("This `{c}` closes nothing"),
                "Remove it, or open the group.",
            )),
        }
    }

    /// The step of a part with a single group and no other brackets, as most are: `treat[s|ed|ing]`. `None`, and
    /// nothing read, for all others.
    fn one_group(&mut self) -> Result<Option<Step>, Wrong> {
        let text = &self.text[self.at..];
        let Some(open) = text.find(['(', '[', ')', ']', '|']) else {
            return Ok(None);
        };
        let close = if text[open..].starts_with('[') { ']' } else { ')' };
        let inside = &text[open + 1..];
        let Some((inside, after)) = inside.split_once(close) else {
            return Ok(None);
        };
        let brackets = ['(', ')', '[', ']'];
        let empty = inside.split('|').any(|choice| choice.trim().is_empty());
        let other = text[open..].starts_with([')', ']', '|']) || inside.contains(brackets);
        if empty || other || after.contains(brackets) || after.contains('|') {
            return Ok(None);
        }
        let start = self.at;
        while let Some(c) = self.peek() {
            if !"()[]|".contains(c) {
                self.check(c)?;
            }
            self.at += c.len_utf8();
        }
        self.at = start;
        if inside.split('|').count() >= MOST {
            return Ok(None);
        }
        let missing = (close == ']').then_some("");
        let mut whole = String::with_capacity(text.len());
        let choices = inside.split('|').chain(missing).map(|choice| {
            whole.clear();
            whole.push_str(&text[..open]);
            whole.push_str(choice);
            whole.push_str(after);
            cut(&whole)
        });
        Ok(Some(choices.collect()))
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Text up to a `|`, a closing bracket or the end.
    fn branch(&mut self) -> Result<Vec<String>, Wrong> {
        let mut texts = vec![String::new()];
        while let Some(c) = self.peek() {
            match c {
                '|' | ')' | ']' => break,
                '(' | '[' => {
                    let start = self.at;
                    let group = self.group(c)?;
                    if texts.len() * group.len() > MOST {
                        return Err((
                            start..self.at,
                            format!("This part has more than {MOST} choices"),
                            "Write several phrases, or use a lexicon.",
                        ));
                    }
                    texts = texts
                        .iter()
                        .flat_map(|text| group.iter().map(|more| [text.as_str(), more].concat()))
                        .collect();
                }
                _ => {
                    let start = self.at;
                    self.plain()?;
                    for text in &mut texts {
                        text.push_str(&self.text[start..self.at]);
                    }
                }
            }
        }
        Ok(texts)
    }

    /// Passes over text up to a bracket or `|`.
    fn plain(&mut self) -> Result<(), Wrong> {
        while let Some(c) = self.peek().filter(|c| !"()[]|".contains(*c)) {
            self.check(c)?;
            self.at += c.len_utf8();
        }
        Ok(())
    }

    /// A group in parentheses or an option in brackets.
    fn group(&mut self, open: char) -> Result<Vec<String>, Wrong> {
        let start = self.at;
        let close = if open == '(' { ')' } else { ']' };
        if self.depth >= DEPTH {
            return Err((
                start..start + 1,
                format!("Groups nest deeper than {DEPTH} levels"),
                "Write several phrases.",
            ));
        }
        self.depth += 1;
        self.at += 1;
        let mut texts = Vec::new();
        loop {
            let from = self.at;
            let branch = self.branch()?;
            let ends = self.peek().is_some_and(|c| c == '|' || c == close);
            if ends && branch.iter().all(|text| text.trim().is_empty()) {
                return Err((
                    from.min(start)..self.at,
                    "A choice is empty".to_owned(),
                    "For what may be missing write `[x]`.",
                ));
            }
            texts.extend(branch);
            match self.peek() {
                Some('|') => self.at += 1,
                Some(c) if c == close => break,
                _ => {
                    return Err((
                        start..start + 1,
                        format!("This `{open}` is never closed"),
                        "Close the group, or remove the bracket.",
                    ));
                }
            }
        }
        self.at += 1;
        self.depth -= 1;
        if open == '[' {
            texts.push(String::new());
        }
        texts.sort_unstable();
        texts.dedup();
        Ok(texts)
    }

    fn check(&self, c: char) -> Result<(), Wrong> {
        let point = c == '.' && self.between_digits();
        let known = c.is_ascii_lowercase()
            || c.is_alphanumeric()
            || c == ' '
            || "'-/&".contains(c)
            || SYMBOLS.contains(c);
        if point || known {
            return Ok(());
        }
        let help = match c {
            '*' => "For endings write them out, as in `treat[s|ed|ing]`; `_` is any one word.",
            '.' => "Write abbreviations as words, as in `u s`.",
            _ => "Leave it out: phrases are words, and only a comma may part them.",
        };
        let end = self.at + c.len_utf8();
        Err((self.at..end, format!("`{c}` has no meaning in a phrase"), help))
    }

    fn between_digits(&self) -> bool {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = self.text.as_bytes();
        digit(self.at.checked_sub(1).and_then(|at| bytes.get(at))) && digit(bytes.get(self.at + 1))
    }
}

#[cfg(test)]
mod tests;
