//! Owns what is open while a part is read: elements, the run, boxes, tables, fields.

use crate::draft::paragraph::{Open, Raw};

/// An element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Other,
    Paragraph,
    Props,
    /// The properties of a paragraph's end.
    EndProps,
    List,
    Run,
    RunProps,
    /// An alternative within a run.
    Within,
    Text(u32),
    Instruction,
    Link,
    /// A control of forms: where it begins, whether nobody has filled it in, and whether it holds plain text.
    Control {
        start: u32,
        empty: bool,
        plain: bool,
    },
    ControlProps,
    /// What a control of plain text holds that stands around paragraphs.
    Apart,
    Box,
    Table,
    Row,
    Cell,
    Note,
    /// Alternatives, of which the first is read.
    Choice {
        chosen: bool,
    },
}

/// The run that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) number: u32,
    pub(super) style: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) language: Option<String>,
}

/// What is open in the body or in a box.
#[derive(Debug, Default)]
pub(super) struct Here {
    pub(super) paragraph: Option<Open>,
    /// A paragraph whose end is deleted.
    pub(super) joined: Option<Open>,
    pub(super) run: Option<Words>,
    /// Boxes and pictures in the open paragraph.
    pub(super) beside: Vec<Raw>,
    /// The tables that are open around it.
    pub(super) tables: usize,
    /// The number of the control of plain text in the open paragraph.
    pub(super) control: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table {
    pub(super) number: u32,
    pub(super) rows: u32,
    /// The open cell's column, from 1, and how many columns more it takes.
    pub(super) column: u16,
    pub(super) span: u16,
    /// Whether its first row heads its columns.
    pub(super) headed: bool,
    /// Whether the open row heads them.
    pub(super) heading: bool,
}

/// A field: an instruction, and what it made.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    /// Whether a link is open for it.
    pub(super) link: bool,
}
