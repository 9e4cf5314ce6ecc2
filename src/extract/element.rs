//! Owns what is known of HTML elements by their name.

/// What a block is, as far as its element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Paragraph,
    ListItem,
    Cell {
        header: bool,
    },
    Caption,
    Button,
    /// A footnote, by the number of its label.
    Footnote(u32),
    Title,
}

/// What an element does with the text around and inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Goes on with the block around it.
    Inline,
    /// Bold.
    Strong,
    /// A link.
    Anchor,
    /// A raised mark.
    Raised,
    /// Ends the block before it and starts one of this role, or of the role around it.
    Block(Option<Role>),
    /// A block where no list belongs to what stands before it.
    Region,
    /// A paragraph, which any other block ends.
    Text,
    Quotation,
    List,
    Item,
    Term,
    Definition,
    Table,
    TableHead,
    Row,
    Cell {
        header: bool,
    },
    /// Text that is no copy, shown within a line.
    Code,
    /// Contents that are no copy.
    Hidden,
    /// Contents that are no copy, between blocks.
    HiddenBlock,
    /// A drawing, of which only what it says is read.
    Drawing,
    /// Words in a drawing.
    Legend,
    /// The head of the page.
    Head,
    /// The title of the page.
    Title,
    /// A line break.
    Break,
    /// Has no contents.
    Void,
    /// Has no contents and ends a block.
    Rule,
    /// Says something about the page.
    Meta,
    /// A form field.
    Input,
}

/// The kind of an element, by its lower-case name; unknown ones go on with the block around them.
pub(super) fn kind(name: &str) -> Kind {
    match name {
        "p" => Kind::Text,
        "div" | "section" | "article" | "main" | "address" | "figure" | "details" | "fieldset" | "hgroup"
        | "center" | "body" | "html" | "tbody" | "tfoot" | "colgroup" | "select" | "optgroup" | "dialog"
        | "search" | "menu" | "object" | "datalist" | "canvas" | "video" | "audio" | "picture" | "label"
        | "legend" => Kind::Block(None),
        "header" | "footer" | "nav" | "aside" | "form" => Kind::Region,
        "h1" => heading(1),
        "h2" => heading(2),
        "h3" => heading(3),
        "h4" => heading(4),
        "h5" => heading(5),
        // the line that opens a fold-out is its heading
        "h6" | "summary" => heading(6),
        "figcaption" | "caption" => Kind::Block(Some(Role::Caption)),
        "button" | "option" => Kind::Block(Some(Role::Button)),
        "blockquote" => Kind::Quotation,
        "ul" | "ol" | "dl" => Kind::List,
        "li" => Kind::Item,
        "dt" => Kind::Term,
        "dd" => Kind::Definition,
        "table" => Kind::Table,
        "thead" => Kind::TableHead,
        "tr" => Kind::Row,
        "td" => Kind::Cell { header: false },
        "th" => Kind::Cell { header: true },
        "a" => Kind::Anchor,
        "b" | "strong" => Kind::Strong,
        "sup" => Kind::Raised,
        "code" | "kbd" | "samp" | "math" => Kind::Code,
        "script" | "style" | "template" | "noscript" | "textarea" => Kind::Hidden,
        "pre" | "iframe" | "noembed" | "noframes" | "frameset" | "xmp" => Kind::HiddenBlock,
        "svg" => Kind::Drawing,
        "desc" | "text" => Kind::Legend,
        "head" => Kind::Head,
        "title" => Kind::Title,
        "br" => Kind::Break,
        "hr" => Kind::Rule,
        "meta" => Kind::Meta,
        "input" => Kind::Input,
        "img" | "link" | "source" | "area" | "base" | "col" | "embed" | "param" | "track" | "wbr" => {
            Kind::Void
        }
        _ => Kind::Inline,
    }
}

const fn heading(level: u8) -> Kind {
    Kind::Block(Some(Role::Heading(level)))
}

impl Kind {
    /// Whether an element of this kind ends the block before it and is ended by its own end.
    pub(super) const fn breaks(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Strong
                | Self::Anchor
                | Self::Raised
                | Self::Code
                | Self::Hidden
                | Self::Drawing
                | Self::Legend
                | Self::Break
                | Self::Void
                | Self::Meta
                | Self::Input
        )
    }

    /// Whether it has no contents.
    pub(super) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Void | Self::Rule | Self::Meta | Self::Input | Self::Break
        )
    }

    /// Whether it may stand in the head of a page.
    pub(super) const fn is_head(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Meta | Self::Hidden | Self::Void | Self::Head
        )
    }
}
