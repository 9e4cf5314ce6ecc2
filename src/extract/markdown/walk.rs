//! Owns walking Markdown's events: each opens, closes or fills an element of the tree, as its HTML would.

use super::joints::Joints;
use crate::document::BlockKind;
use crate::extract::html::feed;
use crate::extract::mask::{self, Aside, Masked};
use crate::extract::tree::{Traits, Tree};
use crate::extract::writer::Writer;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What reads a piece of MDX that stands at a range.
pub(super) type Beside<'a> = dyn FnMut(&mut Tree, Range<usize>, &Aside) + 'a;

/// Reads a masked Markdown text into the tree; what is no Markdown is for `beside` to read.
pub(super) fn walk(masked: &Masked, beside: &mut Beside<'_>, tree: &mut Tree, joints: &mut Joints) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut walk = Walk {
        text: &masked.text,
        source: masked.unboxed.as_ref().unwrap_or(&masked.text),
        tree,
        code: false,
        address: false,
        in_head: false,
        image: None,
        link_title: None,
        html: None,
        after_html: false,
        boxes: &masked.boxes,
        quotes: Vec::new(),
    };
    let mut asides = masked.asides.iter().peekable();
    for (event, range) in Parser::new_ext(&masked.text, options).into_offset_iter() {
        if joints.pass(&event, range.start, walk.tree) {
            return;
        }
        while let Some((place, aside)) = asides.next_if(|(place, aside)| {
            // data waits until the text that it stands in is whole
            let waits = !matches!(aside, Aside::Comment(_)) && !walk.tree.flow.writer.is_empty();
            place.start < range.start && !waits
        }) {
            beside(walk.tree, place.clone(), aside);
        }
        walk.event(event, range);
    }
    walk.tree.flush();
    for (place, aside) in asides {
        beside(walk.tree, place.clone(), aside);
    }
}

/// An image whose text is being read.
struct Image {
    writer: Writer,
    depth: usize,
    title: Option<(String, Range<usize>)>,
}

/// A block of HTML that arrives line by line.
#[derive(Default)]
struct Html {
    text: String,
    map: Vec<(usize, usize)>,
    end: usize,
}

