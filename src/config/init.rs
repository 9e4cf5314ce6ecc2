//! Owns the file that `caveat init` writes: every setting in a comment, with what the folder suggests in its place.

use super::globs::literal;
use super::site::{Site, TOP};
use crate::finding::Category;
use std::fmt::Display;

/// A commented `caveat.yaml` for a folder that looks like `site`. It sets the markets and the address of the site; the rest
/// are proposals for a person to look at.
pub fn starter(site: &Site) -> String {
    let generator: String = site.generators().map(like).collect();
    let pages = rows(&site.pages, "page", &["  - {paths: [blog/], page: article}"]);
    let products = rows(
        &site.products,
        "product",
        &["  - {paths: [shop/vitamins/], product: supplement}"],
    );
    let satisfied = satisfied(site);
    let (markets, told) = markets(site);
    let (address, ignore) = (address(site), ignore(site));
    format!(
        "\
# Settings of caveat for this folder and those below it. Paths are relative to this file. An editor explains the keys after
# `caveat schema settings > caveat.schema.json`, with `# yaml-language-server: $schema=caveat.schema.json` as first line.
{generator}
# Whose rules apply: us, uk, eu, au, ca.{told}
markets: [{markets}]
{address}
# Copy that is not checked. What walking passes over anyway, `caveat check --show-config` lists; `read` takes names out.
{ignore}# read: [vendor/our-theme/]

# Further policies, by name or by file.
# policies: [platforms, policies/house.yaml]

# The run fails from this severity on: error, warning, advice or never.
# fail-on: warning

# What pages are for and what they sell, where caveat reads it wrongly.
# pages:
{pages}# products:
{products}
# Severities of single rules: error, warning, advice or off.
# severities:
#   us-ftc/puffery: advice

# Statements that a layout makes on every page, so that the copy need not. The file is looked into for them.
# satisfied:
{satisfied}
# The register of approved claims; claims.yaml beside this file is found without this line.
# claims: claims.yaml

# To check what is about to be committed, `caveat check --staged --quiet` as .git/hooks/pre-commit, .husky/pre-commit or a
# job of lefthook; or in .pre-commit-config.yaml:
#   repos:
#     - repo: local
#       hooks:
#         - {{id: caveat, name: caveat, entry: caveat check --staged --quiet, language: system, require_serial: true}}
"
    )
}

/// What the folder looks like, and how the site is checked as it is built.
fn like((folder, like, how): (&str, String, Option<String>)) -> String {
    let what = if folder.is_empty() { "This" } else { folder };
    match how {
        Some(how) => format!("# {what} looks like {like}. To check it as it is built, {how}.\n"),
        None => format!("# {what} looks like {like}.\n"),
    }
}

/// The site's own addresses; a sample, where nothing tells one.
fn address(site: &Site) -> String {
    let hosts: Vec<&str> = site.addresses.iter().map(|(host, _)| host.as_str()).collect();
    let files: Vec<&str> = site.addresses.iter().map(|(_, file)| file.as_str()).collect();
    let what = "# The site's own address: a link to it is no source of a claim.";
    match hosts.as_slice() {
        [] => format!("\n{what}\n# site: www.example.com\n"),
        [host] => format!("\n{what} {} names it.\nsite: {host}\n", files.join(", ")),
        hosts => format!(
            "\n{what} {} name them.\nsite: [{}]\n",
            files.join(", "),
            hosts.join(", ")
        ),
    }
}

/// A commented row with what reads as papers of the repository; a sample, where nothing does.
fn ignore(site: &Site) -> String {
    if site.papers.is_empty() {
        return "# ignore: [archive/]\n".to_owned();
    }
    let papers = site
        .papers
        .iter()
        .map(|paper| quoted(&format!("/{}", literal(paper))));
    format!(
        "# By their code, commands, paths and lists of work these read as papers of the repository:\n# ignore: [{}]\n",
        papers.collect::<Vec<_>>().join(", ")
    )
}

/// The markets, and a sentence on what tells them.
fn markets(site: &Site) -> (String, String) {
    if site.markets.is_empty() {
        return ("us".to_owned(), String::new());
    }
    let names: Vec<&str> = site.markets.iter().map(|(market, _)| *market).collect();
    let told: Vec<&str> = site.markets.iter().map(|(_, told)| told.as_str()).collect();
    (names.join(", "), format!(" {}.", told.join("; ")))
}

/// A commented row for each layout that makes statements; a sample that says so, where none does.
fn satisfied(site: &Site) -> String {
    let paths = if site.copy.is_empty() {
        "blog/".to_owned()
    } else {
        globs(&site.copy)
    };
    let row = |file: &str, statements: &[Category]| {
        let names: Vec<&str> = statements.iter().map(|category| category.name()).collect();
        let (names, file) = (names.join(", "), quoted(file));
        format!("#   - {{paths: [{paths}], statements: [{names}], by: {file}}}\n")
    };
    let made = site
        .layouts
        .iter()
        .filter(|(_, statements)| !statements.is_empty());
    let made: String = made.map(|(file, statements)| row(file, statements)).collect();
    if !made.is_empty() {
        return made;
    }
    let sample = [Category::MissingDisclaimer, Category::MissingConsult];
    match site.layouts.first() {
        Some((file, _)) => format!(
            "# (an example: no layout here makes such a statement yet)\n{}",
            row(file, &sample)
        ),
        None => format!(
            "# (an example: `by` names the layout, and there is none here that caveat knows)\n{}",
            row("layouts/footer.html", &sample)
        ),
    }
}

/// A commented row for each kind with the folders that seem to be of it; the samples, where there are none.
fn rows<K: Display>(found: &[(K, Vec<String>)], key: &str, samples: &[&str]) -> String {
    let row =
        |(kind, folders): &(K, Vec<String>)| format!("  - {{paths: [{}], {key}: {kind}}}", globs(folders));
    let mut rows: Vec<String> = found.iter().map(row).collect();
    if rows.is_empty() {
        rows.extend(samples.iter().map(|sample| (*sample).to_owned()));
    }
    rows.iter().map(|row| format!("# {row}\n")).collect()
}

/// Folders, and what stands at the top, as a list of globs in YAML.
fn globs(paths: &[String]) -> String {
    let glob = |path: &String| match path.as_str() {
        TOP => quoted(TOP),
        path => quoted(&literal(path)),
    };
    let paths: Vec<String> = paths.iter().map(glob).collect();
    paths.join(", ")
}

/// A text of YAML, with quotes where it has other characters than names of folders usually do.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
    if text.chars().all(plain) && !text.starts_with(['-', '.']) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
