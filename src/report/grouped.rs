//! Owns telling once what many files have in common: that those of a folder miss the same statement, which on the first
//! run on an old site a layout most often makes, so that one line of settings says so; and that they hold the same words,
//! as those of a menu or a footer.

use super::Run;
use super::place::{bare, is_absolute};
use crate::config::literal;
use crate::finding::Finding;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Fewer files are told one by one.
const MANY: usize = 5;
/// How many files a group names.
const NAMED: usize = 3;

/// Files of a folder that miss the same statement.
pub(super) struct Group<'a> {
    /// The folder as the findings' paths name it; empty for the one that caveat was run in.
    folder: &'a str,
    /// How many files were checked in it and below.
    checked: usize,
    /// The findings, in order; never empty.
    pub(super) findings: Vec<&'a Finding>,
}

/// The same words in many files, as in a menu or a footer, of which one rule speaks.
pub(super) struct Repeat<'a> {
    /// One a file, in order; never empty.
    pub(super) findings: Vec<&'a Finding>,
}

/// What people are shown: findings to tell one by one, and what is told once.
pub(super) struct Grouped<'a> {
    pub(super) single: Vec<&'a Finding>,
    pub(super) repeats: Vec<Repeat<'a>>,
    pub(super) groups: Vec<Group<'a>>,
}

/// Sorts what people are shown into single findings and groups.
pub(super) fn grouped(run: &Run) -> Grouped<'_> {
    let shown = || {
        run.findings
            .iter()
            .filter(|told| told.shown)
            .map(|told| &told.finding)
    };
    let mut owed: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in shown().filter(|finding| is_owed(finding)) {
        owed.entry(&finding.rule().name).or_default().push(finding);
    }
    let checked = below(
        run.folders
            .iter()
            .map(|(folder, count)| (folder.as_str(), *count)),
    );
    let groups: Vec<Group<'_>> = owed
        .into_values()
        .flat_map(|findings| groups(findings, &checked))
        .collect();
    let within: HashSet<*const Finding> = groups
        .iter()
        .flat_map(|group| &group.findings)
        .map(|finding| std::ptr::from_ref(*finding))
        .collect();
    let single = shown().filter(|finding| !within.contains(&std::ptr::from_ref(*finding)));
    let (repeats, single) = repeats(single.collect());
    Grouped {
        single,
        repeats,
        groups,
    }
}

/// The words that stand in many files, in order of the first of them; and all other findings. A file that has them twice
/// has its second with the others.
fn repeats(findings: Vec<&Finding>) -> (Vec<Repeat<'_>>, Vec<&Finding>) {
    fn key(finding: &Finding) -> Option<(&str, &str)> {
        let counts = finding.silenced.is_none() && finding.rule().category.is_claim();
        (counts && !finding.folded.is_empty()).then(|| (finding.rule().name.as_str(), &*finding.folded))
    }
    fn name(finding: &Finding) -> Option<&str> {
        finding.file.as_deref().map(|file| file.name())
    }
    let mut by: HashMap<(&str, &str), Vec<&Finding>> = HashMap::new();
    for finding in &findings {
        if let Some(key) = key(finding) {
            let known = by.entry(key).or_default();
            if known.last().is_none_or(|last| name(last) != name(finding)) {
                known.push(finding);
            }
        }
    }
    by.retain(|_, same| same.len() >= MANY);
    let within: HashSet<*const Finding> = by
        .values()
        .flatten()
        .map(|finding| std::ptr::from_ref(*finding))
        .collect();
    let (mut told, mut single) = (Vec::new(), Vec::new());
    for finding in findings {
        if !within.contains(&std::ptr::from_ref(finding)) {
            single.push(finding);
        } else if let Some(same) = key(finding).and_then(|key| by.get(&key))
            && std::ptr::eq(same[0], finding)
        {
            told.push(Repeat {
                findings: same.clone(),
            });
        }
    }
    (told, single)
}

/// "blog/a.md, blog/b.md, blog/c.md and 58 more".
fn files(findings: &[&Finding]) -> String {
    let named = findings.iter().take(NAMED);
    let names: Vec<_> = named
        .filter_map(|finding| finding.file.as_deref())
        .map(|file| super::plain(file.name()))
        .collect();
    let more = findings.len().saturating_sub(NAMED);
    format!("{} and {more} more", names.join(", "))
}

