//! Owns the `sarif` format: SARIF 2.1.0 of what a run found, of what exceptions let pass, and of how the run went.

mod model;

use super::each::Each;
use super::escape::markdown;
use super::place::{bare, is_absolute, positions, uri};
use super::unread::Counted;
use super::{Reporter, words};
use crate::finding::{Category, Exception, ExceptionKind, Finding, RuleInfo, Severity, Verdict, fingerprint};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use model::{Component, Text};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) const REPORTER: Reporter = Reporter {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning",
    shows_copy: false,
    render,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What stands for the folder that relative paths begin in.
const ROOT: &str = "%SRCROOT%";
const TAXONOMY: &str = "caveat categories";

fn render(run: &super::Run, out: &mut dyn Write) -> io::Result<()> {
    let (notices, open): (Vec<&Finding>, Vec<&Finding>) =
        run.open().partition(|finding| words::is_notice(finding));
    let found: Vec<&Finding> = open.into_iter().chain(&run.excepted).collect();
    let index = Index::of(&found, &notices);
    let results = Each::of(found.iter().map(|finding| result(finding, &index)));
    let log = model::Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [told(run, &notices, &index, results)],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn told<'a, L>(
    run: &'a super::Run,
    notices: &[&'a Finding],
    index: &Index<'a>,
    results: L,
) -> model::Run<'a, L> {
    model::Run {
        invocations: [invocation(run, notices, index)],
        original_uri_base_ids: BTreeMap::from([(ROOT, base())]),
        results,
        column_kind: "unicodeCodePoints",
        default_encoding: "utf-8",
        taxonomies: [model::Taxonomy {
            name: TAXONOMY,
            version: words::VERSION,
            taxa: Category::ALL
                .iter()
                .map(|category| model::Descriptor { id: category.name() })
                .collect(),
        }],
        properties: model::RunProperties {
            as_of: &run.as_of,
            unread: Counted::new(&run.unread),
        },
        tool: model::Tool {
            driver: driver(index),
        },
    }
}

fn base() -> model::BaseId {
    model::BaseId {
        description: text("The folder that caveat was run in."),
    }
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Text<'a> {
    Text { text: text.into() }
}

/// Rules by name, each with a finding that it made and the severest it met, and the names of notices.
struct Index<'a> {
    rules: BTreeMap<&'a str, (&'a RuleInfo, Severity)>,
    notices: BTreeMap<&'a str, Category>,
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    fn of(found: &[&'a Finding], notices: &[&'a Finding]) -> Self {
        let mut rules: BTreeMap<&str, (&RuleInfo, Severity)> = BTreeMap::new();
        for Verdict { rule, severity, .. } in found.iter().flat_map(|finding| &finding.verdicts) {
            let (_, worst) = rules.entry(&rule.name).or_insert((rule, *severity));
            *worst = (*worst).max(*severity);
        }
        let mut places: BTreeMap<&str, usize> =
            rules.keys().enumerate().map(|(at, name)| (*name, at)).collect();
        let notices = notices.iter().map(|notice| notice.rule());
        let notices: BTreeMap<&str, Category> =
            notices.map(|rule| (rule.name.as_str(), rule.category)).collect();
        places.extend(notices.keys().enumerate().map(|(at, name)| (*name, at)));
        Self {
            rules,
            notices,
            places,
        }
    }

    fn place(&self, name: &str) -> usize {
        self.places.get(name).copied().unwrap_or(0)
    }
}

fn driver<'a>(index: &Index<'a>) -> model::Driver<'a> {
    let notices = index.notices.iter();
    model::Driver {
        name: "caveat",
        semantic_version: words::VERSION,
        rules: index
            .rules
            .values()
            .map(|(rule, severity)| descriptor(rule, *severity))
            .collect(),
        notifications: notices.map(|(name, category)| notice(name, *category)).collect(),
        supported_taxonomies: [component()],
    }
}

/// A kind of notification. What is wrong stands in each of them.
fn notice(name: &str, category: Category) -> model::Notice<'_> {
    let (short, help) = match category {
        Category::Policy => (
            "Something in settings, front matter or a policy is not as it should be.",
            "Mend the line that is named.",
        ),
        _ => (
            "Something could not be read or written.",
            "See that the file that is named is there and can be read.",
        ),
    };
    model::Notice {
        id: name,
        short_description: text(short),
        full_description: text(short),
        help: text(help),
    }
}

const fn component() -> Component {
    Component {
        name: TAXONOMY,
        index: 0,
    }
}

fn descriptor(rule: &RuleInfo, severity: Severity) -> model::Rule<'_> {
    let (plain, marked) = help(rule);
    model::Rule {
        id: &rule.name,
        short_description: text(&rule.message),
        full_description: text(lead(rule)),
        help: model::Help {
            text: plain,
            markdown: marked,
        },
        help_uri: words::address(rule),
        default_configuration: model::Configuration {
            level: level(severity),
        },
        relationships: [model::Relationship {
            target: model::Taxon {
                id: rule.category.name(),
                index: Category::ALL
                    .iter()
                    .position(|category| *category == rule.category)
                    .unwrap_or(0),
                tool_component: component(),
            },
            kinds: ["superset"],
        }],
        properties: model::RuleProperties {
            market: &rule.market,
            tags: [rule.category.name()],
        },
    }
}

/// What a rule is about: its help, or its message where it has none.
fn lead(rule: &RuleInfo) -> &str {
    match rule.help.trim() {
        "" => rule.message.trim(),
        help => help,
    }
}

