//! Owns cutting the code inside template tags into words, strings and marks, whatever language it is in: PHP, Ruby,
//! JavaScript, Liquid, Twig, Handlebars, Go.

use std::ops::Range;

/// How a string is written, and so which escapes it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// `'…'`, and a heredoc whose label is quoted so.
    Single,
    /// `"…"`, a heredoc, and a string in backticks.
    Double,
}

/// A string without its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) inner: Range<usize>,
    pub(super) quote: Quote,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, keyword, variable or number.
    Word(&'a str),
    Text(Text),
    /// Any other sign.
    Mark(&'a str),
}

/// What code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A language with statements and comments.
    Script,
    /// PHP between `<?php` and `?>`, which ends where its closing tag stands in code.
    Php,
    /// The expressions of a template language, whose words may have hyphens inside.
    Tag,
}

/// Marks of more than one sign; the longer first.
const MARKS: [&str; 22] = [
    "===", "!==", "<=>", "?->", "??=", "...", "=>", "==", "!=", "<=", ">=", "->", "::", "??", "?:", "||",
    "&&", ".=", "+=", ":=", "++", "--",
];

/// Reads code token by token.
pub(super) struct Lexer<'a> {
    text: &'a str,
    /// Up to where the code is read.
    pub(super) at: usize,
    end: usize,
    family: Family,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str, range: Range<usize>, family: Family) -> Self {
        Self {
            text,
            at: range.start,
            end: range.end,
            family,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    /// The next token and its place.
    pub(super) fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            if bare.is_empty() || (self.family == Family::Php && bare.starts_with("?>")) {
                return None;
            }
            match self.comment(bare) {
                Some(length) => self.at += length,
                None => break,
            }
        }
        let start = self.at;
        let token = self.token(self.rest());
        Some((token, start..self.at))
    }

    /// The length of the comment that begins here.
    fn comment(&self, bare: &str) -> Option<usize> {
        if self.family == Family::Tag {
            return None;
        }
        if bare.starts_with("/*") {
            return Some(bare.find("*/").map_or(bare.len(), |at| at + 2));
        }
        if !bare.starts_with("//") && (!bare.starts_with('#') || bare.starts_with("#[")) {
            return None;
        }
        let line = bare.split('\n').next().unwrap_or(bare);
        let closes = line.find("?>").filter(|_| self.family == Family::Php);
        Some(closes.unwrap_or(line.len()))
    }

    fn token(&mut self, rest: &'a str) -> Token<'a> {
        if let Some(text) = self.heredoc(rest).or_else(|| self.string(rest)) {
            return Token::Text(text);
        }
        let symbol = usize::from(self.symbol(rest));
        let word = rest
            .bytes()
            .enumerate()
            .skip(symbol)
            .take_while(|(at, byte)| is_word(*byte) || (self.family == Family::Tag && hyphen(rest, *at)))
            .count();
        let length = match word {
            1.. => symbol + word,
            0 => MARKS
                .iter()
                .find(|mark| rest.starts_with(**mark))
                .map_or(1, |mark| mark.len()),
        };
        self.at += length;
        let token = rest.get(..length).unwrap_or_default();
        if word > 0 {
            Token::Word(token)
        } else {
            Token::Mark(token)
        }
    }

    /// Whether a symbol of Ruby begins here: `:title` after a space or bracket.
    fn symbol(&self, rest: &str) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        self.family == Family::Script
            && before.is_some_and(|byte| matches!(byte, b' ' | b'(' | b'[' | b','))
            && rest.starts_with(':')
            && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
    }

    /// A string in quotes; one without an end is no string, and what follows cannot be told.
    fn string(&mut self, rest: &str) -> Option<Text> {
        let open = *rest.as_bytes().first()?;
        if !matches!(open, b'\'' | b'"' | b'`') {
            return None;
        }
        let mut bytes = rest.bytes().enumerate().skip(1);
        while let Some((at, byte)) = bytes.next() {
            if byte == b'\\' {
                bytes.next();
            } else if byte == open {
                let inner = self.at + 1..self.at + at;
                self.at = inner.end + 1;
                let quote = if open == b'\'' {
                    Quote::Single
                } else {
                    Quote::Double
                };
                return Some(Text { inner, quote });
            }
        }
        self.at = self.end;
        Some(Text {
            inner: self.end..self.end,
            quote: Quote::Single,
        })
    }

    /// The text between `<<<LABEL` and the line that begins with the label; to the end where there is none.
    fn heredoc(&mut self, rest: &str) -> Option<Text> {
        let opened = rest.strip_prefix("<<<")?;
        let line = opened.find('\n')?;
        let written = opened.get(..line)?.trim();
        let label = written.trim_matches(['\'', '"']);
        if label.is_empty() || !label.is_ascii() || !label.bytes().all(is_word) {
            return None;
        }
        let quote = if written.starts_with('\'') {
            Quote::Single
        } else {
            Quote::Double
        };
        let start = self.at + 3 + line + 1;
        let mut at = start;
        for line in opened.get(line + 1..)?.split_inclusive('\n') {
            let lead = line.len() - line.trim_start().len();
            let ends = line.get(lead..)?.strip_prefix(label);
            if ends.is_some_and(|after| !after.bytes().next().is_some_and(is_word)) {
                self.at = at + lead + label.len();
                return Some(Text {
                    inner: start..at,
                    quote,
                });
            }
            at += line.len();
        }
        self.at = self.end;
        Some(Text {
            inner: start..at,
            quote,
        })
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'@') || byte >= 0x80
}

/// Whether a hyphen between letters stands at `at`.
fn hyphen(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    bytes.get(at) == Some(&b'-') && at > 0 && letter(at - 1) && letter(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, family: Family) -> Vec<&str> {
        let mut lexer = Lexer::new(text, 0..text.len(), family);
        let mut out = Vec::new();
        while let Some((_, range)) = lexer.next() {
            out.push(&text[range]);
        }
        out
    }

    #[test]
    fn code_is_cut_into_words_strings_and_marks() {
        assert_eq!(
            tokens(
                "$a->b['c d'] .= \"e \\\" f\" /* g */ . 5; // h\n# i\nj",
                Family::Script
            ),
            [
                "$a",
                "->",
                "b",
                "[",
                "'c d'",
                "]",
                ".=",
                "\"e \\\" f\"",
                ".",
                "5",
                ";",
                "j"
            ]
        );
        assert_eq!(tokens("a-b: 'c' | d", Family::Tag), ["a-b", ":", "'c'", "|", "d"]);
        assert_eq!(
            tokens("a('b ?> c'); // d ?> e", Family::Php),
            ["a", "(", "'b ?> c'", ")", ";"]
        );
        assert_eq!(tokens("é = 'no end", Family::Php), ["é", "=", "'no end"]);
    }

    #[test]
    fn a_heredoc_ends_at_its_label() {
        let text = "$a = <<<HTML\n  b\n  HTMLX\n  HTML . c";
        let mut lexer = Lexer::new(text, 5..text.len(), Family::Php);
        let Some((Token::Text(found), _)) = lexer.next() else {
            panic!("a string");
        };
        assert_eq!(
            (&text[found.inner], found.quote),
            ("  b\n  HTMLX\n", Quote::Double)
        );
        assert_eq!(&text[lexer.at..], " . c");
    }
}
