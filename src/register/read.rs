//! Owns the keys of the register: reads its tree into claims and collects everything that is wrong with it.

use super::append::is_address;
use super::fields::Reader;
use super::keys::{CLAIM, EVIDENCE, KEYS};
use super::passage::comparable;
use super::{Claim, Evidence, FILE, Place, Withdrawn, Wording};
use crate::data::{Mistake, Node, Value, parse_yaml};
use crate::finding::Product;
use crate::source::SourceFile;
use crate::text::words;
use rustc_hash::FxHashMap;
use std::path::Path;

/// The claims of a register and what is wrong with it.
pub(super) fn read(file: &SourceFile, folder: &Path, markets: &[&str]) -> (Vec<Claim>, Vec<Mistake>) {
    let root = match parse_yaml(file.text(), 0) {
        Ok(root) => root,
        Err(mistakes) => return (Vec::new(), mistakes),
    };
    let mut reader = Reader {
        folder,
        markets,
        mistakes: Vec::new(),
    };
    let claims = reader.register(&root);
    reader.twice(&claims);
    let mut mistakes = reader.mistakes;
    mistakes.sort_by_key(|mistake| mistake.span);
    (claims, mistakes)
}

impl Reader<'_> {
    fn register(&mut self, root: &Node) -> Vec<Claim> {
        let entries = match &root.value {
            Value::Null => return Vec::new(),
            Value::Map(entries) => entries,
            _ => {
                self.wrong_kind(root, FILE, "a mapping with the list `claims`");
                return Vec::new();
            }
        };
        self.known(entries, KEYS);
        match root.get("claims") {
            Some(node) if node.value == Value::Null => Vec::new(),
            Some(node) => {
                let items = self.items(node, "claims");
                items.iter().filter_map(|item| self.claim(item)).collect()
            }
            None => Vec::new(),
        }
    }

    /// A claim; none where anything is wrong with it.
    fn claim(&mut self, node: &Node) -> Option<Claim> {
        let Some(entries) = node.map() else {
            self.wrong_kind(node, "a claim", "a mapping");
            return None;
        };
        let before = self.mistakes.len();
        self.known(entries, CLAIM);
        let id = self.needed(node, "id").and_then(|node| self.id(node));
        let text = self
            .needed(node, "text")
            .and_then(|node| self.wording(node, "text"));
        let approver = self.needed(node, "approver");
        let approver = approver.and_then(|node| self.text(node, "approver"));
        let approved = self
            .needed(node, "approved")
            .and_then(|node| self.day(node, "approved"));
        let until = self
            .needed(node, "review-by")
            .and_then(|node| self.day(node, "review-by"));
        if let (Some(approved), Some(until)) = (approved, until)
            && until < approved
        {
            let span = node.get("review-by").map_or(node.span, |node| node.span);
            self.wrong(
                span,
                "the review is due before the approval",
                "`review-by` is the last day on which the claim holds",
            );
        }
        let mut wordings: Vec<Wording> = text.into_iter().collect();
        for item in self.list(node, "variations") {
            wordings.extend(self.wording(item, "a variation"));
        }
        let products = self.products(node);
        let markets = self.markets(node);
        let evidence = self.list(node, "evidence").iter();
        let evidence: Vec<Evidence> = evidence.filter_map(|item| self.evidence(item)).collect();
        let withdrawn = self.withdrawn(node);
        let sound = self.mistakes.len() == before;
        sound.then_some(Claim {
            id: id?,
            wordings,
            products,
            markets,
            evidence,
            approver: approver?,
            approved: approved?,
            review_by: until?,
            withdrawn,
            span: node.get("id")?.span,
        })
    }

    fn id(&mut self, node: &Node) -> Option<String> {
        let id = self.text(node, "id")?;
        if id.chars().any(|c| !(c.is_alphanumeric() || "-_.".contains(c))) {
            self.wrong(
                node.span,
                format!("`{id}` is no id"),
                "use letters, digits, `-`, `_` and `.`",
            );
            return None;
        }
        Some(id)
    }

    fn wording(&mut self, node: &Node, what: &str) -> Option<Wording> {
        let text = self.text(node, what)?;
        let folded = comparable(&text);
        let mut any = false;
        words(&folded, |_, _, _| any = true);
        if !any {
            self.wrong(
                node.span,
                "no word stands here",
                "write the claim as it was approved",
            );
            return None;
        }
        Some(Wording {
            text,
            folded,
            span: node.span,
        })
    }

    fn products(&mut self, claim: &Node) -> Vec<Product> {
        let names = Product::names();
        let mut out = Vec::new();
        for node in self.one_or_many(claim, "product") {
            let name = self.one_of(node, "product", &names);
            out.extend(name.and_then(|name| name.parse::<Product>().ok()));
        }
        out
    }

    fn markets(&mut self, claim: &Node) -> Vec<String> {
        let names = self.markets;
        let nodes = self.one_or_many(claim, "markets");
        nodes
            .iter()
            .filter_map(|node| self.one_of(node, "market", names))
            .collect()
    }

    fn evidence(&mut self, node: &Node) -> Option<Evidence> {
        let Some(entries) = node.map() else {
            self.wrong_kind(node, "evidence", "a mapping with `file` or `url`, and `note`");
            return None;
        };
        self.known(entries, EVIDENCE);
        let note = node.get("note").and_then(|note| self.text(note, "note"));
        let at = match (node.get("file"), node.get("url")) {
            (Some(file), None) => self.evidence_file(file)?,
            (None, Some(url)) => {
                let text = self.text(url, "url")?;
                if !is_address(&text) {
                    self.wrong(
                        url.span,
                        format!("`{text}` is no address"),
                        "an address begins with https://",
                    );
                    return None;
                }
                Place::Url(text)
            }
            (None, None) => {
                self.wrong(
                    node.span,
                    "this evidence says not where it is",
                    "name a `file` or a `url`",
                );
                return None;
            }
            (Some(_), Some(url)) => {
                self.wrong(
                    url.span,
                    "evidence has a `file` or a `url`, not both",
                    "make it two pieces of evidence",
                );
                return None;
            }
        };
        Some(Evidence { at, note })
    }

    fn evidence_file(&mut self, node: &Node) -> Option<Place> {
        let path = self.text(node, "file")?;
        if !self.folder.join(&path).is_file() {
            self.wrong(
                node.span,
                format!("there is no evidence file `{path}`"),
                "the path counts from the folder of this file",
            );
            return None;
        }
        Some(Place::File(path))
    }

    fn withdrawn(&mut self, claim: &Node) -> Option<Withdrawn> {
        let reason = claim.get("reason");
        let node = claim
            .get("withdrawn")
            .filter(|node| node.value != Value::Bool(false));
        let Some(node) = node else {
            if let Some(reason) = reason {
                self.wrong(
                    reason.span,
                    "this claim is not withdrawn",
                    "`reason` says why a claim is withdrawn; what it rests on is a `note` of its evidence",
                );
            }
            return None;
        };
        let on = match node.value {
            Value::Bool(_) => None,
            _ => Some(self.day(node, "withdrawn")?),
        };
        let Some(reason) = reason else {
            self.wrong(
                node.span,
                "a withdrawn claim needs a reason",
                "say why under `reason`",
            );
            return None;
        };
        let reason = self.text(reason, "reason")?;
        Some(Withdrawn { on, reason })
    }

    /// Ids, and wordings for one place, that stand twice.
    fn twice(&mut self, claims: &[Claim]) {
        let mut ids = FxHashMap::<&str, ()>::default();
        let mut seen = FxHashMap::<&str, Vec<&Claim>>::default();
        let mut found = Vec::new();
        for claim in claims {
            if ids.insert(&claim.id, ()).is_some() {
                found.push((
                    claim.span,
                    format!("there is a claim `{}` already", claim.id),
                    "ids tell claims apart",
                ));
            }
            for wording in &claim.wordings {
                let others = seen.entry(&wording.folded).or_default();
                if let Some(other) = others.iter().find(|other| overlap(other, claim)) {
                    found.push((
                        wording.span,
                        format!("claim `{}` has this text already", other.id),
                        "the same text may stand twice for different products or markets only",
                    ));
                }
                others.push(claim);
            }
        }
        for (span, message, help) in found {
            self.wrong(span, message, help);
        }
    }
}

/// Whether two claims can both be meant in one place.
fn overlap(one: &Claim, other: &Claim) -> bool {
    let markets = one.markets.is_empty()
        || other.markets.is_empty()
        || one.markets.iter().any(|market| other.covers_market(market));
    let products = one.products.is_empty()
        || other.products.is_empty()
        || one.products.iter().any(|kind| other.covers_product(*kind));
    markets && products
}
