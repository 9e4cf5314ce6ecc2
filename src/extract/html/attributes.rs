//! Owns what attributes mean: which hide, quote or link, and which are copy themselves.

use super::feed::Feed;
use crate::document::BlockKind;
use crate::extract::Keys;
use crate::extract::script::is_sentence;
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

/// What the attributes of an element are read as, where a reader sees them.
const SHOWN: &[(&str, &str)] = &[
    ("alt", "alt"),
    ("title", TOOLTIP),
    ("placeholder", TOOLTIP),
    ("aria-label", TOOLTIP),
    ("aria-description", TOOLTIP),
    ("aria-placeholder", TOOLTIP),
    ("aria-valuetext", TOOLTIP),
    ("hx-confirm", TOOLTIP),
    ("wire:confirm", TOOLTIP),
];

const TOOLTIP: &str = "tooltip";

/// Words of names that begin with `data-` and tell nobody but those who count clicks or run tests.
const COUNTING: &[&str] = &[
    "analytics",
    "cy",
    "event",
    "ga",
    "ga4",
    "gtm",
    "qa",
    "test",
    "testid",
    "track",
    "tracking",
];

/// The key that an attribute of an element is read as, where a reader sees it. What begins with `data-` is shown by
/// scripts, if its own name is the key of something shown: `data-caption`.
pub(in crate::extract) fn key<'n>(element: &str, name: &'n str, keys: &Keys) -> Option<&'n str> {
    if let Some((_, key)) = SHOWN.iter().find(|(known, _)| *known == name) {
        return Some(key);
    }
    match (element, name) {
        ("option" | "optgroup" | "track", "label") | ("table", "summary") => return Some(name),
        // what stands written in a field
        ("input" | "textarea", "value" | "defaultValue") => return Some("value"),
        _ => {}
    }
    let own = name.strip_prefix("data-")?;
    if own.split('-').any(|word| COUNTING.contains(&word)) {
        return None;
    }
    // `data-label-added`
    let first = own.split('-').next().filter(|_| !keys.knows(own)).unwrap_or(own);
    match keys.shows(first) {
        true => Some(first),
        false => (!keys.knows(first)).then_some(SAID),
    }
}

/// What an attribute for scripts is read as whose name says nothing: a whole sentence in it is shown some time.
const SAID: &str = "data";

/// What an attribute that is read as this key is.
pub(in crate::extract) fn kind(key: &str, value: &str, keys: &Keys) -> Option<BlockKind> {
    match key {
        "alt" => Some(BlockKind::Alt),
        TOOLTIP => Some(BlockKind::Tooltip),
        SAID if !is_sentence(value, false) => None,
        key => keys.judge(key, value),
    }
}

/// Code in an attribute, of Alpine, Vue, Angular or the language of the page itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Code<'n> {
    Statements,
    /// The value of a key.
    Value(&'n str),
}

/// What code an attribute of an element holds.
pub(in crate::extract) fn code<'n>(element: &str, name: &'n str, keys: &Keys) -> Option<Code<'n>> {
    match name {
        "x-init" | "x-effect" => return Some(Code::Statements),
        "x-data" | "v-scope" | "v-bind" | "x-bind" => return Some(Code::Value("")),
        "x-for" | "v-for" => return Some(Code::Value("items")),
        _ if is_event(name) => return Some(Code::Statements),
        _ => {}
    }
    let bound = ["v-bind:", "x-bind:", ":"]
        .iter()
        .find_map(|lead| name.strip_prefix(lead));
    let bound = bound.or_else(|| name.strip_prefix('[')?.strip_suffix(']'));
    if let Some(name) = bound {
        return key(element, name, keys).map(Code::Value);
    }
    // `v-text`, `x-tooltip.once`
    let own = ["v-", "x-", "use:"]
        .iter()
        .find_map(|lead| name.strip_prefix(lead))?;
    let own = own.split(['.', ':']).next().unwrap_or(own);
    keys.shows(own).then_some(Code::Value(own))
}

/// Whether an attribute says what is done when something happens: `onclick`, `@click`.
pub(in crate::extract) fn is_event(name: &str) -> bool {
    let named = |lead: &str| name.len() > lead.len() && name.starts_with(lead);
    named("on") || named("@") || named("x-on:") || named("v-on:") || named("(") && name.ends_with(')')
}

/// Whether an attribute of a field of this type is a value that no reader sees: of one that is hidden, or only ticked.
pub(in crate::extract) fn is_unseen_value(name: &str, kind: Option<&str>) -> bool {
    let unseen = ["hidden", "checkbox", "radio", "color", "range"];
    kind.is_some_and(|kind| unseen.iter().any(|one| kind.eq_ignore_ascii_case(one)))
        && matches!(
            name.trim_start_matches([':', '[']).trim_end_matches(']'),
            "value" | "defaultValue" | "v-bind:value"
        )
}

/// Whether the value of a field of this type is what its button says.
pub(in crate::extract) fn is_button_field(kind: Option<&str>) -> bool {
    let buttons = ["submit", "button", "reset"];
    kind.is_some_and(|kind| buttons.iter().any(|one| kind.eq_ignore_ascii_case(one)))
}

/// The key that an expression in an attribute is read as, in the tag of a field of this type.
pub(in crate::extract) fn of_field<'n>(key: &'n str, kind: Option<&str>) -> Option<&'n str> {
    match key {
        "value" if is_unseen_value(key, kind) => None,
        "value" if is_button_field(kind) => Some("button"),
        key => Some(key),
    }
}

/// Adds the attributes of the current tag that are copy; `component` says that it is no element of HTML.
pub(super) fn copy(feed: &mut Feed<'_>, component: bool, muted: bool) {
    if feed.tag == "meta" {
        let name = feed.value("name").or_else(|| feed.value("property"));
        let name = name.or_else(|| feed.value("itemprop"));
        if let (Some(kind), Some(content)) = (name.and_then(meta), feed.range("content")) {
            feed.add(kind, content);
        }
        return;
    }
    if feed.tag == "link"
        && feed
            .value("rel")
            .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    {
        feed.tree.flow.address = feed.value("href").map(str::to_owned);
    }
    if muted || matches!(feed.tag.as_str(), "link" | "script" | "style") {
        return;
    }
    let kind = feed.value("type").map(ToOwned::to_owned);
    let button = feed.tag == "input" && is_button_field(kind.as_deref());
    for Attribute { name, value } in std::mem::take(&mut feed.attributes) {
        if value.is_empty() || is_unseen_value(&name, kind.as_deref()) {
            continue;
        }
        if button && name == "value" {
            feed.add(BlockKind::Button, value);
        } else if name == "srcdoc" {
            feed.page(value);
        } else if let Some(code) = code(&feed.tag, &name, &feed.tree.flow.keys) {
            feed.code(&code, value);
        } else {
            feed.add_by_key(&name, value, component);
        }
    }
}

/// What the content of a meta element of this name is.
pub(in crate::extract) fn meta(name: &str) -> Option<BlockKind> {
    match name.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" | "apple-mobile-web-app-title" => Some(BlockKind::Title),
        "og:image:alt" | "twitter:image:alt" => Some(BlockKind::Alt),
        "description" | "og:description" | "twitter:description" => Some(BlockKind::Meta),
        _ => None,
    }
}
