//! Owns the format-neutral document: blocks of prose with their kind and place, links, and directives. It knows
//! no parser and no rule.

use crate::data::{Node, host, is_of_site};
use crate::source::SourceFile;
use crate::text::{Derived, Prose, Source, Span};
use std::sync::Arc;

/// One file's visible copy, in reading order.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The copy. A block is never empty.
    pub blocks: Vec<Block>,
    /// Comments addressed to caveat, in order.
    pub directives: Vec<Directive>,
    /// The value of the front matter's `caveat` key, if it has one.
    pub settings: Option<Node>,
    /// The address that the page says it stands at.
    pub address: Option<String>,
}

impl Document {
    /// Makes links by whole address to one of these sites, or to the one that the page says it stands at, links within
    /// the site: what leads home is no source.
    pub fn turn_home(&mut self, sites: &[String]) {
        let known = sites.iter().chain(&self.address).map(|site| host(site));
        // A name without a dot, as of a machine, is nobody's.
        let known: Vec<String> = known.filter(|site| site.contains('.')).collect();
        if known.is_empty() {
            return;
        }
        for link in self.blocks.iter_mut().flat_map(|block| &mut block.links) {
            // What begins with a slash leads home already.
            let whole = Some(&link.target).filter(|target| !target.starts_with('/'));
            let rest = whole
                .and_then(|target| target.split_once("://"))
                .map(|(_, rest)| rest);
            let home = |rest: &&str| known.iter().any(|site| is_of_site(&host(rest), site));
            if let Some(rest) = rest.filter(home) {
                link.target = rest.find('/').map_or("/", |at| &rest[at..]).to_owned();
            }
        }
    }
}

/// A run of prose that stands alone: no claim reaches from one block into another, but for a lead-in.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The text that a reader sees, and where it stands in the file.
    pub prose: Derived<Prose, Source>,
    /// Number of the section it stands in: 0 before the first heading, then one more with each heading (which
    /// belongs to the section it opens) and with each object in a list of data.
    pub section: u32,
    /// Whether it stands in a block quotation or in an element marked as a quotation or testimonial.
    pub quoted: bool,
    /// For a list item or table cell: index of the block that leads into it (the paragraph or heading before
    /// the list; the parent item for a nested one; the column's header for a cell).
    pub lead_in: Option<u32>,
    /// Links and footnote marks inside it, by where they start.
    pub links: Vec<Link>,
    /// For a string of data (front matter, a data file, an object in a script, a named attribute): its dotted key,
    /// numbers of lists from 0: `faq.2.answer`.
    pub key: Option<Box<str>>,
}

/// Scope names in policies: the kinds of blocks, and what a block of any kind may be besides.
pub const SCOPES: &[&str] = &[
    "heading",
    "paragraph",
    "list",
    "table",
    "caption",
    "button",
    "footnote",
    "alt",
    "tooltip",
    "title",
    "meta",
    "front-matter",
    "quote",
    "link",
    "source",
    "running",
];

/// A set of scopes, a bit for each.
pub type Scopes = u16;

const _: () = assert!(SCOPES.len() <= Scopes::BITS as usize);

/// The scopes of these names.
pub fn scopes<'n>(names: impl Iterator<Item = &'n str>) -> Scopes {
    let place = |name| SCOPES.iter().position(|known| *known == name);
    names.filter_map(place).fold(0, |all, place| all | 1 << place)
}

impl Block {
    /// The scopes that it is within; `runs` says whether it is long enough to be running text.
    pub fn scopes(&self, runs: bool) -> Scopes {
        let link = self.is_link();
        let besides = [
            ("quote", self.quoted),
            ("link", link),
            ("source", link && self.leads_away()),
            ("running", runs && !link),
        ];
        let besides = besides.into_iter().filter(|(_, is)| *is).map(|(name, _)| name);
        scopes(besides.chain([self.kind.scope()]))
    }

    /// Whether a block that links fill only names what another site holds, as an entry of a list of studies does: the
    /// scope `source`. A heading or button speaks for itself.
    pub fn leads_away(&self) -> bool {
        let away = |link: &Link| {
            let target = link.target.get(..8).unwrap_or(&link.target).to_ascii_lowercase();
            target.starts_with("https://") || target.starts_with("http://")
        };
        !matches!(self.kind, BlockKind::Heading(_) | BlockKind::Button) && self.links.iter().all(away)
    }

    /// Whether links are all that it says, as in navigation: the scope `link`. Reads the whole block.
    pub fn is_link(&self) -> bool {
        if self.links.is_empty() {
            return false;
        }
        let linked: u32 = self.links.iter().map(|link| link.span.len()).sum();
        // No more letters are counted than decide it.
        let mut letters = 0;
        for c in self.prose.text().chars().filter(|c| !c.is_whitespace()) {
            letters += c.len_utf8();
            if letters > linked as usize {
                return false;
            }
        }
        letters > 0
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list; a term or definition of a definition list.
    ListItem,
    /// A cell of a table; `header` for one in its head.
    TableCell {
        /// Whether it stands in the head.
        header: bool,
    },
    /// The caption of a figure or table.
    Caption,
    /// A button's text.
    Button,
    /// The text of a footnote, with its label.
    Footnote(String),
    /// An image's alternative text.
    Alt,
    /// A title or `aria-label` attribute.
    Tooltip,
    /// The document's title: `<title>`, `og:title`, front matter `title`.
    Title,
    /// Meta description and the like.
    Meta,
    /// A string of the front matter.
    FrontMatter,
}

impl BlockKind {
    /// The scope's name in policies.
    pub const fn scope(&self) -> &'static str {
        match self {
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list",
            Self::TableCell { .. } => "table",
            Self::Caption => "caption",
            Self::Button => "button",
            Self::Footnote(_) => "footnote",
            Self::Alt => "alt",
            Self::Tooltip => "tooltip",
            Self::Title => "title",
            Self::Meta => "meta",
            Self::FrontMatter => "front-matter",
        }
    }

    /// Whether the reader of the page sees it where it stands; alternative text, meta fields and front matter
    /// never satisfy a duty.
    pub const fn is_body(&self) -> bool {
        !matches!(
            self,
            Self::Alt | Self::Tooltip | Self::Title | Self::Meta | Self::FrontMatter
        )
    }
}

/// A link or footnote mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words, in bytes of the block's prose; empty for a footnote mark.
    pub span: Span<Prose>,
    /// The address as written, from the first slash on where it leads to the page's own site; `footnote:LABEL` for a
    /// footnote mark.
    pub target: String,
}

/// A comment that begins with `caveat-`: `<!-- caveat-allow … -->`, `{/* caveat-allow … */}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment's text without its delimiters, trimmed.
    pub text: String,
    /// The whole comment in the file.
    pub span: Span<Source>,
    /// Index of the first block that stands after it (the number of blocks where none does).
    pub before: u32,
}
