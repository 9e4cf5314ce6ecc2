//! Owns which strings in the code of a template tag are copy: those that it prints, and those that it keeps under a
//! name.

use super::calls::{self, Call};
use super::frame::{Frame, Mode};
use super::lexer::{Family, Lexer, Text, Token};
use std::ops::Range;

/// A string kept under a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its parts; after each, whether a value stands before the next.
    pub(super) parts: Vec<(Text, bool)>,
    /// The names that lead to it, outermost first, with dots between them.
    pub(super) path: String,
    pub(super) as_what: As,
}

/// What a string is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum As {
    /// Under a name of its own.
    Named,
    /// What a program calls its parts.
    Label,
    /// What a function gives back, whose name is all that is known of it.
    Given,
    /// A script for the page.
    Script,
}

/// What was found in the code of a tag.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Strings that are shown where they stand, in order.
    pub(super) shown: Vec<Text>,
    /// Where something else is printed or kept, in order.
    pub(super) values: Vec<usize>,
    /// Whether something else is printed.
    pub(super) prints: bool,
    /// Where a statement ends, in order.
    pub(super) ends: Vec<usize>,
    /// Strings kept under a name.
    pub(super) kept: Vec<Kept>,
    /// Whether what stands before it and what stands after it are never shown together.
    pub(super) parts: bool,
    /// Whether functions or classes are declared.
    pub(super) declares: bool,
    /// Where the code ends.
    pub(super) end: usize,
}

impl Found {
    fn print(&mut self, at: usize) {
        self.values.push(at);
        self.prints = true;
    }
}

/// The most names that lead to a string.
const DEEPEST: usize = 8;

struct Reader<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    family: Family,
    frames: Vec<Frame<'a>>,
    /// What stood in the last index: `title` of `$page['title']`.
    index: &'a str,
    /// The function whose body comes next.
    function: Option<&'a str>,
    /// Whether the string that was kept last may go on.
    goes_on: bool,
    found: Found,
}

/// Reads the code in `range`. `mode` says what its value is for.
pub(super) fn read(text: &str, range: Range<usize>, family: Family, mode: Mode) -> Found {
    let mut reader = Reader {
        text,
        lexer: Lexer::new(text, range, family),
        family,
        frames: vec![Frame::new(
            mode,
            None,
            mode == Mode::Still && family != Family::Tag,
        )],
        index: "",
        function: None,
        goes_on: false,
        found: Found::default(),
    };
    reader.run();
    reader.found.end = reader.lexer.at;
    reader.found
}

