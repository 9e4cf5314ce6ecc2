//! Owns reading gettext catalogues: of each message the side that is shown, which is the source where nothing, or only
//! a guess, stands for it.

use super::Read;
use crate::data::{Entry, Node, Value};
use crate::text::{Derived, Prose, Source, Span};
use std::ops::Range;

/// Reads a catalogue.
pub(super) fn read(text: &str, base: u32) -> Read {
    let mut reader = Reader {
        text,
        base,
        entries: Vec::new(),
        message: Message::default(),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reader.line(line, at);
        at += line.len();
    }
    reader.end();
    let root = Node {
        span: Span::empty(base),
        value: Value::Map(reader.entries),
    };
    super::whole(root)
}

/// The text of a string that may stand on several lines, with its escapes read.
pub(super) fn align(node: &Node, source: &str) -> Option<Derived<Prose, Source>> {
    node.text()?;
    Some(decoded(node.span.slice(source), node.span.start))
}

/// A message in the making: where its strings stand.
#[derive(Default)]
struct Message {
    ids: Vec<Range<usize>>,
    translations: Vec<Range<usize>>,
    fuzzy: bool,
    part: Part,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    /// Comments and what gives context.
    #[default]
    Other,
    Id,
    Translation,
}

struct Reader<'a> {
    text: &'a str,
    base: u32,
    entries: Vec<Entry>,
    message: Message,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let lead = line.len() - line.trim_start().len();
        let bare = line.trim();
        let begins =
            bare.starts_with("msgctxt") || (bare.starts_with("msgid") && !bare.starts_with("msgid_plural"));
        let comes_after = self.message.part == Part::Translation;
        if comes_after && (begins || bare.is_empty() || bare.starts_with('#')) {
            self.end();
        }
        if bare.starts_with('#') {
            self.message.fuzzy |= bare.starts_with("#,") && bare.contains("fuzzy");
            return;
        }
        let quote = bare.find('"').unwrap_or(bare.len());
        let string = at + lead + quote..at + lead + bare.len();
        match bare.get(..quote).unwrap_or_default() {
            // the string before goes on
            "" => {
                let strings = match self.message.part {
                    Part::Id => &mut self.message.ids,
                    Part::Translation => &mut self.message.translations,
                    Part::Other => return,
                };
                if let Some(last) = strings.last_mut().filter(|_| !string.is_empty()) {
                    last.end = string.end;
                }
            }
            word if word.starts_with("msgid") => {
                self.message.part = Part::Id;
                self.message.ids.push(string);
            }
            word if word.starts_with("msgstr") => {
                self.message.part = Part::Translation;
                self.message.translations.push(string);
            }
            _ => self.message.part = Part::Other,
        }
    }

    /// Adds the message that was read.
    fn end(&mut self) {
        let message = std::mem::take(&mut self.message);
        let decode = |range: &Range<usize>| decoded(self.text.get(range.clone()).unwrap_or_default(), 0);
        let is_head = message.ids.first().is_none_or(|id| decode(id).text().is_empty());
        if is_head {
            return;
        }
        let translated = message
            .translations
            .iter()
            .any(|range| !decode(range).text().is_empty());
        let (key, strings) = if translated && !message.fuzzy {
            ("msgstr", message.translations)
        } else {
            ("msgid", message.ids)
        };
        for range in strings {
            let text = decode(&range).text().to_owned();
            let span = Span::<Source>::of(range);
            let base = self.base;
            self.entries.push(Entry {
                key: key.into(),
                key_span: Span::empty(base.saturating_add(span.start)),
                node: Node {
                    span: Span::new(span.start.saturating_add(base), span.end.saturating_add(base)),
                    value: Value::Text(text.into()),
                },
            });
        }
    }
}

/// What stands between the quotes of one line or more.
fn decoded(raw: &str, at: u32) -> Derived<Prose, Source> {
    let mut out = Derived::new();
    let place = |byte: usize| at.saturating_add(Span::<Source>::of(0..byte).end);
    let mut inside = false;
    let mut from = 0;
    let marks = raw.match_indices(['"', '\\']);
    let mut done = 0;
    for (mark, sign) in marks {
        if mark < done {
            continue;
        }
        if sign == "\"" {
            if inside {
                out.push_verbatim(raw.get(from..mark).unwrap_or_default(), place(from));
            }
            inside = !inside;
            from = mark + 1;
        } else if inside && let Some(escaped) = raw.get(mark + 1..).and_then(|rest| rest.chars().next()) {
            out.push_verbatim(raw.get(from..mark).unwrap_or_default(), place(from));
            done = mark + 1 + escaped.len_utf8();
            let piece = match escaped {
                'n' | 'r' => "\n",
                't' => "\t",
                _ => raw.get(mark + 1..done).unwrap_or_default(),
            };
            out.push_atomic(piece, Span::new(place(mark), place(done)));
            from = done;
        }
    }
    if inside {
        out.push_verbatim(raw.get(from..).unwrap_or_default(), place(from));
    }
    out
}
