//! Owns reading JSON into nodes, forgivingly: what stands before and after a mistake is read.

use super::Read;
use crate::data::{Entry, Mistake, Node, Value};
use crate::extract::mask::is_mask;
use crate::text::{Source, Span};
use jsonc_parser::Scanner;
use jsonc_parser::tokens::Token;
use std::borrow::Cow;

/// How deep lists and objects may nest; what is deeper is not read.
const DEPTH: usize = 64;

/// Reads JSON that stands at byte `base` of the file; tags of templates in it are values that nobody knows.
pub(super) fn read(text: &str, base: u32) -> Read {
    let read = scan(text, base);
    if read.mistakes.is_empty() {
        return read;
    }
    match untagged(text) {
        Some(plain) => Read {
            mistakes: read.mistakes,
            ..scan(&plain, base)
        },
        None => read,
    }
}

/// What tags of templates begin and end with.
const TAGS: [(&str, &str); 2] = [("{{", "}}"), ("{%", "%}")];

/// The text with spaces in place of the tags of templates that stand between its strings, masked or not, if there are any.
fn untagged(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut at, mut quoted, mut found) = (0, false, false);
    // one that has no end anywhere is looked for once
    let mut endless = [false; TAGS.len()];
    while let Some(c) = text.get(at..)?.chars().next() {
        let rest = text.get(at..)?;
        let kind = TAGS
            .iter()
            .position(|(open, _)| c == '{' && rest.starts_with(open));
        let kind = kind.filter(|kind| !quoted && !endless[*kind]);
        let end = kind.and_then(|kind| rest.find(TAGS[kind].1));
        endless
            .iter_mut()
            .enumerate()
            .for_each(|(n, endless)| *endless |= kind == Some(n) && end.is_none());
        let escape = usize::from(c == '\\');
        let length = match end {
            Some(end) => end + TAGS[0].1.len(),
            None => c.len_utf8() + rest.chars().nth(1).map_or(0, char::len_utf8) * escape,
        };
        if end.is_some() || !quoted && is_mask(c) {
            out.extend(std::iter::repeat_n(' ', length));
            found = true;
        } else {
            out.push_str(text.get(at..at + length)?);
        }
        quoted ^= c == '"';
        at += length;
    }
    found.then_some(out)
}

fn scan(text: &str, base: u32) -> Read {
    let mut builder = Builder {
        base,
        open: Vec::new(),
        beyond: 0,
        roots: Vec::new(),
        mistake: None,
    };
    let mut scanner = Scanner::new(text, &Default::default());
    loop {
        let token = scanner.scan();
        let span = builder.place(scanner.token_start()..scanner.token_end());
        match token {
            Ok(Some(token)) => builder.token(token, span),
            Ok(None) => break,
            Err(error) => {
                let range = error.range();
                let span = builder.place(range.start..range.end.max(range.start));
                builder.wrong(span, &lower(&error.kind().to_string()));
                break;
            }
        }
    }
    builder.finish(text)
}

/// A list or object that is not complete yet.
struct Open {
    start: u32,
    value: Value,
    key: Option<(String, Span<Source>)>,
    /// Whether a colon follows the key.
    colon: bool,
}

struct Builder {
    base: u32,
    open: Vec<Open>,
    /// How many are open beyond the depth that is read.
    beyond: usize,
    /// Whole values: one, but for a mistake.
    roots: Vec<Node>,
    mistake: Option<Mistake>,
}

impl Builder {
    fn place(&self, range: std::ops::Range<usize>) -> Span<Source> {
        let span = Span::<Source>::of(range);
        Span::new(
            span.start.saturating_add(self.base),
            span.end.saturating_add(self.base),
        )
    }

    /// Notes the first mistake.
    fn wrong(&mut self, span: Span<Source>, what: &str) {
        self.mistake
            .get_or_insert_with(|| Mistake::new(span, format!("This is not JSON: {what}")));
    }

