//! Owns the guess of a site's address and of the markets that it sells in, going by the address and the language that its
//! settings and its first pages name as its own. What stands in a comment, or leads elsewhere, tells nothing.

mod files;

use super::MARKETS;
use crate::data::{Node, host, parse_loose_yaml, parse_toml};
use files::{FILES, Form};
use regex::Regex;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes of a file that are looked at.
const MOST: u64 = 64 << 10;
/// Keys of the site's address and language in settings, in small letters and without what joins words.
const ADDRESSES: &[&str] = &["baseurl", "url", "siteurl", "email"];
/// Hosts, in parts of their names, that are nobody's: what samples stand at.
const NOBODYS: &[&str] = &["example.", "yoursite", "yourdomain", "your-"];
const LANGUAGES: &[&str] = &[
    "languagecode",
    "locale",
    "lang",
    "language",
    "defaultlanguage",
    "defaultcontentlanguage",
];
/// What an address ends with and the language of a market are, in small letters; the first that fits is told.
const TELLS: &[(&str, &[&str], &str)] = &[
    ("us", &[], "en-us"),
    ("uk", &[".co.uk", ".org.uk", ".uk"], "en-gb"),
    ("eu", &[".ie", ".eu"], "en-ie"),
    ("au", &[".com.au", ".net.au", ".org.au", ".au"], "en-au"),
    ("ca", &[".ca"], "en-ca"),
];

/// What a file says of its site.
#[derive(Default)]
struct Names {
    addresses: Vec<String>,
    languages: Vec<String>,
}

/// What the files of a site tell.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Markets that it seems to sell in, each with the file, under its folder, and the words that tell it.
    pub(super) markets: Vec<(&'static str, String)>,
    /// Its own address, with the file that tells it.
    pub(super) address: Option<(String, String)>,
}

/// What the site in `root`, under `folder` in reports, tells of itself.
pub(super) fn look(root: &Path, folder: &str) -> Told {
    let mut out = Told::default();
    let files = FILES
        .iter()
        .flat_map(|(form, names)| names.iter().map(move |name| (*form, name)));
    for (form, name) in files {
        let mut text = Vec::new();
        let read = File::open(root.join(name)).and_then(|file| file.take(MOST).read_to_end(&mut text));
        if read.is_err() {
            continue;
        }
        let names = Names::of(form, &String::from_utf8_lossy(&text));
        for (market, endings, language) in TELLS {
            let told = names.told(endings, language);
            if let Some(tell) = told.filter(|_| out.markets.iter().all(|(known, _)| known != market)) {
                out.markets.push((market, format!("{folder}{name} has {tell}")));
            }
        }
        let address = || Some((names.own_address()?, format!("{folder}{name}")));
        out.address = out.address.or_else(address);
    }
    out.markets
        .sort_by_key(|(market, _)| MARKETS.iter().position(|known| known == market));
    out
}

impl Names {
    fn of(form: Form, text: &str) -> Self {
        let mut names = Self::default();
        match form {
            Form::Address => names.addresses.extend(text.lines().map(str::to_owned)),
            Form::Robots => {
                let sitemaps = text.lines().filter_map(|line| line.split_once(':'));
                let sitemaps = sitemaps.filter(|(key, _)| key.trim().eq_ignore_ascii_case("sitemap"));
                names
                    .addresses
                    .extend(sitemaps.map(|(_, at)| at.trim().to_owned()));
            }
            Form::Yaml => names.settings(parse_loose_yaml(text, 0).ok().map(|(node, _)| node)),
            Form::Toml => names.settings(parse_toml(text, 0).ok()),
            Form::Script => names.script(text),
            Form::Markup => names.markup(text),
            Form::Component => {
                names.script(text);
                names.markup(text);
            }
        }
        names
    }

    /// The keys at the top, and those of each language: under `languages`, or in a file of languages.
    fn settings(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        self.keys(&node);
        let languages = node.get("languages").unwrap_or(&node);
        for language in languages.map().into_iter().flatten() {
            if language.node.get("languageName").is_some() || language.node.get("languageCode").is_some() {
                self.languages.push(language.key.to_string());
                self.keys(&language.node);
            }
        }
    }

