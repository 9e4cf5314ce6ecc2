//! Owns the `html` format: one file for reviewers, with each page's copy and the findings marked in it, the exceptions
//! and the sources. It loads nothing, runs nothing but its own scripts, and can be read without them. The page on which
//! reviewers decide is the same one with a desk.

mod appendix;
mod copy;
mod desk;
mod page;
mod paper;

use super::{Reporter, Run, ledger, plain, words};
use crate::finding::{Finding, Severity};
use copy::Tone;
pub use desk::{is_decidable, is_decided};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use page::Page;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "html",
    about: "one page for reviewers, with the copy and its findings",
    shows_copy: true,
    render: |run, out| write(run, false, out),
};

/// The page on which reviewers decide. It is no format: a command of its own writes it.
pub const REVIEW: Reporter = Reporter {
    name: "review",
    about: "the same page, on which a reviewer decides on each finding",
    shows_copy: true,
    render: |run, out| write(run, true, out),
};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
/// Only the style and the script of these hashes count; copy can bring in nothing, whatever it holds.
const POLICY: &str = "default-src 'none'; style-src 'sha256-HKMUWqqEfMcrfnWcdtocRoGMaWiUDzY7eURegpEmBXg='; \
    script-src 'sha256-+acevpOuBisQzOHEU19SdlaHrshvYnxcc3GNF2VMBTc='; base-uri 'none'; form-action 'none'";

/// A finding with its number in the report.
#[derive(Clone, Copy)]
struct Item<'a> {
    number: usize,
    finding: &'a Finding,
}

impl Item<'_> {
    fn tone(&self) -> Tone {
        match self.finding.severity() {
            _ if self.finding.silenced.is_some() => Tone::Passed,
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
            Severity::Advice => Tone::Advice,
        }
    }
}

fn write(run: &Run, decides: bool, out: &mut dyn Write) -> io::Result<()> {
    let found = found(run);
    let items = items(&found);
    let pages: Vec<Page<'_>> = items
        .chunk_by(|a, b| page::name(a.finding) == page::name(b.finding))
        .enumerate()
        .map(|(at, items)| Page::new(at + 1, items, decides))
        .collect();
    out.write_all(head(run, &items, decides).into_string().as_bytes())?;
    out.write_all(index(&pages).into_string().as_bytes())?;
    out.write_all(b"<main id=\"pages\">")?;
    for page in &pages {
        page.write(out)?;
    }
    out.write_all(b"</main>")?;
    out.write_all(appendix::markup(run, &items).into_string().as_bytes())?;
    let end = html! {
        @if decides { (desk::markup()) }
        script { (PreEscaped(SCRIPT)) }
        @if decides { script { (PreEscaped(desk::SCRIPT)) } }
    };
    writeln!(out, "{}</body></html>", end.into_string())
}

/// What is found and what is let pass, page by page and in order of place, each where the page's readers see it.
fn found(run: &Run) -> Vec<Cow<'_, Finding>> {
    let seen = |finding| match page::name(finding).and_then(|name| run.views.get(name)) {
        Some(view) => Cow::Owned(view.of(finding)),
        None => Cow::Borrowed(finding),
    };
    let mut found: Vec<Cow<'_, Finding>> = run.open().chain(&run.excepted).map(seen).collect();
    found.sort_by(|a, b| (page::name(a), a.span).cmp(&(page::name(b), b.span)));
    found
}

