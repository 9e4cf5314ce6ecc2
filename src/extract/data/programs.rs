//! Owns which files of data only programs read: settings, locks, packages, schemas, and what caveat itself keeps and
//! writes. They are told by their names, and by the keys at their top.

use crate::data::{Node, Value};

/// Names, in small letters; a `*` stands for anything. A name that begins with a dot needs no row.
const NAMES: &str = "\
    *-lock.* *.conf.json *.config.json *.lock *.lock.* *.map.json *.schema.json *.tsbuildinfo *rc.json *rc.yaml \
    *rc.yml androidmanifest.xml angular.json app.yaml appveyor.yml azure-pipelines*.yml biome.json* bitbucket- \
    pipelines.yml bower.json browserconfig.xml build.xml cargo.toml caveat-baseline.json caveat.yaml \
    chart.yaml claims.yaml clippy.toml cloudbuild.yaml codecov.yml components.json compose.yaml compose.yml \
    composer.json crowdin.yml cspell.json cypress.json deno.json* deny.toml docker-compose* eas.json environment.yml \
    firebase.json fly.toml import_map.json jsconfig*.json kustomization.yaml lefthook.yml lerna.json mkdocs.yml \
    nest-cli.json netlify.toml nodemon.json now.json npm-shrinkwrap.json nx.json openapi*.* package.json phpcs*.xml \
    phpstan*.xml phpunit*.xml pipfile pnpm-workspace.yaml poetry.toml pom.xml project.json pubspec.yaml \
    pyproject.toml render.yaml renovate.json* rustfmt.toml schema.json serverless.yml \
    sitemap*.xml skaffold.yaml swagger*.* triagebot.toml tsconfig*.json tslint.json turbo.json vercel.json \
    web.config wrangler.json* wrangler.toml";

/// Folders in which nothing is content.
const FOLDERS: &str = ".circleci .devcontainer .github .gitlab .husky .idea .storybook .vscode";

/// Keys at the top that stand in no content together. `runs` and those after it are what caveat writes or reads.
const SHAPES: &[&[&str]] = &[
    &["$schema", "$defs"],
    &["$schema", "definitions"],
    &["$schema", "properties"],
    &["$schema", "settings", "version"],
    &["apiVersion", "kind"],
    &["compilerOptions"],
    &["dependencies", "version"],
    &["devDependencies"],
    &["jobs", "on"],
    &["lockfileVersion"],
    &["mappings", "sources"],
    &["openapi", "paths"],
    &["services", "version"],
    &["swagger", "paths"],
    &["dialect", "tables"],
    &["beans"],
    &["configuration"],
    &["manifest"],
    &["phpunit"],
    &["plist"],
    &["checkstyle"],
    &["sitemapindex"],
    &["svg"],
    &["testsuites"],
    &["urlset"],
    &["runs", "version"],
    &["entries", "version"],
    &["findings", "tool"],
    &["diagnostics", "source"],
    &["pack", "rules"],
    &["pack", "market"],
    &["lexicons"],
];

/// Keys of the rows of such files that are lists: of a report for GitLab, of a register of claims.
const ROWS: &[&[&str]] = &[&["check_name", "fingerprint"], &["approved", "approver"]];

/// Names of settings that somebody is to make, of which only what they are at first is shown.
const DEFAULTS: [&str; 2] = ["block.json", "settings_schema.json"];
/// The keys at the top of such a file, whatever its name: fields that a theme of WordPress asks for.
const FIELDS: [&str; 3] = ["fields", "key", "location"];

/// Whether a file names the settings of a theme of Shopify: those who edit it read the names, all others what is said until
/// it is edited.
fn is_theme_locale(name: &str) -> bool {
    let mut parts = name.rsplit(['/', '\\']);
    parts.next().is_some_and(|file| file.ends_with(".schema.json")) && parts.next() == Some("locales")
}

/// Whether only what its settings are at first is shown of a file.
pub(super) fn have_defaults(name: &str, root: &Node) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let asks = |node: &Node| FIELDS.iter().all(|key| node.get(key).is_some());
    DEFAULTS.contains(&file)
        || is_theme_locale(name)
        || asks(root)
        || root.list().is_some_and(|list| list.iter().all(asks))
}

/// Whether only programs read a file of this name.
pub fn is_for_programs(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if is_theme_locale(&name) {
        return false;
    }
    let mut parts = name.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let is_listed = |list: &str, name: &str| list.split_ascii_whitespace().any(|row| fits(row, name));
    file.starts_with('.') || is_listed(NAMES, file) || parts.any(|folder| is_listed(FOLDERS, folder))
}

/// Whether a name is as a row says.
fn fits(row: &str, name: &str) -> bool {
    // Most names differ in their first letter.
    let first = row.as_bytes().first();
    if first != Some(&b'*') && first != name.as_bytes().first() {
        return false;
    }
    let mut parts = row.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        match rest.find(part) {
            Some(at) if !part.is_empty() => rest = rest.get(at + part.len()..).unwrap_or_default(),
            Some(_) => {}
            None => return false,
        }
        last = Some(part);
    }
    match last {
        None => rest.is_empty(),
        Some(part) => part.is_empty() || name.ends_with(part),
    }
}

/// Whether the keys at the top are those of a file for programs.
pub(super) fn have_shape(root: &Node) -> bool {
    match &root.value {
        Value::Map(entries) => {
            let rows = entries.iter().filter_map(|entry| entry.node.list()?.first());
            has_any(SHAPES, root) || rows.take(1).any(|row| has_any(ROWS, row))
        }
        Value::List(items) => items.first().is_some_and(|row| has_any(ROWS, row)),
        _ => false,
    }
}

fn has_any(shapes: &[&[&str]], node: &Node) -> bool {
    shapes
        .iter()
        .any(|keys| keys.iter().all(|key| node.get(key).is_some()))
}
