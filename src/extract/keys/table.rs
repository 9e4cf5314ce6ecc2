//! Owns the table of keys: those whose strings a reader sees, and those whose strings are none of the copy.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a key says of its string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// A heading; the title of a page under a key such as `seo`.
    Heading,
    /// What is said about a thing: copy even where the things beside it are none; the description of a page under a key
    /// such as `seo`.
    About,
    /// Running text.
    Text,
    /// Shown, and a list of them is a list.
    Shown,
    /// The name of a thing, which is a heading where the thing is described beside it.
    Name,
    Button,
    Alt,
    Tooltip,
    Caption,
    /// The title of a page.
    Title,
    /// The description of a page.
    Meta,
    /// No copy.
    Other,
}

/// Keys as whole words without capitals and what joins them (`button-text` and `buttonText` are `buttontext`). A key
/// that is not in it goes by its last word.
const TABLE: &[(Is, &str)] = &[
    (
        Is::Heading,
        "h1 h2 h3 h4 h5 h6 header heading headline question subheading subheadline term title",
    ),
    (Is::About, "bio description desc excerpt excerptencoded summary"),
    (
        Is::Text,
        "answer blurb body bodyhtml commentary content contentencoded copy disclaimer html intro introduction lead \
         markdown message msg innerhtml innertext msgid msgstr note notice p paragraph paragraphs quote review story tagline teaser testimonial text textcontent",
    ),
    (
        Is::Shown,
        "badge banner benefit benefits bullet bullets claim claims confirm confirmation condition conditions detail details effect \
         effects eyebrow faq faqs feature features highlight highlights indication indications ingredient ingredients \
         item items kicker label legend li list motto option placeholder point points preheader promise string slogan \
         stat stats subject subtitle symptom symptoms tip tips treats use uses usp warning warnings words",
    ),
    (
        Is::Button,
        "btn button buttonlabel buttontext calltoaction cta ctabutton ctalabel ctatext linklabel linktext submit",
    ),
    (
        Is::Name,
        "displayname itemname name sitename procedurename productname servicename treatmentname",
    ),
    (Is::Alt, "alt alttext imagealt imagealttext"),
    (Is::Tooltip, "arialabel hint tooltip"),
    (Is::Caption, "caption figcaption"),
    (
        Is::Title,
        "metatitle ogtitle opengraphtitle seotitle socialtitle titletemplate twittertitle",
    ),
    (
        Is::Meta,
        "metadesc metadescription ogdescription opengraphdescription seodescription socialdescription twitterdescription",
    ),
    (
        Is::Other,
        "address addresses algorithm alias aliases align anchor animation api arn asin author authors avatar \
         background barcode base bcc border breakpoint bucket canonical categories category charset checksum city \
         class classes classname cmd code collection color colors colour command component config \
         cookie coordinates country created creator credit credits css currency cursor date dates day debug dependencies dir display domain draft driver dsn ean easing email encoding endpoint engine engines env \
         environment exclude expires expr ext extends extension facebook fax field file filename files firstname flag \
         folder folders font fontfamily fonts fonturl format gallery generator geo glob gtin guid handle handler hash \
         height hex host hostname hours href hreflang icon icons id identifier identifiers ids image images img \
         import index instagram integrity isbn key keyword keywords kind lang language languages lastmod lastname lat \
         layout license link linkedin lng loader locale logo lon mapping markup media method mime mode modified \
         module namespace nickname order outputs parent password path pathname paths pattern permalink phone photo \
         photos picture pinterest pipeline platform plugin plugins position postcode preset priority prop property \
         protocol provider published query redirect ref refs regex region rel repository robots route router schema \
         scope script scripts secret section selector server sha sitemap size sizes sku slug slugs sort sql src state \
         status street style styles stylesheet svg tag tags target taxonomies taxonomy tel telephone template theme \
         thumb thumbnail time timestamp timezone token transform trigger twitter type types upc updated upload uri \
         url urls user userid username uuid variant vendor version versions video videos viewbox viewport webpage \
         website weight width xmlns youtube zip zoom",
    ),
];

/// Keys below which nothing is copy but what is said about a thing.
pub(super) static UNSEEN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    words(
        "aliases author authors categories colors devdependencies keywords locale outputs tags taxonomies \
         wpauthor wpcomment",
    )
    .collect()
});

/// Those of them whose entries sort the page, so that whole sentences are copy there.
pub(super) const SORTING: [&str; 3] = ["categories", "tags", "taxonomies"];

/// Keys of what somebody else says.
pub(super) static QUOTED: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| words("quote quotes review reviews testimonial testimonials").collect());

/// Keys below which programs keep what they show.
pub(super) const TEXTS: [&str; 6] = ["i18n", "labels", "messages", "strings", "texts", "translations"];

/// Keys of what is said about a page as a whole.
pub(super) const OF_PAGE: [&str; 5] = ["seo", "meta", "opengraph", "og", "social"];

static ROWS: LazyLock<FxHashMap<&str, Is>> = LazyLock::new(|| {
    let rows = TABLE
        .iter()
        .flat_map(|(is, keys)| words(keys).map(|key| (key, *is)));
    rows.collect()
});

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}

/// What the table says of a key: of the whole of it, or else of its last word. As the last word of another key, `name`
/// says nothing: `fileName`, `className`.
pub(super) fn row(key: &str) -> Option<Is> {
    let by_last = || ROWS.get(&*last_word(key)).filter(|row| **row != Is::Name);
    ROWS.get(&*joined(key)).or_else(by_last).copied()
}

/// Whether the table has the whole of a key, not only its last word.
pub(super) fn is_whole(key: &str) -> bool {
    ROWS.contains_key(&*joined(key))
}

/// A key in small letters, without what joins its words, what it says in brackets, and the number at its end.
pub(super) fn joined(key: &str) -> String {
    let letters = bare(key).chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// The last word of a key, in small letters: `url` of `heroImageUrl`, `hero_url` and `hero-url`.
fn last_word(key: &str) -> String {
    let tail = bare(key)
        .rsplit(['_', '-', ' ', ':', '/'])
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    let lower = tail.to_ascii_lowercase();
    if tail.bytes().all(|byte| !byte.is_ascii_lowercase()) {
        return lower;
    }
    let start = tail.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    lower.get(start..).unwrap_or_default().to_owned()
}

fn bare(key: &str) -> &str {
    let key = key.split('(').next().unwrap_or(key).trim();
    let unnumbered = key.trim_end_matches(|c: char| c.is_ascii_digit());
    // `h1` has no other name
    if unnumbered.len() > 1 { unnumbered } else { key }
}

/// Fails where a key stands twice, or is written as no key is looked up.
#[cfg(test)]
pub(super) fn check() {
    let keys = TABLE.iter().flat_map(|(_, keys)| words(keys));
    let mut seen = FxHashSet::default();
    for key in keys {
        assert!(seen.insert(key), "{key} stands twice");
        assert_eq!(joined(key), key);
    }
}
