//! Tests of the loader as a whole: packs in, policy or mistakes out.

mod choices;
mod mistakes;
mod names;
mod reference;
mod replaces;

use super::*;
use crate::policy::model::Check;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of policy files that goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("caveat-policy-{}-{count}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn request(&self, names: &[&str]) -> Request {
        let files = names.iter().map(|name| PackRef::File(self.0.join(name)));
        Request {
            markets: Vec::new(),
            policies: files.collect(),
        }
    }

    fn load(&self, names: &[&str]) -> Result<Policy, Vec<String>> {
        load(&self.request(names)).map_err(|found| found.iter().map(told).collect())
    }

    /// Loads without the packs of every market, whose language would be the one that a run has.
    fn load_alone(&self, names: &[&str]) -> Result<Policy, Vec<String>> {
        let (policy, found) = overlay::join_alone(&self.request(names));
        if found.is_empty() {
            Ok(policy)
        } else {
            Err(found.iter().map(told).collect())
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `line: marked text: message (help)`.
fn told(found: &PolicyMistake) -> String {
    let mistake = &found.mistake;
    let help = mistake.help.as_deref().unwrap_or_default();
    let Some(file) = &found.file else {
        return format!("0: {} ({help})", mistake.message);
    };
    let line = file.position(mistake.span.start).line;
    format!(
        "{line}: {}: {} ({help})",
        file.slice(mistake.span),
        mistake.message
    )
}

fn mistakes(text: &str) -> Vec<String> {
    Folder::new(&[("p.yaml", text)])
        .load_alone(&["p.yaml"])
        .err()
        .unwrap_or_default()
}

const HEAD: &str = "pack: p\nmarket: none\ntitle: T\n";
/// A rule with everything that it must have, in flow style, so that more keys can be added.
const RULE: &str =
    "id: a, category: terms, severity: error, message: M., help: H., examples: {flag: [x], pass: [y]}";

fn rule_with(more: &str) -> String {
    format!("{HEAD}rules:\n- {{{RULE}, {more}}}\n")
}

fn words(phrases: &[model::Phrase]) -> Vec<String> {
    let mut out = Vec::new();
    for phrase in phrases {
        let mut texts = vec![String::new()];
        for step in phrase.steps.iter() {
            let choices: Vec<&str> = step.iter().collect();
            let join = |text: &String| {
                choices
                    .iter()
                    .map(move |choice| format!("{text} {choice}").trim().to_owned())
                    .collect::<Vec<_>>()
            };
            texts = texts.iter().flat_map(join).collect();
        }
        out.extend(texts);
    }
    out
}

#[test]
fn files_that_are_no_packs_are_told() {
    let folder = Folder::new(&[("empty.yaml", ""), ("list.yaml", "[1]")]);
    fs::write(folder.0.join("bad.yaml"), [0xff, 0xfe]).unwrap();
    fs::write(folder.0.join("worse.yaml"), [b'a', 0xff]).unwrap();
    fs::write(folder.0.join("big.yaml"), " ".repeat(5 << 20)).unwrap();
    for (name, expected) in [
        (".", "is a folder; a policy file is expected"),
        ("gone.yaml", "There is no policy file"),
        ("bad.yaml", "is UTF-16"),
        ("worse.yaml", "is not UTF-8"),
        ("big.yaml", "is larger than 4 MB"),
        ("empty.yaml", "a pack is a mapping"),
        ("list.yaml", "Here is a list; a pack is a mapping"),
    ] {
        let found = folder.load(&[name]).unwrap_err();
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{name}: {found:?}"
        );
    }
    let request = Request {
        markets: vec!["usa".into()],
        policies: vec![PackRef::Name("no-such-pack".into())],
    };
    let found: Vec<String> = load(&request).unwrap_err().iter().map(told).collect();
    assert!(
        found[0].contains("There is no market `usa` (Did you mean `us`?"),
        "{found:?}"
    );
    assert!(
        found[1].contains("There is no policy `no-such-pack`"),
        "{found:?}"
    );
}

const BASE: &str = "pack: base\nmarket: none\ntitle: T\nsources: {s: {title: S, verified: no}}\n\
    lexicons:\n  effects: {label: claims an effect, verbs: [ward off, heal], except: [heal the planet]}\n\
    rules:\n- {id: a, category: disease, severity: error, message: 'M {effect}', help: H, sources: [s],\n   \
    guards: [other-meaning], claim: {roles: {effect: [effects], a-thing: {words: [x]}}}, examples: {flag: [x], pass: [y]}}\n\
    - {id: b, category: terms, severity: off, message: M, help: H, forbid: {words: [911]}, examples: {flag: [x], pass: [y]}}\n\
    - {id: c, category: terms, severity: error, message: M, help: H, forbid: {words: [x]}, examples: {flag: [x], pass: [y]}}\n";

#[test]
fn a_pack_lies_over_what_it_extends() {
    let over = format!(
        "pack: over\nmarket: none\ntitle: T\nextends: [sub/base.yaml]\noff: [base/b]\n\
         lexicons: {{effects: {{verbs: [lose], words-from: more/w.txt}}}}\nrules:\n- {{{}, sources: [s], forbid: {{lexicons: [effects]}}}}\n",
        RULE.replace("id: a", "id: d, replaces: [base/c]")
    );
    let folder = Folder::new(&[
        ("over.yaml", &over),
        ("sub/base.yaml", BASE),
        (
            "more/w.txt",
            "\u{feff}remedy # noun\n\n# x\n[verbs]\n  zap\n[phrases]\nsay[s] no\n",
        ),
    ]);
    let policy = folder.load(&["over.yaml", "over.yaml"]).unwrap();
    let own = ["base", "over"];
    let packs = policy.packs.iter().map(|pack| pack.name.as_str());
    let packs: Vec<&str> = packs.filter(|name| own.contains(name)).collect();
    assert_eq!(packs, own, "each once, the lower one first");
    let own = policy
        .rules
        .iter()
        .filter(|rule| ["base", "over"].contains(&rule.pack.as_str()));
    let names: Vec<String> = own.map(|rule| format!("{}/{}", rule.pack, rule.id)).collect();
    assert_eq!(names, ["base/a", "over/d"]);
    let Check::Claim(frames) = &policy
        .rules
        .iter()
        .find(|rule| rule.pack == "base")
        .unwrap()
        .check
    else {
        panic!("base/a is a claim");
    };
    let labels: Vec<&str> = frames[0].roles.iter().map(|role| role.label.as_str()).collect();
    assert_eq!(labels, ["claims an effect", "is a thing"]);
    let effects = &policy.lexicons[frames[0].roles[0].terms.lexicons[0]];
    assert_eq!(
        words(&effects.phrases.listed),
        [
            "ward off",
            "wards off",
            "warded off",
            "warding off",
            "heal",
            "heals",
            "healed",
            "healing",
            "lose",
            "loses",
            "lost",
            "losing",
            "remedy",
            "remedies",
            "zap",
            "zaps",
            "zapped",
            "zapping",
            "say no",
            "says no"
        ]
    );
}

#[test]
fn cycles_and_namesakes_are_told() {
    let pack = |name: &str, rest: &str| format!("pack: {name}\nmarket: none\ntitle: T\n{rest}\n");
    let folder = Folder::new(&[
        ("a.yaml", &pack("a", "extends: [b.yaml]")),
        ("b.yaml", &pack("b", "extends: [./a.yaml]")),
        ("c.yaml", &pack("c", "extends: [d.yaml]")),
        ("d.yaml", &pack("c", "")),
        (
            "e.yaml",
            &pack("e", "extends: [c, gone.yaml]\nlexicons: {l: {words-from: w.txt}}"),
        ),
        ("w.txt", "good\nbad (\n"),
    ]);
    let found = folder.load(&["a.yaml"]).unwrap_err();
    assert!(
        found.len() == 1 && found[0].contains("The pack `a` extends itself by way of this"),
        "{found:?}"
    );
    let found = folder.load(&["c.yaml"]).unwrap_err();
    assert!(
        found.len() == 1 && found[0].contains("The pack `c` is loaded from"),
        "{found:?}"
    );
    let found = folder.load(&["e.yaml"]).unwrap_err();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found
            .iter()
            .any(|told| told.starts_with("2: (: This `(` is never closed")),
        "{found:?}"
    );
}