fn items<'a>(found: &'a [Cow<'_, Finding>]) -> Vec<Item<'a>> {
    let numbers = 1..;
    numbers
        .zip(found)
        .map(|(number, finding)| Item { number, finding })
        .collect()
}

fn head(run: &Run, items: &[Item<'_>], decides: bool) -> Markup {
    let title = format!("Copy review, {}", run.as_of);
    let passed = items.iter().filter(|item| item.tone() == Tone::Passed).count();
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(if decides { desk::POLICY } else { POLICY });
            meta name="generator" content={ "caveat " (words::VERSION) };
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (PreEscaped(STYLE)) }
            @if decides { style { (PreEscaped(desk::STYLE)) } }
        }
        (PreEscaped("<body>"))
        a class="skip" href="#pages" { "Skip to the copy" }
        header {
            h1 { "Copy review" }
            p class="lead" {
                (words::counted(&run.summary))
                @match passed {
                    0 => {}
                    1 => " An exception lets 1 more pass.",
                    count => { " Exceptions let " (count) " more pass." },
                }
            }
            p class="quiet" {
                "Judged as of " (run.as_of) " by caveat " (words::VERSION)
                ". It helps to find problems; it gives no legal advice."
            }
            @for line in &run.ledger.under { p class="quiet" { (plain(line)) "." } }
            (softer("This change makes verdicts milder", &run.ledger.newly))
            (softer("Milder than the packs", &ledger::in_words(run)))
        }
        (filters(items, decides))
    }
}

/// What made the run milder than its packs, or what a change adds to that.
fn softer(head: &str, lines: &[String]) -> Markup {
    html! {
        @if !lines.is_empty() {
            h2 class="softer" { (head) }
            ul class="softer" { @for line in lines { li { (plain(line)) "." } } }
        }
    }
}

/// The filters, which the script shows.
fn filters(items: &[Item<'_>], decides: bool) -> Markup {
    let status = |item: &Item<'_>| vec![page::status(item)];
    html! {
        section id="filters" class="filters" aria-label="Filters" hidden {
            div {
                (choice("Market", "market", items, |item| page::markets(item.finding)))
                (choice("Severity", "severity", items, |item| vec![item.finding.severity().name()]))
                (choice("Category", "category", items, |item| vec![item.finding.rule().category.name()]))
                (choice("Rule", "rule", items, |item| page::rules(item.finding)))
                (choice("Status", "status", items, status))
                @if decides { (desk::filter()) }
                button id="previous" type="button" { "Previous" }
                button id="next" type="button" { "Next" }
                button id="reset" type="button" { "Show all" }
                p id="count" class="quiet" role="status" aria-live="polite" {}
            }
        }
    }
}

/// A filter that offers every value that a finding has.
fn choice<'a>(label: &str, name: &str, items: &[Item<'a>], of: impl Fn(&Item<'a>) -> Vec<&'a str>) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        for value in of(item) {
            *counts.entry(value).or_default() += 1;
        }
    }
    html! {
        label {
            (label)
            select name=(name) {
                option value="" { "all" }
                @for (value, count) in &counts {
                    option value=(value) { (value) " (" (count) ")" }
                }
            }
        }
    }
}

/// The pages, each with what is found on it.
fn index(pages: &[Page<'_>]) -> Markup {
    html! {
        nav aria-label="Pages" {
            h2 { "Pages" }
            @if pages.is_empty() {
                p { "Nothing to show." }
            } @else {
                table {
                    thead { tr {
                        th scope="col" { "page" }
                        @for tone in ["errors", "warnings", "advice", "let pass"] {
                            th scope="col" class="count" { (tone) }
                        }
                    } }
                    tbody {
                        @for page in pages {
                            tr id={ "to-" (page.id()) } {
                                td { a href={ "#" (page.id()) } { (page.title()) } }
                                @for tone in Tone::ALL.iter().rev() {
                                    td class="count" { (page.count(*tone)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine};
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_style_and_the_script() {
        let both = [
            (POLICY, STYLE),
            (POLICY, SCRIPT),
            (desk::POLICY, STYLE),
            (desk::POLICY, SCRIPT),
        ];
        for (policy, text) in both
            .into_iter()
            .chain([(desk::POLICY, desk::STYLE), (desk::POLICY, desk::SCRIPT)])
        {
            let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
            assert!(policy.contains(&hash), "{hash} is missing");
            // Either would end its element early.
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
