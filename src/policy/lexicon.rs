//! Owns reading vocabularies: their entries in all forms, their word files and what they include.

mod keys;

use super::PolicyMistake;
use super::files::Home;
use super::model::{Choices, Lexicon, LexiconId, Phrase, Steps, WordFile, Words};
use super::read::{Fields, Reader};
use super::{inflect, pattern, prepared};
use crate::data::{Entry, Mistake, Node};
use crate::source::{SourceFile, sha256};
use crate::text::{Source, Span, fold};
use rustc_hash::FxHashSet;
use std::hash::Hash;
use std::sync::Arc;

pub(super) use keys::LEXICON_MAP;
use keys::{KEYS, VERB};

/// What forms an entry has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Verb,
    Noun,
    Phrase,
}

/// Gives every lexicon of the pack its number: that of the lexicon it adds to, or a new one. Returns those that
/// are new.
pub(super) fn declare<'n>(reader: &mut Reader<'_>, entries: &'n [Entry]) -> Vec<(LexiconId, &'n Entry)> {
    let mut new = Vec::new();
    for entry in entries {
        if !reader.scope.contains_key(entry.key.as_ref()) {
            reader.slug("lexicon", entry.key_span, &entry.key);
            let id = reader.lexicons.len();
            reader.lexicons.push(Lexicon::named(&entry.key));
            reader.scope.insert(entry.key.clone(), id);
            new.push((id, entry));
        }
    }
    new
}

/// Reads the lexicons, which [`declare`] has seen; returns the mistakes in word files.
pub(super) fn read(
    reader: &mut Reader<'_>,
    entries: &[Entry],
    new: &[(LexiconId, &Entry)],
    home: &Home,
) -> Vec<PolicyMistake> {
    let mut elsewhere = Vec::new();
    for entry in entries {
        let Some(id) = reader.scope.get(entry.key.as_ref()).copied() else {
            continue;
        };
        let before = reader.mistakes.len() + elsewhere.len();
        let what = format!("the lexicon `{}`", entry.key);
        let Some(fields) = reader.fields(&entry.node, &what, KEYS) else {
            continue;
        };
        one(reader, &fields, id, home, &mut elsewhere);
        let lexicon = &reader.lexicons[id];
        let fresh = new.iter().any(|(known, _)| *known == id);
        let empty = lexicon.phrases.is_empty() && lexicon.include.is_empty();
        if fresh && empty && before == reader.mistakes.len() + elsewhere.len() {
            reader.wrong(
                entry.key_span,
                format!("The lexicon `{}` has no entries", entry.key),
                "Give it `verbs`, `nouns`, `phrases`, `words-from` or `include`.",
            );
        }
    }
    elsewhere
}

fn one(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    id: LexiconId,
    home: &Home,
    elsewhere: &mut Vec<PolicyMistake>,
) {
    let label = reader.text_of(fields, "label").map(str::to_owned);
    let mut words = std::mem::take(&mut reader.lexicons[id].phrases);
    for (key, form) in [
        ("verbs", Form::Verb),
        ("nouns", Form::Noun),
        ("phrases", Form::Phrase),
    ] {
        for item in reader.items_of(fields, key) {
            if form == Form::Verb && item.map().is_some() {
                own_forms(reader, item, &mut words.listed);
            } else {
                reader.phrase(key, item, form, &mut words.listed);
            }
        }
    }
    word_files(reader, fields.entry("words-from"), home, &mut words, elsewhere);
    unique(&mut words);
    let mut except = std::mem::take(&mut reader.lexicons[id].except);
    word_files(reader, fields.entry("except-from"), home, &mut except, elsewhere);
    for item in reader.items_of(fields, "except") {
        reader.phrase("except", item, Form::Phrase, &mut except.listed);
    }
    unique(&mut except);
    include(reader, fields, id);
    let lexicon = &mut reader.lexicons[id];
    lexicon.phrases = words;
    lexicon.except = except;
    if label.is_some() {
        lexicon.label = label;
    }
}

/// The entries of a word file, or of a list of them.
fn word_files(
    reader: &mut Reader<'_>,
    entry: Option<&Entry>,
    home: &Home,
    out: &mut Words,
    elsewhere: &mut Vec<PolicyMistake>,
) {
    let Some(entry) = entry else { return };
    let one = std::slice::from_ref(&entry.node);
    let many = if entry.node.text().is_some() {
        one
    } else {
        reader.items(entry)
    };
    for node in many {
        elsewhere.extend(word_file(reader, node, home, out));
    }
}

