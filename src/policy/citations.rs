//! Owns reading a pack's sources.

use super::read::{Fields, Reader, parse_date};
use crate::data::Needed::Yes;
use crate::data::Shape::{AnyOf, Day, Like, Named, Text};
use crate::data::keys;
use crate::finding::Citation;

keys! {
    /// The keys of a source.
    pub(super) const SOURCE {
        /// The statute or code with its section.
        "title": Text, Yes;
        /// Where to read it: a whole address.
        "url": Like("^https?://");
        /// The day on which somebody compared the rule with it, or `no`.
        "verified": AnyOf(&[Day, Named(|| vec![NOT_VERIFIED])]), Yes;
    }
}

/// What says that nobody compared the rule with a source.
const NOT_VERIFIED: &str = "no";

/// The citations by key.
pub(super) fn read(reader: &mut Reader<'_>, pack: &Fields<'_>) -> Vec<(String, Citation)> {
    let Some(entry) = pack.entry("sources") else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for entry in reader.mapping(entry) {
        let what = format!("the source `{}`", entry.key);
        let Some(fields) = reader.fields(&entry.node, &what, SOURCE) else {
            continue;
        };
        let citation = Citation {
            title: reader.need_text(&fields, "title").unwrap_or_default().to_owned(),
            url: url(reader, &fields),
            verified: verified(reader, &fields),
        };
        out.push((entry.key.to_string(), citation));
    }
    out
}

fn url(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    let entry = fields.entry("url")?;
    let url = reader.text("url", &entry.node)?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        let message = format!("`url` is `{url}`, which is no address");
        reader.wrong(
            entry.node.span,
            message,
            "Write it whole, as in `https://www.ecfr.gov/…`.",
        );
    }
    Some(url.to_owned())
}

fn verified(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    let entry = fields.need("verified", reader)?;
    let text = reader.text("verified", &entry.node)?;
    if text == NOT_VERIFIED {
        return None;
    }
    if parse_date(text).is_none() {
        let message = format!("`verified` is `{text}`, which is no day");
        let help = "Write the day on which somebody compared the rule with it, as in 2026-03-31, or `no`.";
        reader.wrong(entry.node.span, message, help);
    }
    Some(text.to_owned())
}
