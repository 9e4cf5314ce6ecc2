//! Owns reading YAML (and JSON, which is YAML) into nodes.

use super::{Entry, Mistake, Node, Value};
use crate::text::{Source, Span};
use offsets::Offsets;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::borrow::Cow;
use std::collections::HashSet;

pub(super) use offsets::surrogates;

mod offsets;

mod scalar;

/// After this many mistakes no more are looked for; nobody reads as many.
const MOST_MISTAKES: usize = 200;
/// How deep mappings and lists may nest.
const DEPTH: usize = 64;

/// Reads one YAML document that stands at byte `base` of the file; spans count from the file's start.
///
/// # Errors
/// Every mistake found: bad syntax, a key that stands twice, an alias or anchor, nesting deeper than 64.
pub fn parse_yaml(text: &str, base: u32) -> Result<Node, Vec<Mistake>> {
    match parse(text, base, false) {
        Ok((node, repeats)) if repeats.is_empty() => Ok(node),
        Ok((_, repeats)) => Err(repeats),
        Err(mistakes) => Err(mistakes),
    }
}

/// Reads YAML as [`parse_yaml`] does, but keeps every value of a key that stands twice, and says of which keys that
/// is so. Tags and anchors say nothing here, an alias is nothing, and several documents are a list.
///
/// # Errors
/// Every mistake found, these keys among them.
pub fn parse_loose_yaml(text: &str, base: u32) -> Result<(Node, Vec<Mistake>), Vec<Mistake>> {
    parse(text, base, true)
}

fn parse(text: &str, base: u32, loose: bool) -> Result<(Node, Vec<Mistake>), Vec<Mistake>> {
    if let Some(at) = text.find('\0') {
        let span = Span::<Source>::of(at..at + 1);
        let span = Span::new(base.saturating_add(span.start), base.saturating_add(span.end));
        return Err(vec![Mistake::new(span, "A zero byte stands in the text")]);
    }
    let (readable, pairs) = offsets::join_surrogates(text);
    let mut builder = Builder {
        text,
        offsets: Offsets::new(&readable, pairs, base),
        base,
        open: Vec::new(),
        roots: Vec::new(),
        loose,
        documents: 0,
        mistakes: Vec::new(),
        repeats: Vec::new(),
    };
    builder.run(&readable);
    builder.repeats.truncate(MOST_MISTAKES);
    if builder.mistakes.is_empty() {
        let nothing = Node {
            span: Span::empty(base),
            value: Value::Null,
        };
        let root = match builder.roots.len() {
            0 | 1 => builder.roots.pop().unwrap_or(nothing),
            _ => Node {
                span: Span::new(base, base.saturating_add(Span::<Source>::of(0..text.len()).end)),
                value: Value::List(builder.roots),
            },
        };
        Ok((root, builder.repeats))
    } else {
        builder.mistakes.append(&mut builder.repeats);
        builder.mistakes.sort_by_key(|mistake| mistake.span);
        Err(builder.mistakes)
    }
}

/// A mapping or list that is not complete yet.
struct Open {
    start: u32,
    /// Where its last child ends: a block mapping itself has no end mark.
    end: u32,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        /// The keys, once there are so many that looking through them would be slow.
        seen: HashSet<Cow<'static, str>>,
        key: Option<(Cow<'static, str>, Span<Source>)>,
    },
}

struct Builder<'a> {
    /// The document as it stands in the file.
    text: &'a str,
    offsets: Offsets,
    base: u32,
    open: Vec<Open>,
    roots: Vec<Node>,
    /// Whether what has no place in a file of ours is let pass.
    loose: bool,
    documents: usize,
    mistakes: Vec<Mistake>,
    /// Keys that stand twice.
    repeats: Vec<Mistake>,
}