#[test]
fn lexicons_of_unrelated_packs_stay_apart() {
    let pack = |name: &str| {
        format!("pack: {name}\nmarket: none\ntitle: T\nlexicons: {{l: {{phrases: [{name}]}}}}\n")
    };
    let folder = Folder::new(&[("a.yaml", &pack("a")), ("b.yaml", &pack("b"))]);
    let policy = folder.load(&["a.yaml", "b.yaml"]).unwrap();
    let own: Vec<_> = policy
        .lexicons
        .iter()
        .filter(|lexicon| lexicon.name == "l")
        .collect();
    assert_eq!(
        (words(&own[0].phrases.listed), words(&own[1].phrases.listed)),
        (vec!["a".into()], vec!["b".into()])
    );
}

/// The YAML blocks of the reference.
fn reference() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/README.md");
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let blocks = text.split("```yaml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_example_of_the_reference_loads() {
    let blocks = reference();
    assert!(blocks.len() >= 7);
    for block in blocks {
        let text = if block.starts_with("pack:") {
            block
        } else {
            let lexicons = [
                "recovery",
                "conditions",
                "treatments",
                "ask",
                "professionals",
                "losing",
            ]
            .iter()
            .filter(|name| block.contains(&format!("[{name}]")))
            .map(|name| format!("  {name}: {{nouns: [x]}}\n"))
            .collect::<String>();
            let lexicons = if lexicons.is_empty() {
                String::new()
            } else {
                format!("lexicons:\n{lexicons}")
            };
            let check: String = block.lines().map(|line| format!("  {line}\n")).collect();
            let rule = RULE.split(", examples").next().unwrap().replace(", ", "\n  ");
            format!("{HEAD}{lexicons}rules:\n- {rule}\n  examples: {{flag: [x], pass: [y]}}\n{check}")
        };
        assert_eq!(mistakes(&text), [""; 0], "{text}");
    }
}

