//! Owns which tags have a body that is no copy, or that is read in a way of its own: comments, listings, data.

use super::Reader;
use crate::extract::mask::Mask;
use std::ops::Range;

/// What the body of a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// No copy.
    Nothing,
    /// The settings of a section, in JSON.
    Settings,
    /// Text in which no tag counts.
    Raw,
}

/// Tags with such a body; each ends with `end` and its name, or with a slash and its name.
const BODIES: [(&str, Body); 14] = [
    ("comment", Body::Nothing),
    ("doc", Body::Nothing),
    ("highlight", Body::Nothing),
    ("codeblock", Body::Nothing),
    ("prism", Body::Nothing),
    ("javascript", Body::Nothing),
    ("stylesheet", Body::Nothing),
    ("style", Body::Nothing),
    ("css", Body::Nothing),
    ("js", Body::Nothing),
    ("schema", Body::Settings),
    ("mermaid", Body::Nothing),
    ("raw", Body::Raw),
    ("verbatim", Body::Raw),
];

/// What the body of the tag of this name is; nothing for most tags, whose bodies are read like the rest of the page.
pub(super) fn of(name: &str) -> Option<Body> {
    BODIES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, body)| *body)
}

/// What stands before a name in the tag that ends its body: in Liquid, in shortcodes of Hugo, and in Markdoc.
const ENDS: [(&str, &[&str]); 3] = [("end", &["{%"]), ("/", &["{{<", "{{%"]), ("/", &["{%"])];

impl Reader<'_> {
    /// Reads the body of the tag `name` that stands at `tag`; returns where reading goes on. One without an end is
    /// none.
    pub(super) fn body(&mut self, name: &str, body: Body, tag: Range<usize>) -> Option<usize> {
        let shortcode = self.rest(tag.start).starts_with("{{");
        let known = BODIES.iter().position(|(known, _)| *known == name)?;
        if self.endless & (1 << known) != 0 {
            return None;
        }
        let kinds = if shortcode { &ENDS[1..2] } else { &ENDS };
        let mut ends = kinds.iter();
        let Some(end) = ends.find_map(|(lead, opens)| self.end_of(lead, name, opens, tag.end)) else {
            self.endless |= 1 << known;
            return None;
        };
        match body {
            Body::Settings => {
                self.schema(tag.end..end.start);
                Some(self.hide(tag.start..end.end, Mask::Tag))
            }
            Body::Nothing => Some(self.hide(tag.start..end.end, Mask::Tag)),
            Body::Raw => {
                self.hide(tag, Mask::Tag);
                Some(self.hide(end.clone(), Mask::Tag))
            }
        }
    }

    /// The tag that ends the body of `name`, from `at` on.
    fn end_of(&self, lead: &str, name: &str, opens: &[&str], at: usize) -> Option<Range<usize>> {
        let needle = format!("{lead}{name}");
        let rest = self.rest(at);
        let found = memchr::memmem::find_iter(rest.as_bytes(), needle.as_bytes());
        for found in found {
            let before = rest.get(..found)?.trim_end().trim_end_matches(['-', '+']);
            let Some(open) = opens.iter().find(|open| before.ends_with(**open)) else {
                continue;
            };
            let after = rest.get(found..)?;
            let length = after.find('}')? + 1;
            let double = shortcode_end(after.get(length..)?);
            return Some(at + before.len() - open.len()..at + found + length + double);
        }
        None
    }
}

/// One more byte where a second brace follows.
fn shortcode_end(rest: &str) -> usize {
    usize::from(rest.starts_with('}'))
}
