//! Owns reading a part's XML event by event, each with its place in bytes. Document types and the entities that they
//! declare are refused: no word processor writes any.

use super::Broken;
use super::package::ANEW;
use quick_xml::events::{BytesStart, Event as Read};
use quick_xml::{Reader, XmlVersion};
use std::ops::Range;

/// The namespaces of Word's own elements.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A part's XML.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    part: &'a str,
    /// What stands before the names of Word's own elements, once the root is read; none where it declares no such thing.
    prefix: Option<String>,
    rooted: bool,
}

/// What stands in a part.
pub(super) enum Event<'a> {
    Open(Tag<'a>),
    /// An element ends; of one without contents the range is empty.
    Close(Range<usize>),
    /// Characters as they stand.
    Text(Range<usize>),
    /// Characters that stand for themselves whatever they are, and where they do with the marks around them.
    Literal {
        inner: Range<usize>,
        at: Range<usize>,
    },
    /// A character that is written as a reference.
    Character(char, Range<usize>),
}

/// An element that begins.
pub(super) struct Tag<'a> {
    /// Its name without a prefix.
    pub(super) name: &'a str,
    /// Whether it is one of Word's own.
    pub(super) own: bool,
    pub(super) at: Range<usize>,
    raw: BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of an attribute of this name, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.raw.attributes();
        let found = all
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The number that is the value of an attribute.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether a property is on: it is where it is named and not said to be off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.attribute("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

impl<'a> Xml<'a> {
    /// Reads `text`, which is the part of a name.
    pub(super) fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            text,
            part,
            prefix: None,
            rooted: false,
        }
    }

    /// Whether the root declares Word's own elements.
    pub(super) fn is_word(&self) -> bool {
        self.prefix.is_some()
    }

    /// What stands before the names of Word's own elements, with its colon.
    pub(super) fn prefix(&self) -> &str {
        self.prefix.as_deref().unwrap_or_default()
    }

    /// The next event; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Broken> {
        loop {
            let start = position(self.reader.buffer_position());
            let event = self.reader.read_event();
            let at = start..position(self.reader.buffer_position());
            return Ok(Some(match event {
                Ok(Read::Start(raw)) => Event::Open(self.open(raw, at)),
                Ok(Read::End(_)) => Event::Close(at),
                Ok(Read::Text(_)) => Event::Text(at),
                Ok(Read::CData(_)) => Event::Literal {
                    inner: at.start + "<![CDATA[".len()..at.end.saturating_sub("]]>".len()),
                    at,
                },
                Ok(Read::GeneralRef(reference)) => Event::Character(self.character(&reference, start)?, at),
                Ok(Read::DocType(_)) => {
                    return Err(self.broken(start, "declares a document type, as no draft does"));
                }
                Ok(Read::Eof) => return Ok(None),
                Ok(_) => continue,
                Err(error) => {
                    let at = position(self.reader.error_position());
                    return Err(self.broken(at, &format!("is no XML ({error})")));
                }
            }));
        }
    }

    fn open(&mut self, raw: BytesStart<'a>, at: Range<usize>) -> Tag<'a> {
        if !self.rooted {
            self.rooted = true;
            self.prefix = prefix(&raw);
        }
        // The name lives as long as the text, the event does not.
        let name = at.start + 1..at.start + 1 + raw.name().as_ref().len();
        let whole = self.text.get(name).unwrap_or_default();
        let own = match self.prefix.as_deref() {
            Some("") => (!whole.contains(':')).then_some(whole),
            Some(prefix) => whole.strip_prefix(prefix),
            None => None,
        };
        let local = whole.rsplit(':').next().unwrap_or(whole);
        Tag {
            name: own.unwrap_or(local),
            own: own.is_some(),
            at,
            raw,
        }
    }

    fn character(&self, reference: &quick_xml::events::BytesRef<'_>, at: usize) -> Result<char, Broken> {
        let unknown = || self.broken(at, "names an entity that XML does not know");
        match reference.resolve_char_ref() {
            Ok(Some(c)) => Ok(c),
            Ok(None) => match reference.xml10_content().as_ref() {
                "amp" => Ok('&'),
                "lt" => Ok('<'),
                "gt" => Ok('>'),
                "quot" => Ok('"'),
                "apos" => Ok('\''),
                _ => Err(unknown()),
            },
            Err(_) => Err(unknown()),
        }
    }

    fn broken(&self, at: usize, why: &str) -> Broken {
        Broken(format!(
            "`{}` in this draft {why}, at byte {at}; {ANEW}",
            self.part
        ))
    }
}

/// What the root says stands before the names of Word's own elements.
fn prefix(root: &BytesStart<'_>) -> Option<String> {
    let mut all = root.attributes();
    all.with_checks(false).flatten().find_map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let key = attribute.key.as_ref();
        let prefix = match key.strip_prefix("xmlns") {
            Some("") => Some(String::new()),
            Some(prefix) => prefix.strip_prefix(':').map(|prefix| format!("{prefix}:")),
            None => None,
        };
        prefix.filter(|_| WORD.contains(&value.as_ref()))
    })
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
