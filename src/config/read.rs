//! Owns the keys of `caveat.yaml`: reads its tree into settings and collects everything that is wrong with it.

mod keys;
mod rows;

use super::{FILE, From, Globs, MARKETS, Override, Said, Settings};
use crate::data::{Entry, Key, Mistake, Node, Value, host, knows, names, parse_yaml};
use crate::finding::{Page, Product, Severity};
use crate::policy::PackRef;
use crate::source::SourceFile;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

pub use keys::KEYS;
use keys::{DATA, PAGES, PRODUCTS};

/// Reads a file of settings.
pub(super) fn settings(file: &Arc<SourceFile>, root: PathBuf) -> Settings {
    match parse_yaml(file.text(), 0) {
        Ok(node) => from_node(file, &node, root),
        Err(mistakes) => {
            let mut settings = Settings::defaults(root);
            settings.file = Some(Arc::clone(file));
            settings.mistakes = mistakes;
            settings
        }
    }
}

/// Reads the tree of a file of settings.
pub(super) fn from_node(file: &Arc<SourceFile>, node: &Node, root: PathBuf) -> Settings {
    let mut out = Settings::defaults(root);
    out.file = Some(Arc::clone(file));
    let mut reader = Reader {
        file: Arc::clone(file),
        mistakes: Vec::new(),
    };
    match &node.value {
        Value::Null => {}
        Value::Map(entries) => {
            for entry in entries {
                reader.key(entry, &mut out);
            }
        }
        _ => reader.wrong_kind(node, FILE, "a mapping"),
    }
    out.mistakes = reader.mistakes;
    out
}

/// A pack by name or by file: what has a slash or ends in `.yaml` or `.yml` is a file, relative to `root`.
pub fn pack_ref(written: &str, root: &Path) -> PackRef {
    let is_file = written.contains(['/', '\\']) || written.ends_with(".yaml") || written.ends_with(".yml");
    if is_file {
        PackRef::File(root.join(written).components().collect())
    } else {
        PackRef::Name(written.to_owned())
    }
}

/// A number of bytes: `500`, `64k`, `16M`, `1G`.
pub fn read_size(written: &str) -> Option<u64> {
    let written = written.trim();
    let written = written.strip_suffix(['b', 'B']).unwrap_or(written);
    let (digits, shift) = match written.char_indices().last()? {
        (at, 'k' | 'K') => (&written[..at], 10),
        (at, 'm' | 'M') => (&written[..at], 20),
        (at, 'g' | 'G') => (&written[..at], 30),
        _ => (written, 0),
    };
    let count: u64 = digits.trim().parse().ok()?;
    count.checked_mul(1 << shift).filter(|bytes| *bytes > 0)
}

