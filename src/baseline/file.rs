//! Owns the form of the file, version 1: JSON, sorted by path, rule, sentence and ordinal, one field a line, so that two
//! branches merge and a review reads it.
//!
//! ```json
//! {
//!   "version": 1,
//!   "entries": [
//!     {
//!       "path": "drafts/tea.md",
//!       "rule": "us-effects/swallowed-disease",
//!       "sentence": "our tea cures eczema.",
//!       "ordinal": 0,
//!       "recorded": "2026-11-24",
//!       "excerpt": "cures eczema"
//!     }
//!   ]
//! }
//! ```
//!
//! A missing statement has neither `sentence` nor `ordinal`. `excerpt` is for people and never compared. An entry that a
//! reviewer decided on says so under `decision`, and `by`, `reason`, `wording`, `to` and `until` as the decision asks;
//! it is recorded on the day of the decision.

use super::Entry;
use crate::data::Needed::Yes;
use crate::data::Shape::{Called, Count, Day, Exactly, Like, List, Maybe, Named, Object, Text};
use crate::data::{Mistake, keys};
use crate::finding::{Decision, DecisionKind};
use crate::text::{LineIndex, Source, Span};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::io::{self, Write};
use std::sync::Arc;

const VERSION: u32 = 1;

keys! {
    /// The keys of the file.
    pub const KEYS {
        /// The version of this form.
        "version": Exactly(VERSION), Yes;
        /// Old findings that are known.
        "entries": List(&Called("entry", &Object(ENTRY))), Yes;
    }
}

keys! {
    pub(super) const ENTRY {
        /// The file, relative to the folder of the baseline, with forward slashes.
        "path": Like("^[^/]"), Yes;
        /// The full name of the rule.
        "rule": Like("^[^/*]+/[^*]+$"), Yes;
        /// The sentence in folded form; a missing statement has none.
        "sentence": Maybe(&Like(""));
        /// How many findings of the rule on the same sentence come before it in the file.
        "ordinal": Maybe(&Count);
        /// The day on which it was recorded.
        "recorded": Day, Yes;
        /// The words that make it, for people; never compared.
        "excerpt": Like("");
        /// What a reviewer decided.
        "decision": Named(decisions);
        /// Who decided.
        "by": Text;
        /// Why.
        "reason": Text;
        /// The wording that the copy is to have.
        "wording": Text;
        /// To whom it was handed on.
        "to": Text;
        /// The last day on which the decision holds.
        "until": Day;
    }
}

fn decisions() -> Vec<&'static str> {
    DecisionKind::ALL.iter().map(|kind| kind.name()).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(deserialize_with = "version")]
    version: u32,
    entries: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(deserialize_with = "path")]
    path: String,
    #[serde(deserialize_with = "rule")]
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ordinal: Option<u32>,
    #[serde(deserialize_with = "day")]
    recorded: String,
    #[serde(default)]
    excerpt: String,
    #[serde(default, deserialize_with = "kind", skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wording: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(
        default,
        deserialize_with = "last_day",
        skip_serializing_if = "Option::is_none"
    )]
    until: Option<String>,
}

impl Row {
    /// What a reviewer decided, if anybody did; or what is wrong with it.
    fn decided(&mut self) -> Result<Option<Arc<Decision>>, (String, &'static str)> {
        let parts = [&self.by, &self.reason, &self.wording, &self.to, &self.until];
        let Some(kind) = self
            .decision
            .as_ref()
            .and_then(|name| name.parse::<DecisionKind>().ok())
        else {
            let told = parts.iter().any(|part| part.is_some());
            let nothing = (
                "an entry without `decision` says nothing of who decided what",
                "take it out",
            );
            return if told {
                Err((nothing.0.to_owned(), nothing.1))
            } else {
                Ok(None)
            };
        };
        let said = |part: &mut Option<String>| part.take().filter(|text| !text.trim().is_empty());
        let by = said(&mut self.by).ok_or_else(|| ("`by` is missing here".to_owned(), "say who decided"))?;
        let decision = Decision {
            kind,
            by,
            day: self.recorded.parse().unwrap_or(Date::ZERO),
            reason: said(&mut self.reason),
            wording: said(&mut self.wording),
            to: said(&mut self.to),
            until: self.until.take().and_then(|day| day.parse().ok()),
        };
        match decision.unsound() {
            Some(unsound) => Err((unsound.message, unsound.help)),
            None => Ok(Some(Arc::new(decision))),
        }
    }
}

