//! Owns joining packs into the policy of a run: lexicons that add to others, rules that replace others or are
//! switched off, and what can only be wrong of packs together.

use super::files::Home;
use super::load::{Raw, gather, gather_given};
use super::model::{Guard, PackInfo, Policy, Rule};
use super::pack::{self, Pack};
use super::read::Reader;
use super::suggest::suggest;
use super::{PolicyMistake, Request, choices};
use crate::data::Mistake;
use crate::finding::Citation;
use crate::source::SourceFile;
use crate::text::{Source, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// Lexicons or statements by name.
pub(super) type Names = FxHashMap<Cow<'static, str>, usize>;

/// What is known of a pack that is joined.
struct Joined {
    file: Arc<SourceFile>,
    name: String,
    /// All packs below it, by index, without itself.
    below: BTreeSet<usize>,
    /// See [`Raw::blind`]; here for the packs below it too.
    blind: bool,
    lexicons: Names,
    statements: Names,
    sources: Vec<(String, Citation)>,
    ids: Vec<String>,
    guards: Vec<(Guard, Span<Source>)>,
}

#[derive(Default)]
struct Join {
    policy: Policy,
    packs: Vec<Joined>,
    /// Rules with the index of their pack.
    rules: Vec<(usize, Rule)>,
    /// Rules that are replaced or switched off: the index of their pack and the id.
    gone: FxHashSet<(usize, String)>,
    language: Option<String>,
    mistakes: Vec<PolicyMistake>,
}

/// The policy that `request` asks for, and everything that is wrong.
pub(super) fn join(request: &Request) -> (Policy, Vec<PolicyMistake>) {
    let (raws, mistakes) = gather(request, true);
    joined(&raws, mistakes)
}

/// As [`join`], where the file at `path` has this text, whatever lies on disk.
pub(super) fn join_given(request: &Request, path: &Path, text: &str) -> (Policy, Vec<PolicyMistake>) {
    let (raws, mistakes) = gather_given(request, path, text);
    joined(&raws, mistakes)
}

/// The policy of packs without those that belong to every market.
pub(super) fn join_alone(request: &Request) -> (Policy, Vec<PolicyMistake>) {
    let (raws, mistakes) = gather(request, false);
    joined(&raws, mistakes)
}

/// The policy of the packs read, and everything that is wrong; `mistakes` are those of reading them.
pub(super) fn joined(raws: &[Raw], mistakes: Vec<PolicyMistake>) -> (Policy, Vec<PolicyMistake>) {
    // What syntax hides would only make echoes: unknown lexicons, unknown packs.
    let broken = !mistakes.is_empty();
    let mut join = Join {
        mistakes,
        ..Join::default()
    };
    for raw in raws {
        join.add(raw, raws);
    }
    if !broken {
        join.check_guards();
    }
    let Join {
        mut policy,
        rules,
        gone,
        mut mistakes,
        ..
    } = join;
    policy.rules = rules
        .into_iter()
        .filter(|(pack, rule)| !gone.contains(&(*pack, rule.id.clone())))
        .map(|(_, rule)| rule)
        .collect();
    sort(&mut mistakes, raws);
    mistakes.dedup_by(|a, b| same(a, b));
    (policy, mistakes)
}

/// A word file that two lexicons read has its mistakes once.
fn same(a: &PolicyMistake, b: &PolicyMistake) -> bool {
    let name = |told: &PolicyMistake| told.file.as_ref().map(|file| file.name().to_owned());
    a.mistake == b.mistake && name(a) == name(b)
}

/// In order of files and places.
fn sort(mistakes: &mut [PolicyMistake], raws: &[Raw]) {
    mistakes.sort_by_key(|mistake| {
        let file = mistake.file.as_ref();
        let at = file.and_then(|file| raws.iter().position(|raw| Arc::ptr_eq(&raw.file, file)));
        let other = file.filter(|_| at.is_none()).map(|file| file.name().to_owned());
        (file.is_some(), other, at, mistake.mistake.span)
    });
}

/// The rules of the packs below one.
struct Below<'p> {
    /// The index of the pack, the rule's id and its full name.
    rules: Vec<(usize, &'p str, String)>,
    /// See [`Raw::blind`].
    blind: bool,
}

impl<'p> Below<'p> {
    fn new(packs: &'p [Joined], below: &BTreeSet<usize>, blind: bool) -> Self {
        let rules = |base: &usize| {
            let (base, pack) = (*base, &packs[*base]);
            let ids = pack.ids.iter();
            ids.map(move |id| (base, id.as_str(), format!("{}/{id}", pack.name)))
        };
        Self {
            rules: below.iter().flat_map(rules).collect(),
            blind,
        }
    }

    /// The rules of some full names, each with the index of its pack; a name that no rule has is a mistake.
    fn found(&self, named: &[(String, Span<Source>)], mistakes: &mut Vec<Mistake>) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        for (name, span) in named {
            if let Some((base, id, _)) = self.rules.iter().find(|(.., known)| known == name) {
                out.push((*base, (*id).to_owned()));
            } else if !self.blind {
                mistakes.push(self.unknown(name, *span));
            }
        }
        out
    }

    fn unknown(&self, name: &str, span: Span<Source>) -> Mistake {
        let all: Vec<&str> = self.rules.iter().map(|(.., name)| name.as_str()).collect();
        let help = match all.as_slice() {
            [] => "This pack extends none that has rules.".to_owned(),
            all => suggest(name, all),
        };
        Mistake::new(span, format!("No extended pack has the rule `{name}`")).help(help)
    }

    /// That a rule below has the id too and the rule does not say what becomes of it: to drop it unasked would soften
    /// the run out of sight.
    fn namesake(&self, rule: &Rule) -> Option<Mistake> {
        let mut namesakes = self.rules.iter().filter(|(_, id, _)| *id == rule.id);
        let replaced = |name: &String| rule.replaces.iter().any(|(known, _)| known == name);
        let (.., name) = namesakes.find(|(.., name)| !replaced(name))?;
        let message = format!("`{name}`, which this pack extends, has the id `{}` too", rule.id);
        let help =
            format!("Add `replaces: [{name}]` if this rule stands in its place, or give it another id.");
        Some(Mistake::new(rule.span, message).help(help))
    }
}