impl Builder<'_> {
    fn run(&mut self, readable: &str) {
        let mut parser = Parser::new_from_str(readable);
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => {
                    let span = Span::new(
                        self.offsets.byte(span.start.index()),
                        self.offsets.byte(span.end.index()),
                    );
                    let tells = self.mistakes.len() < MOST_MISTAKES;
                    if !self.event(event, span) || !tells {
                        return;
                    }
                }
                Err(error) => {
                    let at = self.offsets.byte(error.marker().index());
                    self.mistakes
                        .push(Mistake::new(self.char_at(at), syntax(error.info())));
                    return;
                }
            }
        }
    }

    /// Takes one event; `false` says that there is no point in going on.
    fn event(&mut self, event: Event<'_>, span: Span<Source>) -> bool {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 && !self.loose {
                    self.mistakes.push(
                        Mistake::new(self.char_at(span.start), "A second document begins here")
                            .help("A file holds one YAML document; put each in a file of its own."),
                    );
                    return false;
                }
            }
            Event::Alias(_) => {
                if !self.loose {
                    self.mistakes
                        .push(Mistake::new(span, "An alias (*) stands here").help(NO_ANCHORS));
                }
                self.put(span, Value::Null);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.decorated(anchor, tag.as_ref(), span);
                self.scalar(text, style, tag.as_ref(), span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.decorated(anchor, tag.as_ref(), span);
                return self.begin(span, Kind::List(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.decorated(anchor, tag.as_ref(), span);
                let kind = Kind::Map {
                    entries: Vec::new(),
                    seen: HashSet::new(),
                    key: None,
                };
                return self.begin(span, kind);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    /// Notes anchors and tags, which a reader of the tree would not see.
    fn decorated(&mut self, anchor: usize, tag: Option<&Cow<'_, Tag>>, span: Span<Source>) {
        if self.loose {
            return;
        }
        if anchor != 0 {
            self.mistakes
                .push(Mistake::new(span, "This value has an anchor (&)").help(NO_ANCHORS));
        }
        if let Some(tag) = tag
            && !scalar::is_core(tag)
        {
            let message = format!("The tag {}{} is not known", tag.handle, tag.suffix);
            self.mistakes
                .push(Mistake::new(span, message).help("Leave the tag out."));
        }
    }

    fn begin(&mut self, span: Span<Source>, kind: Kind) -> bool {
        if self.open.len() >= DEPTH {
            self.mistakes
                .push(Mistake::new(self.char_at(span.start), too_deep()));
            return false;
        }
        self.open.push(Open {
            start: span.start,
            end: span.start,
            kind,
        });
        true
    }

    fn end(&mut self, span: Span<Source>) {
        let Some(open) = self.open.pop() else {
            return;
        };
        // The end mark of a block collection is wherever the next token stands.
        let closed = self.slice(span).starts_with(['}', ']']);
        let end = if closed { span.start + 1 } else { open.end };
        let value = match open.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map { entries, .. } => Value::Map(entries),
        };
        self.put(Span::new(open.start, end), value);
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<&Cow<'_, Tag>>,
        span: Span<Source>,
    ) {
        let span = self.scalar_span(style, span);
        let value = if style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str") {
            Value::Text(text.into_owned().into())
        } else if span.is_empty() {
            Value::Null
        } else {
            scalar::resolve(&text)
        };
        self.put(span, value);
    }

    /// The parser's span of a quoted scalar runs on over blanks and a comment; that of a block scalar over the
    /// next line's indentation.
    fn scalar_span(&self, style: ScalarStyle, span: Span<Source>) -> Span<Source> {
        let raw = self.slice(span);
        let len = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => scalar::quoted_len(raw),
            ScalarStyle::Literal | ScalarStyle::Folded => scalar::block_len(raw),
            ScalarStyle::Plain => raw.len(),
        };
        Span::new(span.start, span.start + Span::<Source>::of(0..len).end)
    }

    /// Adds a finished value to what is open.
    fn put(&mut self, span: Span<Source>, value: Value) {
        let Some(parent) = self.open.last_mut() else {
            self.roots.push(Node { span, value });
            return;
        };
        match &mut parent.kind {
            Kind::List(items) => {
                parent.end = parent.end.max(span.end);
                items.push(Node { span, value });
            }
            Kind::Map { entries, seen, key } => {
                if let Some((key, key_span)) = key.take() {
                    // A missing value has no place of its own: the parser puts it at the next token.
                    let missing = value == Value::Null && span.is_empty();
                    let span = if missing { key_span } else { span };
                    parent.end = parent.end.max(span.end);
                    add(
                        entries,
                        seen,
                        key,
                        key_span,
                        Node { span, value },
                        &mut self.repeats,
                    );
                } else {
                    parent.end = parent.end.max(span.end);
                    if matches!(value, Value::List(_) | Value::Map(_)) {
                        self.mistakes.push(
                            Mistake::new(span, "A list or mapping stands as a key")
                                .help("A key is one word."),
                        );
                    }
                    *key = Some((key_text(value, self.text, self.base, span), span));
                }
            }
        }
    }

    fn slice(&self, span: Span<Source>) -> &str {
        let down = |at: u32| at.saturating_sub(self.base);
        Span::<Source>::new(down(span.start), down(span.end)).slice(self.text)
    }

    /// The character at `at`, so that a message has something to point to.
    fn char_at(&self, at: u32) -> Span<Source> {
        // What ends too early is shown where the text ends, not on the empty line after it.
        let end = self.text.trim_end().len();
        if at.saturating_sub(self.base) as usize >= end {
            let last = self.text[..end].char_indices().next_back();
            let start = last.map_or(0, |(start, _)| start);
            let inside = Span::<Source>::of(start..end);
            return Span::new(self.base + inside.start, self.base + inside.end);
        }
        let rest = self
            .text
            .get(at.saturating_sub(self.base) as usize..)
            .unwrap_or_default();
        let len = rest
            .chars()
            .next()
            .filter(|c| !c.is_control())
            .map_or(0, char::len_utf8);
        Span::new(at, at + Span::<Source>::of(0..len).end)
    }
}

