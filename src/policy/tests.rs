//! Tests of the loader as a whole: packs in, policy or mistakes out.

use super::*;
use crate::policy::model::{Check, Word};
use std::fs;
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

    fn load(&self, names: &[&str]) -> Result<Policy, Vec<String>> {
        let policies = names
            .iter()
            .map(|name| PackRef::File(self.0.join(name)))
            .collect();
        let request = Request {
            markets: Vec::new(),
            policies,
        };
        load(&request).map_err(|found| found.iter().map(told).collect())
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
        .load(&["p.yaml"])
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
    let word = |word: &Word| match word {
        Word::Is(text) => text.clone(),
        Word::Number => "#".to_owned(),
        Word::Any => "_".to_owned(),
    };
    phrases
        .iter()
        .map(|phrase| phrase.words.iter().map(word).collect::<Vec<_>>().join(" "))
        .collect()
}

/// Every mistake in a rule: what is added to [`RULE`], and what is told.
const IN_RULES: &[(&str, &str)] = &[
    ("", "This rule has no check (Add one of `forbid`, `claim`"),
    (
        "forbid: {words: [x]}, number: {amount: {kg: 1}}",
        "number: The rule has the check `forbid` already",
    ),
    (
        "forbid: {words: [x]}, catgory: x",
        "catgory: The key `catgory` is not one of a rule (Did you mean `category`? There are `id`",
    ),
    ("forbid: [x]", "[x]: Here is a list; forbid is a mapping"),
    ("forbid: {}", "{}: `forbid` names no words"),
    ("forbid: {words: x}", "x: `words` is text; a list is expected"),
    (
        "forbid: {words: [[x]]}",
        "[x]: `words` is a list; text is expected",
    ),
    (
        "forbid: {words: [true]}",
        "true: `words` is a yes or no; text is expected (Put it in quotes",
    ),
    (
        "forbid: {words: [x]}, instead:",
        "`instead` is empty; a list is expected",
    ),
    ("forbid: {words: [\"é (x|y\"]}", "(: This `(` is never closed"),
    (
        "forbid: {words: [\"a\\tb!\"]}",
        "!: `!` has no meaning in a phrase",
    ),
    ("forbid: {words: [so-called '(']}", "(: This `(` is never closed"),
    (
        "forbid: {patterns: ['a\\b(b']}",
        "(: This is no pattern: unclosed group",
    ),
    ("forbid: {patterns: ['x*']}", "matches nothing at all"),
    (
        "forbid: {patterns: ['(?=x)']}",
        "(?=: This is no pattern: look-around",
    ),
    (
        "forbid: {lexicons: [nope]}",
        "nope: There is no lexicon `nope` (There are none here.)",
    ),
    (
        "forbid: {words: [x]}, products: [suplement]",
        "suplement: `suplement` is no product (Did you mean `supplement`?",
    ),
    (
        "forbid: {words: [x]}, pages: [blog]",
        "blog: `blog` is no page (There are `article`",
    ),
    (
        "forbid: {words: [x]}, guards: [negatd]",
        "negatd: `negatd` is no guard (Did you mean `negated`?",
    ),
    (
        "forbid: {words: [x]}, guards: [quoted, quoted]",
        "The guard `quoted` stands twice",
    ),
    (
        "forbid: {words: [x]}, guards: [other-meaning]",
        "can never apply: no lexicon of this rule has `except`",
    ),
    (
        "forbid: {words: [x]}, blocks: [headings]",
        "headings: `headings` is no scope (Did you mean `heading`?",
    ),
    (
        "forbid: {words: [x]}, blocks: [quote], not-blocks: [quote]",
        "not-blocks: `quote` stands in `blocks` too",
    ),
    (
        "forbid: {words: [x]}, products: [food], not-products: [food]",
        "not-products: `food` stands in `products` too",
    ),
    (
        "forbid: {words: [x]}, pages: [legal], not-pages: [legal]",
        "not-pages: `legal` stands in `pages` too",
    ),
    (
        "forbid: {words: [x]}, from: 2026-13-01",
        "2026-13-01: `from` is `2026-13-01`, which is no day",
    ),
    (
        "forbid: {words: [x]}, from: 2026-02-01, until: 2026-01-01",
        "from: `from` (2026-02-01) is after `until`",
    ),
    (
        "forbid: {words: [x]}, sources: [act]",
        "act: There is no source `act`",
    ),
    (
        "forbid: {words: [x]}, severity-for: [{severity: off}]",
        "{severity: off}: This row applies everywhere",
    ),
    (
        "forbid: {words: [x]}, severity-for: [{pages: [legal]}]",
        "The key `severity` is missing from a row of severity-for",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y], within: clauses}",
        "clauses: `clauses` is no reach",
    ),
    (
        "forbid: {words: [x]}, beside: {within: section}",
        "beside: `beside` names no words",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y]}",
        "The key `within` is missing from beside",
    ),
    (
        "forbid: {words: [x]}, beside: {words: [y], within: section, at-least: 1.5}",
        "1.5: `at-least` is 1.5; a whole number is expected",
    ),
    ("claim: []", "[]: `claim` has no frames"),
    ("claim: {order: any}", "The key `roles` is missing from a frame"),
    ("claim: {roles: {}}", "roles: This frame has no roles"),
    (
        "claim: {roles: {e: {words: [x]}}, order: fixed}",
        "fixed: `fixed` is no order",
    ),
    (
        "claim: {roles: {e: {words: [x]}}, within: section}",
        "section: `section` is no reach of a frame",
    ),
    ("claim: {roles: {e: {}}}", "{}: `e` names no words"),
    ("claim: {roles: {e: []}}", "[]: `e` names no words"),
    ("claim: {roles: {e: nope}}", "nope: There is no lexicon `nope`"),
    (
        "claim: {roles: {E x: {words: [x]}}}",
        "E x: The role `E x` is not lower case with hyphens",
    ),
    (
        "qualify: {when: {roles: {e: {words: [x]}}}, within: section}",
        "The key `needs` is missing from qualify",
    ),
    (
        "qualify: {when: {roles: {e: {words: [x]}}}, needs: {roles: {e: {words: [x]}}}}",
        "The key `within` is missing from qualify",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}}",
        "This `require` asks for no statement",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}, exact: [X.], place: top}",
        "top: `top` is no place",
    ),
    (
        "require: {when: {roles: {e: {words: [x]}}}, exact: [X.]}, guards: [quoted]",
        "quoted: The guard `quoted` can never apply: a `require`",
    ),
    ("number: {over: 1}", "The key `amount` is missing from number"),
    (
        "number: {amount: {kg: heavy}}",
        "heavy: `kg` is text; a number is expected",
    ),
    (
        "number: {amount: {kg: 0}}",
        "0: The factor of `kg` is not above 0",
    ),
    (
        "number: {amount: {'k!': 1}}",
        "'k!': `!` has no meaning in a phrase",
    ),
    ("number: {amount: {}}", "amount: `amount` has no units"),
    (
        "number: {amount: {kg: 1}, rate: 2}",
        "rate: `rate` can never apply: there is no `period`",
    ),
];

