//! Owns the syntax of comments that let findings pass. It is strict, so that nothing passes by accident:
//!
//! ```text
//! caveat-allow       PACK/RULE [until=DATE] [by=NAME] [ticket=ID]: REASON
//! caveat-allow-start PACK/RULE [until=DATE] [by=NAME] [ticket=ID]: REASON
//! caveat-allow-end   PACK/RULE
//! caveat-allow-file  PACK/RULE [until=DATE] [by=NAME] [ticket=ID]: REASON
//! ```
//!
//! Values with spaces stand in quotes. The colon before the reason has white space after it.

#[cfg(test)]
mod tests;

use super::Written;
use crate::data::Shape::{Day, Word};
use crate::data::{keys, names, nearest};
use jiff::civil::Date;
use std::ops::Range;

keys! {
    /// What may stand beside the rule and the reason.
    pub(super) const KEYS {
        /// The last day on which it holds; afterwards it is an error.
        "until": Day;
        /// Who lets the rule pass.
        "by": Word;
        /// Where it was agreed.
        "ticket": Word;
    }
}

const FORM: &str = "write `caveat-allow PACK/RULE until=DATE by=NAME ticket=ID: why it may stand`";

/// What a comment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Lets a rule pass in the next block.
    Block,
    /// Begins a region.
    Start,
    /// Ends a region.
    End,
    /// Lets a rule pass in the whole file.
    File,
}

const VERBS: [(&str, Verb); 4] = [
    ("caveat-allow", Verb::Block),
    ("caveat-allow-start", Verb::Start),
    ("caveat-allow-end", Verb::End),
    ("caveat-allow-file", Verb::File),
];

/// A comment that is written as it must be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) verb: Verb,
    pub(super) written: Written,
    /// Where in the comment the rule stands.
    pub(super) rule: Range<usize>,
}

/// What is wrong with a comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where in the comment.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

fn wrong<T>(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong {
        at,
        message: message.into(),
        help: help.into(),
    })
}

/// Reads the text of a comment without its delimiters.
pub(super) fn parse(text: &str) -> Result<Comment, Wrong> {
    let mut words = Words { text, at: 0 };
    let verb = verb(text, words.until(|c| c.is_whitespace() || c == ':'))?;
    words.skip();
    let rule = words.until(|c| c.is_whitespace() || c == ':');
    if rule.is_empty() {
        return wrong(0..text.len(), "no rule is named", FORM);
    }
    let mut written = Written {
        rule: text[rule.clone()].to_owned(),
        ..Written::default()
    };
    words.skip();
    if verb == Verb::End {
        if words.at < text.len() {
            let rest = words.at..text.len();
            return wrong(rest, "an end names its rule and nothing else", "take this out");
        }
    } else {
        written.reason = words.details(&mut written)?;
    }
    Ok(Comment { verb, written, rule })
}

fn verb(text: &str, at: Range<usize>) -> Result<Verb, Wrong> {
    let name = &text[at.clone()];
    if let Some((_, verb)) = VERBS.iter().find(|(known, _)| *known == name) {
        return Ok(*verb);
    }
    let names = VERBS.map(|(known, _)| known);
    let help = match nearest(name, names) {
        Some(near) => format!("`{near}` is the nearest name"),
        None => format!("there are: {}", names.join(", ")),
    };
    wrong(at, format!("there is no comment `{name}`"), help)
}

/// A place in the text of a comment.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Words<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// What stands before the next character that ends it.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        self.at = self.rest().find(ends).map_or(self.text.len(), |n| start + n);
        start..self.at
    }

    /// Reads keys into `written` until the colon; returns the reason after it.
    fn details(&mut self, written: &mut Written) -> Result<String, Wrong> {
        let mut seen: Vec<&str> = Vec::new();
        loop {
            self.skip();
            if self.rest().starts_with(':') {
                self.at += 1;
                break;
            }
            if self.rest().is_empty() {
                return wrong(0..self.text.len(), "no reason is given", FORM);
            }
            let key = self.until(|c| c.is_whitespace() || c == '=' || c == ':');
            let name = &self.text[key.clone()];
            if !self.rest().starts_with('=') {
                let help = "values with spaces stand in quotes, a colon stands before the reason, and each rule has a \
                            comment of its own";
                return wrong(key, format!("`{name}` is no key with a value"), help);
            }
            let Some(known) = names(KEYS).into_iter().find(|known| *known == name) else {
                let help = match nearest(name, names(KEYS)) {
                    Some(near) => format!("`{near}` is the nearest key"),
                    None => format!("there are: {}", names(KEYS).join(", ")),
                };
                return wrong(key, format!("unknown key `{name}`"), help);
            };
            if seen.contains(&known) {
                return wrong(
                    key,
                    format!("the key `{name}` stands twice"),
                    "keep one of the two",
                );
            }
            seen.push(known);
            self.at += 1;
            let (at, last) = self.value(known)?;
            let value = self.text[at.clone()].to_owned();
            match known {
                "until" => match day(&value) {
                    Some(day) => written.until = Some(day),
                    None => return wrong(at, format!("`{value}` is no day"), NO_DAY),
                },
                "by" => written.by = Some(value),
                _ => written.ticket = Some(value),
            }
            if last {
                break;
            }
        }
        let reason = one_line(self.rest());
        if is_reason(&reason) {
            Ok(reason)
        } else {
            wrong(0..self.text.len(), "no reason is given", FORM)
        }
    }

    /// The place of a value, and whether the colon before the reason ended it.
    fn value(&mut self, key: &str) -> Result<(Range<usize>, bool), Wrong> {
        let start = self.at;
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let (at, last) = if let Some(quote) = quote {
            self.at += 1;
            let at = self.until(|c| c == quote);
            if self.rest().is_empty() {
                return wrong(start..self.text.len(), "this quote does not end", "end it");
            }
            self.at += 1;
            let next = self.rest().chars().next();
            if next.is_some_and(|c| !c.is_whitespace() && c != ':') {
                let help = "white space or the colon stands after a quoted value";
                return wrong(start..self.at, "text follows this quoted value", help);
            }
            (at, false)
        } else {
            let mut at = self.until(char::is_whitespace);
            // A colon within a value is part of it, as in an address; one at its end comes before the reason.
            let last = self.text[at.clone()].ends_with(':');
            at.end -= usize::from(last);
            (at, last)
        };
        if self.text[at.clone()].trim().is_empty() {
            return wrong(start..self.at, format!("`{key}` has no value"), FORM);
        }
        Ok((at, last))
    }
}

pub(super) const NO_DAY: &str = "write a day as 2026-12-31";

/// A day as `2026-12-31`.
pub(super) fn day(written: &str) -> Option<Date> {
    let shape = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    written.parse().ok().filter(|_| shape)
}

/// Whether it says anything.
pub(super) fn is_reason(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Text with its line ends and spaces as single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
