//! Owns making blocks of the strings of data: which of them are copy, what each is among its neighbours, and reading
//! the Markdown or HTML in them.

use super::keys::{self, Keys};
use super::{html, markdown};
use crate::data::{Entry, Node, Value};
use crate::document::{Block, BlockKind};
use crate::text::{Derived, Prose, RunKind, Source, Span};

/// The words of the longest string that is an item of a list where it stands alone in an object.
const ITEM: usize = 15;

/// Says what the text of a string is, byte for byte, and where it stands in the file.
pub(super) type Align<'a> = dyn Fn(&Node) -> Option<Derived<Prose, Source>> + 'a;

/// Adds the copy in a tree of data to `blocks`; its keys stand below `path`, which is empty for a whole file. Each
/// object of a list is a section of its own; a list of strings is led into by the heading before it.
pub(super) fn add(root: &Node, path: &str, align: &Align<'_>, keys: &Keys, blocks: &mut Vec<Block>) {
    let section = blocks.last().map_or(0, |block| block.section);
    let mut strings = Strings {
        keys,
        align,
        blocks,
        section,
        leads: vec![None],
    };
    let kind = root.text().and_then(|text| keys.judge(path, text));
    strings.node(root, path, kind);
}

struct Strings<'a> {
    keys: &'a Keys,
    align: &'a Align<'a>,
    blocks: &'a mut Vec<Block>,
    section: u32,
    /// For each open object what may lead into a list: its last heading, or a paragraph that ends with a colon.
    leads: Vec<Option<u32>>,
}