#[test]
fn embedded_packs_load() {
    let request = Request {
        markets: ["us", "uk", "eu", "au", "ca"].map(str::to_owned).to_vec(),
        policies: names()
            .iter()
            .map(|name| PackRef::Name((*name).to_owned()))
            .collect(),
    };
    let found = load(&request).err().unwrap_or_default();
    let found: Vec<String> = found.iter().map(told).collect();
    assert_eq!(found, [""; 0], "{found:#?}");
}

#[test]
fn ten_thousand_entries_load_quickly() {
    let mut text = format!("{HEAD}lexicons:\n  l:\n    verbs:\n");
    for n in 0..5000 {
        text.push_str(&format!("    - soothe{n} the skin\n"));
    }
    let folder = Folder::new(&[("p.yaml", &text)]);
    let start = std::time::Instant::now();
    let policy = folder.load(&["p.yaml"]).unwrap();
    let lexicon = policy.lexicons.iter().find(|lexicon| lexicon.name == "l");
    let phrases = &lexicon.unwrap().phrases.listed;
    assert_eq!((phrases.len(), words(phrases).len()), (5000, 20_000));
    // A debug build on a busy machine; what is quadratic takes minutes.
    assert!(start.elapsed().as_secs() < 10);
}

proptest::proptest! {
    #[test]
    fn no_pack_makes_it_panic(
        cuts in proptest::collection::vec((0usize..900, 0usize..20, "[a\\[\\]{}:, |'\"\n-]{0,3}"), 1..4)
    ) {
        let mut text = BASE.to_owned();
        for (at, len, with) in cuts {
            let at = text.floor_char_boundary(at.min(text.len()));
            let end = text.floor_char_boundary((at + len).min(text.len()));
            text.replace_range(at..end, &with);
        }
        for found in mistakes(&text) {
            proptest::prop_assert!(!found.is_empty());
        }
    }
}

#[test]
fn guards_need_cues_and_one_pack_speaks() {
    let language = |name: &str| {
        format!(
            "pack: {name}\nmarket: none\ntitle: T\nlexicons: {{nots: {{phrases: [not]}}}}\nlanguage:\n  \
             numbers: {{Two: 2}}\n  abbreviations: [dr]\n  guards: {{negated: {{cues: [nots], reach: 5}}}}\n  \
             pages: [{{page: legal, when: [{{of: titled, words: [terms of use]}}]}}]\n"
        )
    };
    let guarded = rule_with("forbid: {words: [x]}, guards: [negated, hedged, cited]");
    let folder = Folder::new(&[
        ("one.yaml", &language("one")),
        ("two.yaml", &language("two")),
        ("p.yaml", &guarded),
    ]);
    let policy = folder.load_alone(&["one.yaml"]).unwrap();
    assert_eq!(policy.language.numbers, [("two".to_owned(), 2.0)]);
    assert_eq!(policy.language.guards[0].1.reach, 5);
    let found = folder.load_alone(&["one.yaml", "p.yaml"]).unwrap_err();
    assert!(
        found.len() == 1
            && found[0].starts_with("5: hedged: The guard `hedged` can never apply: it has no cues"),
        "{found:?}"
    );
    let found = folder.load_alone(&["one.yaml", "two.yaml"]).unwrap_err();
    assert!(
        found.len() == 1 && found[0].starts_with("5: language: The pack `one` holds `language` already"),
        "{found:?}"
    );
}
