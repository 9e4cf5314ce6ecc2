//! Owns walking a script piece by piece, with all that is open on a stack of its own: no nesting costs the program's, and
//! what is wrong in one place hides no copy in another.

use super::copy::{Strings, Whole};
use super::frame::{Call, Frame, What};
use super::lists::Lists;
use super::{Dialect, calls, lex};
use crate::extract::keys::Keys;
use crate::extract::tree::Tree;
use std::ops::Range;

/// No more of a key than this is looked at.
pub(super) const LONGEST_KEY: usize = 64;
/// So far down is looked for what a closing bracket or tag ends.
pub(super) const REACH: usize = 64;

/// What came last, as far as it says what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// Nothing, or the end of a statement.
    Start,
    /// What asks for a value.
    Operator,
    /// `+`.
    Plus,
    /// What asks for a value that is no copy: `===`, `case`, `from`.
    Mute,
    /// `.`.
    Dot,
    /// `=>`.
    Arrow,
    /// A name.
    Word,
    /// A value.
    Value,
}

/// A reader of scripts and of markup in them.
pub(super) struct Reader<'a, 't> {
    pub(super) text: &'a str,
    /// Up to where it is read.
    pub(super) end: usize,
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    pub(super) keys: &'t Keys,
    pub(super) tree: &'t mut Tree,
    pub(super) lists: &'t mut Lists<'a>,
    pub(super) frames: Vec<Frame<'a>>,
    /// The dotted keys that lead to the value being read.
    pub(super) path: String,
    pub(super) last: Last,
    /// The last name, and the names joined by dots that it ends.
    pub(super) word: Range<usize>,
    pub(super) chain: usize,
    /// Where the value that came last stands.
    pub(super) value: Range<usize>,
    /// Whether the body of a function that tells of the page comes next.
    page: bool,
    /// How many pieces are read, and how many tags.
    pub(super) pieces: usize,
    pub(super) tags: usize,
    /// How many elements are open.
    pub(super) elements: usize,
    /// Data that is whole and waits to be written, and its strings.
    pub(super) whole: Vec<Whole>,
    pub(super) strings: Strings,
    /// The first thing that has no end.
    pub(super) torn: Option<Range<usize>>,
}

impl<'a, 't> Reader<'a, 't> {
    /// A reader of `range` of a text, where `what` is open.
    pub(super) fn new(
        text: &'a str,
        range: Range<usize>,
        dialect: Dialect,
        keys: &'t Keys,
        tree: &'t mut Tree,
        lists: &'t mut Lists<'a>,
    ) -> Self {
        Self {
            text: text.get(..range.end).unwrap_or(text),
            end: range.end.min(text.len()),
            at: range.start,
            dialect,
            keys,
            tree,
            lists,
            frames: Vec::new(),
            path: String::new(),
            last: Last::Start,
            word: 0..0,
            chain: 0,
            value: 0..0,
            page: false,
            pieces: 0,
            tags: 0,
            elements: 0,
            whole: Vec::new(),
            strings: Strings::default(),
            torn: None,
        }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// The first byte that is no white space, from `at` on.
    pub(super) fn next_byte(&self, at: usize) -> u8 {
        self.byte(lex::white(self.text, at))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn top(&mut self) -> Option<&mut Frame<'a>> {
        self.frames.last_mut()
    }

    /// Whether a value may begin here.
    pub(super) const fn wants_value(&self) -> bool {
        !matches!(self.last, Last::Word | Last::Value | Last::Dot)
    }

    /// Opens something here.
    pub(super) fn push(&mut self, what: What<'a>) {
        let parent = self.frames.last();
        let of_code = |parent: &Frame<'_>| parent.literal.as_ref().is_some_and(|literal| literal.silent);
        let silent = parent.is_some_and(Frame::is_silent)
            || matches!(what, What::Group(Call::Silent))
            || matches!(what, What::Hole) && parent.is_some_and(of_code);
        let outer = self.path.len();
        let mut root = parent.map_or(0, |parent| parent.root);
        if matches!(
            what,
            What::Block | What::Hole | What::Braces { child: true } | What::Children(_) | What::Tag(_)
        ) {
            root = outer;
        }
        if self.page && matches!(what, What::Block) || matches!(what, What::Group(Call::Page)) {
            root = outer;
            self.path.push_str("seo");
        }
        self.page = false;
        let listed = matches!(what, What::Array);
        self.frames.push(Frame {
            what,
            start: self.at,
            outer,
            path: self.path.len(),
            root,
            index: 0,
            fresh: true,
            named: false,
            spoken: false,
            silent,
            silent_statement: false,
            literal: None,
            values: Vec::new(),
            before: (self.pieces, self.tags),
        });
        if listed {
            self.push_key("0");
        }
    }

    /// Closes what was opened last.
    pub(super) fn pop(&mut self) -> Option<Frame<'a>> {
        self.settle();
        let mut frame = self.frames.pop()?;
        self.path.truncate(frame.outer);
        let values = std::mem::take(&mut frame.values);
        self.gather(&frame.what, values);
        if let What::Children(element) = frame.what {
            self.leave(element);
        }
        Some(frame)
    }

