//! Owns the phrase pattern language: what an author writes becomes the steps that it stands for.

use super::model::{Steps, Word};
use crate::text::{Folded, Span, fold, words};
use std::borrow::Cow;
use std::ops::Range;

/// A step may have at most this many choices.
const MOST: usize = 512;
/// A phrase may have at most this many words: looking for it costs as many steps at every word of the copy.
const LONGEST: usize = 48;
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
pub(super) fn parse(text: &str) -> Result<Steps, BadPhrase> {
    let folded = folded(text);
    let mut steps = Steps::default();
    // Whether the last step is one of plain words, to which more of them belong.
    let mut plain = false;
    let mut choices = Choices::default();
    for part in parts(&folded) {
        let mut parser = Parser {
            text: &folded[..part.end],
            at: part.start,
            depth: 0,
        };
        let piece = &folded[part];
        choices.clear();
        let bad = |(at, message, help): Wrong| BadPhrase {
            at: fold(text).origin(Span::<Folded>::of(at)).range(),
            message,
            help,
        };
        if !piece.contains(['(', ')', '[', ']', '|']) {
            parser.plain().map_err(bad)?;
            choices.add([piece]);
            if plain && !steps.is_empty() {
                steps.extend_last(choices.text());
            } else {
                steps.push([choices.text()]);
            }
            plain = true;
            continue;
        }
        if !parser.one_group(&mut choices).map_err(bad)? {
            for choice in parser.whole().map_err(bad)? {
                choices.add([choice.as_str()]);
            }
        }
        plain = false;
        steps.push(choices.sorted());
    }
    let longest = |choice: &str| Word::all(choice).count();
    let words = steps
        .iter()
        .map(|step| step.iter().map(longest).max().unwrap_or(0));
    if words.sum::<usize>() > LONGEST {
        return Err(BadPhrase {
            at: 0..text.len(),
            message: format!("This phrase has more than {LONGEST} words"),
            help: "Phrases are short; a whole text stands under `exact`.",
        });
    }
    let says = |choice: &str| Word::all(choice).any(|word| word != Word::Comma);
    if !steps.iter().any(|step| step.iter().any(says)) {
        return Err(BadPhrase {
            at: 0..text.len(),
            message: "This phrase has no word".to_owned(),
            help: "Write at least one word.",
        });
    }
    if steps.iter().all(|step| step.may_be_missing()) {
        return Err(BadPhrase {
            at: 0..text.len(),
            message: "Everything in this phrase may be missing".to_owned(),
            help: "Take one part out of its brackets.",
        });
    }
    Ok(steps)
}

/// The folded text; most phrases are written folded.
fn folded(text: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') && !byte.is_ascii_uppercase() && *byte != b'`';
    if text.as_bytes().iter().all(plain) && !text.starts_with(' ') && !text.contains("  ") {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(fold(text).text().to_owned())
    }
}

/// Choices of a step in the making, one after the other in one text.
#[derive(Default)]
struct Choices {
    text: String,
    each: Vec<Range<usize>>,
    /// Pieces of a choice that are not cut into words yet.
    raw: String,
}

impl Choices {
    fn clear(&mut self) {
        self.text.clear();
        self.each.clear();
    }

    fn text(&self) -> &str {
        &self.text
    }

    /// Adds the words of a choice that is written in pieces.
    fn add<const N: usize>(&mut self, pieces: [&str; N]) {
        let start = self.text.len();
        if pieces
            .iter()
            .all(|piece| piece.bytes().all(|byte| byte.is_ascii_lowercase()))
        {
            pieces.iter().for_each(|piece| self.text.push_str(piece));
        } else {
            self.raw.clear();
            pieces.iter().for_each(|piece| self.raw.push_str(piece));
            cut_into(&self.raw, &mut self.text);
        }
        self.each.push(start..self.text.len());
    }

    /// All choices, each once, in order of their texts.
    fn sorted(&mut self) -> impl Iterator<Item = &str> {
        let Self { text, each, .. } = self;
        each.sort_unstable_by(|a, b| text[a.clone()].cmp(&text[b.clone()]));
        each.dedup_by(|a, b| text[a.clone()] == text[b.clone()]);
        each.iter().map(|one| &text[one.clone()])
    }
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

/// The words of folded text as the scanner cuts them, with `#`, `_` and `,` as words of their own, parted by spaces.
pub(super) fn cut(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    cut_into(folded, &mut out);
    out
}

fn cut_into(folded: &str, out: &mut String) {
    let mut marked = 0;
    let start = out.len();
    let mut add = |word: &str| {
        if out.len() > start {
            out.push(' ');
        }
        out.push_str(word);
    };
    words(folded, |from, to, word| {
        marks(&folded[marked..from], &mut add);
        add(word);
        marked = to;
    });
    marks(&folded[marked..], &mut add);
}

/// Adds the marks that stand between two words.
fn marks(between: &str, add: &mut impl FnMut(&str)) {
    for byte in between.bytes() {
        match byte {
            b'#' => add("#"),
            b'_' => add("_"),
            b',' => add(","),
            _ => {}
        }
    }
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

    /// Adds the choices of a part with a single group and no other brackets, as most are: `treat[s|ed|ing]`. `false`,
    /// and nothing read, for all others.
    fn one_group(&mut self, choices: &mut Choices) -> Result<bool, Wrong> {
        let text = &self.text[self.at..];
        let Some(open) = text.find(['(', '[', ')', ']', '|']) else {
            return Ok(false);
        };
        let close = if text[open..].starts_with('[') { ']' } else { ')' };
        let inside = &text[open + 1..];
        let Some((inside, after)) = inside.split_once(close) else {
            return Ok(false);
        };
        let brackets = ['(', ')', '[', ']'];
        let empty = inside.split('|').any(|choice| choice.trim().is_empty());
        let other = text[open..].starts_with([')', ']', '|']) || inside.contains(brackets);
        if empty || other || after.contains(brackets) || after.contains('|') {
            return Ok(false);
        }
        let start = self.at;
        while self.at < self.text.len() {
            self.plain()?;
            self.at += 1;
        }
        self.at = start;
        if inside.split('|').count() >= MOST {
            return Ok(false);
        }
        let missing = (close == ']').then_some("");
        for choice in inside.split('|').chain(missing) {
            choices.add([&text[..open], choice, after]);
        }
        Ok(true)
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
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let letter = |byte: &u8| byte.is_ascii_lowercase() || *byte == b' ';
            self.at += rest.iter().position(|byte| !letter(byte)).unwrap_or(rest.len());
            let Some(c) = self.peek().filter(|c| !"()[]|".contains(*c)) else {
                return Ok(());
            };
            self.check(c)?;
            self.at += c.len_utf8();
        }
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
        let known = c.is_alphanumeric() || c == ' ' || "'-/&".contains(c) || SYMBOLS.contains(c);
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