/// A rule's help in plain text and in Markdown.
fn help(rule: &RuleInfo) -> (String, String) {
    let lead = lead(rule);
    let (mut plain, mut marked) = (lead.to_owned(), format!("{}\n", markdown(lead)));
    for words in &rule.instead {
        plain.push_str(&format!("\nInstead: {words}"));
        marked.push_str(&format!("\n* Instead: {}", markdown(words)));
    }
    for source in &rule.sources {
        plain.push_str(&format!("\nSource: {}", source.title));
        let title = markdown(&source.title);
        match source.url.as_deref().filter(|url| words::is_web(url)) {
            Some(url) => {
                plain.push_str(&format!(", {url}"));
                marked.push_str(&format!("\n* Source: [{title}](<{url}>)"));
            }
            None => marked.push_str(&format!("\n* Source: {title}")),
        }
    }
    (plain, marked)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn result<'a>(finding: &'a Finding, index: &Index<'_>) -> model::Result<'a> {
    let rule = finding.rule();
    let file = finding.file.as_deref();
    // A rule's own help stands with the rule.
    let message = match finding.own_help() {
        Some(help) => text(format!("{} {}", finding.message(), help.trim())),
        None => text(finding.message()),
    };
    let labels = finding.labels.iter().filter_map(|label| {
        let mut at = location(file?, label.span);
        at.message = Some(text(&*label.text));
        Some(at)
    });
    model::Result {
        rule_id: &rule.name,
        rule_index: index.place(&rule.name),
        level: level(finding.severity()),
        message,
        locations: file
            .map(|file| location(file, finding.span))
            .into_iter()
            .collect(),
        related_locations: labels.collect(),
        partial_fingerprints: model::Fingerprints {
            caveat: fingerprint(finding),
        },
        suppressions: words::exception(finding).map(suppression).into_iter().collect(),
        properties: model::ResultProperties {
            verdicts: finding.verdicts.iter().map(verdict).collect(),
            product: finding.product.as_ref().map(|known| known.kind.name()),
            page: finding.page.as_ref().map(|known| known.kind.name()),
        },
    }
}

fn verdict(verdict: &Verdict) -> model::Verdict<'_> {
    model::Verdict {
        market: &verdict.rule.market,
        rule: &verdict.rule.name,
        severity: verdict.severity.name(),
    }
}

fn suppression(exception: &Exception) -> model::Suppression<'_> {
    model::Suppression {
        kind: match exception.kind {
            ExceptionKind::Comment | ExceptionKind::FrontMatter => "inSource",
            ExceptionKind::Baseline
            | ExceptionKind::Decision
            | ExceptionKind::Register
            | ExceptionKind::Settings => "external",
        },
        status: "accepted",
        justification: &exception.reason,
        location: Some(location(&exception.file, exception.span)),
    }
}

fn location(file: &SourceFile, span: Span<Source>) -> model::Location<'_> {
    let (from, to) = positions(Some(file), span);
    let (start, end) = (file.characters(span.start), file.characters(span.end));
    let bytes = file.stored(span);
    let snippet = Some(file.slice(span)).filter(|slice| !slice.is_empty());
    model::Location {
        physical_location: model::PhysicalLocation {
            artifact_location: model::ArtifactLocation {
                uri: uri(file.name()),
                uri_base_id: (!is_absolute(bare(file.name()))).then_some(ROOT),
            },
            region: model::Region {
                start_line: from.line,
                start_column: from.column,
                end_line: to.line,
                end_column: to.column,
                char_offset: start,
                char_length: end - start,
                byte_offset: bytes.start,
                byte_length: bytes.len(),
                snippet: snippet.map(text),
            },
        },
        logical_locations: file
            .draft()
            .and_then(|draft| draft.place(span.start))
            .map(|place| model::LogicalLocation {
                name: place.to_string(),
                fully_qualified_name: format!("{}/{}", place.part, place.paragraph),
            })
            .into_iter()
            .collect(),
        message: None,
    }
}

fn invocation<'a>(run: &'a super::Run, notices: &[&'a Finding], index: &Index<'a>) -> model::Invocation<'a> {
    let of = |category| {
        notices
            .iter()
            .filter(move |notice| notice.rule().category == category)
            .map(|notice| notification(notice, index))
    };
    let unchecked = run.unchecked.iter().map(|file| model::Notification {
        descriptor: None,
        level: "note",
        message: text(format!("{} is not checked: {}.", file.path, file.because)),
        locations: Vec::new(),
    });
    let unread = super::unread_in_words(&run.unread)
        .into_iter()
        .map(|line| model::Notification {
            descriptor: None,
            level: "note",
            message: text(format!("{}.", words::sentence(&line))),
            locations: Vec::new(),
        });
    model::Invocation {
        execution_successful: !notices.iter().any(|notice| notice.severity() == Severity::Error),
        tool_execution_notifications: of(Category::Io).chain(unchecked).chain(unread).collect(),
        tool_configuration_notifications: of(Category::Policy).collect(),
    }
}

fn notification<'a>(finding: &'a Finding, index: &Index<'_>) -> model::Notification<'a> {
    let name = &finding.rule().name;
    let message = match finding.help().trim() {
        "" => text(finding.message()),
        help => text(format!("{}. {help}", finding.message())),
    };
    let file = finding.file.as_deref();
    model::Notification {
        descriptor: Some(model::Reference {
            id: name,
            index: index.place(name),
        }),
        level: level(finding.severity()),
        message,
        locations: file
            .map(|file| location(file, finding.span))
            .into_iter()
            .collect(),
    }
}