    /// Names the value that comes next.
    pub(super) fn push_key(&mut self, key: &str) {
        let Some(frame) = self.frames.last() else { return };
        self.path.truncate(frame.path);
        if self.path.len() > frame.root {
            self.path.push('.');
        }
        self.path.push_str(&key[..key.floor_char_boundary(LONGEST_KEY)]);
    }

    /// Names the arguments of the call that was opened last: no other key says anything of them.
    fn name_arguments(&mut self, key: &str) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.root = frame.outer;
        self.path.push_str(&key[..key.floor_char_boundary(LONGEST_KEY)]);
        frame.path = self.path.len();
    }

    pub(super) fn piece(&mut self) {
        self.at = lex::white(self.text, self.at);
        let byte = self.byte(self.at);
        match byte {
            0 if self.at >= self.end => return,
            b'/' if matches!(self.byte(self.at + 1), b'/' | b'*') => return self.comment(),
            b'<' if self
                .text
                .get(self.at..)
                .is_some_and(|rest| rest.starts_with("<!--")) =>
            {
                return self.comment();
            }
            _ => {}
        }
        self.pieces += 1;
        match byte {
            b'"' | b'\'' => self.string(),
            b'`' => self.template(),
            b'{' | b'(' | b'[' => self.open(byte),
            b'}' | b')' | b']' => self.close(byte),
            b'<' if self.conflict() => {}
            b'<' if self.begins_tag() => self.open_tag(),
            b'/' if self.wants_value() && lex::regex(self.text, self.at).is_some() => {
                self.operand();
                let end = lex::regex(self.text, self.at).unwrap_or(self.at + 1);
                self.value_to(end);
            }
            b'0'..=b'9' => {
                self.operand();
                let end = lex::word(self.text, self.at);
                self.value_to(end);
            }
            byte if lex::is_word(byte) || byte == b'#' && lex::is_word(self.byte(self.at + 1)) => self.word(),
            _ => self.sign(byte),
        }
    }

    /// Passes a comment, and keeps one that is addressed to caveat.
    pub(super) fn comment(&mut self) {
        let Some((end, says, whole)) = lex::comment(self.text, self.at) else {
            self.at += 1;
            return;
        };
        if !whole {
            self.tear(self.at..self.at + 1);
        }
        if says.trim_start().starts_with("caveat-") {
            self.tree.flow.directive(says.trim(), self.at..end);
        }
        self.at = end.min(self.end);
    }

    pub(super) fn value_to(&mut self, end: usize) {
        self.value = self.at..end;
        self.at = end;
        self.last = Last::Value;
    }

    fn open(&mut self, byte: u8) {
        let follows_value = matches!(self.last, Last::Word | Last::Value);
        if byte != b'{' || !follows_value {
            self.operand();
        } else {
            self.settle();
        }
        let mut key = None;
        let what = match byte {
            b'(' if follows_value => {
                let callee = self.slice(self.chain..self.word.end);
                let (call, named) = if self.last == Last::Word {
                    calls::call(callee, self.slice(self.at + 1..self.end), self.keys)
                } else {
                    (Call::Other, None)
                };
                key = named;
                What::Group(call)
            }
            b'(' => What::Group(Call::None),
            b'[' if follows_value => What::Index,
            b'[' => What::Array,
            _ if matches!(self.last, Last::Operator | Last::Plus) => What::Object,
            _ => What::Block,
        };
        if matches!(what, What::Object | What::Block) && self.elements == 0 {
            let in_list = self
                .frames
                .last()
                .is_some_and(|frame| matches!(frame.what, What::Array));
            if in_list {
                self.tree.flow.lead = None;
            }
        }
        let starts = matches!(what, What::Block);
        self.push(what);
        if let Some(key) = key {
            self.name_arguments(key);
        }
        self.at += 1;
        self.last = if starts { Last::Start } else { Last::Operator };
    }

    fn close(&mut self, byte: u8) {
        let ends = |what: &What<'_>| match byte {
            b'}' => matches!(
                what,
                What::Block | What::Object | What::Hole | What::Braces { .. }
            ),
            b')' => matches!(what, What::Group(_)),
            _ => matches!(what, What::Array | What::Index),
        };
        let bound = |what: &What<'_>| {
            matches!(
                what,
                What::Hole | What::Braces { .. } | What::Children(_) | What::Tag(_)
            )
        };
        let mut found = None;
        for (n, frame) in self.frames.iter().enumerate().skip(1).rev().take(REACH) {
            if ends(&frame.what) {
                found = Some(n);
                break;
            }
            if bound(&frame.what) {
                break;
            }
        }
        let Some(found) = found else {
            self.tear(self.at..self.at + 1);
            self.at += 1;
            self.last = Last::Value;
            return;
        };
        while self.frames.len() > found + 1 {
            self.tear(self.at..self.at + 1);
            self.pop();
        }
        self.hand_braces();
        let Some(frame) = self.pop() else { return };
        self.at += 1;
        self.last = if matches!(frame.what, What::Block) {
            Last::Start
        } else {
            Last::Value
        };
        self.value = frame.start..self.at;
        match frame.what {
            What::Hole => {
                let place = frame.start..self.at;
                if let Some(literal) = self.top().and_then(|frame| frame.literal.as_mut()) {
                    literal.hole(place);
                }
                self.template_text();
            }
            What::Braces { child: true } => self.leave_braces(&frame),
            What::Group(Call::Page) => self.page = true,
            _ => {}
        }
    }
}
