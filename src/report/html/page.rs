//! Owns a page of the report: its copy line by line, and below a line what is found on it.

use super::Item;
use super::copy::{Cell, Cutter, Piece, Spot, Tone, cells, covered, visible};
use super::desk;
use super::paper::{Paper, Set};
use crate::finding::{Citation, Finding};
use crate::report::{plain, words};
use crate::source::SourceFile;
use maud::{Markup, html};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;
use std::io::{self, Write};

pub(super) struct Page<'a> {
    number: usize,
    items: &'a [Item<'a>],
    file: Option<&'a SourceFile>,
    /// Whether a reviewer decides on it.
    decides: bool,
}

/// The name of a finding's page.
pub(super) fn name(finding: &Finding) -> Option<&str> {
    finding.file.as_deref().map(SourceFile::name)
}

pub(super) fn status(item: &Item<'_>) -> &'static str {
    if item.tone() == Tone::Passed {
        "let-pass"
    } else {
        "open"
    }
}

/// The markets whose rules speak, each once.
pub(super) fn markets(finding: &Finding) -> Vec<&str> {
    let markets = finding
        .verdicts
        .iter()
        .map(|verdict| verdict.rule.market.as_str());
    markets.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The rules that speak, each once.
pub(super) fn rules(finding: &Finding) -> Vec<&str> {
    let rules = finding.verdicts.iter().map(|verdict| verdict.rule.name.as_str());
    rules.collect::<BTreeSet<_>>().into_iter().collect()
}

impl<'a> Page<'a> {
    pub(super) fn new(number: usize, items: &'a [Item<'a>], decides: bool) -> Self {
        // What could not be read stands here under its name with no text.
        let files = items.iter().filter_map(|item| item.finding.file.as_deref());
        Self {
            number,
            items,
            file: files.max_by_key(|file| file.text().len()),
            decides,
        }
    }

    pub(super) fn id(&self) -> String {
        format!("page{}", self.number)
    }

    pub(super) fn title(&self) -> Cow<'a, str> {
        self.file
            .map_or("The run itself".into(), |file| plain(file.name()))
    }

    pub(super) fn count(&self, tone: Tone) -> usize {
        self.items.iter().filter(|item| item.tone() == tone).count()
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (id, title) = (self.id(), self.title());
        // Text is escaped so that it may stand in quotes.
        let path = self.file.filter(|_| self.decides).map(SourceFile::name);
        let path = path.map_or_else(String::new, |path| {
            format!(" data-path=\"{}\"", html! { (path) }.into_string())
        });
        let head = html! { h2 id={ (id) "-title" } { (title) } };
        write!(
            out,
            "<section class=\"page\" id=\"{id}\" aria-labelledby=\"{id}-title\"{path}>{}<div class=\"copy\">",
            head.into_string()
        )?;
        match self.file.filter(|file| !file.text().trim().is_empty()) {
            Some(file) => self.write_copy(file, out)?,
            None => self.write_cards(self.items.iter(), &[], &[], &mut HashMap::new(), out)?,
        }
        out.write_all(b"</div></section>\n")
    }

    fn write_copy(&self, file: &SourceFile, out: &mut dyn Write) -> io::Result<()> {
        let text = file.text();
        let spots: Vec<Spot> = self
            .items
            .iter()
            .map(|item| Spot::new(file, item.finding.span, item.number, item.tone()))
            .collect();
        let cells = cells(&spots);
        let mut cutter = Cutter::new(text, &spots, &cells);
        let mut below = self.below(file, &spots);
        below.reverse();
        let (mut explained, mut paper) = (HashMap::new(), Paper::new(file));
        // The last line has no text if the file ends as it should.
        let last = file.lines().count();
        let lines = if text.ends_with(['\n', '\r']) {
            last - 1
        } else {
            last
        };
        for line in 1..=lines {
            let start = file.lines().start(line).unwrap_or(0) as usize;
            let next = file
                .lines()
                .start(line + 1)
                .map_or(text.len(), |start| start as usize);
            let end = start + text[start..next].trim_end_matches(['\n', '\r']).len();
            let pieces = cutter.line(start, end, next);
            let set = paper.line(start, end);
            out.write_all(row(line, &set, &pieces).into_string().as_bytes())?;
            let due = below
                .iter()
                .rev()
                .take_while(|(at, _)| *at <= line || line == lines)
                .count();
            let due = below.split_off(below.len() - due);
            let items = due.iter().rev().map(|(_, item)| *item);
            self.write_cards(items, &spots, &cells, &mut explained, out)?;
        }
        Ok(())
    }

    /// The findings with the line below which each is told: the one that it ends on.
    fn below(&self, file: &SourceFile, spots: &[Spot]) -> Vec<(usize, &'a Item<'a>)> {
        let mut below: Vec<(usize, &Item<'_>)> = self
            .items
            .iter()
            .zip(spots)
            .map(|(item, spot)| {
                let last = spot.end.saturating_sub(1).max(spot.start);
                (file.position(last as u32).line, item)
            })
            .collect();
        below.sort_by_key(|(line, _)| *line);
        below
    }

    fn write_cards(
        &self,
        items: impl Iterator<Item = &'a Item<'a>>,
        spots: &[Spot],
        cells: &[Cell],
        explained: &mut HashMap<Told<'a>, usize>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let first = self.items.first().map_or(0, |item| item.number);
        for item in items {
            let covers = spots
                .get(item.number - first)
                .and_then(|spot| covered(spot, cells));
            // Help that stands on the page already is not told again.
            let finding = item.finding;
            let key = (finding.rule().name.as_str(), finding.help(), finding.instead());
            let earlier = *explained.entry(key).or_insert(item.number);
            let earlier = Some(earlier).filter(|number| *number != item.number);
            out.write_all(card(item, covers, earlier, self.decides).into_string().as_bytes())?;
        }
        Ok(())
    }
}

fn row(line: usize, set: &Set, pieces: &[Piece<'_>]) -> Markup {
    html! {
        @if let Some(turn) = &set.turn { p class="turn" { (turn) } }
        div class={ "l" (set.class) } data-n=[set.number(line)] {
            @for piece in pieces {
                @match piece {
                    Piece::Plain(text) => (visible(text)),
                    Piece::Marked(text, cell, tone) => mark class=(tone.class()) data-cell=(cell) { (visible(text)) },
                    Piece::End(number) => a class="r" href={ "#f" (number) } aria-label={ "finding " (number) } { (number) },
                }
            }
        }
    }
}

/// What a card tells of its rule: the name, the help and the wordings that would pass.
type Told<'a> = (&'a str, &'a str, &'a [String]);

fn card(item: &Item<'_>, covers: Option<(usize, usize)>, earlier: Option<usize>, decides: bool) -> Markup {
    let finding = item.finding;
    let (rule, tone) = (finding.rule(), item.tone());
    let word = if tone == Tone::Passed {
        "let pass"
    } else {
        tone.class()
    };
    let help = finding.help().trim();
    html! {
        article class={ "f " (tone.class()) } id={ "f" (item.number) } tabindex="-1"
            aria-labelledby={ "t" (item.number) }
            data-severity=(finding.severity()) data-category=(rule.category) data-status=(status(item))
            data-market=(markets(finding).join(" ")) data-rule=(rules(finding).join(" "))
            data-cells=[covers.map(|(first, last)| format!("{first} {last}"))]
            data-print=[decides.then(|| desk::print(finding)).flatten()]
            data-decision=[decides.then(|| desk::state(finding))] {
            h3 id={ "t" (item.number) } {
                a class="no" href={ "#f" (item.number) } { (item.number) } " "
                span class="tone" { (word) ":" } " " (visible(finding.message()))
            }
            (exception(finding))
            (decided(finding))
            (labels(finding))
            @if let Some(earlier) = earlier {
                p class="quiet" { "Why, what instead and sources: see " a href={ "#f" (earlier) } { (earlier) } "." }
            } @else {
                @if !help.is_empty() { p { (visible(help)) } }
                @if !finding.instead().is_empty() {
                    p { "Instead:" }
                    ul { @for words in finding.instead() { li { (visible(words)) } } }
                }
                @if !rule.sources.is_empty() {
                    p {
                        "Source: "
                        @for (at, source) in rule.sources.iter().enumerate() {
                            @if at > 0 { "; " }
                            (linked(source))
                        }
                    }
                }
            }
            (facts(finding))
        }
    }
}

/// A source, as a link where it has an address on the web.
pub(super) fn linked(source: &Citation) -> Markup {
    let title = visible(&source.title);
    html! {
        @match source.url.as_deref().filter(|url| words::is_web(url)) {
            Some(url) => a href=(url) rel="noreferrer" { (title) },
            None => (title),
        }
    }
}

fn exception(finding: &Finding) -> Markup {
    html! {
        @if let Some(exception) = words::exception(finding) {
            p {
                (exception.kind) ": " (visible(&exception.reason))
                @if let Some(by) = &exception.by { ", by " (visible(by)) }
                @if let Some(until) = &exception.until { ", until " (visible(until)) }
                @if let Some(ticket) = &exception.ticket { ", " (visible(ticket)) }
            }
        }
    }
}

fn decided(finding: &Finding) -> Markup {
    html! {
        @if let Some(said) = words::decision(finding) { p { strong { (visible(&said)) } } }
    }
}

fn labels(finding: &Finding) -> Markup {
    let Some(file) = finding.file.as_deref() else {
        return html! {};
    };
    html! {
        @if !finding.labels.is_empty() {
            p class="quiet" {
                @for (at, label) in finding.labels.iter().enumerate() {
                    @if at > 0 { "; " }
                    q { (plain(file.slice(label.span))) } " " (visible(&label.text))
                }
            }
        }
    }
}

fn facts(finding: &Finding) -> Markup {
    let rule = finding.rule();
    let product = finding
        .product
        .as_ref()
        .map(|known| read_as(known.kind, &known.because));
    let page = finding
        .page
        .as_ref()
        .map(|known| read_as(known.kind, &known.because));
    html! {
        p class="quiet" {
            a href={ "#rule-" (rule.name) } { code { (rule.name) } } " · " (rule.category)
            @for other in finding.verdicts.iter().skip(1) {
                " · also " (other.severity) " in " (other.rule.market) ": "
                a href={ "#rule-" (other.rule.name) } { code { (other.rule.name) } }
            }
            @if let Some(product) = product { " · product " (product) }
            @if let Some(page) = page { " · page " (page) }
            " · " code { (words::sign(finding)) }
        }
    }
}

fn read_as(kind: impl Display, because: &str) -> String {
    if because.is_empty() {
        kind.to_string()
    } else {
        format!("{kind} ({})", plain(because))
    }
}
