//! Owns reading components and scripts (JavaScript, TypeScript, JSX, Astro, Svelte, Vue): the copy in their markup and in their data. It is a
//! reader of pieces rather than a parser: a draft with a mistake in it is read all the same, and no nesting is too deep.

mod broken;
mod calls;
mod code;
mod copy;
mod frame;
mod lex;
mod lists;
mod literal;
mod markup;
mod messages;
mod names;
mod reader;
mod run;
mod values;
mod words;

#[cfg(test)]
mod tests;

use super::data::is_english_texts;
use super::flow::{Flow, place};
use super::keys::Keys;
use super::mask::Aside;
use super::tree::Tree;
use super::{Extracted, strings};
use crate::data::Mistake;
use crate::document::{Block, Directive};
use crate::extract::html::attributes::Code;
use crate::source::SourceFile;
use crate::text::{Derived, Prose, Source, Span};
pub(super) use copy::is_sentence;
use frame::What;
pub(super) use lists::Lists;
pub use names::is_aside;
use reader::Reader;
use std::ops::Range;
use std::sync::Arc;

/// What a script is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// TypeScript, in which `<` never begins a tag.
    Script,
    Jsx,
    Astro,
    Svelte,
    Vue,
}

/// A line this long is no person's: the script was made by a program.
const LONGEST_LINE: usize = 5_000;

/// What a script begins with in which Next sends a page once more.
const STREAM: &str = "self.__next_f";

/// Reads a script; one that is by its name a test or a setting, or by its shape made by a program, holds no copy.
pub(super) fn extract(file: &Arc<SourceFile>, keys: &Keys) -> Extracted {
    let (name, text) = (file.name(), file.text());
    let texts = is_english_texts(name).then(|| keys.of_texts());
    let keys = texts.as_ref().unwrap_or(keys);
    let mut tree = Tree::new(Flow::new(Vec::new(), 0));
    let mut lists = Lists::new(text);
    let mut torn = None;
    if !names::is_aside(name) {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        torn = match dialect(name) {
            Dialect::Script | Dialect::Jsx if is_made(text) => None,
            dialect @ (Dialect::Script | Dialect::Jsx) => {
                read(text, start..text.len(), dialect, keys, &mut tree, &mut lists)
            }
            dialect => page(text, start, dialect, keys, &mut tree, &mut lists),
        };
    }
    tree.flush();
    lists.finish(keys, &mut tree.flow);
    let (blocks, mut directives) = tree.flow.finish();
    place(&mut directives, &blocks);
    Extracted {
        tolerated: torn.map(torn_at).into_iter().collect(),
        ..Extracted::new(file, (blocks, directives))
    }
}

/// Reads a component that is a page of markup, with the script that opens it where it has one.
fn page<'a>(
    text: &'a str,
    start: usize,
    dialect: Dialect,
    keys: &Keys,
    tree: &mut Tree,
    lists: &mut Lists<'a>,
) -> Option<Range<usize>> {
    let head = opening(text, start).filter(|_| dialect == Dialect::Astro);
    let torn = head
        .clone()
        .and_then(|head| read(text, head, Dialect::Script, keys, tree, lists));
    let body = head.map_or(start, |head| head.end + "---".len());
    ahead(text, body, keys, lists);
    let page = What::Children(frame::Element::default());
    let reader = Reader::new(text, body..text.len(), dialect, keys, tree, lists);
    torn.or(reader.run(page))
}

/// Keeps the lists of a script that stands after the markup that shows them.
fn ahead<'a>(text: &'a str, start: usize, keys: &Keys, lists: &mut Lists<'a>) {
    let rest = text.get(start..).unwrap_or_default();
    let Some((markup, script)) = rest
        .split_once("<script")
        .filter(|(markup, _)| markup.contains('<'))
    else {
        return;
    };
    let from = start + markup.len() + "<script".len();
    let inner = script.find('>').map_or(script.len(), |open| open + 1);
    let end = script.find("</script").unwrap_or(script.len()).max(inner);
    let mut aside = Tree::new(Flow::new(Vec::new(), 0));
    read(
        text,
        from + inner..from + end,
        Dialect::Script,
        keys,
        &mut aside,
        lists,
    );
}