#[test]
fn every_mistake_in_a_rule_is_told_at_its_place() {
    assert_eq!(mistakes(&rule_with("forbid: {words: [x]}")), [""; 0]);
    for (more, expected) in IN_RULES {
        let found = mistakes(&rule_with(more));
        assert_eq!(found.len(), 1, "{more}: {found:#?}");
        assert!(
            found[0].starts_with("5: ") && found[0].contains(expected),
            "{more}: {found:#?}"
        );
    }
}

/// Whole packs without their head: what is told, in order.
const IN_PACKS: &[(&str, &[&str])] = &[
    (
        "rules:\n- {id: a}",
        &[
            "5: {id: a}: The key `category` is missing from a rule",
            "5: {id: a}: The key `severity` is missing",
            "5: {id: a}: The key `message` is missing",
            "5: {id: a}: The key `help` is missing",
            "5: {id: a}: This rule has no check",
            "5: {id: a}: This rule has no examples",
        ],
    ),
    (
        "rules:\n- id: A b\n  category: register\n  severity: fatal\n  message: [x]\n  help: '{x}'\n  forbid: {words: [x]}\n  examples: {flag: [], pass: [{text: y, page: recipee}]}",
        &[
            "5: A b: The id `A b` is not lower case",
            "6: register: `register` is no category",
            "7: fatal: `fatal` is no severity (There are `error`, `warning`, `advice`, `off`.)",
            "8: [x]: `message` is a list; text is expected",
            "11: flag: The rule has no example that the rule must speak to",
            "11: recipee: `recipee` is no page (Did you mean `recipe`",
        ],
    ),
    (
        "lexicons:\n  a:\n    verbs: []\n  b: {include: [c]}\n  c: {include: [b], nouns: [x]}\n  d: {nouns: ['']}",
        &[
            "5: a: The lexicon `a` has no entries",
            "8: b: The lexicon `b` includes itself by way of this",
            "9: '': `nouns` is blank",
        ],
    ),
    (
        "lexicons:\n  a: {verbs: [{base: x, form: [y]}], include: [aa], words-from: '../x.txt'}\n",
        &[
            "5: {base: x, form: [y]}: The key `forms` is missing from a verb",
            "5: form: The key `form` is not one of a verb (Did you mean `forms`?",
            "5: aa: There is no lexicon `aa` (Did you mean `a`?",
            "5: '../x.txt': The word file `../x.txt` is not inside the pack's folder",
        ],
    ),
    (
        "lexicons:\n  a: {words-from: /etc/passwd}\n  b: {words-from: [gone.txt]}\n",
        &[
            "5: /etc/passwd: The word file `/etc/passwd` is not inside",
            "6: gone.txt: The word file",
        ],
    ),
    (
        "extends: [nope]\noff: [x/y]\nsources: {a: {title: T, url: x, verified: yes}, b: {}}",
        &[
            "4: nope: There is no pack `nope`",
            "5: x/y: No extended pack has the rule `x/y` (This pack extends none",
            "6: x: `url` is `x`, which is no address",
            "6: yes: `verified` is `yes`, which is no day",
            "6: {}: The key `title` is missing from the source `b`",
            "6: {}: The key `verified` is missing",
        ],
    ),
    (
        "langauge: {}\nversion: [1]\nlexicons: 3",
        &[
            "4: langauge: The key `langauge` is not one of a pack (Did you mean `language`?",
            "5: [1]: `version` is a list",
            "6: 3: `lexicons` is a number; a mapping is expected",
        ],
    ),
    (
        "language:\n  guards:\n    hedge: {}\n    hedged: {cue: [x]}\n  numbers: {two: zwei}\n  pages: {legal: {at-least: 2}}\n  products: {food: {weak: {words: [x]}}}\n  clause: []",
        &[
            "6: hedge: `hedge` is no guard (Did you mean `hedged`?",
            "7: cue: The key `cue` is not one of the guard `hedged`",
            "8: zwei: `two` is text; a number is expected",
            "9: legal: the page `legal` has no cues that speak for it",
            "10: {weak: {words: [x]}}: The key `at-least` is missing from the product `food`",
            "11: clause: The key `clause` is not one of `language`",
        ],
    ),
    (
        "title: U\nrules: [\n",
        &["4: title: The key `title` stands twice", "7: : This is not YAML"],
    ),
];