impl Join {
    /// Reads a pack; those that it extends stand before it in `raws`.
    fn add(&mut self, raw: &Raw, raws: &[Raw]) {
        let at = self.packs.len();
        if raw.root.value == crate::data::Value::Null && !raw.file.text().trim().is_empty() {
            // Its syntax is wrong, and that is told already.
            let nothing = (Names::default(), Names::default());
            let known = self.known(raw, &Pack::default(), BTreeSet::new(), nothing, true);
            self.packs.push(known);
            return;
        }
        let mut below = BTreeSet::new();
        for (base, _) in &raw.extends {
            if let Some(pack) = self.packs.get(*base) {
                below.extend(pack.below.iter().copied());
                below.insert(*base);
            }
        }
        let mut reader = Reader {
            text: raw.file.text(),
            lexicons: std::mem::take(&mut self.policy.lexicons),
            scope: self.scope(raw, |pack| &pack.lexicons),
            statements: std::mem::take(&mut self.policy.statements),
            stated: self.scope(raw, |pack| &pack.statements),
            groups: below
                .iter()
                .filter(|_| !raw.book.is_ready())
                .flat_map(|base| choices::of(&raws[*base].root))
                .collect(),
            book: Rc::clone(&raw.book),
            blind: raw.blind || below.iter().any(|base| self.packs[*base].blind),
            ..Reader::default()
        };
        let mut sources = FxHashMap::default();
        for base in &below {
            sources.extend(self.packs[*base].sources.iter().cloned());
        }
        let (mut pack, elsewhere) = pack::read(&mut reader, &raw.file, &raw.home, &raw.root, sources);
        let Reader {
            mistakes,
            lexicons,
            scope,
            statements,
            stated,
            blind,
            mut word_files,
            ..
        } = reader;
        word_files.sort();
        word_files.dedup();
        self.policy.lexicons = lexicons;
        self.policy.statements = statements;
        self.mistakes.extend(elsewhere);
        self.wrong(raw, mistakes);
        self.twice(raw, &pack);
        let known = Below::new(&self.packs, &below, blind);
        let mut mistakes = Vec::new();
        self.gone.extend(known.found(&pack.off, &mut mistakes));
        let mut replaces = Vec::new();
        for rule in std::mem::take(&mut pack.rules) {
            self.gone.extend(known.found(&rule.replaces, &mut mistakes));
            mistakes.extend(known.namesake(&rule));
            replaces.extend(rule.replaces.iter().cloned());
            self.rules.push((at, rule));
        }
        self.wrong(raw, mistakes);
        self.speak(raw, &mut pack);
        self.packs
            .push(self.known(raw, &pack, below, (scope, stated), blind));
        self.policy.packs.push(PackInfo {
            name: pack.name,
            market: pack.market,
            title: pack.title,
            version: pack.version,
            file: Arc::clone(&raw.file),
            word_files,
            embedded: matches!(raw.home, Home::Embedded(_)),
            off: pack.off,
            replaces,
        });
    }