/// The script between the lines `---` that a page opens with.
fn opening(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let white = rest.len() - rest.trim_start().len();
    let inner = rest.trim_start().strip_prefix("---")?;
    let from = start + white + "---".len();
    let len = memchr::memmem::find(inner.as_bytes(), b"\n---")?;
    Some(from..from + len + 1)
}

/// Reads a range of a text that holds statements; says what has no end in it.
fn read<'a>(
    text: &'a str,
    range: Range<usize>,
    dialect: Dialect,
    keys: &Keys,
    tree: &mut Tree,
    lists: &mut Lists<'a>,
) -> Option<Range<usize>> {
    Reader::new(text, range, dialect, keys, tree, lists).run(What::Block)
}

/// Reads what is script in a page of MDX or an attribute in Markdown, as `aside` says, at a range of its text.
pub(super) fn beside<'a>(
    text: &'a str,
    range: Range<usize>,
    aside: &Aside,
    keys: &Keys,
    tree: &mut Tree,
    lists: &mut Lists<'a>,
) {
    match aside {
        Aside::Comment(says) => tree.flow.directive(says, range),
        Aside::Statement => drop(read(text, range, Dialect::Jsx, keys, tree, lists)),
        Aside::Value | Aside::Quoted => {
            let before = text.get(..range.start).unwrap_or_default();
            let name = before.strip_suffix('=').map(names::last_name).unwrap_or_default();
            let inner = if matches!(aside, Aside::Value) {
                range.start + 1..range.end - 1
            } else {
                range
            };
            Reader::new(text, inner, Dialect::Jsx, keys, tree, lists).run_code(&Code::Value(name));
        }
    }
}

/// Reads code that stands in a page; places lead through `text`.
pub(super) fn within(
    text: &Derived<Prose, Source>,
    code: &Code<'_>,
    dialect: Dialect,
    keys: &Keys,
) -> (Vec<Block>, Vec<Directive>) {
    let source = text.text();
    let (mut blocks, mut directives) = (Vec::new(), Vec::new());
    if is_made(source) || dialect != Dialect::Jsx && !source.contains(['"', '\'', '`']) {
        return (blocks, directives);
    }
    let mut tree = Tree::new(Flow::new(Vec::new(), 0));
    let mut lists = Lists::new(source);
    // what has no end is the browser's to tell
    let _ = Reader::new(source, 0..source.len(), dialect, keys, &mut tree, &mut lists).run_code(code);
    lists.finish(keys, &mut tree.flow);
    (blocks, directives) = tree.flow.finish();
    place(&mut directives, &blocks);
    for block in &mut blocks {
        block.prose = strings::through(&block.prose, 0, text);
    }
    for directive in &mut directives {
        directive.span = text.origin(Span::new(directive.span.start, directive.span.end));
    }
    (blocks, directives)
}

fn torn_at(range: Range<usize>) -> Mistake {
    Mistake::new(Span::of(range), "this script does not close what it opens")
        .help("what could be read of it is read; a mistake in it may hide copy")
}

/// The dialect of a file, by its ending.
fn dialect(name: &str) -> Dialect {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "ts" | "mts" | "cts" => Dialect::Script,
        "astro" => Dialect::Astro,
        "svelte" => Dialect::Svelte,
        "vue" => Dialect::Vue,
        _ => Dialect::Jsx,
    }
}

/// Whether a program made it: code in lines that nobody writes, or a page once more as one long string.
fn is_made(text: &str) -> bool {
    if text.trim_start().starts_with(STREAM) {
        return true;
    }
    let long =
        |line: &str| line.len() > LONGEST_LINE && line.matches([';', '=', '(']).count() * 25 > line.len();
    text.lines().take(20).any(long)
}