fn kind<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(from)?;
    if name.parse::<DecisionKind>().is_ok() {
        return Ok(Some(name));
    }
    Err(de::Error::custom(format!(
        "`{name}` is no decision; there are {}",
        decisions().join(", ")
    )))
}

fn last_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    day(from).map(Some)
}

fn version<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(from)?;
    if version == VERSION {
        Ok(version)
    } else {
        Err(de::Error::custom(format!(
            "this caveat reads version {VERSION}, and this is version {version}"
        )))
    }
}

fn path<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let path = String::deserialize(from)?;
    if path.is_empty() || path.starts_with('/') {
        return Err(de::Error::custom(format!(
            "`{path}` is no path relative to this file with forward slashes"
        )));
    }
    Ok(path)
}

fn rule<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let rule = String::deserialize(from)?;
    let named = rule
        .split_once('/')
        .is_some_and(|(pack, rule)| !pack.is_empty() && !rule.is_empty());
    if named && !rule.contains('*') {
        Ok(rule)
    } else {
        Err(de::Error::custom(format!(
            "`{rule}` is no rule; it is written as PACK/RULE"
        )))
    }
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let day = String::deserialize(from)?;
    if day.len() == 10 && day.parse::<Date>().is_ok() {
        Ok(day)
    } else {
        Err(de::Error::custom(format!(
            "`{day}` is no day; write it as 2026-12-31"
        )))
    }
}

/// Reads the text of a baseline.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, Mistake> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = serde_json::from_str(bare).map_err(|error| mistake(text, &error))?;
    let mut places = places(text);
    let entry = |mut row: Row| {
        let span = places.next().unwrap_or(Span::empty(0));
        let decided = row.decided();
        let decided = decided.map_err(|(message, help)| Mistake::new(span, message).help(help))?;
        Ok(Entry {
            span,
            path: row.path,
            rule: row.rule,
            was: Vec::new(),
            ordinal: row.ordinal.unwrap_or(0),
            sentence: row.sentence,
            recorded: row.recorded.parse().unwrap_or(Date::ZERO),
            excerpt: row.excerpt,
            decided,
        })
    };
    file.entries.into_iter().map(entry).collect()
}

/// Where each entry says its path. Within a string the quotes have a backslash, so only keys look like this.
fn places(text: &str) -> impl Iterator<Item = Span<Source>> + '_ {
    const KEY: &str = "\"path\"";
    let is_key = |at: &usize| text[at + KEY.len()..].trim_start().starts_with(':');
    let found = text.match_indices(KEY).map(|(at, _)| at).filter(is_key);
    found.map(|at| Span::of(at..at + KEY.len()))
}

/// The reader's words at its place.
fn mistake(text: &str, error: &serde_json::Error) -> Mistake {
    let at = LineIndex::new(text).start(error.line()).unwrap_or(0) as usize;
    let at = text.floor_char_boundary(at.saturating_add(error.column().saturating_sub(1)));
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said).to_owned();
    let message = if error.is_data() {
        said
    } else {
        format!("this is not JSON: {}", said.to_lowercase())
    };
    // An end that comes too early is shown at the last character there is.
    let end = text.trim_end().len();
    let start = text.floor_char_boundary(at.min(end.saturating_sub(1)));
    let width = text[start..].chars().next().map_or(0, char::len_utf8);
    Mistake::new(Span::of(start..start + width), message)
        .help("nothing is let pass by a baseline that cannot be read; set it right, or write it anew")
}

/// Writes entries; the same entries give the same bytes.
///
/// # Errors
/// The writer's.
pub fn write(mut entries: Vec<Entry>, out: &mut dyn Write) -> io::Result<()> {
    super::tidy(&mut entries);
    let row = |entry: Entry| {
        let decided = entry.decided.as_deref();
        let part = |of: fn(&Decision) -> &Option<String>| decided.and_then(|decided| of(decided).clone());
        Row {
            path: entry.path,
            rule: entry.rule,
            ordinal: entry.sentence.as_ref().map(|_| entry.ordinal),
            sentence: entry.sentence,
            recorded: entry.recorded.to_string(),
            excerpt: entry.excerpt,
            decision: decided.map(|decided| decided.kind.name().to_owned()),
            by: decided.map(|decided| decided.by.clone()),
            reason: part(|decided| &decided.reason),
            wording: part(|decided| &decided.wording),
            to: part(|decided| &decided.to),
            until: decided
                .and_then(|decided| decided.until)
                .map(|until| until.to_string()),
        }
    };
    let file = File {
        version: VERSION,
        entries: entries.into_iter().map(row).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &file)?;
    out.write_all(b"\n")
}
