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
        let choices = parser.whole().map_err(bad)?;
        let mut step: Step = choices.iter().map(|choice| cut(choice)).collect();
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
    let mut out = Vec::new();
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
mod tests {
    use super::*;

    fn texts(pattern: &str) -> Vec<String> {
        let text = |word: &Word| match word {
            Word::Is(text) => text.clone(),
            Word::Number => "<n>".to_owned(),
            Word::Any => "<any>".to_owned(),
        };
        let mut out = vec![String::new()];
        for step in parse(pattern).unwrap() {
            let choices = step
                .iter()
                .map(|choice| choice.iter().map(text).collect::<Vec<_>>().join(" "));
            let choices: Vec<String> = choices.collect();
            let join = |text: &String| {
                choices
                    .iter()
                    .map(move |choice| format!("{text} {choice}").trim().to_owned())
                    .collect::<Vec<_>>()
            };
            out = out.iter().flat_map(join).collect();
        }
        out.sort();
        out
    }

    #[test]
    fn patterns_stand_for_word_sequences() {
        for (pattern, expected) in [
            ("Anti-Aging", vec!["anti aging"]),
            ("the body’s own", vec!["the body own"]),
            ("don't  worry", vec!["don't worry"]),
            ("customers' choice", vec!["customers choice"]),
            (
                "treat[s|ed|ing] it",
                vec!["treat it", "treated it", "treating it", "treats it"],
            ),
            (
                "say[s] (goodbye|bye [bye]) to",
                vec![
                    "say bye bye to",
                    "say bye to",
                    "say goodbye to",
                    "says bye bye to",
                    "says bye to",
                    "says goodbye to",
                ],
            ),
            (
                "lose # lb[s] in _ weeks",
                vec!["lose <n> lb in <any> weeks", "lose <n> lbs in <any> weeks"],
            ),
            (
                "100% r&d 24/7 20lb 3.5 1,000 b12",
                vec!["100 % r and d 24 7 20 lb 3.5 1,000 b 12"],
            ),
            ("safe, natural", vec!["safe , natural"]),
            ("[very] good", vec!["good", "very good"]),
            ("5★ $9 +1", vec!["5 ★ $ 9 + 1"]),
        ] {
            assert_eq!(texts(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn mistakes_know_their_place() {
        for (pattern, at, message) in [
            ("a (b|c", 2..3, "never closed"),
            ("a b)", 3..4, "closes nothing"),
            ("a|b", 1..2, "outside"),
            ("é cure!", 7..8, "`!` has no meaning"),
            ("cur*", 3..4, "`*` has no meaning"),
            ("(a|)", 0..3, "empty"),
            ("-", 0..1, "no word"),
            ("[a]", 0..3, "may be missing"),
            ("[very] good", 0..0, ""),
        ] {
            match parse(pattern) {
                Err(bad) => {
                    assert_eq!(bad.at, at, "{pattern}");
                    assert!(bad.message.contains(message), "{pattern}: {}", bad.message);
                }
                Ok(steps) => assert_eq!((steps.len(), message), (2, ""), "{pattern}"),
            }
        }
        let wide = "(a|b|c|d|e|f|g|h)".repeat(4);
        assert!(parse(&wide).unwrap_err().message.contains("more than 512"));
        assert!(
            parse(&"(".repeat(100_000))
                .unwrap_err()
                .message
                .contains("deeper")
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-cé0-9'’.,()\\[\\]|#_&% —-]{0,30}") {
            let _ = parse(&text);
        }
    }
}
