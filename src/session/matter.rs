//! Owns what front matter may say under `caveat`: a product, a page, further markets and policies.

use super::own;
use crate::config::{MARKETS, pack_ref};
use crate::data::Shape::{List, Named, Object, OneOrMore, Text};
use crate::data::{Entry, Mistake, Node, keys, names, real};
use crate::document::Document;
use crate::finding::{Finding, Page, Product};
use crate::policy::PackRef;
use crate::suppress::ALLOW;
use crate::text::{Source, Span};
use std::path::Path;
use std::str::FromStr;

keys! {
    /// The keys of `caveat` in front matter.
    pub const KEYS {
        /// What the page sells.
        "product": Named(Product::names);
        /// What the page is for.
        "page": Named(Page::names);
        /// Markets besides those of the settings.
        "markets": OneOrMore(&Named(|| MARKETS.to_vec()));
        /// Policies besides those of the settings: embedded ones by name, the project's own by path from the file's folder.
        "policies": OneOrMore(&Text);
        /// Rules that the file lets pass, each with a reason.
        "allow": List(&Object(ALLOW));
    }
}

/// The most mistakes in the front matter of one file that are told.
const MOST: usize = 100;

/// What front matter says.
#[derive(Debug, Default)]
pub(super) struct Matter {
    pub(super) product: Option<(Product, Span<Source>)>,
    pub(super) page: Option<Page>,
    pub(super) markets: Vec<String>,
    pub(super) policies: Vec<PackRef>,
    mistakes: Vec<Mistake>,
}

/// Reads the settings of a document, whose file stands in `folder` of the project in `root`; mistakes become findings.
pub(super) fn read(document: &Document, folder: &Path, root: &Path, findings: &mut Vec<Finding>) -> Matter {
    let mut matter = Matter::default();
    let Some(node) = &document.settings else {
        return matter;
    };
    match node.map() {
        Some(entries) => entries.iter().for_each(|entry| matter.key(entry, folder, root)),
        None => matter.wrong(node.span, "`caveat` must be a mapping", &names(KEYS), ""),
    }
    let found = matter.mistakes.iter();
    findings.extend(found.map(|mistake| own::SETTINGS.mistake(Some(document.file.clone()), mistake)));
    matter
}

impl Matter {
    fn key(&mut self, entry: &Entry, folder: &Path, root: &Path) {
        let node = &entry.node;
        match entry.key.as_ref() {
            "product" => {
                self.product = self
                    .named(node, "product", &Product::names())
                    .map(|kind| (kind, node.span));
            }
            "page" => {
                self.page = self.named(node, "kind of page", &Page::names());
            }
            "markets" => {
                for item in items(node) {
                    let known: Option<String> = self.named(item, "market", &MARKETS);
                    self.markets
                        .extend(known.filter(|name| MARKETS.contains(&name.as_str())));
                }
            }
            "policies" => {
                for item in items(node) {
                    self.policy(item, folder, root);
                }
            }
            // Suppressions are not settings; who reads them checks them.
            "allow" => {}
            other => self.wrong(
                entry.key_span,
                &format!("unknown key `{other}`"),
                &names(KEYS),
                other,
            ),
        }
    }

    fn policy(&mut self, node: &Node, folder: &Path, root: &Path) {
        let Some(name) = node.text() else {
            let message = "a policy is a name or a path";
            return self.mistakes.push(Mistake::new(node.span, message));
        };
        let pack = pack_ref(name, folder);
        if let PackRef::File(path) = &pack
            && outside(path, root)
        {
            let message = format!("the policy `{name}` lies outside of the project");
            let help = "front matter may name policies below the folder of caveat.yaml or of the repository";
            return self.mistakes.push(Mistake::new(node.span, message).help(help));
        }
        match super::rules::missing(&pack, folder) {
            None => self.policies.push(pack),
            Some(mistake) => self.mistakes.push(Mistake {
                span: node.span,
                ..mistake
            }),
        }
    }

    fn named<T: FromStr>(&mut self, node: &Node, what: &str, names: &[&str]) -> Option<T> {
        let text = node.text().unwrap_or_default();
        if !names.contains(&text) {
            self.wrong(node.span, &format!("unknown {what} `{text}`"), names, text);
            return None;
        }
        text.parse().ok()
    }

    fn wrong(&mut self, span: Span<Source>, message: &str, names: &[&str], written: &str) {
        if self.mistakes.len() >= MOST {
            return;
        }
        let mistake = Mistake::new(span, message).among(written, names);
        self.mistakes.push(mistake);
    }
}

/// Whether a file that is there lies outside of `root`, links resolved: a draft from anywhere must not show other files
/// of whoever checks it. Outside of a root that is nowhere lies every file.
fn outside(path: &Path, root: &Path) -> bool {
    match (real(path), real(root)) {
        (Ok(path), Ok(root)) => !path.starts_with(root),
        (Ok(_), Err(_)) => true,
        (Err(_), _) => false,
    }
}

fn items(node: &Node) -> &[Node] {
    node.list().unwrap_or(std::slice::from_ref(node))
}