impl Strings<'_> {
    /// Adds what a value holds; `kind` is what it is where it is a string of copy.
    fn node(&mut self, node: &Node, path: &str, kind: Option<BlockKind>) {
        match &node.value {
            Value::Map(entries) => {
                self.map(entries, path, false);
            }
            Value::List(items) => self.list(items, path),
            Value::Text(_) => {
                if let (Some(kind), Some(aligned)) = (kind, (self.align)(node)) {
                    self.string(&aligned, path, kind);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, items: &[Node], path: &str) {
        let mut sections = false;
        for (at, item) in items.iter().enumerate() {
            let path = join(path, &at.to_string());
            if let Value::Map(entries) = &item.value {
                sections |= self.map(entries, &path, true);
            } else {
                let kind = item.text().and_then(|text| self.keys.judge(&path, text));
                self.node(item, &path, kind);
            }
        }
        // what follows the objects belongs to none of them
        self.section += u32::from(sections);
    }

    /// Adds an object, `listed` for one of a list, and says whether it is a section.
    fn map(&mut self, entries: &[Entry], path: &str, listed: bool) -> bool {
        let field = field(entries);
        let below: Vec<String> = entries
            .iter()
            .map(|entry| join(path, field.filter(|_| entry.key == FIELD.1).unwrap_or(&entry.key)))
            .collect();
        let mut kinds: Vec<Option<BlockKind>> = entries
            .iter()
            .zip(&below)
            .map(|(entry, path)| self.keys.judge(path, entry.node.text()?))
            .collect();
        let nested = |entry: &Entry| matches!(entry.node.value, Value::List(_) | Value::Map(_));
        let lone = listed && kinds.iter().flatten().count() < 2 && !entries.iter().any(nested);
        if lone {
            // an object of one short string is an item of a list
            for (entry, kind) in entries.iter().zip(&mut kinds) {
                let flow = matches!(kind, Some(BlockKind::Paragraph | BlockKind::Heading(_)));
                if flow && entry.node.text().is_some_and(is_short) {
                    *kind = Some(BlockKind::ListItem);
                }
            }
        } else {
            head(entries, &below, &mut kinds);
            self.section += u32::from(listed);
            self.leads.push(None);
        }
        for at in order(entries, &kinds) {
            self.node(&entries[at].node, &below[at], kinds[at].clone());
        }
        if !lone {
            self.leads.pop();
        }
        listed && !lone
    }

    /// Adds the blocks of one string.
    fn string(&mut self, aligned: &Derived<Prose, Source>, path: &str, kind: BlockKind) {
        let first = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        let mut parts = fragment(aligned);
        let beside = |kind: &BlockKind| matches!(kind, BlockKind::Alt | BlockKind::Tooltip);
        let lone = parts.iter().filter(|part| !beside(&part.kind)).count() == 1;
        let lead = self.leads.iter().rev().copied().flatten().next();
        for part in &mut parts {
            if !beside(&part.kind) && (lone || !is_flow(&kind)) {
                part.kind = merged(&kind, &part.kind);
                if part.kind == BlockKind::ListItem {
                    part.lead_in = lead;
                }
            } else {
                part.lead_in = part.lead_in.map(|lead| lead.saturating_add(first));
            }
        }
        let opened = parts.first().map_or(0, |part| part.section);
        for mut part in parts {
            let heads = matches!(part.kind, BlockKind::Heading(_));
            // a string that is a heading by its key opens the section that one by its marks has opened
            self.section += u32::from(lone && heads && opened == 0);
            part.section += self.section;
            part.quoted |= keys::is_quoted(path);
            part.key = Some(path.into());
            if let Some(lead) = self.leads.last_mut()
                && (heads || (part.kind == BlockKind::Paragraph && part.prose.text().ends_with(':')))
            {
                *lead = u32::try_from(self.blocks.len()).ok();
            }
            self.blocks.push(part);
        }
        self.section = self.blocks.last().map_or(self.section, |block| block.section);
    }
}

/// The name and the value of a field of a post, in an export of WordPress.
const FIELD: (&str, &str) = ("wp:meta_key", "wp:meta_value");

/// The name of the field that an object is.
fn field(entries: &[Entry]) -> Option<&str> {
    let name = entries.iter().find(|entry| entry.key == FIELD.0)?;
    name.node.text()
}

/// The order in which the entries of an object are read: a heading stands before the list that it heads.
fn order(entries: &[Entry], kinds: &[Option<BlockKind>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let list = entries.iter().position(|entry| entry.node.list().is_some());
    let heading = kinds
        .iter()
        .position(|kind| matches!(kind, Some(BlockKind::Heading(_))));
    if let (Some(list), Some(heading)) = (list, heading)
        && list < heading
    {
        order[list..=heading].rotate_right(1);
    }
    order
}

/// Makes the name of what an object describes its heading.
fn head(entries: &[Entry], below: &[String], kinds: &mut [Option<BlockKind>]) {
    let describes = |(entry, kind): (&Entry, &Option<BlockKind>)| {
        *kind == Some(BlockKind::Paragraph) && keys::is_description(&entry.key)
    };
    if !entries.iter().zip(&*kinds).any(describes) {
        return;
    }
    for ((entry, path), kind) in entries.iter().zip(below).zip(kinds) {
        if *kind == Some(BlockKind::Paragraph) && keys::is_name(&entry.key) {
            *kind = Some(keys::heading(path));
        }
    }
}

/// What a block is that is one thing by its key and another by its marks: a list stays a list in running text.
fn merged(by_key: &BlockKind, by_marks: &BlockKind) -> BlockKind {
    if *by_key == BlockKind::Paragraph {
        by_marks.clone()
    } else {
        by_key.clone()
    }
}

/// Whether a string of this kind may hold more than a line.
fn is_flow(kind: &BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading(_)
    )
}

/// Whether a string is so short that it is no running text.
fn is_short(text: &str) -> bool {
    text.split_whitespace().take(ITEM + 1).count() <= ITEM
}

/// A key below another; at the top it stands alone.
fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// Reads a string that may be written in Markdown or HTML.
pub(super) fn fragment(aligned: &Derived<Prose, Source>) -> Vec<Block> {
    let decoded = aligned.text();
    let lead = decoded.len() - decoded.trim_start().len();
    let text = decoded.get(lead..).unwrap_or_default();
    let mut blocks = if is_html(text) {
        html::fragment(text)
    } else {
        markdown::fragment(text)
    };
    for block in &mut blocks {
        block.prose = through(&block.prose, lead, aligned);
    }
    blocks
}

/// Whether a text is HTML from end to end; what has tags among its words is Markdown.
fn is_html(text: &str) -> bool {
    let opens = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    text.strip_prefix('<').is_some_and(opens) && text.trim_end().ends_with('>')
}

/// `prose`, whose places count bytes of `aligned`'s text from `lead` on, with places in the file.
pub(super) fn through(
    prose: &Derived<Prose, Source>,
    lead: usize,
    aligned: &Derived<Prose, Source>,
) -> Derived<Prose, Source> {
    let lead = u32::try_from(lead).unwrap_or(u32::MAX);
    let mut out = Derived::new();
    for run in prose.runs() {
        let inner = Span::<Prose>::new(
            run.from.start.saturating_add(lead),
            run.from.end.saturating_add(lead),
        );
        match run.kind {
            RunKind::Atomic => out.push_atomic(run.to.slice(prose.text()), aligned.origin(inner)),
            RunKind::Verbatim => copy(aligned, inner, &mut out),
        }
    }
    out
}

/// Copies a span of the decoded text, run by run.
fn copy(aligned: &Derived<Prose, Source>, span: Span<Prose>, out: &mut Derived<Prose, Source>) {
    let from = aligned.runs().partition_point(|run| run.to.end <= span.start);
    let runs = aligned.runs().get(from..).unwrap_or_default();
    for run in runs.iter().take_while(|run| run.to.start < span.end) {
        let part = Span::<Prose>::new(run.to.start.max(span.start), run.to.end.min(span.end));
        let piece = part.slice(aligned.text());
        match run.kind {
            RunKind::Verbatim => out.push_verbatim(piece, run.from.start + (part.start - run.to.start)),
            RunKind::Atomic => out.push_atomic(piece, run.from),
        }
    }
}