/// A verb with forms that the tables do not know.
fn own_forms(reader: &mut Reader<'_>, item: &Node, out: &mut Vec<Phrase>) {
    let Some(fields) = reader.fields(item, "a verb", VERB) else {
        return;
    };
    if let Some(base) = fields.need("base", reader) {
        reader.phrase("base", &base.node, Form::Phrase, out);
    }
    if let Some(forms) = fields.need("forms", reader) {
        for form in reader.items(forms) {
            reader.phrase("forms", form, Form::Phrase, out);
        }
    }
}

fn include(reader: &mut Reader<'_>, fields: &Fields<'_>, id: LexiconId) {
    for item in reader.items_of(fields, "include") {
        let Some(other) = reader.lexicon_named("include", item) else {
            continue;
        };
        if reaches(&reader.lexicons, other, id) {
            let name = reader.lexicons[other].name.clone();
            reader.wrong(
                item.span,
                format!("The lexicon `{name}` includes itself by way of this"),
                "Remove one of the two inclusions.",
            );
        } else if !reader.lexicons[id].include.contains(&other) {
            reader.lexicons[id].include.push(other);
        }
    }
}

/// Whether `to` is `from` or part of it.
pub(super) fn reaches(lexicons: &[Lexicon], from: LexiconId, to: LexiconId) -> bool {
    parts(lexicons, from).contains(&to)
}

/// A lexicon and all that are part of it.
pub(super) fn parts(lexicons: &[Lexicon], of: LexiconId) -> Vec<LexiconId> {
    let mut seen = vec![of];
    let mut at = 0;
    while let Some(id) = seen.get(at).copied() {
        at += 1;
        for part in lexicons.get(id).map_or(&[][..], |lexicon| &lexicon.include) {
            if !seen.contains(part) {
                seen.push(*part);
            }
        }
    }
    seen
}

fn word_file(reader: &mut Reader<'_>, node: &Node, home: &Home, out: &mut Words) -> Vec<PolicyMistake> {
    let Some(path) = reader.text("words-from", node) else {
        return Vec::new();
    };
    if let Some(ready) = prepared::word_file(home, path) {
        let name = format!("policies/{path}");
        reader.word_files.push((name, ready.sha256().into()));
        if out.file.is_none_or(|file| file == ready) {
            out.file = Some(ready);
        } else {
            let span = node.span;
            let phrases = ready.phrases().map(|steps| Phrase { steps, span });
            out.listed.extend(phrases);
        }
        return Vec::new();
    }
    match home.word_file(path) {
        Ok((name, text)) => {
            let mistakes = words_of(&name, &text, node.span, &mut out.listed);
            reader.word_files.push((name, sha256(text.as_bytes()).into()));
            mistakes
        }
        Err(message) => {
            reader.wrong(
                node.span,
                message,
                "Name a file in the pack's folder, by its path from there.",
            );
            Vec::new()
        }
    }
}

/// The entries of a word file; in the policy they stand at `span`.
pub(super) fn words_of(
    name: &str,
    whole: &str,
    span: Span<Source>,
    out: &mut Vec<Phrase>,
) -> Vec<PolicyMistake> {
    let mut mistakes = Vec::new();
    // Most word files are sound; only one with a mistake is shown.
    let mut shown: Option<Arc<SourceFile>> = None;
    let mut form = Form::Noun;
    let mut start = 0;
    for line in whole.split_inclusive(['\n', '\r']) {
        let text = line.split('#').next().unwrap_or_default().trim_end();
        let lead = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let text = &text[lead..];
        let at = start + lead;
        start += line.len();
        let mut wrong = |at: std::ops::Range<usize>, message: String, help: &str| {
            let file = shown.get_or_insert_with(|| Arc::new(SourceFile::new(name, whole)));
            mistakes.push(PolicyMistake {
                file: Some(Arc::clone(file)),
                mistake: Mistake::new(Span::of(at), message).help(help),
            });
        };
        match text {
            "" => {}
            "[nouns]" => form = Form::Noun,
            "[verbs]" => form = Form::Verb,
            "[phrases]" => form = Form::Phrase,
            _ => match expand(text, form) {
                Ok(steps) => out.push(Phrase { steps, span }),
                Err(bad) => wrong(at + bad.at.start..at + bad.at.end, bad.message, bad.help),
            },
        }
    }
    mistakes
}