struct Walk<'a> {
    /// The text that is parsed.
    text: &'a str,
    /// The same with the marks of boxes, byte for byte in the same places: what turns out to be none is read from it.
    source: &'a str,
    tree: &'a mut Tree,
    /// Whether inside a code block.
    code: bool,
    /// Whether inside a link that shows its own address.
    address: bool,
    /// Whether inside the head of a table.
    in_head: bool,
    image: Option<Image>,
    link_title: Option<(String, Range<usize>)>,
    html: Option<Html>,
    /// Whether a block of HTML stands right before.
    after_html: bool,
    /// Where quotations begin that are boxes.
    boxes: &'a [usize],
    /// The names of the quotations that are open.
    quotes: Vec<&'static str>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image.is_some() {
            return self.image_event(&event, range);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.tree.placeholder(range),
            Event::Html(_) => self.html_line(range),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(label) => {
                if !self.tree.is_muted() {
                    self.tree.flow.mark(&label);
                }
            }
            Event::SoftBreak => self.tree.atomic(" ", range),
            Event::HardBreak => self.tree.line_break(range),
            Event::Rule => self.tree.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.code || self.address {
            return;
        }
        if self.html.is_some() {
            return self.html_line(range);
        }
        if self.text.get(range.clone()) == Some(text) {
            // the marks of a quotation stay overwritten; those of a box that is none come back
            let masked = mask::any(text);
            let source = self.source.get(range.clone()).filter(|_| !masked);
            let text = source.unwrap_or(text);
            self.tree.plain(text, range.start);
        } else {
            self.tree.atomic(text, range);
        }
    }

    /// Whether the quotation that begins at `at` is a box by its marks.
    fn is_box(&self, at: usize) -> bool {
        let after = self.boxes.partition_point(|start| *start <= at);
        let start = after.checked_sub(1).and_then(|index| self.boxes.get(index));
        start.is_some_and(|start| {
            let lead = self.text.get(*start..at).unwrap_or("x");
            lead.bytes().all(|byte| matches!(byte, b' ' | b'>'))
        })
    }

    fn open(&mut self, name: &str, range: Range<usize>) {
        self.tree.open(name, range, &Traits::default(), false);
    }

    /// Whether code that is only indented is the rest of the block of HTML before it: an empty line ends such a block,
    /// and the tags behind it stand as deep as they are nested.
    fn goes_on(&self, kind: &CodeBlockKind<'_>, range: Range<usize>) -> bool {
        let code = self.text.get(range).unwrap_or_default().trim_start();
        let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        matches!(kind, CodeBlockKind::Indented) && code.strip_prefix('<').is_some_and(tag)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let after_html = std::mem::take(&mut self.after_html);
        match tag {
            Tag::Paragraph => self.open("p", range),
            Tag::Heading { level, .. } => self.open(heading(level), range),
            // an alert is an author's own words
            Tag::BlockQuote(alert) => {
                let own = alert.is_some() || self.is_box(range.start);
                let name = if own { "aside" } else { "blockquote" };
                self.quotes.push(name);
                self.open(name, range);
            }
            Tag::CodeBlock(kind) => {
                self.tree.flush();
                if after_html && self.goes_on(&kind, range) {
                    self.html = Some(Html::default());
                } else {
                    self.code = true;
                }
            }
            Tag::HtmlBlock => {
                self.tree.flush();
                self.html = Some(Html::default());
            }
            Tag::List(_) => self.open("ul", range),
            Tag::Item => self.open("li", range),
            Tag::DefinitionList => self.open("dl", range),
            Tag::DefinitionListTitle => self.open("dt", range),
            Tag::DefinitionListDefinition => self.open("dd", range),
            Tag::FootnoteDefinition(label) => {
                let traits = Traits {
                    footnote: Some(label.to_string()),
                    ..Traits::default()
                };
                self.tree.open("footnote", range, &traits, false);
            }
            Tag::Table(_) => self.open("table", range),
            Tag::TableHead => {
                self.in_head = true;
                self.open("thead", range.clone());
                self.open("tr", range);
            }
            Tag::TableRow => self.open("tr", range),
            Tag::TableCell => self.open(if self.in_head { "th" } else { "td" }, range),
            Tag::Strong => self.open("strong", range),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { title, .. } => {
                self.image = Some(Image {
                    writer: self.tree.flow.aside(),
                    depth: 1,
                    title: (!title.is_empty()).then(|| (title.to_string(), range)),
                });
            }
            Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.tree.close("p"),
            TagEnd::Heading(level) => self.tree.close(heading(level)),
            TagEnd::BlockQuote(_) => {
                let name = self.quotes.pop().unwrap_or("blockquote");
                self.tree.close(name);
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.code = false;
                if let Some(html) = self.html.take() {
                    feed(&html.text, &html.map, self.tree);
                    self.tree.flush();
                    self.after_html = true;
                }
            }
            TagEnd::List(_) => self.tree.close("ul"),
            TagEnd::Item => self.tree.close("li"),
            TagEnd::DefinitionList => self.tree.close("dl"),
            TagEnd::DefinitionListTitle => self.tree.close("dt"),
            TagEnd::DefinitionListDefinition => self.tree.close("dd"),
            TagEnd::FootnoteDefinition => self.tree.close("footnote"),
            TagEnd::Table => self.tree.close("table"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.tree.close("tr");
                self.tree.close("thead");
            }
            TagEnd::TableRow => self.tree.close("tr"),
            TagEnd::TableCell => self.tree.close(if self.in_head { "th" } else { "td" }),
            TagEnd::Strong => self.tree.close("strong"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: Range<usize>) {
        if matches!(kind, LinkType::Autolink | LinkType::Email) {
            self.address = true;
            self.tree.placeholder(range);
            return;
        }
        if !title.is_empty() {
            self.link_title = Some((title.to_owned(), range));
        }
        if !self.tree.is_muted() {
            self.tree.flow.open_link(target, false);
        }
    }

    fn end_link(&mut self) {
        self.address = false;
        self.tree.flow.close_link();
        if let Some((title, range)) = self.link_title.take() {
            self.tooltip(&title, range);
        }
    }

    /// Adds the title of a link or image that stands at `range`.
    fn tooltip(&mut self, title: &str, range: Range<usize>) {
        if self.tree.is_muted() {
            return;
        }
        let whole = self.source.get(range.clone()).unwrap_or_default();
        // the title ends the link, so looking near its end is enough
        let mut from = whole.len().saturating_sub(title.len() + 16);
        while !whole.is_char_boundary(from) {
            from -= 1;
        }
        let tail = whole.get(from..).unwrap_or_default();
        let mut writer = self.tree.flow.aside();
        match tail.rfind(title) {
            Some(at) => writer.plain(title, range.start + from + at),
            None => writer.atomic(title, range),
        }
        self.tree.flow.beside(BlockKind::Tooltip, writer.finish());
    }

    fn image_event(&mut self, event: &Event<'_>, range: Range<usize>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) => image.depth -= 1,
            Event::Text(text) if self.text.get(range.clone()) == Some(text) => {
                // the marks of a quotation stay overwritten; those of a box that is none come back
                let masked = mask::any(text);
                let source = self.source.get(range.clone()).filter(|_| !masked);
                let text = source.unwrap_or(text);
                image.writer.plain(text, range.start);
            }
            Event::Text(text) => image.writer.atomic(text, range),
            Event::Code(_) => image.writer.placeholder(range),
            Event::SoftBreak | Event::HardBreak => image.writer.space(range, false),
            _ => {}
        }
        if image.depth == 0
            && let Some(image) = self.image.take()
            && !self.tree.is_muted()
        {
            self.tree.flow.beside(BlockKind::Alt, image.writer.finish());
            if let Some((title, range)) = image.title {
                self.tooltip(&title, range);
            }
        }
    }

    fn html_line(&mut self, range: Range<usize>) {
        let Some(html) = &mut self.html else { return };
        let line = self.source.get(range.clone()).unwrap_or_default();
        if html.map.is_empty() || html.end != range.start {
            html.map.push((html.text.len(), range.start));
        }
        // without carriage returns the tokenizer changes no byte
        html.text
            .extend(line.chars().map(|c| if c == '\r' { '\n' } else { c }));
        html.end = range.end;
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let tag = self.source.get(range.clone()).unwrap_or_default();
        feed(&tag.replace('\r', "\n"), &[(0, range.start)], self.tree);
    }
}

const fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}