/// A number of bytes as [`read_size`] reads it, in the largest unit that leaves no rest.
pub fn show_size(bytes: u64) -> String {
    for (shift, unit) in [(30, "G"), (20, "M"), (10, "k")] {
        if bytes >= 1 << shift && bytes.trailing_zeros() >= shift {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    format!("{bytes} bytes")
}

/// Reads values and collects mistakes.
struct Reader {
    file: Arc<SourceFile>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn key(&mut self, entry: &Entry, out: &mut Settings) {
        let (node, from) = (&entry.node, self.from(&entry.node));
        match entry.key.as_ref() {
            // A key with nothing behind it says nothing, as where every line of its list is a comment.
            key if node.value == Value::Null && knows(KEYS, key) => {}
            "policies" => out.policies = self.policies(node, &out.root),
            "markets" => self.set(&mut out.markets, from, |reader| reader.markets(node)),
            "site" => self.set(&mut out.site, from, |reader| reader.site(node)),
            "fail-on" => self.set(&mut out.fail_on, from, |reader| reader.severity_or(node, NEVER)),
            "min-severity" => self.set(&mut out.min_severity, from, |reader| {
                reader.named(node, "severity", &SEVERITIES)
            }),
            "max-file-size" => self.set(&mut out.max_file_size, from, |reader| reader.size(node)),
            key @ "ignore" => self.set(&mut out.ignore, from, |reader| reader.globs(node, key)),
            key @ "read" => self.set(&mut out.read, from, |reader| reader.globs(node, key)),
            key @ "partials" => self.set(&mut out.partials, from, |reader| reader.globs(node, key)),
            "trust-front-matter" => {
                self.set(&mut out.trust_front_matter, from, |reader| reader.yes_or_no(node))
            }
            "products" => {
                out.products = self.rows(node, "product", PRODUCTS, |reader, node| {
                    reader.named(node, "product", &Product::names())
                });
            }
            "pages" => {
                out.pages = self.rows(node, "page", PAGES, |reader, node| {
                    reader.named(node, "kind of page", &Page::names())
                });
            }
            "claims" => {
                let root = out.root.clone();
                self.set(&mut out.claims, from, |reader| {
                    reader.register(node, &root).map(Some)
                });
            }
            "satisfied" => out.satisfied = self.satisfied(node, &out.root),
            "copy-keys" => out.copy_keys = self.rows(node, "keys", DATA, Self::keys),
            "not-copy-keys" => out.not_copy_keys = self.rows(node, "keys", DATA, Self::keys),
            "severities" => out.severities = self.severities(node),
            _ => self.unknown_key(entry, KEYS),
        }
    }

    fn set<T>(&mut self, said: &mut Said<T>, from: From, read: impl FnOnce(&mut Self) -> Option<T>) {
        if let Some(value) = read(self) {
            *said = Said { value, from };
        }
    }

    fn line(&self, node: &Node) -> usize {
        self.file.position(node.span.start).line
    }

    fn from(&self, node: &Node) -> From {
        From::File(self.line(node))
    }

    fn unknown_key(&mut self, entry: &Entry, keys: &[Key]) {
        let mistake = Mistake::new(entry.key_span, format!("unknown key `{}`", entry.key));
        self.mistakes.push(mistake.among(&entry.key, &names(keys)));
    }

    fn wrong_kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` must be {wanted}, but this is {}", node.kind());
        self.mistakes.push(Mistake::new(node.span, message));
    }

    fn items<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        node.list().unwrap_or_else(|| {
            self.wrong_kind(node, what, "a list");
            &[]
        })
    }

    /// The items of a list, or the text that stands for a list of one.
    fn one_or_more<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        if node.text().is_some() {
            std::slice::from_ref(node)
        } else {
            self.items(node, what)
        }
    }

    fn named<T: FromStr>(&mut self, node: &Node, what: &str, names: &[&str]) -> Option<T> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, what, "text");
            return None;
        };
        let value = text.parse().ok();
        if value.is_none() {
            let mistake = Mistake::new(node.span, format!("unknown {what} `{text}`"));
            self.mistakes.push(mistake.among(text, names));
        }
        value
    }

    /// A severity, or `none` for none.
    fn severity_or(&mut self, node: &Node, none: &'static str) -> Option<Option<Severity>> {
        // YAML reads a bare `off` as text or as a no, as its reader likes.
        let off = node.text() == Some(none) || (none == OFF && node.value == Value::Bool(false));
        if off {
            return Some(None);
        }
        let names = [SEVERITIES[0], SEVERITIES[1], SEVERITIES[2], none];
        self.named(node, "severity", &names).map(Some)
    }

    fn yes_or_no(&mut self, node: &Node) -> Option<bool> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.wrong_kind(node, "trust-front-matter", "true or false");
        None
    }

    fn size(&mut self, node: &Node) -> Option<u64> {
        let size = match &node.value {
            Value::Number(text) | Value::Text(text) => read_size(text),
            _ => None,
        };
        if size.is_none() {
            let mistake = Mistake::new(node.span, "this is no size");
            self.mistakes
                .push(mistake.help("write a number of bytes, or 64k, 16M or 1G"));
        }
        size
    }

    fn globs(&mut self, node: &Node, key: &str) -> Option<Globs> {
        let nodes = self.one_or_more(node, key);
        let mut written = Vec::new();
        for item in nodes {
            match item.text() {
                Some(text) => written.push(text),
                None => self.wrong_kind(item, "path", "text"),
            }
        }
        match Globs::new(&written) {
            Ok(globs) => Some(globs.at(nodes.iter().map(|item| self.line(item)).collect())),
            Err(wrong) => {
                for (index, message) in wrong {
                    let span = nodes.get(index).map_or(node.span, |item| item.span);
                    self.mistakes.push(Mistake::new(span, message));
                }
                None
            }
        }
    }

    fn site(&mut self, node: &Node) -> Option<Vec<String>> {
        let mut site = Vec::new();
        for item in self.one_or_more(node, "site") {
            match item.text() {
                Some(text) if host(text).contains('.') => site.push(text.to_owned()),
                Some(_) => {
                    let mistake = Mistake::new(item.span, "this is no address of a site");
                    self.mistakes.push(mistake.help("write it as `www.example.com`"));
                }
                None => self.wrong_kind(item, "site", "text"),
            }
        }
        Some(site)
    }

    fn markets(&mut self, node: &Node) -> Option<Vec<String>> {
        let mut markets = Vec::new();
        for item in self.one_or_more(node, "markets") {
            match item.text() {
                Some(text) if MARKETS.contains(&text) => markets.push(text.to_owned()),
                Some(text) => {
                    let mistake = Mistake::new(item.span, format!("unknown market `{text}`"));
                    self.mistakes.push(mistake.among(text, &MARKETS));
                }
                None => self.wrong_kind(item, "market", "text"),
            }
        }
        Some(markets)
    }

    fn policies(&mut self, node: &Node, root: &Path) -> Vec<Said<PackRef>> {
        let mut packs = Vec::new();
        for item in self.items(node, "policies") {
            match item.text() {
                Some(text) => packs.push(Said {
                    value: pack_ref(text, root),
                    from: self.from(item),
                }),
                None => self.wrong_kind(item, "policy", "text"),
            }
        }
        packs
    }

    /// The claims register.
    fn register(&mut self, node: &Node, root: &Path) -> Option<PathBuf> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, "claims", "text");
            return None;
        };
        Some(root.join(text).components().collect())
    }

    fn severities(&mut self, node: &Node) -> Vec<Override> {
        let Some(entries) = node.map() else {
            self.wrong_kind(node, "severities", "a mapping of rules and severities");
            return Vec::new();
        };
        let mut out = Vec::new();
        for entry in entries {
            let line = self.file.position(entry.key_span.start).line;
            if let Some(severity) = self.severity_or(&entry.node, OFF) {
                out.push(Override {
                    rule: entry.key.to_string(),
                    severity,
                    span: entry.key_span,
                    line,
                });
            }
        }
        out
    }
}

const SEVERITIES: [&str; 3] = ["error", "warning", "advice"];
/// No severity that a run fails from.
const NEVER: &str = "never";
/// No severity of a rule.
const OFF: &str = "off";
