//! Owns what names in scripts say: which tags of templates, files and attributes hold copy, and what elements components
//! are read as.

use super::calls;
use crate::extract::html::attributes;
use crate::extract::keys::Keys;

/// Endings of the names of files, before their last one, that hold no page: tests, stories, types.
const ASIDE: &[&str] = &[
    "test",
    "tests",
    "spec",
    "e2e",
    "cy",
    "stories",
    "story",
    "conf",
    "setup",
    "mock",
    "mocks",
    "d",
    "min",
    "bundle",
    "gen",
    "generated",
];

/// Folders of such files.
const ASIDE_FOLDERS: &[&str] = &["__tests__", "__mocks__", "__fixtures__", ".storybook"];

/// Names of settings of tools.
const SCRIPTS: &str = "gruntfile gulpfile karma knexfile webpack";

/// Names of tools before `config`; other settings (`app.config.ts`) are those of a site, and hold copy.
const SETTINGS: &str = "babel capacitor commitlint craco cypress drizzle electron-builder electron esbuild \
    eslint expo jest karma lint-staged metro mocha next nightwatch nyc oxlint playwright postcss prettier prisma prismic react-router release rollup rsbuild rspack sanity semantic-release size-limit \
    snowpack stylelint svelte svgo swc tailwind tsup turbo uno unocss vitest webpack windi wrangler";

/// Whether a file is by its name no page and no part of one.
pub fn is_aside(name: &str) -> bool {
    let lower = name.to_ascii_lowercase().replace('\\', "/");
    let mut parts = lower.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let mut words = file.split('.');
    let first = words.next().unwrap_or_default();
    let ending = words.next_back().is_some();
    let tool = |tools: &str| tools.split_ascii_whitespace().any(|tool| tool == first);
    let config = words.clone().next() == Some("config");
    let settings = tool(SCRIPTS) || config && tool(SETTINGS);
    ending && (settings || words.any(|word| ASIDE.contains(&word)))
        || parts.any(|folder| ASIDE_FOLDERS.contains(&folder))
}

/// Whether a template with this tag before it is copy.
pub(super) fn is_shown_template(tag: &str) -> bool {
    let last = tag.rsplit('.').next().unwrap_or(tag).to_ascii_lowercase();
    calls::is_shown(&last)
        || matches!(
            last.as_str(),
            "html" | "md" | "markdown" | "mdx" | "raw" | "dedent" | "outdent" | "trim" | "htm"
        )
}

/// Names of variables that say what the page is, and the key they are read as.
pub(super) fn variable(name: &str) -> &str {
    match name {
        "metadata" | "frontmatter" | "pageMeta" | "pageMetadata" | "seoData" | "seoConfig"
        | "siteMetadata" => "seo",
        _ => name,
    }
}

/// The element that a component or element is read as: one of HTML by its own name; a component by the last word of its
/// name; nothing where only its place tells.
pub(super) fn element(name: &str) -> Option<&str> {
    let own = name.rsplit(['.', ':']).next().unwrap_or(name);
    if own.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some(own);
    }
    Some(match last_word(own) {
        "Link" | "Anchor" | "A" | "Href" => "a",
        "Button" | "Btn" | "Cta" | "CTA" => "button",
        "H1" => "h1",
        "H2" => "h2",
        "H3" => "h3",
        "H4" => "h4",
        "Heading" | "Headline" | "Title" | "H5" | "H6" | "Trigger" | "Summary" => "h5",
        "Paragraph" | "P" | "Description" | "Subtitle" | "Lead" => "p",
        "Strong" | "Bold" | "B" => "strong",
        "Em" | "I" | "Highlight" | "Mark" | "Trans" | "Span" | "Balancer" | "Translate" | "Balance" => "span",
        "Ul" | "Ol" | "UL" | "OL" => "ul",
        "Li" | "LI" => "li",
        "Item" if own.ends_with("ListItem") => "li",
        "Blockquote" | "Quote" | "Testimonial" => "blockquote",
        "Head" if own == "Head" => "head",
        "Helmet" => "head",
        "Head" | "Th" if own != "Head" => "th",
        "Cell" | "Td" => "td",
        "Row" | "Tr" if own.starts_with('T') => "tr",
        "Table" => "table",
        "Caption" => "figcaption",
        "Label" => "label",
        "Script" | "Style" | "Code" => "script",
        "Nav" | "Navbar" | "Footer" | "Header" | "Sidebar" => "nav",
        _ => return None,
    })
}

/// Whether a component shows what somebody else says.
pub(super) fn is_quoting(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && (name.contains("Testimonial") || matches!(name, "Quote" | "Blockquote" | "PullQuote"))
}

fn last_word(name: &str) -> &str {
    let start = name
        .char_indices()
        .rev()
        .find(|(at, c)| {
            let before = name.get(..*at).and_then(|text| text.chars().next_back());
            c.is_ascii_uppercase() && before.is_none_or(|before| !before.is_ascii_uppercase())
        })
        .map_or(0, |(at, _)| at);
    name.get(start..).unwrap_or(name)
}

/// Attributes of HTML elements that a reader sees, by the keys that they are read as.
pub(super) fn attribute<'n>(element: &str, name: &'n str, keys: &Keys) -> Option<&'n str> {
    Some(match name {
        "dangerouslySetInnerHTML" | "set:html" | "innerHTML" => "html",
        "children" | "set:text" => "text",
        // what a script of Astro is handed
        "define:vars" if element == "script" => "",
        _ => return attributes::key(element, name, keys),
    })
}

/// The name that a text ends with.
pub(super) fn last_name(text: &str) -> &str {
    let start = text.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':')));
    let start = start.and_then(|at| text.get(at..)?.chars().next().map(|c| at + c.len_utf8()));
    text.get(start.unwrap_or(0)..).unwrap_or_default()
}