/// The steps of an entry, with all forms of its inflected word: a verb's first, a noun's last.
pub(super) fn expand(text: &str, form: Form) -> Result<Steps, pattern::BadPhrase> {
    if let Some(steps) = plain(text, form) {
        return Ok(steps);
    }
    let steps = pattern::parse(text)?;
    Ok(match form {
        Form::Phrase => steps,
        Form::Verb => {
            let head = head(text);
            inflected(&steps, 0, |words| head.min(words - 1), inflect::verb)
        }
        Form::Noun => {
            let last = steps.iter().count().saturating_sub(1);
            inflected(&steps, last, |words| words - 1, inflect::noun)
        }
    })
}

/// The steps of an entry of plain words: most are, and loading them is most of what starting up costs.
fn plain(text: &str, form: Form) -> Option<Steps> {
    let parts = |byte: u8| byte == b' ' || (byte == b'-' && form != Form::Verb);
    if !text.bytes().all(|byte| byte.is_ascii_alphabetic() || parts(byte)) {
        return None;
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split([' ', '-']).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.make_ascii_lowercase();
    let mut steps = Steps::default();
    match form {
        Form::Phrase => steps.push([words.as_str()]),
        Form::Verb => {
            let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
            steps.push(inflect::verb(first).iter().map(String::as_str));
            steps.push([rest]);
        }
        Form::Noun => {
            let (rest, last) = words.rsplit_once(' ').unwrap_or(("", &words));
            steps.push([rest]);
            steps.push(inflect::noun(last).iter().map(String::as_str));
        }
    }
    (!words.is_empty()).then_some(steps)
}

/// The steps with all forms of a word of step `which`: the word `at`, which tells it from the number of words of a
/// choice.
fn inflected(
    steps: &Steps,
    which: usize,
    at: impl Fn(usize) -> usize,
    forms: impl Fn(&str) -> Vec<String>,
) -> Steps {
    let mut out = Steps::default();
    for (number, step) in steps.iter().enumerate() {
        if number == which {
            out.push(all_forms(step, &at, &forms).iter().map(String::as_str));
        } else {
            out.push(step.iter());
        }
    }
    out
}

/// The choices of a step, each with all forms of its word `at`.
fn all_forms(
    step: Choices<'_>,
    at: impl Fn(usize) -> usize,
    forms: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let mut out = Vec::new();
    for choice in step.iter() {
        let words: Vec<&str> = choice.split(' ').collect();
        let at = at(words.len());
        if matches!(words[at], "" | "#" | "_" | ",") {
            out.push(choice.to_owned());
            continue;
        }
        for form in forms(words[at]) {
            let mut words = words.clone();
            words[at] = &form;
            out.push(words.join(" "));
        }
    }
    let mut seen = FxHashSet::default();
    out.retain(|choice| seen.insert(choice.clone()));
    out
}

/// Which word of a verb takes the endings: the first, or the last of a first one with hyphens.
fn head(text: &str) -> usize {
    let folded = fold(text);
    let first = folded.text().split(' ').next().unwrap_or_default();
    if first.contains(['(', '[']) {
        return 0;
    }
    pattern::cut(first).split(' ').count().saturating_sub(1)
}

/// Drops entries whose words an earlier one has, or the file.
fn unique(words: &mut Words) {
    let Words { listed, file } = words;
    let numbers: Option<Vec<u32>> = listed.iter().map(|phrase| phrase.steps.number()).collect();
    match numbers {
        Some(numbers) if numbers.is_empty() => {}
        // What the build step has numbered is told apart by that.
        Some(numbers) => first_only(listed, file.iter().flat_map(WordFile::numbers), &numbers),
        None => {
            let steps: Vec<Steps> = listed.iter().map(|phrase| phrase.steps.clone()).collect();
            first_only(listed, file.iter().flat_map(WordFile::phrases), &steps);
        }
    }
}

/// Drops the phrases whose key is `known` or that of an earlier one. A file has far more phrases than are listed, so
/// theirs are looked up and not its own.
fn first_only<K: Clone + Eq + Hash>(listed: &mut Vec<Phrase>, known: impl Iterator<Item = K>, keys: &[K]) {
    let mut left: FxHashSet<&K> = keys.iter().collect();
    for key in known {
        if left.contains(&key) {
            left.remove(&key);
        }
    }
    let mut keys = keys.iter();
    listed.retain(|_| keys.next().is_some_and(|key| left.remove(key)));
}
