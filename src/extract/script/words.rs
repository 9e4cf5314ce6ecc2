//! Owns what the names and signs of a script say of what follows: which key a value has, where statements begin, and what
//! is compared, imported or thrown and so is no copy.

use super::frame::{Call, What};
use super::reader::{Last, REACH, Reader};
use super::{lex, names};

impl Reader<'_, '_> {
    /// Whether an entry of an object begins here.
    pub(super) fn in_object_entry(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.fresh && matches!(frame.what, What::Object))
    }

    /// Takes the key of the value that begins at `at`.
    pub(super) fn named(&mut self, key: &str, at: usize) {
        // the title of a page may be one of several
        let of_title = self.path.ends_with(".title") && matches!(key, "default" | "absolute" | "template");
        if !of_title {
            self.push_key(key);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.fresh = false;
            frame.named = true;
            frame.spoken = key.contains([' ', '.']);
        }
        self.at = at;
        self.last = Last::Operator;
    }

    /// A statement begins: what was said of the last one is over.
    fn statement(&mut self) {
        self.settle();
        let Some(frame) = self
            .frames
            .last_mut()
            .filter(|frame| matches!(frame.what, What::Block))
        else {
            return;
        };
        frame.named = false;
        frame.silent_statement = false;
        let path = frame.path;
        self.path.truncate(path);
        if self.elements == 0 {
            self.tree.flow.lead = None;
        }
    }

    pub(super) fn word(&mut self) {
        let end = lex::word(self.text, self.at + 1);
        let word = self.slice(self.at..end);
        let next = lex::white(self.text, end);
        if self.last == Last::Dot {
            self.operand();
            self.show_each(end);
            return self.pass_word(end);
        }
        if self.in_object_entry() {
            match self.byte(next) {
                b':' => return self.named(word, next + 1),
                b'=' if !matches!(self.byte(next + 1), b'=' | b'>') => return self.named(word, next + 1),
                b'(' => {
                    self.push_key(word);
                    return self.pass_word(end);
                }
                byte if lex::is_word(byte) => {
                    // a word before the name: `async`, `get`
                    self.at = end;
                    return;
                }
                _ => {}
            }
        }
        self.chain = self.at;
        if !self.keyword(word, end, self.byte(next)) {
            self.operand();
            self.show_each(end);
            self.pass_word(end);
        }
    }

    fn pass_word(&mut self, end: usize) {
        self.word = self.at..end;
        self.value = self.at..end;
        self.at = end;
        self.last = Last::Word;
    }

    /// Reads a word that means something to the language.
    fn keyword(&mut self, word: &str, end: usize, next: u8) -> bool {
        let follows_value = matches!(self.last, Last::Word | Last::Value);
        let last = match word {
            "const" | "let" | "var" => {
                self.statement();
                if lex::is_word(next) {
                    let name = lex::white(self.text, end);
                    let name_end = lex::word(self.text, name);
                    let name = self.slice(name..name_end);
                    self.named(names::variable(name), name_end);
                    self.last = Last::Word;
                    return true;
                }
                Last::Operator
            }
            "return" | "default" | "yield" => {
                self.statement();
                Last::Operator
            }
            "throw" => {
                self.statement();
                self.silence_statement();
                Last::Operator
            }
            "type" | "interface" | "declare" | "namespace" if lex::is_word(next) && !follows_value => {
                self.statement();
                self.silence_statement();
                Last::Start
            }
            "import" if next != b'.' => {
                self.statement();
                Last::Mute
            }
            "function" => {
                self.statement();
                // what follows are types or parameters, as after a name
                self.pass_word(end);
                return true;
            }
            "export" | "class" => {
                self.statement();
                Last::Start
            }
            "async" | "static" | "public" | "private" | "readonly" => Last::Start,
            "else" | "do" | "try" | "finally" => {
                self.statement();
                Last::Start
            }
            "await" | "typeof" | "void" | "delete" | "new" | "of" => {
                self.operand();
                Last::Operator
            }
            "case" | "in" | "instanceof" => {
                self.settle();
                Last::Mute
            }
            "from" if matches!(next, b'"' | b'\'') => Last::Mute,
            "as" | "satisfies" | "keyof" | "extends" | "implements" | "is" if follows_value => {
                self.settle();
                Last::Mute
            }
            _ => return false,
        };
        self.at = end;
        self.last = last;
        true
    }

    fn silence_statement(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.silent_statement = true;
        }
    }

    /// Reads what is neither name nor value nor bracket.
    pub(super) fn sign(&mut self, byte: u8) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let starts = |sign: &str| rest.starts_with(sign);
        let (len, last) = match byte {
            b';' => {
                self.end_statement();
                (1, Last::Start)
            }
            b',' => {
                self.settle();
                self.comma();
                (1, Last::Operator)
            }
            b'.' if starts("...") => {
                self.entry_begun();
                (3, Last::Operator)
            }
            b'.' => {
                self.operand();
                (1, Last::Dot)
            }
            b'?' if starts("?.") => {
                self.operand();
                (2, Last::Dot)
            }
            b'+' if starts("++") => (2, self.last),
            b'+' if starts("+=") => {
                self.settle();
                self.assign();
                (2, Last::Operator)
            }
            b'+' => {
                if let Some(literal) = self.frames.last_mut().and_then(|frame| frame.literal.as_mut()) {
                    literal.joins = true;
                }
                (1, Last::Plus)
            }
            b'-' if starts("--") => (2, self.last),
            b'!' if !starts("!=") => {
                self.operand();
                (
                    1,
                    if self.last == Last::Word {
                        Last::Word
                    } else {
                        Last::Operator
                    },
                )
            }
            b'=' if starts("=>") => {
                self.settle();
                self.gives_back();
                (2, Last::Arrow)
            }
            b'=' | b'!' if starts("==") || starts("!=") => {
                self.settle();
                (
                    rest.bytes()
                        .take(3)
                        .take_while(|byte| matches!(byte, b'=' | b'!'))
                        .count(),
                    Last::Mute,
                )
            }
            b'=' => {
                self.settle();
                self.assign();
                (1, Last::Operator)
            }
            b':' => {
                self.settle();
                self.part();
                self.label();
                (1, Last::Operator)
            }
            b'<' => (1, Last::Mute),
            _ => {
                self.settle();
                (rest.chars().next().map_or(1, char::len_utf8), Last::Operator)
            }
        };
        self.at += len;
        self.last = last;
    }

    /// `;` ends a statement, and an entry where types are written; a list that it stands in has no end.
    fn end_statement(&mut self) {
        let open = self.frames.iter().rev().take(REACH);
        let lists = open
            .take_while(|frame| matches!(frame.what, What::Array | What::Index))
            .count();
        for _ in 0..lists {
            self.tear(self.at..self.at + 1);
            self.pop();
        }
        self.statement();
        if self
            .frames
            .last()
            .is_some_and(|frame| matches!(frame.what, What::Object))
        {
            self.comma();
        }
    }

    fn entry_begun(&mut self) {
        self.settle();
        if let Some(frame) = self.frames.last_mut() {
            frame.fresh = false;
        }
    }

    /// The next item, entry or argument begins.
    fn comma(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.named = false;
        frame.fresh = true;
        let path = frame.path;
        if matches!(frame.what, What::Array) {
            frame.index = frame.index.saturating_add(1);
            let index = frame.index.to_string();
            self.push_key(&index);
        } else {
            self.path.truncate(path);
        }
    }

    /// `name = value`: the name is the value's key, where it has none yet.
    fn assign(&mut self) {
        let named = self.frames.last().is_none_or(|frame| frame.named);
        if self.last == Last::Word && !named {
            let key = self.slice(self.word.clone());
            self.push_key(names::variable(key));
            if let Some(frame) = self.frames.last_mut() {
                frame.named = true;
            }
        }
    }

    /// `computed(() => …)`: what a function that is handed on gives back has the name of the whole.
    fn gives_back(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.named |= matches!(frame.what, What::Group(Call::Other)) && frame.root < self.path.len();
        }
    }

    /// Parts two texts of which one is shown: `{a ? <b>…</b> : <i>…</i>}`.
    pub(super) fn part(&mut self) {
        if matches!(self.frames.last(), Some(frame) if matches!(frame.what, What::Braces { child: true })) {
            self.space();
        }
    }

    /// `name: …` in the body of a class: the name is the key of the value to come.
    fn label(&mut self) {
        let statement = self
            .frames
            .last()
            .is_some_and(|frame| matches!(frame.what, What::Block));
        if statement {
            self.assign();
        }
    }
}