    fn keys(&mut self, node: &Node) {
        for entry in node.map().into_iter().flatten() {
            let key = entry.key.to_lowercase().replace(['-', '_'], "");
            let Some(text) = entry.node.text() else {
                continue;
            };
            if ADDRESSES.contains(&key.as_str()) {
                self.addresses.push(text.to_owned());
            } else if LANGUAGES.contains(&key.as_str()) {
                self.languages.push(text.to_owned());
            }
        }
    }

    fn script(&mut self, text: &str) {
        let text = replaced(text, r"(?s)/\*.*?\*/|(?m:(?:^|\s)//.*$)");
        let address = r#"\b(?:site|siteUrl|baseU[rR][lL]|metadataBase)["']?\s*[:=]\s*(?:new URL\(\s*)?(?:\{\s*url\s*:\s*)?["'`]([^"'`\s]+)"#;
        let language = r#"\b(?:lang|locale|defaultLocale|language)["']?\s*:\s*["'`]([\w-]+)["'`]"#;
        self.addresses.extend(all(&text, address));
        self.languages.extend(all(&text, language));
    }

    fn markup(&mut self, text: &str) {
        let text = replaced(text, "(?s)<!--.*?-->");
        self.languages
            .extend(all(&text, r#"(?i)<html\b[^>]*\slang\s*=\s*\{?["']?([\w-]+)"#));
        let value = |tag: &str, name: &str| {
            let pattern = format!(r#"(?i)\s{name}\s*=\s*\{{?["']?([^"'\s>]+)"#);
            all(tag, &pattern).into_iter().next()
        };
        for tag in all(&text, r"(?i)(<(?:link|meta)\b[^>]*>)") {
            let what = value(&tag, "rel").or_else(|| value(&tag, "property"));
            match what.as_deref() {
                Some("canonical") => self.addresses.extend(value(&tag, "href")),
                Some("alternate") => self.languages.extend(value(&tag, "hreflang")),
                Some("og:url") => self.addresses.extend(value(&tag, "content")),
                Some("og:locale") => self.languages.extend(value(&tag, "content")),
                _ => {}
            }
        }
    }

    /// The first host that may be the site's own.
    fn own_address(&self) -> Option<String> {
        let own = |host: &String| {
            let name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
            host.contains('.') && host.chars().all(name) && !NOBODYS.iter().any(|other| host.contains(other))
        };
        self.addresses.iter().map(|address| host(address)).find(own)
    }

    /// The first ending or the language of a market that is named.
    fn told<'a>(&self, endings: &[&'a str], language: &'a str) -> Option<&'a str> {
        let is_named = |ending: &&&str| self.addresses.iter().any(|at| host(at).ends_with(**ending));
        let named = endings.iter().find(is_named).copied();
        let speaks = |said: &String| said.to_lowercase().replace('_', "-") == language;
        named.or_else(|| self.languages.iter().any(speaks).then_some(language))
    }
}

/// What the first group of a pattern finds.
fn all(text: &str, pattern: &str) -> Vec<String> {
    let found = Regex::new(pattern).ok();
    let found = found.iter().flat_map(|pattern| pattern.captures_iter(text));
    found
        .filter_map(|found| Some(found.get(1)?.as_str().to_owned()))
        .collect()
}

/// A text without what a pattern finds.
fn replaced(text: &str, pattern: &str) -> String {
    let pattern = Regex::new(pattern).ok();
    pattern.map_or_else(
        || text.to_owned(),
        |pattern| pattern.replace_all(text, " ").into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_languages_tell_markets() {
        for (file, text, markets) in [
            (
                "config.toml",
                "baseURL = \"https://clinic.com.au/\"\nlanguageCode = \"en-AU\"\n",
                &["au"][..],
            ),
            (
                "config/_default/hugo.yaml",
                "baseURL: https://clinic.com/\nlanguageCode: en-GB\n",
                &["uk"],
            ),
            (
                "config/_default/config.toml",
                "baseURL = 'https://tea.ca'\n",
                &["ca"],
            ),
            (
                "config/_default/languages.toml",
                "[en]\nlanguageName = 'English'\nlanguageCode = 'en-IE'\n",
                &["eu"],
            ),
            ("hugo.json", "{\n\t\"baseURL\": \"https://tea.ca/\"\n}\n", &["ca"]),
            (
                "hugo.toml",
                "baseURL = 'https://tea.com'\n[languages.en-gb]\nlanguageName = 'English'\n",
                &["uk"],
            ),
            ("CNAME", "www.tea.co.uk\n", &["uk"]),
            ("CNAME", "www.tea.ca\n", &["ca"]),
            (
                "robots.txt",
                "User-agent: *\nSitemap: https://tea.com.au/map.xml\n",
                &["au"],
            ),
            (
                "index.html",
                "<html lang=\"en-US\"><link rel=\"alternate\" hreflang=\"en-GB\">",
                &["us", "uk"],
            ),
            (
                "index.html",
                "<html><link rel='canonical' href='https://tea.ie/'><meta property=\"og:locale\" content=\"en_US\">",
                &["us", "eu"],
            ),
            (
                "astro.config.mjs",
                "export default defineConfig({ site: 'https://tea.co.uk' })",
                &["uk"],
            ),
            (
                "app/layout.tsx",
                "export const metadata = { metadataBase: new URL('https://tea.com.au'), openGraph: { locale: 'en_AU' } };",
                &["au"],
            ),
            ("_config.yml", "email: hi@tea.com.au\n", &["au"]),
            ("CNAME", "www.tea.com\n", &[]),
            ("notes.txt", "https://clinic.com.au/", &[]),
        ] {
            assert_eq!(told(file, text), markets, "{file}: {text}");
        }
    }

    #[test]
    fn comments_and_other_links_tell_nothing() {
        for (file, text) in [
            (
                "_config.yml",
                "# url: https://tea.co.uk\nurl: https://tea.com # not https://tea.ca/\npress:\n  - link: https://cbc.ca/x\n    url: https://cbc.ca/x\n",
            ),
            ("_config.yml", "link: https://cbc.ca/x\n"),
            (
                "hugo.toml",
                "# languageCode = \"en-GB\"\nbaseURL = \"https://tea.com/\"\n[params]\nurl = \"https://tea.com.au/\"\n",
            ),
            (
                "astro.config.mjs",
                "// site: 'https://tea.co.uk'\n/* lang: 'en-AU' */\nexport default { redirects: { '/x': 'https://cbc.ca/x' } }",
            ),
            (
                "index.html",
                "<html lang=\"en\"><!-- <link rel=canonical href=https://tea.ca> --><a href=\"https://cbc.ca/\">News</a>",
            ),
            ("robots.txt", "# see https://tea.co.uk\nUser-agent: *\n"),
        ] {
            assert_eq!(told(file, text), [] as [&str; 0], "{file}: {text}");
        }
    }

    #[test]
    fn settings_name_the_address_of_the_site() {
        for (file, text, address) in [
            ("CNAME", "www.tea.shop\n", Some("tea.shop")),
            (
                "_config.yml",
                "url: https://tea.shop/x\nemail: hi@post.org\n",
                Some("tea.shop"),
            ),
            ("_config.yml", "email: hi@tea.com.au\n", None),
            ("hugo.toml", "baseURL = 'http://localhost:1313'\n", None),
            ("hugo.toml", "baseURL = 'https://example.com'\n", None),
            (
                "astro.config.mjs",
                "export default { site: `https://${host}` }",
                None,
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(file), text).unwrap();
            let told = look(folder.path(), "").address;
            assert_eq!(
                told.map(|(address, _)| address).as_deref(),
                address,
                "{file}: {text}"
            );
        }
    }

    fn told(file: &str, text: &str) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        let told = look(folder.path(), "").markets.into_iter();
        told.map(|(market, _)| market).collect()
    }
}
