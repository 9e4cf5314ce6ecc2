//! Owns what attributes mean: which hide, quote or link, and which are copy themselves.

use super::feed::Feed;
use crate::document::BlockKind;
use crate::extract::tree::Traits;
use std::ops::Range;

/// An attribute of a tag.
pub(super) struct Attribute {
    pub(super) name: String,
    /// Its value without quotes, in bytes of the piece being read.
    pub(super) value: Range<usize>,
}

/// Most attributes looked at in one tag.
const MOST: usize = 64;

/// What the attributes of the current tag say about its contents.
pub(super) fn traits(feed: &mut Feed<'_>) -> Traits {
    feed.attributes.truncate(MOST);
    let mut traits = Traits::default();
    for attribute in &feed.attributes {
        let value = feed.value(&attribute.name).unwrap_or_default();
        match attribute.name.as_str() {
            "hidden" => traits.hidden = true,
            "style" => traits.hidden |= is_hiding(value),
            "class" => {
                traits.quoted = !matches!(feed.tag.as_str(), "html" | "body" | "main") && is_quoting(value);
                traits.button = feed.tag == "a" && is_button(value);
            }
            "href" if feed.tag == "a" => traits.target = Some(value.trim().to_owned()),
            "id" if feed.tag == "li" => traits.footnote = footnote(value),
            "aria-hidden" if feed.tag == "svg" => traits.hidden = true,
            _ => {}
        }
    }
    traits
}

/// Whether an inline style hides the element.
pub(in crate::extract) fn is_hiding(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    style.split(';').any(|rule| {
        let rule = rule.strip_suffix("!important").unwrap_or(rule);
        matches!(rule, "display:none" | "visibility:hidden")
    })
}

/// Whether a class marks a quotation, review or testimonial; asking for a price quote is none.
pub(in crate::extract) fn is_quoting(class: &str) -> bool {
    class.split_whitespace().any(|name| {
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_ascii_lowercase)
            .collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        has(&[
            "testimonial",
            "testimonials",
            "review",
            "reviews",
            "quote",
            "blockquote",
            "pullquote",
        ]) && !has(&[
            "get", "request", "free", "form", "btn", "button", "date", "last", "medical", "by",
        ])
    })
}

pub(in crate::extract) fn is_button(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.contains("btn") || class.contains("button")
}

/// The label of a footnote's text, from an id such as `fn1` or `fn:note`.
fn footnote(id: &str) -> Option<String> {
    let label = id
        .strip_prefix("footnote")
        .or_else(|| id.strip_prefix("fn"))?
        .trim_start_matches([':', '-', '_']);
    let bare = !label.is_empty() && id.len() <= 64;
    let marked = id.len() > label.len() + 2 || label.bytes().all(|byte| byte.is_ascii_digit());
    // the mark that leads here names the whole id
    (bare && marked).then(|| id.to_owned())
}

/// Adds the attributes of the current tag that are copy.
pub(super) fn copy(feed: &mut Feed<'_>, component: bool, muted: bool) {
    if feed.tag == "meta" {
        let name = feed.value("name").or_else(|| feed.value("property"));
        let name = name.or_else(|| feed.value("itemprop"));
        if let Some(kind) = name.and_then(meta) {
            add(feed, "content", kind);
        }
        return;
    }
    if muted || matches!(feed.tag.as_str(), "link" | "script" | "style" | "template") {
        return;
    }
    if feed.tag == "input" {
        let kind = feed.value("type").unwrap_or_default().to_ascii_lowercase();
        if matches!(kind.as_str(), "submit" | "button") {
            add(feed, "value", BlockKind::Button);
        }
    }
    add(feed, "alt", BlockKind::Alt);
    add(feed, "title", BlockKind::Tooltip);
    add(feed, "aria-label", BlockKind::Tooltip);
    add(feed, "placeholder", BlockKind::Tooltip);
    if component {
        add(feed, "description", BlockKind::Tooltip);
    }
}

/// What the content of a meta element of this name is.
pub(in crate::extract) fn meta(name: &str) -> Option<BlockKind> {
    match name.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" => Some(BlockKind::Title),
        "description" | "og:description" | "twitter:description" => Some(BlockKind::Meta),
        _ => None,
    }
}

fn add(feed: &mut Feed<'_>, name: &str, kind: BlockKind) {
    let Some(range) = feed
        .attributes
        .iter()
        .find(|attribute| attribute.name == name)
        .map(|attribute| attribute.value.clone())
        .filter(|range| !range.is_empty())
    else {
        return;
    };
    let mut writer = feed.tree.flow.aside();
    for (part, at) in feed.parts(range) {
        writer.markup(part, at);
    }
    feed.tree.flow.beside(kind, writer.finish());
}
