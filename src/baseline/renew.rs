//! Owns writing a baseline anew: which entries stay, and since when.

use super::{Baseline, Entry, Known, tidy};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Path, rule and sentence, in whatever order of copies.
type Sentence = (String, String, Option<String>);

fn sentence(path: &str, entry: &Entry) -> Sentence {
    (path.to_owned(), entry.rule.clone(), entry.sentence.clone())
}

/// The entries of a baseline that is created anew from `fresh`, which is what the files that were checked say now. What
/// was known before keeps its day. Entries of files that were not checked stay while their file is there, and so do
/// those that cannot be told to be over: `dormant` says whose rule does not judge now.
pub fn renew(
    old: &Baseline,
    said: &[Known],
    fresh: Vec<Entry>,
    dormant: impl Fn(&Entry) -> bool,
) -> Vec<Entry> {
    let mut days = HashMap::<Sentence, VecDeque<_>>::new();
    let mut decided = BTreeMap::<(Sentence, u32), &Entry>::new();
    let mut out = Vec::with_capacity(fresh.len());
    for (entry, known) in old.entries.iter().zip(said) {
        match known {
            Known::Met(path) if entry.decided.is_some() => {
                decided.insert((sentence(path, entry), entry.ordinal), entry);
            }
            Known::Met(path) => {
                let days = days.entry(sentence(path, entry)).or_default();
                days.push_back(entry.recorded);
            }
            Known::Gone if dormant(entry) && !old.is_gone(entry) => out.push(entry.clone()),
            Known::Unchecked if !old.is_gone(entry) => out.push(entry.clone()),
            Known::Gone | Known::Unchecked => {}
        }
    }
    for mut entry in fresh {
        if let Some(known) = by_any_name(&mut decided, &entry) {
            entry.recorded = known.recorded;
            entry.decided.clone_from(&known.decided);
            out.push(entry);
            continue;
        }
        let known = days.get_mut(&sentence(&entry.path, &entry));
        let known = known.and_then(VecDeque::pop_front).or_else(|| {
            // An old name may stand for several rules.
            let under = |was: &String| days.get(&(entry.path.clone(), was.clone(), entry.sentence.clone()));
            entry
                .was
                .iter()
                .filter_map(under)
                .filter_map(VecDeque::front)
                .min()
                .copied()
        });
        entry.recorded = known.unwrap_or(entry.recorded);
        out.push(entry);
    }
    // What is milder than what is recorded, or silent elsewhere too, was decided all the same.
    out.extend(decided.into_iter().map(|(((path, ..), _), entry)| Entry {
        path,
        ..entry.clone()
    }));
    tidy(&mut out);
    out
}

/// Takes out what was decided on what an entry records, under the name of its rule or one that it had.
fn by_any_name<'e>(decided: &mut BTreeMap<(Sentence, u32), &'e Entry>, entry: &Entry) -> Option<&'e Entry> {
    let names = std::iter::once(&entry.rule).chain(&entry.was);
    let mut keys = names.map(|rule| {
        (
            (entry.path.clone(), rule.clone(), entry.sentence.clone()),
            entry.ordinal,
        )
    });
    keys.find_map(|key| decided.remove(&key))
}

/// The entries that stay, under the names that their files have now, and those that no finding meets any more.
pub fn prune(old: &Baseline, said: &[Known], dormant: impl Fn(&Entry) -> bool) -> (Vec<Entry>, Vec<Entry>) {
    let (mut stay, mut over) = (Vec::new(), Vec::new());
    let mut next = HashMap::<Sentence, u32>::new();
    for (entry, known) in old.entries.iter().zip(said) {
        let mut entry = entry.clone();
        match known {
            Known::Met(path) => {
                // Of two files that became one, each may have had a first copy.
                let next = next.entry(sentence(path, &entry)).or_default();
                entry.path.clone_from(path);
                entry.ordinal = entry.ordinal.max(*next);
                *next = entry.ordinal + 1;
                stay.push(entry);
            }
            Known::Gone if dormant(&entry) && !old.is_gone(&entry) => stay.push(entry),
            Known::Unchecked if !old.is_gone(&entry) => stay.push(entry),
            Known::Gone | Known::Unchecked => over.push(entry),
        }
    }
    tidy(&mut stay);
    (stay, over)
}
