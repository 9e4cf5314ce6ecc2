//! Owns reading a rule: everything about it but its check.

mod keys;

use super::check;
use super::model::{Applies, Beside, Example, Examples, Rule, SeverityFor, Terms, Within};
use super::read::{Fields, Reader};
use super::{row, sense};
use crate::data::{Entry, Key, Needed, Node};
use crate::document::SCOPES;
use crate::finding::{Category, Citation, Page, Product, Severity};
use crate::source::SourceFile;
use rustc_hash::FxHashMap;
use std::sync::Arc;

use keys::{BESIDE, EXAMPLE, KEYS, SEVERITY_ROW};
pub(super) use keys::{EXAMPLES, INSTEAD_ROW, PAGE, PRODUCT, ROWS, RULES, SAMPLES};

/// Severities by name; a rule that is off has none.
const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("advice", Some(Severity::Advice)),
    ("off", None),
];

/// What a rule takes from its pack.
pub(super) struct Around<'a> {
    pub(super) pack: &'a str,
    pub(super) market: &'a str,
    pub(super) file: &'a Arc<SourceFile>,
    pub(super) sources: &'a FxHashMap<String, Citation>,
    /// Whether it is read as a row or as a rule.
    pub(super) part: Part,
    /// The rules read before it, whose words a row may share with `say`.
    pub(super) before: &'a [Rule],
}

/// The two lists of a pack that hold rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A row of the judgement table: the first that fits a claim decides.
    Row,
    /// A rule by itself.
    Rule,
}

impl Part {
    /// The key of the list.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Row => "judgement",
            Self::Rule => "rules",
        }
    }
}

/// Reads a rule; the value is only good where no mistake was noted.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node, around: &Around<'_>) -> Option<Rule> {
    let fields = reader.fields(node, "a rule", KEYS)?;
    let id = reader.need_text(&fields, "id").unwrap_or_default();
    let span = fields.entry("id").map_or(node.span, |entry| entry.node.span);
    if fields.has("id") && !id.is_empty() {
        reader.slug("id", span, id);
    }
    let category = category(reader, &fields);
    let severity = fields
        .need("severity", reader)
        .and_then(|entry| severity(reader, &entry.node));
    let rows = reader.items_of(&fields, "severity-for");
    let severity_for: Vec<SeverityFor> = reader
        .at_most(16, rows, "rows", span)
        .iter()
        .filter_map(|row| severity_row(reader, row))
        .collect();
    let words = row::words(reader, &fields, around);
    let from = reader.date(&fields, "from");
    let until = reader.date(&fields, "until");
    if let (Some(first), Some(last)) = (from, until)
        && first > last
    {
        let message = format!("`from` ({first}) is after `until` ({last}): the rule is never in force");
        reader.wrong(fields.place("from", reader.text), message, "Swap the two days.");
    }
    let applies = applies(reader, &fields);
    let check = check::read(reader, &fields);
    let lets_pass = severity == Some(None) && severity_for.is_empty();
    let examples = examples(reader, &fields, EXAMPLES, lets_pass);
    let guards = sense::guards(reader, &fields, check.as_ref());
    if let Some(check) = &check {
        sense::placeholders(reader, &fields, &words.message, check);
        row::suits_part(reader, &fields, check, around.part);
    }
    Some(Rule {
        id: id.to_owned(),
        was: row::names(reader, &fields, "was")
            .into_iter()
            .map(|(name, _)| name)
            .collect(),
        replaces: row::names(reader, &fields, "replaces"),
        pack: around.pack.to_owned(),
        market: around.market.to_owned(),
        category: category.unwrap_or(Category::Terms),
        severity: severity.flatten(),
        severity_for,
        message: words.message,
        help: words.help,
        instead: words.instead,
        instead_for: words.instead_for,
        sources: words.sources,
        from,
        until,
        applies,
        guards,
        check: check?,
        examples,
        file: Arc::clone(around.file),
        span,
    })
}

fn category(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Category> {
    let entry = fields.need("category", reader)?;
    let all: Vec<(&str, Category)> = of_copy().map(|category| (category.name(), category)).collect();
    reader.choice("category", &entry.node, &all)
}

/// The categories that a rule may have.
fn categories() -> Vec<&'static str> {
    of_copy().map(Category::name).collect()
}

fn of_copy() -> impl Iterator<Item = Category> {
    let all = Category::ALL.iter().copied();
    all.filter(|category| category.is_of_copy())
}

fn severity(reader: &mut Reader<'_>, node: &Node) -> Option<Option<Severity>> {
    reader.choice("severity", node, &SEVERITIES)
}

fn severity_row(reader: &mut Reader<'_>, node: &Node) -> Option<SeverityFor> {
    let fields = reader.fields(node, "a row of severity-for", SEVERITY_ROW)?;
    let mut narrow = SEVERITY_ROW
        .iter()
        .filter(|key| matches!(key.needed, Needed::Any));
    if !narrow.any(|key| fields.has(key.name)) {
        reader.wrong(
            node.span,
            "This row applies everywhere",
            "Give it `products`, `pages` or `beside`, or change the rule's `severity`.",
        );
    }
    let severity = fields
        .need("severity", reader)
        .and_then(|entry| severity(reader, &entry.node));
    Some(SeverityFor {
        products: reader.choices(&fields, "products", "product", Product::NAMED),
        pages: reader.choices(&fields, "pages", "page", Page::NAMED),
        beside: beside(reader, &fields, "beside"),
        severity: severity.flatten(),
    })
}

