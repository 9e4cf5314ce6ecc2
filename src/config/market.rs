//! Owns the guess of the markets that a site sells in, going by the address and language that its settings and its first
//! pages name.

use super::MARKETS;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Files that name a site's address or language.
const FILES: &[&str] = &[
    "CNAME",
    "public/CNAME",
    "static/CNAME",
    "robots.txt",
    "public/robots.txt",
    "static/robots.txt",
    "hugo.toml",
    "hugo.yaml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "_config.yml",
    "_config.yaml",
    "astro.config.mjs",
    "astro.config.ts",
    "nuxt.config.ts",
    "nuxt.config.js",
    "gatsby-config.js",
    "gatsby-config.ts",
    "next-sitemap.config.js",
    "site.webmanifest",
    "index.html",
    "public/index.html",
    "src/app.html",
    "app/layout.tsx",
    "src/app/layout.tsx",
    "src/layouts/Layout.astro",
    "layouts/_default/baseof.html",
    "_layouts/default.html",
];
/// Bytes of a file that are looked at.
const MOST: u64 = 64 << 10;
/// What tells a market, in small letters.
const TELLS: &[(&str, &[&str])] = &[
    ("us", &["en-us", "en_us"]),
    ("uk", &["en-gb", "en_gb", ".co.uk", ".org.uk"]),
    ("eu", &["en-ie", "en_ie", ".ie/", ".eu/"]),
    ("au", &["en-au", "en_au", ".com.au", ".net.au", ".org.au"]),
    ("ca", &["en-ca", "en_ca", ".ca/"]),
];

/// Markets that the site in `root` seems to sell in, each with the file and the words that tell it.
pub(super) fn look(root: &Path) -> Vec<(&'static str, String)> {
    let mut out: Vec<(&'static str, String)> = Vec::new();
    for name in FILES {
        let mut text = Vec::new();
        let read = File::open(root.join(name)).and_then(|file| file.take(MOST).read_to_end(&mut text));
        if read.is_err() {
            continue;
        }
        // An address may end with its name.
        let text = String::from_utf8_lossy(&text)
            .to_lowercase()
            .replace(['\n', '"', '\''], "/\n");
        for (market, tells) in TELLS {
            let told = tells.iter().find(|tell| text.contains(**tell));
            if let Some(tell) = told.filter(|_| out.iter().all(|(known, _)| known != market)) {
                out.push((market, format!("{name} has {}", tell.trim_end_matches('/'))));
            }
        }
    }
    out.sort_by_key(|(market, _)| MARKETS.iter().position(|known| known == market));
    out
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
            ("CNAME", "www.tea.co.uk\n", &["uk"]),
            ("CNAME", "www.tea.ca\n", &["ca"]),
            (
                "index.html",
                "<html lang=\"en-US\"><link rel=\"alternate\" hreflang=\"en-GB\">",
                &["us", "uk"],
            ),
            ("CNAME", "www.tea.com\n", &[]),
            ("notes.txt", "https://clinic.com.au/", &[]),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(file), text).unwrap();
            let told: Vec<&str> = look(folder.path())
                .into_iter()
                .map(|(market, _)| market)
                .collect();
            assert_eq!(told, markets, "{text}");
        }
    }
}