const NO_ANCHORS: &str = "Anchors and aliases are not read; write the value out.";

/// From this many keys on a mapping keeps a set of them.
const MANY: usize = 32;

fn add(
    entries: &mut Vec<Entry>,
    seen: &mut HashSet<Cow<'static, str>>,
    key: Cow<'static, str>,
    key_span: Span<Source>,
    node: Node,
    repeats: &mut Vec<Mistake>,
) {
    if entries.len() == MANY {
        seen.extend(entries.iter().map(|entry| entry.key.clone()));
    }
    let new = if entries.len() < MANY {
        entries.iter().all(|entry| entry.key != key)
    } else {
        seen.insert(key.clone())
    };
    if !new {
        repeats.push(
            Mistake::new(key_span, format!("The key `{key}` stands twice"))
                .help("Keep one of the two, or join their values."),
        );
    }
    entries.push(Entry { key, key_span, node });
}

fn key_text(value: Value, text: &str, base: u32, span: Span<Source>) -> Cow<'static, str> {
    match value {
        Value::Text(text) | Value::Number(text) => text,
        _ => {
            let down = |at: u32| at.saturating_sub(base);
            Span::<Source>::new(down(span.start), down(span.end))
                .slice(text)
                .to_owned()
                .into()
        }
    }
}

fn too_deep() -> String {
    format!("This nests deeper than {DEPTH} levels")
}

/// The parser's words, as a sentence.
fn syntax(info: &str) -> String {
    if info.contains("recursion limit") {
        return too_deep();
    }
    let mut info = info.trim_end_matches('.').to_owned();
    for (theirs, plain) in [
        ("a flow sequence", "a list in [ ]"),
        ("a flow mapping", "a mapping in { }"),
        ("a block sequence", "a list"),
        ("a block mapping", "a mapping"),
        ("a block collection", "a list or mapping"),
        ("did not find expected node content", "found no value"),
        ("a node", "a value"),
    ] {
        info = info.replace(theirs, plain);
    }
    format!("This is not YAML: {info}")
}

#[cfg(test)]
mod tests;