#[test]
fn mistakes_in_packs_are_all_told() {
    for (body, expected) in IN_PACKS {
        let found = mistakes(&format!("{HEAD}{body}\n"));
        let same =
            found.len() == expected.len() && found.iter().zip(*expected).all(|(a, b)| a.starts_with(b));
        assert!(same, "{body}\n{found:#?}\n{expected:#?}");
    }
}

#[test]
fn rules_of_a_pack_are_seen_together() {
    let rule =
        |id: &str, more: &str| format!("- {{{}, {more}}}\n", RULE.replace("id: a", &format!("id: {id}")));
    let text = format!(
        "{HEAD}lexicons:\n  used: {{label: l, nouns: [x]}}\n  idle: {{nouns: [y]}}\nrules:\n{}{}{}",
        rule("a", "claim: {roles: {effect: [used]}}"),
        rule("a", "forbid: {words: [x]}"),
        rule("b", "claim: {roles: {effect: used}}").replace("M.", "'A {effect} and {efect}.'"),
    );
    let found = mistakes(&text);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found[0].starts_with("6: idle: No rule uses the lexicon `idle`"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("9: a: The rule id `a` stands twice"),
        "{found:#?}"
    );
    assert!(
        found[2]
            .starts_with("10: {efect}: The message names `efect`, which is no role (Did you mean `effect`?")
    );
}

#[test]
fn files_that_are_no_packs_are_told() {
    let folder = Folder::new(&[("empty.yaml", ""), ("list.yaml", "[1]")]);
    fs::write(folder.0.join("bad.yaml"), [0xff, 0xfe]).unwrap();
    fs::write(folder.0.join("big.yaml"), " ".repeat(5 << 20)).unwrap();
    for (name, expected) in [
        (".", "is a folder; a policy file is expected"),
        ("gone.yaml", "cannot be read"),
        ("bad.yaml", "is not UTF-8"),
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
        RULE.replace("id: a", "id: c")
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
    let packs: Vec<&str> = policy.packs.iter().map(|pack| pack.name.as_str()).collect();
    assert_eq!(packs.last_chunk(), Some(&["base", "over"]));
    let own = policy
        .rules
        .iter()
        .filter(|rule| ["base", "over"].contains(&rule.pack.as_str()));
    let names: Vec<String> = own.map(|rule| format!("{}/{}", rule.pack, rule.id)).collect();
    assert_eq!(names, ["base/a", "over/c"]);
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
        words(&effects.phrases),
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
        (words(&own[0].phrases), words(&own[1].phrases)),
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
    assert_eq!(
        folder
            .load(&["p.yaml"])
            .unwrap()
            .lexicons
            .last()
            .unwrap()
            .phrases
            .len(),
        20_000
    );
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