impl Repeat<'_> {
    /// "the same words stand in 12 files: a.html, b.html, c.html and 9 more".
    pub(super) fn told(&self) -> String {
        let count = self.findings.len();
        format!("the same words stand in {count} files: {}", files(&self.findings))
    }
}

pub(super) fn is_owed(finding: &Finding) -> bool {
    finding.silenced.is_none() && finding.rule().category.is_duty() && finding.file.is_some()
}

/// The folder of a path; empty where there is none.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A folder and all above it, the innermost first.
fn upward(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |at| {
        (!at.is_empty()).then(|| at.rsplit_once('/').map_or("", |(above, _)| above))
    })
}

/// Counts by folder, with all that lies below.
fn below<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> BTreeMap<&'a str, usize> {
    let mut sums = BTreeMap::new();
    for (folder, count) in counts {
        for above in upward(folder) {
            *sums.entry(above).or_default() += count;
        }
    }
    sums
}

/// The groups among findings of one rule: the widest folders most of whose files miss the statement, each narrowed to
/// the innermost folder that holds the same findings.
fn groups<'a>(findings: Vec<&'a Finding>, checked: &BTreeMap<&'a str, usize>) -> Vec<Group<'a>> {
    let home = |finding: &&'a Finding| finding.file.as_deref().map_or("", |file| folder(file.name()));
    let missing = below(findings.iter().map(|finding| (home(finding), 1)));
    let among = |folder: &str| checked.get(folder).copied().unwrap_or(0);
    let most = |folder: &str| {
        missing
            .get(folder)
            .is_some_and(|count| *count >= MANY && 2 * count > among(folder))
    };
    let mut of: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        // The outermost folder comes last.
        let widest = upward(home(&finding)).filter(|folder| most(folder)).last();
        if let Some(widest) = widest {
            of.entry(widest).or_default().push(finding);
        }
    }
    of.into_values()
        .map(|findings| {
            let folder = common(findings.iter().map(home));
            Group {
                folder,
                checked: among(folder),
                findings,
            }
        })
        .collect()
}

/// The innermost folder that holds all of these.
fn common<'a>(mut folders: impl Iterator<Item = &'a str>) -> &'a str {
    let first = folders.next().unwrap_or("");
    folders.fold(first, shared)
}

/// The parts that two folders begin with alike.
fn shared<'a>(one: &'a str, other: &str) -> &'a str {
    let mut end = 0;
    for (a, b) in one.split('/').zip(other.split('/')) {
        if a != b {
            break;
        }
        end += a.len() + 1;
    }
    &one[..end.saturating_sub(1).min(one.len())]
}

impl Group<'_> {
    /// "61 of 64 files in blog/".
    pub(super) fn count(&self) -> String {
        let place = match self.folder {
            "" => "here".to_owned(),
            folder => format!("in {}/", super::plain(folder)),
        };
        format!("{} of {} files {place}", self.findings.len(), self.checked)
    }

    /// "blog/a.md, blog/b.md, blog/c.md and 58 more".
    pub(super) fn files(&self) -> String {
        files(&self.findings)
    }

    /// The lines of `caveat.yaml` that say that a layout makes the statement.
    pub(super) fn settings(&self) -> [String; 2] {
        let category = self.findings[0].rule().category;
        [
            "satisfied:".to_owned(),
            format!("  - {{paths: [{}], statements: [{category}]}}", glob(self.folder)),
        ]
    }
}

/// The folder as a glob of `caveat.yaml`. What does not begin in this folder is named by its last part, which holds
/// at any depth.
fn glob(folder: &str) -> String {
    let folder = bare(folder);
    let outside = is_absolute(folder) || folder.split('/').any(|part| part == "..");
    let named = if outside {
        folder.rsplit('/').next().unwrap_or(folder)
    } else {
        folder
    };
    if matches!(named, "" | "." | "..") {
        return "\"*\"".to_owned();
    }
    let glob = literal(named) + "/";
    let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
    if glob.starts_with(|c: char| c.is_ascii_alphabetic()) && glob.chars().all(simple) {
        glob
    } else {
        // A JSON string is a YAML string.
        serde_json::to_string(&glob).unwrap_or(glob)
    }
}
