//! Owns which strings of front matter are prose, and what each is, by its key.

use crate::document::BlockKind;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Last words of keys whose values are no prose.
const OTHER: &str = "address aliases alias align anchor author authors avatar background bcc canonical categories \
    category city class classes classname code collection color colors colour component country created \
    css currency date dates day domain draft email extends facebook fax file filename files font fonts \
    format gallery handle hash height hex hours href icon icons id identifier ids image images img \
    instagram keyword keywords lang language lastmod lat layout link linkedin lng locale logo markup \
    modified order outputs parent path permalink phone photo photos picture pinterest position postcode \
    published redirect rel robots schema script section sitemap size sku slug slugs sort src state \
    status street style svg tag tags target taxonomies taxonomy tel telephone template theme thumb \
    thumbnail time timestamp timezone twitter type updated uri url urls username uuid variant version \
    video videos website weight width youtube zip";

static OTHER_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| OTHER.split(' ').collect());

/// Keys under which nothing but descriptions is prose, however deep.
const OTHER_BRANCHES: &str =
    "aliases author authors categories colors keywords locale menu outputs tags taxonomies";

/// Keys whose value is copy even if it is a single word.
const COPY: &str = "title description summary excerpt subtitle headline heading tagline name";

/// Whether the string under a dotted key is prose.
pub(super) fn is_prose(path: &str, text: &str) -> bool {
    let Some(leaf) = leaf(path) else {
        return reads_as_prose(text, false);
    };
    let last = last_word(leaf.trim_start_matches('@'));
    let branch = path
        .split('.')
        .any(|key| lists(OTHER_BRANCHES, &key.to_ascii_lowercase()));
    if branch && !matches!(last.as_str(), "bio" | "description" | "summary") {
        return false;
    }
    let known = lists(COPY, &last);
    (known || !OTHER_WORDS.contains(last.as_str())) && reads_as_prose(text, known)
}

fn lists(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether a string speaks for someone else: it stands under a key such as `testimonials`.
pub(super) fn is_quoted(path: &str) -> bool {
    path.split('.').any(|key| {
        lists(
            "testimonial testimonials review reviews",
            &key.to_ascii_lowercase(),
        )
    })
}

/// What the block of a dotted key is.
pub(super) fn kind(path: &str) -> BlockKind {
    let lower = path.to_ascii_lowercase().replace(['_', '-'], "");
    let page = ["seo", "meta", "og", "opengraph", "social"];
    let own = page
        .iter()
        .find_map(|branch| lower.strip_prefix(branch))
        .map_or(lower.as_str(), |rest| rest.trim_start_matches('.'));
    match own {
        "title" => BlockKind::Title,
        "description" | "summary" | "excerpt" => BlockKind::Meta,
        _ => BlockKind::FrontMatter(path.to_owned()),
    }
}

/// The innermost key that is a name; numbers of lists are none.
fn leaf(path: &str) -> Option<&str> {
    path.rsplit('.')
        .find(|key| !key.is_empty() && !key.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The last word of a key, lower case: `url` of `heroImageUrl`, `hero_url` and `hero-url`.
fn last_word(key: &str) -> String {
    let tail = key.rsplit(['_', '-', ' ']).next().unwrap_or(key);
    let lower = tail.to_ascii_lowercase();
    if tail.bytes().all(|byte| !byte.is_ascii_lowercase()) {
        return lower;
    }
    let start = tail
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_ascii_uppercase())
        .map_or(0, |(at, _)| at);
    lower.get(start..).unwrap_or_default().to_owned()
}

/// Whether a value reads as prose; `known` says that its key is one for copy.
fn reads_as_prose(text: &str, known: bool) -> bool {
    let text = text.trim();
    if !text.chars().any(char::is_alphabetic) || is_date(text) {
        return false;
    }
    if text.contains(char::is_whitespace) {
        return !is_many_names(text);
    }
    let plain = text
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '!' | '?' | '.' | '&' | '®' | '™'));
    let file = text
        .rsplit_once('.')
        .is_some_and(|(_, ending)| (2..=5).contains(&ending.len()));
    let address = text.contains("://") || text.contains('@') || text.starts_with(['/', '#', '.', '{']);
    if known {
        return !(address || file && text.contains('/'));
    }
    plain && !file && text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether it is a date or time.
fn is_date(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .filter(u8::is_ascii_alphabetic)
            .all(|byte| matches!(byte, b'T' | b'Z' | b'U' | b'C' | b'G' | b'M' | b'a' | b'p' | b'm'))
}

/// Whether it is a list of classes such as `px-4 md:flex`.
fn is_many_names(text: &str) -> bool {
    let name =
        |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b':' | b'/' | b'_' | b'[' | b']' | b'.');
    let marked = |word: &&str| {
        let tail = word.rsplit('-').next().unwrap_or_default();
        word.contains(':') || (tail.len() < word.len() && tail.starts_with(|c: char| c.is_ascii_digit()))
    };
    text.split_whitespace().all(|word| word.bytes().all(name))
        && text.split_whitespace().filter(marked).count() > 1
}
