//! Owns finding the packs that a run needs and putting them in order of dependence. Packs that are not needed
//! are not read.

use super::files::{Home, homeless};
use super::{PackRef, PolicyMistake, Request, book::Book, builtin, prepared, suggest};
use crate::data::{Mistake, Node, parse_yaml};
use crate::source::SourceFile;
use crate::text::{Source, Span};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// The most packs that a run may have.
const MOST: usize = 64;

/// A pack that is read but not yet understood.
pub(super) struct Raw {
    pub(super) home: Home,
    pub(super) file: Arc<SourceFile>,
    pub(super) root: Cow<'static, Node>,
    /// The steps of its phrases, as far as they are known.
    pub(super) book: Rc<Book>,
    /// The packs that it extends, by index, with the place that says so.
    pub(super) extends: Vec<(usize, Span<Source>)>,
    /// Whether it, or a pack that it names, could not be read: names that seem unknown may stand there.
    pub(super) blind: bool,
}

impl Raw {
    /// The name in its head; empty where it has none.
    pub(super) fn name(&self) -> &str {
        self.root.get("pack").and_then(Node::text).unwrap_or_default()
    }
}

/// Packs on their way in.
#[derive(Default)]
pub(super) struct Loader {
    packs: Vec<Raw>,
    known: HashMap<String, usize>,
    /// A file whose text is not the one on disk.
    given: Option<(Home, Arc<SourceFile>)>,
    pub(super) mistakes: Vec<PolicyMistake>,
}

/// Reads the packs asked for, those of every market if these are wanted, and those they extend. A pack stands after those it extends.
pub(super) fn gather(request: &Request, every: bool) -> (Vec<Raw>, Vec<PolicyMistake>) {
    Loader::default().gather(request, every)
}

/// As [`gather`], where the file at `path` has this text, whatever lies on disk.
pub(super) fn gather_given(request: &Request, path: &Path, text: &str) -> (Vec<Raw>, Vec<PolicyMistake>) {
    let file = Arc::new(SourceFile::new(crate::data::shown(path), text));
    let loader = Loader {
        given: Some((Home::File(path.to_owned()).key(), file)),
        ..Loader::default()
    };
    loader.gather(request, true)
}

fn unknown_name(what: &str, name: &str, names: &[&str]) -> PolicyMistake {
    homeless(
        format!("There is no {what} `{name}`"),
        suggest::suggest(name, names),
    )
}

impl Loader {
    fn gather(mut self, request: &Request, every: bool) -> (Vec<Raw>, Vec<PolicyMistake>) {
        let markets: Vec<&str> = request.markets.iter().map(String::as_str).collect();
        let named = &super::pack::MARKETS[..5]; // the last two are no places
        for market in markets.iter().filter(|market| !named.contains(market)) {
            self.mistakes.push(unknown_name("market", market, named));
        }
        for (name, text) in builtin::PACKS {
            let market = builtin::market(text);
            if (every && market == "every") || markets.contains(&market) {
                self.add(Home::Embedded(name));
            }
        }
        for wanted in &request.policies {
            match wanted {
                PackRef::File(path) => {
                    self.add(Home::File(path.clone()));
                }
                PackRef::Name(name) => match builtin::PACKS.iter().find(|(known, _)| known == name) {
                    Some((known, _)) => {
                        self.add(Home::Embedded(known));
                    }
                    None => self.mistakes.push(unknown_name("policy", name, &super::names())),
                },
            }
        }
        self.follow();
        self.ordered()
    }

    /// Reads a pack that the command line or `caveat.yaml` names.
    fn add(&mut self, home: Home) -> Option<usize> {
        match self.read(home) {
            Ok(at) => Some(at),
            Err(message) => {
                self.mistakes
                    .push(homeless(message, "Name a YAML file that holds a pack."));
                None
            }
        }
    }

    /// The pack's index; it is read if it was not yet.
    fn read(&mut self, home: Home) -> Result<usize, String> {
        let key = format!("{:?}", home.key());
        if let Some(at) = self.known.get(&key) {
            return Ok(*at);
        }
        if self.packs.len() >= MOST {
            return Err(format!("More than {MOST} packs are asked for"));
        }
        let file = match &self.given {
            Some((given, file)) if *given == home.key() => Arc::clone(file),
            _ => home.read()?,
        };
        let ready = match &home {
            Home::Embedded(name) => prepared::pack(name),
            Home::File(_) => None,
        };
        let parsed = match ready {
            Some((root, book)) => Ok((Cow::Borrowed(root), book)),
            None => parse_yaml(file.text(), 0).map(|root| (Cow::Owned(root), Book::default())),
        };
        let blind = parsed.is_err();
        let (root, book) = match parsed {
            Ok(parsed) => parsed,
            Err(found) => {
                self.mistakes
                    .extend(found.into_iter().map(|mistake| PolicyMistake {
                        file: Some(Arc::clone(&file)),
                        mistake,
                    }));
                // Going on as if it were empty would only make echoes.
                let nothing = Node {
                    span: Span::empty(0),
                    value: crate::data::Value::Null,
                };
                (Cow::Owned(nothing), Book::default())
            }
        };
        self.packs.push(Raw {
            home,
            file,
            root,
            book: Rc::new(book),
            extends: Vec::new(),
            blind,
        });
        self.known.insert(key, self.packs.len() - 1);
        Ok(self.packs.len() - 1)
    }

