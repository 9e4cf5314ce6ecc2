//! Owns what stands for something else within a paragraph: fields, links, formulas, and the marks of notes.

use super::state::Field;
use super::{INSTRUCTION, PLACEHOLDER, Reader};
use crate::draft::xml::Tag;
use crate::source::draft::MarkKind;

impl Reader<'_> {
    pub(super) fn note_mark(&mut self, lead: &str, tag: &Tag<'_>) {
        let label: Box<str> = format!("{lead}{}", tag.attribute("id").unwrap_or_default()).into();
        let host = self.outer.first().and_then(|outer| outer.run.as_ref());
        if let Some(run) = host.or(self.here.run.as_ref()).filter(|_| self.asked.body) {
            self.out.notes.push((label.clone(), run.number));
        }
        if let Some(open) = &mut self.here.paragraph {
            open.mark(open.end(), MarkKind::Note(label));
        }
    }

    pub(super) fn formula(&mut self) {
        if let Some(open) = self
            .here
            .paragraph
            .as_mut()
            .filter(|open| !open.raw.text.ends_with(PLACEHOLDER))
        {
            open.push(PLACEHOLDER, self.page);
        }
    }

    pub(super) fn field(&mut self, tag: &Tag<'_>) {
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                let Some(field) = self.fields.last_mut() else {
                    return;
                };
                let target = address(&field.instruction);
                if let (Some(open), Some(target)) = (&mut self.here.paragraph, target) {
                    field.link = true;
                    open.open_link(Some(target));
                }
            }
            Some("end") => {
                let link = self.fields.pop().is_some_and(|field| field.link);
                if let Some(open) = self.here.paragraph.as_mut().filter(|_| link) {
                    open.close_link();
                }
            }
            _ => {}
        }
    }

    /// Where a link leads.
    pub(super) fn address(&self, tag: &Tag<'_>) -> Option<String> {
        let relation = tag.attribute("id").and_then(|id| self.asked.relations.of(&id));
        let outside = relation.filter(|relation| relation.external);
        let outside = outside.map(|relation| relation.target.clone());
        outside.or_else(|| tag.attribute("anchor").map(|anchor| format!("#{anchor}")))
    }
}

/// The address in the instruction of a field that is a link.
pub(super) fn address(instruction: &str) -> Option<String> {
    let rest = instruction
        .get(..INSTRUCTION.min(instruction.len()))?
        .trim_start();
    let rest = rest.strip_prefix("HYPERLINK")?;
    let inner = rest.split('"').nth(1)?;
    let local = rest.trim_start().starts_with("\\l");
    Some(if local {
        format!("#{inner}")
    } else {
        inner.to_owned()
    })
}
