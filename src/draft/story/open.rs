//! Owns what an element of a part does when it begins.

use super::fields::address;
use super::state::{Kind, Table, Words};
use super::{PLACEHOLDER, Reader};
use crate::draft::run::{Run, small};
use crate::draft::xml::Tag;

/// Elements that hold no copy: what is deleted or moved away, what was before a change, names and codes.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "tblGrid",
    "ffData",
    "separator",
];

impl Reader<'_> {
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        if self.skip > 0 {
            self.skip += 1;
            return;
        }
        let kind = if tag.own { self.own(tag) } else { self.foreign(tag) };
        match kind {
            Some(kind) => self.stack.push(kind),
            None => self.skip = 1,
        }
    }

    /// What one of Word's own elements opens; nothing where it is not read.
    fn own(&mut self, tag: &Tag<'_>) -> Option<Kind> {
        let top = self.stack.last().copied().unwrap_or(Kind::Other);
        match top {
            Kind::Props => return self.of_paragraph(tag),
            Kind::EndProps => {
                if matches!(tag.name, "del" | "moveFrom")
                    && let Some(open) = &mut self.here.paragraph
                {
                    open.joined = true;
                }
                return None;
            }
            Kind::List => {
                if let Some(open) = &mut self.here.paragraph {
                    match tag.name {
                        "ilvl" => open.level = tag.number("val"),
                        "numId" => open.list = tag.number("val"),
                        _ => {}
                    }
                }
                return None;
            }
            Kind::RunProps => {
                self.of_run(tag);
                return None;
            }
            Kind::Run => return self.in_run(tag),
            Kind::Within => match tag.name {
                "drawing" | "pict" | "object" | "txbxContent" => {}
                _ => return None,
            },
            Kind::ControlProps => {
                self.of_control(tag);
                return None;
            }
            _ => {}
        }
        if SKIPPED.contains(&tag.name) {
            return None;
        }
        Some(match tag.name {
            "p" => {
                self.begin_paragraph();
                Kind::Paragraph
            }
            "pPr" if top == Kind::Paragraph => Kind::Props,
            "r" if self.here.paragraph.is_some() && self.here.run.is_none() => {
                self.begin_run(tag);
                Kind::Run
            }
            "r" => return None,
            "hyperlink" => {
                let target = self.address(tag);
                if let Some(open) = &mut self.here.paragraph {
                    open.open_link(target);
                }
                Kind::Link
            }
            "fldSimple" => {
                let target = tag.attribute("instr").and_then(|said| address(&said));
                if let Some(open) = &mut self.here.paragraph {
                    open.open_link(target);
                }
                Kind::Link
            }
            "sdt" => Kind::Control {
                start: small(tag.at.start),
                empty: false,
                plain: false,
            },
            "sdtPr" => Kind::ControlProps,
            "sdtContent" => match top {
                Kind::Control { empty: true, .. } => return None,
                Kind::Control {
                    start, plain: true, ..
                } => self.begin_control(start),
                _ => Kind::Other,
            },
            "tbl" => self.begin_table(),
            "tblPr" | "trPr" | "tcPr" => Kind::Other,
            "tblLook" => self.look(tag),
            "tblHeader" => {
                if let Some(table) = self.tables.last_mut() {
                    table.heading = tag.is_on();
                }
                Kind::Other
            }
            "tr" => self.begin_row(),
            "tc" => {
                self.end_joined();
                if let Some(table) = self.tables.last_mut() {
                    table.column = table.column.saturating_add(1 + std::mem::take(&mut table.span));
                }
                Kind::Cell
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    let more = tag.number("val").unwrap_or(1).clamp(1, 100) - 1;
                    table.span = more as u16;
                }
                Kind::Other
            }
            "txbxContent" => return self.begin_box().then_some(Kind::Box),
            "footnote" | "endnote" => return self.begin_note(tag),
            "commentRangeStart" | "commentReference" => {
                self.comment(tag.number("id"));
                Kind::Other
            }
            "headerReference" => {
                self.out.headers.extend(tag.attribute("id"));
                Kind::Other
            }
            "footerReference" => {
                self.out.footers.extend(tag.attribute("id"));
                Kind::Other
            }
            _ => Kind::Other,
        })
    }

    /// What an element of another kind opens.
    fn foreign(&mut self, tag: &Tag<'_>) -> Option<Kind> {
        Some(match tag.name {
            "AlternateContent" => Kind::Choice { chosen: false },
            "Choice" | "Fallback" => {
                if let Some(Kind::Choice { chosen }) = self.stack.last_mut()
                    && std::mem::replace(chosen, true)
                {
                    return None;
                }
                // What stands in it stands in the run around it.
                if self.here.run.is_some() {
                    Kind::Within
                } else {
                    Kind::Other
                }
            }
            "docPr" => {
                let said = tag.attribute("descr").or_else(|| tag.attribute("title"));
                self.picture(said.unwrap_or_default());
                Kind::Other
            }
            "shape" | "rect" if tag.attribute("alt").is_some() => {
                self.picture(tag.attribute("alt").unwrap_or_default());
                Kind::Other
            }
            "oMath" => {
                self.formula();
                return None;
            }
            _ => Kind::Other,
        })
    }

    fn of_paragraph(&mut self, tag: &Tag<'_>) -> Option<Kind> {
        let open = self.here.paragraph.as_mut()?;
        match tag.name {
            "pStyle" => open.style = tag.attribute("val"),
            "outlineLvl" => open.outline = tag.number("val"),
            "numPr" => return Some(Kind::List),
            "rPr" => return Some(Kind::EndProps),
            "sectPr" => return Some(Kind::Other),
            _ => {}
        }
        None
    }

    fn of_run(&mut self, tag: &Tag<'_>) {
        let Some(words) = &mut self.here.run else {
            return;
        };
        match tag.name {
            "rStyle" => words.style = tag.attribute("val"),
            "b" => words.bold = Some(tag.is_on()),
            "vanish" => words.hidden = Some(tag.is_on()),
            "vertAlign" => words.raised = Some(tag.attribute("val").as_deref() == Some("superscript")),
            "lang" => words.language = tag.attribute("val"),
            _ => {}
        }
    }

    fn in_run(&mut self, tag: &Tag<'_>) -> Option<Kind> {
        match tag.name {
            "rPr" => return Some(Kind::RunProps),
            "t" => return Some(Kind::Text(small(tag.at.start))),
            "tab" | "ptab" => self.sign("\t", &tag.at),
            "br" | "cr" => self.sign("\n", &tag.at),
            "noBreakHyphen" => self.sign("\u{2011}", &tag.at),
            "softHyphen" => self.sign("\u{ad}", &tag.at),
            "sym" => self.sign(PLACEHOLDER, &tag.at),
            "instrText" => return Some(Kind::Instruction),
            "fldChar" => self.field(tag),
            "footnoteReference" => self.note_mark("", tag),
            "endnoteReference" => self.note_mark("e", tag),
            "commentReference" => self.comment(tag.number("id")),
            "lastRenderedPageBreak" => self.turn(),
            "drawing" | "pict" | "object" => return Some(Kind::Other),
            "ruby" => self.sign(PLACEHOLDER, &tag.at),
            _ => {}
        }
        None
    }

    /// A page begins here.
    fn turn(&mut self) {
        if !self.asked.body || !self.outer.is_empty() {
            return;
        }
        self.page += 1;
        if let Some(open) = &mut self.here.paragraph {
            open.turn();
        }
    }

    fn begin_run(&mut self, tag: &Tag<'_>) {
        let (start, inside) = (small(tag.at.start), small(tag.at.end));
        if self.outer.is_empty() {
            self.note_top(tag.at.start);
        }
        let number = self.here.control.unwrap_or(small(self.out.runs.len()));
        self.here.run = Some(Words {
            number,
            ..Words::default()
        });
        if self.here.control.is_none() {
            self.out.runs.push(Run {
                start,
                end: inside,
                inside,
                props: inside,
                whole: false,
            });
        }
    }

    /// What its properties say of a control.
    fn of_control(&mut self, tag: &Tag<'_>) {
        let control = self.stack.iter_mut().rev().nth(1);
        if let Some(Kind::Control { empty, plain, .. }) = control {
            match tag.name {
                "showingPlcHdr" => *empty = tag.is_on(),
                "text" | "dropDownList" | "comboBox" | "date" => *plain = true,
                _ => {}
            }
        }
    }

    /// A control of plain text, which no comment may stand in: one within a paragraph is as whole as a run, and what
    /// comments say of others is told beside them.
    fn begin_control(&mut self, start: u32) -> Kind {
        if self.here.paragraph.is_none() || self.here.control.is_some() {
            self.controls += 1;
            return Kind::Apart;
        }
        if self.outer.is_empty() {
            self.note_top(start as usize);
        }
        self.here.control = Some(small(self.out.runs.len()));
        self.out.runs.push(Run {
            start,
            end: start,
            inside: start,
            props: start,
            whole: true,
        });
        Kind::Other
    }

    fn begin_table(&mut self) -> Kind {
        self.end_joined();
        self.count += 1;
        self.here.tables += 1;
        self.tables.push(Table {
            number: self.count,
            ..Table::default()
        });
        Kind::Table
    }

    fn begin_row(&mut self) -> Kind {
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
            (table.column, table.span) = (0, 0);
            table.heading = table.headed && table.rows == 1;
        }
        Kind::Row
    }

    /// Whether the first row of a table looks like a head.
    fn look(&mut self, tag: &Tag<'_>) -> Kind {
        let bits = tag
            .attribute("val")
            .and_then(|val| u32::from_str_radix(&val, 16).ok());
        let said = tag
            .attribute("firstRow")
            .map(|value| matches!(value.as_str(), "1" | "true" | "on"));
        if let Some(table) = self.tables.last_mut() {
            table.headed = said.unwrap_or(bits.is_some_and(|bits| bits & 0x20 != 0));
        }
        Kind::Other
    }

    fn begin_note(&mut self, tag: &Tag<'_>) -> Option<Kind> {
        // Lines between text and notes are written as notes.
        if tag.attribute("type").is_some_and(|kind| kind != "normal") {
            return None;
        }
        let id = tag.attribute("id").unwrap_or_default();
        self.note = Some(format!("{}{id}", self.asked.label).into());
        Some(Kind::Note)
    }
}