    fn token(&mut self, token: Token<'_>, span: Span<Source>) {
        match token {
            Token::OpenBrace => self.begin(span, Value::Map(Vec::new())),
            Token::OpenBracket => self.begin(span, Value::List(Vec::new())),
            Token::CloseBrace | Token::CloseBracket => self.end(span, matches!(token, Token::CloseBrace)),
            Token::Colon => match self.open.last_mut() {
                Some(open) if open.key.is_some() && !open.colon => open.colon = true,
                _ => self.wrong(span, "a colon stands here without a key"),
            },
            Token::String(text) => self.word(span, Value::Text(text.into_owned().into())),
            Token::Word(word) => self.word(span, Value::Text(word.to_owned().into())),
            Token::Number(digits) => self.word(span, Value::Number(digits.to_owned().into())),
            Token::Boolean(value) => self.put(span, Value::Bool(value)),
            Token::Null => self.put(span, Value::Null),
            Token::Comma => self.drop_key(),
            Token::CommentLine(_) | Token::CommentBlock(_) => {}
        }
    }

    fn begin(&mut self, span: Span<Source>, value: Value) {
        if self.beyond > 0 || self.open.len() >= DEPTH {
            self.wrong(span, &format!("this nests deeper than {DEPTH} levels"));
            self.beyond += 1;
            return;
        }
        self.open.push(Open {
            start: span.start,
            value,
            key: None,
            colon: false,
        });
    }

    fn end(&mut self, span: Span<Source>, brace: bool) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match self.open.last() {
            Some(open) if matches!(open.value, Value::Map(_)) == brace => self.close(span.end),
            _ => self.wrong(span, "this bracket closes nothing"),
        }
    }

    fn close(&mut self, end: u32) {
        self.drop_key();
        if let Some(open) = self.open.pop() {
            self.put(Span::new(open.start, end), open.value);
        }
    }

    /// Forgets a key that no value follows.
    fn drop_key(&mut self) {
        let key = self.open.last_mut().and_then(|open| open.key.take());
        if let Some((_, span)) = key {
            self.wrong(span, "no value follows this key");
        }
    }

    /// Takes what may be a key or a value.
    fn word(&mut self, span: Span<Source>, value: Value) {
        if self.beyond > 0 {
            return;
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.value, Value::Map(_))
            && !(open.key.is_some() && open.colon)
        {
            let (Value::Text(key) | Value::Number(key)) = value else {
                return;
            };
            let dropped = open.key.replace((key.into_owned(), span));
            open.colon = false;
            if let Some((_, span)) = dropped {
                self.wrong(span, "no value follows this key");
            }
            return;
        }
        self.put(span, value);
    }

    /// Adds a whole value to what is open.
    fn put(&mut self, span: Span<Source>, value: Value) {
        if self.beyond > 0 {
            return;
        }
        let node = Node { span, value };
        let Some(open) = self.open.last_mut() else {
            if self.roots.len() == 1 {
                self.wrong(node.span, "a second value stands here");
            }
            self.roots.push(node);
            return;
        };
        match &mut open.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match open.key.take().filter(|_| open.colon) {
                Some((key, key_span)) => entries.push(Entry {
                    key: Cow::Owned(key),
                    key_span,
                    node,
                }),
                None => self.wrong(span, "no key stands before this value"),
            },
            _ => {}
        }
    }

    fn finish(mut self, text: &str) -> Read {
        let end = self.place(text.len()..text.len()).end;
        if let Some(open) = self.open.last() {
            let start = open.start;
            self.wrong(Span::new(start, start + 1), "this bracket is never closed");
        }
        while !self.open.is_empty() {
            self.close(end);
        }
        let root = match self.roots.len() {
            0 | 1 => self.roots.pop().unwrap_or_else(|| super::nothing(self.base)),
            _ => Node {
                span: Span::new(self.base, end),
                value: Value::List(self.roots),
            },
        };
        Read {
            root,
            mistakes: self.mistake.into_iter().collect(),
            tolerated: Vec::new(),
        }
    }
}

/// The parser's words, to go on a sentence with.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
