//! Owns the table of programs that make sites: how each is told, what it builds, and how a site that it makes is checked.

use super::table::Beside;
use std::path::Path;

/// A program that makes sites, with what it builds from other copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Generator {
    /// Its name.
    pub name: &'static str,
    /// Its settings: any of these shows that it is used. ` + ` joins what must be there together, `|` what may stand
    /// for another.
    pub markers: &'static [&'static str],
    /// Folders beside its settings that it writes to, with spaces between them; the last is the site.
    pub built: &'static str,
    /// The command that builds the site, between backticks, where there is one for all.
    pub build: &'static str,
}

/// What shows that Hugo is used.
pub(super) const HUGO: &[&str] = &[
    "hugo.*",
    "config/_default",
    "archetypes + content",
    "config.toml|config.yaml|config.yml|config.json + archetypes|themes|layouts",
];

/// Every generator that is known, the surer ones first.
pub const GENERATORS: &[Generator] = &[
    generator("Hugo", HUGO, "resources/ public/", "`hugo`"),
    generator(
        "Hexo",
        &["_config.yml + scaffolds"],
        "public/",
        "`npx hexo generate`",
    ),
    generator(
        "Jekyll",
        &["_config.yml|_config.yaml", "_layouts + _posts"],
        "_site/",
        "`bundle exec jekyll build`",
    ),
    generator("WordPress", &["style.css + functions.php", "wp-load.php"], "", ""),
    generator("Shopify", &["layout/theme.liquid"], "", ""),
    generator("Astro", &["astro.config.*"], "dist/", "`npx astro build`"),
    // It writes pages only where its settings ask for them.
    generator(
        "Next",
        &["next.config.*"],
        ".next/ out/",
        "`npx next build` with `output: 'export'`",
    ),
    generator(
        "Nuxt",
        &["nuxt.config.*"],
        ".output/ dist/",
        "`npx nuxt generate`",
    ),
    generator("SvelteKit", &["svelte.config.*"], "build/", "`npx vite build`"),
    generator("Gatsby", &["gatsby-config.*"], "public/", "`npx gatsby build`"),
    generator(
        "Eleventy",
        &[".eleventy.*", "eleventy.config.*"],
        "_site/",
        "`npx eleventy`",
    ),
    generator(
        "Docusaurus",
        &["docusaurus.config.*"],
        "build/",
        "`npx docusaurus build`",
    ),
    generator("Angular", &["angular.json"], "dist/", "`npx ng build`"),
    generator("Vue", &["vue.config.*"], "dist/", "`npm run build`"),
    generator("Remix", &["remix.config.*"], "build/", "`npm run build`"),
    generator(
        "VitePress",
        &[".vitepress"],
        ".vitepress/cache/ .vitepress/dist/",
        "`npx vitepress build`",
    ),
    generator(
        "VuePress",
        &[".vuepress"],
        ".vuepress/dist/",
        "`npx vuepress build`",
    ),
    generator("Vite", &["vite.config.*"], "dist/", "`npx vite build`"),
    generator("webpack", &["webpack.config.*"], "dist/", "`npx webpack`"),
    generator(
        "React",
        &["package.json + public/index.html + src/index.js|src/index.jsx|src/index.tsx"],
        "build/",
        "`npm run build`",
    ),
    generator("MkDocs", &["mkdocs.yml"], "site/", "`mkdocs build`"),
    generator("Pelican", &["pelicanconf.py"], "output/", "`pelican`"),
    generator("Sphinx", &["conf.py"], "_build/", "`sphinx-build`"),
    generator(
        "Zola",
        &["config.toml + content + templates"],
        "public/",
        "`zola build`",
    ),
];

const fn generator(
    name: &'static str,
    markers: &'static [&'static str],
    built: &'static str,
    build: &'static str,
) -> Generator {
    Generator {
        name,
        markers,
        built,
        build,
    }
}

impl Generator {
    /// The generator of the site in `folder`.
    pub fn of(folder: &Path) -> Option<&'static Self> {
        let mut beside = Beside::default();
        GENERATORS
            .iter()
            .find(|generator| beside.has_any(folder, generator.markers))
    }

    /// "an Astro".
    pub fn with_article(&self) -> String {
        let article = if self.name.starts_with(['A', 'E', 'I', 'O', 'U']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.name)
    }

    /// How the site is built and checked, where it is the generator that builds it; `folder` is where it stands, with a
    /// slash at its end.
    pub fn how_to_check(&self, folder: &str) -> Option<String> {
        let built = self
            .built
            .split(' ')
            .next_back()
            .filter(|built| !built.is_empty())?;
        let build = self.build;
        Some(format!(
            "build it ({build}) and check what comes out: `caveat check {folder}{built}`"
        ))
    }
}
