//! Owns what the styles of a draft say that reading needs: which of them are headings, quotations, captions, lists.

use super::Broken;
use super::package::Package;
use super::xml::{Event, Tag, Xml};
use rustc_hash::FxHashMap;

/// Styles that are built on one another so often are built in a circle.
const DEEPEST: usize = 32;

/// What a style says; what it does not say is taken from the one that it is built on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The level of the heading that it is, from 1 to 6; 0 for none.
    pub(super) heading: Option<u8>,
    /// The depth of the list that it makes an item of.
    pub(super) item: Option<u8>,
    pub(super) quoted: bool,
    pub(super) caption: bool,
    /// Whether the words in it are made from others: a table of contents.
    pub(super) made: bool,
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) raised: Option<bool>,
    base: Option<String>,
}

/// The styles of a draft by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// The one of paragraphs that name none.
    usual: Option<String>,
    /// The language of words that name none.
    pub(super) language: Option<String>,
}

impl Styles {
    /// Reads the styles in a part.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Broken> {
        let Some(text) = package.part(part)? else {
            return Ok(Self::default());
        };
        let mut styles = Self::default();
        let mut xml = Xml::new(&text, part);
        let mut open: Option<(String, Style)> = None;
        while let Some(event) = xml.next()? {
            let Event::Open(tag) = event else { continue };
            match tag.name {
                _ if !tag.own => {}
                "style" => {
                    styles.add(open.take());
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let is_usual = tag.attribute("default").is_some_and(|value| value != "0")
                        && tag.attribute("type").as_deref() == Some("paragraph");
                    if is_usual {
                        styles.usual = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                "lang" if open.is_none() => styles.language = tag.attribute("val"),
                _ => {
                    if let Some((_, style)) = &mut open {
                        style.learn(&tag);
                    }
                }
            }
        }
        styles.add(open);
        styles.build();
        Ok(styles)
    }

    /// The style of an id; the usual one of paragraphs for none.
    pub(super) fn of(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id.or(self.usual.as_deref())?)
    }

    /// The style of words.
    pub(super) fn of_words(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id?)
    }

    fn add(&mut self, read: Option<(String, Style)>) {
        if let Some((id, style)) = read {
            self.by_id.insert(id, style);
        }
    }

    /// Takes what styles do not say from those that they are built on.
    fn build(&mut self) {
        let ids: Vec<String> = self.by_id.keys().cloned().collect();
        for id in ids {
            let mut base = self.by_id.get(&id).and_then(|style| style.base.clone());
            for _ in 0..DEEPEST {
                let Some(under) = base.as_ref().and_then(|base| self.by_id.get(base)).cloned() else {
                    break;
                };
                if let Some(style) = self.by_id.get_mut(&id) {
                    style.stand_on(&under);
                }
                base = under.base;
            }
        }
    }
}

impl Style {
    /// Takes what an element within a style says.
    fn learn(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "name" => self.call(&tag.attribute("val").unwrap_or_default().to_lowercase()),
            "basedOn" => self.base = tag.attribute("val"),
            "outlineLvl" => self.heading = Some(level(tag.number("val").unwrap_or(9))),
            "numId" => {
                let is_item = tag.number("val") != Some(0);
                self.item = is_item.then(|| self.item.unwrap_or(0));
            }
            "ilvl" => self.item = Some(tag.number("val").unwrap_or(0).min(8) as u8),
            "b" => self.bold = Some(tag.is_on()),
            "vanish" => self.hidden = Some(tag.is_on()),
            "vertAlign" => self.raised = Some(tag.attribute("val").as_deref() == Some("superscript")),
            _ => {}
        }
    }

    /// Takes what its name says: those of Word's own styles are English in every language.
    fn call(&mut self, name: &str) {
        match name {
            "title" => self.heading = Some(1),
            "caption" => self.caption = true,
            "quote" | "intense quote" | "block text" | "quotations" => self.quoted = true,
            "toc heading" => self.made = true,
            _ => {
                if let Some(number) = name
                    .strip_prefix("heading ")
                    .and_then(|number| number.parse().ok())
                {
                    self.heading = Some(
                        Some(number)
                            .filter(|level| (1..=9).contains(level))
                            .map_or(0, |level: u8| level.min(6)),
                    );
                }
                let numbered = |lead: &str| {
                    let number = name.strip_prefix(lead);
                    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
                };
                self.made |= numbered("toc ") || numbered("index ") || name == "table of figures";
            }
        }
    }

    fn stand_on(&mut self, under: &Self) {
        self.heading = self.heading.or(under.heading);
        self.item = self.item.or(under.item);
        self.quoted |= under.quoted;
        self.caption |= under.caption;
        self.made |= under.made;
        self.bold = self.bold.or(under.bold);
        self.hidden = self.hidden.or(under.hidden);
        self.raised = self.raised.or(under.raised);
    }
}

/// The level of a heading of an outline's level, which counts from 0 and has 9 for running text.
pub(super) fn level(outline: u32) -> u8 {
    if outline < 9 {
        (outline + 1).min(6) as u8
    } else {
        0
    }
}
