//! Owns the files that name a site's address or language, and how each names them.

/// How a file names them.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// An address on a line of its own.
    Address,
    /// `Sitemap:` and an address.
    Robots,
    Yaml,
    Toml,
    /// Settings in JavaScript.
    Script,
    /// Tags of a page.
    Markup,
    /// Tags among JavaScript.
    Component,
}

/// Files that name a site's address or language.
pub(super) const FILES: &[(Form, &[&str])] = &[
    (Form::Address, &["CNAME", "public/CNAME", "static/CNAME"]),
    (
        Form::Robots,
        &["robots.txt", "public/robots.txt", "static/robots.txt"],
    ),
    (
        Form::Toml,
        &[
            "hugo.toml",
            "config.toml",
            "config/_default/hugo.toml",
            "config/_default/config.toml",
            "config/_default/languages.toml",
        ],
    ),
    (
        Form::Yaml,
        &[
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config.yaml",
            "config.yml",
            "config.json",
            "config/_default/hugo.yaml",
            "config/_default/hugo.yml",
            "config/_default/hugo.json",
            "config/_default/config.yaml",
            "config/_default/config.yml",
            "config/_default/config.json",
            "config/_default/languages.yaml",
            "config/_default/languages.yml",
            "config/_default/languages.json",
            "_config.yml",
            "_config.yaml",
            "mkdocs.yml",
            "site.webmanifest",
        ],
    ),
    (
        Form::Script,
        &[
            "astro.config.mjs",
            "astro.config.ts",
            "astro.config.js",
            "nuxt.config.ts",
            "nuxt.config.js",
            "gatsby-config.js",
            "gatsby-config.ts",
            "next-sitemap.config.js",
        ],
    ),
    (
        Form::Markup,
        &[
            "index.html",
            "public/index.html",
            "src/app.html",
            "layouts/_default/baseof.html",
            "layouts/baseof.html",
            "_layouts/default.html",
        ],
    ),
    (
        Form::Component,
        &["app/layout.tsx", "src/app/layout.tsx", "src/layouts/Layout.astro"],
    ),
];