fn beside(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<Beside> {
    let entry = fields.entry(key)?;
    let fields = reader.fields(&entry.node, key, BESIDE)?;
    let before = reader.mistakes.len();
    let terms = Terms {
        lexicons: reader.lexicons_of(&fields, "lexicons"),
        phrases: reader.phrases_of(&fields, "words"),
    };
    if terms.is_empty() && before == reader.mistakes.len() {
        let message = format!("`{key}` names no words");
        reader.wrong(entry.key_span, message, "Give it `lexicons` or `words`.");
    }
    Some(Beside {
        terms,
        within: check::reach(reader, &fields).unwrap_or(Within::Sentence),
        at_least: reader.count(&fields, "at-least", 1),
    })
}

fn applies(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Applies {
    let scopes: Vec<(&str, &str)> = SCOPES.iter().map(|scope| (*scope, *scope)).collect();
    let mut blocks = |key: &str| -> Vec<String> {
        let found = reader.choices(fields, key, "scope", &scopes);
        found.into_iter().map(str::to_owned).collect()
    };
    let (blocks, not_blocks) = (blocks("blocks"), blocks("not-blocks"));
    let applies = Applies {
        products: reader.choices(fields, "products", "product", Product::NAMED),
        not_products: reader.choices(fields, "not-products", "product", Product::NAMED),
        pages: reader.choices(fields, "pages", "page", Page::NAMED),
        not_pages: reader.choices(fields, "not-pages", "page", Page::NAMED),
        blocks,
        not_blocks,
        beside: beside(reader, fields, "beside"),
        not_beside: beside(reader, fields, "not-beside"),
    };
    let both = |yes: Vec<&'static str>, no: Vec<&'static str>| yes.into_iter().find(|name| no.contains(name));
    let product = |all: &[Product]| all.iter().map(|kind| kind.name()).collect();
    let page = |all: &[Page]| all.iter().map(|kind| kind.name()).collect();
    let twice = [
        (
            "not-products",
            both(product(&applies.products), product(&applies.not_products)),
        ),
        ("not-pages", both(page(&applies.pages), page(&applies.not_pages))),
    ];
    for (key, name) in twice {
        if let Some(name) = name {
            let message = format!("`{name}` stands in `{}` too", &key[4..]);
            reader.wrong(
                fields.place(key, reader.text),
                message,
                "Keep it in one of the two.",
            );
        }
    }
    let scope = applies
        .blocks
        .iter()
        .find(|scope| applies.not_blocks.contains(scope));
    if let Some(scope) = scope {
        let message = format!("`{scope}` stands in `blocks` too");
        let place = fields.place("not-blocks", reader.text);
        reader.wrong(place, message, "Keep it in one of the two.");
    }
    applies
}

pub(super) fn citations(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    known: &FxHashMap<String, Citation>,
) -> Vec<Citation> {
    let mut out = Vec::new();
    for item in reader.items_of(fields, "sources") {
        let Some(key) = reader.text("sources", item) else {
            continue;
        };
        if let Some(citation) = known.get(key) {
            out.push(citation.clone());
            continue;
        }
        if reader.blind {
            continue;
        }
        let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
        names.sort_unstable();
        reader.unknown(item.span, format!("There is no source `{key}`"), key, &names);
    }
    out
}

/// What must be flagged and must pass, under these two keys; what lets claims pass has none that it flags.
pub(super) fn examples(
    reader: &mut Reader<'_>,
    rule: &Fields<'_>,
    keys: &[Key],
    lets_pass: bool,
) -> Examples {
    let noun = rule.what.trim_start_matches("a ");
    let [yes, no] = [0, 1].map(|at| keys.get(at).map_or("", |key| key.name));
    let Some(entry) = rule.entry("examples") else {
        reader.wrong(
            rule.span,
            format!("This {noun} has no examples"),
            format!(
                "Add `examples: {{{yes}: […], {no}: […]}}` with copy that it must and must not speak to."
            ),
        );
        return Examples::default();
    };
    let Some(fields) = reader.fields(&entry.node, "examples", keys) else {
        return Examples::default();
    };
    for (key, what) in [(yes, "must speak to"), (no, "must be silent on")] {
        let empty = fields
            .entry(key)
            .is_none_or(|entry| entry.node.list().is_some_and(<[Node]>::is_empty));
        if empty && !(lets_pass && key == yes) {
            let place = fields.entry(key).map_or(entry.key_span, |entry| entry.key_span);
            reader.wrong(
                place,
                format!("The {noun} has no example that it {what}"),
                format!("Add one under `{key}`."),
            );
        }
    }
    let mut each = |key: &str| {
        let items = reader.items_of(&fields, key);
        items
            .iter()
            .filter_map(|item| example(reader, key, item))
            .collect()
    };
    Examples {
        flag: each(yes),
        pass: each(no),
    }
}

fn example(reader: &mut Reader<'_>, key: &str, node: &Node) -> Option<Example> {
    let (text, mut product, mut page) = if node.map().is_some() {
        let fields = reader.fields(node, "an example", EXAMPLE)?;
        let one = |entry: Option<&Entry>| entry.map(|entry| entry.node.clone());
        let text = fields.need("text", reader)?.node.clone();
        (text, one(fields.entry("product")), one(fields.entry("page")))
    } else {
        (node.clone(), None, None)
    };
    reader.text(key, &text)?;
    Some(Example {
        text: text.text().unwrap_or_default().to_owned(),
        product: product
            .take()
            .and_then(|node| reader.choice("product", &node, Product::NAMED)),
        page: page
            .take()
            .and_then(|node| reader.choice("page", &node, Page::NAMED)),
        span: text.span,
    })
}