    fn known(
        &self,
        raw: &Raw,
        pack: &Pack,
        below: BTreeSet<usize>,
        (lexicons, statements): (Names, Names),
        blind: bool,
    ) -> Joined {
        Joined {
            file: Arc::clone(&raw.file),
            name: raw.name().trim().to_owned(),
            below,
            blind,
            lexicons,
            statements,
            sources: pack.sources.clone(),
            ids: pack.ids.clone(),
            guards: pack.guards.clone(),
        }
    }

    fn wrong(&mut self, raw: &Raw, mistakes: Vec<Mistake>) {
        self.mistakes
            .extend(mistakes.into_iter().map(|mistake| PolicyMistake {
                file: Some(Arc::clone(&raw.file)),
                mistake,
            }));
    }

    /// The lexicons or statements that those name which a pack extends: of several with one name, the earliest.
    fn scope(&self, raw: &Raw, of: impl Fn(&Joined) -> &Names) -> Names {
        let bases = raw.extends.iter().filter_map(|(base, _)| self.packs.get(*base));
        let mut bases: Vec<&Names> = bases.map(of).collect();
        bases.sort_by_key(|names| names.len());
        let mut scope = bases.pop().cloned().unwrap_or_default();
        for (name, id) in bases.into_iter().flatten() {
            let known = scope.entry(name.clone()).or_insert(*id);
            *known = (*known).min(*id);
        }
        scope
    }

    /// Notes a second pack of the same name: rules could not be told apart.
    fn twice(&mut self, raw: &Raw, pack: &Pack) {
        let Some(other) = self
            .packs
            .iter()
            .find(|other| other.name == pack.name && !pack.name.is_empty())
        else {
            return;
        };
        let message = format!(
            "The pack `{}` is loaded from `{}` too",
            pack.name,
            other.file.name()
        );
        let span = raw.root.get("pack").map_or(raw.root.span, |node| node.span);
        let mistake = Mistake::new(span, message)
            .help("Give this pack another name; with `extends` it can lie over the other.");
        self.wrong(raw, vec![mistake]);
    }

    /// Takes the pack's language; only one pack may have one.
    fn speak(&mut self, raw: &Raw, pack: &mut Pack) {
        let Some((language, span)) = pack.language.take() else {
            return;
        };
        if let Some(other) = &self.language {
            let message = format!("The pack `{other}` holds `language` already");
            let mistake = Mistake::new(span, message).help("One pack of a run may hold it.");
            self.wrong(raw, vec![mistake]);
            return;
        }
        self.policy.language = language;
        self.language = Some(pack.name.clone());
    }

    /// Notes guards whose cues the language pack lacks.
    fn check_guards(&mut self) {
        let Some(language) = &self.language else {
            return;
        };
        for pack in &self.packs {
            for (guard, span) in &pack.guards {
                let needs_cues = matches!(
                    guard,
                    Guard::Negated | Guard::Hedged | Guard::Attributed | Guard::Warning
                );
                if needs_cues
                    && self
                        .policy
                        .language
                        .guards
                        .iter()
                        .all(|(known, _)| known != guard)
                {
                    let name = guard.name();
                    let message = format!("The guard `{name}` can never apply: it has no cues");
                    let help = format!("Add `{name}` to `language.guards` in the pack `{language}`.");
                    self.mistakes.push(PolicyMistake {
                        file: Some(Arc::clone(&pack.file)),
                        mistake: Mistake::new(*span, message).help(help),
                    });
                }
            }
        }
    }
}
