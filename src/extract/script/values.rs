//! Owns reading the strings of a script: where one begins and ends, what is joined to it, and which are no copy by what
//! stands around them.

use super::frame::{Call, What};
use super::literal::Literal;
use super::reader::{Last, Reader};
use super::{lex, names};

/// The words of the shortest sentence that is copy wherever it is handed to, and of the shortest piece of a page.
const SENTENCE: usize = 8;
const PIECE: usize = 3;

/// Whether a string is a whole sentence of running text, or a piece of a page with words in it.
fn is_running(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace();
    if text.starts_with('<') && text.ends_with('>') {
        return words
            .filter(|word| !word.contains(['=', '{']))
            .take(PIECE)
            .count()
            == PIECE;
    }
    text.starts_with(char::is_uppercase)
        && text.ends_with(['.', '!', '?', '…', '”'])
        && words.take(SENTENCE).count() == SENTENCE
}

impl Reader<'_, '_> {
    /// A part of an expression that is no string begins here.
    pub(super) fn operand(&mut self) {
        let at = self.at;
        let Some(frame) = self.top() else { return };
        frame.fresh = false;
        if let Some(literal) = frame.literal.as_mut().filter(|literal| literal.joins) {
            literal.unknown.get_or_insert(at);
        } else {
            self.settle();
        }
    }

    pub(super) fn string(&mut self) {
        let (end, closed) = lex::string(self.text, self.at);
        let inner = self.at + 1..end - usize::from(closed);
        if !closed {
            self.tear(self.at..end);
        }
        let next = lex::white(self.text, end);
        if self.in_object_entry() && self.byte(next) == b':' {
            let key = self.slice(inner);
            self.named(key, next + 1);
            return;
        }
        let rest = self.text.get(next..).unwrap_or_default();
        let compared = ["==", "!=", ".split(", ".includes(", "in "]
            .iter()
            .any(|sign| rest.starts_with(sign));
        let copy = closed && !compared && self.last != Last::Mute && !self.is_prologue();
        self.begin_literal(copy);
        let text = self.text;
        if let Some(literal) = self.top().and_then(|frame| frame.literal.as_mut()) {
            literal.push(text, inner);
        }
        self.value_to(end);
        self.end_literal();
    }

    /// Whether a string here is a statement of its own, as `"use client"` is.
    fn is_prologue(&self) -> bool {
        self.last == Last::Start
            && self
                .frames
                .last()
                .is_some_and(|frame| matches!(frame.what, What::Block))
    }

    /// Begins a string, or another part of the one being read.
    fn begin_literal(&mut self, copy: bool) {
        let (pieces, last, value) = (self.pieces, self.last, self.value.clone());
        if last != Last::Plus || self.frames.last().is_none_or(|frame| frame.literal.is_none()) {
            self.settle();
        }
        let base = self.tree.flow.base();
        let Some(frame) = self.top() else { return };
        frame.fresh = false;
        let alone = frame.before.0 + 1 == pieces;
        let literal = frame.literal.get_or_insert_with(|| {
            let mut literal = Box::new(Literal {
                alone,
                base,
                ..Literal::default()
            });
            if last == Last::Plus {
                literal.hole(value.clone());
            }
            literal
        });
        literal.silent |= !copy;
        literal.joins = false;
        if let Some(from) = literal.unknown.take() {
            literal.hole(from..value.end.max(from));
        }
    }

    /// Ends a string unless another part of it follows.
    fn end_literal(&mut self) {
        let next = lex::white(self.text, self.at);
        if self.byte(next) != b'+' || matches!(self.byte(next + 1), b'+' | b'=') {
            self.settle();
        }
    }

    /// Takes what the string being read says, now that it is whole.
    pub(super) fn settle(&mut self) {
        let ends_braces = self.next_byte(self.at) == b'}';
        let markdown = self.is_markdown();
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let Some(mut literal) = frame.literal.take() else {
            return;
        };
        if let Some(from) = literal.unknown.take() {
            literal.hole(from..self.value.end.max(from));
        }
        if literal.silent || frame.is_silent() {
            return;
        }
        match frame.what {
            What::Index => {}
            What::Group(Call::Other) if !frame.named && is_running(literal.text.text()) => {
                self.copy(*literal, true);
            }
            What::Group(Call::Other | Call::Page) if !frame.named => {}
            What::Group(Call::Shown | Call::Shows) => self.copy(*literal, true),
            What::Braces { child: true } if markdown => self.copy(*literal, true),
            What::Braces { child: true } if literal.alone && ends_braces => self.inline(&literal),
            What::Braces { child } => self.copy(*literal, child),
            _ => self.copy(*literal, false),
        }
    }

    pub(super) fn template(&mut self) {
        let tagged =
            matches!(self.last, Last::Word | Last::Value).then(|| self.slice(self.chain..self.word.end));
        let copy = match tagged {
            Some(tag) => self.last == Last::Word && names::is_shown_template(tag),
            None => self.last != Last::Mute,
        };
        self.begin_literal(copy);
        self.at += 1;
        self.template_text();
    }

    /// Reads the text of a template up to its next hole or its end.
    pub(super) fn template_text(&mut self) {
        let start = self.at;
        let end = lex::template(self.text, start).min(self.end);
        let text = self.text;
        if let Some(literal) = self.top().and_then(|frame| frame.literal.as_mut()) {
            literal.push(text, start..end);
        }
        self.at = end;
        match self.byte(end) {
            b'$' => {
                self.push(What::Hole);
                self.at += 2;
                self.last = Last::Operator;
            }
            b'`' => {
                self.value_to(end + 1);
                self.end_literal();
            }
            _ => self.tear(start.saturating_sub(1)..start),
        }
    }
}