type Placed<'a> = (Token<'a>, Range<usize>);

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut before: Option<Placed<'a>> = None;
        let mut now = self.lexer.next();
        while let Some((token, range)) = now {
            let next = self.lexer.next();
            let after = next.as_ref().map(|(token, _)| token);
            match &token {
                Token::Word(word) => self.word(word, range.start, before.as_ref(), after),
                Token::Text(text) => self.string(text, before.as_ref(), after),
                Token::Mark(mark) => self.mark(mark, range.start, before.as_ref()),
            }
            before = Some((token, range));
            now = next;
        }
    }

    fn top(&mut self) -> Option<&mut Frame<'a>> {
        self.frames.last_mut()
    }

    fn role(&self) -> Mode {
        self.frames.last().map_or(Mode::Still, Frame::role)
    }

    fn word(&mut self, word: &'a str, at: usize, before: Option<&Placed<'a>>, after: Option<&Token<'a>>) {
        let is_filter = matches!(before, Some((Token::Mark("|"), _)));
        let bare = word.trim_start_matches(['$', '@', ':']);
        let family = self.family;
        let role = self.role();
        let first = before.is_none();
        let is_spaced = self.text.as_bytes().get(at + word.len()) == Some(&b' ');
        let declaration = matches!(word, "class" | "trait" | "interface" | "namespace" | "function");
        self.found.declares |= declaration && role == Mode::Still && matches!(after, Some(Token::Word(_)));
        if word == "function" {
            self.function = match after {
                Some(Token::Word(name)) => Some(name),
                _ => None,
            };
        }
        let Some(top) = self.frames.last_mut() else { return };
        match (word, after) {
            ("echo" | "print", _) if top.mode == Mode::Still => top.mode = Mode::Prints,
            ("return", _) if top.mode == Mode::Still => top.mode = Mode::Keeps,
            (_, Some(Token::Mark("("))) => {
                let prints = role == Mode::Prints && calls::call(word) == Call::Unknown;
                if prints || (role == Mode::Still && word.starts_with("the_")) {
                    self.found.print(at);
                }
            }
            (symbol, _) if top.call == Some(Call::Names) && symbol.starts_with(':') => top.keep(bare),
            ("default" | "append" | "prepend", Some(Token::Mark(":"))) if is_filter => top.call = None,
            (_, Some(Token::Mark(":"))) if is_filter => top.call = Some(Call::Unknown),
            (_, Some(Token::Mark(mark))) if top.takes_name(mark) => top.keep(bare),
            // a call without brackets; in templates of Go what it is handed may begin with a point
            (_, Some(Token::Text(_) | Token::Word(_) | Token::Mark(".")))
                if family != Family::Php
                    && calls_bare(word, first, role)
                    && (family == Family::Tag && is_spaced || !matches!(after, Some(Token::Mark(_)))) =>
            {
                top.call = Some(calls::call(word));
                top.argument = 0;
                if top.call == Some(Call::Pairs) {
                    top.key = None;
                }
                if let Some(Call::Prints(_)) = top.call {
                    top.mode = Mode::Prints;
                }
                // each of a list is shown: `range slice "…" "…"`
                if word == "slice" && matches!(before, Some((Token::Word("range"), _))) {
                    top.keep("items");
                }
            }
            _ if is_filter => {}
            _ if role == Mode::Prints => self.found.print(at),
            // it may stand between strings of one page
            _ if role == Mode::Keeps => {
                self.found.values.push(at);
                self.paired();
            }
            _ => {}
        }
    }

    fn string(&mut self, text: &Text, before: Option<&Placed<'a>>, after: Option<&Token<'a>>) {
        let content = self.text.get(text.inner.clone()).unwrap_or_default();
        let compared = matches!(
            before,
            Some((Token::Mark("==" | "===" | "!=" | "!==" | "<" | ">"), _))
        ) || matches!(after, Some(Token::Mark("==" | "===" | "!=" | "!==")));
        let (role, family) = (self.role(), self.family);
        let Some(top) = self.frames.last_mut() else { return };
        if let Some(Token::Mark(mark @ (":" | "=>"))) = after
            && top.takes_name(mark)
        {
            return top.keep(content);
        }
        let first = top.argument == 0 && top.key.is_none();
        if top.call == Some(Call::Hooks) && first {
            top.function = Some(content);
        }
        if top.call == Some(Call::Names) && first || top.call == Some(Call::Pairs) && top.key.is_none() {
            return top.keep(content);
        }
        if top.is_index {
            self.index = content;
        }
        // `replace .Name "-"`: an argument, with no bracket around it
        let follows = match before {
            Some((Token::Word(word), _)) => *word != "echo",
            Some((Token::Text(_), _)) => true,
            _ => false,
        };
        let handed = follows && family == Family::Tag && role == Mode::Prints && top.call.is_none();
        if compared || handed {
            return;
        }
        match role {
            Mode::Prints if reads_as_text(content) => {
                // one of several that a function picks from, with nothing between them
                let one = matches!(top.call, Some(Call::Passes(_))) && top.argument > 0;
                if one || family == Family::Tag && matches!(before, Some((Token::Text(_), _))) {
                    self.found.ends.push(text.inner.start.saturating_sub(1));
                }
                self.found.shown.push(text.clone());
            }
            Mode::Fills if reads_as_text(content) => {
                self.found.ends.push(text.inner.start.saturating_sub(1));
                self.found.shown.push(text.clone());
            }
            Mode::Prints => self.found.print(text.inner.start),
            Mode::Keeps if top.block && has_markup(content) => self.found.shown.push(text.clone()),
            Mode::Keeps => {
                let apart = matches!(before, Some((Token::Word(_) | Token::Text(_), _)));
                self.goes_on &= !(family == Family::Tag && apart);
                self.keep(text.clone());
            }
            Mode::Still | Mode::Deaf | Mode::Fills => {}
        }
        self.paired();
    }

    /// A value of a list of names and values is over: a name follows.
    fn paired(&mut self) {
        if let Some(top) = self.frames.last_mut()
            && top.call == Some(Call::Pairs)
        {
            top.key = None;
        }
    }

    /// Keeps a string, which may go on with the one before it.
    fn keep(&mut self, text: Text) {
        let value = self.found.values.last().copied();
        if self.goes_on
            && let Some(last) = self.found.kept.last_mut()
        {
            if let Some((before, joint)) = last.parts.last_mut() {
                *joint = value.is_some_and(|value| value > before.inner.end);
            }
            last.parts.push((text, false));
            return;
        }
        self.goes_on = true;
        let (path, as_what) = self.path();
        self.found.kept.push(Kept {
            parts: vec![(text, false)],
            path,
            as_what,
        });
    }

    /// The names that lead to the value that is read now, and what it is kept as.
    fn path(&self) -> (String, As) {
        let from = self.frames.len().saturating_sub(DEEPEST);
        let around = || self.frames.iter().skip(from);
        match around().find_map(|frame| frame.call.filter(|call| call.is_elsewhere())) {
            Some(Call::Scripts(_)) => return (String::new(), As::Script),
            Some(_) => return ("text".to_owned(), As::Named),
            None => {}
        }
        let names: Vec<&str> = around().filter_map(|frame| frame.key).collect();
        let path = names.join(".");
        match around().rev().find_map(|frame| frame.function) {
            Some(function) if path.is_empty() => (function.to_owned(), As::Given),
            _ => (path, As::Named),
        }
    }

    fn mark(&mut self, mark: &str, at: usize, before: Option<&Placed<'a>>) {
        self.goes_on &= matches!(mark, "." | "+" | "~" | "->" | "::" | "(" | ")" | "[" | "]");
        match mark {
            "(" | "[" | "{" => self.open(mark, before),
            ")" | "]" | "}" if self.frames.len() > 1 => {
                self.frames.pop();
                self.paired();
                if mark == "}"
                    && let Some(top) = self.top()
                    && top.block
                {
                    top.end();
                }
            }
            ";" => {
                self.found.ends.push(at);
                self.function = None;
                if let Some(top) = self.top() {
                    top.end();
                }
            }
            "=>" if matches!(before, Some((Token::Mark(")"), _))) => {
                // what a short function gives back
                if let Some(top) = self.top() {
                    top.keep("");
                }
            }
            "," => {
                if let Some(top) = self.top() {
                    top.next();
                }
            }
            "?" => {
                if let Some(top) = self.top() {
                    top.conditions += 1;
                }
            }
            ":" => {
                let role = self.role();
                if let Some(top) = self.top()
                    && top.conditions > 0
                {
                    top.conditions -= 1;
                    if role == Mode::Prints {
                        // one or the other is printed
                        self.found.ends.push(at);
                    }
                }
            }
            "=" | ".=" if matches!(before, Some((Token::Mark("]"), _))) => {
                let index = self.index;
                if let Some(top) = self.top() {
                    top.keep(index);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, mark: &str, before: Option<&Placed<'a>>) {
        let role = self.role();
        let is_block = self.frames.last().is_some_and(|top| top.block);
        let inner = if role == Mode::Prints { Mode::Keeps } else { role };
        let mut frame = match (mark, before) {
            ("(", Some((Token::Word("array"), _))) => Frame::new(inner, None, false),
            ("(", Some((Token::Word("echo" | "print" | "return"), _))) => Frame::new(role, None, false),
            ("(", Some((Token::Word(name), _))) => Frame::new(role, Some(calls::call(name)), false),
            ("(", _) => Frame::new(role, None, false),
            ("[", Some((Token::Word(name), _))) if *name != "return" => {
                self.index = name.trim_start_matches('$');
                Frame::index()
            }
            ("[", Some((Token::Mark("]" | ")"), _))) => Frame::index(),
            ("{", Some((Token::Mark(")"), _)) | None) => Frame::new(Mode::Still, None, true),
            ("{", Some((Token::Word(_), _))) if is_block => Frame::new(Mode::Still, None, true),
            _ => Frame::new(inner, None, false),
        };
        if mark == "{" {
            frame.function = self.function.take();
        }
        self.frames.push(frame);
    }
}

/// Whether a word that something follows without a mark between them is a call of that with no brackets.
fn calls_bare(word: &str, first: bool, role: Mode) -> bool {
    let known = calls::call(word) != Call::Unknown;
    known || (first && role == Mode::Prints)
}

/// Whether a string holds HTML.
pub(super) fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let next = bytes.get(at + 1);
        next.is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/')
    })
}

/// Whether a printed string is something to read, or what joins such things, and no name, address or number.
fn reads_as_text(text: &str) -> bool {
    let bare = text.trim();
    if has_markup(text) || bare.contains(char::is_whitespace) || !bare.contains(char::is_alphanumeric) {
        return true;
    }
    let word = bare.trim_end_matches(['.', '!', '?', ',', ':', ';', '…']);
    word.chars()
        .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && !word.is_empty()
}