    /// Reads what the packs extend, and what these extend.
    fn follow(&mut self) {
        let mut at = 0;
        while at < self.packs.len() {
            let items: Vec<(String, Span<Source>)> = self.packs[at]
                .root
                .get("extends")
                .and_then(Node::list)
                .unwrap_or_default()
                .iter()
                .filter_map(|item| Some((item.text()?.trim().to_owned(), item.span)))
                .collect();
            for (name, span) in items {
                match self.find(at, &name) {
                    Ok(base) => self.packs[at].extends.push((base, span)),
                    Err(mistake) => {
                        self.packs[at].blind = true;
                        let file = Some(Arc::clone(&self.packs[at].file));
                        let mistake = Mistake { span, ..mistake };
                        self.mistakes.push(PolicyMistake { file, mistake });
                    }
                }
            }
            at += 1;
        }
    }

    /// The pack that pack `at` calls `name`.
    fn find(&mut self, at: usize, name: &str) -> Result<usize, Mistake> {
        let wrong = |message: String| Mistake::new(Span::empty(0), message);
        let path = Path::new(name);
        let file = name.contains('/') || path.extension().is_some_and(|end| end == "yaml" || end == "yml");
        if file {
            let home = self.packs[at].home.beside(name).map_err(wrong)?;
            return self
                .read(home)
                .map_err(|message| wrong(message).help("The path counts from the folder of this file."));
        }
        if let Some((known, _)) = builtin::PACKS.iter().find(|(known, _)| *known == name) {
            return self.read(Home::Embedded(known)).map_err(wrong);
        }
        // A file that is loaded anyway may be called by its name.
        if let Some(known) = self.packs.iter().position(|pack| pack.name() == name) {
            return Ok(known);
        }
        let mistake = unknown_name("pack", name, &super::names()).mistake;
        Err(mistake)
    }

    /// The packs in order of dependence, first come first where the order is free.
    fn ordered(mut self) -> (Vec<Raw>, Vec<PolicyMistake>) {
        let mut order: Vec<usize> = Vec::new();
        let mut place: Vec<Option<usize>> = vec![None; self.packs.len()];
        loop {
            let next = (0..self.packs.len()).find(|at| {
                place[*at].is_none()
                    && self.packs[*at]
                        .extends
                        .iter()
                        .all(|(base, _)| place[*base].is_some())
            });
            let Some(next) = next.or_else(|| self.break_cycle(&place)) else {
                break;
            };
            place[next] = Some(order.len());
            order.push(next);
        }
        let place: Vec<usize> = place.into_iter().map(Option::unwrap_or_default).collect();
        let mut packs: Vec<(usize, Raw)> = self
            .packs
            .into_iter()
            .enumerate()
            .map(|(at, mut pack)| {
                for (base, _) in &mut pack.extends {
                    *base = place[*base];
                }
                (place[at], pack)
            })
            .collect();
        packs.sort_by_key(|(place, _)| *place);
        (packs.into_iter().map(|(_, pack)| pack).collect(), self.mistakes)
    }

    /// Where only packs that wait for each other are left: notes that, and lets one of them wait no longer.
    fn break_cycle(&mut self, place: &[Option<usize>]) -> Option<usize> {
        let mut at = place.iter().position(Option::is_none)?;
        // Whoever is reached twice by asking whom a pack waits for stands on a cycle.
        let mut seen = vec![false; place.len()];
        while !seen[at] {
            seen[at] = true;
            let waits_for = self.packs[at]
                .extends
                .iter()
                .find(|(base, _)| place[*base].is_none());
            at = waits_for.map_or(at, |(base, _)| *base);
        }
        let name = self.packs[at].name().to_owned();
        let pack = &mut self.packs[at];
        for (_, span) in pack.extends.iter().filter(|(base, _)| place[*base].is_none()) {
            self.mistakes.push(PolicyMistake {
                file: Some(Arc::clone(&pack.file)),
                mistake: Mistake::new(*span, format!("The pack `{name}` extends itself by way of this"))
                    .help("Move what both need into a third pack."),
            });
        }
        pack.blind = true;
        pack.extends.retain(|(base, _)| place[*base].is_some());
        Some(at)
    }
}
